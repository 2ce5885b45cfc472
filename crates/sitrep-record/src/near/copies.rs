//! Pages that came, compared with those that may share their words.
//!
//! In: documents of pages that came, an index. Out: the pages whose copies are others now; rows of `copy` and of the index. Compares just
//! the pairs that comparing all pages would.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use rusqlite::params;
use sitrep_model::{Date, Document, DocumentId, PageCopy, PageId};

use super::entries::{length, length_key, outlet};
use super::reach::{Around, number_of, page_id};
use crate::RecordError;
use crate::copies::meet::Under;
use crate::copies::{self, Page, SAMPLE_PAGES, Words, furniture, outlet_key};
use crate::fuse::blocks::Entry;
use crate::store::write;

/// When the furniture of an outlet of so many pages changed, computing the whole costs no more.
const MANY_PAGES: usize = 300;
/// In a large record more may be looked at again: one in so many of its pages.
const OF_ALL_PAGES: usize = 8;

/// Pages with their words, as far as they were looked at.
pub(crate) struct Pages<'c, 'a> {
    around: &'a Around<'c>,
    retrieved: RefCell<BTreeMap<PageId, Date>>,
    furniture: RefCell<BTreeMap<String, Rc<Vec<u64>>>>,
    words: RefCell<HashMap<u64, Rc<Words>>>,
}

/// For each page that is looked at again, this many pairs may meet or part.
const PAIRS_A_PAGE: usize = 16;

/// Two pages, the lower number first.
type Pair = [u64; 2];

/// A page that is compared again, with what its outlet's furniture was.
type Again = (Rc<Document>, Rc<Vec<u64>>);

/// Pairs of pages with how many marks they share, or whether they meet otherwise.
type Met = BTreeMap<u64, (usize, bool)>;

impl<'c, 'a> Pages<'c, 'a> {
    pub(crate) fn new(around: &'a Around<'c>) -> Pages<'c, 'a> {
        Pages { around, retrieved: RefCell::default(), furniture: RefCell::default(), words: RefCell::default() }
    }

    /// Compares the documents of new pages. Gives the pages whose copies changed; `None` when it takes the whole to tell.
    pub(crate) fn take_in(&self, fresh: &[Rc<Document>]) -> Result<Option<BTreeSet<u64>>, RecordError> {
        let Some(again) = self.enter_outlets(fresh)? else { return Ok(None) };
        let mut pages: BTreeSet<u64> = fresh.iter().map(|document| number_of(document.page.as_str())).collect();
        let mut pairs: BTreeSet<Pair> = BTreeSet::new();
        for document in fresh {
            pairs.extend(self.enter(&Page::of(document, &self.furniture_of(document)?))?);
        }
        for (document, before) in &again {
            let now = self.furniture_of(document)?;
            let (was, is) = (Page::of(document, before), Page::of(document, &now));
            if was.is_as(&is) {
                continue;
            }
            pages.insert(is.number);
            let (old, new) = (was.entries(), is.entries());
            for (under, entry) in old.iter().filter(|entry| !new.contains(entry)) {
                self.around.index.take(entry).map_err(|e| self.around.error(e))?;
                pairs.extend(self.beside(*under, entry)?);
            }
            for (under, entry) in new.iter().filter(|entry| !old.contains(entry)) {
                self.around.index.put(entry).map_err(|e| self.around.error(e))?;
                pairs.extend(self.beside(*under, entry)?);
            }
        }
        if self.is_too_many(pages.len().max(pairs.len() / PAIRS_A_PAGE))? {
            return Ok(None);
        }
        self.compare(&pages, &pairs).map(Some)
    }

    /// Whether so many pages are better looked at with all others.
    fn is_too_many(&self, n_pages: usize) -> Result<bool, RecordError> {
        Ok(n_pages > MANY_PAGES && n_pages > self.around.reader.n_pages()? / OF_ALL_PAGES)
    }

