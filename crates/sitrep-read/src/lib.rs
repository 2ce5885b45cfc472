//! Bytes in: files, folders and standard input become pages, and pages become documents with article, comment tree and date.
//!
//! In: a [`Source`]. Out: [`Page`]s from [`pages`], a [`Document`] and notes from [`document`]. Knows the web and nothing of
//! grammar or war; never reads the clock or the network, and never runs what a page carries.
//!
//! One file per format: `text/` and `html/` today; a further format adds a [`MediaType`] and one such module.

mod charset;
mod comments;
mod cues;
mod dates;
mod error;
mod html;
mod labels;
mod language;
mod meta;
mod open;
mod published;
mod source;
#[cfg(test)]
mod tests;
mod text;

use sitrep_model::{Document, MediaType, Noted, Page};

pub use error::ReadError;
pub use meta::MetaTable;
pub use open::{MAX_PAGE_BYTES, TOOL, page, page_of};
pub use source::{Input, Source, pages};

/// The document a page holds. Cannot fail: a strange page gives a smaller document and notes.
///
/// For plain text `Document::text` is the file as given, so spans are offsets into the user's own file.
#[must_use]
pub fn document(page: &Page) -> Noted<Document> {
    match page.media_type {
        MediaType::Html => html::document(page),
        MediaType::Text => text::document(page),
    }
}
