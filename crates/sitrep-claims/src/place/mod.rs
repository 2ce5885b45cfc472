//! Where: place mentions found, resolved against the gazetteer or honestly left open, relative places as shapes.
//!
//! In: the passages of one document. Out: per passage, its place mentions. Never guesses a point.

use sitrep_model::{Document, Place, Span};

use crate::KitError;
use crate::parse::Passage;

/// Places of the world with their names, and the patterns of relative places (`lang/en/where*.toml`, `world/`).
pub(crate) struct Gazetteer;

impl Gazetteer {
    pub(crate) fn load() -> Result<Gazetteer, KitError> {
        Ok(Gazetteer)
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
pub(crate) fn places(_gazetteer: &Gazetteer, _document: &Document, passages: &[Passage]) -> Vec<Vec<PlaceMention>> {
    passages.iter().map(|_| Vec::new()).collect()
}