    /// Notes whose pages the new ones are. Gives the other pages of outlets whose furniture is another now, each with what it was.
    fn enter_outlets(&self, fresh: &[Rc<Document>]) -> Result<Option<Vec<Again>>, RecordError> {
        let mut new: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
        for document in fresh {
            if let Some(name) = outlet_key(document) {
                new.entry(name).or_default().insert(number_of(document.page.as_str()));
            }
        }
        let mut again = Vec::new();
        for (name, pages) in new {
            let key = outlet(&name);
            let before = self.sample(key)?;
            for page in &pages {
                let entry = Entry { key, order: 0, claim: *page };
                self.around.index.put(&entry).map_err(|e| self.around.error(e))?;
            }
            let after = self.sample(key)?;
            if before == after {
                continue;
            }
            let was = self.around.index.furniture(key).map_err(|e| self.around.error(e))?;
            let is = self.furniture_on(&name, &after)?;
            if was == is {
                continue;
            }
            self.around.index.put_furniture(key, &is).map_err(|e| self.around.error(e))?;
            let all = self.around.index.between(key, 0, 0).map_err(|e| self.around.error(e))?;
            if self.is_too_many(all.len())? {
                return Ok(None);
            }
            let was = Rc::new(was);
            for page in all.into_iter().filter(|page| !pages.contains(page)) {
                again.extend(self.document(page)?.map(|document| (document, was.clone())));
            }
        }
        Ok(Some(again))
    }

    /// The pages of an outlet from which its furniture is told.
    fn sample(&self, key: u64) -> Result<Vec<u64>, RecordError> {
        let first = Entry { key, order: i64::MIN, claim: 0 };
        self.around.index.after(&first, SAMPLE_PAGES).map_err(|e| self.around.error(e))
    }

    fn furniture_on(&self, name: &str, pages: &[u64]) -> Result<Vec<u64>, RecordError> {
        if pages.len() < copies::LEAST_PAGES {
            return Ok(Vec::new());
        }
        let documents = pages.iter().map(|page| self.document(*page)).collect::<Result<Vec<_>, _>>()?;
        let documents: Vec<&Document> = documents.iter().flatten().map(Rc::as_ref).collect();
        Ok(furniture(&documents).remove(name).unwrap_or_default())
    }

    fn furniture_of(&self, document: &Document) -> Result<Rc<Vec<u64>>, RecordError> {
        let Some(name) = outlet_key(document) else { return Ok(Rc::default()) };
        if let Some(known) = self.furniture.borrow().get(&name) {
            return Ok(known.clone());
        }
        let runs = self.around.index.furniture(outlet(&name)).map(Rc::new).map_err(|e| self.around.error(e))?;
        self.furniture.borrow_mut().insert(name, runs.clone());
        Ok(runs)
    }

    /// The document of a page.
    fn document(&self, page: u64) -> Result<Option<Rc<Document>>, RecordError> {
        let ids = self.around.reader.ids("SELECT id FROM document WHERE page = ?1 ORDER BY id", &page_id(page))?;
        ids.first().map_or(Ok(None), |id| self.around.document(id))
    }

    /// Enters a page. Gives pairs of pages that met under one of its keys and do so no more.
    fn enter(&self, page: &Page<'_>) -> Result<BTreeSet<Pair>, RecordError> {
        let mut parted: BTreeSet<Pair> = BTreeSet::new();
        self.around.index.put(&length(page)).map_err(|e| self.around.error(e))?;
        for (under, entry) in page.entries() {
            self.around.index.put(&entry).map_err(|e| self.around.error(e))?;
            parted.extend(self.beside(under, &entry)?);
        }
        // To be parted they must have met: only copies can cease to be such.
        let mut copies = BTreeSet::new();
        for pair in parted {
            if self.copy_of(pair)?.is_some() {
                copies.insert(pair);
            }
        }
        Ok(copies)
    }

