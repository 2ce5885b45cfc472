//! Names of places in a passage, and the passage as the finder sees it.
//!
//! In: a passage. Out: [`Named`] and [`Demonym`] to be filled, and what words stand where. Decides nothing.

use std::borrow::Cow;

use sitrep_language::EntityLabel;
use sitrep_model::Document;

use super::Gazetteer;
use super::find::Heard;
use super::gazetteer::Iso;
use super::script::is_caseless;
use crate::parse::Passage;

/// How sure it is that the words name a place at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ground {
    /// Only its spelling: the place must fit the document's countries.
    Spelling,
    /// The words around it, or the entity recogniser.
    Context,
}

/// A name in a passage.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// Tokens of the whole expression: "the city of X", "X village".
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// The name alone, as said.
    pub(crate) name: String,
    pub(crate) key: String,
    /// The kind of place the words say.
    pub(crate) kind: Option<String>,
    pub(crate) ground: Ground,
    /// Whether it is a place even if nobody knows which.
    pub(crate) certain: bool,
    /// Whether somebody asks for it.
    pub(crate) asked: bool,
    /// Key of what it is said to lie in: "Paris, Texas".
    pub(crate) holder: Option<String>,
}

impl Named {
    /// What namesakes of one place are told apart by: "Homs province" is not "Homs city".
    pub(crate) fn sense_key(&self) -> String {
        let mut sense = self.kind_key();
        if let Some(holder) = &self.holder {
            sense.push('\u{2}');
            sense.push_str(holder);
        }
        sense
    }

    fn kind_key(&self) -> String {
        match self.kind.as_deref() {
            Some("region" | "district") => format!("{}\u{1}region", self.key),
            Some(
                "river" | "desert" | "lake" | "mountain" | "airbase" | "camp" | "dam" | "oil field" | "crossing"
                | "station",
            ) => {
                format!("{}\u{1}{}", self.key, self.kind.as_deref().unwrap_or(""))
            }
            _ => self.key.clone(),
        }
    }
}

/// A demonym or adjective of a country.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Demonym {
    pub(crate) at: usize,
    pub(crate) country: Iso,
    pub(crate) name: &'static str,
}

pub(super) const ARTICLES: [&str; 13] = ["al", "el", "as", "ash", "at", "az", "ad", "ar", "an", "es", "ez", "er", "et"];

/// A passage with what the finder asks of it.
pub(super) struct View<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) passage: &'a Passage,
    pub(super) words: Vec<&'a str>,
    /// The words in small letters.
    lower: Vec<Cow<'a, str>>,
    pub(super) heard: &'a Heard,
}

impl<'a> View<'a> {
    pub(super) fn new(
        gazetteer: &'a Gazetteer,
        passage: &'a Passage,
        words: Vec<&'a str>,
        heard: &'a Heard,
    ) -> View<'a> {
        let small = |word: &str| word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        let lower = |word: &&'a str| if small(word) { Cow::Borrowed(*word) } else { Cow::Owned(word.to_lowercase()) };
        View { gazetteer, passage, lower: words.iter().map(lower).collect(), words, heard }
    }
}

