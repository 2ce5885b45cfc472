//! Zip files: WACZ, and files saved together.
//!
//! In: an opened carrier. Out: today one error that says it is not read yet.

use super::{Opened, Pages};

/// Whether an input is of this kind.
pub(super) fn fits(_name: &str, head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// Its pages.
pub(super) fn pages(opened: Opened<'_>) -> Pages<'_> {
    opened.origin.none("not-read-yet", "zip files are not read yet")
}
