//! Families: which event types can be told of one event, and how such events behave. The knowledge is `data/families.toml`.
//!
//! In: an event type. Out: its [`Family`].

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use sitrep_model::EventType;

/// Who suffers by an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Harms {
    /// The one it is done to.
    Target,
    /// The one who does it.
    Actor,
}

/// Event types that can be told of one event.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Family {
    /// Its name.
    pub name: String,
    /// Codes of its types.
    pub leaves: Vec<String>,
    /// Days by which accounts of one event may differ.
    #[serde(default)]
    pub slack_days: i32,
    /// Whether it happens to a place once in a while only, so that the place alone nearly tells which one is meant.
    #[serde(default)]
    pub once: bool,
    /// Whether such events recur at one place.
    #[serde(default)]
    pub repeats: bool,
    /// Whether rival accounts name rival actors.
    #[serde(default)]
    pub open_actor: bool,
    /// Whether it is a state, not a deed.
    #[serde(default)]
    pub state: bool,
    /// Whether its distance changes from day to day.
    #[serde(default)]
    pub moves: bool,
    /// Who suffers by it.
    #[serde(default)]
    pub harms: Option<Harms>,
}

impl PartialEq for Family {
    /// There is one of each, whose leaves are its own.
    fn eq(&self, other: &Family) -> bool {
        std::ptr::eq(self, other)
    }
}

#[derive(Deserialize)]
struct Families {
    family: Vec<Family>,
}

static FAMILIES: LazyLock<Vec<Family>> = LazyLock::new(|| {
    let listed: Families = toml::from_str(include_str!("../../data/families.toml")).expect("checked by a test");
    let mut families = listed.family;
    let unlisted: Vec<&str> = EventType::LEAVES
        .iter()
        .map(|leaf| leaf.code)
        .filter(|code| !families.iter().any(|family| family.leaves.iter().any(|leaf| leaf == code)))
        .collect();
    families.extend(unlisted.into_iter().map(|code| Family {
        name: code.to_owned(),
        leaves: vec![code.to_owned()],
        slack_days: 0,
        once: false,
        repeats: false,
        open_actor: false,
        state: false,
        moves: false,
        harms: None,
    }));
    families
});

/// The first in the list.
pub(crate) fn first() -> &'static Family {
    &FAMILIES[0]
}

/// The family of an event type.
pub(crate) fn family(event: EventType) -> &'static Family {
    static OF: LazyLock<BTreeMap<EventType, &'static Family>> = LazyLock::new(|| {
        let leaves = FAMILIES.iter().flat_map(|family| family.leaves.iter().map(move |leaf| (leaf, family)));
        leaves.filter_map(|(leaf, family)| Some((EventType::from_code(leaf)?, family))).collect()
    });
    OF.get(&event).expect("a type in no listed family has one of its own")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_type_is_in_one_family() {
        let mut seen = BTreeSet::new();
        for leaf in FAMILIES.iter().flat_map(|family| &family.leaves) {
            assert!(EventType::from_code(leaf).is_some(), "{leaf} is no event type");
            assert!(seen.insert(leaf), "{leaf} is in two families");
        }
        assert_eq!(seen.len(), EventType::LEAVES.len());
    }
}
