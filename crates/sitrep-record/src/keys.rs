//! Sets of names and words as numbers: small to keep, quick to compare.
//!
//! In: folded names or words. Out: [`Keys`]. The numbers are the same on every machine and in every run. Never turned back into
//! text: what people read comes from the claims.

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

    /// Shared part of both, 0 to 100 percent (Jaccard).
    pub(crate) fn likeness_percent(&self, other: &Keys) -> u32 {
        let shared = self.n_shared(other);
        let all = self.len() + other.len() - shared;
        (shared * 100).checked_div(all).map_or(0, |percent| percent as u32)
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
}