    /// The copy that the record has of a pair.
    fn copy_of(&self, [one, other]: Pair) -> Result<Option<PageCopy>, RecordError> {
        let copies = self.around.reader.copies_of_pair(&page_id(one), &page_id(other))?;
        Ok(copies.into_iter().next())
    }

    /// Pairs of pages around an entry that meet only when it is not there.
    fn beside(&self, under: Under, entry: &Entry) -> Result<BTreeSet<Pair>, RecordError> {
        let n = under.neighbours();
        let [before, after] = self.around.beside(entry, n)?;
        let pairs = before.iter().zip((0..n).rev().map(|other| after.get(other)));
        Ok(pairs.filter_map(|(one, other)| Some([*one.min(other?), *one.max(other?)])).collect())
    }

    /// Who meets a page, and how.
    fn met(&self, page: &Page<'_>) -> Result<Met, RecordError> {
        let mut met = Met::new();
        for (under, entry) in page.entries() {
            for other in self.around.beside(&entry, under.neighbours())?.into_iter().flatten() {
                let (n_marks, otherwise) = met.entry(other).or_default();
                match under {
                    Under::Mark => *n_marks += 1,
                    Under::EqualText | Under::Address => *otherwise = true,
                }
            }
        }
        met.remove(&page.number);
        Ok(met)
    }

    /// Replaces the copies of these pages and pairs by what comparing them says. Gives the pages for which that is something else,
    /// with all that print one text with them.
    fn compare(&self, pages: &BTreeSet<u64>, pairs: &BTreeSet<Pair>) -> Result<BTreeSet<u64>, RecordError> {
        let ids: BTreeSet<PageId> = pages.iter().map(|page| PageId::known(&page_id(*page))).collect();
        let mut before = self.around.reader.copies_of(&ids)?;
        let mut now: BTreeMap<(PageId, PageId), PageCopy> = BTreeMap::new();
        let mut partners: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for pair in pairs.iter().filter(|pair| !pair.iter().any(|page| pages.contains(page))) {
            before.extend(self.copy_of(*pair)?);
            partners.entry(pair[0]).or_default().insert(pair[1]);
        }
        for page in pages.iter().chain(partners.keys()) {
            let Some(document) = self.document(*page)? else { continue };
            let furniture = self.furniture_of(&document)?;
            let one = Page::of(&document, &furniture);
            for (other, (n_marks, otherwise)) in self.met(&one)? {
                let is_asked = pages.contains(page) || partners.get(page).is_some_and(|those| those.contains(&other));
                if is_asked && (otherwise || self.is_worth(&one, other, n_marks)?) {
                    let copy = self.copy(&one, other)?;
                    now.extend(copy.map(|copy| ((copy.page.clone(), copy.of.clone()), copy)));
                }
            }
        }
        let mut changed: BTreeSet<PageId> = BTreeSet::new();
        let mut note = |copy: &PageCopy| changed.extend([copy.page.clone(), copy.of.clone()]);
        let kept = |copy: &&PageCopy| now.get(&(copy.page.clone(), copy.of.clone())) == Some(*copy);
        before.iter().filter(|copy| !kept(copy)).for_each(&mut note);
        now.values().filter(|copy| !before.contains(copy)).for_each(&mut note);
        let mut touched = self.printing(&changed)?;
        let delete = "DELETE FROM copy WHERE page = ?1 AND of_page = ?2";
        for copy in &before {
            let row = params![copy.page.as_str(), copy.of.as_str()];
            self.around.index.connection.execute(delete, row).map_err(|e| self.around.error(e))?;
        }
        for copy in now.values() {
            write::copy(self.around.index.connection, copy).map_err(|e| self.around.error(e))?;
        }
        touched.extend(self.printing(&changed)?);
        Ok(touched.iter().map(|page| number_of(page.as_str())).collect())
    }

