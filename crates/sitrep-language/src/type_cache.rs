//! A bounded memory of what the encoder computes per word type, shared by all threads.
//!
//! In: the features that name a type, and rows of numbers. Out: the same rows again, while they are kept. A row is a pure
//! function of its key, so what is kept or forgotten never changes an answer, only the time it takes.

use std::sync::{Mutex, PoisonError};

/// The features that decide a row: four string ids, and flags for encoders that look at spaces or word vectors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TypeKey {
    pub(crate) ids: [u64; 4],
    pub(crate) flags: u64,
}

impl TypeKey {
    /// A well-spread number for the key.
    pub(crate) fn hash(&self) -> u64 {
        let mut hash = self.flags.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for id in self.ids {
            hash = (hash.rotate_left(23) ^ id).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
        hash ^ (hash >> 32)
    }
}

/// Rows that compete for the same places.
const WAYS: usize = 4;

#[derive(Debug, Clone, Copy, Default)]
struct Place {
    key: TypeKey,
    /// When the row was last asked for; 0 while the place is free.
    last_used: u64,
}

#[derive(Debug)]
struct Shelves {
    places: Vec<Place>,
    rows: Vec<f32>,
    now: u64,
}

/// Rows by type, at most a fixed number of bytes of them; the row asked for longest ago in its set makes room.
#[derive(Debug)]
pub(crate) struct TypeCache {
    row_length: usize,
    n_sets: usize,
    shelves: Mutex<Shelves>,
}

impl TypeCache {
    /// A cache of rows of `row_length` floats that takes `size_bytes` at most, and memory only for what it holds.
    pub(crate) fn new(row_length: usize, size_bytes: usize) -> TypeCache {
        let set_bytes = WAYS * (row_length * size_of::<f32>() + size_of::<Place>());
        let n_sets = (size_bytes / set_bytes).max(1);
        let shelves = Shelves {
            places: vec![Place::default(); n_sets * WAYS],
            // Zeroed pages are handed out by the system as they are first written.
            rows: vec![0.0; n_sets * WAYS * row_length],
            now: 0,
        };
        TypeCache { row_length, n_sets, shelves: Mutex::new(shelves) }
    }

    /// Copies the rows of `keys` that are kept to their places in `rows`, and lists the others in `missing`.
    pub(crate) fn fetch(&self, keys: &[TypeKey], rows: &mut [f32], missing: &mut Vec<usize>) {
        missing.clear();
        let mut shelves = self.shelves.lock().unwrap_or_else(PoisonError::into_inner);
        shelves.now += 1;
        let now = shelves.now;
        for (index, (key, row)) in keys.iter().zip(rows.chunks_exact_mut(self.row_length)).enumerate() {
            let set = self.set(key);
            match shelves.places[set..set + WAYS].iter().position(|place| place.last_used > 0 && place.key == *key) {
                Some(way) => {
                    shelves.places[set + way].last_used = now;
                    row.copy_from_slice(&shelves.rows[(set + way) * self.row_length..][..self.row_length]);
                }
                None => missing.push(index),
            }
        }
    }

    /// Keeps the rows of the `missing` ones among `keys`.
    pub(crate) fn keep(&self, keys: &[TypeKey], rows: &[f32], missing: &[usize]) {
        if missing.is_empty() {
            return;
        }
        let mut shelves = self.shelves.lock().unwrap_or_else(PoisonError::into_inner);
        let now = shelves.now;
        for &index in missing {
            let set = self.set(&keys[index]);
            let places = &mut shelves.places[set..set + WAYS];
            // Another thread may have kept the same row meanwhile; then it is written once more, with the same numbers.
            let way = places
                .iter()
                .position(|place| place.last_used > 0 && place.key == keys[index])
                .or_else(|| (0..WAYS).min_by_key(|&way| places[way].last_used))
                .unwrap_or(0);
            places[way] = Place { key: keys[index], last_used: now };
            shelves.rows[(set + way) * self.row_length..][..self.row_length]
                .copy_from_slice(&rows[index * self.row_length..][..self.row_length]);
        }
    }

    /// The first place of the set that `key` belongs to.
    fn set(&self, key: &TypeKey) -> usize {
        ((u128::from(key.hash().wrapping_mul(0xD6E8_FEB8_6659_FD93)) * self.n_sets as u128) >> 64) as usize * WAYS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: u64) -> TypeKey {
        TypeKey { ids: [number, 2, 3, 4], flags: number % 3 }
    }

    #[test]
    fn keeps_what_it_was_given_and_stays_within_bounds() {
        let cache = TypeCache::new(8, 16_384);
        let mut missing = Vec::new();
        for round in 0..3 {
            for number in 0..1_000 {
                let keys = [key(number)];
                let mut row = [f32::NAN; 8];
                cache.fetch(&keys, &mut row, &mut missing);
                if missing.is_empty() {
                    assert_eq!(row, [number as f32; 8], "round {round}");
                } else {
                    cache.keep(&keys, &[number as f32; 8], &missing);
                    cache.fetch(&keys, &mut row, &mut missing);
                    assert!(missing.is_empty());
                }
            }
        }
        let shelves = cache.shelves.lock().unwrap();
        assert!(shelves.rows.len() * 4 + size_of_val(&shelves.places[..]) <= 16_384);
    }

    #[test]
    fn frequent_rows_outlive_rare_ones() {
        let cache = TypeCache::new(8, 4_096);
        let mut missing = Vec::new();
        let mut row = [0.0; 8];
        let mut misses = 0;
        for number in 0..2_000 {
            for keys in [[key(1_000_000)], [key(number)]] {
                cache.fetch(&keys, &mut row, &mut missing);
                misses += usize::from(keys == [key(1_000_000)] && !missing.is_empty());
                cache.keep(&keys, &row, &missing);
            }
        }
        assert_eq!(misses, 1);
    }
}
