//! A page as a list shows it: where it came from, what was read from it, how it stands to other pages.
//!
//! In: nothing. Out: [`PageEntry`], one line of `sitrep pages`. Holds no bytes and no text.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Change, CopyKind, DocumentId, Media, MediaType, Note, PageId, Published};

/// How a page stands to another that shares its words, seen from the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CopyEntry {
    /// How the two stand: of `newer` and `holds` see `is_page` for which is which.
    pub kind: CopyKind,
    /// The other page.
    pub with: PageId,
    /// Whether this page is the newer, longer or later of the two.
    pub is_page: bool,
    /// Share of this page's words that stand in the other, in percent.
    pub own_percent: u8,
    /// Share of the other's words that stand in this page, in percent.
    pub other_percent: u8,
    /// Words they share.
    pub n_words: u32,
    /// The same in words.
    pub says: String,
    /// What the newer one has otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// What a page translates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Translated {
    /// The original, by path or address as the user named it.
    pub of: String,
    /// Who translated it.
    pub by: Option<String>,
    /// The day of the translation.
    pub on: Option<Date>,
    /// The original's page, when it is in the record.
    pub page: Option<PageId>,
}

/// One page of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Page"))]
pub struct PageEntry {
    /// Hash of the raw bytes and the address.
    pub id: PageId,
    /// What was read from it.
    pub document: Option<DocumentId>,
    /// The input's name.
    pub path: String,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published, how that was known, and how sure.
    pub published: Option<Published>,
    /// When it says it was changed.
    pub modified: Option<Date>,
    /// When it was saved.
    pub retrieved: Option<Date>,
    /// Who collected it, if anyone said.
    pub collector: Option<String>,
    /// Program and version that took it in.
    pub tool: String,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// What kind of bytes.
    pub media_type: MediaType,
    /// What it came in, when it was not a file of its own.
    pub carrier: Option<String>,
    /// SHA-256 of the raw bytes, 64 hex digits.
    pub sha256: String,
    /// Length in bytes.
    pub n_bytes: u64,
    /// Readers' comments on it.
    pub n_comments: u64,
    /// Claims in it that pass the filter.
    pub n_claims: u64,
    /// Pages that share its words.
    pub copies: Vec<CopyEntry>,
    /// What it translates.
    pub translation: Option<Translated>,
    /// Pictures, videos and sounds the article shows.
    pub media: Vec<Media>,
    /// What was noticed about it.
    pub notes: Vec<Note>,
}