    /// Whether it is worth comparing a page with another with which it shares so many marks.
    fn is_worth(&self, one: &Page<'_>, other: u64, n_marks: usize) -> Result<bool, RecordError> {
        if one.is_worth_comparing(usize::MAX, n_marks) {
            return Ok(true);
        }
        let n_words = self.around.index.order_of(length_key(other), other).map_err(|e| self.around.error(e))?;
        Ok(one.is_worth_comparing(usize::try_from(n_words.unwrap_or_default()).unwrap_or_default(), n_marks))
    }

    /// What a page and another share, if it makes anything of them.
    fn copy(&self, one: &Page<'_>, other: u64) -> Result<Option<PageCopy>, RecordError> {
        let Some(document) = self.document(other)? else { return Ok(None) };
        let furniture = self.furniture_of(&document)?;
        let words = self.words.borrow_mut().entry(other).or_insert_with(|| Rc::new(Words::of(&document))).clone();
        let other = Page::without_marks(&document, words, &furniture);
        let retrieved = self.retrieved(&[one.id(), other.id()])?;
        Ok(one.copy(&other, &retrieved))
    }

    /// These pages and all that print one text with them.
    fn printing(&self, pages: &BTreeSet<PageId>) -> Result<BTreeSet<PageId>, RecordError> {
        let (copies, mut found) = (self.copies_around(pages)?, pages.clone());
        let stories = copies::stories(&copies);
        let names: BTreeSet<&PageId> = pages.iter().filter_map(|page| stories.get(page)).collect();
        found.extend(stories.iter().filter(|(_, name)| names.contains(name)).map(|(page, _)| page.clone()));
        Ok(found)
    }

    /// Every copy these pages have part in, and those by which they print one text with others, however far.
    pub(crate) fn copies_around(&self, pages: &BTreeSet<PageId>) -> Result<Vec<PageCopy>, RecordError> {
        let (mut known, mut waiting) = (BTreeSet::new(), pages.clone());
        let mut found: BTreeMap<(PageId, PageId), PageCopy> = BTreeMap::new();
        while !waiting.is_empty() {
            let met = self.around.reader.copies_of(&waiting)?;
            known.append(&mut waiting);
            for copy in met {
                if copies::are_one_text(&copy) {
                    waiting.extend([copy.page.clone(), copy.of.clone()].into_iter().filter(|it| !known.contains(it)));
                }
                found.insert((copy.page.clone(), copy.of.clone()), copy);
            }
        }
        Ok(found.into_values().collect())
    }

    /// When these pages were saved, where someone said.
    pub(crate) fn retrieved(&self, pages: &[&PageId]) -> Result<BTreeMap<PageId, Date>, RecordError> {
        let mut found = BTreeMap::new();
        for page in pages {
            if !self.retrieved.borrow().contains_key(*page) {
                let rows = self.around.reader.page_rows_where("WHERE id = ?1", &[&page.as_str()])?;
                let days = rows.into_iter().filter_map(|row| Some((row.id, row.retrieved?)));
                self.retrieved.borrow_mut().extend(days);
            }
            found.extend(self.retrieved.borrow().get(*page).map(|day| ((*page).clone(), *day)));
        }
        Ok(found)
    }
}

/// How many pages came since the record was last brought up to date.
pub(crate) fn n_fresh(around: &Around<'_>) -> Result<usize, RecordError> {
    let count = around.index.connection.query_row("SELECT count(*) FROM fresh", [], |row| row.get::<_, i64>(0));
    Ok(usize::try_from(count.map_err(|e| around.error(e))?).unwrap_or(usize::MAX))
}

/// The documents of pages that came since the record was last brought up to date.
pub(crate) fn fresh(around: &Around<'_>) -> Result<Vec<Rc<Document>>, RecordError> {
    let sql = "SELECT document.id FROM fresh JOIN document ON document.page = fresh.page ORDER BY document.id";
    let ids: Vec<DocumentId> = around.reader.texts(sql)?.iter().map(|id| DocumentId::known(id)).collect();
    let documents = ids.iter().map(|id| around.document(id.as_str()));
    Ok(documents.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}
