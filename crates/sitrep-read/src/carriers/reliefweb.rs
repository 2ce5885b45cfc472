//! Reports as ReliefWeb's interface gives them.
//!
//! In: an opened carrier. Out: today one error that says it is not read yet.

use super::{Opened, Pages};

/// Whether an input is of this kind.
pub(super) fn fits(_name: &str, _head: &[u8]) -> bool {
    false
}

/// Its pages.
pub(super) fn pages(opened: Opened<'_>) -> Pages<'_> {
    opened.origin.none("not-read-yet", "ReliefWeb reports are not read yet")
}
