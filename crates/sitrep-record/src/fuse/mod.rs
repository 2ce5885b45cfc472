//! Many claims into events, disputes, links and a forecast ledger.
//!
//! In: claims and documents, in any order. Out: [`Derived`], which depends on what they say and never on their order. Nothing is
//! deleted, averaged or decided: where accounts differ, both stay.

pub(crate) mod blocks;
pub(crate) mod correction;
mod decision;
pub(crate) mod defined;
pub(crate) mod dispute;
mod event;
pub(crate) mod fact;
mod family;
pub(crate) mod gist;
mod grade;
pub(crate) mod holding;
pub(crate) mod links;
pub(crate) mod relation;
pub(crate) mod roots;
pub(crate) mod same_event;
pub(crate) mod shared;
pub(crate) mod stance;
mod summary;
mod tied;
pub(crate) mod weigh;
pub(crate) mod weights;
pub(crate) mod wording;

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{
    Claim, ClaimId, Date, Dispute, Document, DocumentId, Event, EventId, Forecast, Link, PageCopy, PageId,
};

pub use decision::{comparisons, decision};
pub use defined::{DefinedPlace, defined_place_of, defined_places};

use crate::register::Register;
use crate::rulings::ties::Ties;
use crate::{copies, ledger};
use blocks::Purpose;
use fact::{Fact, Reality};
use same_event::Alike;
use tied::Tied;

/// Near misses kept for one event.
pub(crate) const NEAR_MISSES: usize = 5;
/// "About an account about an account": followed so many steps.
const ABOUT_STEPS: usize = 8;

/// Everything that follows from many claims together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Derived {
    /// Events by day, then id.
    pub events: Vec<Event>,
    /// Disputes by event.
    pub disputes: Vec<Dispute>,
    /// Links by claim.
    pub links: Vec<Link>,
    /// Forecasts by claim.
    pub forecasts: Vec<Forecast>,
    /// Pages that share their words, by page.
    pub copies: Vec<PageCopy>,
}

/// Derives copies, events, disputes, links and forecasts from all claims. Forecasts are judged as of `today`, or of the latest day
/// of publication.
#[must_use]
pub fn derive(claims: &[Claim], documents: &[Document], today: Option<Date>) -> Derived {
    derive_from(claims, documents, &Known::default(), today, |_, _| ())
}

/// What is known besides claims and documents.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// When pages were saved: that tells versions of a page apart which give the same dates.
    pub retrieved: BTreeMap<PageId, Date>,
    /// What the user noted of sources.
    pub register: Register,
    /// Which claims an analyst tied together or told apart.
    pub ties: Ties,
}

/// The same, knowing more. `seen` gets claims and pages made ready for comparing, for whoever keeps them.
pub(crate) fn derive_from(
    claims: &[Claim],
    documents: &[Document],
    known: &Known,
    today: Option<Date>,
    seen: impl FnOnce(&[Fact<'_>], &[copies::Page<'_>]),
) -> Derived {
    let all: Vec<&Document> = documents.iter().collect();
    let pages = copies::pages(&all);
    let copies = copies::copies(&pages, &known.retrieved);
    let latest = documents.iter().filter_map(|d| d.published.as_ref()).map(|p| p.date).max();
    let facts = facts(claims, &all, &copies);
    seen(&facts, &pages);
    drop(pages);
    let gists: Vec<&gist::Gist> = facts.iter().map(|fact| &fact.gist).collect();
    let Fused { mut events, disputes, nearly, event_of } = fused(&facts, Alike::among(&gists), known);
    note_near_misses(&mut events, &nearly, &event_of);
    defined::locate(claims, &mut events);
    let forecasts = ledger::ledger(&facts, today.or(latest), known);
    let mut links = links::Links::of(&facts);
    correction::relations(&facts).into_iter().for_each(|relation| links.keep(relation));
    links.told(&events, &disputes, &forecasts);
    for purpose in [Purpose::Holding, Purpose::Movement] {
        blocks::pairs(&gists, purpose, |lot| lot.iter().for_each(|pair| links.meet(purpose, *pair)));
    }
    Derived { events, disputes, links: links.sorted(), forecasts, copies }
}