impl View<'_> {
    /// The word at `at` in small letters; empty past the end.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", |word| word)
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        self.words
            .get(at)
            .and_then(|w| w.chars().find(|c| c.is_alphanumeric()))
            .is_some_and(|c| c.is_uppercase() || is_caseless(c))
    }

    pub(super) fn label(&self, at: usize) -> Option<(EntityLabel, usize, usize)> {
        let entities = &self.passage.analysis.entities;
        let index = entities.partition_point(|e| e.end as usize <= at);
        let entity = entities.get(index).filter(|e| e.first as usize <= at)?;
        let (mut first, mut end) = (entity.first as usize, entity.end as usize);
        // "Oban and Craignure", "Rufus Tell of Manchester" taken for one body or somebody are two names.
        let parts = |t: usize| {
            let tie = matches!(self.words[t], "and" | "&" | "," | "(" | ")")
                || entity.label == EntityLabel::Person && self.words[t] == "of";
            tie && t > 0 && self.capital(t - 1) && self.capital(t + 1)
        };
        first = (first..at).rev().find(|t| parts(*t)).map_or(first, |t| t + 1);
        end = (at + 1..end).find(|t| parts(*t)).unwrap_or(end);
        // "Near Palmyra", "Northwest of Raqqa" at the head of a sentence.
        if first < at && self.gazetteer.words.locative.contains(self.lower(first)) {
            first += 1;
        }
        if first + 1 < at && self.gazetteer.words.bearing(self.words[first]).is_some() && self.words[first + 1] == "of"
        {
            first += 2;
        }
        Some((entity.label, first, end))
    }

    /// Whether the name at `at` follows somebody's and "of": "Mayor Rufus Tell of Manchester", "Tom Lancaster, of Amesville".
    pub(super) fn of_somebody(&self, at: usize) -> bool {
        if at < 2 || self.words[at - 1] != "of" {
            return false;
        }
        let before = if self.words[at - 2] == "," { at.checked_sub(3) } else { Some(at - 2) };
        before.is_some_and(|b| self.label(b).is_some_and(|(label, _, _)| label == EntityLabel::Person))
    }

    /// Whether a name may begin here: a capital, or an article tied to one ("al-Bukamal").
    pub(super) fn begins(&self, at: usize) -> bool {
        let article =
            self.words.get(at + 1) == Some(&"-") && ARTICLES.contains(&self.words[at]) && self.capital(at + 2);
        let inside = at >= 2 && self.words[at - 1] == "-" && self.glued(at - 1);
        (self.capital(at) && !inside) || article
    }

    /// Whether the word before says that a place follows: "(", "in".
    pub(super) fn told(&self, at: usize) -> bool {
        at > 0 && (self.words[at - 1] == "(" || self.gazetteer.words.locative.contains(self.lower(at - 1)))
    }

    /// Whether token `at` stands without blanks on either side.
    pub(super) fn glued(&self, at: usize) -> bool {
        let tokens = &self.passage.analysis.tokens;
        at > 0 && !tokens[at - 1].space_after && !tokens[at].space_after && tokens[at - 1].end == tokens[at].start
    }

    /// Whether only "and", "or" or a comma stand between.
    pub(super) fn listed(&self, end: usize, at: usize) -> bool {
        end < at && at - end <= 3 && (end..at).all(|t| matches!(self.lower(t), "and" | "," | "or" | "the"))
    }

    /// The land that a word of three capitals or more stands for where the recogniser sees a place: "NSW".
    pub(super) fn short_form(&self, at: usize, end: usize) -> Option<String> {
        let place = |l| matches!(l, EntityLabel::Gpe | EntityLabel::Loc);
        let short = end - at == 1 && self.words[at].len() >= 3 && self.acronym((at, end));
        let seen = short && self.label(at).is_some_and(|(label, _, _)| place(label) || label == EntityLabel::Org);
        self.gazetteer.words.abbreviations.get(&super::key::key(self.words[at])).filter(|_| seen).cloned()
    }

    /// One word of capitals only.
    pub(super) fn acronym(&self, core: (usize, usize)) -> bool {
        core.1 - core.0 == 1 && self.words[core.0].chars().all(|c| c.is_ascii_uppercase())
    }

    pub(super) fn demonym(&self, at: usize) -> Option<Demonym> {
        let (country, name) = self.gazetteer.index.demonym(self.words.get(at).filter(|_| self.capital(at))?)?;
        Some(Demonym { at, country, name })
    }

    pub(super) fn text(&self, document: &Document, first: usize, end: usize) -> String {
        self.passage.span_of(first, end).of(&document.text).to_owned()
    }

    /// The kind of place that the words at `at` name, and how many words do.
    pub(super) fn kind(&self, at: usize) -> Option<(&str, usize)> {
        let words = &self.gazetteer.words;
        let (first, second) = (self.lower(at), self.lower(at + 1));
        if let Some(kind) = words.kinds_of_two.get(first).and_then(|two| two.get(second)) {
            return Some((kind, 2));
        }
        words.kinds.get(first).map(|kind| (kind.as_str(), 1))
    }
}
