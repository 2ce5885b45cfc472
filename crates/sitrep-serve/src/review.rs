//! What reviewers made of claims, right up to the latest ruling.
//!
//! In: rulings. Out: [`Reviewed`]: the state of each claim, and the last ruling on it. Events and disputes follow when the record is
//! settled; this does not wait for that.

use std::collections::BTreeMap;

use sitrep::audit;
use sitrep::model::{Ruling, RulingEntry, RulingState};

/// The state of claims.
#[derive(Debug, Default)]
pub(crate) struct Reviewed {
    /// Every ruling with what became of it.
    pub(crate) entries: Vec<RulingEntry>,
    by_claim: BTreeMap<String, &'static str>,
    last: BTreeMap<String, u64>,
}

impl Reviewed {
    /// Reads rulings.
    pub(crate) fn of_rulings(rulings: &[Ruling]) -> Reviewed {
        let entries = audit(rulings);
        let (mut by_claim, mut last) = (BTreeMap::new(), BTreeMap::new());
        for entry in &entries {
            let subjects = subjects(&entry.ruling);
            last.extend(subjects.iter().map(|subject| (subject.clone(), entry.ruling.number)));
            if !matches!(entry.state, RulingState::InForce | RulingState::InPart) {
                continue;
            }
            let state = match entry.ruling.action.as_str() {
                "accept" => "accepted",
                "reject" => "rejected",
                "relabel" | "pin" | "name" | "merge" | "split" => "changed",
                _ => continue,
            };
            by_claim.extend(subjects.into_iter().map(|subject| (subject, state)));
        }
        Reviewed { entries, by_claim, last }
    }

    /// `accepted`, `rejected`, `changed` or `open`.
    pub(crate) fn of(&self, claim: &str) -> &'static str {
        self.by_claim.get(claim).copied().unwrap_or("open")
    }

    /// Whether somebody has ruled on it.
    pub(crate) fn is_ruled(&self, claim: &str) -> bool {
        self.by_claim.contains_key(claim)
    }

    /// The same of an event's claims together: one that was changed or rejected shows, and accepted are all or none.
    pub(crate) fn of_many<'c>(&self, claims: impl Iterator<Item = &'c str>) -> &'static str {
        let states: Vec<&str> = claims.map(|claim| self.of(claim)).collect();
        let has = |state: &str| states.contains(&state);
        match () {
            () if has("changed") => "changed",
            () if states.iter().all(|state| *state == "accepted") && !states.is_empty() => "accepted",
            () if states.iter().all(|state| *state == "rejected") && !states.is_empty() => "rejected",
            () => "open",
        }
    }

    /// The number of the last ruling on any of these, 0 when there is none.
    pub(crate) fn last_on<'c>(&self, subjects: impl Iterator<Item = &'c str>) -> u64 {
        subjects.filter_map(|subject| self.last.get(subject)).copied().max().unwrap_or(0)
    }

    /// The ruling of that number.
    pub(crate) fn entry(&self, number: u64) -> Option<&RulingEntry> {
        self.entries.iter().find(|entry| entry.ruling.number == number)
    }
}

/// What a ruling is about: its subject, and of a merge or split every claim it names.
pub(crate) fn subjects(ruling: &Ruling) -> Vec<String> {
    let value = ruling.value.as_deref().unwrap_or_default();
    let named = value.split([',', ' ', '=', ';', '|']).filter(|word| word.starts_with("c_")).map(str::to_owned);
    let tied = matches!(ruling.action.as_str(), "merge" | "split");
    std::iter::once(ruling.subject.clone()).chain(named.filter(|_| tied)).collect()
}
