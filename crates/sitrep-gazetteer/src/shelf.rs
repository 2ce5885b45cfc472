//! A folder of files of places, as one gazetteer.
//!
//! In: a folder that [`crate::import()`] filled. Out: look-ups over all its files, and the hash that names what is in them. Only reads; a
//! file exchanged while it is open is read on as it was.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use sha2::{Digest as _, Sha256};
use sitrep_claims::{MorePlace, MorePlaces, spelling_keys};
use sitrep_model::Ring;

use crate::error::GazetteerError;
use crate::file::{self, Found, Manifest, hex};

/// What files of places end in.
pub(crate) const ENDING: &str = "places";
/// Numbers of places are below this one.
const MOST_SLOTS: u64 = u32::MAX as u64 - (1 << 24);

/// What one file tells of itself.
#[derive(Debug, Clone)]
pub struct Volume {
    /// The file.
    pub path: PathBuf,
    /// SHA-256 of its content.
    pub sha256: String,
    /// Its length.
    pub n_bytes: u64,
    /// What it holds.
    pub manifest: Manifest,
}

/// All files of a folder, open. Cheap to share.
#[derive(Clone)]
pub struct Shelf {
    inner: Arc<Inner>,
}

struct Inner {
    /// Each with the number its first place has.
    volumes: Vec<(u32, file::Volume)>,
    /// Which to look in first: the smaller, as a survey of few places knows them better than a dump of the world.
    order: Vec<usize>,
    /// The first thing that went wrong while looking something up.
    fault: OnceLock<String>,
}

impl Shelf {
    /// Opens every file of places in `folder`.
    ///
    /// # Errors
    /// When there is none, or one of them is damaged: a gazetteer with a part missing would give other answers unseen.
    pub fn open(folder: &Path) -> Result<Shelf, GazetteerError> {
        let mut volumes = Vec::new();
        let mut next = 0_u64;
        for path in files(folder)? {
            let volume = file::Volume::open(&path)?;
            let base = next;
            next += volume.n_slots();
            if next > MOST_SLOTS {
                return Err(GazetteerError::format(folder, "more places than can be told apart (16 GiB of files)"));
            }
            volumes.push((base as u32, volume));
        }
        if volumes.is_empty() {
            return Err(GazetteerError::Empty { path: folder.to_path_buf() });
        }
        let mut order: Vec<usize> = (0..volumes.len()).collect();
        order.sort_by_key(|at| volumes[*at].1.n_slots());
        Ok(Shelf { inner: Arc::new(Inner { volumes, order, fault: OnceLock::new() }) })
    }

    /// Its files, the smaller first, each with the number its first place has.
    fn in_order(&self) -> impl Iterator<Item = &(u32, file::Volume)> {
        self.inner.order.iter().map(|at| &self.inner.volumes[*at])
    }

    /// One hash for what all its files hold.
    #[must_use]
    pub fn edition(&self) -> String {
        let mut hash = Sha256::new();
        for (_, volume) in &self.inner.volumes {
            hash.update(volume.manifest.name.as_bytes());
            hash.update([0]);
            hash.update(volume.sha256.as_bytes());
        }
        hex(&hash.finalize())
    }

    /// What its files tell of themselves, by name.
    #[must_use]
    pub fn volumes(&self) -> Vec<Volume> {
        let told = |(_, volume): &(u32, file::Volume)| Volume {
            path: volume.path().to_path_buf(),
            sha256: volume.sha256.clone(),
            n_bytes: volume.n_bytes,
            manifest: volume.manifest.clone(),
        };
        self.inner.volumes.iter().map(told).collect()
    }

    /// Files whose bytes are no longer those they were made with. Reads all of them.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn damaged(&self) -> Result<Vec<PathBuf>, GazetteerError> {
        let mut damaged = Vec::new();
        for (_, volume) in &self.inner.volumes {
            if !volume.is_whole().map_err(GazetteerError::file(volume.path()))? {
                damaged.push(volume.path().to_path_buf());
            }
        }
        Ok(damaged)
    }

    /// Places a name may mean, as written by anybody: those spelt so, then those spelt much like it.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn search(&self, name: &str, country: Option<[u8; 2]>) -> Result<Vec<Found>, GazetteerError> {
        let mut found: Vec<(u32, Found)> = Vec::new();
        for key in spelling_keys(name, true).into_iter().rev() {
            for (base, volume) in self.in_order() {
                let fault = || GazetteerError::file(volume.path());
                for slot in volume.slots(&key, country.as_slice()).map_err(fault())? {
                    let place = volume.found(slot).map_err(fault())?;
                    let wanted = country.is_none_or(|c| place.country.as_bytes() == c);
                    if wanted && found.iter().all(|(number, _)| *number != base + slot) {
                        found.push((base + slot, place));
                    }
                }
            }
        }
        Ok(found.into_iter().map(|(_, place)| place).collect())
    }

    /// What went wrong while places were looked up, if anything: then answers may lack some.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.inner.fault.get().map(String::as_str)
    }

    /// What was asked for, or nothing, and a note that something went wrong.
    fn noted<T: Default>(&self, volume: &file::Volume, answer: io::Result<T>) -> T {
        answer.unwrap_or_else(|e| {
            self.inner.fault.get_or_init(|| format!("{}: {e}", volume.path().display()));
            T::default()
        })
    }
}

impl MorePlaces for Shelf {
    fn knows(&self, key: &str) -> bool {
        self.inner.volumes.iter().any(|(_, volume)| self.noted(volume, volume.knows(key)))
    }

    fn find(&self, key: &str, countries: &[[u8; 2]]) -> Vec<MorePlace> {
        let mut found: Vec<MorePlace> = Vec::new();
        for (base, volume) in self.in_order() {
            let n_before = found.len();
            for slot in self.noted(volume, volume.slots(key, countries)) {
                let Some(place) = self.noted(volume, volume.place(slot, *base).map(Some)) else { continue };
                let known = |other: &MorePlace| other.geonames_id == place.geonames_id;
                if place.geonames_id.is_none() || !found[..n_before].iter().any(known) {
                    found.push(place);
                }
            }
        }
        found
    }

    fn outline(&self, number: u32) -> Option<Vec<Ring>> {
        let at = self.inner.volumes.partition_point(|(base, _)| *base <= number).checked_sub(1)?;
        let (base, volume) = &self.inner.volumes[at];
        self.noted(volume, volume.outline(number - base))
    }
}

/// Files of places in a folder, by name.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, GazetteerError> {
    let fault = || GazetteerError::file(folder);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault())? {
        let path = entry.map_err(fault())?.path();
        if path.extension().is_some_and(|e| e == ENDING) && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Takes a file of places away; `false` when there is none of that name.
///
/// # Errors
/// When it is there and cannot be removed.
pub fn remove(folder: &Path, name: &str) -> Result<bool, GazetteerError> {
    let path = path_of(folder, name)?;
    match fs::remove_file(&path) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(GazetteerError::file(&path)(e)),
    }
}

/// Where the places of a name are kept.
pub(crate) fn path_of(folder: &Path, name: &str) -> Result<PathBuf, GazetteerError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if name.is_empty() || name.len() > 60 || !name.chars().all(plain) {
        return Err(GazetteerError::Name { name: name.chars().take(80).collect() });
    }
    Ok(folder.join(format!("{name}.{ENDING}")))
}
