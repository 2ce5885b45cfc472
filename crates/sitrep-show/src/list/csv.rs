//! CSV of a list: RFC 4180, UTF-8, with a header.
//!
//! In: contents. Out: text; claims and events with every column of the export, the smaller lists as their tables show them. Never
//! pads or cuts a cell.

use sitrep_model::Contents;

use super::{List, ListOptions, rows};
use crate::export::{claim_rows, csv_text, event_rows};

pub(super) fn csv(contents: &Contents, what: List, options: &ListOptions<'_>) -> String {
    let (header, cells) = match what {
        List::Claims => claim_rows(contents, options),
        List::Events => event_rows(contents),
        _ => {
            let rows = rows::rows(contents, what, options);
            (rows.columns.iter().map(|column| column.name).collect(), rows.cells)
        }
    };
    csv_text(&header, &cells, false)
}
