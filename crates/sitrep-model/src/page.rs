//! A page: the bytes as they came, and what is known about where they came from.
//!
//! In: bytes and the user's own words about them. Out: [`Page`]. Never holds decoded text.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::PageId;

/// What kind of bytes a page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum MediaType {
    /// A web page.
    Html,
    /// Plain text, with or without a pasted comment thread.
    Text,
}

/// What the user said about one input, by flag or in a meta file. Everything is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageMeta {
    /// Where the page was published.
    #[serde(default)]
    pub url: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub outlet: Option<String>,
    /// The day it was published; beats every other signal.
    #[serde(default)]
    pub published: Option<Date>,
    /// The day it was saved.
    #[serde(default)]
    pub retrieved: Option<Date>,
}

/// How the bytes came into our hands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Custody {
    /// Who collected the page, if anyone said.
    #[serde(default)]
    pub collector: Option<String>,
    /// `file`, `stdin`, …
    pub method: String,
    /// Program and version that took it in.
    pub tool: String,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Hash of the raw bytes.
    pub id: PageId,
    /// The input's name as the user gave it: a file name, or `stdin`.
    pub path: String,
    /// What kind of bytes.
    pub media_type: MediaType,
    /// The user's own words about it.
    pub meta: PageMeta,
    /// The bytes, untouched.
    pub raw: Vec<u8>,
    /// SHA-256 of `raw`, 64 hex digits.
    pub sha256: String,
    /// How it came here.
    pub custody: Custody,
}
