//! Copies: which pages share their words, how much of them, and what a newer version changed.
//!
//! In: documents, in any order. Out: [`PageCopy`]s that depend on what the pages say and never on their order. Two halves: what is
//! made of one document alone (its words and marks), and what takes many (candidates, comparing). Whole numbers throughout.
//! Never says who copied from whom.

mod address;
mod changes;
mod common;
mod compare;
mod sketch;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sitrep_model::{CopyKind, Document, PageCopy, PageId};

pub(crate) use address::address_key;
use compare::{Indexed, Shared};
use words::Words;

/// From this share of both on, two texts are the same but for a few words.
const SAME_PERCENT: u8 = 90;
/// From this share of the shorter on, one that is longer by a quarter holds it.
const HOLDS_PERCENT: u8 = 80;
const LONGER_PERCENT: usize = 125;
/// From this share of either on, pages at one address are versions; below it the address shows another page every day.
const VERSION_PERCENT: u8 = 30;
/// Less than this in common is a quotation or a paragraph of background.
const LEAST_PERCENT: u8 = 10;
const LEAST_WORDS: usize = 24;
/// Shorter texts are never copies: "Heavy shelling is heard" is said by many.
const SHORTEST_WORDS: usize = 8;
/// Of equal texts each is paired with the first, and with each other when they are few.
const ALL_PAIRS_UP_TO: usize = 8;
/// Pages saved from one address are compared with so many that follow.
const VERSIONS_AT_ONCE: usize = 8;

/// Documents in an order that depends on nothing but themselves, with what is made of each alone.
struct Prepared<'d> {
    documents: Vec<&'d Document>,
    words: Vec<Words>,
    wholes: Vec<u64>,
    addresses: Vec<Option<String>>,
    common: Vec<Vec<bool>>,
}

/// Every pair of pages that share their words, by page; `retrieved` tells versions apart that give the same dates.
pub(crate) fn copies(documents: &[&Document], retrieved: &BTreeMap<PageId, Date>) -> Vec<PageCopy> {
    let prepared = Prepared::of(documents);
    let mut found: Vec<PageCopy> = Vec::new();
    let pairs = prepared.pairs();
    for of_one in pairs.chunk_by(|a, b| a.0 == b.0) {
        let one = of_one[0].0 as usize;
        let indexed = Indexed::of(&prepared.words[one], &prepared.common[one]);
        for &(_, other) in of_one {
            let other = other as usize;
            let shared = indexed.shared_with(&prepared.words[other], &prepared.common[other]);
            found.extend(prepared.judged(one, other, shared, retrieved));
        }
    }
    found.sort_by(|a, b| (&a.page, &a.of).cmp(&(&b.page, &b.of)));
    found
}

