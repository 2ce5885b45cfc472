//! The forecast ledger: what was foreseen, by when, and what came of it.
//!
//! In: facts and the day to judge by. Out: a [`Forecast`] for every claim that foresees something, with its state, the reason, its
//! scores and the states it had on earlier days. Window, likelihood and criteria are the claim's own and never change. Readers'
//! comments are scored as forecasts, never used as evidence.

mod history;
pub(crate) mod score;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use sitrep_model::{ClaimId, Date, Forecast, ForecastId, PageId};

use crate::as_known::known_since;
use crate::fuse::Known;
use crate::fuse::fact::{Fact, Gist, Reality, day_number};
use crate::keys::Keys;
use crate::names::{PlaceKey, content_words, place_names};
use verdict::Asked;

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
pub(crate) const EVIDENCE_AT_MOST: usize = 50;
/// Words of a condition that a report must share to tell of it, in percent, and how many it must have at least.
const CONDITION_PERCENT: usize = 60;
const CONDITION_WORDS: usize = 3;

/// Facts that may be evidence, by those who act in them.
struct Pool<'f, 'c> {
    facts: &'f [Fact<'c>],
    /// Places of facts by actor, in the order of their days.
    by_actor: BTreeMap<u64, Vec<(i32, usize)>>,
    by_id: BTreeMap<&'f ClaimId, usize>,
}

/// One forecast for every claim that foresees something, by claim.
pub(crate) fn ledger(facts: &[Fact<'_>], today: Option<Date>, known: &Known) -> Vec<Forecast> {
    let mut by_actor: BTreeMap<u64, Vec<(i32, usize)>> = BTreeMap::new();
    for (index, fact) in facts.iter().enumerate().filter(|(_, fact)| is_evidence(fact)) {
        let Some(day) = fact.latest_day() else { continue };
        for actor in fact.actors.iter() {
            by_actor.entry(actor).or_default().push((day, index));
        }
    }
    by_actor.values_mut().for_each(|told| told.sort_unstable());
    let by_id = facts.iter().enumerate().map(|(index, fact)| (&fact.claim.claim_id, index)).collect();
    let pool = Pool { facts, by_actor, by_id };
    let foreseeing = facts.iter().filter(|fact| fact.reality == Reality::Foreseen && fact.claim.forecast.is_some());
    foreseeing.map(|fact| forecast(fact, &pool, today, known)).collect()
}

pub(crate) fn is_evidence(fact: &Fact<'_>) -> bool {
    fact.is_reporting && fact.reality != Reality::Foreseen
}

fn forecast(foresees: &Fact<'_>, pool: &Pool<'_, '_>, today: Option<Date>, known: &Known) -> Forecast {
    let view = foresees.claim.forecast.clone().expect("the caller took only claims that hold a forecast");
    let window = view.window.map(|[first, last]| (day_number(first), day_number(last)));
    let evidence: Vec<&Fact<'_>> = pool
        .by_actors_of(foresees, evidence_days(foresees, window))
        .filter(|fact| bears_on(foresees, fact, window))
        .take(EVIDENCE_AT_MOST)
        .collect();
    let condition = condition(foresees, pool, window);
    let known_on = |fact: &Fact<'_>| known_day(fact, &known.retrieved);
    let asked = Asked { foresees, window, evidence, condition, register: &known.register };
    let verdict = asked.verdict(|_| true, today.map(day_number));
    let history = history::history(&asked, &verdict, issued(foresees), today, known_on);
    let likelihood = view.likelihood;
    Forecast {
        forecast_id: ForecastId::of(&[foresees.claim.claim_id.as_str()]),
        claim_id: foresees.claim.claim_id.clone(),
        window: view.window,
        rule: view.rule,
        brier: likelihood.as_ref().and_then(|likelihood| score::brier(likelihood, verdict.state)),
        log_score: likelihood.as_ref().and_then(|likelihood| score::log_score(likelihood, verdict.state)),
        likelihood,
        criteria: view.criteria,
        state: verdict.state,
        why: Some(verdict.why),
        evidence: asked.evidence.iter().map(|fact| fact.claim.claim_id.clone()).collect(),
        resolved_by: verdict.resolved_by,
        history,
    }
}

/// The day from which a fact was known, where anyone said.
fn known_day(fact: &Fact<'_>, retrieved: &BTreeMap<PageId, Date>) -> Option<i32> {
    fact.document.and_then(|document| known_since(document, retrieved)).map(day_number)
}

impl<'f, 'c> Pool<'f, 'c> {
    /// Evidence in which an actor of `fact` acts, of the days from the first to the last, in order.
    fn by_actors_of(&'f self, fact: &Fact<'_>, days: Option<(i32, i32)>) -> impl Iterator<Item = &'f Fact<'c>> {
        let (first, last) = days.unwrap_or((0, -1));
        let of_actor = |told: &'f Vec<(i32, usize)>| {
            let from = told.partition_point(|(day, _)| *day < first);
            told[from..].iter().take_while(move |(day, _)| *day <= last).map(|(_, index)| *index)
        };
        let near: BTreeSet<usize> =
            fact.actors.iter().filter_map(|actor| self.by_actor.get(&actor)).flat_map(of_actor).collect();
        near.into_iter().map(|index| &self.facts[index])
    }
}

