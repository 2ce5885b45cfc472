//! Many rulings at once, from a table.
//!
//! In: a CSV file with a header: a table of rulings, or an exported list of claims or events to which a column `action` was added. Out: the
//! rulings in the record. A row that cannot be used is told and costs only itself; a listed row without an action is left as it is.

use std::path::Path;

use sitrep::model::Ruling;

use super::super::custody;
use super::super::table::Table;
use crate::args::ReviewArgs;
use crate::ending::{Ending, Usage};
use crate::out::Say;

/// `sitrep review RECORD import FILE`
pub(super) fn import(args: &ReviewArgs, file: &Path, say: &Say) -> anyhow::Result<Ending> {
    let mut table = Table::open(file, &["action"])?;
    let subjects = ["subject", "claim_id", "event_id"].into_iter().find(|name| table.has(name));
    let subject = subjects.ok_or_else(|| {
        Usage(format!(
            "{}: no column \u{201C}subject\u{201D}, \u{201C}claim_id\u{201D} or \u{201C}event_id\u{201D}",
            file.display()
        ))
    })?;
    let mut n_failed = 0;
    let mut fault = |row: usize, why: String| {
        n_failed += 1;
        say.failure(&format!("sitrep: {}: row {row}: {why}", file.display()));
    };
    let (mut rows, mut rulings) = (Vec::new(), Vec::new());
    for (number, row) in table.rows() {
        let row = match row {
            Ok(row) => row,
            Err(why) => {
                fault(number, why);
                continue;
            }
        };
        let cell = |name: &str| row.cell(name);
        if subject != "subject" && cell("action").is_none() {
            continue;
        }
        rulings.push(Ruling {
            number: 0,
            action: cell("action").unwrap_or_default().to_owned(),
            subject: cell(subject).unwrap_or_default().to_owned(),
            value: cell("value").map(|value| valued(cell("action"), value)),
            reviewer: cell("reviewer").unwrap_or(&args.reviewer).to_owned(),
            why: cell("why").map(str::to_owned).or_else(|| args.why.clone()),
        });
        rows.push(number);
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

/// A type alone is what a relabelled claim becomes.
fn valued(action: Option<&str>, value: &str) -> String {
    let is_type = action == Some("relabel") && !value.contains('=');
    if is_type { format!("event={value}") } else { value.to_owned() }
}
