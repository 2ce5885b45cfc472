//! What one outlet puts on all its pages: "subscribe to our letter", the paragraph that says who the monitor is.
//!
//! In: the words of documents with their outlets. Out: for each document which of its words are such. Needs five pages of an outlet
//! to tell; a page that would be left with little of its own is left whole, so five prints of one story are no furniture.

use std::collections::BTreeMap;

use super::words::{RUN_WORDS, Words};

/// Pages of an outlet from which its furniture can be told.
const LEAST_PAGES: usize = 5;
/// A run on so many pages of an outlet, and on this share of them, is furniture.
const LEAST_ON_PAGES: usize = 4;
const ON_PAGES_PERCENT: usize = 20;
/// A page of which more than this share is furniture is no page with furniture, but one of many prints.
const MOST_PERCENT: usize = 60;

/// For each document the words that stand on many pages of its outlet; empty when there are none.
pub(super) fn common(outlets: &[Option<String>], words: &[Words], wholes: &[u64]) -> Vec<Vec<bool>> {
    let mut pages: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (document, outlet) in outlets.iter().enumerate() {
        if let Some(outlet) = outlet {
            pages.entry(outlet).or_default().push(document);
        }
    }
    let mut found = vec![Vec::new(); words.len()];
    for documents in pages.values().filter(|documents| documents.len() >= LEAST_PAGES) {
        let furniture = furniture(documents, words, wholes);
        if furniture.is_empty() {
            continue;
        }
        for &document in documents {
            found[document] = marked(&words[document], &furniture);
        }
    }
    found
}

/// The runs that stand on many pages of one outlet, ascending.
fn furniture(documents: &[usize], words: &[Words], wholes: &[u64]) -> Vec<u64> {
    let different: BTreeMap<u64, usize> = documents.iter().map(|&document| (wholes[document], document)).collect();
    let least = LEAST_ON_PAGES.max(different.len() * ON_PAGES_PERCENT / 100);
    if different.len() < LEAST_PAGES {
        return Vec::new();
    }
    let mut runs: Vec<u64> = Vec::new();
    for &document in different.values() {
        let mut own: Vec<u64> = words[document].runs().collect();
        own.sort_unstable();
        own.dedup();
        runs.extend(own);
    }
    runs.sort_unstable();
    runs.chunk_by(|a, b| a == b).filter(|same| same.len() >= least).map(|same| same[0]).collect()
}

fn marked(words: &Words, furniture: &[u64]) -> Vec<bool> {
    let mut is_common = vec![false; words.0.len()];
    for (at, run) in words.runs().enumerate() {
        if furniture.binary_search(&run).is_ok() {
            is_common[at..at + RUN_WORDS].fill(true);
        }
    }
    let n_common = is_common.iter().filter(|common| **common).count();
    if n_common == 0 || n_common * 100 > is_common.len() * MOST_PERCENT { Vec::new() } else { is_common }
}
