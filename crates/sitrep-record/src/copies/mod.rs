//! Copies: which pages share their words, how much of them, and what a newer version changed.
//!
//! In: documents, in any order. Out: [`PageCopy`]s that depend on what the pages say and never on their order. Two halves: what is
//! made of one document alone (its words and marks), and what takes many (candidates, comparing). Whole numbers throughout.
//! Never says who copied from whom.

mod address;
mod changes;
mod common;
mod compare;
pub(crate) mod meet;
mod sketch;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use jiff::civil::Date;
use sitrep_model::{CopyKind, Document, PageCopy, PageId};

pub(crate) use address::address_key;
pub(crate) use common::{LEAST_PAGES, SAMPLE_PAGES};
use compare::{Indexed, Shared};
use meet::Under;
pub(crate) use words::Words;

use crate::fuse::blocks::Entry;
use crate::fuse::fact::day_number;
use crate::fuse::gist::number;

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

/// What each outlet puts on its pages, by the outlet's key: runs of words, ascending.
pub(crate) type Furniture = BTreeMap<String, Vec<u64>>;

/// A document with what is made of it alone, but for its outlet's furniture.
pub(crate) struct Page<'d> {
    document: &'d Document,
    /// Its page's id as a number.
    pub(crate) number: u64,
    /// The day it was published; undated ones come last.
    pub(crate) order: i64,
    words: Rc<Words>,
    whole: u64,
    address: Option<String>,
    common: Vec<bool>,
    marks: Vec<u64>,
}

