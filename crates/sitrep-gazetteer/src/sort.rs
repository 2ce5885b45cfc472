//! Sorts more than fits into memory: runs on disk, merged at the end.
//!
//! In: byte strings in any order. Out: the same, sorted. Uses the memory it is given and a folder for the rest; one run that fits
//! stays in memory. Never changes an item.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Bytes of a run's reading or writing buffer.
const BUFFER_BYTES: usize = 1 << 20;
/// No item is longer.
const LONGEST_ITEM_BYTES: u64 = 1 << 28;

/// Where an item stands in the arena, after its first eight bytes for quick comparison.
#[derive(Clone, Copy)]
struct Slot {
    head: u64,
    start: u32,
    length: u32,
}

/// Takes items.
pub(crate) struct Sorter {
    folder: PathBuf,
    label: &'static str,
    memory_bytes: usize,
    arena: Vec<u8>,
    slots: Vec<Slot>,
    runs: Vec<PathBuf>,
    n_items: u64,
}

impl Sorter {
    /// Sorts with about `memory_bytes`; runs go into `folder` under names that begin with `label`.
    pub(crate) fn new(folder: &Path, label: &'static str, memory_bytes: usize) -> Sorter {
        let memory_bytes = memory_bytes.clamp(1 << 10, 1 << 30);
        let (arena, slots, runs) = (Vec::new(), Vec::new(), Vec::new());
        Sorter { folder: folder.to_path_buf(), label, memory_bytes, arena, slots, runs, n_items: 0 }
    }

    /// How many items were taken.
    pub(crate) fn n_items(&self) -> u64 {
        self.n_items
    }

    pub(crate) fn push(&mut self, item: &[u8]) -> io::Result<()> {
        let used = self.arena.len() + self.slots.len() * size_of::<Slot>();
        if used + item.len() > self.memory_bytes && !self.slots.is_empty() {
            self.spill()?;
        }
        let mut head = [0; 8];
        let n = item.len().min(8);
        head[..n].copy_from_slice(&item[..n]);
        let odd = |_| io::Error::other("an item too long to sort");
        let (start, length) = (u32::try_from(self.arena.len()).map_err(odd)?, u32::try_from(item.len()).map_err(odd)?);
        self.slots.push(Slot { head: u64::from_be_bytes(head), start, length });
        self.arena.extend_from_slice(item);
        self.n_items += 1;
        Ok(())
    }

    /// The items in order.
    pub(crate) fn finish(mut self) -> io::Result<Merge> {
        if !self.runs.is_empty() && !self.slots.is_empty() {
            self.spill()?;
        }
        self.sort();
        if !self.runs.is_empty() {
            // All is on the disk; the memory is wanted for what comes next.
            (self.arena, self.slots) = (Vec::new(), Vec::new());
        }
        let mut heads = BinaryHeap::new();
        for (number, path) in self.runs.iter().enumerate() {
            let mut run = Run { reader: BufReader::with_capacity(BUFFER_BYTES, File::open(path)?), number };
            let mut item = Vec::new();
            if run.next(&mut item)? {
                heads.push(Reverse((item, run)));
            }
        }
        Ok(Merge { arena: self.arena, slots: self.slots.into_iter(), heads, runs: self.runs })
    }

    fn sort(&mut self) {
        let arena = &self.arena;
        let bytes = |s: &Slot| &arena[s.start as usize..(s.start + s.length) as usize];
        self.slots.sort_unstable_by(|a, b| a.head.cmp(&b.head).then_with(|| bytes(a).cmp(bytes(b))));
    }

    fn spill(&mut self) -> io::Result<()> {
        self.sort();
        let path = self.folder.join(format!("{}.{}.run", self.label, self.runs.len()));
        let mut out = BufWriter::with_capacity(BUFFER_BYTES, File::create_new(&path)?);
        self.runs.push(path);
        for slot in &self.slots {
            write_number(&mut out, u64::from(slot.length))?;
            out.write_all(&self.arena[slot.start as usize..(slot.start + slot.length) as usize])?;
        }
        out.flush()?;
        self.slots.clear();
        self.arena.clear();
        Ok(())
    }
}

