//! How far a record was brought up to date, and its index made whole.
//!
//! In: claims as they stand, documents. Out: rows of the index and of `state`. A record whose state is not kept is computed whole.

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use sitrep_model::{Claim, Date, Document, Ruling};

use super::entries;
use super::index::Index;
use super::reach::Around;
use crate::RecordError;
use crate::copies::{self, Page, outlet_key};
use crate::fuse::blocks::Entry;
use crate::fuse::fact::Fact;
use crate::fuse::gist::number;
use crate::store::write::json;

/// The index is of this form; one of another is made anew.
const FORM: u32 = 1;
const KEY: &str = "near";

/// Up to where the record is up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settled {
    /// The last ruling in force.
    pub ruling: u64,
    /// The latest day of publication.
    pub latest: Option<Date>,
    /// Whether a page translates another, or may.
    pub has_translations: bool,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    form: u32,
    ruling: u64,
    latest: Option<Date>,
    has_translations: bool,
}

/// Up to where it is; `None` when that is not known.
pub(super) fn of(around: &Around<'_>) -> Result<Option<Settled>, RecordError> {
    let sql = "SELECT value FROM state WHERE key = ?1";
    let found: Option<String> =
        around.index.connection.query_row(sql, [KEY], |row| row.get(0)).optional().map_err(|e| around.error(e))?;
    let kept = found.and_then(|text| serde_json::from_str::<Kept>(&text).ok()).filter(|kept| kept.form == FORM);
    Ok(kept.map(|Kept { ruling, latest, has_translations, .. }| Settled { ruling, latest, has_translations }))
}

/// Notes up to where it is.
pub(super) fn keep(connection: &Connection, settled: &Settled) -> rusqlite::Result<()> {
    let Settled { ruling, latest, has_translations } = settled.clone();
    let value = json(&Kept { form: FORM, ruling, latest, has_translations });
    connection.execute("DELETE FROM fresh", [])?;
    connection.execute("INSERT OR REPLACE INTO state VALUES (?1, ?2)", params![KEY, value]).map(drop)
}

/// Forgets it: the whole is to be computed next.
pub(crate) fn forget(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM state WHERE key = ?1", [KEY]).map(drop)
}

/// Makes the index of everything.
pub(crate) fn keep_whole(
    connection: &Connection,
    claims: &[Claim],
    documents: &[Document],
    rulings: &[Ruling],
) -> rusqlite::Result<()> {
    let index = Index { connection };
    index.clear()?;
    let all: Vec<&Document> = documents.iter().collect();
    let facts = crate::fuse::facts(claims, &all, &[]);
    let condition = |fact: &Fact<'_>| {
        let said = number(fact.claim.condition.as_ref()?.as_str());
        facts.binary_search_by_key(&said, |fact| fact.id).ok().map(|at| &facts[at])
    };
    let mut found: Vec<Entry> = Vec::new();
    for fact in &facts {
        index.put_gist(fact)?;
        found.extend(entries::all(fact, condition(fact)));
    }
    let furniture = copies::furniture(&all);
    for document in documents {
        let name = outlet_key(document);
        let runs = name.as_ref().and_then(|name| furniture.get(name)).map_or(&[][..], Vec::as_slice);
        let page = Page::of(document, runs);
        found.extend(page.entries().into_iter().map(|(_, entry)| entry));
        found.push(entries::length(&page));
        found.extend(name.map(|name| Entry { key: entries::outlet(&name), order: 0, claim: page.number }));
    }
    found.sort_unstable();
    found.iter().try_for_each(|entry| index.put(entry))?;
    let latest = documents.iter().filter_map(|document| document.published.as_ref()).map(|it| it.date).max();
    let has_translations = documents.iter().any(|document| document.translation.is_some());
    let ruling = rulings.last().map_or(0, |ruling| ruling.number);
    keep(connection, &Settled { ruling, latest, has_translations })
}
