//! Tables for a terminal: columns aligned by display width, long cells cut with `…`, no line wider than the terminal.
//!
//! In: rows and a width. Out: lines without trailing blanks; a column in which nothing stands is left out. Never wraps.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::rows::{Column, Rows};
use crate::visible::one_line;

const GAP: usize = 2;
/// Below this a cut cell tells nothing.
const LEAST: usize = 10;
/// The main column stays this many times as wide as the others that give way.
const MAIN_SHARE: usize = 3;

pub(super) fn table(rows: &Rows, name: &str, width: usize) -> String {
    if rows.cells.is_empty() {
        return format!("No {name}.\n");
    }
    let cells: Vec<Vec<String>> =
        rows.cells.iter().map(|row| row.iter().map(|cell| one_line(&head(cell, width))).collect()).collect();
    let told: Vec<usize> = (0..rows.columns.len()).filter(|&at| cells.iter().any(|row| !row[at].is_empty())).collect();
    let columns: Vec<Column> = told.iter().map(|&at| rows.columns[at]).collect();
    let cells: Vec<Vec<String>> = cells.iter().map(|row| told.iter().map(|&at| row[at].clone()).collect()).collect();
    let widths = fit(&columns, &cells, width);
    let mut out = String::new();
    let header: Vec<String> = columns.iter().map(|column| column.name.to_uppercase()).collect();
    push_line(&mut out, &columns, &header, &widths, width);
    for row in &cells {
        push_line(&mut out, &columns, row, &widths, width);
    }
    out
}

/// Enough of a cell for any width: a cell may hold a megabyte.
fn head(cell: &str, width: usize) -> String {
    cell.chars().take(width.max(LEAST) * 4 + 64).collect()
}

/// The widths of the columns: what they need, the widest of those that may be cut giving way first.
fn fit(columns: &[Column], cells: &[Vec<String>], width: usize) -> Vec<usize> {
    let need = |at: usize| {
        let widest = cells.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
        widest.max(columns[at].name.width())
    };
    let mut widths: Vec<usize> = (0..columns.len()).map(need).collect();
    let room = width.saturating_sub(GAP * columns.len().saturating_sub(1));
    let mut over = widths.iter().sum::<usize>().saturating_sub(room);
    while over > 0 {
        let weight = |at: usize| if columns[at].main { widths[at] / MAIN_SHARE } else { widths[at] };
        let giving = (0..columns.len()).filter(|&at| !columns[at].whole && widths[at] > LEAST);
        let Some(at) = giving.max_by_key(|&at| weight(at)) else { break };
        widths[at] -= 1;
        over -= 1;
    }
    widths
}

fn push_line(out: &mut String, columns: &[Column], cells: &[String], widths: &[usize], width: usize) {
    let mut line = String::new();
    for (at, cell) in cells.iter().enumerate() {
        let cell = cut(cell, widths[at]);
        let pad = " ".repeat(widths[at].saturating_sub(cell.width()));
        if at > 0 {
            line.push_str(&" ".repeat(GAP));
        }
        if columns[at].number {
            line.push_str(&pad);
            line.push_str(&cell);
        } else {
            line.push_str(&cell);
            line.push_str(&pad);
        }
    }
    out.push_str(cut(&line, width).trim_end());
    out.push('\n');
}

/// The text cut to `width` columns, the cut shown.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.trim_end().width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used >= width {
            break;
        }
        out.push(c);
    }
    let kept = out.trim_end().len();
    out.truncate(kept);
    out.push('…');
    out
}
