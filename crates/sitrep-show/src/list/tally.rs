//! Places, actors and sources as claims name them, each once, with counts.
//!
//! In: contents. Out: rows in order of name. Never merges two things the record keeps apart: same id or, without an id, same
//! name.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sitrep_model::{ActorRef, AttributionType, Claim, Contents, Place, RegisteredSource, Reliability, Voice};

use super::ListOptions;
use crate::index::{Index, outlet};
use crate::words;

/// A place that claims name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PlaceRow {
    pub(crate) name: String,
    pub(crate) status: &'static str,
    pub(crate) kind: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
    pub(crate) radius_km: Option<f64>,
    pub(crate) geonames_id: Option<u64>,
    pub(crate) claims: usize,
    pub(crate) events: usize,
    #[serde(skip)]
    in_events: BTreeSet<String>,
}

/// An actor that claims name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ActorRow {
    pub(crate) name: String,
    pub(crate) actor_id: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) member_of: Vec<String>,
    pub(crate) as_actor: usize,
    pub(crate) as_target: usize,
}

/// An outlet or a holder.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct SourceRow {
    pub(crate) name: String,
    /// `outlet`, or the attribution type of a holder.
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) reports: usize,
    pub(crate) claims: usize,
    /// What the user's register says of it.
    pub(crate) alignment: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) family: Option<String>,
    pub(crate) language: Option<String>,
    /// A to F; F until the user rates it.
    pub(crate) reliability: &'static str,
    pub(crate) rater: Option<String>,
    pub(crate) on: Option<String>,
    pub(crate) why: Option<String>,
    #[serde(skip)]
    documents: BTreeSet<String>,
}

/// Every place of every claim: where it happened, where from, where to.
pub(crate) fn places(contents: &Contents) -> Vec<PlaceRow> {
    let index = Index::of(contents);
    let mut rows: BTreeMap<(String, Option<u64>), PlaceRow> = BTreeMap::new();
    for claim in &contents.claims {
        for place in [&claim.place, &claim.origin, &claim.destination].into_iter().flatten() {
            let row = rows.entry((words::place_short(place), place.geonames_id)).or_insert_with(|| place_row(place));
            row.claims += 1;
            if let Some(event) = index.event_of(claim.claim_id.as_str()) {
                row.in_events.insert(event.event_id.to_string());
            }
        }
    }
    let counted = |mut row: PlaceRow| {
        row.events = row.in_events.len();
        row
    };
    rows.into_values().map(counted).collect()
}

fn place_row(place: &Place) -> PlaceRow {
    PlaceRow {
        name: words::place_short(place),
        status: place.status.as_str(),
        kind: place.kind.clone(),
        country: place.country.clone(),
        lat: place.lat,
        lon: place.lon,
        radius_km: place.radius_km,
        geonames_id: place.geonames_id,
        claims: 0,
        events: 0,
        in_events: BTreeSet::new(),
    }
}

/// Every actor and target of every claim.
pub(crate) fn actors(contents: &Contents) -> Vec<ActorRow> {
    let mut rows: BTreeMap<(String, Option<String>), ActorRow> = BTreeMap::new();
    let mut add = |actor: &ActorRef, as_target: bool| {
        let key = match &actor.actor_id {
            Some(id) => (String::new(), Some(id.clone())),
            None => (actor.name.clone(), None),
        };
        let row = rows.entry(key).or_insert_with(|| ActorRow {
            name: actor.name.clone(),
            actor_id: actor.actor_id.clone(),
            kind: actor.kind.clone(),
            member_of: actor.member_of.clone(),
            as_actor: 0,
            as_target: 0,
        });
        if as_target { row.as_target += 1 } else { row.as_actor += 1 }
    };
    for claim in &contents.claims {
        claim.actors.iter().for_each(|actor| add(actor, false));
        claim.targets.iter().for_each(|actor| add(actor, true));
    }
    let mut rows: Vec<ActorRow> = rows.into_values().collect();
    rows.sort_by(|a, b| (&a.name, &a.actor_id).cmp(&(&b.name, &b.actor_id)));
    rows
}

/// Outlets first, then holders; a claim counts once for its outlet and once for each holder in its chain.
pub(crate) fn sources(contents: &Contents, options: &ListOptions<'_>) -> Vec<SourceRow> {
    let index = Index::of(contents);
    let mut outlets: BTreeMap<String, SourceRow> = BTreeMap::new();
    let mut holders: BTreeMap<(String, &'static str), SourceRow> = BTreeMap::new();
    for document in &contents.documents {
        let row = outlets.entry(outlet(document).to_owned()).or_insert_with(|| source_row(outlet(document), "outlet"));
        row.documents.insert(document.id.to_string());
    }
    for claim in &contents.claims {
        if claim.voice != Voice::Comment {
            let name = index.outlet_of(claim);
            outlets.entry(name.to_owned()).or_insert_with(|| source_row(name, "outlet")).claims += 1;
        }
        for (name, kind) in named_holders(claim, &index, options) {
            let row = holders.entry((name.clone(), kind)).or_insert_with(|| source_row(&name, kind));
            row.claims += 1;
            row.documents.insert(claim.document.to_string());
        }
    }
    let mut rows: Vec<SourceRow> = outlets.into_values().chain(holders.into_values()).collect();
    rows.iter_mut().for_each(|row| row.reports = row.documents.len());
    for source in &contents.register {
        let mut met = false;
        for row in rows.iter_mut().filter(|row| source.is_named(&row.name)) {
            register(row, source);
            met = true;
        }
        if !met {
            let mut row = source_row(&source.name, "noted");
            register(&mut row, source);
            rows.push(row);
        }
    }
    rows
}

fn register(row: &mut SourceRow, source: &RegisteredSource) {
    row.alignment.clone_from(&source.alignment);
    row.owner.clone_from(&source.owner);
    row.family.clone_from(&source.family);
    row.language.clone_from(&source.language);
    if let Some(rating) = &source.rating {
        row.reliability = rating.reliability.as_str();
        row.rater = Some(rating.rater.clone());
        row.on = rating.on.map(|day| day.to_string());
        row.why.clone_from(&rating.why);
    }
}

fn named_holders(claim: &Claim, index: &Index<'_>, options: &ListOptions<'_>) -> Vec<(String, &'static str)> {
    let shown = |holder: &str, kind: AttributionType| match kind {
        AttributionType::Commenter => index.authors.shown(holder, claim.document.as_str(), options.names).into_owned(),
        _ => holder.to_owned(),
    };
    let named = claim.attribution.iter().filter_map(|link| link.holder.as_deref().map(|holder| (holder, link.kind)));
    named.map(|(holder, kind)| (shown(holder, kind), kind.as_str())).collect()
}

fn source_row(name: &str, kind: &'static str) -> SourceRow {
    SourceRow {
        name: name.to_owned(),
        kind,
        reports: 0,
        claims: 0,
        alignment: None,
        owner: None,
        family: None,
        language: None,
        reliability: Reliability::F.as_str(),
        rater: None,
        on: None,
        why: None,
        documents: BTreeSet::new(),
    }
}
