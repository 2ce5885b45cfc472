//! Bytes in: files, folders and standard input become pages, and pages become documents with article, comment tree and date.
//!
//! In: a [`Source`]. Out: [`Page`]s from [`pages`], a [`Document`] and notes from [`document`]. Knows the web and nothing of
//! grammar or war; never reads the clock or the network, and never runs what a page carries.
//!
//! One module per format of a page (`text/`, `html/`), one file per format that carries many under `carriers/`.

mod carriers;
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

use sitrep_model::{Document, MediaType, Noted, Page, Translation};

pub use error::ReadError;
pub use meta::MetaTable;
pub use open::{MAX_PAGE_BYTES, TOOL, page, page_of};
pub use source::{Input, Source, pages};

/// The document a page holds. Cannot fail: a strange page gives a smaller document and notes.
///
/// For plain text `Document::text` is the file as given, so spans are offsets into the user's own file.
#[must_use]
pub fn document(page: &Page) -> Noted<Document> {
    let mut document = match page.media_type {
        MediaType::Html => html::document(page),
        MediaType::Text | MediaType::Pdf | MediaType::Docx => text::document(page),
    };
    carried(&mut document.value, page);
    document
}

/// What the page itself leaves open and its carrier or the user tells.
fn carried(document: &mut Document, page: &Page) {
    if let Some(carrier) = page.custody.carrier.as_deref() {
        let fill = |field: &mut Option<String>, told: &Option<String>| {
            if field.is_none() {
                field.clone_from(told);
            }
        };
        fill(&mut document.url, &carrier.url);
        fill(&mut document.title, &carrier.title);
        fill(&mut document.byline, &carrier.byline);
        fill(&mut document.outlet, &carrier.outlet);
        fill(&mut document.language, &carrier.language);
        document.modified = document.modified.or(carrier.modified);
        document.reply_to.clone_from(&carrier.reply_to);
        document.forwarded_from.clone_from(&carrier.forwarded_from);
    }
    document.translation = page.meta.translation_of.clone().map(|of| Translation {
        of,
        by: page.meta.translator.clone(),
        on: page.meta.translated,
    });
}
