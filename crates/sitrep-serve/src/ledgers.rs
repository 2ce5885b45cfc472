//! The ledgers: control, forecasts, sources, what waits for review, the audit log.
//!
//! In: a snapshot. Out: what these screens show. Between reports nothing is filled in: a place's state after the last report is "last
//! asserted" and says of which day.

use std::collections::{BTreeMap, BTreeSet};

use sitrep::model::{
    Claim, ControlAnswer, ControlInterval, Date, Document, Forecast, LinkKind, RegisteredSource, ReviewItem,
    ReviewKind, Stance, Voice,
};
use sitrep::{conflicts, show};

use crate::answers::{
    ControlMap, ControlMark, ForecastLine, Forecasts, Queue, QueueItem, Rulings, SaidOfSource, SourceLine,
};
use crate::problem::Wrong;
use crate::query::Query;
use crate::reading::documents_of;
use crate::review::Reviewed;
use crate::snapshot::Snapshot;
use crate::{board, brief, table};

/// Documents told of a source.
const MOST_DOCUMENTS: usize = 20;
/// Items of one answer.
const MOST_ITEMS: usize = 200;

/// `GET /api/control`
pub(crate) fn control_map(snapshot: &Snapshot, query: &Query) -> Result<ControlMap, Wrong> {
    let on = query.day("on")?;
    let answers = snapshot.control();
    let changes: BTreeSet<Date> = answers.iter().flat_map(|it| &it.intervals).map(|it| it.from).collect();
    let last = answers.iter().flat_map(|it| &it.intervals).map(|it| it.to).max();
    let mut held: BTreeMap<&str, (usize, i32)> = BTreeMap::new();
    for answer in answers {
        let mut days: BTreeMap<&str, i32> = BTreeMap::new();
        for interval in &answer.intervals {
            let n_days = board::day_number(interval.to) - board::day_number(interval.from) + 1;
            interval.holders.iter().for_each(|holder| *days.entry(holder).or_default() += n_days);
        }
        for (holder, n_days) in days {
            let (n_places, all_days) = held.entry(holder).or_default();
            (*n_places, *all_days) = (*n_places + 1, *all_days + n_days);
        }
    }
    let mut sides: Vec<(&str, (usize, i32))> = held.into_iter().collect();
    sides.sort_by_key(|(name, much)| (std::cmp::Reverse(*much), *name));
    let spots = spots(snapshot);
    let day = on.or(last);
    Ok(ControlMap {
        on: day,
        days: changes.first().copied().zip(last).map(|(first, last)| [first, last]),
        changes: changes.into_iter().collect(),
        sides: sides.into_iter().map(|(name, _)| name.to_owned()).collect(),
        places: answers.iter().filter_map(|it| Some(mark(it, spots.get(it.place.as_str())?, day))).collect(),
    })
}

/// Where each place of a claim about territory lies.
fn spots(snapshot: &Snapshot) -> BTreeMap<&str, crate::answers::PlaceBrief> {
    let places = snapshot.contents.events.iter().filter_map(|event| event.place.as_ref());
    let located = places.filter(|place| place.lat.is_some());
    located.filter_map(|place| Some((place.name.as_deref()?, brief::place(place)))).collect()
}

fn mark(answer: &ControlAnswer, place: &crate::answers::PlaceBrief, on: Option<Date>) -> ControlMark {
    let past = answer.intervals.iter().filter(|it| on.is_none_or(|on| it.from <= on));
    let interval: Option<&ControlInterval> = past.max_by_key(|it| it.from);
    let state = match interval {
        Some(it) if it.state == "contested" => "contested",
        Some(it) if !it.holders.is_empty() => "held",
        _ => "unknown",
    };
    ControlMark {
        place: place.clone(),
        state: state.to_owned(),
        holders: interval.map(|it| it.holders.clone()).unwrap_or_default(),
        according_to: interval.map(|it| it.according_to.clone()).unwrap_or_default(),
        asserted: interval.map(|it| on.map_or(it.to, |on| it.to.min(on))),
        from: interval.map(|it| it.from),
        to: interval.map(|it| it.to),
    }
}

/// `GET /api/control/PLACE`
pub(crate) fn control(snapshot: &Snapshot, place: &str, query: &Query) -> Result<ControlAnswer, Wrong> {
    Ok(sitrep::control(&snapshot.contents, place, query.day("on")?))
}

