//! The understanding of place names on its own, for measuring it without the language engine.
//!
//! In: a kit and a document, analysed once. Out: how many names were read. Decides nothing.

use sitrep_model::Document;

use super::hints::Found;
use super::{Gazetteer, PlaceUse, Read, found, places};
use crate::parse::{Passage, parse};
use crate::{Kit, KitError};

/// A document ready for its place names to be read, again and again.
pub struct PlaceStage {
    document: Document,
    passages: Vec<Passage>,
    found: Vec<Found>,
}

impl PlaceStage {
    /// Analyses the document.
    #[must_use]
    pub fn new(kit: &Kit, document: Document) -> PlaceStage {
        let passages = parse(kit, &document);
        PlaceStage { found: found(&kit.gazetteer, &document, &passages, &[]), passages, document }
    }

    /// How many place names there are, found before and resolved anew: each against all others of the document.
    #[must_use]
    pub fn resolve(&self, kit: &Kit) -> usize {
        let read = Read::of(&kit.gazetteer, &self.document, &self.passages, self.found.clone());
        let senses = read.senses(&kit.gazetteer);
        read.found.iter().flat_map(|(named, _)| named).filter(|n| senses.contains_key(&n.sense_key())).count()
    }

    /// How many place names there are, found and resolved anew.
    #[must_use]
    pub fn read(&self, kit: &Kit) -> usize {
        let found = places(&kit.gazetteer, &self.document, &self.passages);
        found.iter().flatten().filter(|m| m.usage != PlaceUse::Demonym).count()
    }

    /// What a clock says that it takes to load the gazetteer.
    ///
    /// # Errors
    /// When a knowledge file cannot be read.
    pub fn load_seconds(clock: impl Fn() -> f64) -> Result<f64, KitError> {
        let start = clock();
        let gazetteer = Gazetteer::load(None)?;
        let spent = clock() - start;
        drop(gazetteer);
        Ok(spent)
    }
}
