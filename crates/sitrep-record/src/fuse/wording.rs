//! Parties, places and days as they stand in a sentence: articles, "its allies", "on 8 May 2031".
//!
//! In: actors, places and times of an event. Out: phrases. The knowledge is `data/wording.toml`; no fact is added or left out.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use sitrep_model::{ActorRef, Bearing, Date, Place, PlaceStatus, Time, month_name, number_word, round_number_word};

use crate::names::actor_name;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    the_before: BTreeSet<String>,
    bare: BTreeSet<String>,
    plural: BTreeSet<String>,
    pronouns: BTreeSet<String>,
    determiners: BTreeSet<String>,
    areas: BTreeSet<String>,
}

static WORDING: LazyLock<Wording> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/wording.toml")).expect("checked by a test"));

/// "the Northern Army, its allies and Hill Guard fighters".
pub(crate) fn parties(actors: &[ActorRef]) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut unnamed = false;
    for actor in actors {
        match actor.name.strip_prefix("allies of ") {
            Some(of) => {
                let lead = actors.iter().position(|other| actor_name(&other.name) == actor_name(of));
                let is_open = WORDING.pronouns.contains(&first_word(of));
                match lead {
                    Some(at) if said.len() > at => said.insert(at + 1, whose_allies(&said[at])),
                    None if is_open && !said.is_empty() => said.push(whose_allies(&said[0])),
                    None if is_open => said.push("allies".to_owned()),
                    _ => said.push(format!("allies of {}", with_article(of, None, actor.actor_id.is_some()))),
                }
            }
            None if is_pronoun(&actor.name) => unnamed = true,
            None => said.push(party(actor)),
        }
    }
    if unnamed && said.is_empty() {
        said.push("unnamed forces".to_owned());
    }
    let mut seen = BTreeSet::new();
    said.retain(|name| seen.insert(name.to_lowercase()));
    list(&said)
}

fn whose_allies(lead: &str) -> String {
    let is_many = lead.starts_with(char::is_lowercase) && !lead.starts_with("the ") || lead.ends_with(" forces");
    if is_many && is_plural(lead) { "their allies".to_owned() } else { "its allies".to_owned() }
}

fn party(actor: &ActorRef) -> String {
    with_article(&actor.name, Some(&actor.text), actor.actor_id.is_some())
}

/// Whether a name is no more than a pronoun the text left open.
pub(crate) fn is_pronoun(name: &str) -> bool {
    WORDING.pronouns.contains(&name.trim().to_lowercase())
}

fn with_article(name: &str, text: Option<&str>, is_listed: bool) -> String {
    let name = name.trim();
    let name =
        name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name).trim_end_matches(['\'', '’']);
    let first = first_word(name);
    let as_said = text.and_then(|text| {
        let (article, rest) = text.split_once(' ')?;
        let article = article.to_lowercase();
        (matches!(article.as_str(), "a" | "an" | "the") && rest.eq_ignore_ascii_case(name)).then_some(article)
    });
    if let Some(article) = as_said.filter(|_| !is_listed) {
        return format!("{article} {name}");
    }
    if WORDING.determiners.contains(&first) || name.starts_with(|c: char| c.is_numeric()) {
        return plain_start(name);
    }
    let head = head(name);
    let is_name = name.starts_with(char::is_uppercase);
    let folded = head.to_lowercase();
    if is_name {
        let is_proper = is_listed || head.starts_with(char::is_uppercase) && name.contains(' ');
        return if is_proper && WORDING.the_before.contains(&folded) { format!("the {name}") } else { name.to_owned() };
    }
    if is_plural_word(&folded) || WORDING.bare.contains(&folded) {
        return name.to_owned();
    }
    if WORDING.the_before.contains(&folded) {
        return format!("the {name}");
    }
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {name}")
}

/// A name that starts with a determiner, in lower case: "The Monitor" is "the Monitor" within a sentence.
pub(super) fn plain_start(name: &str) -> String {
    match name.split_once(' ') {
        Some((first, rest)) if WORDING.determiners.contains(&first.to_lowercase()) => {
            format!("{} {rest}", first.to_lowercase())
        }
        _ => name.to_owned(),
    }
}

