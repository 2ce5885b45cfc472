//! Tables of what the record derives: events, accounts, sides of disputes, links, forecasts.
//!
//! In: a sheet. Out: columns and rows. Never one value where accounts differ: the accounts are a table of their own.

use sitrep_model::{Dispute, Event, Stance};

use super::cell::Kind::{Day, Float, Int, Text, Texts};
use super::cell::{Cell, Column, Row};
use super::claims::{people, place, time};
use super::{Rows, Sheet};
use crate::export::events;
use crate::index::Index;
use crate::words;

/// Columns of events; GeoParquet has one more.
pub(super) const EVENTS: &[Column] = &[
    ("event_id", Text),
    ("event", Text),
    ("status", Text),
    ("summary", Text),
    ("date_from", Day),
    ("date_to", Day),
    ("date_text", Text),
    ("date_value", Text),
    ("date_prec_ucdp", Int),
    ("date_prec_acled", Int),
    ("place", Text),
    ("place_text", Text),
    ("place_status", Text),
    ("place_kind", Text),
    ("latitude", Float),
    ("longitude", Float),
    ("radius_km", Float),
    ("country", Text),
    ("geonames_id", Int),
    ("where_prec_ucdp", Int),
    ("geo_prec_acled", Int),
    ("actors", Texts),
    ("actor_ids", Texts),
    ("actor_kinds", Texts),
    ("targets", Texts),
    ("target_ids", Texts),
    ("target_kinds", Texts),
    ("quantities", Texts),
    ("accounts", Int),
    ("affirm", Int),
    ("deny", Int),
    ("independent_sources", Int),
    ("grade", Int),
    ("grade_why", Text),
    ("disputed_fields", Texts),
    ("near_misses", Texts),
    ("outlets", Texts),
    ("claim_ids", Texts),
];

pub(super) fn events<'c>(sheet: &'c Sheet<'c>) -> Rows<'c> {
    Box::new(sheet.contents.events.iter().map(|event| row(event, &sheet.index)))
}

fn row<'c>(event: &'c Event, index: &Index<'c>) -> Row<'c> {
    let told = events::told(event, index);
    let n_with = |stance: Stance| Cell::int(event.accounts.iter().filter(|it| it.stance == stance).count());
    let mut outlets: Vec<&'c str> = told.iter().map(|it| index.outlet_of(it.claim)).collect();
    outlets.sort_unstable();
    outlets.dedup();
    let disputes = event.disputes.iter().filter_map(|id| index.dispute(id.as_str()));
    let mut row = vec![
        Cell::text(event.event_id.as_str()),
        Cell::text(event.event.as_str()),
        Cell::text(events::status(&told)),
        Cell::text(&event.summary),
    ];
    row.extend(time(event.time.as_ref()));
    row.extend(place(event.place.as_ref()));
    row.extend(people(&event.actors));
    row.extend(people(&event.targets));
    row.extend([
        Cell::texts(event.quantities.iter().map(words::quantity)),
        Cell::int(event.accounts.len()),
        n_with(Stance::Affirms),
        n_with(Stance::Denies),
        Cell::int(event.roots),
        Cell::int(event.grade.information),
        Cell::text(&event.grade.why),
        Cell::texts(disputes.map(|it| it.field.as_str())),
        Cell::texts(event.near_misses.iter().map(|it| it.as_str())),
        Cell::texts(outlets),
        Cell::texts(event.accounts.iter().map(|it| it.claim_id.as_str())),
    ]);
    row
}

pub(super) const ACCOUNTS: &[Column] = &[
    ("event_id", Text),
    ("claim_id", Text),
    ("document", Text),
    ("stance", Text),
    ("root", Text),
    ("agrees", Texts),
    ("differs", Texts),
];

pub(super) fn accounts<'c>(sheet: &'c Sheet<'c>) -> Rows<'c> {
    let of_event = |event: &'c Event| event.accounts.iter().map(move |it| (event, it));
    Box::new(sheet.contents.events.iter().flat_map(of_event).map(|(event, it)| {
        vec![
            Cell::text(event.event_id.as_str()),
            Cell::text(it.claim_id.as_str()),
            Cell::text(it.document.as_str()),
            Cell::text(it.stance.as_str()),
            Cell::text(&it.root),
            Cell::texts(&it.agrees),
            Cell::texts(&it.differs),
        ]
    }))
}

pub(super) const DISPUTES: &[Column] = &[
    ("dispute_id", Text),
    ("event_id", Text),
    ("field", Text),
    ("value", Text),
    ("claim_ids", Texts),
    ("reading", Text),
];

/// One row a side.
pub(super) fn disputes<'c>(sheet: &'c Sheet<'c>) -> Rows<'c> {
    let of_dispute = |dispute: &'c Dispute| dispute.sides.iter().map(move |side| (dispute, side));
    Box::new(sheet.contents.disputes.iter().flat_map(of_dispute).map(|(dispute, side)| {
        vec![
            Cell::text(dispute.dispute_id.as_str()),
            Cell::text(dispute.event_id.as_str()),
            Cell::text(dispute.field.as_str()),
            Cell::text(&side.value),
            Cell::texts(side.claims.iter().map(|it| it.as_str())),
            Cell::text(&dispute.reading),
        ]
    }))
}

pub(super) const LINKS: &[Column] = &[("from", Text), ("to", Text), ("kind", Text), ("field", Text), ("why", Text)];

pub(super) fn links<'c>(sheet: &'c Sheet<'c>) -> Rows<'c> {
    Box::new(sheet.contents.links.iter().map(|link| {
        vec![
            Cell::text(link.from.as_str()),
            Cell::text(link.to.as_str()),
            Cell::text(link.kind.as_str()),
            Cell::maybe(link.field.as_ref()),
            Cell::text(&link.why),
        ]
    }))
}

pub(super) const FORECASTS: &[Column] = &[
    ("forecast_id", Text),
    ("claim_id", Text),
    ("window_from", Day),
    ("window_to", Day),
    ("likelihood_word", Text),
    ("likelihood_low", Float),
    ("likelihood_high", Float),
    ("criteria", Text),
    ("state", Text),
    ("resolved_by", Texts),
    ("brier_mid", Float),
];

pub(super) fn forecasts<'c>(sheet: &'c Sheet<'c>) -> Rows<'c> {
    Box::new(sheet.contents.forecasts.iter().map(|it| {
        let likelihood = it.likelihood.as_ref();
        vec![
            Cell::text(it.forecast_id.as_str()),
            Cell::text(it.claim_id.as_str()),
            Cell::Day(it.window.map(|[from, _]| from)),
            Cell::Day(it.window.map(|[_, to]| to)),
            Cell::maybe(likelihood.and_then(|it| it.word.as_ref())),
            Cell::Float(likelihood.map(|it| it.low)),
            Cell::Float(likelihood.map(|it| it.high)),
            Cell::text(&it.criteria),
            Cell::text(it.state.as_str()),
            Cell::texts(it.resolved_by.iter().map(|it| it.as_str())),
            Cell::Float(it.brier.map(|it| it.mid)),
        ]
    }))
}