/// `GET /api/forecasts`
pub(crate) fn forecasts(snapshot: &Snapshot, query: &Query, reviewed: &Reviewed) -> Result<Forecasts, Wrong> {
    let limit = query.number("limit", table::ITEMS, table::MOST_ITEMS)?;
    let start = query.skip()?;
    let is_asked = |it: &&Forecast| query.value("state").is_none_or(|state| state == it.state.as_str());
    let mut asked: Vec<&Forecast> = snapshot.contents.forecasts.iter().filter(is_asked).collect();
    asked.sort_by_key(|it| (it.window, &it.forecast_id));
    let line = |forecast: &&Forecast| {
        let claim = snapshot.claim(forecast.claim_id.as_str())?;
        let resolving = forecast.resolved_by.iter().filter_map(|id| snapshot.claim(id.as_str()));
        Some(ForecastLine {
            claim: brief::claim(snapshot, claim, reviewed),
            document: brief::document(snapshot, snapshot.document(claim.document.as_str())?),
            resolved_by: resolving.map(|it| brief::claim(snapshot, it, reviewed)).collect(),
            forecast: (*forecast).clone(),
        })
    };
    // The one somebody came for is always among them.
    let named = |it: &&Forecast| query.value("id").is_some_and(|id| id == it.forecast_id.as_str());
    let rest = asked.iter().enumerate().filter(|(at, it)| (start..start + limit).contains(at) || named(it));
    Ok(Forecasts {
        forecasts: rest.filter_map(|(_, it)| line(it)).collect(),
        n_asked: asked.len(),
        n_all: snapshot.contents.forecasts.len(),
        next: (start + limit < asked.len()).then(|| (start + limit).to_string()),
        scores: snapshot.scores().to_vec(),
    })
}

/// What is counted of a source.
#[derive(Default)]
struct Tally<'s> {
    claims: Vec<&'s Claim>,
    documents: BTreeSet<&'s str>,
    is_outlet: bool,
}

/// `GET /api/sources`
pub(crate) fn sources(snapshot: &Snapshot) -> Vec<SourceLine> {
    let contents = &snapshot.contents;
    let mut tallies: BTreeMap<&str, Tally<'_>> = BTreeMap::new();
    for document in &contents.documents {
        let tally = tallies.entry(show::outlet(document)).or_default();
        tally.is_outlet = true;
        tally.documents.insert(document.id.as_str());
    }
    for claim in contents.claims.iter().filter(|claim| claim.voice != Voice::Comment) {
        let outlet = snapshot.document(claim.document.as_str()).map(show::outlet);
        let holders = claim.attribution.iter().filter_map(|link| link.holder.as_deref());
        let names: BTreeSet<&str> = outlet.into_iter().chain(holders).collect();
        for name in names {
            let tally = tallies.entry(name).or_default();
            tally.claims.push(claim);
            tally.documents.insert(claim.document.as_str());
        }
    }
    let empty = Tally::default();
    let noted = contents.register.iter().filter(|source| !tallies.keys().any(|name| source.is_named(name)));
    let noted: Vec<SourceLine> = noted.map(|source| source_line(snapshot, &source.name, &empty)).collect();
    let mut lines: Vec<SourceLine> = tallies.iter().map(|(name, tally)| source_line(snapshot, name, tally)).collect();
    lines.extend(noted);
    lines.sort_by(|a, b| (&b.kind, b.n_claims, &a.name).cmp(&(&a.kind, a.n_claims, &b.name)));
    lines
}

fn source_line(snapshot: &Snapshot, name: &str, tally: &Tally<'_>) -> SourceLine {
    let register: Option<&RegisteredSource> = snapshot.contents.register.iter().find(|source| source.is_named(name));
    let is_confirmed = |claim: &&&Claim| {
        let event = snapshot.event_of(claim.claim_id.as_str()).filter(|event| event.roots >= 2);
        let accounts = event.into_iter().flat_map(|event| &event.accounts);
        accounts.into_iter().any(|it| it.claim_id == claim.claim_id && it.stance == Stance::Affirms)
    };
    let is_contradicted = |claim: &&&Claim| {
        let kinds = [LinkKind::Contradicts, LinkKind::Denies, LinkKind::Correction, LinkKind::Retraction];
        snapshot.links_of(claim.claim_id.as_str()).any(|link| {
            let other = if link.from == claim.claim_id { &link.to } else { &link.from };
            let reported = snapshot.claim(other.as_str()).is_some_and(Claim::is_reporting);
            kinds.contains(&link.kind) && reported
        })
    };
    let n_forecasts = tally.claims.iter().filter(|claim| claim.forecast.is_some()).count();
    let documents: Vec<&Document> = tally.documents.iter().filter_map(|id| snapshot.document(id)).collect();
    SourceLine {
        name: name.to_owned(),
        kind: if tally.is_outlet { "outlet" } else { "holder" }.to_owned(),
        register: register.cloned(),
        n_documents: tally.documents.len(),
        n_claims: tally.claims.len(),
        n_confirmed: tally.claims.iter().filter(is_confirmed).count(),
        n_contradicted: tally.claims.iter().filter(is_contradicted).count(),
        n_forecasts,
        said: said_of(name, &tally.claims),
        documents: documents.into_iter().take(MOST_DOCUMENTS).map(|it| brief::document(snapshot, it)).collect(),
    }
}

/// The sorts of source that texts make of a holder: "outlet tied to a party" is a text's word, never ours.
fn said_of(name: &str, claims: &[&Claim]) -> Vec<SaidOfSource> {
    let mut said: BTreeMap<&'static str, SaidOfSource> = BTreeMap::new();
    for claim in claims {
        for link in claim.attribution.iter().filter(|link| link.holder.as_deref() == Some(name)) {
            let text = show::source_kind(link.kind);
            said.entry(text).or_insert_with(|| SaidOfSource {
                text: text.to_owned(),
                claim_id: Some(claim.claim_id.to_string()),
                document: Some(claim.document.to_string()),
            });
        }
    }
    said.into_values().collect()
}

