//! Some rows out of the file, by what they hang on: each a look into an index, never a walk over a table of claims.
//!
//! In: a connection and ids. Out: claims' ids, events, disputes, links, forecasts, documents, pages, in the order the whole has them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{ToSql, params};
use serde::Deserialize;
use sitrep_model::{Dispute, Document, Event, EventType, Forecast, Link, PageCopy, PageId, PageRow};

use super::body::json_in;
use super::brief::{Brief, text_in};
use super::finding::Kind;
use super::read::Reader;
use crate::RecordError;

type Ids = BTreeSet<String>;

impl Reader<'_> {
    /// The first column of every row, asked for with one word.
    pub(crate) fn ids(&self, sql: &str, of: &str) -> Result<Vec<String>, RecordError> {
        self.column(sql, &[&of])
    }

    /// The same for a column that keeps claims by number.
    pub(crate) fn ids_by_number(&self, sql: &str, of: &str) -> Result<Vec<String>, RecordError> {
        self.column(sql, &[&Brief(of)])
    }

    /// How many pages the record holds.
    pub(crate) fn n_pages(&self) -> Result<usize, RecordError> {
        let count = self.connection.query_row("SELECT count(*) FROM page", [], |row| row.get::<_, i64>(0));
        count.map(|n| usize::try_from(n).unwrap_or(0)).map_err(|e| self.error(e))
    }

    /// The first column of every row.
    pub(crate) fn texts(&self, sql: &str) -> Result<Vec<String>, RecordError> {
        self.column(sql, &[])
    }

    fn column(&self, sql: &str, of: &[&dyn ToSql]) -> Result<Vec<String>, RecordError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map(of, |row| text_in(row, 0))?.collect()
        };
        read().map_err(|e| self.error(e))
    }

    fn bodies_of<T: serde::de::DeserializeOwned>(
        &self,
        table: &'static str,
        sql: &str,
        of: &str,
    ) -> Result<Vec<T>, RecordError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([of], |row| json_in(row, 0))?.collect()
        };
        let bodies = read().map_err(|e| self.error(e))?;
        bodies.iter().map(|body| self.parse(table, of, body)).collect()
    }

    /// Every name of a kind with its number.
    pub(crate) fn names(&self, kind: Kind) -> Result<Vec<(i64, String)>, RecordError> {
        let read = || -> rusqlite::Result<Vec<(i64, String)>> {
            let mut statement = self.connection.prepare_cached("SELECT key, name FROM name WHERE kind = ?1")?;
            statement.query_map([kind.code()], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        read().map_err(|e| self.error(e))
    }

    /// Claims in which a name stands.
    pub(crate) fn claims_named(&self, name: i64) -> Result<Vec<String>, RecordError> {
        self.column("SELECT claim FROM named WHERE name = ?1", &[&name])
    }

    /// The event type of a claim as it was read; `None` when the record has no such claim.
    pub(crate) fn event_of(&self, claim: &str) -> Result<Option<EventType>, RecordError> {
        let code = self.ids("SELECT event FROM claim WHERE id = ?1", claim)?.pop();
        Ok(code.and_then(|code| EventType::from_code(&code)))
    }

    /// Claims whose place lies in a cell of the map.
    pub(crate) fn claims_in(&self, cell: i64) -> Result<Vec<String>, RecordError> {
        self.column("SELECT claim FROM spot WHERE cell = ?1", &[&cell])
    }

    /// Claims that may speak of a day from `since` to `until`; one without a day speaks of the day of its publication.
    pub(crate) fn claims_between(&self, since: &str, until: &str) -> Result<Vec<String>, RecordError> {
        let days: [&dyn ToSql; 2] = [&since, &until];
        let dated =
            "SELECT id FROM claim WHERE coalesce(first_day, last_day) <= ?2 AND coalesce(last_day, first_day) >= ?1";
        let undated = "SELECT claim.id FROM document JOIN claim ON claim.document = document.id \
             WHERE published BETWEEN ?1 AND ?2 AND first_day IS NULL AND last_day IS NULL";
        Ok([self.column(dated, &days)?, self.column(undated, &days)?].concat())
    }

    /// Those events, by day.
    pub(crate) fn events(&self, ids: &Ids) -> Result<Vec<Event>, RecordError> {
        let mut events: Vec<Event> = Vec::new();
        for id in ids {
            events.extend(self.bodies_of::<Event>("event", "SELECT body FROM event WHERE id = ?1", id)?);
        }
        let day = |event: &Event| event.time.as_ref().map_or((None, None), |time| (time.from, time.to));
        events.sort_by_cached_key(|event| (day(event).0.is_none(), day(event), event.event_id.clone()));
        Ok(events)
    }

    /// The disputes of those events.
    pub(crate) fn disputes_of(&self, events: &Ids) -> Result<Vec<Dispute>, RecordError> {
        let sql = "SELECT body FROM dispute WHERE event = ?1 ORDER BY field, id";
        let found = events.iter().map(|event| self.bodies_of("dispute", sql, event));
        Ok(found.collect::<Result<Vec<Vec<Dispute>>, _>>()?.concat())
    }

    /// The links of a claim, either way.
    pub(crate) fn links_of(&self, claim: &str) -> Result<Vec<Link>, RecordError> {
        let mut links =
            self.links("SELECT from_claim, to_claim, kind, body FROM link WHERE from_claim = ?1", &[&Brief(claim)])?;
        links.extend(
            self.links("SELECT from_claim, to_claim, kind, body FROM link WHERE to_claim = ?1", &[&Brief(claim)])?,
        );
        Ok(links)
    }

    /// The links that `sql` gives.
    pub(crate) fn links(&self, sql: &str, of: &[&dyn ToSql]) -> Result<Vec<Link>, RecordError> {
        let read = || -> rusqlite::Result<Vec<[String; 4]>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement
                .query_map(of, |row| Ok([text_in(row, 0)?, text_in(row, 1)?, row.get(2)?, json_in(row, 3)?]))?;
            rows.collect()
        };
        let rows = read().map_err(|e| self.error(e))?;
        rows.into_iter()
            .map(|[from, to, kind, body]| {
                let Says { field, why } = self.parse("link", &from, &body)?;
                let kind = self.parse("link", &from, &format!("\"{kind}\""))?;
                let claim = |id: &str| self.parse("link", &from, &format!("\"{id}\""));
                Ok(Link { from: claim(&from)?, to: claim(&to)?, kind, field, why })
            })
            .collect()
    }

    /// The forecasts a claim makes.
    pub(crate) fn forecasts_of(&self, claim: &str) -> Result<Vec<Forecast>, RecordError> {
        self.bodies_of("forecast", "SELECT body FROM forecast WHERE claim = ?1", claim)
    }

    /// Forecasts of a state.
    pub(crate) fn forecasts_of_state(&self, state: &str) -> Result<Vec<Forecast>, RecordError> {
        self.bodies_of("forecast", "SELECT body FROM forecast WHERE state = ?1", state)
    }

    /// Copies one of those pages has part in, by page.
    pub(crate) fn copies_of(&self, pages: &BTreeSet<PageId>) -> Result<Vec<PageCopy>, RecordError> {
        let mut found: BTreeMap<(PageId, PageId), PageCopy> = BTreeMap::new();
        for page in pages {
            for sql in ["SELECT body FROM copy WHERE page = ?1", "SELECT body FROM copy WHERE of_page = ?1"] {
                for copy in self.bodies_of::<PageCopy>("copy", sql, page.as_str())? {
                    found.insert((copy.page.clone(), copy.of.clone()), copy);
                }
            }
        }
        Ok(found.into_values().collect())
    }

    /// The copies that two pages are of each other.
    pub(crate) fn copies_of_pair(&self, one: &str, other: &str) -> Result<Vec<PageCopy>, RecordError> {
        let sql = "SELECT body FROM copy WHERE page = ?1 AND of_page = ?2";
        let read = |page: &str, of: &str| -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([page, of], |row| json_in(row, 0))?.collect()
        };
        let bodies = read(one, other).and_then(|found| Ok([found, read(other, one)?].concat()));
        bodies.map_err(|e| self.error(e))?.iter().map(|body| self.parse("copy", one, body)).collect()
    }

    /// Those documents, by publication date, then path; undated ones last.
    pub(crate) fn documents_of(&self, ids: Ids) -> Result<Vec<Document>, RecordError> {
        let mut documents = Vec::new();
        for id in &ids {
            documents.extend(self.document(id)?);
        }
        documents.sort_by_cached_key(|document| {
            let day = document.published.as_ref().map(|published| published.date);
            (day.is_none(), day, document.path.clone(), document.id.clone())
        });
        Ok(documents)
    }

    /// Those pages, by id.
    pub(crate) fn pages_of(&self, ids: &BTreeSet<PageId>) -> Result<Vec<PageRow>, RecordError> {
        let pages = ids.iter().map(|id| self.page_rows_where("WHERE id = ?1", &[&id.as_str()]));
        Ok(pages.collect::<Result<Vec<_>, _>>()?.concat())
    }

    /// The page that `page` translates.
    pub(crate) fn original_of(&self, page: &str) -> Result<Option<PageId>, RecordError> {
        let found = self.ids("SELECT of_page FROM original WHERE page = ?1", page)?.pop();
        Ok(found.map(|id| PageId::known(&id)))
    }
}

/// What a link's row says beyond its columns.
#[derive(Deserialize)]
struct Says {
    field: Option<String>,
    why: String,
}

/// Notes down which page translates which.
pub(crate) fn replace_originals(
    connection: &rusqlite::Connection,
    originals: &BTreeMap<PageId, PageId>,
) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM original", [])?;
    for (page, of) in originals {
        connection.execute("INSERT INTO original VALUES (?1, ?2)", params![page.as_str(), of.as_str()])?;
    }
    Ok(())
}
