//! An event in one neutral sentence, with who says so.
//!
//! In: an event and its accounts. Out: a sentence such as "Loyalists captured Varnesh on 2031-05-05, according to Northern
//! Courier". Wording per type is `data/summaries.toml`. Repeats no word of a report but names and numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use sitrep_model::{ActorRef, Bearing, Event, Place, Polarity, Quantity, Stance, Status, Time};

use super::dispute::Told;
use super::fact::Fact;
use super::stance::speaker;
use crate::names::{PlaceKey, PlaceMatch};

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
    #[serde(rename = "where")]
    place_word: Option<String>,
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
    let actors = list(&event.actors.iter().map(|actor| actor.name.clone()).collect::<Vec<_>>());
    let negated =
        accounts.iter().all(|(fact, stance)| fact.claim.polarity == Polarity::Negated || *stance != Stance::Affirms)
            && accounts.iter().any(|(fact, _)| fact.claim.polarity == Polarity::Negated);
    let status = accounts.iter().find(|a| a.1 == Stance::Affirms).map_or(Status::Occurred, |a| a.0.claim.status);
    let mut sentence = match actors.is_empty() {
        false => active(say, &actors, &object, negated, status),
        true => passive(say, &object, negated, status),
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
        None if say.leaf == "force.position" => sentence.push_str(" at a place not named"),
        _ => {}
    }
    let has_goal = !object_is_place && event.place.is_some() && say.place_word.as_deref() == Some("towards");
    if let Some(goal) = goal(event, accounts).filter(|_| !has_goal) {
        sentence.push_str(&format!(" towards {goal}"));
    }
    sentence.push_str(&when_words(event.time.as_ref()));
    sentence
}

fn active(say: &Say, actors: &str, object: &str, negated: bool, status: Status) -> String {
    let verb = match (status, negated) {
        (Status::Planned, _) => format!("planned to {}", say.base),
        (Status::Announced, _) => format!("announced plans to {}", say.base),
        (Status::Ordered, _) => format!("received orders to {}", say.base),
        (Status::Threatened, _) => format!("threatened to {}", say.base),
        (Status::Forecast | Status::Conditional | Status::Hypothetical, false) => format!("may {}", say.base),
        (Status::Forecast | Status::Conditional | Status::Hypothetical, true) => format!("may not {}", say.base),
        (_, true) => format!("did not {}", say.base),
        (_, false) => say.past.clone(),
    };
    format!("{actors} {verb}{}", joined(say, object))
}

fn passive(say: &Say, object: &str, negated: bool, status: Status) -> String {
    let is_one =
        ["a ", "an ", "one "].iter().any(|one| object.to_lowercase().starts_with(one)) && !object.contains(" and ");
    let plain = match say.passive.strip_prefix("were ") {
        Some(rest) if is_one => format!("was {rest}"),
        _ => say.passive.clone(),
    };
    let verb = if negated { negative(&plain) } else { plain };
    let sentence = match (object.is_empty(), say.between.is_some()) {
        (true, _) => verb,
        (false, true) => format!("{verb}{}", joined(say, object)),
        (false, false) if starts_with_verb(&say.passive) => format!("{object} {verb}"),
        (false, false) => verb,
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
    for (yes, no) in
        [("was ", "was not "), ("were ", "were not "), ("there was a", "there was no"), ("changed", "did not change")]
    {
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
            "target" => list(&event.targets.iter().map(|target| target.name.clone()).collect::<Vec<_>>()),
            "quantity" => counted(event),
            _ => event.place.as_ref().map_or(String::new(), place_words),
        };
        if !found.is_empty() {
            return (found, kind == "place");
        }
    }
    // A verb that needs an object gets one: "captured a place not named".
    let missing = match (say.between.is_some(), say.object.first().map(String::as_str)) {
        (true, _) | (_, None) => "",
        (_, Some(_)) if say.passive.starts_with("were ") => "people",
        (_, Some("place")) => "a place not named",
        (_, Some("target")) => "a party not named",
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
    let of = quantity.of.clone().or_else(|| event.targets.first().map(|target: &ActorRef| target.name.clone()));
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
        Some(words) if anchor.as_ref() != Some(&name) => format!("{name} lies {words}"),
        Some(words) => format!("the place lies {words}"),
        None => format!("{name} lies where the accounts say"),
    }
}

/// A place as an object: its name, or where it lies from another.
fn place_words(place: &Place) -> String {
    let anchor = place.relation.as_ref().and_then(|relation| relation.anchor.clone());
    let own = place.name.clone().filter(|name| Some(name) != anchor.as_ref());
    match (own, relation_words(place)) {
        (Some(name), _) => name,
        (None, Some(words)) => format!("a place {words}"),
        (None, None) => place.name.clone().unwrap_or_else(|| place.text.clone()),
    }
}

fn where_words(place: &Place, word: &str) -> String {
    let anchor = place.relation.as_ref().and_then(|relation| relation.anchor.clone());
    let own = place.name.clone().filter(|name| Some(name) != anchor.as_ref());
    match (own, relation_words(place)) {
        (Some(name), _) => format!(" {word} {name}"),
        (None, Some(words)) => format!(" {words}"),
        (None, None) => format!(" {word} {}", place.name.as_ref().unwrap_or(&place.text)),
    }
}

/// "45 km west of Varnesh", "between A and B", "near Varnesh".
fn relation_words(place: &Place) -> Option<String> {
    let relation = place.relation.as_ref()?;
    if let Some([one, other]) = &relation.between {
        return Some(format!("between {one} and {other}"));
    }
    let anchor = relation.anchor.as_ref()?;
    match (relation.distance_km, relation.bearing) {
        (Some(km), Some(bearing)) => Some(format!("{km} km {} of {anchor}", bearing_words(bearing))),
        (Some(km), None) => Some(format!("{km} km from {anchor}")),
        (None, Some(bearing)) => Some(format!("{} of {anchor}", bearing_words(bearing))),
        (None, None) => relation.kind.as_ref().map(|_| format!("near {anchor}")),
    }
}

fn bearing_words(bearing: Bearing) -> &'static str {
    match bearing {
        Bearing::N => "north",
        Bearing::Ne => "northeast",
        Bearing::E => "east",
        Bearing::Se => "southeast",
        Bearing::S => "south",
        Bearing::Sw => "southwest",
        Bearing::W => "west",
        Bearing::Nw => "northwest",
    }
}

fn when_words(time: Option<&Time>) -> String {
    match time.map(|time| (time.from, time.to)) {
        Some((Some(from), Some(to))) if from == to => format!(" on {from}"),
        Some((Some(from), Some(to))) => format!(" between {from} and {to}"),
        Some((Some(from), None)) => format!(" on or after {from}"),
        Some((None, Some(to))) => format!(" by {to}"),
        _ => String::new(),
    }
}

/// Those who affirm, reports first; readers only when no report speaks. When none affirms, those who deny.
fn speakers(accounts: &[Told<'_, '_>]) -> Vec<String> {
    let pick = |reporting: bool, affirming: bool| -> BTreeSet<String> {
        let wanted = |a: &&Told<'_, '_>| a.0.is_reporting == reporting && (a.1 == Stance::Affirms) == affirming;
        accounts.iter().filter(wanted).map(|a| speaker(a.0)).collect()
    };
    let all = [pick(true, true), pick(true, false), pick(false, true), pick(false, false)];
    all.into_iter().find(|names| !names.is_empty()).unwrap_or_default().into_iter().collect()
}

fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn capitalised(text: String) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
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
