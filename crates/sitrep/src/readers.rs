//! The key under which readers' names become pseudonyms in one record.
//!
//! In: a record and its pages. Out: 32 bytes that never leave the program. Never written anywhere: it is computed from the pages' raw bytes,
//! which exports do not hold, so who can compute it has the pages and the names in them already.

use sha2::{Digest as _, Sha256};
use sitrep_model::{Contents, Filter, PageRow};
use sitrep_record::{Record, RecordError};

/// What a view may show: everything the record holds, readers' names inside their own words covered.
///
/// # Errors
/// When the record cannot be read.
pub fn contents(record: &Record, filter: &Filter) -> Result<Contents, RecordError> {
    let mut contents = record.contents(filter)?;
    sitrep_show::veil(&mut contents);
    Ok(contents)
}

/// The key for one page on its own. Not the page's hash, which views and exports show.
#[must_use]
pub fn key_of_page(raw: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(b"sitrep: names of readers of one page\0");
    hash.update(raw);
    hash.finalize().into()
}

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
