//! One event from its accounts.
//!
//! In: the facts of one group and those that only speak about them. Out: an [`Event`] with its disputes. The most precise date
//! and place are shown, never a mean; where dates are in dispute the span from the first to the last is shown.

use std::collections::BTreeSet;

use sitrep_model::{
    Account, ActorRef, ClaimId, Dispute, DisputeField, Event, EventId, Place, Quantity, Reliability, Stance, Time,
    TimexType,
};

use super::dispute::{self, Told, bounds};
use super::fact::{Fact, Gist};
use super::{grade, grouping, roots, stance, summary};
use crate::names::{PlaceKey, PlaceMatch, actor_keys};
use crate::register::Register;

/// Makes the event of `members`; `attached` speak about it without telling it themselves. `None` when there are none.
pub(crate) fn event(
    event_id: EventId,
    members: &[&Fact<'_>],
    attached: &[&Fact<'_>],
    register: &Register,
) -> Option<(Event, Vec<Dispute>)> {
    let mut told: Vec<Told<'_, '_>> = members
        .iter()
        .map(|fact| (*fact, stance::as_deed(fact)))
        .chain(attached.iter().map(|fact| (*fact, stance::stance(fact))))
        .collect();
    told.sort_by(|a, b| a.0.claim.claim_id.cmp(&b.0.claim.claim_id));
    let gists: Vec<&Gist> = members.iter().map(|fact| &fact.gist).collect();
    let event = grouping::leaf(&gists)?;
    let disputes = dispute::disputes(&event_id, &told);
    let facts: Vec<&Fact<'_>> = told.iter().map(|(fact, _)| *fact).collect();
    let roots = roots::roots(&facts, register);
    let (n_roots, grade) = grade::grade(&told, &roots, &disputes, register);
    let speaking = best_voice(members);
    let date_in_dispute = disputes.iter().any(|d| d.field == DisputeField::Date);
    let mut event = Event {
        event_id,
        event,
        summary: String::new(),
        place: place(&speaking),
        time: if date_in_dispute { whole_span(&speaking) } else { time(&speaking) },
        actors: actors(&speaking, |fact| &fact.claim.actors),
        targets: actors(&speaking, |fact| &fact.claim.targets),
        quantities: quantities(&speaking),
        accounts: Vec::new(),
        roots: n_roots,
        grade,
        disputes: disputes.iter().map(|d| d.dispute_id.clone()).collect(),
        near_misses: Vec::new(),
    };
    event.accounts =
        told.iter().zip(roots).map(|((fact, stance), root)| account(fact, *stance, root, &event, &disputes)).collect();
    for (account, (fact, _)) in event.accounts.iter_mut().zip(&told) {
        let source = fact.publisher().and_then(|key| register.get(&key));
        account.reliability = source.and_then(|s| s.rating.as_ref()).map(|r| r.reliability).unwrap_or_default();
    }
    event.summary = summary::summary(&event, &told);
    Some((event, disputes))
}

/// The facts an event's own fields are taken from: affirming reports, else any report, else readers.
fn best_voice<'f, 'c>(members: &[&'f Fact<'c>]) -> Vec<&'f Fact<'c>> {
    let pick = |wanted: &dyn Fn(&Fact<'_>) -> bool| -> Vec<&'f Fact<'c>> {
        members.iter().copied().filter(|fact| wanted(fact)).collect()
    };
    let affirms = |fact: &Fact<'_>| stance::stance(fact) == Stance::Affirms;
    let mut best = pick(&|fact| fact.is_reporting && affirms(fact));
    if best.is_empty() {
        best = pick(&|fact| fact.is_reporting);
    }
    if best.is_empty() {
        best = pick(&affirms);
    }
    if best.is_empty() {
        best = members.to_vec();
    }
    best.sort_by(|a, b| a.claim.claim_id.cmp(&b.claim.claim_id));
    best
}

fn time(facts: &[&Fact<'_>]) -> Option<Time> {
    let width = |fact: &Fact<'_>| match (fact.days.first, fact.days.last) {
        (Some(first), Some(last)) => last.saturating_sub(first),
        (None, None) => i32::MAX,
        _ => i32::MAX - 1,
    };
    let dated = facts.iter().filter(|fact| fact.claim.time.is_some());
    dated.min_by_key(|fact| (width(fact), &fact.claim.claim_id)).and_then(|fact| fact.claim.time.clone())
}

fn whole_span(facts: &[&Fact<'_>]) -> Option<Time> {
    let times: Vec<&Time> = facts.iter().filter_map(|fact| fact.claim.time.as_ref()).collect();
    let from = times.iter().filter_map(|time| time.from.or(time.to)).min()?;
    let to = times.iter().filter_map(|time| time.to.or(time.from)).max()?;
    let first = times.first()?;
    let value = format!("{from}/{to}");
    let (text, modifier, precision) = (None, None, None);
    let (from, to) = (Some(from), Some(to));
    Some(Time { text, kind: TimexType::Date, value, modifier, from, to, anchor: first.anchor, precision })
}

fn place(facts: &[&Fact<'_>]) -> Option<Place> {
    let placed = facts.iter().filter_map(|fact| fact.claim.place.as_ref().map(|place| (fact, place)));
    let exactness = |place: &Place| (place.status, (place.radius_km.unwrap_or(0.0) * 10.0) as i64);
    placed
        .min_by(|a, b| exactness(a.1).cmp(&exactness(b.1)).then(a.0.claim.claim_id.cmp(&b.0.claim.claim_id)))
        .map(|(_, place)| place.clone())
}

/// Every actor once, the fullest naming of each, in the order of the first account.
fn actors<'c>(facts: &[&'c Fact<'_>], of: impl Fn(&'c Fact<'_>) -> &'c Vec<ActorRef>) -> Vec<ActorRef> {
    let mut kept: Vec<(BTreeSet<String>, ActorRef)> = Vec::new();
    for actor in facts.iter().flat_map(|fact| of(fact)) {
        let keys = actor_keys(actor);
        match kept.iter_mut().find(|(known, _)| !known.is_disjoint(&keys)) {
            Some((known, first)) => {
                known.extend(keys);
                if first.actor_id.is_none() && actor.actor_id.is_some() {
                    *first = actor.clone();
                }
            }
            None => kept.push((keys, actor.clone())),
        }
    }
    kept.into_iter().map(|(_, actor)| actor).collect()
}

fn quantities(facts: &[&Fact<'_>]) -> Vec<Quantity> {
    let mut kept: Vec<Quantity> = Vec::new();
    for quantity in facts.iter().flat_map(|fact| &fact.claim.quantities) {
        let same = |known: &Quantity| {
            (&known.kind, known.low, known.best, known.high)
                == (&quantity.kind, quantity.low, quantity.best, quantity.high)
        };
        if !kept.iter().any(same) {
            kept.push(quantity.clone());
        }
    }
    kept
}

fn account(fact: &Fact<'_>, stance: Stance, root: String, event: &Event, disputes: &[Dispute]) -> Account {
    let (mut agrees, mut differs) = (Vec::new(), Vec::new());
    let mut note = |field: &str, verdict: Option<bool>| match verdict {
        Some(true) => agrees.push(field.to_owned()),
        Some(false) => differs.push(field.to_owned()),
        None => {}
    };
    let disputed = |field: DisputeField, claim: &ClaimId| {
        disputes.iter().any(|d| d.field == field && d.sides.iter().any(|side| side.claims.contains(claim)))
    };
    let id = &fact.claim.claim_id;
    note("date", if disputed(DisputeField::Date, id) { Some(false) } else { same_date(fact, event) });
    note("place", if disputed(DisputeField::Place, id) { Some(false) } else { same_place(fact, event) });
    note(
        "actor",
        if disputed(DisputeField::Actor, id) { Some(false) } else { same_actors(&fact.claim.actors, &event.actors) },
    );
    note("target", same_actors(&fact.claim.targets, &event.targets));
    note("quantity", if disputed(DisputeField::Quantity, id) { Some(false) } else { same_quantity(fact, event) });
    Account {
        claim_id: id.clone(),
        document: fact.claim.document.clone(),
        stance,
        root,
        agrees,
        differs,
        reliability: Reliability::F,
    }
}

fn same_date(fact: &Fact<'_>, event: &Event) -> Option<bool> {
    let (mine, theirs) = (fact.claim.time.as_ref()?, event.time.as_ref()?);
    let first = mine.from.max(theirs.from)?;
    let last = mine.to.into_iter().chain(theirs.to).min()?;
    Some(first <= last || fact.days.first.is_some_and(|day| day <= super::fact::day_number(last)))
}

fn same_place(fact: &Fact<'_>, event: &Event) -> Option<bool> {
    match fact.at.compare(&PlaceKey::of(event.place.as_ref())) {
        PlaceMatch::Same | PlaceMatch::Near => Some(true),
        PlaceMatch::Different => Some(false),
        PlaceMatch::Unknown => None,
    }
}

fn same_actors(mine: &[ActorRef], theirs: &[ActorRef]) -> Option<bool> {
    let keys = |actors: &[ActorRef]| actors.iter().flat_map(actor_keys).collect::<BTreeSet<String>>();
    let (mine, theirs) = (keys(mine), keys(theirs));
    (!mine.is_empty() && !theirs.is_empty()).then(|| !mine.is_disjoint(&theirs))
}

fn same_quantity(fact: &Fact<'_>, event: &Event) -> Option<bool> {
    let mut verdict = None;
    for mine in &fact.claim.quantities {
        let Some((low, high)) = bounds(mine) else { continue };
        for (l, h) in event.quantities.iter().filter(|q| q.kind == mine.kind).filter_map(bounds) {
            let meets = low <= h && l <= high;
            verdict = Some(verdict.unwrap_or(true) && meets);
        }
    }
    verdict
}
