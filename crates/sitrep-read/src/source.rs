//! From what the user names to pages: files, folders, bytes.
//!
//! In: a [`Source`]. Out: pages and errors in a fixed order: inputs as named, a folder's files sorted by path. One bad file
//! never stops the rest. Never follows a link to a folder, so a loop of links cannot trap it.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use sitrep_model::{Page, PageMeta};

use crate::ReadError;
use crate::meta::MetaTable;
use crate::open::{MAX_PAGE_BYTES, page, readable_name};

/// One thing the user named.
#[derive(Debug, Clone)]
pub enum Input {
    /// A file, or a folder read with everything below it.
    Path(PathBuf),
    /// Bytes already in hand, with the name to call them by (`stdin`).
    Bytes(String, Vec<u8>),
}

/// What to read, and what the user says about it.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The inputs, in order.
    pub inputs: Vec<Input>,
    /// The user's words about each page.
    pub table: MetaTable,
    /// The user's words about every page where the table says nothing.
    pub meta: PageMeta,
}

impl Source {
    /// A source of files and folders with nothing said about them.
    #[must_use]
    pub fn of_paths<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Source {
        let inputs = paths.into_iter().map(|p| Input::Path(p.as_ref().to_owned())).collect();
        Source { inputs, ..Source::default() }
    }

    fn meta_of(&self, path: &str) -> PageMeta {
        let row = self.table.of(path);
        let all = &self.meta;
        PageMeta {
            url: row.url.or_else(|| all.url.clone()),
            outlet: row.outlet.or_else(|| all.outlet.clone()),
            published: row.published.or(all.published),
            retrieved: row.retrieved.or(all.retrieved),
            ..row
        }
    }
}

/// The pages of `source`, one at a time, with an error in the place of each that could not be read.
///
/// Files are opened as the iterator reaches them. Errors for which [`ReadError::is_remark`] holds cost no page.
pub fn pages(source: &Source) -> impl Iterator<Item = Result<Page, ReadError>> + '_ {
    let mut seen: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    source.inputs.iter().flat_map(listed).filter_map(move |item| match item {
        Item::Error(ReadError::Skipped { path }) if source.table.is_from(&path) => None,
        Item::Error(error) => Some(Err(error)),
        Item::Bytes(name, bytes) => Some(page(name, bytes.to_vec(), source.meta_of(name), "stdin")),
        Item::File(path, named) => {
            if !named && source.table.is_from(&path) {
                return None;
            }
            let real = path.canonicalize().unwrap_or_else(|_| path.clone());
            if let Some(first) = seen.insert(real.clone(), path.clone()) {
                seen.insert(real, first.clone());
                return Some(Err(ReadError::Duplicate { path, first }));
            }
            Some(read_file(&path, source))
        }
    })
}

enum Item<'s> {
    /// A file, and whether the user named it (rather than the folder it is in).
    File(PathBuf, bool),
    Bytes(&'s str, &'s [u8]),
    Error(ReadError),
}

fn listed(input: &Input) -> Vec<Item<'_>> {
    match input {
        Input::Bytes(name, bytes) => vec![Item::Bytes(name, bytes)],
        Input::Path(path) if path.is_dir() => folder(path),
        Input::Path(path) => vec![Item::File(path.clone(), true)],
    }
}

/// The files below `path`, sorted. Names starting with a dot are left alone, as are links to folders.
fn folder(path: &Path) -> Vec<Item<'static>> {
    let mut errors = Vec::new();
    let mut files = Vec::new();
    let mut skipped = Vec::new();
    let mut open = VecDeque::from([path.to_owned()]);
    while let Some(folder) = open.pop_front() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(source) => {
                errors.push(ReadError::Open { path: folder, source });
                continue;
            }
        };
        for entry in entries.flatten() {
            let child = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push_back(child),
                Ok(_) if child.is_dir() => {}
                Ok(_) if readable_name(&child) => files.push(child),
                _ => skipped.push(child),
            }
        }
    }
    files.sort();
    skipped.sort();
    if files.is_empty() && errors.is_empty() {
        errors.push(ReadError::NoReports { path: path.to_owned() });
    }
    errors.sort_by_key(ToString::to_string);
    let files = files.into_iter().map(|f| Item::File(f, false));
    let skipped = skipped.into_iter().map(|path| Item::Error(ReadError::Skipped { path }));
    errors.into_iter().map(Item::Error).chain(files).chain(skipped).collect()
}

fn read_file(path: &Path, source: &Source) -> Result<Page, ReadError> {
    let cannot = |source| ReadError::Open { path: path.to_owned(), source };
    let file = fs::File::open(path).map_err(cannot)?;
    let mut raw = Vec::new();
    // One byte more than allowed is enough to know that it is too large.
    file.take(MAX_PAGE_BYTES + 1).read_to_end(&mut raw).map_err(cannot)?;
    let name = path.to_string_lossy();
    page(&name, raw, source.meta_of(&name), "file")
}
