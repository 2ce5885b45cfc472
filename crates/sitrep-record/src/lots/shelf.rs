//! Claims as they stand, with their documents, read from the file when they are wanted.
//!
//! In: gists. Out: claims with rulings applied, by number, each with its document. Keeps the documents read last.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use sitrep_model::{Claim, Document, Ruling};

use crate::RecordError;
use crate::fuse::gist::{Gist, id_text, number};
use crate::rulings::Corrections;
use crate::rulings::proposed::{PROPOSE, with_accepted};
use crate::store::read::Reader;

/// Documents kept at hand.
const KEPT_DOCUMENTS: usize = if cfg!(test) { 3 } else { 2_000 };

/// Claims by number, each with its document.
pub(super) type Loaded = BTreeMap<u64, (Claim, Rc<Document>)>;

/// A record's claims and documents.
pub(super) struct Shelf<'c> {
    pub(super) reader: Reader<'c>,
    pub(super) corrections: Corrections<'c>,
    /// All rulings, where any of them proposes a claim.
    proposals: &'c [Ruling],
    documents: RefCell<HashMap<u64, Rc<Document>>>,
}

impl<'c> Shelf<'c> {
    pub(super) fn new(reader: Reader<'c>, rulings: &'c [Ruling]) -> Shelf<'c> {
        let proposals = if rulings.iter().any(|ruling| ruling.action == PROPOSE) { rulings } else { &[] };
        Shelf { reader, corrections: Corrections::of(rulings), proposals, documents: RefCell::default() }
    }

    pub(super) fn error(&self, source: rusqlite::Error) -> RecordError {
        self.reader.error(source)
    }

    /// A document by number.
    pub(super) fn document(&self, id: u64) -> Result<Option<Rc<Document>>, RecordError> {
        if let Some(known) = self.documents.borrow().get(&id) {
            return Ok(Some(Rc::clone(known)));
        }
        let document = self.reader.document(&id_text('d', id))?.map(Rc::new);
        let mut kept = self.documents.borrow_mut();
        if kept.len() >= KEPT_DOCUMENTS {
            kept.clear();
        }
        kept.extend(document.iter().map(|document| (id, Rc::clone(document))));
        Ok(document)
    }

    /// The claims of a document as they were read, or accepted from a machine's proposals.
    pub(super) fn read(&self, document: &Document) -> Result<Vec<Claim>, RecordError> {
        let mut claims = self.reader.claims_of(document.id.as_str())?;
        with_accepted(&mut claims, std::slice::from_ref(document), self.proposals);
        Ok(claims)
    }

    /// Claims as they stand.
    pub(super) fn load<'g>(&self, gists: impl Iterator<Item = &'g Gist>) -> Result<Loaded, RecordError> {
        let mut wanted: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for gist in gists {
            wanted.entry(gist.document).or_default().insert(gist.id);
        }
        let mut loaded = Loaded::new();
        for (document, claims) in wanted {
            let Some(document) = self.document(document)? else { continue };
            for claim in self.read(&document)? {
                let id = number(claim.claim_id.as_str());
                if claims.contains(&id) {
                    loaded.insert(id, (self.corrections.corrected(&claim).into_owned(), Rc::clone(&document)));
                }
            }
        }
        Ok(loaded)
    }
}
