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
pub(crate) mod grouping;
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

use std::collections::BTreeMap;

use sitrep_model::{Claim, Date, Dispute, Document, DocumentId, Event, Forecast, Link, PageCopy, PageId};

pub use decision::{comparisons, decision};
pub use defined::{DefinedPlace, defined_place_of, defined_places};

use crate::register::Register;
use crate::rulings::ties::Ties;
use crate::translation::{Named, originals};
use crate::{copies, ledger};
use blocks::Purpose;
use fact::Fact;
use gist::Gist;
use same_event::Alike;

/// Near misses kept for one event.
pub(crate) const NEAR_MISSES: usize = 5;

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
    derive_from(claims, documents, &Known::default(), today)
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

/// The same, knowing more.
pub(crate) fn derive_from(claims: &[Claim], documents: &[Document], known: &Known, today: Option<Date>) -> Derived {
    let all: Vec<&Document> = documents.iter().collect();
    let copies = copies::copies(&copies::pages(&all), &known.retrieved);
    let latest = documents.iter().filter_map(|d| d.published.as_ref()).map(|p| p.date).max();
    let facts = facts(claims, &all, &copies, |_| None);
    let gists: Vec<&Gist> = facts.iter().map(|fact| &fact.gist).collect();
    let Fused { grouping, mut events, mut disputes } = fused(&facts, Alike::among(&gists), known);
    for (event, near_misses) in events.iter_mut().zip(grouping.near_misses(facts.len())) {
        event.near_misses = near_misses;
    }
    defined::locate(&defined_places(claims), &mut events);
    let forecasts = ledger::ledger(&facts, today.or(latest), known);
    let mut links = links::Links::default();
    links.texts(&facts);
    links.corrections(&facts);
    links.foretold(&forecasts);
    links.accounts(&events, &disputes, &facts);
    for purpose in [Purpose::Holding, Purpose::Movement] {
        blocks::pairs(&gists, purpose, |lot| {
            lot.iter().for_each(|&(one, other)| links.meet(purpose, gists[one as usize], gists[other as usize]));
        });
    }
    sort(&mut events, &mut disputes);
    Derived { events, disputes, links: links.take(), forecasts, copies }
}

/// Claims made ready for comparing, each once, in the order of their ids; `ready` gives the gists of those that were made so before.
pub(crate) fn facts<'c>(
    claims: &'c [Claim],
    documents: &[&'c Document],
    copies: &[PageCopy],
    ready: impl Fn(&Claim) -> Option<Gist>,
) -> Vec<Fact<'c>> {
    let by_page: BTreeMap<u64, &DocumentId> =
        documents.iter().map(|document| (gist::number(document.page.as_str()), &document.id)).collect();
    let originals = originals(&documents.iter().map(|document| Named::of(document)).collect::<Vec<_>>());
    let shared = shared::SharedText::of(|page| by_page.get(&gist::number(page.as_str())).copied(), &originals, copies);
    let documents: BTreeMap<&DocumentId, &Document> = documents.iter().map(|d| (&d.id, *d)).collect();
    let fact = |claim: &'c Claim| {
        let document = documents.get(&claim.document).copied();
        let gist = ready(claim);
        let fact = gist.map_or_else(|| Fact::new(claim, document), |gist| Fact::again(gist, claim, document));
        fact.sharing(shared.get(&claim.document).cloned().unwrap_or_default())
    };
    let mut facts: Vec<Fact<'_>> = claims.iter().map(fact).collect();
    facts.sort_by(|a, b| (a.id, &a.claim.claim_id).cmp(&(b.id, &b.claim.claim_id)));
    facts.dedup_by(|a, b| a.claim.claim_id == b.claim.claim_id);
    facts
}

/// Facts made into events.
pub(crate) struct Fused {
    /// Which tell which.
    pub grouping: grouping::Grouping,
    /// One for each group, without near misses.
    pub events: Vec<Event>,
    /// What is in dispute about them.
    pub disputes: Vec<Dispute>,
}

/// Makes events of facts by the pairs that are alike.
pub(crate) fn fused(facts: &[Fact<'_>], alike: Alike, known: &Known) -> Fused {
    let gists: Vec<&Gist> = facts.iter().map(|fact| &fact.gist).collect();
    let grouping = grouping::grouped(&gists, grouping::subjects(facts), alike, &known.ties);
    let told = grouping.groups.iter().filter_map(|group| told(group, |at| facts.get(at), &known.register));
    let (events, disputes): (Vec<_>, Vec<_>) = told.unzip();
    Fused { grouping, events, disputes: disputes.concat() }
}

/// The event that a group of facts tells, without near misses, and what is in dispute about it; `None` when none of them is at hand.
pub(crate) fn told<'f, 'c: 'f>(
    group: &grouping::Group,
    fact: impl Fn(usize) -> Option<&'f Fact<'c>>,
    register: &Register,
) -> Option<(Event, Vec<Dispute>)> {
    let facts = |places: &[usize]| places.iter().filter_map(|&at| fact(at)).collect::<Vec<_>>();
    event::event(group.event_id(), &facts(&group.members), &facts(&group.speaking), register)
}

/// Events by day, then id; disputes by event.
fn sort(events: &mut [Event], disputes: &mut [Dispute]) {
    let day = |event: &Event| event.time.as_ref().map(|time| (time.from.or(time.to), time.to));
    events.sort_by_cached_key(|event| {
        let day = day(event).and_then(|(first, last)| first.map(|first| (first, last)));
        (day.is_none(), day, event.event_id.clone())
    });
    disputes.sort_by(|a, b| {
        (&a.event_id, a.field.as_str(), &a.dispute_id).cmp(&(&b.event_id, b.field.as_str(), &b.dispute_id))
    });
}

/// Types that only speak about another claim.
pub(crate) const ABOUT_ONLY: &[&str] = &["statement.confirmed", "statement.denied", "statement.no_comment"];
