//! The forecast ledger: what was foreseen, by when, and what came of it.
//!
//! In: facts and the day to judge by. Out: a [`Forecast`] for every claim that foresees something. A verdict needs two
//! independent roots, or one source speaking against its own interest; anything less stays evidence. Silence past the window is
//! `expired`, not `false`. Readers' comments are scored as forecasts, never used as evidence.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use sitrep_model::{Brier, ClaimId, Forecast, ForecastId, ForecastState, Likelihood, Stance};

use crate::fuse::fact::{Fact, Reality, day_number};
use crate::fuse::{roots, stance};
use crate::names::{PlaceKey, place_names};
use crate::register::Register;

#[derive(Deserialize)]
struct Outcome {
    foreseen: String,
    fulfilled_by: BTreeSet<String>,
    borne_by: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Outcomes {
    outcome: Vec<Outcome>,
}

static OUTCOMES: LazyLock<BTreeMap<String, Outcome>> = LazyLock::new(|| {
    let listed: Outcomes = toml::from_str(include_str!("../data/outcomes.toml")).expect("checked by a test");
    listed.outcome.into_iter().map(|outcome| (outcome.foreseen.clone(), outcome)).collect()
});

/// Evidence is looked for this many days past the window, or past the issue when there is no window.
const EVIDENCE_REACH_DAYS: i32 = 60;
/// Evidence kept for one forecast.
const EVIDENCE_AT_MOST: usize = 50;

/// One forecast for every claim that foresees something, by claim.
pub(crate) fn ledger(facts: &[Fact<'_>], today: Option<i32>, register: &Register) -> Vec<Forecast> {
    let mut by_actor: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, fact) in facts.iter().enumerate().filter(|(_, fact)| is_evidence(fact)) {
        for actor in fact.actors.iter() {
            by_actor.entry(actor).or_default().push(index);
        }
    }
    let foreseeing = facts.iter().filter(|fact| fact.reality == Reality::Foreseen && fact.claim.forecast.is_some());
    foreseeing.map(|fact| forecast(fact, facts, &by_actor, today, register)).collect()
}

fn is_evidence(fact: &Fact<'_>) -> bool {
    fact.is_reporting && fact.reality != Reality::Foreseen
}

fn forecast(
    foresees: &Fact<'_>,
    facts: &[Fact<'_>],
    by_actor: &BTreeMap<u64, Vec<usize>>,
    today: Option<i32>,
    register: &Register,
) -> Forecast {
    let view = foresees.claim.forecast.clone().expect("the caller took only claims that hold a forecast");
    let window = view.window.map(|[first, last]| (day_number(first), day_number(last)));
    let near: BTreeSet<usize> =
        foresees.actors.iter().filter_map(|actor| by_actor.get(&actor)).flatten().copied().collect();
    let evidence: Vec<&Fact<'_>> = near
        .into_iter()
        .map(|index| &facts[index])
        .filter(|fact| bears_on(foresees, fact, window))
        .take(EVIDENCE_AT_MOST)
        .collect();
    let (state, resolved_by) = verdict(foresees, &evidence, window, today, register);
    Forecast {
        forecast_id: ForecastId::of(&[foresees.claim.claim_id.as_str()]),
        claim_id: foresees.claim.claim_id.clone(),
        window: view.window,
        rule: view.rule,
        brier: view.likelihood.as_ref().and_then(|likelihood| brier(likelihood, state)),
        likelihood: view.likelihood,
        criteria: view.criteria,
        state,
        evidence: evidence.iter().map(|fact| fact.claim.claim_id.clone()).collect(),
        resolved_by,
    }
}

/// Whether a later report bears on a forecast: another document, a day after the issue, a kindred event, the same place.
fn bears_on(foresees: &Fact<'_>, fact: &Fact<'_>, window: Option<(i32, i32)>) -> bool {
    let (Some(issued), Some(day)) = (issued(foresees), fact.latest_day()) else { return false };
    let until = window.map_or(issued, |(_, last)| last).saturating_add(EVIDENCE_REACH_DAYS);
    let is_later = day >= issued && day <= until && fact.days.first.is_none_or(|first| first >= issued);
    let kindred = fulfils(foresees, fact) || bears(foresees, fact);
    is_later && fact.claim.document != foresees.claim.document && kindred && same_ground(foresees, fact)
}

fn issued(foresees: &Fact<'_>) -> Option<i32> {
    foresees.published.or(foresees.claim.forecast.as_ref()?.window.map(|[first, _]| day_number(first)))
}

fn fulfils(foresees: &Fact<'_>, fact: &Fact<'_>) -> bool {
    let (foreseen, came) = (foresees.event().as_str(), fact.event().as_str());
    fact.reality == Reality::Real
        && OUTCOMES.get(foreseen).map_or(foreseen == came, |outcome| outcome.fulfilled_by.contains(came))
}

fn bears(foresees: &Fact<'_>, fact: &Fact<'_>) -> bool {
    let (foreseen, came) = (foresees.event().as_str(), fact.event().as_str());
    OUTCOMES.get(foreseen).map_or(foreseen == came, |o| o.borne_by.contains(came) || o.fulfilled_by.contains(came))
}

/// Whether any place of the one is a place of the other. A forecast without a place, or of a wide one, meets every place.
fn same_ground(foresees: &Fact<'_>, fact: &Fact<'_>) -> bool {
    let places = |fact: &Fact<'_>| {
        let all = [fact.at.clone(), fact.toward.clone(), fact.origin.clone()];
        all.into_iter().filter(|place| !place.is_empty()).collect::<Vec<PlaceKey>>()
    };
    let foreseen = places(foresees);
    if foreseen.is_empty() || foreseen.iter().all(|place| place.wide) {
        return fulfils(foresees, fact);
    }
    let came = places(fact);
    // "attacked Varnesh from positions south of Korma": Korma may stand in the words alone.
    let in_words = || {
        let words = crate::names::place_name(&fact.claim.quote);
        let claim = foresees.claim;
        let told = [&claim.place, &claim.destination, &claim.origin].into_iter().flatten().flat_map(place_names);
        told.into_iter().any(|name| name.len() > 4 && words.contains(name.as_str()))
    };
    foreseen.iter().any(|place| came.iter().any(|other| place.same_base(other))) || in_words()
}

fn verdict(
    foresees: &Fact<'_>,
    evidence: &[&Fact<'_>],
    window: Option<(i32, i32)>,
    today: Option<i32>,
    register: &Register,
) -> (ForecastState, Vec<ClaimId>) {
    let Some((first, last)) = window else { return (ForecastState::NotScoreable, Vec::new()) };
    let in_window = |fact: &&&Fact<'_>| fact.latest_day().is_some_and(|day| (first..=last).contains(&day));
    let decisive: Vec<&Fact<'_>> =
        evidence.iter().filter(in_window).copied().filter(|fact| fulfils(foresees, fact)).collect();
    for (wanted, state) in [(Stance::Affirms, ForecastState::True), (Stance::Denies, ForecastState::False)] {
        let told: Vec<&Fact<'_>> = decisive.iter().copied().filter(|fact| stance::stance(fact) == wanted).collect();
        let independent: BTreeSet<String> = roots::roots(&told, register).into_iter().collect();
        if independent.len() >= 2 || told.iter().any(|fact| stance::against_interest(fact)) {
            // What is denied before the window ends may still come.
            if state == ForecastState::False && today.is_none_or(|today| today <= last) {
                continue;
            }
            return (state, told.iter().map(|fact| fact.claim.claim_id.clone()).collect());
        }
    }
    let is_over = today.is_some_and(|today| today > last);
    (if is_over { ForecastState::Expired } else { ForecastState::Open }, Vec::new())
}

/// The squared error of the probability, at the middle and at both ends of its interval.
fn brier(likelihood: &Likelihood, state: ForecastState) -> Option<Brier> {
    let came = match state {
        ForecastState::True => 1.0,
        ForecastState::False => 0.0,
        _ => return None,
    };
    let score = |probability: f64| (probability - came) * (probability - came);
    let (low, high) = (score(likelihood.low), score(likelihood.high));
    Some(Brier { mid: score((likelihood.low + likelihood.high) / 2.0), best: low.min(high), worst: low.max(high) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitrep_model::EventType;

    #[test]
    fn outcomes_name_event_types() {
        for outcome in OUTCOMES.values() {
            for code in outcome.fulfilled_by.iter().chain(&outcome.borne_by).chain([&outcome.foreseen]) {
                assert!(EventType::from_code(code).is_some(), "{code}");
            }
        }
    }

    #[test]
    fn brier_is_best_at_the_kinder_end() {
        let likely = Likelihood { word: None, low: 0.5, high: 0.75, yardstick: "test".into() };
        let score = brier(&likely, ForecastState::True).unwrap();
        assert_eq!((score.best, score.worst), (0.0625, 0.25));
        assert!(brier(&likely, ForecastState::Open).is_none());
    }
}
