//! Makes a file of places from what a user brings.
//!
//! In: files of places, perhaps GeoNames' table of other names. Out: one `.places` file in the user's folder. Rows are sorted by what
//! identifies them, so their order in the files does not matter; memory does not grow with them. Until the new file is whole the old
//! one stays; what a killed import left is cleared away by the next.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use sitrep_claims::{place_kinds, related_keys};

use crate::error::{Failure, GazetteerError, RowFault};
use crate::file::{self, Head, Manifest, Source, Writer};
use crate::row::{HEAD_BYTES, Origin, Row, Sorted, name_item};
use crate::shelf::path_of;
use crate::sort::{Merge, Sorter};
use crate::source::{self, Format};

/// What an import's folder and lock end in.
const UNFINISHED: &str = "unfinished";
const LOCK: &str = ".lock";
/// Names a source of the rows may have; a place notes which in two bytes.
const MOST_SOURCES: usize = 1 << 16;
/// Other names that GeoNames' table may tell of one place.
const MOST_NAMES: usize = 2_000;
/// Rows between two words about how far it has come.
const STEP: u64 = 100_000;

/// What to import, and how.
#[derive(Debug, Clone)]
pub struct Import {
    /// Files of places, all in one format.
    pub files: Vec<PathBuf>,
    /// GeoNames' `alternateNamesV2.txt`.
    pub alternate_names: Option<PathBuf>,
    /// The user's folder; made when it is not there.
    pub folder: PathBuf,
    /// What the places are called together; those of the same name are replaced.
    pub name: String,
    /// What the files are written in; by their names otherwise.
    pub format: Option<Format>,
    /// Who says so, where rows do not say.
    pub source: Option<String>,
    /// How the places may be used.
    pub licence: Option<String>,
    /// Memory for sorting; half of what an import may take in all.
    pub memory_bytes: usize,
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The file made; none when no row could be used.
    pub path: Option<PathBuf>,
    /// Places in it.
    pub n_places: u64,
    /// Spellings they are found by.
    pub n_names: u64,
    /// Rows that could not be used; each was told.
    pub n_failed: u64,
    /// Places without a letter or figure in their names, left out.
    pub n_unspelt: u64,
    /// Other names of places that are not in the files, left out.
    pub n_strays: u64,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Rows read so far.
    Read(u64),
    /// Places written so far.
    Written(u64),
    /// Names are being sorted.
    Names(u64),
}

/// Imports places. Rows that cannot be used are told to `failed` and cost only themselves.
///
/// # Errors
/// When a file cannot be read at all or the folder cannot be written; the places there before are as they were.
pub fn import(
    asked: &Import,
    failed: &mut dyn FnMut(&Failure),
    progress: &mut dyn FnMut(Progress),
) -> Result<Imported, GazetteerError> {
    let path = path_of(&asked.folder, &asked.name)?;
    let fault = || GazetteerError::file(&asked.folder);
    fs::create_dir_all(&asked.folder).map_err(fault())?;
    let _lock = lock(&asked.folder)?;
    let work = Work::in_folder(&asked.folder, &asked.name).map_err(fault())?;
    let mut run = Run { asked, failed, progress, n_rows: 0, n_failed: 0, n_unspelt: 0, n_strays: 0, n_places: 0 };
    let (rows, sources, licence) = run.read(&work)?;
    let made = work.folder.join("whole");
    let manifest = run.write(&work, &made, rows, sources, licence)?;
    let n_names = manifest.n_names;
    let mut done = Imported {
        path: None,
        n_places: run.n_places,
        n_names,
        n_failed: run.n_failed,
        n_unspelt: run.n_unspelt,
        n_strays: run.n_strays,
    };
    if run.n_places > 0 {
        fs::rename(&made, &path).map_err(GazetteerError::file(&path))?;
        done.path = Some(path);
    }
    Ok(done)
}

struct Run<'a> {
    asked: &'a Import,
    failed: &'a mut dyn FnMut(&Failure),
    progress: &'a mut dyn FnMut(Progress),
    n_rows: u64,
    n_failed: u64,
    n_unspelt: u64,
    n_strays: u64,
    n_places: u64,
}