/// The word a phrase is about: the last before "of" or another preposition.
fn head(phrase: &str) -> &str {
    let end = [" of ", " in ", " from ", " at ", " on ", " with ", " loyal "]
        .iter()
        .filter_map(|word| phrase.find(word))
        .min()
        .unwrap_or(phrase.len());
    phrase[..end].rsplit(' ').next().unwrap_or(phrase)
}

fn first_word(text: &str) -> String {
    text.split_whitespace().next().unwrap_or_default().to_lowercase()
}

fn is_plural_word(word: &str) -> bool {
    WORDING.plural.contains(word) || (word.ends_with('s') && !word.ends_with("ss") && word.len() > 3)
}

/// Whether a verb after `phrase` stands in the plural.
pub(super) fn is_plural(phrase: &str) -> bool {
    if phrase.contains(" and ") {
        return true;
    }
    let first = first_word(phrase);
    if matches!(first.as_str(), "a" | "an" | "one" | "another" | "each" | "every") {
        return false;
    }
    let is_counted = phrase
        .split_whitespace()
        .take(3)
        .any(|word| word.starts_with(|c: char| c.is_numeric()) || (word.len() > 2 && is_count(&word.to_lowercase())));
    let head = head(phrase);
    is_counted
        || (head.starts_with(char::is_lowercase) || !phrase.contains(' ')) && is_plural_word(&head.to_lowercase())
}

/// Whether a number word makes its phrase plural: "seven", "dozens", "several".
fn is_count(word: &str) -> bool {
    let round = word.strip_suffix('s').is_some_and(|one| round_number_word(one).is_some());
    round || word == "several" || number_word(word).is_some_and(|n| n > 1.0)
}

/// A place as the object of a verb.
pub(super) fn place_words(place: &Place) -> String {
    let anchor = place.relation.as_ref().and_then(|relation| relation.anchor.clone());
    let own = place.name.clone().filter(|name| Some(name) != anchor.as_ref());
    match (own, relation_words(place)) {
        (Some(name), _) => named(&name, place),
        (None, Some(words)) => format!("an area {words}"),
        (None, None) => named(place.name.as_ref().unwrap_or(&place.text), place),
    }
}

/// A place after a verb that has its object or needs none: "at the dam", "45 km west of Varnesh".
pub(super) fn where_words(place: &Place, word: &str) -> String {
    let anchor = place.relation.as_ref().and_then(|relation| relation.anchor.clone());
    let own = place.name.clone().filter(|name| Some(name) != anchor.as_ref());
    let last = place.name.as_ref().unwrap_or(&place.text).rsplit(' ').next().unwrap_or_default();
    let is_area =
        matches!(place.kind.as_deref(), Some("country" | "region" | "province")) || WORDING.areas.contains(last);
    let word = match (word, place.kind.as_deref()) {
        ("in", Some("river")) => "at",
        ("at", _) if is_area => "in",
        _ => word,
    };
    match (own, relation_words(place)) {
        (Some(name), _) => format!(" {word} {}", named(&name, place)),
        (None, Some(words)) => format!(" {words}"),
        (None, None) => format!(" {word} {}", named(place.name.as_ref().unwrap_or(&place.text), place)),
    }
}

/// "the Tarn" for a river, "the northern dam" for a thing, "Varnesh" for a town; words that only point back stand quoted.
fn named(name: &str, place: &Place) -> String {
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    let first = first_word(name);
    if place.status == PlaceStatus::Unknown && WORDING.determiners.contains(&first) && first != "the" {
        return format!("“{name}”");
    }
    let takes_the = match place.kind.as_deref() {
        Some("river") => true,
        Some("city" | "town" | "village" | "country") => false,
        _ => ends_in_common_noun(name),
    };
    if takes_the && !WORDING.determiners.contains(&first) { format!("the {name}") } else { plain_start(name) }
}

/// "45 km west of Varnesh", "between A and B", "near Varnesh".
pub(super) fn relation_words(place: &Place) -> Option<String> {
    let relation = place.relation.as_ref()?;
    if let Some([one, other]) = &relation.between {
        return Some(format!("between {one} and {other}"));
    }
    let anchor = anchor_words(relation.anchor.as_ref()?, place);
    match (relation.distance_km, relation.bearing) {
        (Some(km), Some(bearing)) => Some(format!("{km} km {} of {anchor}", bearing_words(bearing))),
        (Some(km), None) => Some(format!("{km} km from {anchor}")),
        (None, Some(bearing)) => Some(format!("{} of {anchor}", bearing_words(bearing))),
        (None, None) => relation.kind.as_ref().map(|_| format!("near {anchor}")),
    }
}

