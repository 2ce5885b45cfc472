//! Lists: one row a thing, as a table for people or JSONL and CSV for programs.
//!
//! In: contents, already filtered, and what to list. Out: one text, in the order of the contents. Never drops a row.

mod csv;
pub(crate) mod jsonl;
mod rows;
mod table;
pub(crate) mod tally;

use sitrep_model::{Contents, OffsetUnit};

pub use jsonl::{claim_values, comment_values, count, write_rows};

use crate::Names;

/// What to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// One row a claim.
    Claims,
    /// One row an event.
    Events,
    /// One row a dispute.
    Disputes,
    /// One row a forecast.
    Forecasts,
    /// One row a pair of claims that stand in a relation.
    Links,
    /// One row a reader's comment.
    Threads,
    /// One row a place that claims name.
    Places,
    /// One row an actor that claims name.
    Actors,
    /// One row an outlet or holder.
    Sources,
    /// One row a page, with its copies.
    Pages,
}

impl List {
    /// Every list.
    pub const ALL: &'static [List] = &[
        List::Claims,
        List::Events,
        List::Disputes,
        List::Forecasts,
        List::Links,
        List::Threads,
        List::Places,
        List::Actors,
        List::Sources,
        List::Pages,
    ];

    /// The name a user types.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            List::Claims => "claims",
            List::Events => "events",
            List::Disputes => "disputes",
            List::Forecasts => "forecasts",
            List::Links => "links",
            List::Threads => "threads",
            List::Places => "places",
            List::Actors => "actors",
            List::Sources => "sources",
            List::Pages => "pages",
        }
    }
}

/// In what form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people, fitted to a terminal.
    Table {
        /// Columns of the terminal; lines are never wider.
        width: usize,
    },
    /// One JSON object a line.
    Jsonl,
    /// RFC 4180 with a header.
    Csv,
}

/// How to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListOptions<'k> {
    /// The unit of offsets.
    pub offsets: OffsetUnit,
    /// Whether readers' names are shown.
    pub names: Names<'k>,
}

/// The list, ending in a newline; empty JSONL is empty text.
#[must_use]
pub fn list(contents: &Contents, what: List, format: Format, options: &ListOptions<'_>) -> String {
    match format {
        Format::Jsonl => jsonl::lines(contents, what, options),
        Format::Csv => csv::csv(contents, what, options),
        Format::Table { width } if what == List::Sources => {
            table::table(&rows::source_table(contents, options), what.name(), width)
        }
        Format::Table { width } if what == List::Pages => table::table(&rows::page_table(contents), what.name(), width),
        Format::Table { width } => table::table(&rows::rows(contents, what, options), what.name(), width),
    }
}

/// Rows of something else than a record, as a table for a terminal. In a column's name `#` stands for numbers, `!` for what is never
/// cut, `*` for what is cut last. `name` is what there are none of.
#[must_use]
pub fn aligned(columns: &[&'static str], cells: Vec<Vec<String>>, name: &str, width: usize) -> String {
    table::table(&rows::Rows::new(columns, cells), name, width)
}
