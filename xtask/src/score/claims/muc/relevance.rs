//! How likely an incident of ours is one MUC's keys tell: the keys leave out what is told in general, as history or as plain combat.
//!
//! In: an incident and its text. Out: a probability from a few features that any reader could name, weighed by `relevance.toml`; those
//! weights are fitted on the dev set by `cargo xtask score claims muc --fit` and on nothing else.

use std::collections::BTreeMap;

use anyhow::Context as _;
use jiff::civil::Date;
use sitrep_model::{ActorRef, Claim, SourceStance, Status, Voice};

use super::align::{self, Tally};
use super::incident::Incident;
use super::slots::Template;
use super::words::Words;

/// Weights by feature, and the probability below which an incident is not told.
#[derive(serde::Deserialize)]
pub(super) struct Weights {
    threshold: f64,
    weights: BTreeMap<String, f64>,
}

impl Weights {
    pub(super) fn load() -> anyhow::Result<Weights> {
        toml::from_str(include_str!("relevance.toml")).context("relevance.toml")
    }

    /// Whether an incident with these features is told.
    pub(super) fn keeps(&self, features: &[(String, f64)]) -> bool {
        let sum: f64 = features.iter().filter_map(|(name, value)| Some(self.weights.get(name)? * value)).sum();
        1.0 / (1.0 + (-sum).exp()) >= self.threshold
    }
}

/// What may tell an incident of the keys from another.
pub(super) fn features(
    words: &Words,
    incident: &Incident<'_>,
    claims: &[Claim],
    written: Option<Date>,
    text: &str,
) -> Vec<(String, f64)> {
    let mut all: Vec<(String, f64)> = vec![("always".to_owned(), 1.0), (format!("type {}", incident.kind), 1.0)];
    let mut add = |name: &str, value: f64| {
        if value != 0.0 {
            all.push((name.to_owned(), value));
        }
    };
    let some = |test: &dyn Fn(&Claim) -> bool| f64::from(u8::from(incident.claims.iter().any(|c| test(c))));
    let every = |test: &dyn Fn(&Claim) -> bool| f64::from(u8::from(incident.claims.iter().all(|c| test(c))));
    add("claims", (incident.claims.len() as f64).ln());
    let targets = || incident.claims.iter().flat_map(|c| &c.targets);
    let any_target = |test: &dyn Fn(&ActorRef) -> bool| f64::from(u8::from(targets().any(test)));
    add("victim named", any_target(&|t| words.named_person(t)));
    add("victim known body", any_target(&|t| t.actor_id.is_some()));
    let loose = |t: &ActorRef| {
        let upper = t.text.to_uppercase();
        ["PEOPLE", "POPULATION", "CIVILIANS", "CITIZENS", "SALVADORANS", "COLOMBIANS", "INNOCENT", "OTHERS"]
            .iter()
            .any(|w| upper.ends_with(w))
            && !upper.contains(|c: char| c.is_ascii_digit())
    };
    add("victim loose", any_target(&loose));
    add("victim soldier", any_target(&|t| words.combatant(&t.text)));
    add("victim pronoun", any_target(&|t| t.text.len() < 5 && t.refers_to.is_none()));
    add("thing", some(&|c| !c.things.is_empty()));
    add("thing of an army", some(&|c| c.things.iter().any(|t| words.military(&t.text))));
    add("counted", some(&|c| c.quantities.iter().any(|q| q.best.is_some())));
    add("cumulative", some(&|c| c.quantities.iter().any(|q| q.cumulative)));
    add("weapon", some(&|c| !c.instruments.is_empty()));
    let length =
        |c: &Claim| c.time.as_ref().filter(|t| t.text.is_some()).and_then(|t| Some((t.to? - t.from?).get_days()));
    add("day told", some(&|c| length(c).is_some_and(|d| d <= 2)));
    add("span told", some(&|c| length(c).is_some_and(|d| d > 7)));
    let age =
        |c: &Claim| c.time.as_ref().and_then(|t| t.to).zip(written).map(|(to, written)| (written - to).get_days());
    add(
        "this week",
        some(&|c| c.time.as_ref().is_some_and(|t| t.text.is_some()) && age(c).is_some_and(|d| (0..8).contains(&d))),
    );
    add("weeks ago", every(&|c| age(c).is_some_and(|d| d > 14)));
    add("place told", some(&|c| c.place.as_ref().is_some_and(|p| p.lat.is_some())));
    add("ongoing", every(&|c| c.status == Status::Ongoing));
    add("threat", every(&|c| c.status == Status::Threatened || c.event.as_str() == "statement.threatened"));
    add("said", every(&|c| c.attribution.iter().any(|a| a.holder.is_some())));
    add("accused", some(&|c| c.attribution.iter().any(|a| a.stance == SourceStance::Accuse)));
    add("blamed", f64::from(u8::from(!incident.blame.is_empty())));
    let doers = || incident.claims.iter().flat_map(|c| &c.actors);
    let any_doer = |test: &dyn Fn(&ActorRef) -> bool| f64::from(u8::from(doers().any(test)));
    add("doer", any_doer(&|_| true));
    add("doer rebels", any_doer(&|a| a.kind.as_deref() == Some("rebels")));
    add("doer state", any_doer(&|a| words.state(&a.text) || words.state(&a.name)));
    add("doer people", any_doer(&|a| words.individual(&a.text)));
    add("doer we", any_doer(&|a| matches!(a.text.to_lowercase().as_str(), "we" | "our" | "us")));
    let first = incident.claims.iter().map(|c| c.start).min().unwrap_or(0) as usize;
    add("opens", f64::from(u8::from(first < 700)));
    add("late", f64::from(u8::from(first > 2500)));
    add(
        "only incident",
        f64::from(u8::from(
            claims.iter().all(|c| incident.claims.iter().any(|own| own.claim_id == c.claim_id) || !violent(c)),
        )),
    );
    let fighting = claims
        .iter()
        .filter(|c| {
            matches!(c.event.as_str(), "clash" | "attack.repelled" | "shelling") || c.event.family() == "territory"
        })
        .count();
    add("fighting around", (fighting as f64).ln_1p());
    let speech = claims.iter().filter(|c| c.event.family() == "statement" || c.event.as_str() == "talks").count();
    add("speech around", speech as f64 / (claims.len() as f64 + 2.0));
    add("length", (text.len() as f64 / 2000.0).ln());
    add("rebel radio", f64::from(u8::from(text.contains("CLANDESTINE"))));
    add("verb of murder", some(&|c| c.rule.ends_with("attack-civilians") && c.voice != Voice::Comment));
    for rule in incident.claims.iter().map(|c| c.rule.as_str()).collect::<std::collections::BTreeSet<_>>() {
        add(&format!("rule {rule}"), 1.0);
    }
    all
}

