//! Families: which event types can be told of one event, and how such events behave. The knowledge is `data/families.toml`.
//!
//! In: an event type. Out: its [`Family`].

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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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

/// The family of an event type.
pub(crate) fn family(event: EventType) -> &'static Family {
    let code = event.as_str();
    let found = FAMILIES.iter().find(|family| family.leaves.iter().any(|leaf| leaf == code));
    found.expect("a type in no listed family has one of its own")
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
