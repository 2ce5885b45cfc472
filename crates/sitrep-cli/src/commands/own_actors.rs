//! The user's own list of actors on its way into the kit: from a file, or out of the record that was made with it.
//!
//! In: the flag, perhaps a record. Out: the kit that knows the list; a line for each row left out. A row that cannot be used costs only
//! itself; a file that cannot be read is an error.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;
use sitrep::model::sha256_hex;
use sitrep::{Kit, MAX_ACTORS_BYTES, OwnRows, Record};

use crate::args::OwnActors;
use crate::ending::Usage;
use crate::out::Say;

/// The kit with the list given, for a new record or none.
pub(super) fn given(kit: Kit, args: &OwnActors, say: &Say) -> anyhow::Result<Kit> {
    match &args.actors {
        Some(path) => with_file(kit, path, say),
        None => Ok(kit),
    }
}

/// The kit with the list that `record` keeps, or with the one given, which must be the same.
pub(super) fn of_record(kit: Kit, args: &OwnActors, record: &Record, say: &Say) -> anyhow::Result<Kit> {
    let kit = given_or_kept(kit, args, record, say)?;
    let (own, known) = (record.edition()?.actors, kit.edition().actors);
    if own == known { Ok(kit) } else { Err(Usage(other_actors(own.is_some(), known.is_some()).to_owned()).into()) }
}

/// The kit with the list that `record` keeps.
pub(super) fn kept(kit: Kit, record: &Record) -> anyhow::Result<Kit> {
    let kit = with_kept(kit, record)?;
    let (own, known) = (record.edition()?.actors, kit.edition().actors);
    if own == known { Ok(kit) } else { Err(Usage(other_actors(own.is_some(), known.is_some()).to_owned()).into()) }
}

/// The kit with the list given, or else with the one that `record` keeps, if it is still the one it was made with. Its rows were told when the record was made.
pub(super) fn given_or_kept(kit: Kit, args: &OwnActors, record: &Record, say: &Say) -> anyhow::Result<Kit> {
    if let Some(path) = &args.actors {
        return with_file(kit, path, say);
    }
    with_kept(kit, record)
}

fn with_kept(kit: Kit, record: &Record) -> anyhow::Result<Kit> {
    let made = record.edition()?.actors;
    match record.actors()? {
        Some(list) if made == Some(sha256_hex(&list)) => Ok(kit.with_actors(&list)?.0),
        _ => Ok(kit),
    }
}

/// What to do when a record and this run differ in the list: `own` says whether the record was made with one, `known` whether there is one.
pub(super) fn other_actors(own: bool, known: bool) -> &'static str {
    match (own, known) {
        (false, _) => "the record was made without a list of actors of its maker's own; leave out --actors",
        (true, true) => {
            "the record was made with another list of actors; leave out --actors to use the one it keeps, or give the one it was made with"
        }
        (true, false) => {
            "the list of actors the record was made with is gone from it, or was changed; give that list with --actors FILE"
        }
    }
}

fn with_file(kit: Kit, path: &Path, say: &Say) -> anyhow::Result<Kit> {
    let name = path.display();
    let mut list = Vec::new();
    let file = File::open(path).with_context(|| format!("{name}: cannot read the list of actors"))?;
    // One byte more than allowed tells a list that is too long, without reading all of it.
    file.take(MAX_ACTORS_BYTES as u64 + 1)
        .read_to_end(&mut list)
        .with_context(|| format!("{name}: cannot read the list of actors"))?;
    let (kit, rows) = kit.with_actors(&list).with_context(|| format!("{name}: not read"))?;
    tell(&rows, &name.to_string(), say);
    Ok(kit)
}

fn tell(rows: &OwnRows, name: &str, say: &Say) {
    for row in &rows.odd {
        say.line(&format!("sitrep: {name}: line {}: {}; the row is left out", row.line, row.why));
    }
    let n_more = rows.n_odd - rows.odd.len();
    if n_more > 0 {
        say.line(&format!("sitrep: {name}: {n_more} more rows are left out"));
    }
    if rows.n_taken == 0 {
        say.line(&format!(
            "sitrep: {name}: no actor in it; columns are id, name, kind, country, part of, other names, parted by tabs"
        ));
    }
}
