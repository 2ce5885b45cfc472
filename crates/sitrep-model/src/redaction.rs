//! Redactions: what was taken out of a record, and what was left in its place.
//!
//! In: nothing. Out: [`Redaction`]. Never holds a word of what was taken out.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::PageId;
use crate::source::codes;

codes! {
    /// What sort of thing was taken out.
    RedactedKind {
        /// A page: its bytes, its text and every claim in it.
        Page = "page",
        /// A reader's comment: its words, its author and every claim in it.
        Comment = "comment",
        /// A name, wherever it stood.
        Name = "name",
    }
}

/// A page that a redaction changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RedactedPage {
    /// Which.
    pub page: PageId,
    /// The hash of its leaf as it is now; the record's root goes on counting the one from before.
    pub leaf: String,
    /// SHA-256 of the bytes that are left of it; absent when none are.
    pub raw_sha256: Option<String>,
}

/// A ruling in which a name was covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RedactedRuling {
    /// Which.
    pub number: u64,
    /// The hash of its leaf from before, which the record's root goes on counting.
    pub was: String,
    /// The hash of its leaf as it is now.
    pub leaf: String,
}

/// A tombstone: appended, never undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Redaction {
    /// Counts up from 1 within a record.
    pub number: u64,
    /// What sort of thing was taken out.
    pub kind: RedactedKind,
    /// The id of the page or comment; absent for a name.
    pub subject: Option<String>,
    /// Why.
    pub why: String,
    /// Who did it.
    pub by: String,
    /// The day.
    pub on: Date,
    /// Pages it changed, by id.
    pub pages: Vec<RedactedPage>,
    /// Rulings it changed, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rulings: Vec<RedactedRuling>,
}
