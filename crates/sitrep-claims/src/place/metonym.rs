//! Names of countries and capitals that stand for those who rule them: "Damascus accused", "Jordan said".
//!
//! In: the mentions of passages. Out: the same, with such uses typed. Never drops a mention.

use sitrep_language::Dep;
use sitrep_model::{Document, PlaceStatus, Span};

use super::key::key;
use super::{Gazetteer, PlaceMention, PlaceUse};
use crate::parse::Passage;

/// Marks names that do what only people can.
pub(super) fn mark(gazetteer: &Gazetteer, document: &Document, passages: &[Passage], all: &mut [Vec<PlaceMention>]) {
    for (passage, mentions) in passages.iter().zip(all) {
        for mention in mentions.iter_mut().filter(|m| m.usage == PlaceUse::Literal && !m.anchor_only) {
            if mention.place.status == PlaceStatus::Known
                && rules(mention)
                && acts(gazetteer, document, passage, mention)
            {
                mention.usage = PlaceUse::Metonym;
            }
        }
    }
}

/// Countries, their capitals and great cities have governments that speak.
fn rules(mention: &PlaceMention) -> bool {
    matches!(mention.place.kind.as_deref(), Some("country" | "city" | "region")) && mention.place.relation.is_none()
}

fn acts(gazetteer: &Gazetteer, document: &Document, passage: &Passage, mention: &PlaceMention) -> bool {
    let analysis = &passage.analysis;
    let words = &gazetteer.words.metonym_verbs;
    let token = &analysis.tokens[mention.head];
    let verb = token.head as usize;
    let lemma = |at: usize| analysis.lemma(at).to_lowercase();
    // "Jordan and Egypt said".
    let (dep, verb) = if token.dep == Dep::Conj && verb != mention.head {
        let first = &analysis.tokens[verb];
        (first.dep, first.head as usize)
    } else {
        (token.dep, verb)
    };
    let text = passage.text(document);
    let by = || dep == Dep::Pobj && matches!(analysis.text(text, verb), "by" | "with") && passive(passage, verb, words);
    (dep == Dep::Nsubj && words.contains(&lemma(verb))) || by()
}

/// "condemned by Damascus".
fn passive(passage: &Passage, by: usize, words: &std::collections::HashSet<String>) -> bool {
    let tokens = &passage.analysis.tokens;
    tokens[by].dep == Dep::Agent && words.contains(&passage.analysis.lemma(tokens[by].head as usize).to_lowercase())
}

/// The seats that stand for a government, with its country: "the Kremlin".
pub(super) fn seats(
    gazetteer: &Gazetteer,
    document: &Document,
    passage: &Passage,
) -> Vec<(usize, usize, Span, String)> {
    let text = passage.text(document);
    let tokens = &passage.analysis.tokens;
    let mut out = Vec::new();
    let said =
        |at: usize, end: usize| text.get(tokens[at].start as usize..tokens[end - 1].end as usize).unwrap_or_default();
    let seats = &gazetteer.words.seats;
    for at in (0..tokens.len()).filter(|at| said(*at, at + 1).starts_with(char::is_uppercase)) {
        let first = key(said(at, at + 1));
        if first.is_empty() || !seats.range(first.clone()..).next().is_some_and(|(seat, _)| seat.starts_with(&first)) {
            continue;
        }
        let longest = (1..=3).rev().filter(|n| at + n <= tokens.len());
        let seat = longest.map(|n| at + n).find_map(|end| Some((end, seats.get(&key(said(at, end)))?)));
        out.extend(seat.map(|(end, country)| (at, end, passage.span_of(at, end), country.clone())));
    }
    out
}
