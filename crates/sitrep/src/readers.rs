//! The key under which readers' names become pseudonyms in one record.
//!
//! In: a record and its pages. Out: 32 bytes that never leave the program. Never written anywhere: it is computed from the pages' raw bytes,
//! which exports do not hold, so who can compute it has the pages and the names in them already.

use sha2::{Digest as _, Sha256};
use sitrep_model::PageRow;
use sitrep_record::{Record, RecordError};

/// The key for `record` as it is now; another set of pages gives another key.
///
/// # Errors
/// When the record cannot be read.
pub fn key(record: &Record, pages: &[PageRow]) -> Result<[u8; 32], RecordError> {
    let mut ids: Vec<_> = pages.iter().map(|page| &page.id).collect();
    ids.sort();
    let mut hash = Sha256::new_with_prefix(b"sitrep: names of readers\0");
    for id in ids {
        let raw = record.page_bytes(id)?.unwrap_or_default();
        hash.update((raw.len() as u64).to_le_bytes());
        hash.update(&raw);
    }
    Ok(hash.finalize().into())
}
