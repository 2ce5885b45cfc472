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
    /// In the picture.
    pub(super) sites: Vec<Site<'c>>,
    /// Named beside the picture: a whole country, or so far off that the rest would shrink to a dot.
    pub(super) aside: Vec<Site<'c>>,
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
    set_aside(&mut out);
    out
}

/// Wider than this a mark at the centre would mislead.
const WIDEST_KM: f64 = 150.0;
/// Nearer than this nothing counts as far off.
const NEAR_KM: f64 = 200.0;
/// Fewer sites than this have no middle to be far from.
const LEAST_SITES: usize = 5;

fn set_aside(out: &mut Sites<'_>) {
    let wide = |site: &Site<'_>| {
        site.place.kind.as_deref() == Some("country") || site.place.radius_km.is_some_and(|km| km > WIDEST_KM)
    };
    // Where nothing else is on the map, an area fills it, however wide.
    let alone = out.sites.iter().all(wide) && out.sites.iter().all(|site| site.place.area.is_some());
    let (wide, rest): (Vec<_>, Vec<_>) =
        std::mem::take(&mut out.sites).into_iter().partition(|site| !alone && wide(site));
    let reported: Vec<&Site<'_>> = rest.iter().filter(|site| !site.readers_only()).collect();
    let Some((middle, mut far_km)) = spread(&reported) else {
        (out.sites, out.aside) = (rest, wide);
        return;
    };
    if reported.len() < LEAST_SITES {
        far_km = reported.iter().map(|site| km_apart(middle, site)).fold(NEAR_KM, f64::max);
    }
    let (near, far): (Vec<_>, Vec<_>) = rest.into_iter().partition(|site| km_apart(middle, site) <= far_km);
    (out.sites, out.aside) = (near, wide);
    out.aside.extend(far);
}

/// The middle of the sites, and how far from it a site may lie: six times as far as three quarters of them do.
fn spread(sites: &[&Site<'_>]) -> Option<([f64; 2], f64)> {
    let middle = |pick: fn(&Site<'_>) -> f64| {
        let mut values: Vec<f64> = sites.iter().map(|site| pick(site)).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    };
    let middle = [middle(|site| site.lon)?, middle(|site| site.lat)?];
    let mut apart: Vec<f64> = sites.iter().map(|site| km_apart(middle, site)).collect();
    apart.sort_by(f64::total_cmp);
    let usual = apart.get(apart.len() * 3 / 4).copied()?;
    Some((middle, (usual * 6.0).max(NEAR_KM)))
}

/// Good to a few per cent within a region, which is all that is asked.
fn km_apart([lon, lat]: [f64; 2], site: &Site<'_>) -> f64 {
    let shrink = lat.to_radians().cos();
    ((site.lon - lon) * shrink).hypot(site.lat - lat) * super::projection::KM_PER_DEGREE
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
