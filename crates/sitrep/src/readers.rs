//! What a record shows to people: readers' names inside their own words are covered.
//!
//! In: a record and what is asked of it. Out: contents that a view may show, and the key for a page that is in no record. Never a name that
//! a reader signed with.

use sha2::{Digest as _, Sha256};
use sitrep_model::{Contents, Filter};
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

/// The part of it that passes `filter`; documents and pages only where something asked for speaks of them.
///
/// # Errors
/// When the record cannot be read.
pub fn selected(record: &Record, filter: &Filter) -> Result<Contents, RecordError> {
    let mut contents = record.selected(filter)?;
    sitrep_show::veil(&mut contents);
    Ok(contents)
}

/// One claim, event, dispute or forecast with all it rests on, or `None` when there is none of that name.
///
/// # Errors
/// When the record cannot be read.
pub fn around(record: &Record, id: &str) -> Result<Option<Contents>, RecordError> {
    let mut contents = record.around(id)?;
    contents.iter_mut().for_each(sitrep_show::veil);
    Ok(contents)
}

/// What bears on who held a place.
///
/// # Errors
/// When the record cannot be read.
pub fn at_place(record: &Record, place: &str) -> Result<Contents, RecordError> {
    let mut contents = record.at_place(place)?;
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
