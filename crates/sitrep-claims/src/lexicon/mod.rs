//! The knowledge under `lang/en`, loaded and checked: what nouns can be, which words tell which deeds, who the actors are, how
//! sources and certainty are marked.
//!
//! In: the TOML and TSV compiled into the program. Out: [`Lexicon`]. Never reads files; contradictions are errors, not guesses.

pub(crate) mod actors;
pub(crate) mod classes;
pub(crate) mod cues;
pub(crate) mod frames;
pub(crate) mod pattern;
pub(crate) mod whereabouts;
pub(crate) mod words;

use std::collections::BTreeMap;

use crate::KitError;
use actors::ActorList;
use classes::Classes;
use cues::{Cues, Factual, Hedges};
use frames::Frames;
use whereabouts::Whereabouts;
use words::DeedWords;

/// Everything known about words.
pub(crate) struct Lexicon {
    pub(crate) classes: Classes,
    pub(crate) frames: Frames,
    pub(crate) support: Support,
    pub(crate) actors: ActorList,
    pub(crate) cues: Cues,
    pub(crate) hedges: Hedges,
    pub(crate) factual: Factual,
    /// For each noun that names an event told elsewhere, how the event's code begins.
    pub(crate) named_events: BTreeMap<String, String>,
    pub(crate) whereabouts: Whereabouts,
    pub(crate) words: DeedWords,
}

impl Lexicon {
    /// Loads and checks every file.
    ///
    /// # Errors
    /// When a file cannot be read or contradicts another.
    pub(crate) fn load() -> Result<Lexicon, KitError> {
        let classes = Classes::load()?;
        let frames = Frames::load(&classes)?;
        Ok(Lexicon {
            frames,
            classes,
            support: Support::load()?,
            actors: ActorList::load()?,
            cues: Cues::load()?,
            hedges: Hedges::load()?,
            factual: Factual::load()?,
            named_events: named_events()?,
            whereabouts: Whereabouts::load()?,
            words: DeedWords::load()?,
        })
    }
}

/// Verbs that carry a deed told by a noun, by what they do with it.
pub(crate) struct Support {
    of: BTreeMap<String, Vec<Carry>>,
}

/// What a supporting verb does with the deed its noun tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carry {
    /// The subject does it.
    Does,
    /// The subject starts it.
    Launches,
    /// It is done to the subject.
    Suffers,
    /// The noun is the subject.
    Occurs,
    /// The subject is the place.
    Witnesses,
    /// It ends.
    Stops,
}

impl Support {
    fn load() -> Result<Support, KitError> {
        const FILE: &str = "lang/en/support.toml";
        let table: BTreeMap<String, String> = parse(FILE, include_str!("../../lang/en/support.toml"))?;
        let mut of: BTreeMap<String, Vec<Carry>> = BTreeMap::new();
        for (name, words) in &table {
            let carry = match name.as_str() {
                "do" => Carry::Does,
                "launch" => Carry::Launches,
                "suffer" => Carry::Suffers,
                "occur" => Carry::Occurs,
                "witness" => Carry::Witnesses,
                "stop" => Carry::Stops,
                other => return Err(KitError { file: FILE, message: format!("unknown kind of support: {other}") }),
            };
            for word in words.split_whitespace() {
                let list = of.entry(word.to_owned()).or_default();
                if !list.contains(&carry) {
                    list.push(carry);
                }
            }
        }
        Ok(Support { of })
    }

    /// Whether the verb `lemma` carries a deed in the way `carry`.
    pub(crate) fn is(&self, lemma: &str, carry: Carry) -> bool {
        self.of.get(lemma).is_some_and(|list| list.contains(&carry))
    }
}

/// "fall" names a `territory.captured`.
fn named_events() -> Result<BTreeMap<String, String>, KitError> {
    const FILE: &str = "lang/en/named_events.toml";
    let table: BTreeMap<String, String> = parse(FILE, include_str!("../../lang/en/named_events.toml"))?;
    let mut of = BTreeMap::new();
    for (code, nouns) in table {
        for noun in nouns.split_whitespace() {
            if of.insert(noun.to_owned(), code.clone()).is_some() {
                return Err(KitError { file: FILE, message: format!("{noun} stands twice") });
            }
        }
    }
    Ok(of)
}

/// Reads one TOML file.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, KitError> {
    toml::from_str(text).map_err(|error| KitError { file, message: error.to_string() })
}

/// The items of a `;`-separated list, white space trimmed, empty ones left out.
pub(crate) fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(';').map(str::trim).filter(|item| !item.is_empty())
}
