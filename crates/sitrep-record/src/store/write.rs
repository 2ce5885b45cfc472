//! Rows into the file: one transaction per page, one for everything derived.
//!
//! In: pages, documents, claims, derived things. Out: rows. Never changes a page that is there.

use rusqlite::{Connection, Transaction, params};
use serde::Serialize;
use sitrep_model::{
    Claim, Dispute, Document, Edition, Event, Forecast, Link, Note, Page, PageCopy, Ruling, Thumbnail, sha256_hex,
};

use super::body::packed;
use super::brief::{Brief, row_number, shrunk};
use crate::evidence::leaf;
use crate::readers;

/// JSON of a value that has no map keys and no numbers JSON cannot hold.
pub(crate) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("model types have string keys only, which serialise")
}

/// Notes down what the record is made with.
pub(crate) fn edition(connection: &Connection, edition: &Edition) -> rusqlite::Result<()> {
    let rows = [
        ("version", &edition.version),
        ("rules", &edition.rules),
        ("world", &edition.world),
        ("model", &edition.model),
    ];
    let own = [("gazetteer", &edition.gazetteer), ("actors", &edition.actors)];
    let own = own.into_iter().filter_map(|(key, hash)| hash.as_ref().map(|hash| (key, hash)));
    for (key, value) in rows.into_iter().chain(own) {
        connection.execute("INSERT OR REPLACE INTO edition VALUES (?1, ?2)", params![key, value])?;
    }
    Ok(())
}

/// Keeps the user's own list of actors beside its hash.
pub(crate) fn actors(transaction: &Transaction<'_>, list: &[u8]) -> rusqlite::Result<()> {
    transaction.execute("INSERT OR REPLACE INTO edition VALUES ('actors_list', ?1)", params![list])?;
    Ok(())
}

/// Adds a page with what was read from it; `false` when the page was there already and nothing changed.
pub(crate) fn page(
    transaction: &Transaction<'_>,
    page: &Page,
    document: &Document,
    claims: &[Claim],
    notes: &[Note],
) -> rusqlite::Result<bool> {
    let new = transaction.execute(
        "INSERT OR IGNORE INTO page VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            page.id.as_str(),
            page.path,
            json(&page.media_type),
            json(&page.meta),
            json(&page.custody),
            page.sha256,
            page.raw.len() as i64,
            json(&notes)
        ],
    )?;
    if new == 0 {
        return Ok(false);
    }
    raw(transaction, page.id.as_str(), &page.raw)?;
    readers::forget(transaction)?;
    transaction.execute(
        "INSERT OR IGNORE INTO document VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            row_number(document.id.as_str()),
            document.id.as_str(),
            page.id.as_str(),
            document.path,
            document.outlet,
            document.published.as_ref().map(|p| p.date.to_string()),
            sha256_hex(document.text.as_bytes()),
            packed(&json(document))
        ],
    )?;
    for one in claims {
        claim(transaction, one)?;
    }
    leaf::keep(transaction, page.id.as_str())?;
    transaction.execute("INSERT OR IGNORE INTO fresh VALUES (?1)", [page.id.as_str()])?;
    settled(transaction, false)?;
    Ok(true)
}

/// Keeps the bytes of a page; over those that stood there, when something was taken out of them.
pub(crate) fn raw(connection: &Connection, page: &str, raw: &[u8]) -> rusqlite::Result<()> {
    let (zlib, kept) = shrunk(raw);
    let mut insert = connection.prepare_cached("INSERT OR REPLACE INTO page_bytes VALUES (?1, ?2, ?3, ?4)")?;
    insert.execute(params![row_number(page), page, zlib, kept]).map(drop)
}

/// Keeps stills of pictures; of two pages that show one picture the first brings it.
pub(crate) fn thumbnails(transaction: &Transaction<'_>, thumbnails: &[Thumbnail]) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached("INSERT OR IGNORE INTO thumbnail VALUES (?1, ?2, ?3, ?4)")?;
    for still in thumbnails {
        insert.execute(params![still.sha256, still.width_px, still.height_px, still.jpeg])?;
    }
    Ok(())
}

