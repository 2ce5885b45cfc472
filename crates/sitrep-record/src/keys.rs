//! Sets of names and words as numbers: small to keep, quick to compare.
//!
//! In: folded names or words. Out: [`Keys`]. The numbers are the same on every machine and in every run. Never turned back into
//! text: what people read comes from the claims.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// FNV-1a over `parts`, each ended by a zero byte: the same everywhere, unlike the library's own hasher.
pub(crate) fn fnv(parts: &[&[u8]]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.iter().flat_map(|part| part.iter().chain(&[0])) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

/// The number of one folded name or word.
pub(crate) fn key(text: &str) -> u64 {
    fnv(&[text.as_bytes()])
}

/// How common a stem is in news: 1 common, 2 known, 3 rare.
static WORD_CLASSES: LazyLock<HashMap<&str, u64>> = LazyLock::new(|| {
    let lines = include_str!("../data/word_classes.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(word, class)| Some((word, class.parse().ok()?)))
        .collect()
});

/// The number of a stem, of 32 bits, with its class in the two lowest.
pub(crate) fn word_key(stem: &str) -> u64 {
    key(stem) >> 32 & !3 | WORD_CLASSES.get(stem).copied().unwrap_or(3)
}

/// A set of numbered names or words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Keys(Box<[u64]>);

impl Keys {
    /// The keys of `texts`.
    pub(crate) fn of<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Keys {
        texts.into_iter().map(|text| key(text.as_ref())).collect()
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Every one, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.iter().copied()
    }

    /// Whether `key` is one of them.
    pub(crate) fn contains(&self, key: u64) -> bool {
        self.0.binary_search(&key).is_ok()
    }

    /// How many are in both.
    pub(crate) fn n_shared(&self, other: &Keys) -> usize {
        let (mut a, mut b, mut n) = (self.0.iter().peekable(), other.0.iter().peekable(), 0);
        while let (Some(one), Some(two)) = (a.peek(), b.peek()) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    n += 1;
                    a.next();
                    b.next();
                }
            }
        }
        n
    }

    /// Whether none is in both.
    pub(crate) fn is_disjoint(&self, other: &Keys) -> bool {
        self.n_shared(other) == 0
    }

    /// Those of either.
    pub(crate) fn union(&self, other: &Keys) -> Keys {
        self.iter().chain(other.iter()).collect()
    }

    /// The keys of words, each with its weight, 1 to 3, in the two lowest bits.
    pub(crate) fn of_words<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> Keys {
        words.into_iter().map(|word| word_key(word.as_ref())).collect()
    }

    /// Shared part of the weight of both, 0 to 100 percent; for keys made by [`Keys::of_words`].
    pub(crate) fn weighed_likeness_percent(&self, other: &Keys) -> u32 {
        let weight = |key: &u64| [0, 1, 2, 4][(key & 3) as usize];
        let (mut a, mut b, mut shared) = (self.0.iter().peekable(), other.0.iter().peekable(), 0_u32);
        while let (Some(one), Some(two)) = (a.peek(), b.peek()) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    shared += weight(one);
                    a.next();
                    b.next();
                }
            }
        }
        let all = self.0.iter().chain(&other.0).map(weight).sum::<u32>() - shared;
        (shared * 100).checked_div(all).unwrap_or(0)
    }

    /// Shared part of both, 0 to 100 percent (Jaccard).
    pub(crate) fn likeness_percent(&self, other: &Keys) -> u32 {
        let shared = self.n_shared(other);
        let all = self.len() + other.len() - shared;
        (shared * 100).checked_div(all).map_or(0, |percent| percent as u32)
    }
}

/// Kept as bytes: how many a key takes, then the keys.
impl Serialize for Keys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let width = if self.0.iter().all(|key| *key <= u64::from(u32::MAX)) { 4 } else { 8 };
        let keys = self.0.iter().flat_map(|key| key.to_le_bytes().into_iter().take(width));
        let bytes: Vec<u8> = [width as u8].into_iter().chain(keys).collect();
        serializer.serialize_bytes(if self.is_empty() { &[] } else { &bytes })
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Keys, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        let (width, keys) = bytes.split_first().map_or((8, bytes), |(width, keys)| (usize::from(*width), keys));
        let key = |bytes: &[u8]| bytes.iter().rev().fold(0, |key, byte| key << 8 | u64::from(*byte));
        Ok(keys.chunks(width.clamp(1, 8)).map(key).collect())
    }
}

impl FromIterator<u64> for Keys {
    fn from_iter<I: IntoIterator<Item = u64>>(keys: I) -> Keys {
        let mut keys: Vec<u64> = keys.into_iter().collect();
        keys.sort_unstable();
        keys.dedup();
        Keys(keys.into_boxed_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_sets() {
        let (a, b) = (Keys::of(["red", "column", "red"]), Keys::of(["column", "north"]));
        assert_eq!((a.len(), a.n_shared(&b), a.union(&b).len(), a.likeness_percent(&b)), (2, 1, 3, 33));
        assert!(!a.is_disjoint(&b) && a.is_disjoint(&Keys::default()) && b.contains(key("north")));
        assert_eq!(Keys::default().likeness_percent(&Keys::default()), 0);
    }

    #[test]
    fn rare_words_weigh_more() {
        let likeness = |a: &[&str], b: &[&str]| Keys::of_words(a).weighed_likeness_percent(&Keys::of_words(b));
        assert_eq!(word_key("attack") & 3, 1, "a common word");
        assert_eq!(word_key("zarnovia") & 3, 3, "a word nobody lists");
        assert_eq!(likeness(&["attack", "zarnovia"], &["attack", "korma"]), 11);
        assert_eq!(likeness(&["attack", "zarnovia"], &["report", "zarnovia"]), 66);
        assert_eq!(likeness(&[], &[]), 0);
    }
}
