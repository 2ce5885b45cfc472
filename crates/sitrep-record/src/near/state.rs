//! How far a record was brought up to date, and its index made whole.
//!
//! In: claims and pages made ready for comparing. Out: rows of the index and of `state`. A record whose state is not kept is computed whole.

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use sitrep_model::{Date, Document, Ruling};

use super::entries;
use super::index::Index;
use super::reach::Around;
use crate::RecordError;
use crate::copies::Page;
use crate::fuse::blocks::Entry;
use crate::fuse::fact::Fact;
use crate::fuse::gist::number;
use crate::store::write::json;

/// The index is of this form; one of another is made anew.
const FORM: u32 = 1;
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

/// The index of everything.
#[derive(Default)]
pub(crate) struct Whole {
    gists: Vec<(u64, Vec<u8>)>,
    entries: Vec<Entry>,
}

impl Whole {
    /// The index of these claims, in the order of their ids, and pages.
    pub(crate) fn of(facts: &[Fact<'_>], pages: &[Page<'_>]) -> Whole {
        let condition = |fact: &Fact<'_>| {
            let said = number(fact.claim.condition.as_ref()?.as_str());
            facts.binary_search_by_key(&said, |fact| fact.id).ok().map(|at| &facts[at])
        };
        let mut entries: Vec<Entry> = Vec::new();
        for fact in facts {
            entries.extend(entries::all(fact, condition(fact)).map(|(_, entry)| entry));
        }
        for page in pages {
            entries.extend(page.entries().into_iter().map(|(_, entry)| entry));
            entries.push(entries::length(page));
            let outlet = page.outlet().map(|name| entries::outlet(&name));
            entries.extend(outlet.map(|key| Entry { key, order: 0, claim: page.number }));
        }
        entries.sort_unstable();
        Whole { gists: facts.iter().map(|fact| (fact.id, fact.packed())).collect(), entries }
    }
}

/// Replaces the index by that of everything.
pub(crate) fn keep_whole(
    connection: &Connection,
    whole: &Whole,
    documents: &[Document],
    rulings: &[Ruling],
) -> rusqlite::Result<()> {
    let index = Index { connection };
    index.clear()?;
    whole.gists.iter().try_for_each(|(claim, gist)| index.put_gist(*claim, gist))?;
    whole.entries.iter().try_for_each(|entry| index.put(entry))?;
    let latest = documents.iter().filter_map(|document| document.published.as_ref()).map(|it| it.date).max();
    let has_translations = documents.iter().any(|document| document.translation.is_some());
    let ruling = rulings.last().map_or(0, |ruling| ruling.number);
    keep(connection, &Settled { ruling, latest, has_translations })
}
