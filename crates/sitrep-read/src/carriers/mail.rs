//! Letters: one in a file, a box of them, and web pages saved as one (MHTML).
//!
//! In: an opened carrier. Out: today one error that says it is not read yet.

use super::{Opened, Pages};

/// Whether an input is of this kind.
pub(super) fn fits(_name: &str, head: &[u8]) -> bool {
    head.starts_with(b"From ")
}

/// Its pages.
pub(super) fn pages(opened: Opened<'_>) -> Pages<'_> {
    opened.origin.none("not-read-yet", "letters are not read yet")
}

/// Whether an input is a web page saved whole.
pub(super) fn fits_mhtml(_name: &str, _head: &[u8]) -> bool {
    false
}
