//! What the user says about many pages: a table of path, url, outlet, published, retrieved.
//!
//! In: a CSV file with a header line, or JSONL. Out: [`MetaTable`], and one error for each row that cannot be used; the other
//! rows are. Never opens the pages themselves.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use sitrep_model::PageMeta;

use crate::{ReadError, dates};

/// The user's words about pages, by path.
#[derive(Debug, Clone, Default)]
pub struct MetaTable {
    /// The file it came from, so that a folder holding it does not read it as a report.
    origin: Option<PathBuf>,
    rows: Vec<(Vec<String>, PageMeta)>,
    by_name: BTreeMap<String, Vec<usize>>,
}

/// One row as written.
#[derive(Debug, Default, Deserialize)]
struct Row {
    #[serde(default)]
    path: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    retrieved: Option<String>,
    #[serde(default)]
    translation_of: Option<String>,
    #[serde(default)]
    translator: Option<String>,
    #[serde(default)]
    translated: Option<String>,
}

impl MetaTable {
    /// Reads a meta file: JSONL when its name ends so or its first character is `{`, else CSV with a header line.
    ///
    /// The second part of the answer holds one error for each row left out.
    ///
    /// # Errors
    /// When the file cannot be opened, is not UTF-8, or has no `path` column.
    pub fn open(path: &Path) -> Result<(MetaTable, Vec<ReadError>), ReadError> {
        let bytes = fs::read(path).map_err(|source| ReadError::Open { path: path.to_owned(), source })?;
        let text = String::from_utf8(bytes).map_err(|_| ReadError::Meta {
            path: path.to_owned(),
            why: "not UTF-8: save it as UTF-8 (\"CSV UTF-8\" in a spreadsheet)".to_owned(),
        })?;
        let (mut table, errors) = MetaTable::parse(path, &text)?;
        table.origin = path.canonicalize().ok();
        Ok((table, errors))
    }

    /// The same from text already read; `path` is only for messages and for telling CSV from JSONL.
    ///
    /// # Errors
    /// When a CSV has no `path` column.
    pub fn parse(path: &Path, text: &str) -> Result<(MetaTable, Vec<ReadError>), ReadError> {
        let text = text.trim_start_matches('\u{FEFF}');
        let jsonl =
            path.extension().is_some_and(|e| e == "jsonl" || e == "ndjson") || text.trim_start().starts_with('{');
        let rows = if jsonl { jsonl_rows(text) } else { csv_rows(path, text)? };
        let mut table = MetaTable::default();
        let mut errors = Vec::new();
        for (row, read) in rows {
            match read.and_then(|r| checked(&r)) {
                Ok((page, meta)) => table.push(&page, meta),
                Err(why) => errors.push(ReadError::MetaRow { path: path.to_owned(), row, why }),
            }
        }
        Ok((table, errors))
    }

    /// Adds a row; `path` is matched as [`MetaTable::of`] says. A later row for the same path replaces an earlier one.
    pub fn push(&mut self, path: &str, meta: PageMeta) {
        let parts = parts(path);
        let Some(name) = parts.last() else { return };
        let same = self.by_name.entry(name.clone()).or_default();
        match same.iter().find(|i| self.rows[**i].0 == parts) {
            Some(&i) => self.rows[i].1 = meta,
            None => {
                same.push(self.rows.len());
                self.rows.push((parts, meta));
            }
        }
    }

    /// What the table says about `path`: the row whose path is the same or, of one, the end of the other; the longest agreement wins.
    ///
    /// ```
    /// # use sitrep_read::MetaTable;
    /// let csv = "path,outlet\nreports/a.html,Varnesh Courier\n";
    /// let (table, errors) = MetaTable::parse("meta.csv".as_ref(), csv).unwrap();
    /// assert!(errors.is_empty());
    /// assert_eq!(table.of("old/reports/a.html").outlet.as_deref(), Some("Varnesh Courier"));
    /// assert_eq!(table.of("a.html").outlet.as_deref(), Some("Varnesh Courier"));
    /// assert_eq!(table.of("other/a.html").outlet, None);
    /// ```
    #[must_use]
    pub fn of(&self, path: &str) -> PageMeta {
        let asked = parts(path);
        let rows = asked.last().and_then(|name| self.by_name.get(name)).into_iter().flatten();
        let fits = |row: &[String]| asked.iter().rev().zip(row.iter().rev()).take_while(|(a, b)| a == b).count();
        let best = rows.filter_map(|&i| {
            let (row, meta) = &self.rows[i];
            let agree = fits(row);
            (agree == row.len().min(asked.len())).then_some((agree, row.len() == asked.len(), i, meta))
        });
        best.max_by_key(|(agree, exact, i, _)| (*agree, *exact, *i)).map(|(.., meta)| meta.clone()).unwrap_or_default()
    }

