//! Rows out of the file, in the order the views rely on.
//!
//! In: a connection. Out: pages, documents, claims, derived things. Never computes one.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Row, ToSql};
use serde::de::DeserializeOwned;
use sitrep_model::{Claim, Custody, Date, Document, Edition, Page, PageId, PageMeta, PageRow, Redaction, Ruling};

use super::body::json_in;
use super::brief::raw_in;
use crate::RecordError;
use crate::evidence::redact::Columns;
use crate::fuse::Derived;

/// A connection with the path its errors name.
pub(crate) struct Reader<'r> {
    /// Where to read.
    pub connection: &'r Connection,
    /// What to call it.
    pub path: &'r Path,
}

/// Id, path, hash, length, and the columns that hold JSON, of a page.
type Given = (String, String, String, i64, [String; 4]);

impl Reader<'_> {
    pub(crate) fn error(&self, source: rusqlite::Error) -> RecordError {
        RecordError::database(self.path, source)
    }

    fn rows<T>(&self, sql: &str, read: impl Fn(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>, RecordError> {
        let mut statement = self.connection.prepare(sql).map_err(|e| self.error(e))?;
        let rows = statement.query_map([], |row| read(row)).map_err(|e| self.error(e))?;
        rows.collect::<rusqlite::Result<Vec<T>>>().map_err(|e| self.error(e))
    }

    pub(crate) fn parse<T: DeserializeOwned>(
        &self,
        table: &'static str,
        id: &str,
        body: &str,
    ) -> Result<T, RecordError> {
        serde_json::from_str(body).map_err(|source| RecordError::Damaged {
            path: self.path.to_path_buf(),
            table,
            id: id.to_owned(),
            source,
        })
    }

    fn body_of<T: DeserializeOwned>(&self, table: &'static str, sql: &str, id: &str) -> Result<Option<T>, RecordError> {
        let found =
            self.connection.query_row(sql, [id], |row| json_in(row, 0)).optional().map_err(|e| self.error(e))?;
        found.map(|body| self.parse(table, id, &body)).transpose()
    }

    fn bodies<T: DeserializeOwned>(&self, table: &'static str, sql: &str) -> Result<Vec<T>, RecordError> {
        let rows = self.rows(sql, |row| Ok((row.get::<_, String>(0)?, json_in(row, 1)?)))?;
        rows.iter().map(|(id, body)| self.parse(table, id, body)).collect()
    }

    fn one<T: FromSql>(&self, sql: &str, id: &str) -> Result<Option<T>, RecordError> {
        self.connection.query_row(sql, [id], |row| row.get(0)).optional().map_err(|e| self.error(e))
    }

    /// What the record was made with.
    pub(crate) fn edition(&self) -> Result<Edition, RecordError> {
        let value = |key| Ok(self.one("SELECT value FROM edition WHERE key = ?1", key)?.unwrap_or_default());
        Ok(Edition {
            version: value("version")?,
            rules: value("rules")?,
            world: value("world")?,
            model: value("model")?,
            gazetteer: self.one("SELECT value FROM edition WHERE key = ?1", "gazetteer")?,
            actors: self.one("SELECT value FROM edition WHERE key = ?1", "actors")?,
        })
    }

    /// The user's own list of actors as it was given.
    pub(crate) fn actors(&self) -> Result<Option<Vec<u8>>, RecordError> {
        self.one("SELECT CAST(value AS BLOB) FROM edition WHERE key = ?1", "actors_list")
    }

    /// Whether the derived rows are up to date.
    pub(crate) fn is_settled(&self) -> Result<bool, RecordError> {
        let value: Option<String> = self.one("SELECT value FROM state WHERE key = ?1", "settled")?;
        Ok(value.as_deref() == Some("1"))
    }

    /// Whether claims can be found by their names: not yet in a record that an earlier program settled.
    pub(crate) fn is_findable(&self) -> Result<bool, RecordError> {
        let value: Option<String> = self.one("SELECT value FROM state WHERE key = ?1", "findable")?;
        Ok(value.is_some())
    }

    /// Pages without their bytes, by id; which page one translates is not known here.
    pub(crate) fn page_rows(&self) -> Result<Vec<PageRow>, RecordError> {
        self.page_rows_where("ORDER BY id", &[])
    }

    /// The same of some pages.
    pub(crate) fn page_rows_where(&self, which: &str, of: &[&dyn ToSql]) -> Result<Vec<PageRow>, RecordError> {
        let sql = format!("SELECT id, path, sha256, n_bytes, notes, media_type, meta, custody FROM page {which}");
        let read = || -> rusqlite::Result<Vec<Given>> {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let rows = statement.query_map(of, |row| {
                let text = |at: usize| row.get::<_, String>(at);
                let given = [text(4)?, text(5)?, text(6)?, text(7)?];
                Ok((text(0)?, text(1)?, text(2)?, row.get::<_, i64>(3)?, given))
            })?;
            rows.collect()
        };
        let rows = read().map_err(|e| self.error(e))?;
        rows.into_iter()
            .map(|(id, path, sha256, n_bytes, [notes, media_type, meta, custody])| {
                let custody: Custody = self.parse("page", &id, &custody)?;
                let meta: PageMeta = self.parse("page", &id, &meta)?;
                let carrier = custody.carrier;
                Ok(PageRow {
                    path,
                    sha256,
                    n_bytes: n_bytes.unsigned_abs(),
                    media_type: self.parse("page", &id, &media_type)?,
                    retrieved: meta.retrieved.or_else(|| carrier.as_ref()?.retrieved),
                    carrier: carrier.map(|carrier| carrier.kind),
                    collector: custody.collector,
                    tool: custody.tool,
                    original: None,
                    notes: self.parse("page", &id, &notes)?,
                    id: PageId::known(&id),
                })
            })
            .collect()
    }

    /// The SHA-256 of each page's bytes, by page.
    pub(crate) fn page_hashes(&self) -> Result<Vec<(String, String)>, RecordError> {
        self.rows("SELECT id, sha256 FROM page ORDER BY id", |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The days on which pages were saved, where someone said.
    pub(crate) fn retrieved(&self) -> Result<BTreeMap<PageId, Date>, RecordError> {
        let rows = self.page_rows()?.into_iter();
        Ok(rows.filter_map(|row| Some((row.id, row.retrieved?))).collect())
    }

    /// One whole page.
    pub(crate) fn page(&self, id: &str) -> Result<Option<Page>, RecordError> {
        let sql = "SELECT path, media_type, meta, sha256, custody FROM page WHERE id = ?1";
        let row = self
            .connection
            .query_row(sql, [id], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, String>(3)?,
                    row.get::<_, String>(4)?,
                ))
            })
            .optional()
            .map_err(|e| self.error(e))?;
        let Some((path, media_type, meta, sha256, custody)) = row else { return Ok(None) };
        Ok(Some(Page {
            id: PageId::known(id),
            path,
            media_type: self.parse("page", id, &media_type)?,
            meta: self.parse("page", id, &meta)?,
            raw: self.page_bytes(id)?.unwrap_or_default(),
            sha256,
            custody: self.parse("page", id, &custody)?,
        }))
    }

    /// The raw bytes of a page.
    pub(crate) fn page_bytes(&self, id: &str) -> Result<Option<Vec<u8>>, RecordError> {
        let sql = "SELECT zlib, raw FROM page_bytes WHERE page = ?1";
        self.connection.query_row(sql, [id], |row| raw_in(row, 0)).optional().map_err(|e| self.error(e))
    }

    /// The still of the picture file with this hash.
    pub(crate) fn thumbnail(&self, sha256: &str) -> Result<Option<Vec<u8>>, RecordError> {
        self.one("SELECT jpeg FROM thumbnail WHERE sha256 = ?1", sha256)
    }

    /// Width and height of that still.
    pub(crate) fn thumbnail_size(&self, sha256: &str) -> Result<Option<(u32, u32)>, RecordError> {
        let sql = "SELECT width_px, height_px FROM thumbnail WHERE sha256 = ?1";
        let size = self.connection.query_row(sql, [sha256], |row| Ok((row.get(0)?, row.get(1)?)));
        size.optional().map_err(|e| self.error(e))
    }

    /// Documents by publication date, then path; undated ones last.
    pub(crate) fn documents(&self) -> Result<Vec<Document>, RecordError> {
        self.bodies("document", "SELECT id, body FROM document ORDER BY published IS NULL, published, path, id")
    }

    /// One document.
    pub(crate) fn document(&self, id: &str) -> Result<Option<Document>, RecordError> {
        self.body_of("document", "SELECT body FROM document WHERE id = ?1", id)
    }

    /// Which text hash was stored with each document.
    pub(crate) fn text_hashes(&self) -> Result<Vec<(String, String)>, RecordError> {
        self.rows("SELECT id, text_sha256 FROM document ORDER BY id", |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Claims in the order of their documents and their place in it, as they were read, before any ruling.
    pub(crate) fn claims(&self) -> Result<Vec<Claim>, RecordError> {
        self.bodies(
            "claim",
            "SELECT claim.id, claim.body FROM claim JOIN document ON document.id = claim.document \
             ORDER BY published IS NULL, published, path, document.id, start_byte, claim.id",
        )
    }

    /// One claim, as it was read.
    pub(crate) fn claim(&self, id: &str) -> Result<Option<Claim>, RecordError> {
        self.body_of("claim", "SELECT body FROM claim WHERE id = ?1", id)
    }

    /// The claims of one document, as they were read, by id.
    pub(crate) fn claims_of(&self, document: &str) -> Result<Vec<Claim>, RecordError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, body FROM claim WHERE document = ?1 ORDER BY id")
            .map_err(|e| self.error(e))?;
        let rows = statement.query_map([document], |row| Ok((row.get::<_, String>(0)?, json_in(row, 1)?)));
        let rows = rows.and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>).map_err(|e| self.error(e))?;
        rows.iter().map(|(id, body)| self.parse("claim", id, body)).collect()
    }

    /// What was taken out, in order.
    pub(crate) fn redactions(&self) -> Result<Vec<Redaction>, RecordError> {
        self.bodies("redaction", "SELECT CAST(number AS TEXT), body FROM redaction ORDER BY number")
    }

    /// What was said of each page, by page.
    pub(crate) fn given_columns(&self) -> Result<Vec<Columns>, RecordError> {
        self.rows("SELECT id, path, meta, custody, notes FROM page ORDER BY id", |row| {
            Ok(Columns {
                page: row.get(0)?,
                path: row.get(1)?,
                meta: row.get(2)?,
                custody: row.get(3)?,
                notes: row.get(4)?,
            })
        })
    }

    /// Rulings in order.
    pub(crate) fn rulings(&self) -> Result<Vec<Ruling>, RecordError> {
        self.rows("SELECT number, action, subject, value, reviewer, why FROM ruling ORDER BY number", |row| {
            Ok(Ruling {
                number: row.get::<_, i64>(0)?.unsigned_abs(),
                action: row.get(1)?,
                subject: row.get(2)?,
                value: row.get(3)?,
                reviewer: row.get(4)?,
                why: row.get(5)?,
            })
        })
    }

    /// Forecasts by claim.
    pub(crate) fn forecasts(&self) -> Result<Vec<sitrep_model::Forecast>, RecordError> {
        self.bodies("forecast", "SELECT claim, body FROM forecast ORDER BY claim")
    }

    /// Everything derived, as stored.
    pub(crate) fn derived(&self) -> Result<Derived, RecordError> {
        let mut links = self.links("SELECT from_claim, to_claim, kind, body FROM link", &[])?;
        links.sort_by(|a, b| (&a.from, &a.to, a.kind.as_str()).cmp(&(&b.from, &b.to, b.kind.as_str())));
        Ok(Derived {
            events: self
                .bodies("event", "SELECT id, body FROM event ORDER BY first_day IS NULL, first_day, last_day, id")?,
            disputes: self.bodies("dispute", "SELECT id, body FROM dispute ORDER BY event, field, id")?,
            links,
            forecasts: self.forecasts()?,
            copies: self.bodies("copy", "SELECT page, body FROM copy ORDER BY page, of_page")?,
        })
    }
}