impl<'d> Page<'d> {
    /// A document among others, with its outlet's furniture.
    pub(crate) fn of(document: &'d Document, furniture: &[u64]) -> Page<'d> {
        let page = Page::without_marks(document, Rc::new(Words::of(document)), furniture);
        let mut marks = sketch::marks(&page.words);
        if !page.common.is_empty() {
            marks.retain(|mark| furniture.binary_search(mark).is_err());
        }
        Page { marks, ..page }
    }

    /// A document with the furniture of all outlets.
    pub(crate) fn among(document: &'d Document, furniture: &Furniture) -> Page<'d> {
        Page::of(document, furniture_of(document, furniture))
    }

    /// The same for comparing alone, with its words.
    pub(crate) fn comparable(document: &'d Document, words: Rc<Words>, furniture: &Furniture) -> Page<'d> {
        Page::without_marks(document, words, furniture_of(document, furniture))
    }

    /// The same, with its outlet's furniture.
    pub(crate) fn without_marks(document: &'d Document, words: Rc<Words>, furniture: &[u64]) -> Page<'d> {
        let common = if furniture.is_empty() { Vec::new() } else { common::marked(&words, furniture) };
        Page {
            document,
            number: number(document.page.as_str()),
            order: document.published.as_ref().map_or(i64::MAX, |published| day_number(published.date).into()),
            whole: words.whole(),
            address: document.url.as_deref().map(address_key),
            words,
            common,
            marks: Vec::new(),
        }
    }

    /// The key of its outlet.
    pub(crate) fn outlet(&self) -> Option<String> {
        outlet_key(self.document)
    }

    /// Its page's id.
    pub(crate) fn id(&self) -> &'d PageId {
        &self.document.page
    }

    /// Whether it stands under the same marks, and the same words of it are furniture.
    pub(crate) fn is_as(&self, other: &Page<'_>) -> bool {
        self.marks == other.marks && self.common == other.common
    }

    /// Every entry it stands under.
    pub(crate) fn entries(&self) -> Vec<(Under, Entry)> {
        meet::entries(self)
    }

    /// Whether sharing so many marks with a page of so many words is enough to be worth comparing.
    pub(crate) fn is_worth_comparing(&self, other_words: usize, n_marks: usize) -> bool {
        meet::is_worth(n_marks, self.n_words().min(other_words))
    }

    /// How many words its article has.
    pub(crate) fn n_words(&self) -> usize {
        self.words.0.len()
    }

    /// What it shares with each of others that all stand after it, where that makes anything of them.
    pub(crate) fn copies<'p>(
        &'p self,
        others: impl Iterator<Item = &'p Page<'d>>,
        retrieved: &BTreeMap<PageId, Date>,
    ) -> Vec<PageCopy>
    where
        'd: 'p,
    {
        let indexed = Indexed::of(&self.words, &self.common);
        let judge = |other: &Page<'_>| judged(self, other, indexed.shared_with(&other.words, &other.common), retrieved);
        others.filter_map(judge).collect()
    }

    /// What the two share, if it makes anything of them; whichever is given first.
    pub(crate) fn copy(&self, other: &Page<'_>, retrieved: &BTreeMap<PageId, Date>) -> Option<PageCopy> {
        let is_first = (self.order, &self.document.page) <= (other.order, &other.document.page);
        let (one, other) = if is_first { (self, other) } else { (other, self) };
        let shared = Indexed::of(&one.words, &one.common).shared_with(&other.words, &other.common);
        judged(one, other, shared, retrieved)
    }
}

/// Of each outlet the pages from which its furniture is told, those with the smallest numbers.
pub(crate) struct Samples<T>(BTreeMap<String, BTreeMap<u64, T>>);

impl<T> Default for Samples<T> {
    fn default() -> Samples<T> {
        Samples(BTreeMap::new())
    }
}

impl<T> Samples<T> {
    /// Shows one document, to be kept as `it`.
    pub(crate) fn show(&mut self, document: &Document, it: T) {
        if let Some(outlet) = outlet_key(document) {
            let pages = self.0.entry(outlet).or_default();
            pages.insert(number(document.page.as_str()), it);
            if pages.len() > common::SAMPLE_PAGES {
                pages.pop_last();
            }
        }
    }

    /// The pages of each outlet.
    pub(crate) fn into_pages(self) -> impl Iterator<Item = Vec<T>> {
        self.0.into_values().map(|pages| pages.into_values().collect())
    }
}

/// The furniture of each outlet that these documents show.
pub(crate) fn furniture(documents: &[&Document]) -> Furniture {
    let mut samples: Samples<&Document> = Samples::default();
    documents.iter().for_each(|document| samples.show(document, document));
    let told = |pages: BTreeMap<u64, &Document>| {
        let words: Vec<Words> = pages.values().map(|document| Words::of(document)).collect();
        common::furniture(words.iter().map(|words| (words.whole(), words)))
    };
    samples.0.into_iter().map(|(outlet, pages)| (outlet, told(pages))).filter(|(_, runs)| !runs.is_empty()).collect()
}

/// What the outlet of a document puts on all its pages.
fn furniture_of<'f>(document: &Document, furniture: &'f Furniture) -> &'f [u64] {
    outlet_key(document).and_then(|outlet| furniture.get(&outlet)).map_or(&[], Vec::as_slice)
}

/// Documents with what is made of each alone, in the order of their days.
pub(crate) fn pages<'d>(documents: &[&'d Document]) -> Vec<Page<'d>> {
    let furniture = furniture(documents);
    let mut pages: Vec<Page<'_>> = documents.iter().map(|document| Page::among(document, &furniture)).collect();
    pages.sort_by(|a, b| (a.order, &a.document.page).cmp(&(b.order, &b.document.page)));
    pages.dedup_by(|a, b| a.document.page == b.document.page);
    pages
}

