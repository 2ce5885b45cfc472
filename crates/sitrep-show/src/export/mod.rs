//! Exports: files for other programs, and a report of what those formats could not hold.
//!
//! In: contents, already filtered, and somewhere to put files. Out: named files in stable order and a [`Loss`]. The same contents and
//! options give the same bytes. Never leaves something out silently, and never fills in what nobody said.

mod acled;
mod annotations;
#[cfg(feature = "arrow")]
pub mod arrow;
mod claimreview;
mod coded;
mod columns;
mod countries;
mod csv;
mod dyads;
mod events;
mod files;
mod format;
mod ftm;
mod ged;
mod geojson;
mod kml;
mod lines;
mod loss;
mod nanopub;
#[cfg(feature = "parquet")]
mod parquet;
mod plover;
mod polecat;
mod prov;
mod public;
mod reviewed;
mod site;
#[cfg(any(feature = "arrow", feature = "parquet"))]
mod tables;
mod timelinejs;
mod timemap;

use std::io;

use sitrep_model::{Contents, OffsetUnit, Outlines};

pub(crate) use columns::{claim_table, event_table};
pub(crate) use csv::csv_text;
pub use files::{ExportFile, Exported, Files};
pub use format::ExportFormat;
pub use loss::{Loss, LossItem};
pub use public::PublicRules;
#[cfg(any(feature = "arrow", feature = "parquet"))]
pub use tables::TableName;

use crate::Names;

/// How to export.
#[derive(Debug, Clone, Copy, Default)]
pub struct ExportOptions<'k> {
    /// For spreadsheets: byte order mark, and cells that look like formulas disarmed.
    pub spreadsheet: bool,
    /// The unit of offsets.
    pub offsets: OffsetUnit,
    /// Whether readers' names are shown.
    pub names: Names<'k>,
    /// One row for a day, a place and a dyad in the formats of coded events.
    pub aggregate: bool,
    /// Only what these rules let out, for everybody to see; everything without them.
    pub public: Option<&'k PublicRules>,
    /// Background of the map in a static site; none without it.
    pub outlines: Option<&'k Outlines>,
}

/// The export, in memory.
#[must_use]
pub fn export(contents: &Contents, format: ExportFormat, options: &ExportOptions<'_>) -> Exported {
    let mut files: Vec<ExportFile> = Vec::new();
    let loss = write(contents, format, options, &mut files).expect("writing to memory cannot fail");
    Exported { files, loss }
}

/// The export, written as it is made: no more of it is in memory than a row.
///
/// # Errors
/// When `files` cannot take a file or its bytes.
pub fn write(
    contents: &Contents,
    format: ExportFormat,
    options: &ExportOptions<'_>,
    files: &mut dyn Files,
) -> io::Result<Loss> {
    let Some(rules) = options.public else { return (format.row().write)(contents, options, files) };
    let (contents, mut loss) = public::public(contents, rules);
    let options = ExportOptions { names: Names::Hidden, ..*options };
    loss.items.extend((format.row().write)(&contents, &options, files)?.items);
    files.file("notice.txt")?.write_all(public::notice(&contents, rules).as_bytes())?;
    Ok(loss)
}
