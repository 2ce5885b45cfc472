//! An event in one neutral sentence, with who says so.
//!
//! In: an event and its accounts. Out: a sentence such as "Loyalists captured Varnesh on 5 May 2031, according to Northern
//! Courier". Wording per type is `data/summaries.toml`. Repeats no word of a report but names and numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use sitrep_model::{Event, Polarity, Quantity, Stance, Status};

use super::dispute::Told;
use super::fact::Fact;
use super::stance::speaker;
use super::wording::{
    capitalised, is_plural, list, parties, place_words, plain_start, relation_words, when_words, where_words,
};
use crate::names::{PlaceKey, PlaceMatch, actor_name};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Say {
    leaf: String,
    past: String,
    base: String,
    passive: String,
    #[serde(default)]
    object: Vec<String>,
    between: Option<String>,
    passive_with: Option<String>,
    nobody: Option<String>,
    alone: Option<Alone>,
    #[serde(rename = "where")]
    place_word: Option<String>,
}

/// How it is said when nobody knows to whom it was done.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Alone {
    past: String,
    base: String,
    passive: String,
}

#[derive(Deserialize)]
struct Sayings {
    say: Vec<Say>,
}

static SAYINGS: LazyLock<BTreeMap<String, Say>> = LazyLock::new(|| {
    let listed: Sayings = toml::from_str(include_str!("../../data/summaries.toml")).expect("checked by a test");
    listed.say.into_iter().map(|say| (say.leaf.clone(), say)).collect()
});

/// The sentence for `event`.
pub(crate) fn summary(event: &Event, accounts: &[Told<'_, '_>]) -> String {
    let mut sentence = match event.event.as_str() {
        "static.location" => location(event),
        _ => deed(event, accounts),
    };
    let speakers = speakers(accounts);
    if !speakers.is_empty() {
        sentence.push_str(", according to ");
        sentence.push_str(&list(&speakers));
    }
    capitalised(sentence)
}

fn deed(event: &Event, accounts: &[Told<'_, '_>]) -> String {
    let say = SAYINGS.get(event.event.as_str()).expect("a test checks that every type has its words");
    let (object, object_is_place) = object(say, event);
    let actors = parties(&event.actors);
    let negated = accounts
        .iter()
        .all(|(fact, stance)| fact.claim.polarity == Polarity::Negated || *stance != Stance::Affirms)
        && accounts.iter().any(|(fact, stance)| fact.claim.polarity == Polarity::Negated || *stance == Stance::Denies);
    let status = accounts.iter().find(|a| a.1 == Stance::Affirms).map_or(Status::Occurred, |a| a.0.claim.status);
    let none_of = actors.strip_prefix("any of ").filter(|_| negated).map(|rest| format!("none of {rest}"));
    let negated = negated && none_of.is_none();
    let actors = none_of.unwrap_or(actors);
    let mut sentence = match actors.is_empty() {
        false => active(say, &actors, &object, negated, status),
        true => passive(say, &object, object_is_place, negated, status),
    };
    let distance = event.quantities.iter().find(|q| q.kind == "distance_km");
    if let Some(km) = distance.filter(|_| event.event.as_str() == "force.advanced").and_then(|distance| distance.best) {
        sentence.push_str(&format!(" {km} km"));
    }
    if let Some(operation) = accounts.iter().find_map(|(fact, _)| fact.claim.operation.as_deref()) {
        sentence.push_str(&format!(" named “{operation}”"));
    }
    match &event.place {
        Some(place) if !object_is_place => {
            sentence.push_str(&where_words(place, say.place_word.as_deref().unwrap_or("at")))
        }
        None if say.leaf == "force.position" => sentence.push_str(" at an unnamed place"),
        _ => {}
    }
    let has_goal = !object_is_place && event.place.is_some() && say.place_word.as_deref() == Some("towards");
    if let Some(goal) = goal(event, accounts).filter(|goal| !has_goal && !sentence.contains(goal.as_str())) {
        sentence.push_str(&format!(" towards {goal}"));
    }
    sentence.push_str(&when_words(event.time.as_ref()));
    sentence
}

