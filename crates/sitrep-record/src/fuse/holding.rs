//! What a claim says about who holds a place, and which such claims cannot both be right.
//!
//! In: facts. Out: [`Says`], and how two of them stand. Readers' comments take part: their disagreement with a report is shown,
//! though it never moves the report's grade.

use sitrep_model::{LinkKind, Stance};

use super::fact::{Fact, Reality};
use super::relation::Relation;
use super::stance::stance;
use crate::names::PlaceMatch;

/// What a claim says about control of its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// Its actor took it.
    Taken,
    /// It was not taken.
    NotTaken,
    /// Its actor holds it.
    Holds,
    /// Its actor holds it no more, or left.
    HoldsNoMore,
    /// There is fighting inside.
    Contested,
}

/// What `fact` says about control of a place, if anything.
pub(crate) fn says(fact: &Fact<'_>) -> Option<Says> {
    if fact.reality != Reality::Real || fact.at.is_empty() {
        return None;
    }
    // What somebody denies is told as the deed, with the denial attached.
    let affirmed = stance(fact) != Stance::Denies;
    match (fact.event().as_str(), affirmed) {
        ("territory.captured" | "territory.transferred", true) => Some(Says::Taken),
        ("territory.captured" | "territory.transferred" | "territory.entered", false) => Some(Says::NotTaken),
        ("territory.held", true) => Some(Says::Holds),
        ("territory.held", false) | ("force.withdrew", true) => Some(Says::HoldsNoMore),
        ("clash" | "territory.contested", true) => Some(Says::Contested),
        _ => None,
    }
}

/// How two claims about control stand to each other.
pub(crate) fn relation(a: &Fact<'_>, b: &Fact<'_>) -> Option<Relation> {
    let (one, other) = (says(a)?, says(b)?);
    if a.at.compare(&b.at) < PlaceMatch::Near || a.at.wide || b.at.wide {
        return None;
    }
    let (first, last, says_first, says_last) =
        if order(one) <= order(other) { (a, b, one, other) } else { (b, a, other, one) };
    let contradicts =
        |field: &str, why: &str| Some(Relation::new(first, last, LinkKind::Contradicts, field, why.to_owned()));
    let tension = |why: &str| Some(Relation::new(first, last, LinkKind::Tension, "happened", why.to_owned()));
    match (says_first, says_last) {
        (Says::Taken, Says::NotTaken) if !is_before(last, first) => {
            contradicts("happened", "one says the place was taken, the other that it was not")
        }
        (Says::NotTaken, Says::HoldsNoMore) if same_days(first, last) => {
            contradicts("happened", "one says the place was not taken, the other that its holder is gone")
        }
        (Says::Taken, Says::Contested) if same_days(first, last) => {
            tension("taken, yet fighting goes on there: one may be earlier, or only part of it was taken")
        }
        (Says::HoldsNoMore, Says::Contested) if same_days(first, last) => {
            tension("its holder is said to be gone, yet fighting goes on there: one may be earlier, or remnants resist")
        }
        (Says::Holds, Says::HoldsNoMore) if same_days(first, last) && first.shares_actor(last) => {
            contradicts("happened", "one says it is held, the other that it is held no more")
        }
        (Says::Holds, Says::Holds) if same_days(first, last) && are_rivals(first, last) => {
            contradicts("actor", "two holders of one place at one time")
        }
        (Says::Taken, Says::Holds) if are_rivals(first, last) && same_days(first, last) => {
            tension("taken by one and held by another at about the same time")
        }
        _ => None,
    }
}

fn order(says: Says) -> u8 {
    match says {
        Says::Taken => 0,
        Says::NotTaken => 1,
        Says::Holds => 2,
        Says::HoldsNoMore => 3,
        Says::Contested => 4,
    }
}

/// Whether `a` certainly speaks of a day before any day of `b`: not yet then is no contradiction.
fn is_before(a: &Fact<'_>, b: &Fact<'_>) -> bool {
    a.days.last.zip(b.days.first).is_some_and(|(last, first)| last < first)
}

/// Whether the two may speak of the same days. A claim without a day speaks of about the day it was published.
fn same_days(a: &Fact<'_>, b: &Fact<'_>) -> bool {
    const ABOUT_DAYS: i32 = 2;
    let span = |fact: &Fact<'_>| {
        let last = fact.latest_day()?;
        Some((fact.days.first.unwrap_or(last).saturating_sub(ABOUT_DAYS), last.saturating_add(ABOUT_DAYS)))
    };
    span(a).zip(span(b)).is_none_or(|(one, other)| one.0 <= other.1 && other.0 <= one.1)
}

/// Whether two claims name holders that nothing ties together.
fn are_rivals(a: &Fact<'_>, b: &Fact<'_>) -> bool {
    !a.actors.is_empty() && !b.actors.is_empty() && !a.shares_actor(b) && a.claim.document != b.claim.document
}