impl Run<'_> {
    fn fail(&mut self, origin: Origin, fault: RowFault) {
        self.n_failed += 1;
        let path = match self.asked.files.get(usize::from(origin.file)) {
            Some(path) => path.as_path(),
            None => self.asked.alternate_names.as_deref().unwrap_or(Path::new("")),
        };
        let path = path.display().to_string();
        (self.failed)(&Failure { path, line: origin.line, why: fault.why, code: fault.code });
    }

    fn count(&mut self) {
        self.n_rows += 1;
        if self.n_rows.is_multiple_of(STEP) {
            (self.progress)(Progress::Read(self.n_rows));
        }
    }

    /// Reads all rows into a sorter; tells who says them and what GeoNames asks of its users.
    fn read(&mut self, work: &Work) -> Result<(Merge, BTreeSet<String>, String), GazetteerError> {
        let mut sorter = Sorter::new(&work.folder, "rows", self.asked.memory_bytes);
        let mut sources = BTreeSet::new();
        let mut formats = Vec::new();
        let more_names = self.asked.alternate_names.is_some();
        for (at, path) in self.asked.files.iter().enumerate() {
            let file = u16::try_from(at).map_err(|_| GazetteerError::format(path, "too many files for one import"))?;
            formats.push(source::rows(path, self.asked.format, &mut |line, row| {
                self.count();
                let origin = Origin { file, line };
                let mut row = match row {
                    Ok(row) => row,
                    Err(fault) => {
                        self.fail(origin, fault);
                        return Ok(());
                    }
                };
                self.attribute(&mut row);
                if !sources.contains(&row.source) && sources.len() < MOST_SOURCES {
                    sources.insert(row.source.clone());
                }
                match row.item(origin, more_names && row.geonames_id.is_some()) {
                    Some(item) => sorter.push(&item)?,
                    None => self.n_unspelt += 1,
                }
                Ok(())
            })?);
        }
        if let Some(path) = &self.asked.alternate_names {
            let file = self.asked.files.len() as u16;
            source::alternate_names(path, &mut |line, name| {
                self.count();
                match name {
                    Ok((id, name)) => name_item(id, name).map_or(Ok(()), |item| sorter.push(&item))?,
                    Err(fault) => self.fail(Origin { file, line }, fault),
                }
                Ok(())
            })?;
        }
        let geonames = formats.contains(&Format::Geonames);
        let untold = if geonames { "CC BY 4.0, geonames.org" } else { "" };
        let licence = self.asked.licence.clone().unwrap_or_else(|| untold.to_owned());
        let merge = sorter.finish().map_err(GazetteerError::file(&work.folder))?;
        Ok((merge, sources, licence))
    }

    /// Who says so, where the row does not.
    fn attribute(&self, row: &mut Row) {
        if row.source.is_empty() {
            let untold = if row.geonames_id.is_some() && row.id.is_empty() { "GeoNames" } else { "" };
            row.source = self.asked.source.clone().unwrap_or_else(|| untold.to_owned());
        }
    }

    /// Writes sorted rows and their names.
    fn write(
        &mut self,
        work: &Work,
        made: &Path,
        mut rows: Merge,
        sources: BTreeSet<String>,
        licence: String,
    ) -> Result<Manifest, GazetteerError> {
        let fault = || GazetteerError::file(&work.folder);
        let sources: BTreeMap<String, u16> = sources.into_iter().zip(0..).collect();
        let mut told = vec![0_u64; sources.len()];
        let mut writer = Writer::create(made, &work.folder.join("outlines")).map_err(fault())?;
        let mut names = Sorter::new(&work.folder, "names", self.asked.memory_bytes);
        let mut group = Group::default();
        let mut item = Vec::new();
        loop {
            let more = rows.next(&mut item).map_err(fault())?;
            if !more || !group.takes(&item) {
                if let Some(source) = group.write(&sources, &mut writer, &mut names).map_err(fault())? {
                    told[usize::from(source)] += 1;
                    self.n_places += 1;
                    if self.n_places.is_multiple_of(STEP) {
                        (self.progress)(Progress::Written(self.n_places));
                    }
                }
                self.n_strays += group.n_strays();
                self.n_unspelt += u64::from(group.is_unspelt());
                group.clear();
            }
            if !more {
                break;
            }
            if let Some((origin, fault)) = group.add(&item) {
                self.fail(origin, fault);
            }
        }
        drop(rows);
        writer.end_places().map_err(fault())?;
        let n_items = names.n_items();
        (self.progress)(Progress::Names(n_items));
        let n_names = names.finish().and_then(|merge| writer.names(merge, n_items)).map_err(fault())?;
        let manifest = Manifest {
            name: self.asked.name.clone(),
            files: self.file_names(),
            sources: sources.into_keys().zip(told).map(|(name, n_places)| Source { name, n_places }).collect(),
            licence,
            n_places: self.n_places,
            n_names,
            n_failed: self.n_failed,
            kinds: place_kinds().iter().map(|kind| (*kind).to_owned()).collect(),
            spelling: file::spelling(),
        };
        writer.finish(&manifest).map_err(fault())?;
        Ok(manifest)
    }

    /// The files' names without their folders, sorted: the same places from elsewhere are the same.
    fn file_names(&self) -> Vec<String> {
        let all = self.asked.files.iter().chain(&self.asked.alternate_names);
        let names: BTreeSet<String> =
            all.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
        names.into_iter().collect()
    }
}

