//! Zip files: WACZ (web archives with a list of pages), Word documents, and pages saved together.
//!
//! In: an opened zip file. Out: its pages, one entry after the other. An archive inside it is read when it is a web archive, and is an
//! error otherwise: nothing is unpacked twice. Memory holds one entry.

pub(crate) mod directory;

use std::collections::{BTreeMap, VecDeque};
use std::io::Cursor;
use std::path::Path;

use serde_json::Value;
use sitrep_model::{Carrier, Page};

use super::files::{Files, is_media_ending};
use super::unpack::{MAX_RATIO, RATIO_FREE_BYTES, Stopped, is_gzip};
use super::{Kind, Opened, Origin, Pages, warc};
use crate::open::{MAX_PAGE_BYTES, SNIFF_BYTES, carrier_name, checked, ending, page, readable_name};
use crate::{ReadError, Source};
use directory::{Directory, Entry};

/// Most that is read of a WACZ's lists of pages.
const MAX_LIST_BYTES: u64 = 32 * 1024 * 1024;

/// Whether an input is a zip file.
pub(super) fn fits(_name: &str, head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Its pages.
pub(super) fn pages(opened: Opened<'_>) -> Pages<'_> {
    let Opened { mut origin, reader } = opened;
    let directory = match Directory::of(reader) {
        Ok(directory) => directory,
        Err(why) => return origin.none("packed-damaged", why),
    };
    let has = |name: &str| directory.named(name).is_some();
    if has("word/document.xml") {
        return Box::new(std::iter::once(whole(&origin, &directory)));
    }
    for (part, what) in [
        ("xl/workbook.xml", "a spreadsheet: save the sheet that reports as text first"),
        ("ppt/presentation.xml", "a slide show: save it as PDF first"),
        ("content.xml", "an OpenDocument file: save it as .docx or PDF first"),
    ] {
        if has(part) {
            return origin.none("not-read", format!("is {what}"));
        }
    }
    let is_wacz = has("datapackage.json") && directory.entries.iter().any(|entry| is_warc(&entry.name));
    let titles = if is_wacz { titles(&directory) } else { BTreeMap::new() };
    let packed_bytes: u64 = directory.entries.iter().map(|entry| entry.packed_bytes).fold(0, u64::saturating_add);
    let entries = directory.entries.iter().filter(|entry| !is_wacz || is_warc(&entry.name)).cloned().collect();
    origin.files = files(&directory, is_wacz, packed_bytes.saturating_mul(MAX_RATIO), origin.source).shared();
    Box::new(Zip {
        origin,
        directory,
        entries,
        kind: if is_wacz { "wacz" } else { "zip" },
        titles,
        inner: None,
        left_bytes: packed_bytes.saturating_mul(MAX_RATIO).saturating_add(RATIO_FREE_BYTES),
        n_left_out: 0,
        n_seen: 0,
    })
}

/// What the pictures, videos and sounds in the zip file say, or in the archives of a WACZ.
fn files(directory: &Directory<'_>, is_wacz: bool, mut left_bytes: u64, source: &Source) -> Files {
    let mut files = Files::of_archive(source);
    for entry in &directory.entries {
        if is_wacz && is_warc(&entry.name) {
            if let Ok(reader) = directory.open(entry) {
                warc::add_files(reader, &mut files);
            }
        } else if !is_wacz && is_media_entry(entry) && entry.unpacked_bytes <= left_bytes {
            left_bytes -= entry.unpacked_bytes;
            if let Ok(unpacked) = directory.bytes(entry, MAX_PAGE_BYTES)
                && unpacked.stopped.is_none()
            {
                files.add(&entry.name, &unpacked.bytes);
            }
        }
    }
    files
}

fn is_media_entry(entry: &Entry) -> bool {
    entry.unpacked_bytes <= MAX_PAGE_BYTES && is_media_ending(&ending(Path::new(&entry.name)))
}

fn is_warc(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".warc") || name.ends_with(".warc.gz")
}

/// A Word document: the whole zip file is the page.
fn whole(origin: &Origin<'_>, directory: &Directory<'_>) -> Result<Page, ReadError> {
    let cannot = |source| ReadError::Open { path: origin.name.clone().into(), source };
    match directory.whole(MAX_PAGE_BYTES).map_err(cannot)? {
        Some(raw) => page(&origin.name, raw, origin.source.meta_of(&origin.name), "file"),
        None => {
            Err(ReadError::TooLarge { path: origin.name.clone().into(), limit_mib: MAX_PAGE_BYTES / (1024 * 1024) })
        }
    }
}

/// Titles by address, as the WACZ lists them. What cannot be read is left open.
fn titles(directory: &Directory<'_>) -> BTreeMap<String, String> {
    let mut titles = BTreeMap::new();
    let mut left_bytes = MAX_LIST_BYTES;
    for entry in directory.entries.iter().filter(|e| e.name.starts_with("pages/") && e.name.ends_with(".jsonl")) {
        let Ok(list) = directory.bytes(entry, left_bytes) else { continue };
        left_bytes -= list.bytes.len() as u64;
        for line in list.bytes.split(|b| *b == b'\n') {
            let Ok(Value::Object(row)) = serde_json::from_slice(line) else { continue };
            if let (Some(Value::String(url)), Some(Value::String(title))) = (row.get("url"), row.get("title")) {
                titles.insert(url.clone(), title.clone());
            }
        }
    }
    titles
}

struct Zip<'s> {
    origin: Origin<'s>,
    directory: Directory<'s>,
    entries: VecDeque<Entry>,
    kind: &'static str,
    titles: BTreeMap<String, String>,
    /// The carrier being read inside this one.
    inner: Option<Pages<'s>>,
    /// What may still be unpacked of the whole file: entries that share their bytes would unpack for days.
    left_bytes: u64,
    n_left_out: usize,
    n_seen: usize,
}

