//! Feeds: RSS, Atom, JSON feeds.
//!
//! In: an opened carrier. Out: today one error that says it is not read yet.

use super::{Opened, Pages};

/// Whether an input is of this kind.
pub(super) fn fits(_name: &str, head: &[u8]) -> bool {
    head.starts_with(b"<rss")
}

/// Its pages.
pub(super) fn pages(opened: Opened<'_>) -> Pages<'_> {
    opened.origin.none("not-read-yet", "feeds are not read yet")
}
