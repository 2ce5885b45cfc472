//! The files of a folder that may be reports.
//!
//! In: a folder. Out: its files with everything below it, sorted by path, and remarks on what else lies there. Never follows a link to a
//! folder, so a loop of links cannot trap it; leaves alone what this program writes and what browsers save beside a page.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use crate::ReadError;
use crate::open::{carrier_name, ending, readable_name};
use crate::source::Item;

/// Files of other kinds that are named one by one; more are counted.
const TOLD_SKIPPED: usize = 5;

/// The files below `path`, sorted. Names starting with a dot are left alone, as are links to folders and the files `written`.
pub(crate) fn folder(path: &Path, written: &BTreeSet<PathBuf>) -> Vec<Item<'static>> {
    let mut errors = Vec::new();
    let mut files = Vec::new();
    let mut skipped = Vec::new();
    let mut open = VecDeque::from([path.to_owned()]);
    while let Some(folder) = open.pop_front() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries.flatten().collect::<Vec<_>>(),
            Err(source) => {
                errors.push(ReadError::Open { path: folder, source });
                continue;
            }
        };
        let pages: BTreeSet<PathBuf> = entries.iter().map(DirEntry::path).collect();
        for entry in entries {
            let child = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") || is_own(&child, written) {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && is_beside(&child, &pages) => {}
                Ok(kind) if kind.is_dir() => open.push_back(child),
                Ok(_) if child.is_dir() => {}
                Ok(_) if readable_name(&child) || carrier_name(&child) => files.push(child),
                _ => skipped.push(child),
            }
        }
    }
    files.sort();
    if files.is_empty() && errors.is_empty() {
        errors.push(ReadError::NoReports { path: path.to_owned() });
    }
    errors.sort_by_key(ToString::to_string);
    let files = files.into_iter().map(|f| Item::File(f, false));
    errors.into_iter().map(Item::Error).chain(files).chain(left_alone(path, skipped).map(Item::Error)).collect()
}

/// Whether a file is one that this program writes: a record, a record in the making, what its database keeps beside it, or a file
/// of this run.
fn is_own(path: &Path, written: &BTreeSet<PathBuf>) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = ["-journal", "-wal", "-shm"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    name.ends_with(".sitrep")
        || name.ends_with(".sitrep.log")
        || name.ends_with(".unfinished")
        || name.ends_with(".settling")
        || !written.is_empty() && path.canonicalize().is_ok_and(|real| written.contains(&real))
}

/// Whether a folder holds what a browser saved beside a page: it has the name of a page next to it, with `_files` behind.
fn is_beside(folder: &Path, pages: &BTreeSet<PathBuf>) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = name.strip_suffix("_files").or_else(|| name.strip_suffix(".files"));
    stem.is_some_and(|stem| {
        ["html", "htm", "xhtml"].iter().any(|end| pages.contains(&folder.with_file_name(format!("{stem}.{end}"))))
    })
}

/// Remarks on files of other kinds: the names of a few, the number of many.
fn left_alone(folder: &Path, mut skipped: Vec<PathBuf>) -> impl Iterator<Item = ReadError> {
    skipped.sort();
    let mut counted = None;
    if skipped.len() > TOLD_SKIPPED {
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for path in &skipped {
            *kinds.entry(ending(path)).or_default() += 1;
        }
        let mut kinds: Vec<(String, usize)> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let more = if kinds.len() > TOLD_SKIPPED { ", …" } else { "" };
        let kinds: Vec<String> = kinds.iter().take(TOLD_SKIPPED).map(|(ending, n)| format!("{n} .{ending}")).collect();
        let why = format!("{} files left out: not of a kind that is read ({}{more})", skipped.len(), kinds.join(", "));
        counted = Some(ReadError::LeftOut { path: folder.to_owned(), why });
        skipped.clear();
    }
    skipped.into_iter().map(|path| ReadError::Skipped { path }).chain(counted)
}