impl Iterator for Zip<'_> {
    type Item = Result<Page, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.inner.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.inner = None;
            let Some(entry) = self.entries.pop_front() else { return self.end() };
            if !wanted(&entry.name) {
                self.n_left_out += usize::from(!is_media_entry(&entry));
                continue;
            }
            self.n_seen += 1;
            if entry.unpacked_bytes > self.left_bytes {
                self.entries.clear();
                let why = format!("the whole unpacks to more than {MAX_RATIO} times its size: not read further");
                return Some(Err(self.origin.failed(Some(entry.name), None, Stopped::TooLarge.code(), why)));
            }
            self.left_bytes -= entry.unpacked_bytes;
            self.inner = Some(self.entry(&entry));
        }
    }
}

impl<'s> Zip<'s> {
    fn end(&mut self) -> Option<Result<Page, ReadError>> {
        let n_left_out = std::mem::take(&mut self.n_left_out);
        let nothing = std::mem::replace(&mut self.n_seen, 1) == 0;
        if nothing {
            return Some(Err(self.origin.failed(None, None, "no-reports", "holds no file that is read")));
        }
        let noun = if n_left_out == 1 { "file is of no kind" } else { "files are of no kind" };
        (n_left_out > 0).then(|| Err(self.origin.left_out(format!("{n_left_out} {noun} that is read"))))
    }

    fn entry(&self, entry: &Entry) -> Pages<'s> {
        let fail = |code, why: String| -> Pages<'s> {
            Box::new(std::iter::once(Err(self.origin.failed(Some(entry.name.clone()), None, code, why))))
        };
        let origin = Origin { within: format!("{}{}", self.origin.within, entry.name), ..self.origin.clone() };
        if is_warc(&entry.name) {
            return match self.directory.open(entry) {
                Ok(reader) => warc::pages_with(Opened { origin, reader }, self.kind, self.titles.clone()),
                Err((code, why)) => fail(code, why),
            };
        }
        let unpacked = match self.directory.bytes(entry, MAX_PAGE_BYTES) {
            Ok(unpacked) => unpacked,
            Err((code, why)) => return fail(code, why),
        };
        let damage = unpacked.stopped.map(|stopped| (stopped.code(), stopped.says(MAX_PAGE_BYTES)));
        let raw = unpacked.bytes;
        let head = raw.get(..SNIFF_BYTES as usize).unwrap_or(&raw);
        let packed_again = is_gzip(head) || (fits("", head) && !is_docx(&raw));
        if packed_again {
            return fail("archive-in-archive", "is an archive inside an archive: unpack it first".to_owned());
        }
        match super::kind(&entry.name, head) {
            None | Some(Kind::Zip) => {}
            Some(kind) => return super::pages(kind, Opened { origin, reader: Box::new(Cursor::new(raw)) }),
        }
        let named = format!("{}#{}", self.origin.name, entry.name);
        let made = checked(&named, &raw).map(|media_type| {
            let carrier = Carrier { kind: self.kind.to_owned(), ..Carrier::default() };
            origin.page(media_type, raw, carrier)
        });
        let damage = damage.map(|(code, why)| Err(self.origin.failed(Some(entry.name.clone()), None, code, why)));
        Box::new(std::iter::once(made).chain(damage))
    }
}

/// Whether the bytes are a Word document.
fn is_docx(raw: &[u8]) -> bool {
    memchr::memmem::find(raw, b"word/document.xml").is_some()
}

/// Whether an entry may be a report: by its ending, and not among what a browser saves beside a page.
fn wanted(name: &str) -> bool {
    let path = Path::new(name);
    let mut folders = name.split('/').rev().skip(1);
    let beside = folders.any(|folder| folder.ends_with("_files") || folder == "__MACOSX");
    let hidden = name.rsplit('/').next().is_some_and(|file| file.starts_with('.'));
    !beside && !hidden && (readable_name(path) || carrier_name(path))
}