fn active(say: &Say, actors: &str, object: &str, negated: bool, status: Status) -> String {
    let alone = say.alone.as_ref().filter(|_| object.is_empty());
    let (past, base) = alone.map_or((&say.past, &say.base), |alone| (&alone.past, &alone.base));
    let verb = match (status, negated) {
        (Status::Planned, _) => format!("planned to {base}"),
        (Status::Announced, _) => format!("announced plans to {base}"),
        (Status::Ordered, _) => format!("received orders to {base}"),
        (Status::Threatened, _) => format!("threatened to {base}"),
        (Status::Forecast | Status::Conditional | Status::Hypothetical, false) => format!("may {base}"),
        (Status::Forecast | Status::Conditional | Status::Hypothetical, true) => format!("may not {base}"),
        (_, true) => format!("did not {base}"),
        (_, false) => past.clone(),
    };
    format!("{actors} {verb}{}", joined(say, object))
}

fn passive(say: &Say, object: &str, object_is_place: bool, negated: bool, status: Status) -> String {
    let object = if object.is_empty() { say.nobody.as_deref().unwrap_or_default() } else { object };
    let alone = say.alone.as_ref().filter(|_| object.is_empty());
    let template = alone.map_or(&say.passive, |alone| &alone.passive);
    let plain = match template.strip_prefix("were ").or_else(|| template.strip_prefix("was ")) {
        Some(rest) if !object.is_empty() => {
            let is_many = is_plural(object) && !(object_is_place && object.starts_with(char::is_uppercase));
            format!("{} {rest}", if is_many { "were" } else { "was" })
        }
        _ => template.clone(),
    };
    let verb = if negated { negative(&plain) } else { plain };
    let sentence = match (object.is_empty(), &say.passive_with, say.between.is_some()) {
        (true, ..) => verb,
        (false, Some(with), _) if !negated => with.replace("{}", object),
        (false, _, true) => format!("{verb}{}", joined(say, object)),
        (false, _, false) if starts_with_verb(template) => format!("{object} {verb}"),
        (false, _, false) => verb,
    };
    match status {
        Status::Planned | Status::Announced | Status::Ordered | Status::Threatened => {
            format!("{sentence} (meant, not done)")
        }
        Status::Forecast | Status::Conditional | Status::Hypothetical => format!("{sentence} (foreseen)"),
        Status::Occurred | Status::Ongoing => sentence,
    }
}

fn joined(say: &Say, object: &str) -> String {
    match (object.is_empty(), &say.between) {
        (true, _) => String::new(),
        (false, Some(word)) => format!(" {word} {object}"),
        (false, None) => format!(" {object}"),
    }
}

fn starts_with_verb(passive: &str) -> bool {
    ["was ", "were ", "changed "].iter().any(|verb| passive.starts_with(verb))
}

fn negative(passive: &str) -> String {
    for (yes, no) in [
        ("was ", "was not "),
        ("were ", "were not "),
        ("there was a ", "there was no "),
        ("there was an ", "there was no "),
        ("there was ", "there was no "),
        ("there were ", "there were no "),
        ("changed ", "did not change "),
    ] {
        if let Some(rest) = passive.strip_prefix(yes) {
            return format!("{no}{rest}");
        }
    }
    match passive.find(" was ").map(|at| (at, " was ")).or_else(|| passive.find(" were ").map(|at| (at, " were "))) {
        Some((at, verb)) => format!("{}{}not {}", &passive[..at], verb, &passive[at + verb.len()..]),
        None => format!("it is denied that {passive}"),
    }
}

