//! Looks places up in a file, without loading it.
//!
//! In: a file that [`super::write`] made; nothing in it is trusted. Out: places by spelling. In memory are the first name of each
//! block, the filter and the manifest; a look-up reads a block and the places it names.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use sitrep_claims::{MorePlace, place_kinds};
use sitrep_model::Ring;

use super::filter::Filter;
use super::{
    FEW_PLACES, FIXED_BYTES, Found, HAS_GEONAMES_ID, HAS_OUTLINE, LONGEST_PLACE_BYTES, MAGIC, Manifest, SLOT_BYTES,
    TRAILER_BYTES, hex, spelling,
};
use crate::error::GazetteerError;
use crate::row::{Bytes, decode_outline};

/// No manifest, block or list is longer.
const LONGEST_PART_BYTES: u64 = 1 << 26;
/// No first names of blocks and no filter are longer.
const LONGEST_INDEX_BYTES: u64 = 1 << 31;

/// A file of places, open.
pub(crate) struct Volume {
    path: PathBuf,
    file: File,
    pub(crate) manifest: Manifest,
    /// SHA-256 of all but the trailer.
    pub(crate) sha256: String,
    pub(crate) n_bytes: u64,
    places_end: u64,
    outlines_end: u64,
    hashed_end: u64,
    /// First names, one after the other, and where each block stands.
    first_names: Vec<u8>,
    blocks: Vec<BlockAt>,
    filter: Filter,
    kinds: Vec<&'static str>,
}

struct BlockAt {
    name_start: u32,
    name_end: u32,
    at: u64,
    length: u32,
}