/// `GET /api/queue`
pub(crate) fn queue(snapshot: &Snapshot, query: &Query, reviewed: &Reviewed) -> Result<Queue, Wrong> {
    let limit = query.number("limit", 20, MOST_ITEMS)?;
    let start = query.skip()?;
    let is_asked = |item: &ReviewItem| query.value("about").is_none_or(|id| is_about(snapshot, item, id));
    let open: Vec<&ReviewItem> =
        snapshot.waiting().iter().filter(|it| is_asked(it) && is_open(snapshot, it, reviewed)).collect();
    let items = open.iter().skip(start).take(limit).map(|it| queue_item(snapshot, it, reviewed)).collect();
    let next = (start + limit < open.len()).then(|| (start + limit).to_string());
    Ok(Queue { items, n_open: open.len(), next })
}

/// The claims that an item is about.
fn claims_in<'s>(snapshot: &'s Snapshot, item: &ReviewItem) -> Vec<&'s Claim> {
    let contents = &snapshot.contents;
    match item.kind {
        ReviewKind::Reading => snapshot.claim(&item.id).into_iter().collect(),
        ReviewKind::Proposed => snapshot.proposed(&item.id).into_iter().collect(),
        ReviewKind::Dispute => {
            let ids = snapshot.dispute(&item.id).into_iter().flat_map(|it| &it.sides).flat_map(|side| &side.claims);
            ids.filter_map(|id| snapshot.claim(id.as_str())).collect()
        }
        ReviewKind::NearMiss => {
            let events = events_in(snapshot, item);
            events.into_iter().flat_map(|event| snapshot.accounts_of(event)).collect()
        }
        ReviewKind::Conflict => {
            let number: u64 = item.id.parse().unwrap_or(0);
            let ruling = contents.rulings.iter().find(|ruling| ruling.number == number);
            ruling.and_then(|ruling| snapshot.claim(&ruling.subject)).into_iter().collect()
        }
    }
}

/// The events that an item is about: of near misses both, the one and the other.
fn events_in<'s>(snapshot: &'s Snapshot, item: &ReviewItem) -> Vec<&'s sitrep::model::Event> {
    let Some(event) = snapshot.event(&item.id) else { return Vec::new() };
    let named = event.near_misses.iter().find(|id| item.why.contains(id.as_str()));
    std::iter::once(event).chain(named.and_then(|id| snapshot.event(id.as_str()))).collect()
}

/// Whether an item is about the claim, event or dispute of that id.
fn is_about(snapshot: &Snapshot, item: &ReviewItem, id: &str) -> bool {
    let claims = claims_in(snapshot, item);
    let in_event =
        |claim: &&Claim| snapshot.event_of(claim.claim_id.as_str()).is_some_and(|it| it.event_id.as_str() == id);
    item.id == id || claims.iter().any(|claim| claim.claim_id.as_str() == id || in_event(claim))
}

/// Whether nobody has ruled on it since the queue was made.
fn is_open(snapshot: &Snapshot, item: &ReviewItem, reviewed: &Reviewed) -> bool {
    match item.kind {
        ReviewKind::Reading => !reviewed.is_ruled(&item.id),
        ReviewKind::Proposed => !matches!(reviewed.of(&item.id), "accepted" | "rejected"),
        ReviewKind::Conflict => {
            let number: u64 = item.id.parse().unwrap_or(0);
            let claims = claims_in(snapshot, item);
            reviewed.last_on(claims.iter().map(|claim| claim.claim_id.as_str())) <= number
        }
        _ => !claims_in(snapshot, item).iter().any(|claim| reviewed.is_ruled(claim.claim_id.as_str())),
    }
}

fn queue_item(snapshot: &Snapshot, item: &ReviewItem, reviewed: &Reviewed) -> QueueItem {
    let claims = claims_in(snapshot, item);
    let mut events: Vec<&sitrep::model::Event> = match item.kind {
        ReviewKind::NearMiss => events_in(snapshot, item),
        _ => claims.iter().filter_map(|claim| snapshot.event_of(claim.claim_id.as_str())).collect(),
    };
    events.dedup_by_key(|event| &event.event_id);
    QueueItem {
        item: item.clone(),
        events: events.iter().map(|event| brief::event(snapshot, event, reviewed)).collect(),
        dispute: snapshot.dispute(&item.id).cloned(),
        documents: documents_of(snapshot, &claims),
        seen: reviewed.last_on(claims.iter().map(|claim| claim.claim_id.as_str())),
        claims: claims.iter().map(|claim| brief::claim(snapshot, claim, reviewed)).collect(),
    }
}

/// `GET /api/rulings`
pub(crate) fn rulings(snapshot: &Snapshot, reviewed: &Reviewed) -> Rulings {
    Rulings { rulings: reviewed.entries.iter().rev().cloned().collect(), conflicts: conflicts(&snapshot.contents) }
}
