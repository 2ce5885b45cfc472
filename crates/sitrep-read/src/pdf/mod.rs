//! PDF files: their text layer, in reading order.
//!
//! In: the bytes of a PDF file. Out: the document. Pages that are pictures of text are counted and not read; scripts, forms and
//! attachments are not looked at. Every stream has a limit to what it may unpack to, every page to how much is drawn on it; the parser
//! behind this is kept apart, so that a file that breaks it is a note and no more.
//!
//! [`glyphs`] turns bytes into characters and widths, [`runs`] finds what is drawn where, [`lines`] makes lines and paragraphs of it.

mod glyphs;
mod lines;
mod runs;

use std::panic::{AssertUnwindSafe, catch_unwind};

use flate2::bufread::ZlibDecoder;
use jiff::civil::Date;
use lopdf::{Document as File, LoadOptions, Object, ObjectId, decode_text_string};
use memchr::memmem;
use sitrep_model::{Document, Note, Noted, Page};

use crate::carriers::unpack;
use crate::office::{self, Paper};
use runs::Run;

/// Pages past this number are not read.
const MAX_PAGES: usize = 3000;
/// The most that what is drawn on one page may unpack to.
const MAX_CONTENT_BYTES: usize = 16 * 1024 * 1024;
/// The same for all pages of a file.
const MAX_ALL_CONTENT_BYTES: usize = 256 * 1024 * 1024;
/// The most that one stream of objects may unpack to.
const MAX_STREAM_BYTES: usize = 64 * 1024 * 1024;
/// The most that all streams of objects may unpack to: they are unpacked before anything else is known.
const MAX_OBJECT_BYTES: u64 = 256 * 1024 * 1024;

/// The document of a PDF file.
pub(crate) fn document(page: &Page) -> Noted<Document> {
    let mut notes = Vec::new();
    let paper = if unpacks_too_large(&page.raw) {
        let limit_mib = MAX_OBJECT_BYTES / (1024 * 1024);
        Err((unpack::Stopped::TooLarge.code(), format!("unpacks to more than {limit_mib} MiB: left out")))
    } else {
        let read = catch_unwind(AssertUnwindSafe(|| paper(&page.raw)));
        read.unwrap_or_else(|_| Err(("pdf-damaged", "cannot be read as PDF".to_owned())))
    };
    let paper = match paper {
        Ok((paper, told)) => {
            notes.extend(told);
            paper
        }
        Err((code, why)) => {
            notes.push(Note::new(code, why));
            Paper::default()
        }
    };
    office::document(page, paper, notes)
}

type Why = (&'static str, String);

fn load(raw: &[u8]) -> Result<File, Why> {
    let options = LoadOptions { max_decompressed_size: Some(MAX_STREAM_BYTES), ..LoadOptions::default() };
    let file = File::load_mem_with_options(raw, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword => {
            ("encrypted", "is locked with a password: save it without one first".to_owned())
        }
        error => ("pdf-damaged", format!("cannot be read as PDF: {error}")),
    })?;
    if file.is_encrypted() {
        return Err(("encrypted", "is locked with a password: save it without one first".to_owned()));
    }
    Ok(file)
}