/// A place with all that came under its number.
#[derive(Default)]
struct Group {
    place: Vec<u8>,
    /// Where the first row of this number stands.
    id: Vec<u8>,
    names: Vec<Vec<u8>>,
}

impl Group {
    fn takes(&self, item: &[u8]) -> bool {
        self.id.is_empty() || item.starts_with(&self.id)
    }

    /// Takes one more item of this number; tells of a second place.
    fn add(&mut self, item: &[u8]) -> Option<(Origin, RowFault)> {
        if self.id.is_empty() {
            self.id.extend_from_slice(item.get(..8)?);
        }
        if item.get(8) == Some(&1) {
            if self.names.len() < MOST_NAMES {
                self.names.push(item[HEAD_BYTES..].to_vec());
            }
            return None;
        }
        if self.place.is_empty() {
            self.place.extend_from_slice(item);
            return None;
        }
        let origin = Origin::of(item)?;
        let first = Origin::of(&self.place)?;
        let body = |item: &[u8]| item.len() - crate::row::ORIGIN_BYTES;
        let same = item[..body(item)] == self.place[..body(&self.place)];
        let what = if same { "the same row" } else { "another row of the same number" };
        Some((origin, RowFault::new("duplicate", format!("{what} stands on line {}", first.line))))
    }

    /// Writes the place and puts its names into the sorter; tells its source.
    fn write(
        &self,
        sources: &BTreeMap<String, u16>,
        writer: &mut Writer,
        names: &mut Sorter,
    ) -> io::Result<Option<u16>> {
        if self.place.is_empty() || self.is_unspelt() {
            return Ok(None);
        }
        let place = Sorted::of(&self.place).ok_or_else(|| io::Error::other("a run on disk was damaged"))?;
        let source = std::str::from_utf8(place.source).ok().and_then(|name| sources.get(name)).copied().unwrap_or(0);
        let head = writer.place(&place, source)?;
        let all = place.keys.iter().copied().chain(self.names.iter().map(Vec::as_slice));
        let mut spellings: Vec<String> = all
            .filter_map(|key| std::str::from_utf8(key).ok())
            .flat_map(|key| related_keys(key.to_owned(), place.sounded))
            .collect();
        spellings.sort_unstable();
        spellings.dedup();
        push_names(&spellings, head, names)?;
        Ok(Some(source))
    }

    /// Whether there is a place but no name to find it by.
    fn is_unspelt(&self) -> bool {
        let unspelt = || Sorted::of(&self.place).is_some_and(|place| place.keys.is_empty());
        !self.place.is_empty() && self.names.is_empty() && unspelt()
    }

    fn n_strays(&self) -> u64 {
        if self.place.is_empty() { self.names.len() as u64 } else { 0 }
    }

    fn clear(&mut self) {
        self.place.clear();
        self.id.clear();
        self.names.clear();
    }
}

fn push_names(spellings: &[String], head: Head, names: &mut Sorter) -> io::Result<()> {
    let mut item = Vec::new();
    for spelling in spellings {
        head.item(spelling.as_bytes(), &mut item);
        names.push(&item)?;
    }
    Ok(())
}

/// Keeps a second import out of the folder until dropped.
fn lock(folder: &Path) -> Result<File, GazetteerError> {
    let path = folder.join(LOCK);
    let file =
        File::options().create(true).truncate(false).write(true).open(&path).map_err(GazetteerError::file(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(GazetteerError::Busy { path: folder.to_path_buf() }),
        Err(TryLockError::Error(cause)) => Err(GazetteerError::File { path, cause }),
    }
}

/// A folder for what is not finished; gone when dropped.
struct Work {
    folder: PathBuf,
}

impl Work {
    /// Makes it, after clearing away what a killed import left. The lock is held, so nobody else's is in use.
    fn in_folder(folder: &Path, name: &str) -> io::Result<Work> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == UNFINISHED) && path.is_dir() {
                fs::remove_dir_all(&path)?;
            }
        }
        let folder = folder.join(format!("{name}.{UNFINISHED}"));
        fs::create_dir(&folder)?;
        Ok(Work { folder })
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
