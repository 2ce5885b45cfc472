//! The key under which readers' names become pseudonyms in one record.
//!
//! In: the raw bytes of all pages. Out: 32 bytes that never leave the program. Kept in the record's file, which holds those bytes and the
//! names in them anyway; never in an export. Another set of pages gives another key.

use rusqlite::{Connection, OptionalExtension as _, Transaction};
use sha2::{Digest as _, Sha256};

use crate::store::brief::raw_in;
use crate::{Record, RecordError};

const STATE: &str = "readers_key";

impl Record {
    /// The key for readers' names in this record.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn readers_key(&self) -> Result<[u8; 32], RecordError> {
        let reader = self.reader();
        let found = kept(reader.connection).and_then(|kept| kept.map_or_else(|| computed(reader.connection), Ok));
        found.map_err(|e| reader.error(e))
    }
}

/// Forgets the key: the pages are no longer the same.
pub(crate) fn forget(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM state WHERE key = ?1", [STATE]).map(drop)
}

/// Notes the key down, so that it need not be computed from all pages each time.
pub(crate) fn keep(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    if kept(transaction)?.is_none() {
        let key = computed(transaction)?;
        transaction.execute("INSERT INTO state VALUES (?1, ?2)", rusqlite::params![STATE, key])?;
    }
    Ok(())
}

fn kept(connection: &Connection) -> rusqlite::Result<Option<[u8; 32]>> {
    let sql = "SELECT CAST(value AS BLOB) FROM state WHERE key = ?1";
    let key = connection.query_row(sql, [STATE], |row| row.get::<_, Vec<u8>>(0)).optional()?;
    Ok(key.and_then(|key| key.try_into().ok()))
}

fn computed(connection: &Connection) -> rusqlite::Result<[u8; 32]> {
    let mut hash = Sha256::new_with_prefix(b"sitrep: names of readers\0");
    let mut statement = connection.prepare("SELECT zlib, raw FROM page_bytes ORDER BY page")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let raw = raw_in(row, 0)?;
        hash.update((raw.len() as u64).to_le_bytes());
        hash.update(&raw);
    }
    Ok(hash.finalize().into())
}