/// "northern dam", "T-4 station"; not "al-Qasr".
fn ends_in_common_noun(name: &str) -> bool {
    name.rsplit(' ').next().is_some_and(|last| !last.contains(char::is_uppercase) && last.contains(char::is_alphabetic))
}

/// The other place: a bank is a river's, and a thing named by a common noun has its article.
fn anchor_words(anchor: &str, place: &Place) -> String {
    let is_bank = place.relation.as_ref().and_then(|r| r.kind.as_deref()) == Some("bank");
    if is_bank || ends_in_common_noun(anchor) { format!("the {anchor}") } else { anchor.to_owned() }
}

fn bearing_words(bearing: Bearing) -> &'static str {
    match bearing {
        Bearing::N => "north",
        Bearing::Ne => "north-east",
        Bearing::E => "east",
        Bearing::Se => "south-east",
        Bearing::S => "south",
        Bearing::Sw => "south-west",
        Bearing::W => "west",
        Bearing::Nw => "north-west",
    }
}

/// " on 8 May 2031", " by 2 May 2031", " between 31 May and 1 June 2031"; nothing when no day is known.
pub(super) fn when_words(time: Option<&Time>) -> String {
    match time.map(|time| (time.from, time.to)) {
        Some((Some(from), Some(to))) if from == to => format!(" on {}", day_words(from)),
        Some((Some(from), Some(to))) if from.year() == to.year() => {
            let first = if from.month() == to.month() {
                from.day().to_string()
            } else {
                format!("{} {}", from.day(), month_name(from))
            };
            format!(" between {first} and {}", day_words(to))
        }
        Some((Some(from), Some(to))) => format!(" between {} and {}", day_words(from), day_words(to)),
        Some((Some(from), None)) => format!(" on or after {}", day_words(from)),
        Some((None, Some(to))) => format!(" by {}", day_words(to)),
        _ => String::new(),
    }
}

/// "8 May 2031".
pub(crate) fn day_words(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date), date.year())
}

/// The first letter in upper case.
pub(crate) fn capitalised(text: String) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// "A, B and C".
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(text: &str, name: &str) -> ActorRef {
        let (text, name) = (text.to_owned(), name.to_owned());
        ActorRef { text, name, actor_id: None, kind: None, member_of: Vec::new(), refers_to: None }
    }

    #[test]
    fn parties_have_their_articles() {
        for (text, name, said) in [
            ("Northern Army", "Northern Army", "the Northern Army"),
            ("the Hill Guards", "Hill Guards", "the Hill Guards"),
            ("a large force of volunteers", "large force of volunteers", "a large force of volunteers"),
            ("Large force of volunteers", "large force of volunteers", "a large force of volunteers"),
            ("the two sides", "two sides", "the two sides"),
            ("loyal forces", "loyal forces", "loyal forces"),
            ("Red Column", "Red Column", "Red Column"),
            ("the group's", "group's", "a group"),
            ("them", "them", "unnamed forces"),
        ] {
            assert_eq!(parties(&[actor(text, name)]), said, "{text}");
        }
    }

    #[test]
    fn allies_stand_after_whose_they_are() {
        let army = actor("the Northern Army", "Northern Army");
        let allies = actor("its allies", "allies of Northern Army");
        let column = actor("Red Column", "Red Column");
        assert_eq!(parties(&[army, column, allies]), "the Northern Army, its allies and Red Column");
        assert_eq!(parties(&[actor("their allies", "allies of its forces")]), "allies");
    }

    #[test]
    fn number_follows_the_phrase() {
        for (phrase, plural) in [
            ("attackers", true),
            ("a convoy of families", false),
            ("Varnesh", false),
            ("thirty men", true),
            ("8,000", true),
        ] {
            assert_eq!(is_plural(phrase), plural, "{phrase}");
        }
    }
}
