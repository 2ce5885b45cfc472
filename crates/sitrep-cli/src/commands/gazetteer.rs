//! `gazetteer`: the user's own places, taken in, listed, searched, taken away.
//!
//! In: files of places and a folder. Out: a file in that folder; tables on standard output; one line for each row that failed. Never
//! touches the built-in gazetteer, nor a record.

use std::path::Path;

use serde_json::json;
use sitrep::gazetteer::{self, Failure, Found, Import, Imported, Progress, Shelf};
use sitrep::show::list::aligned;

use super::failures::Failures;
use crate::args::{FindArgs, GazetteerCommand, ImportArgs, InfoArgs, ListFormat, RemoveArgs};
use crate::ending::{Ending, Usage};
use crate::out::{self, Say};

/// Rows that failed, told on the terminal; the others are counted.
const MOST_TOLD: u64 = 10;
/// Memory for sorting; a full dump of GeoNames then takes about half a gigabyte in all.
const SORT_BYTES: usize = 192 << 20;

/// `sitrep gazetteer import|info|find|remove`
pub(super) fn gazetteer(command: &GazetteerCommand, say: &Say) -> anyhow::Result<Ending> {
    match command {
        GazetteerCommand::Import(args) => import(args, say),
        GazetteerCommand::Info(args) => info(args, say),
        GazetteerCommand::Find(args) => find(args),
        GazetteerCommand::Remove(args) => remove(args, say),
    }
}

fn import(args: &ImportArgs, say: &Say) -> anyhow::Result<Ending> {
    let mut failures = args.failures.as_deref().map(Failures::create).transpose()?;
    let asked = Import {
        files: args.files.clone(),
        alternate_names: args.alternate_names.clone(),
        folder: args.folder.folder.clone(),
        name: args.name.clone().unwrap_or_else(|| name_of(&args.files)),
        format: args.format,
        source: args.source.clone(),
        licence: args.licence.clone(),
        memory_bytes: SORT_BYTES,
    };
    let mut n_told = 0;
    let mut failed = |failure: &Failure| {
        n_told += 1;
        if n_told <= MOST_TOLD {
            say.failure(&format!("sitrep: {}: line {}: {}", failure.path, failure.line, failure.why));
        }
        if let Some(file) = &mut failures {
            file.write(&json!(failure));
        }
    };
    let mut progress = |progress| match progress {
        Progress::Read(n) => say.progress(&format!("{n} rows read")),
        Progress::Written(n) => say.progress(&format!("{n} places written")),
        Progress::Names(n) => say.progress(&format!("sorting {n} spellings")),
    };
    let done = gazetteer::import(&asked, &mut failed, &mut progress)?;
    failures.map_or(Ok(()), Failures::finish)?;
    tell(&done, args, say);
    Ok(if done.n_failed > 0 || done.path.is_none() { Ending::SomeFailed } else { Ending::Done })
}

fn tell(done: &Imported, args: &ImportArgs, say: &Say) {
    if done.n_failed > MOST_TOLD {
        let more = done.n_failed - MOST_TOLD;
        let where_to = match &args.failures {
            Some(path) => format!("all are in {}", path.display()),
            None => "--failures FILE writes all of them down".to_owned(),
        };
        say.failure(&format!("sitrep: and {more} more rows; {where_to}"));
    }
    if done.n_unspelt > 0 {
        say.line(&format!("{} places have a name without letters and were left out", done.n_unspelt));
    }
    if done.n_strays > 0 {
        say.line(&format!("{} other names are of places that are not in the files", done.n_strays));
    }
    match &done.path {
        Some(path) => say.line(&format!(
            "{}: {} places, {} spellings, {} rows failed",
            path.display(),
            done.n_places,
            done.n_names,
            done.n_failed
        )),
        None => say.failure("sitrep: no place could be taken in; nothing was changed"),
    }
}

/// The first file's name without its endings, as a name for its places.
fn name_of(files: &[std::path::PathBuf]) -> String {
    let name = files.first().and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy().into_owned();
    let stem = name.split('.').next().unwrap_or_default();
    let plain: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
    let plain: String = plain.chars().take(60).collect();
    if plain.is_empty() { "places".to_owned() } else { plain }
}

