//! Rows of the index: gists of claims, and what stands under which key.
//!
//! In: a connection, entries, gists. Out: neighbours of an entry, gists by claim. Follows from claims and rulings alone; never decides.

use rusqlite::{CachedStatement, Connection, OptionalExtension as _, params};

use crate::fuse::blocks::Entry;
use crate::fuse::gist::Gist;

/// The rows of the index.
#[derive(Clone, Copy)]
pub(crate) struct Index<'c> {
    pub(crate) connection: &'c Connection,
}

/// Numbers as SQLite keeps them, in the same order: the smallest becomes the most negative.
fn signed(number: u64) -> i64 {
    (number ^ (1 << 63)).cast_signed()
}

fn unsigned(number: i64) -> u64 {
    number.cast_unsigned() ^ (1 << 63)
}

impl Index<'_> {
    fn prepared(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        self.connection.prepare_cached(sql)
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) -> rusqlite::Result<()> {
        self.connection.execute_batch("DELETE FROM gist; DELETE FROM block; DELETE FROM furniture;")
    }

    /// Adds an entry.
    pub(crate) fn put(&self, entry: &Entry) -> rusqlite::Result<()> {
        let row = params![entry.key.cast_signed(), entry.order, signed(entry.claim)];
        self.prepared("INSERT OR IGNORE INTO block VALUES (?1, ?2, ?3)")?.execute(row).map(drop)
    }

    /// Takes an entry out.
    pub(crate) fn take(&self, entry: &Entry) -> rusqlite::Result<()> {
        let row = params![entry.key.cast_signed(), entry.order, signed(entry.claim)];
        self.prepared("DELETE FROM block WHERE key = ?1 AND sort = ?2 AND member = ?3")?.execute(row).map(drop)
    }

    /// Who stands before an entry under its key, the nearest first.
    pub(crate) fn before(&self, entry: &Entry, n: usize) -> rusqlite::Result<Vec<u64>> {
        let sql = "SELECT member FROM block WHERE key = ?1 AND (sort, member) < (?2, ?3) \
             ORDER BY sort DESC, member DESC LIMIT ?4";
        self.beside(sql, entry, n)
    }

    /// Who stands after it, the nearest first.
    pub(crate) fn after(&self, entry: &Entry, n: usize) -> rusqlite::Result<Vec<u64>> {
        let sql = "SELECT member FROM block WHERE key = ?1 AND (sort, member) > (?2, ?3) \
             ORDER BY sort, member LIMIT ?4";
        self.beside(sql, entry, n)
    }

    fn beside(&self, sql: &str, entry: &Entry, n: usize) -> rusqlite::Result<Vec<u64>> {
        let row = params![entry.key.cast_signed(), entry.order, signed(entry.claim), n as i64];
        self.prepared(sql)?.query_map(row, |row| row.get(0).map(unsigned))?.collect()
    }

    /// Everyone under a key from one place in its order to another, both included.
    pub(crate) fn between(&self, key: u64, first: i64, last: i64) -> rusqlite::Result<Vec<u64>> {
        let sql = "SELECT member FROM block WHERE key = ?1 AND sort BETWEEN ?2 AND ?3 ORDER BY sort, member";
        self.prepared(sql)?
            .query_map(params![key.cast_signed(), first, last], |row| row.get(0).map(unsigned))?
            .collect()
    }

    /// Those under a key up to a place in its order, the last first, among equals the smallest first.
    pub(crate) fn last_up_to(&self, key: u64, last: i64, n: usize) -> rusqlite::Result<Vec<u64>> {
        let sql = "SELECT member FROM block WHERE key = ?1 AND sort <= ?2 ORDER BY sort DESC, member LIMIT ?3";
        let row = params![key.cast_signed(), last, n as i64];
        self.prepared(sql)?.query_map(row, |row| row.get(0).map(unsigned))?.collect()
    }

    /// Where in the order of a key someone stands.
    pub(crate) fn order_of(&self, key: u64, member: u64) -> rusqlite::Result<Option<i64>> {
        let sql = "SELECT sort FROM block WHERE key = ?1 AND member = ?2";
        self.prepared(sql)?.query_row(params![key.cast_signed(), signed(member)], |row| row.get(0)).optional()
    }

    /// Keeps a packed gist.
    pub(crate) fn put_gist(&self, claim: u64, gist: &[u8]) -> rusqlite::Result<()> {
        let row = params![signed(claim), gist];
        self.prepared("INSERT OR REPLACE INTO gist VALUES (?1, ?2)")?.execute(row).map(drop)
    }

    /// Forgets a gist.
    pub(crate) fn take_gist(&self, claim: u64) -> rusqlite::Result<()> {
        self.prepared("DELETE FROM gist WHERE claim = ?1")?.execute([signed(claim)]).map(drop)
    }

    /// Keeps what an outlet puts on all its pages, as runs in order; when it is nothing, nothing.
    pub(crate) fn put_furniture(&self, outlet: u64, runs: &[u64]) -> rusqlite::Result<()> {
        let outlet = outlet.cast_signed();
        if runs.is_empty() {
            return self.prepared("DELETE FROM furniture WHERE outlet = ?1")?.execute([outlet]).map(drop);
        }
        let bytes: Vec<u8> = runs.iter().flat_map(|run| run.to_le_bytes()).collect();
        self.prepared("INSERT OR REPLACE INTO furniture VALUES (?1, ?2)")?.execute(params![outlet, bytes]).map(drop)
    }

    /// What an outlet puts on all its pages.
    pub(crate) fn furniture(&self, outlet: u64) -> rusqlite::Result<Vec<u64>> {
        let sql = "SELECT runs FROM furniture WHERE outlet = ?1";
        let bytes = self.prepared(sql)?.query_row([outlet.cast_signed()], |row| row.get::<_, Vec<u8>>(0)).optional()?;
        let (runs, _) = bytes.as_deref().unwrap_or_default().as_chunks();
        Ok(runs.iter().map(|run| u64::from_le_bytes(*run)).collect())
    }

    /// The gist of a claim; `None` when it does not stand.
    pub(crate) fn gist(&self, claim: u64) -> rusqlite::Result<Option<Gist>> {
        let sql = "SELECT body FROM gist WHERE claim = ?1";
        let body = self.prepared(sql)?.query_row([signed(claim)], |row| row.get::<_, Vec<u8>>(0)).optional()?;
        Ok(body.and_then(|body| Gist::unpacked(&body)))
    }
}
