//! CSV of a list: RFC 4180, UTF-8, with a header.
//!
//! In: contents. Out: text; claims and events with every column of the export, the smaller lists as their tables show them. Never
//! pads or cuts a cell.

use sitrep_model::Contents;

use super::{List, ListOptions, rows};
use crate::export::{claim_table, csv_text, event_table};

pub(super) fn csv(contents: &Contents, what: List, options: &ListOptions<'_>) -> String {
    match what {
        List::Claims => {
            let (header, rows) = claim_table(contents, options);
            csv_text(header, rows)
        }
        List::Events => {
            let (header, rows) = event_table(contents);
            csv_text(header, rows)
        }
        _ => {
            let rows = rows::rows(contents, what, options);
            let header: Vec<&str> = rows.columns.iter().map(|column| column.name).collect();
            csv_text(&header, rows.cells.into_iter())
        }
    }
}
