//! The understanding of place names on its own, for measuring it without the language engine.
//!
//! In: a kit and a document, analysed once. Out: how many names were read. Decides nothing.

use sitrep_model::Document;

use super::{Gazetteer, PlaceUse, places};
use crate::parse::{Passage, parse};
use crate::{Kit, KitError};

/// A document ready for its place names to be read, again and again.
pub struct PlaceStage {
    document: Document,
    passages: Vec<Passage>,
}

impl PlaceStage {
    /// Analyses the document.
    #[must_use]
    pub fn new(kit: &Kit, document: Document) -> PlaceStage {
        PlaceStage { passages: parse(kit, &document), document }
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
