//! How MUC classes words: what is a physical target, who is a human one, which weapon is of which type.
//!
//! In: `words.toml`. Out: look-ups by phrase. Knows nothing of sentences.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde::Deserialize;
use sitrep_model::ActorRef;

/// The word lists.
#[derive(Deserialize)]
pub(super) struct Words {
    physical: BTreeMap<String, String>,
    human: BTreeMap<String, String>,
    instrument: BTreeMap<String, String>,
    nation: BTreeMap<String, String>,
    perpetrator: BTreeMap<String, String>,
}

impl Words {
    pub(super) fn load() -> anyhow::Result<Words> {
        toml::from_str(include_str!("words.toml")).context("words.toml")
    }

    /// The class of a thing that can be hit.
    pub(super) fn physical(&self, phrase: &str) -> Option<&str> {
        class(&self.physical, phrase)
    }

    /// The class of a person, by the noun that describes him.
    pub(super) fn human(&self, phrase: &str) -> Option<&str> {
        class(&self.human, phrase)
    }

    /// The class of a weapon.
    pub(super) fn instrument(&self, phrase: &str) -> Option<&str> {
        class(&self.instrument, phrase)
    }

    /// The nation a phrase names.
    pub(super) fn nation(&self, phrase: &str) -> Option<&str> {
        let words = nouns(&phrase.replace("U.S.", "US"));
        let holds = |list: &str| list.split_whitespace().any(|w| words.iter().any(|word| word == w));
        self.nation.iter().find(|(_, list)| holds(list)).map(|(name, _)| name.as_str())
    }

    /// Whether a perpetrator is told by a word for people.
    pub(super) fn individual(&self, phrase: &str) -> bool {
        self.listed("individual", &head(phrase))
    }

    /// Whether a perpetrator belongs to a state.
    pub(super) fn state(&self, phrase: &str) -> bool {
        nouns(phrase).iter().any(|w| self.listed("state", w))
    }

    /// Whether a target is a fighter or a body of them.
    pub(super) fn combatant(&self, phrase: &str) -> bool {
        self.listed("combatant", &head(phrase)) || nouns(phrase).iter().any(|w| self.listed("army", w))
    }

    /// Whether a word stands before a person's name.
    pub(super) fn title(&self, word: &str) -> bool {
        self.listed("title", word.to_uppercase().trim_end_matches('.'))
    }

    /// Whether a thing is an army's.
    pub(super) fn military(&self, phrase: &str) -> bool {
        nouns(phrase).iter().any(|w| self.listed("military", w))
    }

    /// Whether a place is itself something that can be hit: "a bomb exploded at the bank".
    pub(super) fn site(&self, place: &str) -> bool {
        let open = ["CITY", "TOWN", "VILLAGE", "NEIGHBORHOOD", "PLAZA", "PARK", "STREET", "ROAD", "HIGHWAY", "AREA"];
        self.physical(&head(place)).is_some() && !open.contains(&head(place).as_str()) && !self.military(place)
    }

    /// Whether an actor is one person with a name.
    pub(super) fn named_person(&self, actor: &ActorRef) -> bool {
        let words: Vec<&str> = actor.name.split_whitespace().collect();
        let capitals = words.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
        let last = words.last().copied().unwrap_or("");
        actor.actor_id.is_none()
            && capitals > 0
            && last.starts_with(char::is_uppercase)
            && last.chars().any(char::is_lowercase)
            && self.human(last).is_none()
            && self.physical(last).is_none()
            && !actor.name.starts_with("the ")
    }

    fn listed(&self, list: &str, word: &str) -> bool {
        self.perpetrator.get(list).is_some_and(|words| words.split_whitespace().any(|w| w == word))
    }
}

/// The words of a phrase in capitals and in the singular, as far as it has a noun's plural.
fn nouns(phrase: &str) -> Vec<String> {
    let words = phrase.to_uppercase();
    words.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).map(singular).collect()
}

/// The last word before "of", "in" and the like.
pub(super) fn head(phrase: &str) -> String {
    let upper = phrase.to_uppercase();
    let words: Vec<&str> = upper.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    let end = words.iter().skip(1).position(|w| LINKS.contains(w)).map_or(words.len(), |at| at + 1);
    words[..end].last().map(|w| singular(w)).unwrap_or_default()
}

const LINKS: [&str; 12] = ["OF", "IN", "FROM", "AT", "ON", "WHO", "WITH", "NEAR", "TO", "FOR", "BELONGING", "THAT"];

fn singular(word: &str) -> String {
    let irregular = match word {
        "MEN" => "MAN",
        "WOMEN" => "WOMAN",
        "CHILDREN" => "CHILD",
        "POLICEMEN" => "POLICEMAN",
        "GUNMEN" => "GUNMAN",
        "SERVICEMEN" => "SERVICEMAN",
        "WIVES" => "WIFE",
        "BUSES" => "BUS",
        "CHURCHES" => "CHURCH",
        _ => "",
    };
    if !irregular.is_empty() {
        return irregular.to_owned();
    }
    if let Some(stem) = word.strip_suffix("IES").filter(|s| s.len() > 2) {
        return format!("{stem}Y");
    }
    let plural = word.len() > 3 && word.ends_with('S') && !word.ends_with("SS") && !word.ends_with("US");
    if plural { word[..word.len() - 1].to_owned() } else { word.to_owned() }
}

/// Whether a phrase tells of more than one.
pub(super) fn plural(phrase: &str) -> bool {
    let upper = phrase.to_uppercase();
    let words: Vec<&str> = upper.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    let end = words.iter().skip(1).position(|w| LINKS.contains(w)).map_or(words.len(), |at| at + 1);
    words[..end].last().is_some_and(|w| singular(w) != *w || *w == "PEOPLE" || *w == "PERSONNEL")
}

fn class<'w>(lists: &'w BTreeMap<String, String>, phrase: &str) -> Option<&'w str> {
    let holds = |word: &str| {
        lists.iter().find(|(_, words)| words.split_whitespace().any(|w| w == word)).map(|(name, _)| name.as_str())
    };
    holds(&head(phrase)).or_else(|| nouns(phrase).iter().rev().find_map(|w| holds(w)))
}