fn object(say: &Say, event: &Event) -> (String, bool) {
    for kind in &say.object {
        let found = match kind.as_str() {
            "target" => parties(&event.targets),
            "quantity" => counted(event),
            _ => event.place.as_ref().map_or(String::new(), place_words),
        };
        if !found.is_empty() {
            return (found, kind == "place");
        }
    }
    // A verb that needs an object gets one: "captured an unnamed place".
    let missing = match (say.between.is_some() || say.alone.is_some() || say.nobody.is_some(), say.object.first()) {
        (true, _) | (_, None) => "",
        (_, Some(_)) if say.passive.starts_with("were ") => "people",
        (_, Some(kind)) if kind == "place" => "an unnamed place",
        (_, Some(kind)) if kind == "target" => "an unnamed party",
        (_, Some(_)) => "people",
    };
    (missing.to_owned(), false)
}

/// "at least 10 fighters": the number's own words, with whom it counts when they do not say.
fn counted(event: &Event) -> String {
    let is_people =
        |q: &&Quantity| matches!(q.kind.as_str(), "killed" | "wounded" | "people" | "fighters" | "civilians");
    let Some(quantity) = event.quantities.iter().find(is_people).or_else(|| event.quantities.first()) else {
        return String::new();
    };
    let of = quantity.of.clone().or_else(|| event.targets.first().map(|target| target.name.clone()));
    match of.filter(|of| !quantity.text.contains(of.as_str())) {
        Some(of) if quantity.text.chars().all(|c| c.is_numeric() || c == ',') => format!("{} of {of}", quantity.text),
        _ => quantity.text.clone(),
    }
}

/// Where the movement was heading, when that is not the place itself.
fn goal(event: &Event, accounts: &[Told<'_, '_>]) -> Option<String> {
    let shown = PlaceKey::of(event.place.as_ref());
    let elsewhere = |fact: &Fact<'_>| !fact.toward.is_empty() && fact.toward.compare(&shown) != PlaceMatch::Same;
    let (moving, _) = accounts.iter().find(|(fact, _)| elsewhere(fact))?;
    moving.claim.destination.as_ref().map(place_words)
}

fn location(event: &Event) -> String {
    let Some(place) = &event.place else { return "a place lies somewhere".to_owned() };
    let name = place.name.clone().unwrap_or_else(|| place.text.clone());
    let anchor = place.relation.as_ref().and_then(|relation| relation.anchor.clone());
    match relation_words(place) {
        Some(words) if anchor.as_ref() != Some(&name) => format!("{} lies {words}", place_words(place)),
        Some(words) => format!("the place lies {words}"),
        None => format!("{} lies where the accounts say", place_words(place)),
    }
}

/// Those who affirm, reports first; readers only when no report speaks. When none affirms, those who deny. Each once, whatever
/// its article.
fn speakers(accounts: &[Told<'_, '_>]) -> Vec<String> {
    let pick = |reporting: bool, affirming: bool| -> BTreeMap<String, String> {
        let wanted = |a: &&Told<'_, '_>| a.0.is_reporting == reporting && (a.1 == Stance::Affirms) == affirming;
        let said = accounts.iter().filter(wanted).map(|a| plain_start(&speaker(a.0)));
        let mut names = BTreeMap::new();
        for name in said {
            let bare = name.strip_prefix("the ").unwrap_or(&name);
            let key = actor_name(bare);
            let kept: &mut String = names.entry(key).or_insert_with(|| name.clone());
            // With the article, where some account gives one.
            if name.len() > kept.len() {
                *kept = name;
            }
        }
        names
    };
    let all = [pick(true, true), pick(true, false), pick(false, true), pick(false, false)];
    let found = all.into_iter().find(|names| !names.is_empty()).unwrap_or_default();
    found.into_values().collect::<BTreeSet<String>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitrep_model::EventType;

    #[test]
    fn every_type_has_its_words() {
        for leaf in EventType::LEAVES {
            assert!(SAYINGS.contains_key(leaf.code), "{} has no words", leaf.code);
        }
        assert_eq!(SAYINGS.len(), EventType::LEAVES.len());
    }

    #[test]
    fn the_passive_is_negated() {
        assert_eq!(negative("was captured"), "was not captured");
        assert_eq!(negative("an operation was launched"), "an operation was not launched");
        assert_eq!(negative("forces regrouped"), "it is denied that forces regrouped");
    }
}
