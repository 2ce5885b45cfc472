//! Exports: files for other programs, and a report of what those formats could not hold.
//!
//! In: contents, already filtered. Out: named files in stable order and a [`Loss`]. Never leaves something out silently.

mod columns;
mod csv;
mod geojson;

use sitrep_model::{Contents, OffsetUnit};

pub(crate) use columns::{claim_rows, event_rows};
pub(crate) use csv::csv_text;

use crate::Names;
use crate::list::{Format, List, ListOptions, list};

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
    match format {
        ExportFormat::Jsonl => jsonl(contents, options),
        ExportFormat::Csv => csv_files(contents, options),
        ExportFormat::Geojson => geojson::geojson(contents),
    }
}

fn jsonl(contents: &Contents, options: &ExportOptions<'_>) -> Exported {
    let whats = [List::Claims, List::Events, List::Disputes, List::Forecasts, List::Links, List::Threads];
    let options = ListOptions { offsets: options.offsets, names: options.names };
    let file = |what: List| ExportFile {
        name: format!("{}.jsonl", what.name()),
        text: list(contents, what, Format::Jsonl, &options),
    };
    let mut loss = Loss::default();
    loss.add("stored texts of documents (quotes are kept)", contents.documents.len());
    Exported { files: whats.into_iter().map(file).collect(), loss }
}

fn csv_files(contents: &Contents, options: &ExportOptions<'_>) -> Exported {
    let list_options = ListOptions { offsets: options.offsets, names: options.names };
    let (event_header, events) = event_rows(contents);
    let (claim_header, claims) = claim_rows(contents, &list_options);
    let file = |name: &str, header: &[&str], rows: &[Vec<String>]| ExportFile {
        name: name.to_owned(),
        text: csv_text(header, rows, options.spreadsheet),
    };
    let mut loss = Loss::default();
    let has_area = |place: &Option<sitrep_model::Place>| place.as_ref().is_some_and(|place| place.area.is_some());
    loss.add(
        "shapes of places (centre and radius are kept)",
        contents.events.iter().filter(|it| has_area(&it.place)).count(),
    );
    loss.add("sides of disputes (the disputed fields are named)", contents.disputes.len());
    loss.add("forecasts", contents.forecasts.len());
    loss.add("links between claims", contents.links.len());
    loss.add("readers’ comments", contents.documents.iter().map(|it| it.comments.len()).sum());
    loss.add("stored texts of documents (quotes are kept)", contents.documents.len());
    let files = vec![file("events.csv", &event_header, &events), file("claims.csv", &claim_header, &claims)];
    Exported { files, loss }
}

impl Loss {
    /// Counts something left out; nothing when there is none of it.
    pub(crate) fn add(&mut self, what: &str, count: usize) {
        if count > 0 {
            self.items.push(LossItem { what: what.to_owned(), count });
        }
    }

    /// One line an item, for people: `2 forecasts could not be expressed`. Empty when nothing was lost.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.items.iter().map(|item| format!("not in this format: {}: {}\n", item.what, item.count)).collect()
    }
}
