//! Which events stand where: events of one place share one site and one number.
//!
//! In: contents and a day. Out: sites in order of their first day. Never gives a site to an event nobody located.

use jiff::civil::Date;
use sitrep_model::{Contents, Event, Place, PlaceStatus};

use crate::words;

/// A place with its events.
#[derive(Debug)]
pub(super) struct Site<'c> {
    pub(super) name: String,
    pub(super) place: &'c Place,
    pub(super) lat: f64,
    pub(super) lon: f64,
    pub(super) events: Vec<&'c Event>,
}

/// The sites and what has none.
#[derive(Debug, Default)]
pub(super) struct Sites<'c> {
    pub(super) sites: Vec<Site<'c>>,
    /// Events of the day that are not located.
    pub(super) unlocated: usize,
    /// Events on the map.
    pub(super) located: usize,
}

impl Site<'_> {
    /// Whether the place is an area or a relation, so that no point may stand for it.
    pub(super) fn is_area(&self) -> bool {
        self.place.area.is_some() || self.place.status == PlaceStatus::Relative
    }

    /// Whether only readers speak of it.
    pub(super) fn readers_only(&self) -> bool {
        self.events.iter().all(|event| event.roots == 0)
    }
}

pub(super) fn sites(contents: &Contents, on: Option<Date>) -> Sites<'_> {
    let mut out = Sites::default();
    let mut events: Vec<&Event> = contents.events.iter().filter(|event| may_be_on(event, on)).collect();
    events.sort_by_key(|event| (first_day(event), event.event_id.clone()));
    let mut by_name: std::collections::BTreeMap<(String, u64, u64), usize> = std::collections::BTreeMap::new();
    for event in events {
        let Some((place, lat, lon)) = event.place.as_ref().and_then(position) else {
            out.unlocated += 1;
            continue;
        };
        out.located += 1;
        let name = words::place_short(place);
        let at = *by_name.entry((name.clone(), lat.to_bits(), lon.to_bits())).or_insert(out.sites.len());
        if at == out.sites.len() {
            out.sites.push(Site { name, place, lat, lon, events: Vec::new() });
        }
        out.sites[at].events.push(event);
    }
    out
}

/// Where a place is drawn; nothing for a place that is unknown, or one of several.
pub(super) fn position(place: &Place) -> Option<(&Place, f64, f64)> {
    let (lat, lon) = (place.lat?, place.lon?);
    let usable = lat.is_finite() && lon.is_finite() && lat.abs() <= 90.0 && lon.abs() <= 180.0;
    let understood = matches!(place.status, PlaceStatus::Known | PlaceStatus::Relative);
    (usable && understood).then_some((place, lat, lon))
}

/// Whether an event may have happened on that day.
pub(super) fn may_be_on(event: &Event, on: Option<Date>) -> bool {
    let Some(on) = on else { return true };
    let Some(time) = &event.time else { return false };
    match (time.from, time.to) {
        (None, None) => false,
        (from, to) => from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to),
    }
}

fn first_day(event: &Event) -> (bool, Option<Date>) {
    let day = event.time.as_ref().and_then(|time| time.from.or(time.to));
    (day.is_none(), day)
}
