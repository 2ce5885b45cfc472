//! Bytes to a page: what kind of bytes they are, and whether they can be a report at all.
//!
//! In: a name, bytes, the user's own words. Out: a [`Page`] or a [`ReadError`] that says what the bytes look like.
//! Never decodes or understands the text.

use std::path::{Path, PathBuf};

use sitrep_model::{Carrier, Custody, MediaType, Page, PageId, PageMeta, sha256_hex};

use crate::{ReadError, charset};

/// The largest page, in bytes. A news page has a few hundred kilobytes; what is larger is a dump of many.
pub const MAX_PAGE_BYTES: u64 = 50 * 1024 * 1024;
/// How pages name the program that took them in.
pub const TOOL: &str = concat!("sitrep ", env!("CARGO_PKG_VERSION"));

/// How far into an input is looked to tell what kind it is.
pub(crate) const SNIFF_BYTES: u64 = 8192;

/// The page that `raw` is, or why it is none. `path` is the input's name as given; `method` is `file`, `stdin`, ….
///
/// # Errors
/// When the bytes are empty, binary, too many, or of a kind that holds no report. Whether a PDF or Word file can be read shows only
/// when it is: see [`crate::refused`].
pub fn page(path: &str, raw: Vec<u8>, meta: PageMeta, method: &str) -> Result<Page, ReadError> {
    let media_type = checked(path, &raw)?;
    Ok(page_of(path, media_type, raw, meta, method))
}

/// What kind of page bytes are, or why they are none.
pub(crate) fn checked(path: &str, raw: &[u8]) -> Result<MediaType, ReadError> {
    let named = || PathBuf::from(path);
    if raw.len() as u64 > MAX_PAGE_BYTES {
        return Err(ReadError::TooLarge { path: named(), limit_mib: MAX_PAGE_BYTES / (1024 * 1024) });
    }
    if raw.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty { path: named() });
    }
    if let Some(media_type) = paper_kind(raw) {
        return Ok(media_type);
    }
    if let Some(what) = binary_kind(raw) {
        return Err(ReadError::Binary { path: named(), what });
    }
    kind(Path::new(path), raw).ok_or_else(|| ReadError::Unsupported { path: named() })
}

/// PDF or Word, by how the bytes begin. PDF allows a little before its mark.
fn paper_kind(raw: &[u8]) -> Option<MediaType> {
    if raw.get(..1024).unwrap_or(raw).windows(5).any(|window| window == b"%PDF-") {
        return Some(MediaType::Pdf);
    }
    let is_docx = raw.starts_with(b"PK\x03\x04") && memchr::memmem::find(raw, b"word/document.xml").is_some();
    is_docx.then_some(MediaType::Docx)
}

/// The page of bytes whose kind is known; nothing is checked.
#[must_use]
pub fn page_of(path: &str, media_type: MediaType, raw: Vec<u8>, meta: PageMeta, method: &str) -> Page {
    // The same bytes under two addresses, or from two outlets, are two pages: a wire story and its reprint.
    let address = meta.url.clone().or_else(|| meta.outlet.clone()).unwrap_or_default();
    made(path, media_type, raw, meta, &address, Custody { method: method.to_owned(), ..Custody::default() })
}

/// The page of bytes that came in `carrier`; nothing is checked.
pub(crate) fn page_in(path: &str, media_type: MediaType, raw: Vec<u8>, meta: PageMeta, carrier: Carrier) -> Page {
    let addresses = [&meta.url, &carrier.url, &meta.outlet, &carrier.outlet, &carrier.record];
    // Posts of one channel often say the same few words: without an address of its own, the post's number tells them apart.
    let address: Vec<&str> = match addresses.iter().take(2).find_map(|address| address.as_deref()) {
        Some(url) => vec![url],
        None => addresses.iter().skip(2).filter_map(|address| address.as_deref()).collect(),
    };
    let address = address.join("#");
    let custody = Custody { method: carrier.kind.clone(), carrier: Some(Box::new(carrier)), ..Custody::default() };
    made(path, media_type, raw, meta, &address, custody)
}

fn made(path: &str, media_type: MediaType, raw: Vec<u8>, meta: PageMeta, address: &str, custody: Custody) -> Page {
    let sha256 = sha256_hex(&raw);
    let custody = Custody { tool: TOOL.to_owned(), ..custody };
    Page { id: PageId::of(&[&sha256, address]), path: path.to_owned(), media_type, meta, raw, sha256, custody }
}