impl<'d> Prepared<'d> {
    fn of(documents: &[&'d Document]) -> Prepared<'d> {
        let mut documents = documents.to_vec();
        let day = |document: &Document| document.published.as_ref().map(|published| published.date);
        documents.sort_by(|a, b| (day(a).is_none(), day(a), &a.page).cmp(&(day(b).is_none(), day(b), &b.page)));
        documents.dedup_by(|a, b| a.page == b.page);
        let words: Vec<Words> = documents.iter().map(|document| Words::of(document)).collect();
        let wholes: Vec<u64> = words.iter().map(Words::whole).collect();
        let addresses = documents.iter().map(|document| document.url.as_deref().map(address_key)).collect();
        let outlets: Vec<Option<String>> = documents.iter().map(|document| outlet_key(document)).collect();
        let common = common::common(&outlets, &words, &wholes);
        Prepared { documents, words, wholes, addresses, common }
    }

    /// Pairs worth comparing, in order.
    fn pairs(&self) -> Vec<(u32, u32)> {
        let mut same: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        let mut versions: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for at in 0..self.documents.len() {
            let number = u32::try_from(at).unwrap_or(u32::MAX);
            if self.words[at].0.len() >= SHORTEST_WORDS {
                same.entry(self.wholes[at]).or_default().push(number);
            }
            if let Some(address) = &self.addresses[at] {
                versions.entry(address).or_default().push(number);
            }
        }
        // Of equal texts the first stands for all.
        let mut marks: Vec<Vec<u64>> = vec![Vec::new(); self.documents.len()];
        for equal in same.values() {
            marks[equal[0] as usize] = sketch::marks(&self.words[equal[0] as usize]);
        }
        let mut pairs = Vec::new();
        for (one, other) in sketch::candidates(&marks, &self.words) {
            let prints = |of: u32| same[&self.wholes[of as usize]].iter().take(ALL_PAIRS_UP_TO);
            pairs.extend(prints(one).flat_map(|a| prints(other).map(|b| (*a.min(b), *a.max(b)))));
        }
        for equal in same.values() {
            let firsts = if equal.len() > ALL_PAIRS_UP_TO { 1 } else { equal.len() };
            for (at, one) in equal.iter().enumerate().take(firsts) {
                pairs.extend(equal[at + 1..].iter().map(|other| (*one, *other)));
            }
        }
        for pages in versions.values() {
            for (at, one) in pages.iter().enumerate() {
                pairs.extend(pages[at + 1..].iter().take(VERSIONS_AT_ONCE).map(|other| (*one, *other)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// What the shared words of two documents make of them, if anything. `one` stands before `other`.
    fn judged(&self, one: usize, other: usize, shared: Shared, retrieved: &BTreeMap<PageId, Date>) -> Option<PageCopy> {
        let (less, more) = {
            let (a, b) = (shared.one_percent(), shared.other_percent());
            (a.min(b), a.max(b))
        };
        let n_words = shared.one_shared.min(shared.other_shared);
        let shorter = shared.one_words.min(shared.other_words);
        let longer = shared.one_words.max(shared.other_words);
        let is_enough = n_words >= LEAST_WORDS || n_words >= SHORTEST_WORDS && less >= HOLDS_PERCENT;
        let same_address = self.addresses[one].is_some() && self.addresses[one] == self.addresses[other];
        let is_version = same_address && more >= VERSION_PERCENT && n_words >= SHORTEST_WORDS;
        if !is_version && (!is_enough || more < LEAST_PERCENT) {
            return None;
        }
        let mut kind = match () {
            () if is_version => CopyKind::Newer,
            () if less >= SAME_PERCENT => CopyKind::Same,
            () if more >= HOLDS_PERCENT && longer * 100 >= shorter * LONGER_PERCENT => CopyKind::Holds,
            () => CopyKind::Partial,
        };
        // The later one is the page; of two of which one holds the other, the longer.
        let mut other_is_page = true;
        match kind {
            CopyKind::Newer => match self.is_newer(other, one, retrieved) {
                Some(newer) => other_is_page = newer,
                None => kind = CopyKind::OtherVersion,
            },
            CopyKind::Holds => other_is_page = shared.other_percent() <= shared.one_percent(),
            _ => {}
        }
        let (page, of, shared) = if other_is_page { (other, one, shared.turned()) } else { (one, other, shared) };
        let tells_changes = matches!(kind, CopyKind::Same | CopyKind::Newer | CopyKind::OtherVersion);
        let changes = match tells_changes {
            true => changes::changes(self.documents[of], self.documents[page]),
            false => Vec::new(),
        };
        Some(PageCopy {
            page: self.documents[page].page.clone(),
            of: self.documents[of].page.clone(),
            kind,
            page_percent: shared.one_percent(),
            of_percent: shared.other_percent(),
            n_words: u32::try_from(n_words).unwrap_or(u32::MAX),
            passages: shared.passages,
            changes,
        })
    }

    /// Whether `page` is newer than `of` by what they say of themselves, or by when they were saved; `None` when nothing tells.
    fn is_newer(&self, page: usize, of: usize, retrieved: &BTreeMap<PageId, Date>) -> Option<bool> {
        let (page, of) = (self.documents[page], self.documents[of]);
        let said = |document: &Document| document.modified.or(document.published.as_ref().map(|it| it.date));
        let saved = |document: &Document| retrieved.get(&document.page).copied();
        let told = |(a, b): (Option<Date>, Option<Date>)| a.zip(b).filter(|(a, b)| a != b).map(|(a, b)| a > b);
        told((said(page), said(of))).or_else(|| told((saved(page), saved(of))))
    }
}

/// The publisher of a page as one key: by name, or by the host of its address.
fn outlet_key(document: &Document) -> Option<String> {
    let named = document.outlet.as_deref().map(|name| crate::names::words(name).concat()).filter(|key| !key.is_empty());
    named.or_else(|| document.url.as_deref().and_then(address::host))
}

/// Groups of pages that carry one text: each page of such a group with the name of the group.
pub(crate) fn stories(copies: &[PageCopy]) -> BTreeMap<PageId, PageId> {
    let mut group: BTreeMap<PageId, PageId> = BTreeMap::new();
    let first = |group: &BTreeMap<PageId, PageId>, page: &PageId| {
        let mut at = page.clone();
        while let Some(up) = group.get(&at).filter(|up| **up != at) {
            at = up.clone();
        }
        at
    };
    for copy in copies.iter().filter(|copy| copy.page_percent.min(copy.of_percent) >= HOLDS_PERCENT) {
        let (one, other) = (first(&group, &copy.page), first(&group, &copy.of));
        let (keep, join) = (one.clone().min(other.clone()), one.max(other));
        group.insert(join, keep.clone());
        group.insert(keep.clone(), keep);
    }
    let members: BTreeSet<PageId> = group.keys().cloned().collect();
    members.into_iter().map(|page| (page.clone(), first(&group, &page))).collect()
}
