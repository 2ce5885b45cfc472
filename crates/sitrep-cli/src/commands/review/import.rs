//! Many rulings at once, from a table.
//!
//! In: a CSV file with a header. Out: the rulings in the record. A row that cannot be used is told and costs only itself.

use std::path::Path;

use anyhow::Context as _;
use sitrep::model::Ruling;

use super::super::custody;
use crate::args::ReviewArgs;
use crate::ending::{Ending, Usage};
use crate::out::Say;

/// `sitrep review RECORD import FILE`
pub(super) fn import(args: &ReviewArgs, file: &Path, say: &Say) -> anyhow::Result<Ending> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(file)
        .with_context(|| format!("reading {}", file.display()))?;
    let header = reader.headers()?.clone();
    let column = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    for name in ["action", "subject"] {
        column(name).ok_or_else(|| Usage(format!("{}: no column \u{201C}{name}\u{201D}", file.display())))?;
    }
    let mut n_failed = 0;
    let mut fault = |row: usize, why: String| {
        n_failed += 1;
        say.failure(&format!("sitrep: {}: row {row}: {why}", file.display()));
    };
    let (mut rows, mut rulings) = (Vec::new(), Vec::new());
    for (at, row) in reader.records().enumerate() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                fault(at + 2, error.to_string());
                continue;
            }
        };
        let cell = |name: &str| column(name).and_then(|at| row.get(at)).map(str::trim).filter(|it| !it.is_empty());
        rulings.push(Ruling {
            number: 0,
            action: cell("action").unwrap_or_default().to_owned(),
            subject: cell("subject").unwrap_or_default().to_owned(),
            value: cell("value").map(str::to_owned),
            reviewer: cell("reviewer").unwrap_or(&args.reviewer).to_owned(),
            why: cell("why").map(str::to_owned).or_else(|| args.why.clone()),
        });
        rows.push(at + 2);
    }
    let mut record = custody::writing(&args.record)?;
    let told = record.rule_many(&rulings)?;
    record.settle()?;
    let n = told.iter().filter(|it| it.is_ok()).count();
    for (row, error) in rows.into_iter().zip(told).filter_map(|(row, it)| Some((row, it.err()?))) {
        fault(row, error.to_string());
    }
    say.line(&format!("{n} rulings from {}", file.display()));
    Ok(if n_failed > 0 { Ending::SomeFailed } else { Ending::Done })
}
