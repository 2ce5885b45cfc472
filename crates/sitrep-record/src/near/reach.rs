//! How far a change reaches: from claims that are new, gone or corrected to every claim whose event may come out otherwise.
//!
//! In: an index that holds the change already, and where it began. Out: a set of claims closed under everything that makes claims one
//! event, with the pairs among them that are alike. Never reads a claim it does not reach.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use sitrep_model::Document;

use super::index::Index;
use crate::RecordError;
use crate::fuse::blocks::{self, Entry, NEIGHBOURS, Purpose};
use crate::fuse::gist::{Gist, id_text};
use crate::fuse::weigh::{Verdict, compare};
use crate::fuse::weights::threshold;
use crate::store::read::Reader;

/// From so many claims on the whole is computed anew: that is quicker then.
const FARTHEST: usize = 20_000;

/// Who is alike whom, by claims.
#[derive(Debug, Default)]
pub(crate) struct Reached {
    /// The claims, closed.
    pub claims: BTreeSet<u64>,
    /// Pairs among them that were compared and came to something, the lower first.
    pub alike: BTreeMap<(u64, u64), Verdict>,
    /// For each whom it is at least nearly alike.
    pub met: BTreeMap<u64, Vec<u64>>,
    /// Claims outside that are nearly alike one inside.
    pub beside: BTreeSet<u64>,
}

/// The index with what was read from it.
pub(crate) struct Around<'c> {
    pub index: Index<'c>,
    pub reader: Reader<'c>,
    gists: RefCell<HashMap<u64, Option<Rc<Gist>>>>,
    documents: RefCell<HashMap<String, Option<Rc<Document>>>>,
}

impl<'c> Around<'c> {
    pub(crate) fn new(index: Index<'c>, reader: Reader<'c>) -> Around<'c> {
        Around { index, reader, gists: RefCell::default(), documents: RefCell::default() }
    }

    pub(crate) fn error(&self, source: rusqlite::Error) -> RecordError {
        self.reader.error(source)
    }

    /// The gist of a claim that stands.
    pub(crate) fn gist(&self, claim: u64) -> Result<Option<Rc<Gist>>, RecordError> {
        if let Some(known) = self.gists.borrow().get(&claim) {
            return Ok(known.clone());
        }
        let gist = self.index.gist(claim).map_err(|e| self.error(e))?.map(Rc::new);
        self.gists.borrow_mut().insert(claim, gist.clone());
        Ok(gist)
    }

    /// A document, read once.
    pub(crate) fn document(&self, id: &str) -> Result<Option<Rc<Document>>, RecordError> {
        if let Some(known) = self.documents.borrow().get(id) {
            return Ok(known.clone());
        }
        let document = self.reader.document(id)?.map(Rc::new);
        self.documents.borrow_mut().insert(id.to_owned(), document.clone());
        Ok(document)
    }

    /// Forgets what was read of a claim that is about to change.
    pub(crate) fn forget(&self, claim: u64) {
        self.gists.borrow_mut().remove(&claim);
    }

    /// Who meets an entry under its key: up to so many before it, up to so many after it, the nearest first.
    pub(crate) fn beside(&self, entry: &Entry, n: usize) -> Result<[Vec<u64>; 2], RecordError> {
        let before = self.index.before(entry, n).map_err(|e| self.error(e))?;
        let after = self.index.after(entry, n).map_err(|e| self.error(e))?;
        Ok([before, after])
    }

    /// Every claim that a claim meets for a purpose.
    pub(crate) fn partners(&self, gist: &Gist, purpose: Purpose) -> Result<BTreeSet<u64>, RecordError> {
        let mut met = BTreeSet::new();
        for entry in blocks::entries(gist, purpose) {
            self.beside(&entry, NEIGHBOURS)?.into_iter().for_each(|side| met.extend(side));
        }
        met.remove(&gist.id);
        Ok(met)
    }

    /// Every claim that a claim meets and is at least nearly alike, with how much.
    pub(crate) fn alike(&self, gist: &Gist) -> Result<Vec<(u64, Verdict)>, RecordError> {
        let mut alike = Vec::new();
        for other in self.partners(gist, Purpose::SameEvent)? {
            let Some(met) = self.gist(other)? else { continue };
            let verdict = compare(gist, &met);
            if verdict.comes_to(threshold().perhaps) {
                alike.push((other, verdict));
            }
        }
        Ok(alike)
    }

    /// Claims of its document that speak about a claim.
    pub(crate) fn about(&self, gist: &Gist) -> Result<Vec<u64>, RecordError> {
        let document = id_text('d', gist.document);
        let mut about = Vec::new();
        for id in self.reader.ids("SELECT id FROM claim WHERE document = ?1", &document)? {
            let fellow = number_of(&id);
            about.extend(self.gist(fellow)?.filter(|it| it.about == Some(gist.id)).map(|_| fellow));
        }
        Ok(about)
    }

    /// Accounts of the events that a claim is in, as the record has them still.
    pub(crate) fn fellow_accounts(&self, claim: u64) -> Result<Vec<u64>, RecordError> {
        let sql = "SELECT other.claim FROM account JOIN account AS other ON other.event = account.event \
             WHERE account.claim = ?1";
        Ok(self.reader.ids(sql, &claim_id(claim))?.iter().map(|id| number_of(id)).collect())
    }

    /// Everything reached from `seeds`; `None` when that is nearly everything. `together` are claims that an analyst ties.
    pub(crate) fn reach(
        &self,
        seeds: &BTreeSet<u64>,
        together: &BTreeMap<u64, BTreeSet<u64>>,
    ) -> Result<Option<Reached>, RecordError> {
        let mut reached = Reached::default();
        let mut seen: BTreeSet<u64> = BTreeSet::new();
        let mut waiting: Vec<u64> = seeds.iter().copied().collect();
        let mut nearly: Vec<(u64, u64, Verdict)> = Vec::new();
        while let Some(claim) = waiting.pop() {
            if !seen.insert(claim) {
                continue;
            }
            waiting.extend(self.fellow_accounts(claim)?);
            waiting.extend(together.get(&claim).into_iter().flatten());
            let Some(gist) = self.gist(claim)? else { continue };
            reached.claims.insert(claim);
            if reached.claims.len() > FARTHEST {
                return Ok(None);
            }
            waiting.extend(gist.about);
            waiting.extend(self.about(&gist)?);
            for (other, verdict) in self.alike(&gist)? {
                reached.met.entry(claim).or_default().push(other);
                if verdict.comes_to(threshold().same) {
                    waiting.push(other);
                }
                nearly.push((claim, other, verdict));
            }
        }
        for (one, other, verdict) in nearly {
            match reached.claims.contains(&other) {
                true => drop(reached.alike.insert((one.min(other), one.max(other)), verdict)),
                false => drop(reached.beside.insert(other)),
            }
        }
        Ok(Some(reached))
    }
}

/// The number in a claim's id.
pub(crate) fn number_of(id: &str) -> u64 {
    crate::fuse::gist::number(id)
}

/// The id of the claim of a number.
pub(crate) fn claim_id(number: u64) -> String {
    id_text('c', number)
}

/// The id of the page of a number.
pub(crate) fn page_id(number: u64) -> String {
    id_text('p', number)
}
