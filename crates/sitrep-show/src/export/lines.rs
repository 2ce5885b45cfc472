//! The two formats that hold most: JSON lines and CSV.
//!
//! In: contents. Out: one file a table, written row by row. Never changes a value besides offsets and readers' names.

use std::io;

use sitrep_model::Contents;

use super::csv::Sheet;
use super::loss::Lost;
use super::{ExportOptions, Files, Loss, claim_table, event_table};
use crate::list::{List, ListOptions, jsonl};

const LISTS: [List; 6] = [List::Claims, List::Events, List::Disputes, List::Forecasts, List::Links, List::Threads];

pub(super) fn jsonl(contents: &Contents, options: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let lists = ListOptions { offsets: options.offsets, names: options.names };
    for what in LISTS {
        jsonl::write(contents, what, &lists, files.file(&format!("{}.jsonl", what.name()))?)?;
    }
    let mut loss = Loss::default();
    loss.parts(contents, &[Lost::Texts]);
    Ok(loss)
}

pub(super) fn csv(contents: &Contents, options: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let lists = ListOptions { offsets: options.offsets, names: options.names };
    let (header, rows) = event_table(contents);
    Sheet::new(files.file("events.csv")?, header, options.spreadsheet)?.rows(rows)?;
    let (header, rows) = claim_table(contents, &lists);
    Sheet::new(files.file("claims.csv")?, header, options.spreadsheet)?.rows(rows)?;
    let mut loss = Loss::default();
    loss.parts(contents, &[Lost::Areas, Lost::Sides, Lost::Forecasts, Lost::Links, Lost::Comments, Lost::Texts]);
    Ok(loss)
}
