//! Which documents may share a passage: found without comparing each with each.
//!
//! In: what is made of each document alone. Out: the entries it stands under, and pairs that stand close together under them. Documents
//! meet under equal texts, shared marks and one address, in the order of their days; each meets those next to it only, so a new page
//! changes only what stands next to it.

use std::collections::BTreeMap;

use super::words::RUN_WORDS;
use super::{Page, SHORTEST_WORDS};
use crate::fuse::blocks::{Entry, short};
use crate::keys::fnv;

/// Pages of fewer words are compared when they share one mark; longer ones need two.
const SHORT_WORDS: usize = 60;

/// Under what two pages meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Under {
    /// The same words from beginning to end.
    EqualText,
    /// A mark, as most passages of fourteen words leave one.
    Mark,
    /// One address: versions of a page.
    Address,
}

impl Under {
    /// Under one key a page meets this many before it and as many after it.
    pub(crate) fn neighbours(self) -> usize {
        match self {
            Under::EqualText | Under::Mark => 12,
            Under::Address => 8,
        }
    }
}

/// Every entry of a page.
pub(super) fn entries(page: &Page<'_>) -> Vec<(Under, Entry)> {
    let at = |under: Under, kind: &[u8], what: &[u8]| {
        (under, Entry { key: short(fnv(&[b"page", kind, what])), order: page.order, claim: page.number })
    };
    let is_text = page.words.0.len() >= SHORTEST_WORDS;
    let equal = is_text.then(|| at(Under::EqualText, b"whole", &page.whole.to_le_bytes()));
    let marks = page.marks.iter().filter(|_| is_text).map(|mark| at(Under::Mark, b"mark", &mark.to_le_bytes()));
    let address = page.address.as_ref().map(|address| at(Under::Address, b"address", address.as_bytes()));
    equal.into_iter().chain(marks).chain(address).collect()
}

/// Whether two pages that share `n_marks` of their marks, and so many words at least, are worth comparing.
pub(super) fn is_worth(n_marks: usize, shorter_words: usize) -> bool {
    n_marks > 1 || n_marks == 1 && shorter_words < SHORT_WORDS + RUN_WORDS
}

/// Entries of many pages, by what they meet under.
pub(crate) type Entries = BTreeMap<Under, Vec<Entry>>;

/// Pairs of pages worth comparing by their numbers, the one that stands first first, in order. `n_words` tells how long a page is.
pub(crate) fn pairs(entries: Entries, n_words: impl Fn(u64) -> usize) -> Vec<(u64, u64)> {
    let mut found = Vec::new();
    for (under, mut entries) in entries {
        let mut pairs: Vec<(u64, u64)> = Vec::new();
        entries.sort_unstable();
        for block in entries.chunk_by(|a, b| a.key == b.key) {
            for (at, one) in block.iter().enumerate() {
                pairs.extend(block[at + 1..].iter().take(under.neighbours()).map(|other| (one.claim, other.claim)));
            }
        }
        pairs.sort_unstable();
        let worth = |same: &&[(u64, u64)]| {
            let (one, other) = same[0];
            under != Under::Mark || is_worth(same.len(), n_words(one).min(n_words(other)))
        };
        found.extend(pairs.chunk_by(|a, b| a == b).filter(worth).map(|same| same[0]));
    }
    found.sort_unstable();
    found.dedup();
    found
}
