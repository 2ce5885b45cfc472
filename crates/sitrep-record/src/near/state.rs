//! How far a record was brought up to date, and its index made whole.
//!
//! In: gists and entries of everything. Out: rows of the index and of `state`. A record whose state is not kept is computed whole.

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use sitrep_model::Date;

use super::entries::outlet;
use super::index::Index;
use super::reach::Around;
use crate::RecordError;
use crate::copies::Furniture;
use crate::fuse::blocks::Entry;
use crate::fuse::gist::Gist;
use crate::store::write::json;

/// The index is of this form; one of another is made anew.
const FORM: u32 = 3;
const KEY: &str = "near";

/// Up to where the record is up to date.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Settled {
    /// The last ruling in force.
    pub ruling: u64,
    /// The latest day of publication.
    pub latest: Option<Date>,
    /// Whether a page translates another, or may.
    pub has_translations: bool,
}

/// The same as it is kept, with the form of the index.
#[derive(Serialize, Deserialize)]
struct Kept<S> {
    form: u32,
    #[serde(flatten)]
    settled: S,
}

/// Up to where it is; `None` when that is not known.
pub(super) fn of(around: &Around<'_>) -> Result<Option<Settled>, RecordError> {
    let sql = "SELECT value FROM state WHERE key = ?1";
    let found: Option<String> =
        around.index.connection.query_row(sql, [KEY], |row| row.get(0)).optional().map_err(|e| around.error(e))?;
    let kept = found.and_then(|text| serde_json::from_str::<Kept<Settled>>(&text).ok());
    Ok(kept.filter(|kept| kept.form == FORM).map(|kept| kept.settled))
}

/// Notes up to where it is.
pub(super) fn keep(connection: &Connection, settled: &Settled) -> rusqlite::Result<()> {
    let value = json(&Kept { form: FORM, settled });
    connection.execute("DELETE FROM fresh", [])?;
    connection.execute("INSERT OR REPLACE INTO state VALUES (?1, ?2)", params![KEY, value]).map(drop)
}

/// Forgets it: the whole is to be computed next.
pub(crate) fn forget(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM state WHERE key = ?1", [KEY]).map(drop)
}

/// Replaces the index by that of everything: gists by claim id, entries, and what outlets put on their pages.
pub(crate) fn keep_whole(
    connection: &Connection,
    gists: &[Gist],
    mut entries: Vec<Entry>,
    furniture: &Furniture,
    settled: &Settled,
) -> rusqlite::Result<()> {
    let index = Index { connection };
    index.clear()?;
    gists.iter().try_for_each(|gist| index.put_gist(gist.id, &gist.packed()))?;
    entries.sort_unstable();
    entries.iter().try_for_each(|entry| index.put(entry))?;
    furniture.iter().try_for_each(|(name, runs)| index.put_furniture(outlet(name), runs))?;
    keep(connection, settled)
}