/// Adds a claim that is not there yet.
pub(crate) fn claim(transaction: &Connection, claim: &Claim) -> rusqlite::Result<()> {
    let mut insert = transaction
        .prepare_cached("INSERT OR IGNORE INTO claim VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?;
    let day = |date: Option<sitrep_model::Date>| date.map(|d| d.to_string());
    insert.execute(params![
        claim.claim_id.as_str(),
        claim.document.as_str(),
        claim.start,
        claim.voice.as_str(),
        claim.event.as_str(),
        claim.status.as_str(),
        claim.polarity.as_str(),
        claim.place.as_ref().and_then(|p| p.name.as_ref()),
        day(claim.time.as_ref().and_then(|t| t.from)),
        day(claim.time.as_ref().and_then(|t| t.to)),
        packed(&json(claim))
    ])?;
    Ok(())
}

/// Writes a document over the one of its id.
pub(crate) fn document_again(connection: &Connection, document: &Document) -> rusqlite::Result<()> {
    let sql = "UPDATE document SET path = ?2, outlet = ?3, published = ?4, text_sha256 = ?5, body = ?6 WHERE id = ?1";
    connection.execute(
        sql,
        params![
            document.id.as_str(),
            document.path,
            document.outlet,
            document.published.as_ref().map(|p| p.date.to_string()),
            sha256_hex(document.text.as_bytes()),
            packed(&json(document))
        ],
    )?;
    Ok(())
}

/// Writes a ruling over the one of its number; only when a name is taken out of it.
pub(crate) fn ruling_again(connection: &Connection, ruling: &Ruling) -> rusqlite::Result<()> {
    let sql = "UPDATE ruling SET subject = ?2, value = ?3, reviewer = ?4, why = ?5 WHERE number = ?1";
    let Ruling { number, subject, value, reviewer, why, .. } = ruling;
    connection.execute(sql, params![*number as i64, subject, value, reviewer, why])?;
    Ok(())
}

/// Appends a ruling.
pub(crate) fn ruling(transaction: &Transaction<'_>, ruling: &Ruling) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO ruling VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![ruling.number as i64, ruling.action, ruling.subject, ruling.value, ruling.reviewer, ruling.why],
    )?;
    settled(transaction, false)
}

/// Takes out everything derived, to be put in anew.
pub(crate) fn forget_derived(connection: &Connection) -> rusqlite::Result<()> {
    ["event", "account", "dispute", "link", "forecast", "copy"]
        .iter()
        .try_for_each(|table| connection.execute(&format!("DELETE FROM {table}"), []).map(drop))
}

/// Adds an event with its accounts.
pub(crate) fn event(connection: &Connection, event: &Event) -> rusqlite::Result<()> {
    let day = |date: Option<sitrep_model::Date>| date.map(|d| d.to_string());
    let (first, last) = event.time.as_ref().map_or((None, None), |t| (day(t.from), day(t.to)));
    connection.prepare_cached("INSERT OR REPLACE INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(
        params![
            event.event_id.as_str(),
            event.event.as_str(),
            event.place.as_ref().and_then(|p| p.name.as_ref()),
            first,
            last,
            event.roots,
            event.grade.information,
            packed(&json(event))
        ],
    )?;
    for account in &event.accounts {
        connection.prepare_cached("INSERT OR IGNORE INTO account VALUES (?1, ?2, ?3, ?4)")?.execute(params![
            event.event_id.as_str(),
            account.claim_id.as_str(),
            account.stance.as_str(),
            account.root
        ])?;
    }
    Ok(())
}

/// Adds a dispute.
pub(crate) fn dispute(connection: &Connection, dispute: &Dispute) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached("INSERT INTO dispute VALUES (?1, ?2, ?3, ?4)")?;
    let Dispute { dispute_id, event_id, field, .. } = dispute;
    insert.execute(params![dispute_id.as_str(), event_id.as_str(), field.as_str(), packed(&json(dispute))]).map(drop)
}

/// Adds a link.
pub(crate) fn link(connection: &Connection, link: &Link) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO link VALUES (?1, ?2, ?3, ?4)")?;
    let says = packed(&json(&serde_json::json!({"field": link.field, "why": link.why})));
    insert.execute(params![Brief(link.from.as_str()), Brief(link.to.as_str()), link.kind.as_str(), says]).map(drop)
}

/// Adds a pair of pages that share their words.
pub(crate) fn copy(connection: &Connection, copy: &PageCopy) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached("INSERT OR REPLACE INTO copy VALUES (?1, ?2, ?3, ?4)")?;
    insert.execute(params![copy.page.as_str(), copy.of.as_str(), copy.kind.as_str(), packed(&json(copy))]).map(drop)
}

/// Adds a forecast.
pub(crate) fn forecast(connection: &Connection, forecast: &Forecast) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached("INSERT OR REPLACE INTO forecast VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let Forecast { forecast_id, claim_id, state, history, .. } = forecast;
    let as_of = history.last().map(|step| step.as_of.to_string());
    let row = params![forecast_id.as_str(), claim_id.as_str(), state.as_str(), packed(&json(forecast)), as_of];
    insert.execute(row).map(drop)
}

/// Notes whether the derived rows are up to date.
pub(crate) fn settled(connection: &Connection, yes: bool) -> rusqlite::Result<()> {
    let value = if yes { "1" } else { "0" };
    connection.execute("INSERT OR REPLACE INTO state VALUES ('settled', ?1)", [value])?;
    Ok(())
}
