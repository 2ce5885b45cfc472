//! The lists of `lang/en/deed_words.toml`: words by which a deed is told from its mention.
//!
//! In: the file, compiled in. Out: [`DeedWords`]. Never reads files.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use super::parse;
use crate::KitError;

/// Words of a list, parted by white space.
#[derive(Deserialize)]
#[serde(from = "String")]
pub(crate) struct Words(HashSet<String>);

impl From<String> for Words {
    fn from(text: String) -> Words {
        Words(text.split_whitespace().map(str::to_owned).collect())
    }
}

impl Words {
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// All of `deed_words.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeedWords {
    pub(crate) toll: Toll,
    fates: BTreeMap<String, Words>,
    fragments: BTreeMap<String, Words>,
    /// Participles of clipped phrases.
    pub(crate) clipped: Words,
    headings: BTreeMap<String, Heading>,
    pub(crate) noun: Noun,
    pub(crate) verb: Verb,
}

/// What a heading makes of the list below it: the ids of the frames for things and for people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Heading {
    words: Words,
    things: Option<String>,
    people: Option<String>,
}

/// Words of tolls.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Toll {
    pub(crate) sets: Words,
    pub(crate) raises: Words,
    pub(crate) stands: Words,
    pub(crate) gives: Words,
    pub(crate) counts: Words,
    pub(crate) losses: Words,
}

/// Words around a noun that could tell a deed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Noun {
    pub(crate) hits: Words,
    pub(crate) causes: Words,
    pub(crate) called_off: Words,
    pub(crate) talked: Words,
    pub(crate) reported: Words,
    pub(crate) vague: Words,
    pub(crate) facts: Words,
    pub(crate) fact_prepositions: Words,
    pub(crate) feared: Words,
    pub(crate) planned: Words,
    pub(crate) planning: Words,
}

/// Words around a verb that could tell a deed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verb {
    pub(crate) stative: Words,
    pub(crate) documents: Words,
    pub(crate) described: Words,
}

impl DeedWords {
    pub(crate) fn load() -> Result<DeedWords, KitError> {
        parse("lang/en/deed_words.toml", include_str!("../../lang/en/deed_words.toml"))
    }

    /// The id of the frame for what the word makes of people counted.
    pub(crate) fn fate(&self, lemma: &str) -> Option<&str> {
        named(&self.fates, lemma)
    }

    /// The frames for the things and the people listed under a heading.
    pub(crate) fn heading(&self, lemma: &str) -> Option<(Option<&str>, Option<&str>)> {
        let heading = self.headings.values().find(|heading| heading.words.has(lemma))?;
        Some((heading.things.as_deref(), heading.people.as_deref()))
    }

    /// The same for a word right after a number.
    pub(crate) fn fragment(&self, word: &str) -> Option<&str> {
        named(&self.fragments, word)
    }
}

fn named<'a>(table: &'a BTreeMap<String, Words>, word: &str) -> Option<&'a str> {
    table.iter().find(|(_, words)| words.has(word)).map(|(id, _)| id.as_str())
}
