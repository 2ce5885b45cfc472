//! One walk over all documents: what must be known of each before anything is compared.
//!
//! In: documents with their claims, one after the other. Out: [`Gathered`], and rows that one document gives by itself: what its claims
//! are found by. Keeps no document; of claims only those that tell where a place lies.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use sitrep_model::{Claim, Date, Document, DocumentId, PageId};

use super::shelf::Shelf;
use crate::RecordError;
use crate::copies::{self, Furniture, Page, Samples, meet};
use crate::fuse::blocks::Entry;
use crate::fuse::defined::defined_by;
use crate::fuse::fact::{Fact, among};
use crate::fuse::gist::{Gist, number};
use crate::fuse::grouping::subjects;
use crate::fuse::links::Links;
use crate::fuse::{correction, fact};
use crate::near::entries;
use crate::store::{finding, write};
use crate::translation::{Named, originals};

/// What a walk over all documents gathers.
#[derive(Default)]
pub(super) struct Gathered {
    /// By claim id.
    pub gists: Vec<Gist>,
    /// For each the one it is about, by its place.
    pub subject: Vec<Option<usize>>,
    /// Everything that news may be found by.
    pub entries: Vec<Entry>,
    /// Under what pages may meet that share their words.
    pub pages: meet::Entries,
    /// How many words each page has.
    pub n_words: HashMap<u64, usize>,
    /// The documents of pages, by the page's number.
    pub document_of: HashMap<u64, DocumentId>,
    /// Furniture of outlets.
    pub furniture: Furniture,
    /// Which page translates which.
    pub originals: BTreeMap<PageId, PageId>,
    /// Whether any page is a translation, whether or not what it translates is here.
    pub has_translations: bool,
    /// The latest day of publication.
    pub latest: Option<Date>,
    /// Claims that foresee something.
    pub foreseeing: Vec<u64>,
    /// What each outlet told of a sort of which it corrected something, with the corrections.
    pub corrections: Vec<Told>,
    /// Claims that tell where a place lies.
    pub defining: Vec<Claim>,
}

/// What an outlet told of one sort.
#[derive(Default)]
pub(super) struct Told {
    /// Claims in corrections.
    pub correcting: Vec<u64>,
    /// Claims with the day they were published.
    pub told: Vec<(i64, u64)>,
}

/// Walks over all documents.
pub(super) fn gather(shelf: &Shelf<'_>, links: &mut Links) -> Result<Gathered, RecordError> {
    let documents = shelf.reader.texts("SELECT id FROM document ORDER BY id")?;
    let mut gathered = Gathered { furniture: furniture(shelf, &documents)?, ..Gathered::default() };
    let (mut about, mut corrected) = (Vec::new(), BTreeMap::new());
    let mut named: Vec<Named> = Vec::new();
    let mut names = finding::Names::default();
    for id in &documents {
        let Some(document) = shelf.reader.document(id)?.map(Rc::new) else { continue };
        gathered.page(&document);
        named.push(Named::of(&document));
        let read = shelf.read(&document)?;
        let shown = read.iter().map(|claim| shelf.corrections.shown(claim));
        let mut put = |claim: Claim| names.put(shelf.reader.connection, &claim).map_err(|e| shelf.error(e));
        shown.into_iter().try_for_each(&mut put)?;
        let claims: Vec<Claim> = read.iter().filter_map(|claim| shelf.corrections.standing(claim)).collect();
        let facts = fact::of_report(&claims, &document);
        links.texts(&facts);
        about.extend(facts.iter().zip(subjects(&facts)).filter_map(|(fact, of)| Some((fact.id, facts[of?].id))));
        for fact in &facts {
            gathered.claim(fact, &facts);
            note_correction(fact, &mut corrected);
        }
        gathered.gists.extend(facts.into_iter().map(|fact| fact.gist));
    }
    let links = links.take();
    links.iter().try_for_each(|link| write::link(shelf.reader.connection, link)).map_err(|e| shelf.error(e))?;
    gathered.has_translations = named.iter().any(Named::is_translation);
    gathered.originals = originals(&named);
    gathered.gists.sort_unstable_by_key(|gist| gist.id);
    gathered.gists.dedup_by_key(|gist| gist.id);
    let place = |claim: u64| gathered.gists.binary_search_by_key(&claim, |gist| gist.id).ok();
    gathered.subject = vec![None; gathered.gists.len()];
    for (claim, of) in about {
        if let Some(at) = place(claim) {
            gathered.subject[at] = place(of);
        }
    }
    gathered.corrections = corrections(corrected, &gathered.entries);
    Ok(gathered)
}

/// What outlets put on all their pages.
fn furniture(shelf: &Shelf<'_>, documents: &[String]) -> Result<Furniture, RecordError> {
    let mut samples: Samples<&String> = Samples::default();
    for id in documents {
        if let Some(document) = shelf.reader.document(id)? {
            samples.show(&document, id);
        }
    }
    let mut furniture = Furniture::new();
    for ids in samples.into_pages() {
        let read = ids.into_iter().map(|id| shelf.reader.document(id)).collect::<Result<Vec<_>, _>>()?;
        furniture.extend(copies::furniture(&read.iter().flatten().collect::<Vec<_>>()));
    }
    Ok(furniture)
}

impl Gathered {
    /// Notes down what a page is found by.
    fn page(&mut self, document: &Document) {
        let page = Page::among(document, &self.furniture);
        self.document_of.insert(page.number, document.id.clone());
        self.n_words.insert(page.number, page.n_words());
        self.latest = self.latest.max(document.published.as_ref().map(|published| published.date));
        self.entries.extend(entries::page(&page));
        for (under, entry) in page.entries() {
            self.pages.entry(under).or_default().push(entry);
        }
    }

    /// Notes down what a claim is found by, and what else hangs on it.
    fn claim(&mut self, fact: &Fact<'_>, report: &[Fact<'_>]) {
        let condition = fact.claim.condition.as_ref().and_then(|id| among(report, number(id.as_str())));
        self.entries.extend(entries::all(fact, condition).map(|(_, entry)| entry));
        if fact.claim.forecast.is_some() {
            self.foreseeing.push(fact.id);
        }
        if !defined_by(fact.claim).is_empty() {
            self.defining.push(fact.claim.clone());
        }
    }
}

/// Claims in corrections, by the key of what their outlet told of that sort.
fn note_correction(fact: &Fact<'_>, corrected: &mut BTreeMap<u64, Told>) {
    if !fact.is_reporting || !correction::stands_in_correction(fact) {
        return;
    }
    if let Some(publisher) = fact.publisher() {
        corrected.entry(entries::told(&publisher, &fact.family.name)).or_default().correcting.push(fact.id);
    }
}

/// The same, with everything the outlet told of it.
fn corrections(mut corrected: BTreeMap<u64, Told>, entries: &[Entry]) -> Vec<Told> {
    for entry in entries {
        if let Some(told) = corrected.get_mut(&entry.key) {
            told.told.push((entry.order, entry.claim));
        }
    }
    corrected.into_values().collect()
}
