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

/// Pairs of pages worth comparing, as places in `pages`, the first before the second, in order.
pub(super) fn pairs(pages: &[Page<'_>]) -> Vec<(u32, u32)> {
    let mut blocks: BTreeMap<Under, Vec<(u64, u32)>> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        for (under, entry) in entries(page) {
            blocks.entry(under).or_default().push((entry.key, index));
        }
    }
    let mut found = Vec::new();
    for (under, mut entries) in blocks {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        entries.sort_unstable();
        for block in entries.chunk_by(|a, b| a.0 == b.0) {
            for (at, &(_, one)) in block.iter().enumerate() {
                pairs.extend(block[at + 1..].iter().take(under.neighbours()).map(|&(_, other)| (one, other)));
            }
        }
        pairs.sort_unstable();
        let n_words = |index: u32| pages[index as usize].words.0.len();
        let worth = |same: &&[(u32, u32)]| {
            let (one, other) = same[0];
            under != Under::Mark || is_worth(same.len(), n_words(one).min(n_words(other)))
        };
        found.extend(pairs.chunk_by(|a, b| a == b).filter(worth).map(|same| same[0]));
    }
    found.sort_unstable();
    found.dedup();
    found
}
