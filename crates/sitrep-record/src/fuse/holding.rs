//! What a claim says about who holds a place, and which such claims cannot both be right.
//!
//! The rules are `data/control.toml`.
//!
//! In: facts. Out: [`Says`], how much it weighs, and how two of them stand. Readers' comments take part: their disagreement with a report is shown,
//! though it never moves the report's grade.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use sitrep_model::{LinkKind, Stance};

use super::fact::{Fact, Gist, Reality};
use super::relation::Relation;
use super::stance::{against_interest, holders, stance};
use crate::names::PlaceMatch;

/// What a claim says about control of its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    let rule = RULES.says.iter().find(|rule| fact.is_one_of(&rule.events))?;
    if affirmed { rule.affirmed } else { rule.denied }
}

/// How much an assertion weighs by who makes it.
pub(crate) fn weight(fact: &Fact<'_>, says: Says) -> u32 {
    let weights = &RULES.weights;
    let gains = match says {
        Says::Taken | Says::Holds => &fact.actors,
        Says::NotTaken => &fact.targets,
        Says::HoldsNoMore | Says::Contested => {
            return if against_interest(fact) { weights.admission } else { weights.report };
        }
    };
    match (against_interest(fact), holders(fact).is_disjoint(gains)) {
        (true, _) => weights.admission,
        (false, false) => weights.own_gain,
        (false, true) => weights.report,
    }
}

/// Whether what weighs `one` leaves what weighs `other` without force.
pub(crate) fn outweighs(one: u32, other: u32) -> bool {
    one >= other + RULES.weights.outweighs
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    says: Vec<SaysRule>,
    weights: Weights,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SaysRule {
    events: Vec<String>,
    affirmed: Option<Says>,
    denied: Option<Says>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    own_gain: u32,
    report: u32,
    admission: u32,
    outweighs: u32,
}

static RULES: LazyLock<Rules> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/control.toml")).expect("checked by a test"));

/// How two claims about control stand to each other.
pub(crate) fn relation(a: &Gist, b: &Gist) -> Option<Relation> {
    let (one, other) = (a.says?, b.says?);
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
fn is_before(a: &Gist, b: &Gist) -> bool {
    a.days.last.zip(b.days.first).is_some_and(|(last, first)| last < first)
}

/// Whether the two may speak of the same days. A claim without a day speaks of about the day it was published.
fn same_days(a: &Gist, b: &Gist) -> bool {
    const ABOUT_DAYS: i32 = 2;
    let span = |fact: &Gist| {
        let last = fact.latest_day()?;
        Some((fact.days.first.unwrap_or(last).saturating_sub(ABOUT_DAYS), last.saturating_add(ABOUT_DAYS)))
    };
    span(a).zip(span(b)).is_none_or(|(one, other)| one.0 <= other.1 && other.0 <= one.1)
}

/// Whether two claims name holders that nothing ties together.
fn are_rivals(a: &Gist, b: &Gist) -> bool {
    !a.actors.is_empty() && !b.actors.is_empty() && !a.shares_actor(b) && a.document != b.document
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitrep_model::EventType;

    #[test]
    fn rules_name_event_types_once() {
        let mut seen = std::collections::BTreeSet::new();
        for event in RULES.says.iter().flat_map(|rule| &rule.events) {
            assert!(EventType::from_code(event).is_some() && seen.insert(event), "{event}");
        }
        let Weights { own_gain, report, admission, outweighs: by } = RULES.weights;
        assert!(own_gain < report && report < admission);
        assert!(outweighs(admission, own_gain) && !outweighs(report, own_gain) && by > 0);
    }
}
