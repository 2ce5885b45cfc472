//! Where: place mentions found, resolved against the gazetteer or honestly left open, relative places as shapes.
//!
//! In: the passages of one document. Out: per passage, its place mentions. Never guesses a point.

mod borders;
mod build;
mod find;
mod gazetteer;
mod join;
mod key;
mod lines;
mod outlines;
mod plane;
mod relate;
mod resolve;
mod shape;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use sitrep_model::{Document, Place, Span};

use crate::KitError;
use crate::parse::Passage;
use find::{Demonym, Ground, Named};
use gazetteer::{Index, Iso};
pub use outlines::outlines;
use resolve::{Countries, Name};

/// Places of the world with their names, and the patterns of relative places (`lang/en/where*.toml`, `world/`).
pub(crate) struct Gazetteer {
    pub(crate) index: Index,
    pub(crate) words: words::Words,
    lines: OnceLock<lines::Lines>,
}

impl Gazetteer {
    pub(crate) fn load() -> Result<Gazetteer, KitError> {
        Ok(Gazetteer { index: Index::load()?, words: words::Words::load()?, lines: OnceLock::new() })
    }
}

impl Gazetteer {
    /// Outlines, rivers and borders, unpacked at the first question.
    pub(crate) fn lines(&self) -> &lines::Lines {
        self.lines.get_or_init(|| lines::Lines::load(&self.index))
    }
}

/// How a mention of a place is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlaceUse {
    /// As a place.
    Literal,
    /// As a modifier that implies a country: "Syrian", "Iraqi".
    Demonym,
}

/// A place expression in a passage. "30km south of Varnesh" is one mention; the plain "Varnesh" inside it is another, marked
/// as its anchor.
#[derive(Debug, Clone)]
pub(crate) struct PlaceMention {
    /// First token.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) end: usize,
    /// The token that carries the expression in the tree (the one a preposition governs).
    pub(crate) head: usize,
    /// Where it stands in the document's text.
    pub(crate) span: Span,
    /// Whether it only serves as the anchor of a relative mention that contains it.
    pub(crate) anchor_only: bool,
    /// How it is used.
    pub(crate) usage: PlaceUse,
    /// What it says.
    pub(crate) place: Place,
}

/// Finds and resolves the places of all passages; one sense per name and document.
pub(crate) fn places(gazetteer: &Gazetteer, document: &Document, passages: &[Passage]) -> Vec<Vec<PlaceMention>> {
    let people = find::people(document, passages);
    let found: Vec<(Vec<Named>, Vec<Demonym>)> =
        passages.iter().map(|p| find::names(gazetteer, document, p, &people)).collect();
    let countries = countries(gazetteer, passages, &found);
    let mut names: BTreeMap<String, Name> = BTreeMap::new();
    for named in found.iter().flat_map(|(n, _)| n) {
        let name = names.entry(named.sense_key()).or_default();
        name.context |= named.ground == Ground::Context;
        name.kind = name.kind.take().or_else(|| named.kind.clone());
    }
    let senses = resolve::senses(&gazetteer.index, &names, &countries);
    let book = build::Book::new(gazetteer, &senses, &found, resolve::in_play(&countries));
    let mut all: Vec<Vec<PlaceMention>> = passages
        .iter()
        .zip(&found)
        .map(|(passage, (named, demonyms))| book.mentions(document, passage, named, demonyms))
        .collect();
    join::define(document, passages, &mut all);
    all
}

/// How much of the document speaks of each country; readers' comments count less.
fn countries(gazetteer: &Gazetteer, passages: &[Passage], found: &[(Vec<Named>, Vec<Demonym>)]) -> Countries {
    const COMMENT_WEIGHT: f64 = 0.2;
    let mut weights: BTreeMap<Iso, f64> = BTreeMap::new();
    for (passage, (named, demonyms)) in passages.iter().zip(found) {
        let weight = if passage.comment.is_some() { COMMENT_WEIGHT } else { 1.0 };
        for demonym in demonyms {
            *weights.entry(demonym.country).or_default() += weight;
        }
        for name in named.iter().filter(|n| n.ground == Ground::Context) {
            let entries = gazetteer.index.find(&name.key);
            let country = entries.iter().find(|e| e.kind == "country");
            let mut isos: Vec<Iso> =
                entries.iter().filter(|e| e.population_log2 > 11.0 || e.radius_km > 3.0).map(|e| e.country).collect();
            isos.sort_unstable();
            isos.dedup();
            match (country, isos.as_slice()) {
                (Some(country), _) => *weights.entry(country.country).or_default() += 2.0 * weight,
                (None, [only]) if only != b"--" => *weights.entry(*only).or_default() += weight,
                _ => {}
            }
        }
    }
    let total: f64 = weights.values().sum();
    weights.into_iter().map(|(iso, weight)| (iso, weight / total.max(1.0))).collect()
}
