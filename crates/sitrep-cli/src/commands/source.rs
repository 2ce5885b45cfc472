//! `source`: the user's register of sources, from the shell or a table.
//!
//! In: a record, a name and what is known of it. Out: one ruling a field in the record; the events computed anew. A row of a table that
//! cannot be used costs only itself.

use std::path::Path;

use sitrep::model::{RegisteredSource, Ruling};

use super::custody;
use super::table::Table;
use crate::args::{SetArgs, SourceAction, SourceArgs};
use crate::ending::{Ending, Usage};
use crate::out::Say;

/// The fields of the register, in the order of the table's columns.
const FIELDS: [&str; 5] = ["alignment", "owner", "family", "language", "reliability"];

/// `sitrep source set|import`
pub(super) fn source(args: &SourceArgs, say: &Say) -> anyhow::Result<Ending> {
    match &args.action {
        SourceAction::Set(args) => set(args, say),
        SourceAction::Import { record, file, reviewer } => import(record, file, reviewer, say),
    }
}

fn set(args: &SetArgs, say: &Say) -> anyhow::Result<Ending> {
    let rating = args.reliability.map(|grade| rated(grade.as_str(), args.on.map(|day| day.to_string()).as_deref()));
    let said = [args.alignment.clone(), args.owner.clone(), args.family.clone(), args.language.clone(), rating];
    if said.iter().all(Option::is_none) {
        return Err(Usage(
            "say what is known of it: --alignment, --owner, --family, --language or --reliability".to_owned(),
        )
        .into());
    }
    let rulings: Vec<Ruling> = FIELDS
        .into_iter()
        .zip(said)
        .filter_map(|(field, value)| Some(ruling(&args.name, field, &value?, &args.reviewer, args.why.clone())))
        .collect();
    let mut record = custody::writing(&args.record)?;
    record.rule_many(&rulings)?.into_iter().collect::<Result<Vec<u64>, _>>()?;
    record.settle()?;
    say.line(&format!("{}: {} noted", args.name, rulings.len()));
    Ok(Ending::Done)
}

/// Rows whose cells differ from what the register has; empty cells of a table clear nothing.
fn import(path: &Path, file: &Path, reviewer: &str, say: &Say) -> anyhow::Result<Ending> {
    let mut table = Table::open(file, &["name"])?;
    let mut record = custody::writing(path)?;
    let known = record.register()?;
    let (mut rulings, mut rows, mut n_failed) = (Vec::new(), Vec::new(), 0);
    let mut fault = |row: usize, why: String| {
        n_failed += 1;
        say.line(&format!("{}: row {row}: {why}", file.display()));
    };
    for (number, row) in table.rows() {
        let row = match row {
            Ok(row) => row,
            Err(why) => {
                fault(number, why);
                continue;
            }
        };
        let cell = |name: &str| row.cell(name);
        let Some(name) = cell("name") else { continue };
        let before = known.iter().find(|source| source.is_named(name)).cloned().unwrap_or_default();
        for field in FIELDS {
            let Some(said) = cell(field) else { continue };
            // Nobody has judged what a list says of sources that were never rated.
            let unrated = field == "reliability" && said == "F" && before.rating.is_none();
            let said = if field == "reliability" { rated(said, cell("on")) } else { said.to_owned() };
            if unrated || noted(&before, field).as_deref() == Some(said.as_str()) {
                continue;
            }
            rulings.push(ruling(name, field, &said, reviewer, cell("why").map(str::to_owned)));
            rows.push(number);
        }
    }
    let told = record.rule_many(&rulings)?;
    record.settle()?;
    let n = told.iter().filter(|it| it.is_ok()).count();
    for (row, error) in rows.into_iter().zip(told).filter_map(|(row, it)| Some((row, it.err()?))) {
        fault(row, error.to_string());
    }
    say.line(&format!("{n} noted from {}", file.display()));
    Ok(if n_failed > 0 { Ending::SomeFailed } else { Ending::Done })
}

/// What the register has in a field, as a ruling would say it.
fn noted(source: &RegisteredSource, field: &str) -> Option<String> {
    match field {
        "alignment" => source.alignment.clone(),
        "owner" => source.owner.clone(),
        "family" => source.family.clone(),
        "language" => source.language.clone(),
        _ => {
            let rating = source.rating.as_ref()?;
            Some(rated(rating.reliability.as_str(), rating.on.map(|day| day.to_string()).as_deref()))
        }
    }
}

fn rated(grade: &str, on: Option<&str>) -> String {
    on.map_or_else(|| grade.to_owned(), |day| format!("{grade}@{day}"))
}

fn ruling(name: &str, field: &str, value: &str, reviewer: &str, why: Option<String>) -> Ruling {
    Ruling {
        number: 0,
        action: "source".to_owned(),
        subject: name.to_owned(),
        value: Some(format!("{field}={value}")),
        reviewer: reviewer.to_owned(),
        why,
    }
}