/// Every pair of these pages that share their words, by page; `retrieved` tells versions apart that give the same dates.
pub(crate) fn copies(pages: &[Page<'_>], retrieved: &BTreeMap<PageId, Date>) -> Vec<PageCopy> {
    let mut found: Vec<PageCopy> = Vec::new();
    let by_number: BTreeMap<u64, &Page<'_>> = pages.iter().map(|page| (page.number, page)).collect();
    let mut entries = meet::Entries::new();
    for (under, entry) in pages.iter().flat_map(Page::entries) {
        entries.entry(under).or_default().push(entry);
    }
    let pairs = meet::pairs(entries, |page| by_number[&page].n_words());
    for of_one in pairs.chunk_by(|a, b| a.0 == b.0) {
        let one = by_number[&of_one[0].0];
        found.extend(one.copies(of_one.iter().map(|(_, other)| by_number[other]), retrieved));
    }
    found.sort_by(|a, b| (&a.page, &a.of).cmp(&(&b.page, &b.of)));
    found
}

/// What the shared words of two documents make of them, if anything. `one` stands before `other`.
fn judged(one: &Page<'_>, other: &Page<'_>, shared: Shared, retrieved: &BTreeMap<PageId, Date>) -> Option<PageCopy> {
    let (less, more) = {
        let (a, b) = (shared.one_percent(), shared.other_percent());
        (a.min(b), a.max(b))
    };
    let n_words = shared.one_shared.min(shared.other_shared);
    let shorter = shared.one_words.min(shared.other_words);
    let longer = shared.one_words.max(shared.other_words);
    let is_enough = n_words >= LEAST_WORDS || n_words >= SHORTEST_WORDS && less >= HOLDS_PERCENT;
    let same_address = one.address.is_some() && one.address == other.address;
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
        CopyKind::Newer => match is_newer(other.document, one.document, retrieved) {
            Some(newer) => other_is_page = newer,
            None => kind = CopyKind::OtherVersion,
        },
        CopyKind::Holds => other_is_page = shared.other_percent() <= shared.one_percent(),
        _ => {}
    }
    let (page, of, shared) = if other_is_page { (other, one, shared.turned()) } else { (one, other, shared) };
    let tells_changes = matches!(kind, CopyKind::Same | CopyKind::Newer | CopyKind::OtherVersion);
    let changes = match tells_changes {
        true => changes::changes(of.document, page.document),
        false => Vec::new(),
    };
    Some(PageCopy {
        page: page.document.page.clone(),
        of: of.document.page.clone(),
        kind,
        page_percent: shared.one_percent(),
        of_percent: shared.other_percent(),
        n_words: u32::try_from(n_words).unwrap_or(u32::MAX),
        passages: shared.passages,
        changes,
    })
}

/// Whether `page` is newer than `of` by what they say of themselves, or by when they were saved; `None` when nothing tells.
fn is_newer(page: &Document, of: &Document, retrieved: &BTreeMap<PageId, Date>) -> Option<bool> {
    let said = |document: &Document| document.modified.or(document.published.as_ref().map(|it| it.date));
    let saved = |document: &Document| retrieved.get(&document.page).copied();
    let told = |(a, b): (Option<Date>, Option<Date>)| a.zip(b).filter(|(a, b)| a != b).map(|(a, b)| a > b);
    told((said(page), said(of))).or_else(|| told((saved(page), saved(of))))
}

/// The publisher of a page as one key: by name, or by the host of its address.
pub(crate) fn outlet_key(document: &Document) -> Option<String> {
    let named = document.outlet.as_deref().map(|name| crate::names::words(name).concat()).filter(|key| !key.is_empty());
    named.or_else(|| document.url.as_deref().and_then(address::host))
}

/// Whether two pages carry one text: nearly all of either stands in the other.
pub(crate) fn are_one_text(copy: &PageCopy) -> bool {
    copy.page_percent.min(copy.of_percent) >= HOLDS_PERCENT
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
    for copy in copies.iter().filter(|copy| are_one_text(copy)) {
        let (one, other) = (first(&group, &copy.page), first(&group, &copy.of));
        let (keep, join) = (one.clone().min(other.clone()), one.max(other));
        group.insert(join, keep.clone());
        group.insert(keep.clone(), keep);
    }
    let members: BTreeSet<PageId> = group.keys().cloned().collect();
    members.into_iter().map(|page| (page.clone(), first(&group, &page))).collect()
}