/// What bears on the condition of a forecast; `None` when it has none.
fn condition<'f, 'c>(
    foresees: &Fact<'_>,
    pool: &'f Pool<'f, 'c>,
    window: Option<(i32, i32)>,
) -> Option<Vec<&'f Fact<'c>>> {
    let said = foresees.claim.condition.as_ref().and_then(|id| pool.by_id.get(id)).map(|index| &pool.facts[*index]);
    let words = foresees.claim.condition_text.as_deref().map(|text| Keys::of_words(content_words(text)));
    if said.is_none() && words.is_none() {
        return None;
    }
    let in_words = |fact: &Fact<'_>| {
        words.as_ref().is_some_and(|words| {
            let shared = words.n_shared(&fact.quote_words);
            words.len() >= CONDITION_WORDS && shared * 100 >= words.len() * CONDITION_PERCENT
        })
    };
    let told = |fact: &&Fact<'_>| {
        let in_time = window
            .zip(issued(foresees))
            .is_some_and(|((_, last), issued)| fact.latest_day().is_some_and(|day| (issued..=last).contains(&day)));
        let as_said = said.is_some_and(|said| fulfils(said, fact) && same_ground(said, fact));
        in_time && fact.claim.document != foresees.claim.document && (as_said || in_words(fact))
    };
    let mut near: BTreeMap<&ClaimId, &Fact<'c>> = BTreeMap::new();
    for about in said.into_iter().chain([foresees]) {
        let days = issued(foresees).zip(window.map(|(_, last)| last));
        near.extend(pool.by_actors_of(about, days).filter(told).map(|fact| (&fact.claim.claim_id, fact)));
    }
    Some(near.into_values().take(EVIDENCE_AT_MOST).collect())
}

/// The days on which evidence for or against a forecast may fall; none when nobody knows when it was made.
pub(crate) fn evidence_days(foresees: &Fact<'_>, window: Option<(i32, i32)>) -> Option<(i32, i32)> {
    let issued = issued(foresees)?;
    let until = window.map_or(issued, |(_, last)| last).saturating_add(EVIDENCE_REACH_DAYS);
    Some((issued, until))
}

/// Whether a forecast depends on something else.
pub(crate) fn is_conditional(foresees: &Fact<'_>) -> bool {
    foresees.claim.condition.is_some() || foresees.claim.condition_text.is_some()
}

/// Whether a fact may judge a forecast: it bears on it, or may tell of its condition.
pub(crate) fn may_concern(foresees: &Fact<'_>, fact: &Fact<'_>) -> bool {
    let claim = foresees.claim;
    let window = claim.forecast.as_ref().and_then(|it| it.window);
    let window = window.map(|[first, last]| (day_number(first), day_number(last)));
    is_evidence(fact) && (is_conditional(foresees) || bears_on(foresees, fact, window))
}

/// Whether a later report bears on a forecast: another document, a day after the issue, a kindred event, the same place.
fn bears_on(foresees: &Fact<'_>, fact: &Fact<'_>, window: Option<(i32, i32)>) -> bool {
    let (Some((issued, until)), Some(day)) = (evidence_days(foresees, window), fact.latest_day()) else { return false };
    let is_later = day >= issued && day <= until && fact.days.first.is_none_or(|first| first >= issued);
    let kindred = is_kindred(foresees, fact);
    is_later && fact.claim.document != foresees.claim.document && kindred && same_ground(foresees, fact)
}

fn issued(foresees: &Fact<'_>) -> Option<i32> {
    foresees.published.or(foresees.claim.forecast.as_ref()?.window.map(|[first, _]| day_number(first)))
}

/// Whether what was told is of a sort that fulfils what was foreseen, or bears on it.
pub(crate) fn is_kindred(foresees: &Gist, came: &Gist) -> bool {
    fulfils(foresees, came) || bears(foresees, came)
}

fn fulfils(foresees: &Gist, fact: &Gist) -> bool {
    let (foreseen, came) = (foresees.event().as_str(), fact.event().as_str());
    fact.reality == Reality::Real
        && OUTCOMES.get(foreseen).map_or(foreseen == came, |outcome| outcome.fulfilled_by.contains(came))
}

fn bears(foresees: &Gist, fact: &Gist) -> bool {
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
}
