//! CSV of a list: RFC 4180, UTF-8, with a header.
//!
//! In: rows. Out: text. Never pads or cuts a cell.

use super::rows::Rows;

pub(super) fn csv(rows: &Rows) -> String {
    crate::export::csv_text(&rows.header(), &rows.cells, false)
}
