//! What one outlet puts on all its pages: "subscribe to our letter", the paragraph that says who the monitor is.
//!
//! In: the words of documents with their outlets. Out: the runs that are such, and which words of a page. Needs five pages of an outlet
//! to tell; a page that would be left with little of its own is left whole, so five prints of one story are no furniture.

use std::collections::BTreeMap;

use super::words::{RUN_WORDS, Words};

/// Pages of an outlet from which its furniture can be told.
pub(crate) const LEAST_PAGES: usize = 5;
/// A run on so many pages of an outlet, and on this share of them, is furniture.
const LEAST_ON_PAGES: usize = 4;
const ON_PAGES_PERCENT: usize = 20;
/// A page of which more than this share is furniture is no page with furniture, but one of many prints.
const MOST_PERCENT: usize = 60;

/// Furniture is told from so many pages of an outlet, those with the smallest ids: a random choice that a new page seldom changes.
pub(crate) const SAMPLE_PAGES: usize = 64;

/// The runs that stand on many of these pages of one outlet, ascending. Each page comes with the number of its whole text.
pub(super) fn furniture<'w>(pages: impl Iterator<Item = (u64, &'w Words)>) -> Vec<u64> {
    let different: BTreeMap<u64, &Words> = pages.collect();
    let least = LEAST_ON_PAGES.max(different.len() * ON_PAGES_PERCENT / 100);
    if different.len() < LEAST_PAGES {
        return Vec::new();
    }
    let mut runs: Vec<u64> = Vec::new();
    for words in different.values() {
        let mut own: Vec<u64> = words.runs().collect();
        own.sort_unstable();
        own.dedup();
        runs.extend(own);
    }
    runs.sort_unstable();
    runs.chunk_by(|a, b| a == b).filter(|same| same.len() >= least).map(|same| same[0]).collect()
}

/// Which words of a page are furniture; empty when none is, or when it would be left with little of its own.
pub(super) fn marked(words: &Words, furniture: &[u64]) -> Vec<bool> {
    let mut is_common = vec![false; words.0.len()];
    for (at, run) in words.runs().enumerate() {
        if furniture.binary_search(&run).is_ok() {
            is_common[at..at + RUN_WORDS].fill(true);
        }
    }
    let n_common = is_common.iter().filter(|common| **common).count();
    if n_common == 0 || n_common * 100 > is_common.len() * MOST_PERCENT { Vec::new() } else { is_common }
}
