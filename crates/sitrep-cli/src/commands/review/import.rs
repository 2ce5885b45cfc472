//! Many rulings at once, from a table.
//!
//! In: a CSV file with a header. Out: the rulings in the record. A row that cannot be used is told and costs only itself.

use std::path::Path;

use sitrep::model::Ruling;

use super::super::custody;
use super::super::table::Table;
use crate::args::ReviewArgs;
use crate::ending::Ending;
use crate::out::Say;

/// `sitrep review RECORD import FILE`
pub(super) fn import(args: &ReviewArgs, file: &Path, say: &Say) -> anyhow::Result<Ending> {
    let mut table = Table::open(file, &["action", "subject"])?;
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
        rulings.push(Ruling {
            number: 0,
            action: cell("action").unwrap_or_default().to_owned(),
            subject: cell("subject").unwrap_or_default().to_owned(),
            value: cell("value").map(str::to_owned),
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
