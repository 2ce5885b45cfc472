//! The lists of `lang/en/whereabouts.toml`: which of a sentence's places is the one where a deed happened.
//!
//! In: the file, compiled in. Out: [`Whereabouts`]. Never reads files.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::parse;
use crate::KitError;

/// All of `whereabouts.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Whereabouts {
    codes: Codes,
    pub(crate) nouns: Nouns,
    pub(crate) kinds: Kinds,
    pointed: BTreeMap<String, BTreeSet<String>>,
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) example: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Codes {
    moving: BTreeSet<String>,
    at_goal: BTreeSet<String>,
    arriving: BTreeSet<String>,
    leaving: BTreeSet<String>,
    at_home: BTreeSet<String>,
}

/// Nouns in the singular.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nouns {
    pub(crate) partitive: BTreeSet<String>,
    pub(crate) somewhere: BTreeSet<String>,
    pub(crate) wide: BTreeSet<String>,
    pub(crate) dwellers: BTreeSet<String>,
    pub(crate) time: BTreeSet<String>,
}

/// Kinds of gazetteer places.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kinds {
    pub(crate) wide: BTreeSet<String>,
}

/// Sentences that a list must do well on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), allow(dead_code))]
pub(crate) struct Example {
    pub(crate) of: String,
    #[serde(default)]
    pub(crate) yes: Vec<String>,
    #[serde(default)]
    pub(crate) no: Vec<String>,
}

impl Whereabouts {
    pub(crate) fn load() -> Result<Whereabouts, KitError> {
        parse("lang/en/whereabouts.toml", include_str!("../../lang/en/whereabouts.toml"))
    }

    /// Whether a deed goes from somewhere to somewhere.
    pub(crate) fn moves(&self, code: &str) -> bool {
        self.codes.moving.contains(code)
    }

    /// Whether a deed goes somewhere and happens there.
    pub(crate) fn at_goal(&self, code: &str) -> bool {
        self.codes.at_goal.contains(code)
    }

    /// Whether a deed ends where it goes.
    pub(crate) fn arrives(&self, code: &str) -> bool {
        self.codes.arriving.contains(code)
    }

    /// Whether a deed begins where it comes from.
    pub(crate) fn leaves(&self, code: &str) -> bool {
        self.codes.leaving.contains(code)
    }

    /// Whether people do it, or suffer it, where they live.
    pub(crate) fn at_home(&self, code: &str) -> bool {
        self.codes.at_home.contains(code) || code.split_once('.').is_some_and(|(f, _)| self.codes.at_home.contains(f))
    }

    /// Whether a description may point back to a place of this kind.
    pub(crate) fn points_to(&self, description: &str, kind: &str) -> bool {
        self.pointed.get(description).is_some_and(|kinds| kinds.contains(kind))
    }
}
