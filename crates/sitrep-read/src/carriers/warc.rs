//! Web archives: WARC, packed by gzip or not.
//!
//! In: an opened carrier. Out: today one error that says it is not read yet.

use super::{Opened, Pages};

/// Whether an input is of this kind.
pub(super) fn fits(_name: &str, head: &[u8]) -> bool {
    head.starts_with(b"WARC/") || head.starts_with(b"\x1F\x8B")
}

/// Its pages.
pub(super) fn pages(opened: Opened<'_>) -> Pages<'_> {
    opened.origin.none("not-read-yet", "web archives are not read yet")
}
