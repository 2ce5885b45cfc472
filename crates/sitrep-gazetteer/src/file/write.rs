//! Writes a file of places from front to back.
//!
//! In: places in order, then names in order. Out: the bytes laid out in [`super`]. Holds a block of names and the first name of each
//! in memory, and the filter.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::filter::Filter;
use super::{
    BEST_OF_ALL, BEST_OF_COUNTRY, BLOCK_BYTES, FEW_PLACES, HAS_GEONAMES_ID, HAS_OUTLINE, MAGIC, Manifest, SLOT_BYTES,
};
use crate::row::Sorted;
use crate::sort::{Merge, write_number};

const BUFFER_BYTES: usize = 1 << 20;
/// Where the places that only size tells apart begin.
const PEOPLED: f64 = 16.0;

/// What the order of places of one name rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// The better known, the larger.
    pub(crate) renown: u8,
    pub(crate) country: [u8; 2],
    /// Where the place stands, in steps of four bytes.
    pub(crate) slot: u32,
}

impl Head {
    /// The name with its place, as bytes that sort by name, then by how well known the place is.
    pub(crate) fn item(&self, name: &[u8], out: &mut Vec<u8>) {
        out.clear();
        out.extend_from_slice(name);
        out.extend([0, 255 - self.renown]);
        out.extend(self.country);
        out.extend(self.slot.to_be_bytes());
    }

    fn of(item: &[u8]) -> Option<(&[u8], Head)> {
        let at = item.len().checked_sub(8)?;
        let t = &item[at..];
        let slot = u32::from_be_bytes([t[4], t[5], t[6], t[7]]);
        Some((&item[..at], Head { renown: 255 - t[1], country: [t[2], t[3]], slot }))
    }
}

/// How well known a place is, as far as numbers tell.
fn renown(place: &Sorted<'_>) -> u8 {
    if place.population > 0 {
        return (PEOPLED + ((place.population + 1) as f64).log2() * 8.0).min(255.0) as u8;
    }
    let kind = sitrep_claims::place_kinds().get(usize::from(place.kind)).copied().unwrap_or("area");
    match (place.rank, kind) {
        (3..=7, _) => 12,
        (_, "country" | "region" | "district") => 10,
        (_, "city" | "town" | "village") => 8,
        (_, "facility" | "area") => 2,
        _ => 4,
    }
}

/// A file being written.
pub(crate) struct Writer {
    out: BufWriter<File>,
    hash: Sha256,
    at: u64,
    outlines: BufWriter<File>,
    outlines_at: u64,
    ends: Vec<u64>,
}

