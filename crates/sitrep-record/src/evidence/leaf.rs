//! What stands in each leaf of a record's tree, as text.
//!
//! In: rows. Out: lines that anybody can make from the record and hash. Nothing that is computed from all pages together (events,
//! disputes, links, forecasts) is in it: that follows from what is.

use rusqlite::{Connection, OptionalExtension as _, params};
use sitrep_model::{Edition, Redaction, Ruling, sha256_hex};

use super::tree::{self, Hash};
use crate::store::body::json_in;
use crate::store::write::json;

/// A page, what was said of it, and what was read from it; `None` when there is no such page.
pub(crate) fn page(connection: &Connection, id: &str) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT sha256, n_bytes, path, media_type, meta, custody FROM page WHERE id = ?1";
    let page = connection
        .prepare_cached(sql)?
        .query_row([id], |row| {
            let text = |at: usize| row.get::<_, String>(at);
            let given = [text(2)?, text(3)?, text(4)?, text(5)?];
            Ok((text(0)?, row.get::<_, i64>(1)?, given))
        })
        .optional()?;
    let Some((sha256, n_bytes, given)) = page else { return Ok(None) };
    let given = sha256_hex(json(&given).as_bytes());
    let mut lines = format!("page {id}\nsha256 {sha256}\nbytes {n_bytes}\ngiven {given}\n");
    let mut documents =
        connection.prepare_cached("SELECT id, text_sha256, body FROM document WHERE page = ?1 ORDER BY id")?;
    let documents = documents.query_map([id], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, sha256_hex(json_in(row, 2)?.as_bytes())))
    })?;
    let mut claims = connection.prepare_cached("SELECT id, body FROM claim WHERE document = ?1 ORDER BY id")?;
    for document in documents {
        let (document, text, body) = document?;
        lines.push_str(&format!("document {document}\ntext {text}\nbody {body}\n"));
        let claims = claims
            .query_map([&document], |row| Ok((row.get::<_, String>(0)?, sha256_hex(json_in(row, 1)?.as_bytes()))))?;
        for claim in claims {
            let (claim, body) = claim?;
            lines.push_str(&format!("claim {claim} {body}\n"));
        }
    }
    Ok(Some(lines))
}

/// The edition.
pub(crate) fn edition(edition: &Edition) -> String {
    format!("edition\n{}\n", json(edition))
}

/// A ruling.
pub(crate) fn ruling(ruling: &Ruling) -> String {
    format!("ruling {}\n{}\n", ruling.number, json(ruling))
}

/// A redaction.
pub(crate) fn redaction(redaction: &Redaction) -> String {
    format!("redaction {}\n{}\n", redaction.number, json(redaction))
}

/// The hash of a text as a leaf, in hex.
pub(crate) fn hash(text: &str) -> String {
    tree::hex(&tree::leaf(text.as_bytes()))
}

/// Notes down the leaf of a page as it is now.
pub(crate) fn keep(connection: &Connection, id: &str) -> rusqlite::Result<()> {
    if let Some(text) = page(connection, id)? {
        let mut insert = connection.prepare_cached("INSERT OR REPLACE INTO leaf VALUES (?1, ?2)")?;
        insert.execute(params![id, hash(&text)])?;
    }
    Ok(())
}

/// Notes down the leaves of pages that an earlier program took in.
pub(crate) fn keep_missing(connection: &Connection) -> rusqlite::Result<()> {
    for id in missing(connection)? {
        keep(connection, &id)?;
    }
    Ok(())
}

/// The leaf hash of a page as noted; `None` when an earlier program took it in.
pub(crate) fn noted(connection: &Connection, id: &str) -> rusqlite::Result<Option<String>> {
    connection.query_row("SELECT sha256 FROM leaf WHERE page = ?1", [id], |row| row.get(0)).optional()
}

fn missing(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut pages = connection.prepare("SELECT id FROM page WHERE id NOT IN (SELECT page FROM leaf) ORDER BY id")?;
    pages.query_map([], |row| row.get(0))?.collect()
}

/// The leaf hashes of all pages, as noted; those not noted are computed.
pub(crate) fn pages(connection: &Connection) -> rusqlite::Result<Vec<(String, Option<Hash>)>> {
    let mut leaves = connection
        .prepare("SELECT page.id, leaf.sha256 FROM page LEFT JOIN leaf ON page = page.id ORDER BY page.id")?;
    let rows = leaves.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)))?;
    let mut out = Vec::new();
    for row in rows {
        let (id, noted) = row?;
        let hash = match noted {
            Some(digits) => tree::unhex(&digits),
            None => page(connection, &id)?.map(|text| tree::leaf(text.as_bytes())),
        };
        out.push((id, hash));
    }
    Ok(out)
}