impl Volume {
    pub(crate) fn open(path: &Path) -> Result<Volume, GazetteerError> {
        let fault = || GazetteerError::file(path);
        let damaged = |why: &str| GazetteerError::damaged(path, why);
        let mut file = File::open(path).map_err(fault())?;
        let n_bytes = file.metadata().map_err(fault())?.len();
        let Some(start) = n_bytes.checked_sub(TRAILER_BYTES as u64) else { return Err(damaged("cut short")) };
        let trailer = section(&mut file, start, n_bytes).map_err(fault())?;
        if !trailer.ends_with(MAGIC) {
            return Err(damaged("cut short, or no file of places"));
        }
        let mut ends = [0; 6];
        for (end, bytes) in ends.iter_mut().zip(trailer.chunks_exact(8)) {
            *end = bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        }
        let [places_end, outlines_end, names_end, index_end, filter_end, manifest_end] = ends;
        if manifest_end != start || !ends.is_sorted() || places_end < MAGIC.len() as u64 {
            return Err(damaged("its parts do not fit together"));
        }
        let sizes = [index_end - names_end, filter_end - index_end];
        if manifest_end - filter_end > LONGEST_PART_BYTES || sizes.iter().any(|n| *n > LONGEST_INDEX_BYTES) {
            return Err(damaged("its parts are too long"));
        }
        let manifest = section(&mut file, filter_end, manifest_end).map_err(fault())?;
        let manifest: Manifest = serde_json::from_slice(&manifest).map_err(|_| damaged("its manifest is damaged"))?;
        if manifest.spelling != spelling() {
            return Err(damaged("made by an edition of the program that spells names otherwise"));
        }
        let kind = |name: &String| place_kinds().iter().copied().find(|kind| kind == name);
        let kinds = manifest.kinds.iter().map(|name| kind(name).unwrap_or("area")).collect();
        let index = section(&mut file, names_end, index_end).map_err(fault())?;
        let (first_names, blocks) = blocks(&index).ok_or_else(|| damaged("its index is damaged"))?;
        let filter = Filter::from_bytes(section(&mut file, index_end, filter_end).map_err(fault())?);
        Ok(Volume {
            path: path.to_path_buf(),
            file,
            manifest,
            sha256: hex(&trailer[48..80]),
            n_bytes,
            places_end,
            outlines_end,
            hashed_end: manifest_end,
            first_names,
            blocks,
            filter: filter.ok_or_else(|| damaged("its filter is damaged"))?,
            kinds,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Four-byte steps that its places take.
    pub(crate) fn n_slots(&self) -> u64 {
        self.places_end / SLOT_BYTES
    }

    /// Whether its bytes are those it was made with. Reads all of it.
    pub(crate) fn is_whole(&self) -> io::Result<bool> {
        let mut hash = Sha256::new();
        let mut chunk = vec![0; 1 << 20];
        let mut at = 0;
        while at < self.hashed_end {
            let n = chunk.len().min((self.hashed_end - at) as usize);
            read_at(&self.file, &mut chunk[..n], at)?;
            hash.update(&chunk[..n]);
            at += n as u64;
        }
        Ok(hex(&hash.finalize()) == self.sha256)
    }

    pub(crate) fn knows(&self, name: &str) -> io::Result<bool> {
        Ok(self.filter.may_hold(name.as_bytes()) && self.entry(name.as_bytes())?.is_some())
    }

    /// Where the places of a name stand: the best known of all, then those of `countries`.
    pub(crate) fn slots(&self, name: &str, countries: &[[u8; 2]]) -> io::Result<Vec<u32>> {
        if !self.filter.may_hold(name.as_bytes()) {
            return Ok(Vec::new());
        }
        match self.entry(name.as_bytes())? {
            None => Ok(Vec::new()),
            Some(Places::Few(slots)) => Ok(slots),
            Some(Places::List(at, length)) => {
                if length > LONGEST_PART_BYTES {
                    return Err(odd());
                }
                let mut bytes = vec![0; length as usize];
                read_at(&self.file, &mut bytes, at)?;
                list(&bytes, countries).ok_or_else(odd)
            }
        }
    }

    fn entry(&self, name: &[u8]) -> io::Result<Option<Places>> {
        let first = |b: &BlockAt| self.first_names.get(b.name_start as usize..b.name_end as usize).unwrap_or_default();
        let Some(at) = self.blocks.partition_point(|b| first(b) <= name).checked_sub(1) else { return Ok(None) };
        let block = &self.blocks[at];
        let mut bytes = vec![0; block.length as usize];
        read_at(&self.file, &mut bytes, block.at)?;
        search(&bytes, name).ok_or_else(odd)
    }

    fn record(&self, slot: u32) -> io::Result<Record> {
        let at = u64::from(slot) * SLOT_BYTES;
        let left = self.places_end.checked_sub(at).ok_or_else(odd)?;
        let mut bytes = [0; LONGEST_PLACE_BYTES];
        let n = LONGEST_PLACE_BYTES.min(left as usize);
        read_at(&self.file, &mut bytes[..n], at)?;
        Record::of(&bytes[..n]).ok_or_else(odd)
    }

    /// The place at a slot, with its number counted from `base`.
    pub(crate) fn place(&self, slot: u32, base: u32) -> io::Result<MorePlace> {
        let record = self.record(slot)?;
        Ok(MorePlace {
            number: base.checked_add(slot).ok_or_else(odd)?,
            kind: self.kind(&record),
            name: record.name,
            lat: record.lat,
            lon: record.lon,
            country: record.country,
            population_log2: f64::from(record.population).ln_1p() / std::f64::consts::LN_2,
            radius_km: record.radius_km,
            geonames_id: record.geonames_id,
            rank: record.rank,
        })
    }

    /// The same, for people to read.
    pub(crate) fn found(&self, slot: u32) -> io::Result<Found> {
        let record = self.record(slot)?;
        let source = self.manifest.sources.get(usize::from(record.source));
        Ok(Found {
            gazetteer: self.manifest.name.clone(),
            kind: self.kind(&record),
            name: record.name,
            country: String::from_utf8_lossy(&record.country).into_owned(),
            lat: record.lat,
            lon: record.lon,
            population: u64::from(record.population),
            id: record.id,
            geonames_id: record.geonames_id,
            source: source.map(|s| s.name.clone()).unwrap_or_default(),
        })
    }

    fn kind(&self, record: &Record) -> &'static str {
        self.kinds.get(usize::from(record.kind)).copied().unwrap_or("area")
    }

    pub(crate) fn outline(&self, slot: u32) -> io::Result<Option<Vec<Ring>>> {
        let Some((at, length)) = self.record(slot)?.outline else { return Ok(None) };
        let start = self.places_end + at;
        if u64::from(length) > LONGEST_PART_BYTES || start + u64::from(length) > self.outlines_end {
            return Err(odd());
        }
        let mut bytes = vec![0; length as usize];
        read_at(&self.file, &mut bytes, start)?;
        decode_outline(&bytes).map(Some).ok_or_else(odd)
    }
}

fn odd() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "damaged; import it again")
}

fn section(file: &mut File, from: u64, to: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; (to - from) as usize];
    file.seek(SeekFrom::Start(from))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Reads without moving a place in the file that threads would share.
#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    use std::os::windows::fs::FileExt as _;
    while !bytes.is_empty() {
        let n = file.seek_read(bytes, at)?;
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[n..];
        at += n as u64;
    }
    Ok(())
}

/// First names and blocks; `None` for damaged bytes.
fn blocks(index: &[u8]) -> Option<(Vec<u8>, Vec<BlockAt>)> {
    let mut reader = Bytes { bytes: index, at: 0 };
    let n_blocks = reader.take(8)?.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    let (mut names, mut blocks) = (Vec::new(), Vec::new());
    for _ in 0..n_blocks {
        let name = reader.text()?;
        let name_start = u32::try_from(names.len()).ok()?;
        names.extend_from_slice(name);
        let at = reader.take(8)?.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        let length = reader.take(4)?.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
        if u64::from(length) > LONGEST_PART_BYTES {
            return None;
        }
        blocks.push(BlockAt { name_start, name_end: u32::try_from(names.len()).ok()?, at, length });
    }
    Some((names, blocks))
}

