//! What claims are found by: the names in them, and where on the map they lie.
//!
//! In: claims as a reader sees them. Out: rows of `name`, `named` and `spot`. The rows are a first sieve: who asks compares the claims
//! that come through it.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use sitrep_model::{ActorRef, Claim, Place};

use super::brief::Brief;
use crate::fuse::blocks::short;
use crate::keys::fnv;

/// Who or what a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A place, or the one it is told by.
    Place,
    /// Who did it, or to whom.
    Actor,
    /// Who said it.
    Source,
}

impl Kind {
    /// As the column `kind` has it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Kind::Place => "place",
            Kind::Actor => "actor",
            Kind::Source => "source",
        }
    }
}

/// Every name in a claim, in lower case.
fn names(claim: &Claim) -> BTreeSet<(Kind, String)> {
    let mut names = BTreeSet::new();
    let mut put = |kind: Kind, name: Option<&str>| {
        names.extend(name.filter(|name| !name.is_empty()).map(|name| (kind, name.to_lowercase())));
    };
    let places = [&claim.place, &claim.origin, &claim.destination];
    for Place { text, name, relation, .. } in places.into_iter().flatten() {
        put(Kind::Place, Some(text));
        put(Kind::Place, name.as_deref());
        put(Kind::Place, relation.as_ref().and_then(|relation| relation.anchor.as_deref()));
    }
    for ActorRef { text, name, actor_id, .. } in claim.actors.iter().chain(&claim.targets) {
        put(Kind::Actor, Some(text));
        put(Kind::Actor, Some(name));
        put(Kind::Actor, actor_id.as_deref());
    }
    for link in &claim.attribution {
        put(Kind::Source, link.holder.as_deref());
    }
    names
}

/// Cells of the map are a quarter of a degree wide.
const CELLS_A_DEGREE: f64 = 4.0;
const CELLS_AROUND: i64 = 10_000;

/// The cell of a point, and the cells `reach` steps around it.
pub(crate) fn cells(lat: f64, lon: f64, reach: i64) -> Vec<i64> {
    let part = |degrees: f64| (degrees * CELLS_A_DEGREE).floor() as i64;
    let row = part(lat);
    (-reach..=reach)
        .flat_map(|north| (-reach..=reach).map(move |east| (row + north, part(lon) + east)))
        .map(|(row, column)| row * CELLS_AROUND + column)
        .collect()
}

/// Takes out all rows that claims are found by, to be put in anew.
pub(crate) fn clear(connection: &Connection) -> rusqlite::Result<()> {
    for table in ["name", "named", "spot"] {
        connection.execute(&format!("DELETE FROM {table}"), [])?;
    }
    connection.execute("INSERT OR REPLACE INTO state VALUES ('findable', '1')", []).map(drop)
}

/// Names that are there already.
#[derive(Default)]
pub(crate) struct Names(BTreeSet<i64>);

impl Names {
    /// Adds the rows that a claim is found by.
    pub(crate) fn put(&mut self, connection: &Connection, claim: &Claim) -> rusqlite::Result<()> {
        for name in names(claim) {
            let key = number(&name);
            if self.0.insert(key) {
                let row = params![key, name.0.code(), name.1];
                connection.prepare_cached("INSERT OR REPLACE INTO name VALUES (?1, ?2, ?3)")?.execute(row)?;
            }
            let row = params![key, Brief(claim.claim_id.as_str())];
            connection.prepare_cached("INSERT OR IGNORE INTO named VALUES (?1, ?2)")?.execute(row)?;
        }
        for cell in own_cells(claim) {
            let row = params![cell, Brief(claim.claim_id.as_str())];
            connection.prepare_cached("INSERT OR IGNORE INTO spot VALUES (?1, ?2)")?.execute(row)?;
        }
        Ok(())
    }
}

/// Replaces the rows that one claim is found by; `was` is how a reader saw it before.
pub(crate) fn replace_one(connection: &Connection, was: Option<&Claim>, now: &Claim) -> rusqlite::Result<()> {
    for key in was.map(names).into_iter().flatten().map(|name| number(&name)) {
        let row = params![key, Brief(now.claim_id.as_str())];
        connection.prepare_cached("DELETE FROM named WHERE name = ?1 AND claim = ?2")?.execute(row)?;
        let unused = "DELETE FROM name WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM named WHERE name = ?1)";
        connection.prepare_cached(unused)?.execute([key])?;
    }
    for cell in was.into_iter().flat_map(own_cells) {
        let row = params![cell, Brief(now.claim_id.as_str())];
        connection.prepare_cached("DELETE FROM spot WHERE cell = ?1 AND claim = ?2")?.execute(row)?;
    }
    Names::default().put(connection, now)
}

/// A number that follows from the name alone: the file does not remember who came first.
fn number((kind, name): &(Kind, String)) -> i64 {
    short(fnv(&[kind.code().as_bytes(), name.as_bytes()])).cast_signed()
}

fn own_cells(claim: &Claim) -> Vec<i64> {
    let point = claim.place.as_ref().and_then(|place| place.lat.zip(place.lon));
    point.map_or(Vec::new(), |(lat, lon)| cells(lat, lon, 0))
}
