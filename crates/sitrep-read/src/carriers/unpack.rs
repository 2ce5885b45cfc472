//! Packed bytes: gzip, deflate, brotli, unpacked up to a limit.
//!
//! In: packed bytes. Out: [`Unpacked`]: as much as could be unpacked, and why no more. Never grows past the limit it is given,
//! whatever the bytes claim.

use std::io::{BufRead, Read};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// Unpacked bytes in one packed byte beyond which, past [`RATIO_FREE_BYTES`], a file is taken for a bomb. Text packs 5 to 20 to one.
pub(crate) const MAX_RATIO: u64 = 200;
/// Unpacked bytes that are always allowed, however well they were packed.
pub(crate) const RATIO_FREE_BYTES: u64 = 64 * 1024 * 1024;

/// What came out of packed bytes.
pub(crate) struct Unpacked {
    pub(crate) bytes: Vec<u8>,
    /// Why it is not all.
    pub(crate) stopped: Option<Stopped>,
}

/// Why unpacking ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// More than the limit comes out.
    TooLarge,
    /// The packed bytes are damaged or cut short.
    Damaged,
}

impl Stopped {
    /// A short name of it, for programs.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Stopped::TooLarge => "unpacks-too-large",
            Stopped::Damaged => "packed-damaged",
        }
    }

    /// What to tell, when `limit_bytes` was the limit.
    pub(crate) fn says(self, limit_bytes: u64) -> String {
        match self {
            Stopped::TooLarge => format!("unpacks to more than {} MiB: left out", limit_bytes / (1024 * 1024)),
            Stopped::Damaged => "the packed bytes are damaged or cut short: read as far as they go".to_owned(),
        }
    }
}

/// Everything in `reader`, up to `limit_bytes`.
pub(crate) fn bounded(reader: impl Read, limit_bytes: u64) -> Unpacked {
    let mut bytes = Vec::new();
    let read = reader.take(limit_bytes + 1).read_to_end(&mut bytes);
    let stopped = match read {
        _ if bytes.len() as u64 > limit_bytes => Some(Stopped::TooLarge),
        Err(_) => Some(Stopped::Damaged),
        Ok(_) => None,
    };
    if stopped == Some(Stopped::TooLarge) {
        bytes = Vec::new();
    }
    Unpacked { bytes, stopped }
}

/// A gzip file of any number of members.
pub(crate) fn gzip(packed: impl BufRead, limit_bytes: u64) -> Unpacked {
    bounded(MultiGzDecoder::new(packed), limit_bytes)
}

/// Deflate as servers send it: with a zlib header, or bare.
pub(crate) fn deflate(packed: &[u8], limit_bytes: u64) -> Unpacked {
    let zlib = packed.first().is_some_and(|b| b & 0x0F == 8)
        && packed.get(..2).is_some_and(|head| u16::from_be_bytes([head[0], head[1]]).is_multiple_of(31));
    if zlib { bounded(ZlibDecoder::new(packed), limit_bytes) } else { bare_deflate(packed, limit_bytes) }
}

/// Deflate without a header, as in zip files.
pub(crate) fn bare_deflate(packed: impl BufRead, limit_bytes: u64) -> Unpacked {
    bounded(DeflateDecoder::new(packed), limit_bytes)
}

/// Brotli.
pub(crate) fn brotli(packed: &[u8], limit_bytes: u64) -> Unpacked {
    bounded(brotli_decompressor::Decompressor::new(packed, 4096), limit_bytes)
}

/// Whether bytes begin as a gzip member does.
pub(crate) fn is_gzip(head: &[u8]) -> bool {
    head.len() >= 4 && head.starts_with(b"\x1F\x8B\x08") && head[3] & 0xE0 == 0
}

/// The first bytes of what a gzip file holds, when its own first bytes are `head`.
pub(crate) fn gzip_head(head: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    // The packed bytes end inside the member: what came out before is what is wanted.
    let _ = MultiGzDecoder::new(head).take(crate::open::SNIFF_BYTES).read_to_end(&mut out);
    out
}
