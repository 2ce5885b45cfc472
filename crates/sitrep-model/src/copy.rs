//! Copies: pages that share their words, how much of them, and what a newer version changed.
//!
//! In: nothing. Out: [`PageCopy`] and its parts. Holds no text: spans point into the documents of the two pages.

use serde::{Deserialize, Serialize};

use crate::{PageId, Span};

/// How one page's words stand to another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CopyKind {
    /// The same text, but for a few words: a syndicated story, a reprint.
    Same,
    /// A newer version of the page at the same address.
    Newer,
    /// Another version of the page at the same address; which is newer is not known.
    OtherVersion,
    /// The page holds nearly all of a shorter one beside words of its own.
    Holds,
    /// The two share passages.
    Partial,
}

impl CopyKind {
    /// The name in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            CopyKind::Same => "same",
            CopyKind::Newer => "newer",
            CopyKind::OtherVersion => "other_version",
            CopyKind::Holds => "holds",
            CopyKind::Partial => "partial",
        }
    }
}

/// A passage that stands in both pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SharedPassage {
    /// Where it stands in the text of `page`.
    pub at: Span,
    /// Where it stands in the text of `of`.
    pub of: Span,
}

/// A sentence that one version has and the other has not, or has otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// The sentence in `of`; absent when it was added.
    pub before: Option<Span>,
    /// The sentence in `page`; absent when it was removed.
    pub after: Option<Span>,
    /// The words that differ, as `of` has them.
    pub was: String,
    /// The words that differ, as `page` has them.
    pub now: String,
}

/// Two pages that share their words. Only the article counts: no readers' comments, no words that one outlet puts on all its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageCopy {
    /// The later page; of `holds` the longer one.
    pub page: PageId,
    /// The earlier page; of `holds` the shorter one. Which of the two was written first is not claimed.
    pub of: PageId,
    /// How they stand.
    pub kind: CopyKind,
    /// Share of the words of `page` that stand in `of`, in percent.
    pub page_percent: u8,
    /// Share of the words of `of` that stand in `page`, in percent.
    pub of_percent: u8,
    /// Words they share.
    pub n_words: u32,
    /// The longest shared passages, in the order of `page`.
    pub passages: Vec<SharedPassage>,
    /// What differs, sentence by sentence; only of the same text and of versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}
