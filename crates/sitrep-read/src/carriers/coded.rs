//! Coded event sets: UCDP GED, ACLED, and tables coded by hand, told by the columns of their head.
//!
//! In: an opened carrier. Out: one page for each row: the head and the row, byte for byte, as evidence. One row is held at a time, so
//! that a set of any size is read. What the columns mean is read later; here only the row's id, title and day of publication are.

use std::io::{BufRead, Read as _};

use jiff::{Timestamp, tz::TimeZone};
use sitrep_model::{Carrier, MediaType, Page};

use super::{Opened, Origin, Pages, ReadSeek};
use crate::ReadError;

/// A longer row is none: a quotation mark is open.
const MAX_ROW_BYTES: u64 = 1 << 20;

/// Which set has these columns.
fn scheme(names: &[String]) -> Option<&'static str> {
    let has = |columns: &[&str]| columns.iter().all(|column| names.iter().any(|name| name == column));
    if has(&["type_of_violence", "side_a", "side_b", "where_prec", "date_start", "best"]) {
        return Some("ged");
    }
    if has(&["event_id_cnty", "event_date", "sub_event_type", "actor1", "fatalities"]) {
        return Some("acled");
    }
    has(&["coder", "event", "text"]).then_some("hand")
}

/// Whether the kind of a carrier says that its pages are rows of a coded set.
pub(crate) fn is_coded(kind: &str) -> bool {
    matches!(kind, "ged" | "acled" | "hand")
}

fn separator(head: &[u8]) -> u8 {
    let count = |mark: u8| head.iter().filter(|byte| **byte == mark).count();
    [b';', b'\t', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

fn cells(row: &[u8], separator: u8) -> Vec<String> {
    let row = row.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(row);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(row);
    let record = reader.byte_records().next().and_then(Result::ok).unwrap_or_default();
    record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect()
}

fn names(head: &[u8]) -> Vec<String> {
    cells(head, separator(head)).into_iter().map(|name| name.to_ascii_lowercase()).collect()
}

/// Whether an input is a coded set.
pub(super) fn fits(_name: &str, head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    line.len() < head.len() && scheme(&names(line)).is_some()
}

/// Its rows.
pub(super) fn pages(opened: Opened<'_>) -> Pages<'_> {
    let Opened { origin, mut reader } = opened;
    let head = match row(&mut reader) {
        Some(Ok(head)) => head,
        _ => return origin.none("cannot-read", "this table has no head".to_owned()),
    };
    let names = names(&head);
    let Some(scheme) = scheme(&names) else {
        return origin.none("cannot-read", "the columns are of no set known here".to_owned());
    };
    Box::new(Rows { origin, reader, head, names, scheme, line: 1, ended: false })
}

/// One row with its line ends, or why there is none. Quotation marks may hold line ends.
fn row(reader: &mut Box<dyn ReadSeek + '_>) -> Option<Result<Vec<u8>, String>> {
    let mut row = Vec::new();
    loop {
        let before = row.len();
        let room = (MAX_ROW_BYTES + 1).saturating_sub(row.len() as u64);
        match reader.by_ref().take(room).read_until(b'\n', &mut row) {
            Err(error) => return Some(Err(error.to_string())),
            Ok(_) if row.is_empty() => return None,
            Ok(_) => {}
        }
        let is_whole = row.iter().filter(|byte| **byte == b'"').count() % 2 == 0;
        if row.len() as u64 > MAX_ROW_BYTES {
            return Some(Err("a row without an end: a quotation mark is open".to_owned()));
        }
        if row.len() == before && !is_whole {
            return Some(Err("the last row is cut short: a quotation mark is open".to_owned()));
        }
        if is_whole {
            return Some(Ok(row));
        }
    }
}

struct Rows<'s> {
    origin: Origin<'s>,
    reader: Box<dyn ReadSeek + 's>,
    head: Vec<u8>,
    names: Vec<String>,
    scheme: &'static str,
    line: usize,
    ended: bool,
}

impl Iterator for Rows<'_> {
    type Item = Result<Page, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let first = self.line + 1;
            let row = match row(&mut self.reader)? {
                Ok(row) => row,
                Err(why) => {
                    self.ended = true;
                    return Some(Err(self.origin.failed(Some(format!("line {first}")), None, "bad-row", why)));
                }
            };
            self.line += row.iter().filter(|byte| **byte == b'\n').count();
            if row.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let cells = cells(&row, separator(&self.head));
            if cells.len() != self.names.len() {
                let why = format!("{} cells under {} columns", cells.len(), self.names.len());
                return Some(Err(self.origin.failed(Some(format!("line {first}")), None, "bad-row", why)));
            }
            let raw = [self.head.as_slice(), &row].concat();
            return Some(Ok(self.origin.page(MediaType::Text, raw, self.carrier(&cells, first))));
        }
        None
    }
}

impl Rows<'_> {
    fn carrier(&self, cells: &[String], line: usize) -> Carrier {
        let cell = |name: &str| {
            let at = self.names.iter().position(|it| it == name)?;
            cells.get(at).filter(|cell| !cell.is_empty()).cloned()
        };
        let day = |seconds: String| {
            let at = Timestamp::from_second(seconds.parse().ok()?).ok()?;
            Some(at.to_zoned(TimeZone::UTC).date())
        };
        // A record's own export is no other set: it says what the record says.
        let is_export = cell("relid").is_some_and(|id| id.starts_with("e_"))
            || cell("tags").is_some_and(|tags| tags.contains("reported, not verified"));
        let outlet = match self.scheme {
            _ if is_export => Some("Sitrep export".to_owned()),
            "ged" => Some("UCDP GED".to_owned()),
            "acled" => Some("ACLED".to_owned()),
            _ => cell("coder"),
        };
        Carrier {
            kind: self.scheme.to_owned(),
            record: cell("event_id_cnty").or_else(|| cell("id")).or_else(|| Some(format!("line {line}"))),
            title: cell("source_headline").or_else(|| cell("notes")).or_else(|| cell("text")).map(|it| short(&it)),
            outlet,
            published: cell("timestamp").and_then(day),
            ..Carrier::default()
        }
    }
}

/// A title is not a story.
fn short(text: &str) -> String {
    let end = text.char_indices().nth(160).map_or(text.len(), |(at, _)| at);
    if end < text.len() { format!("{}…", &text[..end]) } else { text.to_owned() }
}