fn paper(raw: &[u8]) -> Result<(Paper, Vec<Note>), Why> {
    let file = load(raw)?;
    let mut notes = Vec::new();
    let mut pages: Vec<Vec<Run>> = Vec::new();
    let mut left_bytes = MAX_ALL_CONTENT_BYTES;
    let mut without = Vec::new();
    let ids: Vec<ObjectId> = file.page_iter().take(MAX_PAGES + 1).collect();
    for (n, id) in ids.iter().take(MAX_PAGES).enumerate() {
        let limit = left_bytes.min(MAX_CONTENT_BYTES);
        let runs = runs::of_page(&file, *id, limit);
        left_bytes -= runs.iter().map(|run| run.text.len() * 16).sum::<usize>().min(left_bytes);
        if runs.is_empty() {
            without.push(n + 1);
        }
        pages.push(runs);
    }
    if without.len() == pages.len() {
        return Err(nothing(pages.len()));
    }
    if ids.len() > MAX_PAGES {
        notes.push(Note::new("page-too-long", format!("only the first {MAX_PAGES} pages are read")));
    }
    if !without.is_empty() {
        notes.push(Note::new("pdf-page-without-text", without_text(&without, pages.len())));
    }
    let (paragraphs, n_dropped) = lines::paragraphs(pages);
    if n_dropped > 0 {
        let message = format!("{n_dropped} lines that stand at the edge of page after page are left out");
        notes.push(Note::new("running-heads", message));
    }
    Ok((Paper { paragraphs, ..properties(&file) }, notes))
}

/// Why a file without any text is not read.
fn nothing(n_pages: usize) -> Why {
    if n_pages == 0 {
        return ("pdf-damaged", "holds no page".to_owned());
    }
    let noun = if n_pages == 1 { "page is" } else { "pages are" };
    let why = format!("has no text: its {n_pages} {noun} scanned or drawn; make its text readable first (OCR)");
    ("pdf-without-text", why)
}

fn without_text(without: &[usize], n_pages: usize) -> String {
    let named: Vec<String> = without.iter().take(10).map(ToString::to_string).collect();
    let more = if without.len() > 10 { ", …" } else { "" };
    let pages = named.join(", ");
    format!("{} of {n_pages} pages have no text and are not read: {pages}{more}", without.len())
}

/// What the file says about itself.
fn properties(file: &File) -> Paper {
    let info = file.trailer.get_deref(b"Info", file).and_then(Object::as_dict);
    let told = |key: &[u8]| -> Option<String> {
        let text = decode_text_string(info.as_ref().ok()?.get_deref(key, file).ok()?).ok()?;
        let text = text.replace('\0', "");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let language = file.catalog().ok().and_then(|catalog| catalog.get_deref(b"Lang", file).ok());
    let language = language.and_then(|lang| decode_text_string(lang).ok()).filter(|tag| (2..12).contains(&tag.len()));
    Paper {
        title: told(b"Title"),
        author: told(b"Author"),
        created: told(b"CreationDate").as_deref().and_then(day),
        modified: told(b"ModDate").as_deref().and_then(day),
        language,
        paragraphs: Vec::new(),
    }
}

/// The day of a PDF date: `D:20310509120000Z`.
fn day(told: &str) -> Option<Date> {
    let digits = told.trim_start_matches("D:");
    let part = |from: usize, to: usize| -> Option<i16> { digits.get(from..to)?.parse().ok() };
    Date::new(part(0, 4)?, i8::try_from(part(4, 6)?).ok()?, i8::try_from(part(6, 8)?).ok()?).ok()
}

/// Whether the file's streams of objects, which the parser unpacks all at once, are more than the limit when unpacked.
fn unpacks_too_large(raw: &[u8]) -> bool {
    let mut total = 0;
    for at in memmem::find_iter(raw, b"stream") {
        if raw[..at].ends_with(b"end") {
            continue;
        }
        // A name may be written with its letters as numbers behind a sign.
        let dict = &raw[at.saturating_sub(400)..at];
        if memmem::find(dict, b"ObjStm").is_none() && !dict.contains(&b'#') {
            continue;
        }
        let packed = raw[at + 6..].trim_ascii_start();
        total += count(ZlibDecoder::new(packed), MAX_OBJECT_BYTES - total + 1);
        if total > MAX_OBJECT_BYTES {
            return true;
        }
    }
    false
}

/// How many bytes come out, up to a limit.
fn count(mut reader: impl std::io::Read, limit_bytes: u64) -> u64 {
    let mut buffer = vec![0; 64 * 1024];
    let mut total = 0;
    while total < limit_bytes {
        match reader.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(n) => total += n as u64,
        }
    }
    total
}
