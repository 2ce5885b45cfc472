//! What makes a record checkable by others: one hash over all of it, and a history of how it came to be.
//!
//! In: the rows of a record, the lines of its log. Out: [`tree`] hashes, [`leaf`] texts, the [`log`] beside the record; what [`redact`] takes out, and leaves. Never reads the
//! clock: the time of a log entry is given by whoever writes. `docs/evidence.md` publishes every format here; change both together.

pub(crate) mod cover;
pub(crate) mod leaf;
pub(crate) mod log;
pub(crate) mod redact;
pub(crate) mod seal;
pub(crate) mod tree;
