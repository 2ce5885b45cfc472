//! A table that a user fills: CSV with a header, columns in any order, cells trimmed.
//!
//! In: a file and the columns it must have. Out: its rows one by one, each with the number a person finds it under, or why it cannot be read.

use std::fs::File;
use std::path::Path;

use anyhow::Context as _;
use csv::{Reader, ReaderBuilder, StringRecord};

use crate::ending::Usage;

/// An open table.
pub(super) struct Table {
    reader: Reader<File>,
    header: StringRecord,
}

/// One row with the names of its columns.
pub(super) struct Row<'t> {
    header: &'t StringRecord,
    cells: StringRecord,
}

impl Table {
    /// Opens a table that must have the columns `needed`.
    pub(super) fn open(file: &Path, needed: &[&str]) -> anyhow::Result<Table> {
        let reading = || format!("reading {}", file.display());
        let mut reader = ReaderBuilder::new().flexible(true).from_path(file).with_context(reading)?;
        let header = reader.headers()?.clone();
        for name in needed {
            column(&header, name)
                .ok_or_else(|| Usage(format!("{}: no column \u{201C}{name}\u{201D}", file.display())))?;
        }
        Ok(Table { reader, header })
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, name: &str) -> bool {
        column(&self.header, name).is_some()
    }

    /// Every row with its number; the header is row 1.
    pub(super) fn rows(&mut self) -> impl Iterator<Item = (usize, Result<Row<'_>, String>)> {
        let header = &self.header;
        let rows = self.reader.records().map(|row| row.map_err(|error| error.to_string()));
        (2..).zip(rows.map(move |row| row.map(|cells| Row { header, cells })))
    }
}

impl Row<'_> {
    /// What stands in a column; `None` when it is empty or there is no such column.
    pub(super) fn cell(&self, name: &str) -> Option<&str> {
        let at = column(self.header, name)?;
        self.cells.get(at).map(str::trim).filter(|cell| !cell.is_empty())
    }
}

fn column(header: &StringRecord, name: &str) -> Option<usize> {
    header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name))
}
