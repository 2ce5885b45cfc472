//! What is new: which claims came, went or were corrected, and what that moves in the index.
//!
//! In: pages that came and rulings that were made since the record was last brought up to date. Out: the changed claims, and the claims
//! from which the change spreads. Writes the index; never an event.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use sitrep_model::{Claim, ClaimId, Document, DocumentId, Ruling};

use super::entries;
use super::reach::{Around, number_of};
use crate::fuse::blocks::{Entry, NEIGHBOURS, Purpose};
use crate::fuse::fact::Fact;
use crate::fuse::weigh::compare;
use crate::fuse::weights::threshold;
use crate::rulings::{self, ties};
use crate::{RecordError, coding};

/// What is new.
#[derive(Debug, Default)]
pub(crate) struct Change {
    /// Claims that came, went or were corrected.
    pub claims: BTreeSet<u64>,
    /// Claims whose events may come out otherwise.
    pub seeds: BTreeSet<u64>,
    /// Claims whose links may.
    pub linked: BTreeSet<u64>,
    /// Claims as they stood, with their documents: forecasts may have rested on them.
    pub was: Vec<(Claim, Rc<Document>)>,
    /// Places that the changed claims define, as they did and as they do.
    pub places: BTreeSet<String>,
    /// Keys of corrections that may concern another claim now.
    pub corrections: BTreeSet<u64>,
}

/// The claims that a ruling is about, by id; `None` when it may be about any.
pub(crate) fn ruled<'r>(ruling: &'r Ruling, all: &'r [Ruling]) -> Option<Vec<String>> {
    match ruling.action.as_str() {
        coding::SAMPLE | coding::CODE => Some(Vec::new()),
        "undo" => {
            let number: u64 = ruling.subject.parse().ok()?;
            ruled(all.iter().find(|it| it.number == number && it.number < ruling.number)?, all)
        }
        "merge" | "split" => {
            let named = ties::named(ruling)?;
            Some(named.these.iter().chain(&named.others).map(ToString::to_string).collect())
        }
        "accept" | "reject" | "relabel" | "pin" | "name" if ruling.subject.starts_with("c_") => {
            Some(vec![ruling.subject.clone()])
        }
        "accept" | "reject" => Some(Vec::new()),
        _ => None,
    }
}

/// The claims of a document before and after, as they stand.
pub(crate) struct Before<'r> {
    /// Rulings that were in force.
    pub old: &'r [Ruling],
    /// Rulings that are.
    pub new: &'r [Ruling],
}

impl Change {
    /// Takes the claims of a document, those among `changed` (by id), from how they stood to how they stand.
    pub(crate) fn take_in(
        &mut self,
        around: &Around<'_>,
        document: &Rc<Document>,
        claims: &[Claim],
        changed: &BTreeSet<String>,
        rulings: &Before<'_>,
    ) -> Result<(), RecordError> {
        // A forecast is found by the actors of its condition, too.
        let is_changed = |claim: &Claim| {
            changed.contains(claim.claim_id.as_str())
                || claim.condition.as_ref().is_some_and(|id| changed.contains(id.as_str()))
        };
        let stood = rulings::standing(claims, rulings.old);
        let stand = rulings::standing(claims, rulings.new);
        for claim in claims.iter().filter(|claim| is_changed(claim)) {
            let id = number_of(claim.claim_id.as_str());
            self.claims.insert(id);
            self.seeds.insert(id);
            self.seeds.extend(around.fellow_accounts(id)?);
            if around.gist(id)?.is_some()
                && let Some(fact) = fact_among(&stood, claim, document)
            {
                self.note(&fact.0);
                self.was.push((fact.0.claim.clone(), Rc::clone(document)));
                self.seeds.extend(around.alike(&fact.0)?.into_iter().map(|(other, _)| other));
                for (purpose, entry) in entries::all(&fact.0, fact.1.as_ref()) {
                    around.index.take(&entry).map_err(|e| around.error(e))?;
                    self.met(around, &entry, purpose)?;
                }
                around.index.take_gist(id).map_err(|e| around.error(e))?;
            }
            around.forget(id);
            if let Some(fact) = fact_among(&stand, claim, document) {
                self.note(&fact.0);
                around.index.put_gist(id, &fact.0.packed()).map_err(|e| around.error(e))?;
                for (purpose, entry) in entries::all(&fact.0, fact.1.as_ref()) {
                    around.index.put(&entry).map_err(|e| around.error(e))?;
                    self.met(around, &entry, purpose)?;
                }
            }
        }
        Ok(())
    }

    /// What a claim that came or went may change in other ways.
    fn note(&mut self, fact: &Fact<'_>) {
        self.places.extend(crate::fuse::defined::defined_by(fact.claim));
        if let (true, Some(publisher)) = (fact.is_reporting, fact.publisher()) {
            self.corrections.insert(entries::corrects(&publisher, &fact.family.name));
        }
    }

    /// An entry that came pushes pairs around it apart, one that went lets them meet: those to whom that matters are reached, too.
    fn met(&mut self, around: &Around<'_>, entry: &Entry, purpose: Option<Purpose>) -> Result<(), RecordError> {
        let Some(purpose) = purpose else { return Ok(()) };
        let [before, after] = around.beside(entry, NEIGHBOURS)?;
        // The two farthest that meet without the entry between them, and no more with it.
        for (one, other) in before.iter().zip((0..NEIGHBOURS).rev().map(|other| after.get(other))) {
            let Some(other) = other else { continue };
            let (Some(a), Some(b)) = (around.gist(*one)?, around.gist(*other)?) else { continue };
            match purpose {
                Purpose::SameEvent => {
                    if compare(&a, &b).comes_to(threshold().perhaps) {
                        self.seeds.extend([*one, *other]);
                    }
                }
                Purpose::Holding | Purpose::Movement => self.linked.extend([*one, *other]),
            }
        }
        Ok(())
    }
}

/// A claim among those that stand, with the one on which it depends.
fn fact_among<'c>(
    standing: &'c [Claim],
    claim: &Claim,
    document: &'c Document,
) -> Option<(Fact<'c>, Option<Fact<'c>>)> {
    let by_id = |id: &ClaimId| standing.iter().find(|one| one.claim_id == *id);
    let own = by_id(&claim.claim_id)?;
    let condition = own.condition.as_ref().and_then(by_id).map(|said| Fact::new(said, Some(document)));
    Some((Fact::new(own, Some(document)), condition))
}

/// The claims an analyst ties to each claim.
pub(crate) fn together(ties: &ties::Ties) -> BTreeMap<u64, BTreeSet<u64>> {
    let mut together: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
    for group in &ties.together {
        let ids: BTreeSet<u64> = group.iter().map(|id| number_of(id.as_str())).collect();
        for id in &ids {
            together.entry(*id).or_default().extend(&ids);
        }
    }
    together
}

/// Which of these claims stand in which document.
pub(crate) fn by_document(
    around: &Around<'_>,
    claims: &BTreeSet<String>,
) -> Result<BTreeMap<DocumentId, BTreeSet<String>>, RecordError> {
    let mut found: BTreeMap<DocumentId, BTreeSet<String>> = BTreeMap::new();
    for id in claims {
        for document in around.reader.ids("SELECT document FROM claim WHERE id = ?1", id)? {
            found.entry(DocumentId::known(&document)).or_default().insert(id.clone());
        }
    }
    Ok(found)
}
