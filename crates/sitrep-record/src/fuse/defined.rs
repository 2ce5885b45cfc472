//! Places that reports themselves tell where they lie: "the Qarsh depot, 20km east of Varnesh" in one report, "40km north of Karst"
//! in another. Here, and never within one report, such statements are laid over each other.
//!
//! In: claims, in any order. Out: [`DefinedPlace`]s by name, each with the claims it rests on and those that do not agree. A place of
//! the gazetteer is never moved; areas that do not meet are not averaged: the smallest one stands, the others are told.

use std::collections::{BTreeMap, BTreeSet};

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::float::single::SingleFloatOverlay as _;
use sitrep_model::{Area, Claim, ClaimId, Event, Place, PlacePrecision, PlaceStatus, Polarity, Ring};

use crate::names::place_name;

/// More statements of one name are left out, the widest areas first.
const MOST_STATEMENTS: usize = 64;
const EARTH_KM_A_DEGREE: f64 = 111.2;

/// A place known only by what reports say of where it lies.
#[derive(Debug, Clone, PartialEq)]
pub struct DefinedPlace {
    /// Where all that agree put it: the area they share.
    pub place: Place,
    /// The claims it rests on, smallest area first; each quotes its sentence.
    pub told_by: Vec<ClaimId>,
    /// Claims that put it elsewhere.
    pub against: Vec<ClaimId>,
}

/// What one claim says of where a place lies.
struct Statement<'c> {
    claim: &'c ClaimId,
    place: &'c Place,
    area: &'c Area,
    size: f64,
}

/// The places that claims define, by their names. A comment's statement counts only where no report makes one.
#[must_use]
pub fn defined_places(claims: &[Claim]) -> BTreeMap<String, DefinedPlace> {
    let mut told: BTreeMap<String, (Vec<Statement<'_>>, Vec<Statement<'_>>)> = BTreeMap::new();
    for claim in claims.iter().filter(|c| c.polarity == Polarity::Affirmed) {
        for place in [&claim.place, &claim.origin, &claim.destination].into_iter().flatten() {
            let (Some(name), Some(area)) = (own_name(place), &place.area) else { continue };
            let statement = Statement { claim: &claim.claim_id, place, area, size: size(area) };
            let lists = told.entry(name).or_default();
            if claim.is_reporting() { lists.0.push(statement) } else { lists.1.push(statement) }
        }
    }
    let mut defined = BTreeMap::new();
    for (name, (reports, readers)) in told {
        let met = meet(if reports.is_empty() { readers } else { reports });
        defined.extend(met.map(|place| (name, place)));
    }
    defined
}

/// What reports together tell of where `place` lies, when it is one of those; for those who ask why.
#[must_use]
pub fn defined_place_of(claims: &[Claim], place: &Place) -> Option<DefinedPlace> {
    let name = name_of(place).filter(|_| place.status != PlaceStatus::Known)?;
    defined_places(claims).remove(&name)
}

/// Gives events at places nobody else knows the area that reports together tell.
pub(crate) fn locate(defined: &BTreeMap<String, DefinedPlace>, events: &mut [Event]) {
    for place in events.iter_mut().filter_map(|event| event.place.as_mut()) {
        let known = open_name(place).and_then(|name| defined.get(&name));
        if let Some(known) = known {
            let own = place.clone();
            *place = Place { text: own.text, name: own.name, kind: own.kind, ..known.place.clone() };
        }
    }
}

/// The key of a place's own name, if it has one besides those it is told by.
fn name_of(place: &Place) -> Option<String> {
    let named = |text: &str| text.contains(|c: char| c.is_uppercase() || c.is_numeric());
    let name = place.name.as_deref().filter(|name| named(name)).map(place_name)?;
    let relation = place.relation.as_ref();
    let others = relation.iter().flat_map(|r| r.anchor.iter().chain(r.between.iter().flatten()));
    (!name.is_empty() && !others.into_iter().any(|other| place_name(other) == name)).then_some(name)
}

/// The names of the places that a claim defines.
pub(crate) fn defined_by(claim: &Claim) -> BTreeSet<String> {
    let places = [&claim.place, &claim.origin, &claim.destination].into_iter().flatten();
    let defines = places.filter(|place| claim.polarity == Polarity::Affirmed && place.area.is_some());
    defines.filter_map(own_name).collect()
}