/// The places of a name: few here, or where their list stands and how long it is.
#[derive(Debug, PartialEq)]
enum Places {
    Few(Vec<u32>),
    List(u64, u64),
}

/// Looks for a name in a block; the outer `None` is for damaged bytes.
#[allow(clippy::option_option, reason = "damaged and absent are two answers")]
fn search(block: &[u8], name: &[u8]) -> Option<Option<Places>> {
    let mut reader = Bytes { bytes: block, at: 0 };
    let mut last: Vec<u8> = Vec::new();
    while reader.at < block.len() {
        let shared = usize::try_from(reader.number()?).ok().filter(|n| *n <= last.len())?;
        let rest = reader.text()?;
        last.truncate(shared);
        last.extend_from_slice(rest);
        let n = usize::try_from(reader.number()?).ok()?;
        let places = if n > FEW_PLACES {
            Places::List(reader.number()?, reader.number()?)
        } else if last == name {
            Places::Few((0..n).map(|_| u32::try_from(reader.number()?).ok()).collect::<Option<_>>()?)
        } else {
            (0..n).try_for_each(|_| reader.number().map(drop))?;
            Places::Few(Vec::new())
        };
        match last.as_slice().cmp(name) {
            std::cmp::Ordering::Less => {}
            std::cmp::Ordering::Equal => return Some(Some(places)),
            std::cmp::Ordering::Greater => return Some(None),
        }
    }
    Some(None)
}

/// The places of a list: the best of all, then those of the countries.
fn list(bytes: &[u8], countries: &[[u8; 2]]) -> Option<Vec<u32>> {
    let mut reader = Bytes { bytes, at: 0 };
    let slots = |reader: &mut Bytes<'_>| -> Option<Vec<u32>> {
        (0..reader.number()?).map(|_| u32::try_from(reader.number()?).ok()).collect()
    };
    let mut found = slots(&mut reader)?;
    let n_best = found.len();
    for _ in 0..reader.number()? {
        let country = reader.take(2)?;
        let own = slots(&mut reader)?;
        if countries.iter().any(|c| c == country) {
            let more: Vec<u32> = own.into_iter().filter(|slot| !found[..n_best].contains(slot)).collect();
            found.extend(more);
        }
    }
    Some(found)
}

struct Record {
    lat: f64,
    lon: f64,
    country: [u8; 2],
    kind: u8,
    rank: u8,
    radius_km: f64,
    population: u32,
    source: u16,
    geonames_id: Option<u64>,
    /// Where its outline begins among the outlines, and its length.
    outline: Option<(u64, u32)>,
    name: String,
    id: String,
}

impl Record {
    fn of(bytes: &[u8]) -> Option<Record> {
        let f = bytes.get(..FIXED_BYTES)?;
        let mut reader = Bytes { bytes, at: FIXED_BYTES };
        let degrees = |b: &[u8]| f64::from(i32::from_le_bytes([b[0], b[1], b[2], b[3]])) / 1e6;
        let five = |b: &[u8]| b.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        let geonames_id = if f[21] & HAS_GEONAMES_ID > 0 { Some(five(reader.take(5)?)) } else { None };
        let outline = if f[21] & HAS_OUTLINE > 0 {
            let at = five(reader.take(5)?);
            let length = reader.take(4)?;
            Some((at, u32::from_le_bytes([length[0], length[1], length[2], length[3]])))
        } else {
            None
        };
        let mut text = |length: u8| {
            let bytes = reader.take(usize::from(length))?;
            std::str::from_utf8(bytes).ok().map(str::to_owned)
        };
        let (lat, lon) = (degrees(&f[0..4]), degrees(&f[4..8]));
        let near = lat.abs() <= 90.0 && lon.abs() <= 180.0;
        near.then_some(Record {
            lat,
            lon,
            country: [f[8], f[9]],
            kind: f[10],
            rank: f[11],
            radius_km: 0.05 * (f64::from(f[12]) / 20.0).exp(),
            population: u32::from_le_bytes([f[13], f[14], f[15], f[16]]),
            source: u16::from_le_bytes([f[17], f[18]]),
            geonames_id,
            outline,
            name: text(f[19])?,
            id: text(f[20])?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_bytes_give_no_answer() {
        let block = [0, 1, b'a', 2, 5, 9, 1, 1, b'b', 1, 7];
        assert_eq!(search(&block, b"ab"), Some(Some(Places::Few(vec![7]))));
        assert_eq!(search(&block, b"aa"), Some(None));
        for cut in 1..block.len() {
            let _ = search(&block[..cut], b"ab");
        }
        assert_eq!(search(&[9, 0], b"a"), None);
        assert_eq!(list(&[200], &[]), None);
        assert!(Record::of(&[0; 10]).is_none());
        assert!(blocks(&[255; 12]).is_none());
    }
}
