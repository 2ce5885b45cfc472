//! Bytes in: files, folders and standard input become pages, and pages become documents with article, comment tree and date.
//!
//! In: a [`Source`]. Out: [`Page`]s from [`pages`], a [`Document`] and notes from [`document`]. Knows the web and nothing of
//! grammar or war; never reads the clock or the network, and never runs what a page carries.
//!
//! One module per format of a page (`text/`, `html/`), one file per format that carries many under `carriers/`.

mod carriers;
mod charset;
mod coded;
mod comments;
mod cues;
mod dates;
mod docx;
mod error;
mod folder;
mod html;
mod labels;
mod language;
mod lending;
mod media;
mod meta;
mod office;
mod open;
mod pdf;
mod published;
mod source;
mod tape;
#[cfg(test)]
mod tests;
mod text;
mod thumbnail;

use sitrep_model::{Document, MediaType, Noted, Page, Translation};

pub use carriers::{PostFields, files::Saved};
pub use error::ReadError;
pub use media::media;
pub use meta::MetaTable;
pub use open::{MAX_PAGE_BYTES, TOOL, page, page_of};
pub use source::{Input, Source, Stream, pages};
pub use thumbnail::thumbnail;

/// The document a page holds. Cannot fail: a strange page gives a smaller document and notes.
///
/// For plain text `Document::text` is the file as given, so spans are offsets into the user's own file.
#[must_use]
pub fn document(page: &Page) -> Noted<Document> {
    let mut document = match page.media_type {
        MediaType::Text if coded_as(page).is_some() => coded::document(page),
        MediaType::Html => html::document(page),
        MediaType::Text => text::document(page),
        MediaType::Pdf => pdf::document(page),
        MediaType::Docx => docx::document(page),
    };
    carried(&mut document.value, page);
    language::settle(&mut document.value, &mut document.notes);
    document
}

/// The set that `page` is a row of: `ged`, `acled`, or `hand` for a table coded by hand; `None` for a report.
#[must_use]
pub fn coded_as(page: &Page) -> Option<&str> {
    let kind = page.custody.carrier.as_deref().map(|carrier| carrier.kind.as_str())?;
    carriers::coded::is_coded(kind).then_some(kind)
}

/// Why `page`, a PDF or Word file, gave no text; `None` when it gave some. `read` is what [`document`] made of it.
///
/// Such a file is parsed once, when it is read, so that it cannot be read shows only then.
#[must_use]
pub fn refused(page: &Page, read: &Noted<Document>) -> Option<ReadError> {
    const CODES: [&str; 7] = [
        "pdf-damaged",
        "pdf-without-text",
        "docx-damaged",
        "encrypted",
        "packed-damaged",
        "unpacks-too-large",
        "not-read",
    ];
    if !matches!(page.media_type, MediaType::Pdf | MediaType::Docx) || !read.value.blocks.is_empty() {
        return None;
    }
    let known = |note: &sitrep_model::Note| {
        let code = CODES.into_iter().find(|code| *code == note.code)?;
        Some((code, note.message.clone()))
    };
    let (code, why) = read.notes.iter().find_map(known)?;
    let (path, record) = match page.custody.carrier.as_deref().and_then(|carrier| carrier.record.as_deref()) {
        Some(record) => {
            (page.path.strip_suffix(record).map_or(&*page.path, |it| it.trim_end_matches('#')), Some(record))
        }
        None => (&*page.path, None),
    };
    // A record of a web archive is named by its place.
    let offset = record.and_then(|it| it.rsplit_once('@')?.1.split('+').next()?.parse().ok());
    Some(ReadError::Record { path: path.into(), record: record.map(str::to_owned), offset, code, why })
}

/// Where the blocks of a document stand in the page they were read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins {
    /// Whether the spans count bytes of the page as it is. If not, they count bytes of the page decoded to UTF-8.
    pub bytes_too: bool,
    /// One a block, in order, from its first word to its last, markup between them included; `None` when the block's words are
    /// not found together, as when the page writes them with character references.
    pub blocks: Vec<Option<sitrep_model::Span>>,
}

/// Finds the blocks of `document` in the `page` it was read from, for showing the original beside it. Costs about as much as
/// reading the page, so it is done when asked for and not kept. For anything but a web page the text is the page.
///
/// ```
/// use sitrep_model::{MediaType, PageMeta};
/// let raw = b"<h1>Bridge open</h1><p>The <b>bridge</b> at Varnesh is open.</p>".to_vec();
/// let page = sitrep_read::page_of("a.html", MediaType::Html, raw.clone(), PageMeta::default(), "file");
/// let document = sitrep_read::document(&page).value;
/// let origins = sitrep_read::origins(&page, &document);
/// let last = origins.blocks[1].unwrap();
/// assert!(origins.bytes_too);
/// assert_eq!(&raw[last.start as usize..last.end as usize], b"The <b>bridge</b> at Varnesh is open");
/// ```
#[must_use]
pub fn origins(page: &Page, document: &Document) -> Origins {
    match page.media_type {
        MediaType::Html => html::origins(page, document),
        _ => Origins { bytes_too: false, blocks: document.blocks.iter().map(|block| Some(block.span)).collect() },
    }
}

/// One sign of the day a page was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateSign {
    /// What kind of sign, as the table in the documentation names it.
    pub kind: String,
    /// The day it tells.
    pub date: jiff::civil::Date,
    /// Whether the document's date was taken from it.
    pub believed: bool,
}

/// Every sign of the day a web page was published or changed, in the order found: for measuring how far each kind can be trusted.
#[must_use]
pub fn date_signs(page: &Page) -> Vec<DateSign> {
    if page.media_type != MediaType::Html {
        return Vec::new();
    }
    let signals = html::signals(page);
    let chosen = signals.chosen();
    let sign = |s: &published::Sign| DateSign {
        kind: format!("{:?}", s.kind),
        date: s.told.date,
        believed: Some(*s) == chosen,
    };
    signals.all().iter().map(sign).collect()
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
        if carrier.kind == "mail" {
            // What stands at the head of a letter beats what its text seems to say: a "From:" there is of a letter passed on.
            document.title = carrier.title.clone().or(document.title.take());
            document.byline.clone_from(&carrier.byline);
            document.outlet = page.meta.outlet.clone().or_else(|| carrier.outlet.clone());
        }
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