/// The name under which others may tell where a place lies, when nobody knows it otherwise.
pub(crate) fn open_name(place: &Place) -> Option<String> {
    let open = matches!(place.status, PlaceStatus::Unknown | PlaceStatus::Relative);
    name_of(place).filter(|_| open)
}

/// The same of a place that its sentence tells by another.
fn own_name(place: &Place) -> Option<String> {
    let told = place.status == PlaceStatus::Relative && place.relation.is_some();
    name_of(place).filter(|_| told)
}

/// Lays areas over each other, the smallest first; what does not meet them is kept apart.
fn meet(mut statements: Vec<Statement<'_>>) -> Option<DefinedPlace> {
    // In this order whatever order the claims came in.
    statements.sort_by(|a, b| a.size.total_cmp(&b.size).then(a.claim.cmp(b.claim)));
    statements.dedup_by(|a, b| a.claim == b.claim);
    statements.truncate(MOST_STATEMENTS);
    let first = statements.first()?;
    let mut shared = open(first.area);
    let (mut told_by, mut against) = (vec![first.claim.clone()], Vec::new());
    for statement in &statements[1..] {
        let both = shared.overlay_as::<i64>(&open(statement.area), OverlayRule::Intersect, FillRule::NonZero);
        if both.is_empty() {
            against.push(statement.claim.clone());
        } else {
            shared = both;
            told_by.push(statement.claim.clone());
        }
    }
    let mut place = first.place.clone();
    if told_by.len() > 1 {
        let (lat, lon, radius_km) = middle(&shared)?;
        let near = radius_km <= 25.0;
        (place.lat, place.lon, place.radius_km) = (Some(lat), Some(lon), Some(radius_km));
        place.precision = Some(PlacePrecision { ucdp: if near { 2 } else { 5 }, acled: if near { 2 } else { 3 } });
        place.area = Area::of(shared.into_iter().map(|rings| rings.into_iter().map(close).collect()).collect());
    }
    Some(DefinedPlace { place, told_by, against })
}

/// Rings without their last point, which repeats the first.
fn open(area: &Area) -> Vec<Vec<Ring>> {
    let ring = |ring: &Ring| ring[..ring.len().saturating_sub(1)].to_vec();
    area.pieces().iter().map(|piece| piece.iter().map(ring).collect()).collect()
}

fn close(mut ring: Ring) -> Ring {
    let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
    ring.iter_mut().for_each(|[lon, lat]| (*lon, *lat) = (round(*lon), round(*lat)));
    ring.extend(ring.first().copied());
    ring
}

/// Square degrees, shrunk towards the poles.
fn size(area: &Area) -> f64 {
    let ring = |ring: &Ring| {
        let doubled: f64 = ring.windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum();
        let lat = ring.first().map_or(0.0, |[_, lat]| *lat);
        doubled * lat.to_radians().cos() / 2.0
    };
    area.rings().map(ring).sum::<f64>().abs()
}

/// The centre of all points and how far the farthest lies, in kilometres.
fn middle(pieces: &[Vec<Ring>]) -> Option<(f64, f64, f64)> {
    let points: Vec<[f64; 2]> = pieces.iter().flatten().flatten().copied().collect();
    let n = points.len().max(1) as f64;
    // Degrees east run on across the antimeridian.
    let zero = points.first()?[0];
    let east = |lon: f64| zero + (lon - zero + 540.0).rem_euclid(360.0) - 180.0;
    let lat = points.iter().map(|[_, lat]| lat).sum::<f64>() / n;
    let lon = points.iter().map(|[lon, _]| east(*lon)).sum::<f64>() / n;
    let away = |[x, y]: &[f64; 2]| {
        let across = (east(*x) - lon) * lat.to_radians().cos();
        (across.powi(2) + (y - lat).powi(2)).sqrt() * EARTH_KM_A_DEGREE
    };
    let radius = points.iter().map(away).fold(0.0, f64::max);
    let round = |value: f64, digits: f64| (value * digits).round() / digits;
    Some((round(lat, 1e5), round((lon + 540.0).rem_euclid(360.0) - 180.0, 1e5), round(radius, 10.0)))
}
