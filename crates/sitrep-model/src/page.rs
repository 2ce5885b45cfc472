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
    /// A PDF file; only its text layer is read.
    Pdf,
    /// A Word document (Office Open XML).
    Docx,
}

impl MediaType {
    /// The name in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            MediaType::Html => "html",
            MediaType::Text => "text",
            MediaType::Pdf => "pdf",
            MediaType::Docx => "docx",
        }
    }
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
    /// The page this one translates, by path or address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation_of: Option<String>,
    /// Who translated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translator: Option<String>,
    /// The day it was translated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translated: Option<Date>,
}

/// The archive, feed, letter or export a page came in, and what that says about it. Weaker than the page's own markup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Carrier {
    /// `warc`, `wacz`, `feed`, `mhtml`, `mail`, `telegram`, `posts`, `reliefweb`; `ged`, `acled`, `hand`: a row of a coded event set.
    pub kind: String,
    /// Where in it: a record id, an entry's id, a post's number.
    pub record: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Who published it: the feed's, channel's or site's name.
    pub outlet: Option<String>,
    /// The day it was published.
    pub published: Option<Date>,
    /// The day it was changed.
    pub modified: Option<Date>,
    /// The day it was saved.
    pub retrieved: Option<Date>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// Character encoding of the page's bytes, as the carrier labels it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// The post it answers, by `record`.
    pub reply_to: Option<String>,
    /// Who said it first, when it is a forwarded post.
    pub forwarded_from: Option<String>,
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
    /// What it came in, when it was not a file of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<Box<Carrier>>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Hash of the raw bytes and of the address, or outlet, they were published at.
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