/// Whether a file of this name may hold a report, by its ending alone.
pub(crate) fn readable_name(path: &Path) -> bool {
    matches!(ending(path).as_str(), "" | "txt" | "pdf" | "docx" | "text" | "md" | "markdown" | "html" | "htm" | "xhtml")
}

/// Whether a file of this name may hold many reports, or one that must be looked into, by its ending alone.
pub(crate) fn carrier_name(path: &Path) -> bool {
    let endings = [
        "gz", "zst", "warc", "wacz", "zip", "rss", "atom", "rdf", "feed", "xml", "json", "jsonl", "ndjson", "eml",
        "mbox", "mhtml", "mht",
    ];
    endings.contains(&ending(path).as_str())
}

/// Whether a file of this name may hold a feed.
pub(crate) fn feed_name(path: &Path) -> bool {
    matches!(ending(path).as_str(), "" | "rss" | "atom" | "rdf" | "xml" | "feed" | "json")
}

pub(crate) fn ending(path: &Path) -> String {
    path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase()
}

/// The kind of a report by its opening and its ending; `None` for text of a known other kind.
fn kind(path: &Path, raw: &[u8]) -> Option<MediaType> {
    let ending = ending(path);
    if matches!(ending.as_str(), "html" | "htm" | "xhtml") || looks_like_html(raw) {
        return Some(MediaType::Html);
    }
    let other =
        ["csv", "tsv", "json", "jsonl", "xml", "rss", "atom", "toml", "yaml", "yml", "js", "css", "rs", "py", "rtf"];
    (!other.contains(&ending.as_str())).then_some(MediaType::Text)
}

pub(crate) fn looks_like_html(raw: &[u8]) -> bool {
    let utf16 = charset::opening(raw);
    let raw = utf16.as_deref().map_or(raw, str::as_bytes);
    let window = raw.get(..SNIFF_BYTES as usize).unwrap_or(raw).to_ascii_lowercase();
    let window = window.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&window);
    let Some(start) = window.iter().position(|b| !b.is_ascii_whitespace()) else { return false };
    let rest = &window[start..];
    let opens = |tag: &[u8]| rest.starts_with(tag);
    let holds = |tag: &[u8]| rest.windows(tag.len()).any(|w| w == tag);
    opens(b"<!doctype html")
        || opens(b"<html")
        || (opens(b"<") && (holds(b"<html") || holds(b"<body") || holds(b"<p>") || holds(b"<div")))
}

/// What binary format the bytes look like, or `None` for text.
pub(crate) fn binary_kind(raw: &[u8]) -> Option<&'static str> {
    let magic: [(&[u8], &str); 10] = [
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"SQLite format 3", "a database"),
        (b"RIFF", "a picture, sound or video"),
        (b"{\\rtf", "an RTF document"),
        (b"\xD0\xCF\x11\xE0", "an old office document"),
        (b"\x28\xB5\x2F\xFD", "packed by zstd"),
    ];
    if let Some((_, what)) = magic.iter().find(|(mark, _)| raw.starts_with(mark)) {
        return Some(what);
    }
    if raw.starts_with(b"\xFF\xFE") || raw.starts_with(b"\xFE\xFF") || charset::utf16(raw).is_some() {
        return None;
    }
    let window = raw.get(..SNIFF_BYTES as usize).unwrap_or(raw);
    let odd = window.iter().filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    // A stray zero in a text is damage, many of them are another kind of file.
    (odd * 20 > window.len()).then_some("binary")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, raw: &[u8]) -> Result<MediaType, String> {
        page(path, raw.to_vec(), PageMeta::default(), "file").map(|p| p.media_type).map_err(|e| e.to_string())
    }

    #[test]
    fn kinds_by_content_and_ending() {
        assert_eq!(read("a.txt", b"Troops left the town."), Ok(MediaType::Text));
        assert_eq!(read("a", b"  <!DOCTYPE html><p>x"), Ok(MediaType::Html));
        assert_eq!(read("a.txt", b"<html><body>x"), Ok(MediaType::Html));
        assert_eq!(read("a.htm", b"no tag at all"), Ok(MediaType::Html));
    }

    #[test]
    fn refusals_say_what_the_file_is() {
        assert!(read("a.html", b" \n").unwrap_err().contains("empty"));
        assert_eq!(read("a.txt", b"%PDF-1.5"), Ok(MediaType::Pdf));
        assert!(read("a.txt", b"ab\0cd").unwrap_err().contains("binary"));
        assert!(read("a.csv", b"path,url").unwrap_err().contains("not a kind of file"));
    }
}
