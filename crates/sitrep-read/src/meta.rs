//! What the user says about many pages: a table of path, url, outlet, published, retrieved.
//!
//! In: a CSV file with a header line, or JSONL. Out: [`MetaTable`], and one error for each row that cannot be used; the other
//! rows are. Never opens the pages themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use sitrep_model::{Page, PageMeta};

use crate::{ReadError, dates};

/// Rows named one by one in a remark on many.
const NAMED_ROWS: usize = 5;

/// The user's words about pages, by path.
#[derive(Debug, Clone, Default)]
pub struct MetaTable {
    /// The file it came from, so that a folder holding it does not read it as a report.
    origin: Option<PathBuf>,
    /// That file as the user named it.
    name: Option<PathBuf>,
    /// Path and address, and what is said about them.
    rows: Vec<(Vec<String>, PageMeta)>,
    by_name: BTreeMap<String, Vec<usize>>,
    /// Rows by their page's address without scheme, fragment and last slash, for pages that come in an archive or feed.
    by_url: BTreeMap<String, usize>,
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
        let mut table = MetaTable { name: Some(path.to_owned()), ..MetaTable::default() };
        let mut errors = Vec::new();
        for (row, read) in rows {
            match read.and_then(|r| checked(&r)) {
                Ok((page, meta)) => table.push(&page, meta),
                Err(why) => errors.push(ReadError::MetaRow { path: path.to_owned(), row, why }),
            }
        }
        Ok((table, errors))
    }

    /// Adds a row; `path` is matched as [`MetaTable::of`] says. A later row for the same path and address replaces an earlier one.
    ///
    /// A row without a path, or with an address for a path, is for the page of that address in an archive or feed.
    pub fn push(&mut self, path: &str, meta: PageMeta) {
        let is_url = path.contains("://");
        let row = self.rows.len();
        let address = meta.url.as_deref().or_else(|| is_url.then_some(path)).map(bare_url);
        let parts = if is_url { Vec::new() } else { parts(path) };
        if let Some(name) = parts.last() {
            let same = self.by_name.entry(name.clone()).or_default();
            if let Some(&i) = same.iter().find(|i| self.rows[**i].0 == parts && self.rows[**i].1.url == meta.url) {
                self.rows[i].1 = meta;
                return;
            }
            same.push(row);
        }
        if let Some(address) = address {
            self.by_url.insert(address, row);
        }
        self.rows.push((parts, meta));
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
        self.row_of(path, |_| true).map(|i| self.rows[i].1.clone()).unwrap_or_default()
    }

    /// What the table says about a page that came in the carrier `name`: the row of its address, the row of its own path, the
    /// row of the carrier, in this order, each filling what those before left open.
    pub(crate) fn of_carried(&self, name: &str, path: &str, url: Option<&str>) -> PageMeta {
        let rows = self.rows_of_carried(name, path, url);
        rows.into_iter().map(|i| self.rows[i].1.clone()).reduce(filled).unwrap_or_default()
    }

    fn rows_of_carried(&self, name: &str, path: &str, url: Option<&str>) -> Vec<usize> {
        let by_url = url.and_then(|url| self.by_url.get(&bare_url(url))).copied();
        // An archive's own row speaks of all its pages only when it does not name the address of one.
        let of_all = self.row_of(name, |meta| meta.url.is_none());
        let rows = [by_url, self.row_of(path, |_| true), of_all];
        let mut seen = BTreeSet::new();
        rows.into_iter().flatten().filter(|i| seen.insert(*i)).collect()
    }

    /// The rows that say something about `page`.
    pub(crate) fn rows_of(&self, page: &Page) -> Vec<usize> {
        match page.custody.carrier.as_deref() {
            Some(carrier) => {
                let name = page.path.split_once('#').map_or(page.path.as_str(), |(name, _)| name);
                self.rows_of_carried(name, &page.path, carrier.url.as_deref())
            }
            None => self.row_of(&page.path, |_| true).into_iter().collect(),
        }
    }

    /// The remark on rows outside `used`, when there are any.
    pub(crate) fn unused(&self, used: &BTreeSet<usize>) -> Option<ReadError> {
        let left: Vec<usize> = (0..self.rows.len()).filter(|i| !used.contains(i)).collect();
        let name = |i: &usize| {
            let (parts, meta) = &self.rows[*i];
            if parts.is_empty() { meta.url.clone().unwrap_or_default() } else { parts.join("/") }
        };
        let mut names: Vec<String> = left.iter().take(NAMED_ROWS).map(name).collect();
        if left.len() > NAMED_ROWS {
            names.push("…".to_owned());
        }
        let path = self.name.clone().unwrap_or_else(|| PathBuf::from("the table"));
        (!left.is_empty()).then(|| ReadError::UnusedRows { path, n_rows: left.len(), names: names.join(", ") })
    }

    /// The row that fits `path` best among those that `allowed` lets through.
    pub(crate) fn row_of(&self, path: &str, allowed: impl Fn(&PageMeta) -> bool) -> Option<usize> {
        let asked = parts(path);
        let rows = asked.last().and_then(|name| self.by_name.get(name)).into_iter().flatten();
        let fits = |row: &[String]| asked.iter().rev().zip(row.iter().rev()).take_while(|(a, b)| a == b).count();
        let best = rows.filter(|i| allowed(&self.rows[**i].1)).filter_map(|&i| {
            let row = &self.rows[i].0;
            let agree = fits(row);
            (agree == row.len().min(asked.len())).then_some((agree, row.len() == asked.len(), i))
        });
        best.max().map(|(.., i)| i)
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

/// `first`, with what it leaves open taken from `second`.
pub(crate) fn filled(first: PageMeta, second: PageMeta) -> PageMeta {
    PageMeta {
        url: first.url.or(second.url),
        outlet: first.outlet.or(second.outlet),
        published: first.published.or(second.published),
        retrieved: first.retrieved.or(second.retrieved),
        translation_of: first.translation_of.or(second.translation_of),
        translator: first.translator.or(second.translator),
        translated: first.translated.or(second.translated),
    }
}

/// An address as far as it names a page: no scheme, no fragment, no last slash.
fn bare_url(url: &str) -> String {
    let url = url.trim();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let url = url.split_once('#').map_or(url, |(page, _)| page);
    url.trim_end_matches('/').to_owned()
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
    if !lower.iter().any(|h| h == "path" || h == "url") {
        let why = "no path column and no url column: the first line must read path,url,outlet,published,retrieved";
        return Err(wrong(why.to_owned()));
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
    let path = full(&row.path).or_else(|| full(&row.url)).ok_or("no path and no url")?;
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
        let error = MetaTable::parse(Path::new("meta.csv"), "outlet,published\n").unwrap_err();
        assert!(error.to_string().contains("no path column"));
    }
}