/// Claims made ready for comparing, each once, in the order of their ids.
pub(crate) fn facts<'c>(claims: &'c [Claim], documents: &[&'c Document], copies: &[PageCopy]) -> Vec<Fact<'c>> {
    let shared = shared::SharedText::of(documents, copies);
    let documents: BTreeMap<&DocumentId, &Document> = documents.iter().map(|d| (&d.id, *d)).collect();
    let mut facts: Vec<Fact<'_>> =
        claims.iter().map(|claim| Fact::new(claim, documents.get(&claim.document).copied())).collect();
    for fact in &mut facts {
        fact.shared = shared.get(&fact.claim.document).cloned().unwrap_or_default();
    }
    facts.sort_by(|a, b| (a.id, &a.claim.claim_id).cmp(&(b.id, &b.claim.claim_id)));
    facts.dedup_by(|a, b| a.claim.claim_id == b.claim.claim_id);
    facts
}

/// Facts made into events.
pub(crate) struct Fused {
    /// By day, then id; without near misses.
    pub events: Vec<Event>,
    /// By event.
    pub disputes: Vec<Dispute>,
    /// Pairs of facts that are nearly alike and in two groups.
    pub nearly: Vec<(usize, usize)>,
    /// The event that each fact tells, by its place; none of what only speaks about another.
    pub event_of: BTreeMap<usize, EventId>,
}

/// Makes events of facts by the pairs that are alike.
pub(crate) fn fused(facts: &[Fact<'_>], alike: Alike, known: &Known) -> Fused {
    let index: BTreeMap<&ClaimId, usize> = facts.iter().enumerate().map(|(i, f)| (&f.claim.claim_id, i)).collect();
    let tied = Tied::of(&known.ties, &index);
    let mut subject: Vec<Option<usize>> = (0..facts.len()).map(|i| subject_of(facts, &index, i)).collect();
    tied.redirect(&mut subject, |i| facts[i].is(ABOUT_ONLY));
    let is_attached = |i: usize| facts[i].is(ABOUT_ONLY) && subject[i].is_some();
    let bound: Vec<(usize, usize)> = (0..facts.len())
        .filter(|&i| !facts[i].is(ABOUT_ONLY))
        .filter_map(|i| subject[i].map(|other| (i, other)))
        .filter(|&(i, other)| facts[i].family == facts[other].family && facts[i].reality == facts[other].reality)
        .collect();
    let gists: Vec<&gist::Gist> = facts.iter().map(|fact| &fact.gist).collect();
    let grouped = same_event::group(&gists, alike, &bound, &tied);
    let mut attached: BTreeMap<usize, Vec<&Fact<'_>>> = BTreeMap::new();
    for i in (0..facts.len()).filter(|&i| is_attached(i)) {
        attached.entry(subject[i].unwrap_or(i)).or_default().push(&facts[i]);
    }
    let (mut events, mut disputes) = (Vec::new(), Vec::new());
    let mut event_of: BTreeMap<usize, EventId> = BTreeMap::new();
    for group in grouped.groups {
        let members: Vec<&Fact<'_>> = group
            .iter()
            .filter(|&&i| !is_attached(i) && facts[i].reality != Reality::Foreseen)
            .map(|&i| &facts[i])
            .collect();
        if members.is_empty() {
            continue;
        }
        let speaking: Vec<&Fact<'_>> = group.iter().filter_map(|i| attached.get(i)).flatten().copied().collect();
        let (event, found) = event::event(&members, &speaking, &known.register);
        let telling = group.iter().filter(|&&i| !is_attached(i));
        event_of.extend(telling.map(|&i| (i, event.event_id.clone())));
        events.push(event);
        disputes.extend(found);
    }
    let day = |event: &Event| event.time.as_ref().map(|time| (time.from.or(time.to), time.to));
    events.sort_by_cached_key(|event| {
        let day = day(event).and_then(|(first, last)| first.map(|first| (first, last)));
        (day.is_none(), day, event.event_id.clone())
    });
    disputes.sort_by(|a, b| {
        (&a.event_id, a.field.as_str(), &a.dispute_id).cmp(&(&b.event_id, b.field.as_str(), &b.dispute_id))
    });
    Fused { events, disputes, nearly: grouped.nearly, event_of }
}

/// Types that only speak about another claim.
pub(crate) const ABOUT_ONLY: &[&str] = &["statement.confirmed", "statement.denied", "statement.no_comment"];

/// The claim that `i` is about in the end, if it can stand in an event.
fn subject_of(facts: &[Fact<'_>], index: &BTreeMap<&ClaimId, usize>, i: usize) -> Option<usize> {
    let mut at = i;
    for _ in 0..ABOUT_STEPS {
        match facts[at].claim.about.as_ref().and_then(|id| index.get(id)) {
            Some(&next) if next != at && next != i => at = next,
            _ => break,
        }
        if !facts[at].is(ABOUT_ONLY) {
            break;
        }
    }
    if facts[i].is(&["statement.denied"]) && !stance::may_deny(&facts[i], &facts[at]) {
        return None;
    }
    let stands = at != i && !facts[at].is(ABOUT_ONLY) && facts[at].reality != Reality::Foreseen;
    stands.then_some(at)
}

fn note_near_misses(events: &mut [Event], nearly: &[(usize, usize)], event_of: &BTreeMap<usize, EventId>) {
    let mut missed: BTreeMap<&EventId, BTreeSet<&EventId>> = BTreeMap::new();
    for (one, other) in nearly {
        if let (Some(a), Some(b)) = (event_of.get(one), event_of.get(other))
            && a != b
        {
            missed.entry(a).or_default().insert(b);
            missed.entry(b).or_default().insert(a);
        }
    }
    for event in events {
        let near = missed.get(&event.event_id).into_iter().flatten().take(NEAR_MISSES);
        event.near_misses = near.map(|id| (*id).clone()).collect();
    }
}
