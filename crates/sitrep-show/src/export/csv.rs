//! CSV: RFC 4180, UTF-8, a header always, one row an event or a claim.
//!
//! In: a header and rows. Out: text, row by row. With `spreadsheet`, a byte order mark and cells that look like formulas disarmed by a
//! leading apostrophe; without it no cell is changed.

use std::borrow::Cow;
use std::io::{self, Write};

/// A row of cells.
pub(crate) trait Cells {
    /// Each cell, in order.
    fn cells(&self) -> impl Iterator<Item = &str>;
}

impl Cells for Vec<String> {
    fn cells(&self) -> impl Iterator<Item = &str> {
        self.iter().map(String::as_str)
    }
}

impl Cells for csv::StringRecord {
    fn cells(&self) -> impl Iterator<Item = &str> {
        self.iter()
    }
}

/// A CSV file being written.
pub(super) struct Sheet<'w> {
    writer: csv::Writer<&'w mut dyn Write>,
    spreadsheet: bool,
}

impl<'w> Sheet<'w> {
    /// Begins the file with its header.
    pub(super) fn new(out: &'w mut dyn Write, header: &[&str], spreadsheet: bool) -> io::Result<Sheet<'w>> {
        if spreadsheet {
            out.write_all("\u{FEFF}".as_bytes())?;
        }
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(header)?;
        Ok(Sheet { writer, spreadsheet })
    }

    /// One row, as long as the header.
    pub(super) fn row<'r>(&mut self, cells: impl Iterator<Item = &'r str>) -> io::Result<()> {
        for cell in cells {
            match self.spreadsheet {
                true => self.writer.write_field(disarmed(cell).as_bytes())?,
                false => self.writer.write_field(cell)?,
            }
        }
        // Ends the record; nothing is added.
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    /// All rows, and the end of the file.
    pub(super) fn rows(mut self, rows: impl Iterator<Item = impl Cells>) -> io::Result<()> {
        for row in rows {
            self.row(row.cells())?;
        }
        self.end()
    }

    /// The end of the file.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// CSV text of `rows` under `header`.
pub(crate) fn csv_text(header: &[&str], rows: impl Iterator<Item = impl Cells>) -> String {
    let mut bytes = Vec::new();
    let sheet = Sheet::new(&mut bytes, header, false).and_then(|sheet| sheet.rows(rows));
    sheet.expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("cells are text")
}

/// Spreadsheets run cells that open with these; plain numbers are left alone.
fn disarmed(cell: &str) -> Cow<'_, str> {
    let risky = cell
        .trim_start_matches([' ', '\u{A0}', '\u{FEFF}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    if risky && cell.parse::<f64>().is_err() { format!("'{cell}").into() } else { cell.into() }
}