fn info(args: &InfoArgs, say: &Say) -> anyhow::Result<Ending> {
    let shelf = Shelf::open(&args.folder.folder)?;
    let volumes = shelf.volumes();
    let format = out::format(args.format);
    let text = if format == ListFormat::Jsonl {
        let line = |v: &gazetteer::Volume| {
            let m = &v.manifest;
            json!({"name": m.name, "places": m.n_places, "names": m.n_names, "failed": m.n_failed, "bytes": v.n_bytes,
                   "files": m.files, "sources": m.sources, "licence": m.licence, "sha256": v.sha256})
        };
        volumes.iter().map(|v| format!("{}\n", line(v))).collect()
    } else {
        let columns = ["*name", "#places", "#names", "#failed", "#MB", "files", "sources", "licence", "!sha256"];
        let cells = volumes.iter().map(|v| {
            let m = &v.manifest;
            let sources: Vec<&str> = m.sources.iter().map(|s| s.name.as_str()).filter(|s| !s.is_empty()).collect();
            vec![
                m.name.clone(),
                m.n_places.to_string(),
                m.n_names.to_string(),
                m.n_failed.to_string(),
                format!("{:.1}", v.n_bytes as f64 / 1e6),
                m.files.join(", "),
                sources.join(", "),
                m.licence.clone(),
                v.sha256.chars().take(16).collect(),
            ]
        });
        written(&columns, cells.collect(), "places", format)?
    };
    out::data(text.as_bytes())?;
    say.line(&format!("edition {}", shelf.edition()));
    if !args.check {
        return Ok(Ending::Done);
    }
    let damaged = shelf.damaged()?;
    for path in &damaged {
        say.failure(&format!("sitrep: {}: not what was written; import it again", path.display()));
    }
    Ok(if damaged.is_empty() { Ending::Done } else { Ending::NotVerified })
}

fn find(args: &FindArgs) -> anyhow::Result<Ending> {
    let shelf = Shelf::open(&args.folder.folder)?;
    let mut found = shelf.search(&args.name, args.country)?;
    found.truncate(args.limit);
    let format = out::format(args.format);
    let text = if format == ListFormat::Jsonl {
        found.iter().map(|place| format!("{}\n", json!(place))).collect()
    } else {
        let columns =
            ["*name", "kind", "!country", "#lat", "#lon", "#population", "!id", "#geonames_id", "source", "gazetteer"];
        written(&columns, found.iter().map(cells).collect(), "places of that name", format)?
    };
    out::data(text.as_bytes())?;
    Ok(Ending::Done)
}

fn cells(place: &Found) -> Vec<String> {
    let people = if place.population > 0 { place.population.to_string() } else { String::new() };
    vec![
        place.name.clone(),
        place.kind.to_owned(),
        place.country.clone(),
        format!("{:.4}", place.lat),
        format!("{:.4}", place.lon),
        people,
        place.id.clone(),
        place.geonames_id.map(|id| id.to_string()).unwrap_or_default(),
        place.source.clone(),
        place.gazetteer.clone(),
    ]
}

/// A table for a terminal, or CSV.
fn written(
    columns: &[&'static str],
    cells: Vec<Vec<String>>,
    name: &str,
    format: ListFormat,
) -> anyhow::Result<String> {
    if format == ListFormat::Table {
        return Ok(aligned(columns, cells, name, out::width()));
    }
    let header = columns.iter().map(|column| column.trim_start_matches(['#', '!', '*']).to_lowercase()).collect();
    let quoted = |cell: &String| {
        let odd = cell.contains([',', '"', '\n', '\r']);
        if odd { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n";
    Ok(std::iter::once(&header).chain(&cells).map(line).collect())
}

fn remove(args: &RemoveArgs, say: &Say) -> anyhow::Result<Ending> {
    if !gazetteer::remove(&args.folder.folder, &args.name)? {
        let folder: &Path = &args.folder.folder;
        return Err(Usage(format!("{}: no places called {}", folder.display(), args.name)).into());
    }
    say.line(&format!("{}: taken away", args.name));
    Ok(Ending::Done)
}
