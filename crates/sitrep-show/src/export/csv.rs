//! CSV: RFC 4180, UTF-8, a header always, one row an event or a claim.
//!
//! In: a header and rows. Out: text. With `spreadsheet`, a byte order mark and cells that look like formulas disarmed by a
//! leading apostrophe; without it no cell is changed.

/// CSV text of `rows` under `header`.
pub(crate) fn csv_text(header: &[&str], rows: &[Vec<String>], spreadsheet: bool) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(header).expect("writing to memory cannot fail");
    for row in rows {
        let cells = row.iter().map(|cell| if spreadsheet { disarmed(cell) } else { cell.clone() });
        writer.write_record(cells).expect("rows are as long as the header");
    }
    let bytes = writer.into_inner().expect("writing to memory cannot fail");
    let text = String::from_utf8(bytes).expect("cells are text");
    if spreadsheet { format!("\u{FEFF}{text}") } else { text }
}

/// Spreadsheets run cells that open with these; plain numbers are left alone.
fn disarmed(cell: &str) -> String {
    let risky = cell
        .trim_start_matches([' ', '\u{A0}', '\u{FEFF}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    if risky && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell.to_owned() }
}
