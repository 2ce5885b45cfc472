//! Leaves out what a user did not ask for.
//!
//! In: all contents and a filter. Out: the claims that pass, the events with an account that passes, and what hangs on them.
//! An event passes whole, with all its accounts: a filter never hides the other side of a dispute. Computes no facts.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{ActorRef, Claim, ClaimId, Contents, Document, DocumentId, Event, EventId, Filter, Place};

/// The part of `contents` that `filter` asks for: what [`crate::Record::contents`] gives for it.
#[must_use]
pub fn filtered(contents: &Contents, filter: &Filter) -> Contents {
    let documents: BTreeMap<&DocumentId, &Document> =
        contents.documents.iter().map(|document| (&document.id, document)).collect();
    let passes = |claim: &&Claim| passes(claim, documents.get(&claim.document).copied(), filter);
    let claims: Vec<Claim> = contents.claims.iter().filter(passes).cloned().collect();
    let told: BTreeSet<&ClaimId> = claims.iter().map(|claim| &claim.claim_id).collect();
    let is_told = |event: &&Event| event.accounts.iter().any(|account| told.contains(&account.claim_id));
    let events: Vec<Event> = contents.events.iter().filter(is_told).cloned().collect();
    let ids: BTreeSet<&EventId> = events.iter().map(|event| &event.event_id).collect();
    let disputes = contents.disputes.iter().filter(|it| ids.contains(&it.event_id)).cloned().collect();
    let links = contents.links.iter().filter(|it| told.contains(&it.from) || told.contains(&it.to)).cloned().collect();
    let forecasts = contents.forecasts.iter().filter(|it| told.contains(&it.claim_id)).cloned().collect();
    Contents {
        edition: contents.edition.clone(),
        pages: contents.pages.clone(),
        documents: contents.documents.clone(),
        claims,
        events,
        disputes,
        links,
        forecasts,
        copies: contents.copies.clone(),
        rulings: contents.rulings.clone(),
        register: contents.register.clone(),
    }
}

/// Whether a claim is asked for.
pub(crate) fn passes(claim: &Claim, document: Option<&Document>, filter: &Filter) -> bool {
    let places = [&claim.place, &claim.origin, &claim.destination];
    let place = |part: &str| places.into_iter().flatten().any(|place| names_place(place, part));
    let actor = |part: &str| claim.actors.iter().chain(&claim.targets).any(|actor| names_actor(actor, part));
    let source = |part: &str| {
        let outlet = document.and_then(|d| d.outlet.as_deref());
        claim.attribution.iter().filter_map(|link| link.holder.as_deref()).chain(outlet).any(|name| holds(name, part))
    };
    let (from, to) = claim.time.as_ref().map_or((None, None), |time| (time.from, time.to));
    let published = document.and_then(|d| d.published.as_ref()).map(|p| p.date);
    // A claim without a day of its own counts as speaking of the day it was published.
    let (first, last) = (from.or(to).or(published), to.or(from).or(published));
    filter.place.as_deref().is_none_or(place)
        && filter.actor.as_deref().is_none_or(actor)
        && filter.source.as_deref().is_none_or(source)
        && filter.event_passes(claim.event)
        && filter.since.is_none_or(|since| last.is_some_and(|day| day >= since))
        && filter.until.is_none_or(|until| first.is_some_and(|day| day <= until))
        && filter.status.is_none_or(|status| status == claim.status)
        && filter.voice.is_none_or(|voice| voice == claim.voice)
}

fn names_place(place: &Place, part: &str) -> bool {
    let anchor = place.relation.as_ref().and_then(|r| r.anchor.as_deref());
    [Some(place.text.as_str()), place.name.as_deref(), anchor].into_iter().flatten().any(|name| holds(name, part))
}

fn names_actor(actor: &ActorRef, part: &str) -> bool {
    holds(&actor.name, part) || holds(&actor.text, part) || actor.actor_id.as_deref().is_some_and(|id| holds(id, part))
}

fn holds(name: &str, part: &str) -> bool {
    name.to_lowercase().contains(&part.to_lowercase())
}
