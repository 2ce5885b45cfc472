//! Stands where the claims room will be; goes when its entry lands.
//!
//! In: a document. Out: no claims. Never pretends to understand.

use sitrep_language::Language;
use sitrep_model::{Claim, Document, Noted, sha256_hex};

pub(crate) struct Kit {
    language: Language,
}

impl Kit {
    pub(crate) fn new(language: Language) -> Kit {
        Kit { language }
    }
    pub(crate) fn language(&self) -> &Language {
        &self.language
    }
    pub(crate) fn rules_sha256(&self) -> String {
        sha256_hex(b"")
    }
    pub(crate) fn world_sha256(&self) -> String {
        sha256_hex(b"")
    }
}

pub(crate) fn claims(_kit: &Kit, _document: &Document) -> Noted<Vec<Claim>> {
    Noted::plain(Vec::new())
}
