//! The kit: everything understanding needs to know, loaded once and shared by reference.
//!
//! In: the language engine; the knowledge under `lang/en` and `world` is compiled in. Out: a checked [`Kit`].
//! Never reads files; never changes after loading.

use std::fmt;

use sitrep_language::Language;

use crate::actors::Kinds;
use crate::case::{Cases, Restorer};
use crate::entities::Naming;
use crate::lexicon::Lexicon;
use crate::lexicon::actors::OwnRows;
use crate::place::MorePlaces;

/// Why a kit could not be put together: the knowledge files contradict themselves.
#[derive(Debug)]
#[non_exhaustive]
pub struct KitError {
    /// The file at fault.
    pub file: &'static str,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for KitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.message)
    }
}

impl std::error::Error for KitError {}

/// Engine, lexicons, gazetteer and actors.
pub struct Kit {
    pub(crate) language: Language,
    pub(crate) when: crate::when::TimeReader,
    pub(crate) gazetteer: crate::place::Gazetteer,
    pub(crate) lexicon: Lexicon,
    pub(crate) kinds: Kinds,
    pub(crate) cases: Cases,
    pub(crate) naming: Naming,
}

impl Kit {
    /// Puts the kit together around a loaded language engine.
    ///
    /// # Errors
    /// When a knowledge file cannot be read or fails its own checks.
    pub fn new(language: Language) -> Result<Kit, KitError> {
        Kit::with_places(language, None)
    }

    /// The same with a user's places beside the built-in ones.
    ///
    /// # Errors
    /// When a knowledge file cannot be read or fails its own checks.
    pub fn with_places(language: Language, places: Option<Box<dyn MorePlaces>>) -> Result<Kit, KitError> {
        Ok(Kit {
            language,
            when: crate::when::TimeReader::new()?,
            gazetteer: crate::place::Gazetteer::load(places)?,
            lexicon: Lexicon::load()?,
            kinds: Kinds::load()?,
            cases: Cases::load()?,
            naming: Naming::load()?,
        })
    }

    /// The same with a user's actors: lines of id, name, kind, country (two letters), part of, other names (`;`), by tabs, the last three may
    /// be left out. Where a name is in the built-in list too, the user's holds.
    ///
    /// # Errors
    /// When a line lacks id, name or kind, or has more columns.
    pub fn with_actors(mut self, lines: &str) -> Result<Kit, KitError> {
        self.lexicon.actors.add(lines)?;
        Ok(self)
    }

    /// The same from a file that may hold anything: rows that cannot be used are told and left out. A first line of column names, empty
    /// lines and lines that begin with `#` are passed over.
    #[must_use]
    pub fn with_own_actors(mut self, list: &[u8]) -> (Kit, OwnRows) {
        let rows = self.lexicon.actors.add_own(list);
        (self, rows)
    }

    /// What restores the case of texts in capitals.
    pub(crate) fn restorer(&self) -> Restorer<'_> {
        let Kit { cases, language, lexicon, gazetteer, .. } = self;
        Restorer { cases, language, lexicon, gazetteer }
    }

    /// The language engine, for layers that need nothing of conflict.
    #[must_use]
    pub fn language(&self) -> &Language {
        &self.language
    }
}