struct Run {
    reader: BufReader<File>,
    number: usize,
}

impl Run {
    fn next(&mut self, item: &mut Vec<u8>) -> io::Result<bool> {
        let Some(length) = read_number(&mut self.reader)? else { return Ok(false) };
        if length > LONGEST_ITEM_BYTES {
            return Err(io::Error::other("a run on disk was damaged"));
        }
        item.resize(length as usize, 0);
        self.reader.read_exact(item)?;
        Ok(true)
    }
}

impl PartialEq for Run {
    fn eq(&self, other: &Run) -> bool {
        self.number == other.number
    }
}

impl Eq for Run {}

impl PartialOrd for Run {
    fn partial_cmp(&self, other: &Run) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Run {
    fn cmp(&self, other: &Run) -> std::cmp::Ordering {
        self.number.cmp(&other.number)
    }
}

/// Gives the items back in order; removes the runs when dropped.
pub(crate) struct Merge {
    arena: Vec<u8>,
    slots: std::vec::IntoIter<Slot>,
    heads: BinaryHeap<Reverse<(Vec<u8>, Run)>>,
    runs: Vec<PathBuf>,
}

impl Merge {
    /// The next item, in `item`; `false` at the end.
    pub(crate) fn next(&mut self, item: &mut Vec<u8>) -> io::Result<bool> {
        if self.runs.is_empty() {
            let Some(slot) = self.slots.next() else { return Ok(false) };
            item.clear();
            item.extend_from_slice(&self.arena[slot.start as usize..(slot.start + slot.length) as usize]);
            return Ok(true);
        }
        let Some(mut top) = self.heads.peek_mut() else { return Ok(false) };
        let Reverse((first, run)) = &mut *top;
        std::mem::swap(item, first);
        if !run.next(first)? {
            PeekMut::pop(top);
        }
        Ok(true)
    }
}

impl Drop for Merge {
    fn drop(&mut self) {
        for path in &self.runs {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// A number of seven bits a byte, lowest first.
pub(crate) fn write_number(out: &mut impl Write, mut value: u64) -> io::Result<()> {
    while value >= 0x80 {
        out.write_all(&[value as u8 | 0x80])?;
        value >>= 7;
    }
    out.write_all(&[value as u8])
}

/// The same back; `None` at the end.
fn read_number(reader: &mut impl Read) -> io::Result<Option<u64>> {
    let (mut value, mut shift) = (0_u64, 0);
    loop {
        let mut byte = [0];
        if reader.read(&mut byte)? == 0 {
            return if shift == 0 { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
        }
        value |= u64::from(byte[0] & 0x7f) << shift;
        shift += 7;
        if byte[0] < 0x80 || shift > 56 {
            return Ok(Some(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(items: &[Vec<u8>], memory_bytes: usize) -> Vec<Vec<u8>> {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(folder.path(), "test", memory_bytes);
        items.iter().for_each(|item| sorter.push(item).unwrap());
        let mut merge = sorter.finish().unwrap();
        let (mut out, mut item) = (Vec::new(), Vec::new());
        while merge.next(&mut item).unwrap() {
            out.push(item.clone());
        }
        drop(merge);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "runs are left behind");
        out
    }

    #[test]
    fn many_runs_and_one_give_the_same_order() {
        let items: Vec<Vec<u8>> =
            (0..5_000_u32).map(|n| format!("{:x}", n.wrapping_mul(2_654_435_761) % 977).into_bytes()).collect();
        let mut expected = items.clone();
        expected.sort();
        assert_eq!(sorted(&items, 1 << 10), expected);
        assert_eq!(sorted(&items, 1 << 20), expected);
        assert!(sorted(&[], 1 << 20).is_empty());
    }
}
