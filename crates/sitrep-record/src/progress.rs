//! Movement read together: a force 45 km from a town one day and 40 km the next has moved, it has not been contradicted.
//!
//! In: two facts. Out: how they stand, with the reason, or nothing. Readers' comments take no part.

use sitrep_model::LinkKind;

use crate::fuse::gist::{Gist, Reality};
use crate::fuse::relation::Relation;

/// Sentences so close in one report, in bytes, are told of the same moment.
const NEXT_SENTENCE_BYTES: u32 = 300;
/// A position follows from an advance of at most so many days before.
const FOLLOWS_DAYS: i32 = 2;
/// Distances nearer than this, in kilometres or as a share, differ by rounding or by the hour.
const ROUNDING_KM: f64 = 5.0;

/// Whether a fact tells of movement.
pub(crate) fn tells(fact: &Gist) -> bool {
    fact.is_reporting && fact.reality == Reality::Real && (moves(fact) || arrives(fact))
}

fn moves(fact: &Gist) -> bool {
    fact.is(&["force.position", "force.advanced"])
}

fn arrives(fact: &Gist) -> bool {
    fact.is(&["force.reached", "territory.entered", "territory.captured"])
}

/// How two facts of movement stand to each other; the relation runs from the earlier to the later.
pub(crate) fn relation(a: &Gist, b: &Gist) -> Option<Relation> {
    if !a.shares_actor(b) {
        return None;
    }
    let when = |fact: &Gist| (fact.latest_day(), !fact.is(&["force.advanced"]), fact.id);
    let (earlier, later) = if when(a) <= when(b) { (a, b) } else { (b, a) };
    match (earlier.event().as_str(), later.event().as_str()) {
        ("force.position", "force.position") => positions(earlier, later),
        ("force.advanced", "force.advanced") => advances(earlier, later),
        ("force.advanced", "force.position") => leads_to(earlier, later),
        ("force.position", "force.reached" | "territory.entered" | "territory.captured") => arrival(earlier, later),
        _ => None,
    }
}

fn positions(earlier: &Gist, later: &Gist) -> Option<Relation> {
    let (from_km, to_km) = (earlier.distance_km()?, later.distance_km()?);
    if !earlier.at.same_base(&later.at) || other_side(earlier, later) {
        return None;
    }
    if (from_km - to_km).abs() <= 0.05 * from_km.max(to_km) {
        return None;
    }
    let (first, last) = (earlier.latest_day()?, later.latest_day()?);
    if last > first {
        let way = if to_km < from_km { "closer" } else { "farther" };
        let why = format!("{from_km} km, then {to_km} km: {way} by a later day, not a contradiction");
        return Some(Relation::new(earlier, later, LinkKind::Progress, "place", why));
    }
    if (from_km - to_km).abs() <= ROUNDING_KM.max(0.15 * from_km) {
        let why = format!("{from_km} km and {to_km} km on one day: rounding, or hours apart");
        return Some(Relation::new(earlier, later, LinkKind::Compatible, "place", why));
    }
    let why = format!("{from_km} km and {to_km} km on one day");
    Some(Relation::new(earlier, later, LinkKind::Tension, "place", why))
}

fn other_side(a: &Gist, b: &Gist) -> bool {
    let Some((one, other)) = a.at.bearing.zip(b.at.bearing) else { return false };
    let turn = (one.degrees() - other.degrees()).abs();
    turn.min(360.0 - turn) > 90.0
}

fn advances(earlier: &Gist, later: &Gist) -> Option<Relation> {
    let (one_km, other_km) = (earlier.distance_km()?, later.distance_km()?);
    let (one, other) = (earlier.assumed_days()?, later.assumed_days()?);
    if apart(earlier, later) || one_km == other_km {
        return None;
    }
    let length = |days: (i32, i32)| days.1.saturating_sub(days.0);
    let (longer_km, shorter_km) = if length(one) >= length(other) { (one_km, other_km) } else { (other_km, one_km) };
    let gap_days = one.0.max(other.0).saturating_sub(one.1.min(other.1));
    // "in 48 hours" may be counted up to the day before or the day itself, so days that touch may be shared.
    if gap_days <= 1 && longer_km > shorter_km && length(one) != length(other) {
        let why = format!("{longer_km} km over the longer time may contain the {shorter_km} km of the shorter");
        return Some(Relation::new(earlier, later, LinkKind::Compatible, "quantity", why));
    }
    if gap_days > 0 {
        let why = format!("{one_km} km, then another {other_km} km");
        return Some(Relation::new(earlier, later, LinkKind::Progress, "quantity", why));
    }
    let why = format!("{one_km} km and {other_km} km over the same days");
    Some(Relation::new(earlier, later, LinkKind::Tension, "quantity", why))
}

/// Whether two advances were heading for other places.
fn apart(a: &Gist, b: &Gist) -> bool {
    let goal = |fact: &Gist| if fact.toward.is_empty() { fact.at.clone() } else { fact.toward.clone() };
    let (one, other) = (goal(a), goal(b));
    !one.is_empty() && !other.is_empty() && !one.same_base(&other) && !a.at.same_base(&b.at)
}

fn leads_to(advance: &Gist, position: &Gist) -> Option<Relation> {
    let (moved, stands) = (advance.latest_day()?, position.latest_day()?);
    let in_time = (0..=FOLLOWS_DAYS).contains(&stands.saturating_sub(moved));
    let toward = advance.toward.same_base(&position.at) || advance.at.same_base(&position.at);
    let gap_bytes = position.passage.0.saturating_sub(advance.passage.1);
    let told_together = advance.document == position.document
        && position.passage.0 >= advance.passage.0
        && gap_bytes <= NEXT_SENTENCE_BYTES;
    if !in_time || !(toward || told_together) {
        return None;
    }
    let why = "the advance leads to the position".to_owned();
    Some(Relation::new(advance, position, LinkKind::Supports, "place", why))
}

fn arrival(position: &Gist, arrival: &Gist) -> Option<Relation> {
    let (stood, arrived) = (position.latest_day()?, arrival.latest_day()?);
    let km = position.distance_km()?;
    let same = position.at.same_base(&arrival.at) && arrival.at.distance_km.is_none() && arrival.at.bearing.is_none();
    if !same || arrived < stood {
        return None;
    }
    let why = format!("{km} km away, then there");
    Some(Relation::new(position, arrival, LinkKind::Progress, "place", why))
}
