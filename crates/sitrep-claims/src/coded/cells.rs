//! A row of a table with its head, and where in the text each cell stands.
//!
//! In: text. Out: [`Row`]: values by column name, spans of cells without their quotation marks. Never fails on odd quoting.

use std::ops::Range;

/// Columns looked at; a wider table is odd.
const MOST: usize = 400;

/// One cell.
struct Cell {
    span: Range<usize>,
    value: String,
}

/// A head and one row.
pub(super) struct Row<'t> {
    text: &'t str,
    names: Vec<String>,
    cells: Vec<Cell>,
    start: usize,
}

impl Row<'_> {
    /// The first two records of `text`.
    pub(super) fn of(text: &str) -> Option<Row<'_>> {
        let head_end = text.find('\n')?;
        let head = &text[..head_end];
        let separator = [',', ';', '\t'].into_iter().max_by_key(|mark| (head.matches(*mark).count(), *mark == ','))?;
        let (names, start) = record(text, 0, separator as u8);
        let (cells, _) = record(text, start, separator as u8);
        let names = names.into_iter().map(|it| it.value.trim_start_matches('\u{FEFF}').trim().to_ascii_lowercase());
        (!cells.is_empty()).then(|| Row { text, names: names.collect(), cells, start })
    }

    fn cell(&self, column: &str) -> Option<&Cell> {
        let at = self.names.iter().position(|name| name == column)?;
        self.cells.get(at).filter(|cell| !cell.value.trim().is_empty())
    }

    /// What stands in a column; `None` when there is none or it is empty.
    pub(super) fn value(&self, column: &str) -> Option<&str> {
        self.cell(column).map(|cell| cell.value.trim())
    }

    /// Where it stands, quotation marks left out.
    pub(super) fn span(&self, column: &str) -> Option<Range<usize>> {
        self.cell(column).map(|cell| cell.span.clone())
    }

    /// Where the whole row stands.
    pub(super) fn whole(&self) -> Option<Range<usize>> {
        let end = self.start + self.text[self.start..].trim_end().len();
        (end > self.start).then_some(self.start..end)
    }
}

/// The cells of the record that begins at `at`, and where the next begins.
fn record(text: &str, mut at: usize, separator: u8) -> (Vec<Cell>, usize) {
    let bytes = text.as_bytes();
    let mut cells = Vec::new();
    while at < bytes.len() && cells.len() < MOST {
        let quoted = bytes[at] == b'"';
        let start = at + usize::from(quoted);
        let mut end = start;
        if quoted {
            while end < bytes.len() && (bytes[end] != b'"' || bytes.get(end + 1) == Some(&b'"')) {
                end += if bytes[end] == b'"' { 2 } else { 1 };
            }
        } else {
            while end < bytes.len() && bytes[end] != separator && bytes[end] != b'\n' {
                end += 1;
            }
        }
        let end = end.min(bytes.len());
        let raw = text.get(start..end).unwrap_or_default();
        let value = if quoted { raw.replace("\"\"", "\"") } else { raw.trim_end_matches('\r').to_owned() };
        let kept = start..start + raw.trim_end().len();
        cells.push(Cell { span: kept, value });
        // What stands between a closing mark and the next separator belongs to nothing.
        at = end;
        while at < bytes.len() && bytes[at] != separator && bytes[at] != b'\n' {
            at += 1;
        }
        let ends = bytes.get(at) == Some(&b'\n');
        at += 1;
        if ends {
            break;
        }
    }
    (cells, at.min(bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_where_they_say() {
        let text = "\u{FEFF}id,notes,best\r\n7,\"On 9 May, a \"\"march\"\" in Varnesh\",3\r\n";
        let row = Row::of(text).unwrap();
        assert_eq!(row.value("id"), Some("7"));
        assert_eq!(row.value("notes"), Some("On 9 May, a \"march\" in Varnesh"));
        assert_eq!(&text[row.span("notes").unwrap()], "On 9 May, a \"\"march\"\" in Varnesh");
        assert_eq!((row.value("best"), row.value("none")), (Some("3"), None));
    }

    #[test]
    fn odd_quoting_is_read_as_far_as_it_goes() {
        for text in ["a;b\n\"", "a;b\n\"x", "a,b\n,", "a\n\"x\"\"", "\n\n", "a,b\n\"x\"y,z", "a\n\"é"] {
            if let Some(row) = Row::of(text) {
                let spans = ["a", "b"].into_iter().filter_map(|name| row.span(name)).chain(row.whole());
                spans.for_each(|span| assert!(text.get(span.clone()).is_some(), "{text:?} {span:?}"));
            }
        }
        assert_eq!(Row::of("a,b\n\"x\"y,z").unwrap().value("b"), Some("z"));
    }
}
