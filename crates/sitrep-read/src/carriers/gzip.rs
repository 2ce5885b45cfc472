//! One packed file: a page, feed or export under gzip.
//!
//! In: an opened gzip file that is no web archive. Out: what its bytes are when unpacked, by the same rules. Never unpacks past the
//! limit, and never an archive inside.

use std::io::Cursor;
use std::path::PathBuf;

use sitrep_model::Carrier;

use super::unpack::{self, Stopped, is_gzip};
use super::{Kind, Opened, Origin, Pages};
use crate::ReadError;
use crate::open::{MAX_PAGE_BYTES, SNIFF_BYTES, checked};

/// Most that a packed feed or export may unpack to: it is held whole.
const MAX_BYTES: u64 = 128 * 1024 * 1024;

/// Whether an input is packed by gzip.
pub(super) fn fits(_name: &str, head: &[u8]) -> bool {
    is_gzip(head)
}

/// Its pages.
pub(super) fn pages(opened: Opened<'_>) -> Pages<'_> {
    let Opened { origin, reader } = opened;
    let unpacked = unpack::gzip(reader, MAX_BYTES);
    if unpacked.stopped == Some(Stopped::TooLarge) {
        return origin.none(Stopped::TooLarge.code(), Stopped::TooLarge.says(MAX_BYTES));
    }
    let damage =
        unpacked.stopped.map(|stopped| Err(origin.failed(None, None, stopped.code(), stopped.says(MAX_BYTES))));
    let raw = unpacked.bytes;
    if raw.get(257..262) == Some(b"ustar") {
        return origin.none("archive-in-archive", "holds a tar archive: unpack it first");
    }
    let inner_name = origin.name.strip_suffix(".gz").unwrap_or(&origin.name).to_owned();
    let head = raw.get(..SNIFF_BYTES as usize).unwrap_or(&raw);
    match super::kind(&inner_name, head) {
        None => {}
        Some(Kind::Zip | Kind::Gzip | Kind::Warc) if !is_docx_name(&inner_name) => {
            return origin.none("archive-in-archive", "holds an archive inside an archive: unpack it first");
        }
        Some(Kind::Zip) => {}
        Some(kind) => {
            let inner = super::pages(kind, Opened { origin, reader: Box::new(Cursor::new(raw)) });
            return Box::new(inner.chain(damage));
        }
    }
    Box::new(std::iter::once(one(&origin, &inner_name, raw)).chain(damage))
}

fn is_docx_name(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".docx")
}

fn one(origin: &Origin<'_>, inner_name: &str, raw: Vec<u8>) -> Result<sitrep_model::Page, ReadError> {
    if raw.len() as u64 > MAX_PAGE_BYTES {
        let limit_mib = MAX_PAGE_BYTES / (1024 * 1024);
        return Err(ReadError::TooLarge { path: PathBuf::from(&origin.name), limit_mib });
    }
    let media_type = checked(inner_name, &raw)?;
    Ok(origin.page(media_type, raw, Carrier { kind: "gzip".to_owned(), ..Carrier::default() }))
}