    /// Whether `path` is the file this table was read from.
    #[must_use]
    pub fn is_from(&self, path: &Path) -> bool {
        self.origin.is_some() && path.canonicalize().ok() == self.origin
    }

    /// Whether the table says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The named parts of a path, `.` left out and `\` read as `/`.
fn parts(path: &str) -> Vec<String> {
    let path = path.trim().replace('\\', "/");
    let named = Path::new(&path).components().filter_map(|c| match c {
        Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
        Component::ParentDir => Some("..".to_owned()),
        _ => None,
    });
    named.collect()
}

type Numbered = Vec<(u64, Result<Row, String>)>;

fn jsonl_rows(text: &str) -> Numbered {
    let lines = text.lines().zip(1u64..).filter(|(line, _)| !line.trim().is_empty());
    lines
        .map(|(line, row)| (row, serde_json::from_str(line).map_err(|e| format!("not a JSON object of strings: {e}"))))
        .collect()
}

fn csv_rows(path: &Path, text: &str) -> Result<Numbered, ReadError> {
    let wrong = |why: String| ReadError::Meta { path: path.to_owned(), why };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| wrong(e.to_string()))?.clone();
    let lower: csv::StringRecord = headers.iter().map(str::to_ascii_lowercase).collect();
    if !lower.iter().any(|h| h == "path") {
        return Err(wrong("no path column: the first line must read path,url,outlet,published,retrieved".to_owned()));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let row = record.position().map_or(0, csv::Position::line);
                rows.push((row, record.deserialize(Some(&lower)).map_err(|e| e.to_string())));
            }
            Err(e) => rows.push((e.position().map_or(0, csv::Position::line), Err(csv_reason(&e)))),
        }
    }
    Ok(rows)
}

fn csv_reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells where the header has {expected_len}: quote cells that hold a comma")
        }
        _ => error.to_string(),
    }
}

fn checked(row: &Row) -> Result<(String, PageMeta), String> {
    let full = |cell: &Option<String>| cell.as_deref().map(str::trim).filter(|c| !c.is_empty()).map(str::to_owned);
    let path = full(&row.path).ok_or("no path")?;
    let meta = PageMeta {
        url: full(&row.url),
        outlet: full(&row.outlet),
        published: full(&row.published).map(|c| day("published", &c)).transpose()?,
        retrieved: full(&row.retrieved).map(|c| day("retrieved", &c)).transpose()?,
        translation_of: full(&row.translation_of),
        translator: full(&row.translator),
        translated: full(&row.translated).map(|c| day("translated", &c)).transpose()?,
    };
    Ok((path, meta))
}

fn day(column: &str, cell: &str) -> Result<Date, String> {
    let found = dates::first_full_date(cell).map(|f| f.date);
    found.ok_or_else(|| format!("{column} is {cell:?}: write it as 2017-11-09"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_row_is_named_and_the_others_are_used() {
        let csv = "path,url,outlet,published,retrieved\na.txt,,,2017-11-09,\nb.txt,,,soon,\nc.txt,,\nd.txt,,\"Courier, The\",,\n";
        let (table, errors) = MetaTable::parse(Path::new("meta.csv"), csv).unwrap();
        let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 2);
        assert!(said[0].starts_with("meta.csv, row 3: published is \"soon\""), "{}", said[0]);
        assert!(said[1].starts_with("meta.csv, row 4: 3 cells"), "{}", said[1]);
        assert_eq!(table.of("a.txt").published.map(|d| d.to_string()).as_deref(), Some("2017-11-09"));
        assert_eq!(table.of("d.txt").outlet.as_deref(), Some("Courier, The"));
    }

    #[test]
    fn jsonl_works_the_same() {
        let jsonl = "{\"path\":\"x/a.txt\",\"outlet\":\"Courier\"}\n{\"path\":3}\n";
        let (table, errors) = MetaTable::parse(Path::new("meta.jsonl"), jsonl).unwrap();
        assert_eq!(table.of("./x/a.txt").outlet.as_deref(), Some("Courier"));
        assert!(errors[0].to_string().starts_with("meta.jsonl, row 2"));
    }

    #[test]
    fn a_file_without_paths_is_refused() {
        let error = MetaTable::parse(Path::new("meta.csv"), "url,outlet\n").unwrap_err();
        assert!(error.to_string().contains("no path column"));
    }
}