impl Writer {
    /// Writes to `path`, with outlines beside it until the places are done.
    pub(crate) fn create(path: &Path, outlines: &Path) -> io::Result<Writer> {
        let open = |path| File::options().read(true).write(true).create_new(true).open(path);
        let mut writer = Writer {
            out: BufWriter::with_capacity(BUFFER_BYTES, open(path)?),
            hash: Sha256::new(),
            at: 0,
            outlines: BufWriter::new(open(outlines)?),
            outlines_at: 0,
            ends: Vec::new(),
        };
        writer.write(MAGIC)?;
        Ok(writer)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.at += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    /// Adds a place; tells what its names are to be sorted with.
    pub(crate) fn place(&mut self, place: &Sorted<'_>, source: u16) -> io::Result<Head> {
        let full = |_| io::Error::other("more places than one file holds (16 GiB)");
        let slot = u32::try_from(self.at / SLOT_BYTES).map_err(full)?;
        let mut bytes = Vec::with_capacity(64);
        bytes.extend(&place.fixed[..13]);
        bytes.extend(u32::try_from(place.population).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend(source.to_le_bytes());
        bytes.extend([place.name.len() as u8, place.id.len() as u8]);
        let has_outline = !place.outline.is_empty();
        let numbered = place.geonames_id > 0;
        bytes.push(u8::from(numbered) * HAS_GEONAMES_ID + u8::from(has_outline) * HAS_OUTLINE);
        if numbered {
            bytes.extend(&place.geonames_id.to_le_bytes()[..5]);
        }
        if has_outline {
            bytes.extend(&self.outlines_at.to_le_bytes()[..5]);
            bytes.extend(u32::try_from(place.outline.len()).map_err(full)?.to_le_bytes());
            self.outlines.write_all(place.outline)?;
            self.outlines_at += place.outline.len() as u64;
        }
        bytes.extend(place.name);
        bytes.extend(place.id);
        bytes.resize(bytes.len().next_multiple_of(SLOT_BYTES as usize), 0);
        self.write(&bytes)?;
        Ok(Head { renown: renown(place), country: place.country, slot })
    }

    /// Ends the places and takes the outlines in.
    pub(crate) fn end_places(&mut self) -> io::Result<()> {
        self.ends.push(self.at);
        self.outlines.flush()?;
        self.outlines.get_mut().seek(SeekFrom::Start(0))?;
        let mut outlines = BufReader::new(self.outlines.get_ref().try_clone()?);
        let mut chunk = vec![0; BUFFER_BYTES];
        loop {
            let n = outlines.read(&mut chunk)?;
            if n == 0 {
                break;
            }
            self.write(&chunk[..n])?;
        }
        self.ends.push(self.at);
        Ok(())
    }

    /// Takes all names; tells how many differ.
    pub(crate) fn names(&mut self, mut merge: Merge, n_items: u64) -> io::Result<u64> {
        let mut block =
            Block { bytes: Vec::new(), first: Vec::new(), last: Vec::new(), index: Vec::new(), n_blocks: 0 };
        let mut filter = Filter::sized(n_items);
        let (mut item, mut name, mut places) = (Vec::new(), Vec::new(), Places::default());
        let mut n_names = 0;
        while merge.next(&mut item)? {
            let Some((next, head)) = Head::of(&item) else { continue };
            if next != name.as_slice() {
                n_names += self.name(&name, &mut places, &mut block, &mut filter)?;
                name.clear();
                name.extend_from_slice(next);
            }
            places.add(head);
        }
        n_names += self.name(&name, &mut places, &mut block, &mut filter)?;
        self.end_block(&mut block)?;
        self.ends.push(self.at);
        self.write(&block.n_blocks.to_le_bytes())?;
        self.write(&block.index)?;
        self.ends.push(self.at);
        self.write(filter.bytes())?;
        self.ends.push(self.at);
        Ok(n_names)
    }

    fn name(&mut self, name: &[u8], places: &mut Places, block: &mut Block, filter: &mut Filter) -> io::Result<u64> {
        if places.n == 0 {
            return Ok(0);
        }
        filter.add(name);
        let list = if places.n > FEW_PLACES {
            let bytes = places.list()?;
            let at = self.at;
            self.write(&bytes)?;
            Some((at, bytes.len() as u64))
        } else {
            None
        };
        block.add(name, places, list)?;
        if block.bytes.len() >= BLOCK_BYTES {
            self.end_block(block)?;
        }
        places.clear();
        Ok(1)
    }

    fn end_block(&mut self, block: &mut Block) -> io::Result<()> {
        if block.bytes.is_empty() {
            return Ok(());
        }
        write_number(&mut block.index, block.first.len() as u64)?;
        block.index.extend_from_slice(&block.first);
        block.index.extend(self.at.to_le_bytes());
        block.index.extend((block.bytes.len() as u32).to_le_bytes());
        block.n_blocks += 1;
        let bytes = std::mem::take(&mut block.bytes);
        self.write(&bytes)?;
        block.last.clear();
        Ok(())
    }

    /// Ends the file; it is on the disk when this returns.
    pub(crate) fn finish(mut self, manifest: &Manifest) -> io::Result<()> {
        self.write(&serde_json::to_vec(manifest)?)?;
        self.ends.push(self.at);
        let hash = self.hash.clone().finalize();
        for end in &self.ends {
            self.out.write_all(&end.to_le_bytes())?;
        }
        self.out.write_all(&hash)?;
        self.out.write_all(MAGIC)?;
        self.out.flush()?;
        self.out.get_ref().sync_all()
    }
}

/// Names that are written together.
struct Block {
    bytes: Vec<u8>,
    first: Vec<u8>,
    last: Vec<u8>,
    index: Vec<u8>,
    n_blocks: u64,
}

impl Block {
    fn add(&mut self, name: &[u8], places: &Places, list: Option<(u64, u64)>) -> io::Result<()> {
        if self.bytes.is_empty() {
            self.first = name.to_vec();
        }
        let shared = self.last.iter().zip(name).take_while(|(a, b)| a == b).count();
        write_number(&mut self.bytes, shared as u64)?;
        write_number(&mut self.bytes, (name.len() - shared) as u64)?;
        self.bytes.extend_from_slice(&name[shared..]);
        self.last.truncate(shared);
        self.last.extend_from_slice(&name[shared..]);
        write_number(&mut self.bytes, places.n as u64)?;
        match list {
            Some((at, length)) => {
                write_number(&mut self.bytes, at)?;
                write_number(&mut self.bytes, length)?;
            }
            None => places.best.iter().try_for_each(|slot| write_number(&mut self.bytes, u64::from(*slot)))?,
        }
        Ok(())
    }
}

/// The places of one name, the best known first.
#[derive(Default)]
struct Places {
    n: usize,
    best: Vec<u32>,
    countries: BTreeMap<[u8; 2], Vec<u32>>,
    last: Option<Head>,
}

impl Places {
    fn add(&mut self, head: Head) {
        // A place that goes by one spelling twice.
        if self.last == Some(head) {
            return;
        }
        self.last = Some(head);
        self.n += 1;
        if self.best.len() < BEST_OF_ALL {
            self.best.push(head.slot);
        }
        let own = self.countries.entry(head.country).or_default();
        if own.len() < BEST_OF_COUNTRY {
            own.push(head.slot);
        }
    }

    fn list(&self) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        let slots = |out: &mut Vec<u8>, list: &[u32]| {
            write_number(out, list.len() as u64)?;
            list.iter().try_for_each(|slot| write_number(out, u64::from(*slot)))
        };
        slots(&mut out, &self.best)?;
        write_number(&mut out, self.countries.len() as u64)?;
        for (country, list) in &self.countries {
            out.extend(country);
            slots(&mut out, list)?;
        }
        Ok(out)
    }

    fn clear(&mut self) {
        self.n = 0;
        self.best.clear();
        self.countries.clear();
        self.last = None;
    }
}
