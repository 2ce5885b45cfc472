//! Why a name means what it means here: its candidates, the belief in each, and what speaks for them.
//!
//! In: a document and a part of it. Out: one [`Decision`] a name, in text order. Decides nothing: asks what was decided.

use std::collections::BTreeMap;

use sitrep_model::{Document, Span};

use super::gazetteer::Entry;
use super::resolve::{self, Judged, Sense};
use super::{Gazetteer, Read, score};
use crate::parse::Passage;

/// Candidates beyond these are not told.
const TOLD_CANDIDATES: usize = 4;
/// What moves the belief by less is not told.
const TOLD_WEIGHT: f64 = 0.25;
const TOLD_REASONS: usize = 5;

/// What was decided of one name.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Where the name stands.
    pub span: Span,
    /// The name as said.
    pub said: String,
    /// What it means: a place, or why that is left open.
    pub outcome: String,
    /// Its likeliest candidates, best first.
    pub candidates: Vec<Considered>,
    /// How many there were.
    pub n_candidates: usize,
}

/// A place that was considered.
#[derive(Debug, Clone, PartialEq)]
pub struct Considered {
    /// The gazetteer's name.
    pub name: String,
    /// `city`, `region`, …
    pub kind: &'static str,
    /// Two letters of the country; `--` for none or several.
    pub country: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames id.
    pub geonames_id: Option<u64>,
    /// The share of belief in it, 0 to 1.
    pub belief: f64,
    /// Whether it was chosen.
    pub chosen: bool,
    /// What speaks for or against it, in words, and how much each adds to its score, the greatest first; the weights stand in
    /// `world/where_weights.toml`.
    pub reasons: Vec<(&'static str, f64)>,
}

/// What was decided of the names that overlap `within`.
pub(crate) fn decisions(
    gazetteer: &Gazetteer,
    document: &Document,
    passages: &[Passage],
    within: Span,
) -> Vec<Decision> {
    let read = Read::new(gazetteer, document, passages, &[]);
    let judged = resolve::judge(&gazetteer.index, &gazetteer.weights, &read.names, &read.hints);
    let by_key: BTreeMap<&String, &Judged> = read.names.keys().zip(&judged).collect();
    let senses = read.senses(gazetteer);
    let mut out = Vec::new();
    for (passage, (named, _)) in passages.iter().zip(&read.found) {
        for name in named {
            let span = passage.span_of(name.first, name.end);
            let key = name.sense_key();
            if let (true, Some(judged)) = (span.overlaps(within), by_key.get(&key)) {
                let sense = senses.get(&key).unwrap_or(&Sense::Unknown);
                out.push(decision(gazetteer, document, span, judged, sense));
            }
        }
    }
    out
}

fn decision(gazetteer: &Gazetteer, document: &Document, span: Span, judged: &Judged, sense: &Sense) -> Decision {
    let chosen = |e: &Entry| matches!(sense, Sense::Known(known) if known.id == e.id);
    let mut order: Vec<usize> = (0..judged.candidates.len()).collect();
    order.sort_by(|a, b| judged.beliefs[*b].total_cmp(&judged.beliefs[*a]).then(a.cmp(b)));
    // The one chosen is told even when a namesake of it was likelier.
    let at = order.iter().position(|i| chosen(&judged.candidates[*i].entry));
    if let Some(at) = at.filter(|at| *at >= TOLD_CANDIDATES) {
        order.swap(TOLD_CANDIDATES - 1, at);
    }
    let considered = |i: &usize| {
        let e = &judged.candidates[*i].entry;
        let mut reasons: Vec<(&'static str, f64)> =
            score::IN_WORDS.iter().copied().zip(gazetteer.weights.parts(&judged.features[*i])).collect();
        reasons.retain(|(_, part)| part.abs() >= TOLD_WEIGHT);
        reasons.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(b.0)));
        reasons.truncate(TOLD_REASONS);
        Considered {
            name: e.name.to_string(),
            kind: e.kind,
            country: String::from_utf8_lossy(&e.country).into_owned(),
            lat: e.lat,
            lon: e.lon,
            geonames_id: e.geonames_id,
            belief: judged.beliefs[*i],
            chosen: chosen(e),
            reasons,
        }
    };
    let candidates: Vec<Considered> = order.iter().take(TOLD_CANDIDATES).map(considered).collect();
    let best = candidates.first().map_or(0.0, |c| c.belief);
    let outcome = match sense {
        Sense::Known(e) => format!("{}, {} in {}", &*e.name, e.kind, String::from_utf8_lossy(&e.country)),
        Sense::Unknown if candidates.is_empty() => "left open: no place of this name is known".to_owned(),
        Sense::Ambiguous if best < resolve::LEAST_BELIEF => {
            format!("left open: no candidate has half of the belief (the best has {best:.2})")
        }
        _ => "left open: nothing else in the report speaks for a place of this name".to_owned(),
    };
    Decision {
        span,
        said: span.of(&document.text).to_owned(),
        outcome,
        candidates,
        n_candidates: judged.candidates.len(),
    }
}