fn violent(claim: &Claim) -> bool {
    matches!(
        claim.event.family(),
        "attack" | "casualties" | "civilians" | "explosive" | "infrastructure" | "equipment" | "looting" | "clash"
    )
}

/// A text's incidents with their features, and its key.
pub(super) type Sample = (Vec<(Template, Vec<(String, f64)>)>, Vec<Template>);

/// Fits the weights by logistic regression and prints them as `relevance.toml` has them, and what each threshold is worth when one half of
/// the texts is scored with weights fitted on the other.
pub(super) fn fit(samples: &[Sample]) {
    for (name, weight) in &fitted(samples).weights {
        println!("{name:?} = {weight:.2}");
    }
    let half = |rest: usize| -> Vec<Sample> { samples.iter().skip(rest).step_by(2).cloned().collect() };
    let halves = [half(0), half(1)];
    let weights = [fitted(&halves[1]), fitted(&halves[0])];
    for threshold in (0..14).map(|n| f64::from(n) * 0.05) {
        let mut all = Tally::default();
        for (half, weights) in halves.iter().zip(&weights) {
            let weights = Weights { threshold, weights: weights.weights.clone() };
            for (told, key) in half {
                let ours: Vec<Template> =
                    told.iter().filter(|(_, f)| weights.keeps(f)).map(|(t, _)| t.clone()).collect();
                let scored = align::score(&ours, key);
                for tallies in [&scored.matched, &scored.missing, &scored.spurious] {
                    tallies.iter().for_each(|t| all.add(*t));
                }
            }
        }
        let [r, p, f] = all.figures();
        println!("# threshold {threshold:.2}: all slots R {r:.1} P {p:.1} F {f:.1}");
    }
}

fn fitted(samples: &[Sample]) -> Weights {
    /// A feature seen less often says nothing.
    const RARE: usize = 15;
    const STEPS: usize = 1500;
    const DECAY: f64 = 0.004;
    let mut rows: Vec<(&[(String, f64)], bool)> = Vec::new();
    for (told, key) in samples {
        let all: Vec<Template> = told.iter().map(|(t, _)| t.clone()).collect();
        let answers = align::score(&all, key).answers;
        rows.extend(told.iter().zip(answers).map(|((_, f), a)| (f.as_slice(), a.is_some())));
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    rows.iter().flat_map(|r| r.0).for_each(|(name, _)| *seen.entry(name).or_default() += 1);
    let names: Vec<&str> = seen.into_iter().filter(|(_, n)| *n >= RARE).map(|(name, _)| name).collect();
    let index = |name: &str| names.binary_search(&name).ok();
    let rows: Vec<(Vec<(usize, f64)>, f64)> = rows
        .iter()
        .map(|(f, told)| (f.iter().filter_map(|(n, v)| Some((index(n)?, *v))).collect(), f64::from(u8::from(*told))))
        .collect();
    let mut weights = vec![0.0; names.len()];
    for step in 0..STEPS {
        let rate = 2.0 / (1.0 + step as f64 / 300.0);
        let mut slope = vec![0.0; names.len()];
        for (features, told) in &rows {
            let sum: f64 = features.iter().map(|(at, value)| weights[*at] * value).sum();
            let miss = told - 1.0 / (1.0 + (-sum).exp());
            features.iter().for_each(|(at, value)| slope[*at] += miss * value);
        }
        for (weight, slope) in weights.iter_mut().zip(slope) {
            *weight += rate * (slope / rows.len().max(1) as f64 - DECAY * *weight);
        }
    }
    Weights { threshold: 0.0, weights: names.into_iter().map(str::to_owned).zip(weights).collect() }
}
