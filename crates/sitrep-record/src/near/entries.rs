//! Everything a claim can be found by when something else is new.
//!
//! In: a claim ready for comparing. Out: its entries: under what it meets other claims, and under what those find it whom it concerns
//! in another way: forecasts and their evidence, places told by reports, corrections.

use crate::copies::Page;
use crate::fuse::blocks::{self, Entry, Purpose, short};
use crate::fuse::fact::Fact;
use crate::fuse::{correction, defined};
use crate::keys::{fnv, key};
use crate::ledger;

/// The key of forecasts in which an actor, or one of their condition, acts.
pub(crate) fn foresees(actor: u64) -> u64 {
    short(fnv(&[b"#foresees", &actor.to_le_bytes()]))
}

/// The key of what an actor did, as evidence.
pub(crate) fn evidence(actor: u64) -> u64 {
    short(fnv(&[b"#evidence", &actor.to_le_bytes()]))
}

/// The key of claims that tell where a place lies.
pub(crate) fn defines(place: &str) -> u64 {
    short(fnv(&[b"#defines", place.as_bytes()]))
}

/// The key of claims whose place nobody else knows.
pub(crate) fn open(place: &str) -> u64 {
    short(fnv(&[b"#open", place.as_bytes()]))
}

/// The key of what an outlet told of one sort.
pub(crate) fn told(publisher: &str, family: &str) -> u64 {
    short(fnv(&[b"#told", publisher.as_bytes(), family.as_bytes()]))
}

/// The key of what it told in a correction.
pub(crate) fn corrects(publisher: &str, family: &str) -> u64 {
    short(fnv(&[b"#corrects", publisher.as_bytes(), family.as_bytes()]))
}

/// Every entry of a claim but those under which it meets claims as [`Purpose`] has them. `condition` is the claim on which it depends.
fn found_by(fact: &Fact<'_>, condition: Option<&Fact<'_>>) -> Vec<Entry> {
    let at = |key: u64, order: i64| Entry { key, order, claim: fact.id };
    let mut found = Vec::new();
    if fact.claim.forecast.is_some() {
        let actors = fact.actors.iter().chain(condition.into_iter().flat_map(|it| it.actors.iter()));
        found.extend(actors.map(|actor| at(foresees(actor), 0)));
    }
    if let Some(day) = fact.latest_day().filter(|_| ledger::is_evidence(fact)) {
        found.extend(fact.actors.iter().map(|actor| at(evidence(actor), day.into())));
    }
    found.extend(defined::defined_by(fact.claim).into_iter().map(|place| at(defines(&place), 0)));
    found.extend(fact.claim.place.as_ref().and_then(defined::open_name).map(|place| at(open(&place), 0)));
    if let (true, Some(publisher), Some(published)) = (fact.is_reporting, fact.publisher(), fact.published) {
        found.push(at(told(&publisher, &fact.family.name), published.into()));
        if correction::stands_in_correction(fact) {
            found.push(at(corrects(&publisher, &fact.family.name), published.into()));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Every entry of a claim, with the purpose for which it meets others there, if it meets them.
pub(crate) fn all(fact: &Fact<'_>, condition: Option<&Fact<'_>>) -> impl Iterator<Item = (Option<Purpose>, Entry)> {
    let meets = [Purpose::SameEvent, Purpose::Holding, Purpose::Movement].into_iter();
    let meets = meets.flat_map(|purpose| blocks::entries(fact, purpose).into_iter().map(move |it| (Some(purpose), it)));
    found_by(fact, condition).into_iter().map(|entry| (None, entry)).chain(meets)
}

/// The key of the pages of an outlet.
pub(crate) fn outlet(name: &str) -> u64 {
    short(fnv(&[b"#outlet", &key(name).to_le_bytes()]))
}

/// The key under which a page alone stands, at the number of its words.
pub(crate) fn length_key(page: u64) -> u64 {
    short(fnv(&[b"#length", &page.to_le_bytes()]))
}

/// Every entry of a page.
pub(crate) fn page(page: &Page<'_>) -> Vec<Entry> {
    let outlet = page.outlet().map(|name| Entry { key: outlet(&name), order: 0, claim: page.number });
    page.entries().into_iter().map(|(_, entry)| entry).chain([length(page)]).chain(outlet).collect()
}

/// The entry that tells how many words a page has.
pub(crate) fn length(page: &Page<'_>) -> Entry {
    let order = i64::try_from(page.n_words()).unwrap_or(i64::MAX);
    Entry { key: length_key(page.number), order, claim: page.number }
}
