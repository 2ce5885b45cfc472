//! How well deeds get the places where they happened: tokens of names in the sentences of `tests/corpus/where/events.md`.
//!
//! In: the sentences, the kit. Out: precision and recall over the tokens of place names, over all marked deeds; with `list`, each
//! deed whose place differs. A deed that nobody told loses its places; a place where there should be none costs precision.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use sitrep_claims::Kit;
use sitrep_model::{Claim, Place};

use super::corpora::Text;
use super::document;

/// A deed marked in a sentence: where its word stands, and the names of its places, in bytes.
struct Deed {
    trigger: usize,
    places: Vec<(usize, usize)>,
}

struct Sentence {
    text: String,
    deeds: Vec<Deed>,
}

/// Precision, recall and F1 of the tokens, and how many deeds were asked for and told.
pub(super) struct Outcome {
    pub(super) precision: f64,
    pub(super) recall: f64,
    pub(super) deeds: usize,
    pub(super) told: usize,
}

/// Scores the sentences.
pub(super) fn score(kit: &Kit, list: bool) -> anyhow::Result<Outcome> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus/where/events.md");
    let file = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let (mut matched, mut gold, mut ours, mut deeds, mut told) = (0, 0, 0, 0, 0);
    for line in file.lines().filter_map(|l| l.strip_prefix("- ")) {
        let sentence = sentence(line)?;
        let text = Text { text: sentence.text.clone(), ..Text::default() };
        let document = document(&text);
        let claims = sitrep_claims::claims(kit, &document).value;
        for deed in &sentence.deeds {
            let claim = claim_of(&claims, deed.trigger);
            let wanted: BTreeSet<usize> =
                deed.places.iter().flat_map(|(start, end)| tokens(&sentence.text, *start, *end)).collect();
            let got = claim.and_then(|c| c.place.as_ref()).map_or_else(BTreeSet::new, |p| named(&sentence.text, p));
            deeds += 1;
            told += usize::from(claim.is_some());
            matched += wanted.intersection(&got).count();
            gold += wanted.len();
            ours += got.len();
            if list && wanted != got {
                let place = claim.map_or("no claim".to_owned(), |c| {
                    format!("{} at {:?}", c.event, c.place.as_ref().map(|p| p.text.as_str()))
                });
                println!("place {place}: {line}");
            }
        }
    }
    let share = |a: usize, b: usize| a as f64 / b.max(1) as f64;
    Ok(Outcome { precision: share(matched, ours), recall: share(matched, gold), deeds, told })
}

/// The claim made of the word at `trigger`: of those around it the one that begins last.
fn claim_of(claims: &[Claim], trigger: usize) -> Option<&Claim> {
    let around = claims.iter().filter(|c| (c.start as usize) <= trigger && trigger < c.end as usize);
    around.max_by_key(|c| (c.place.is_some(), c.start, std::cmp::Reverse(c.end)))
}

/// The tokens of a claim's place that stand in the sentence as names: capital words of its text, or of the name it points back to.
fn named(sentence: &str, place: &Place) -> BTreeSet<usize> {
    let capital = |at: &usize| sentence[*at..].chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let anchors = place.relation.iter().flat_map(|r| r.anchor.iter().chain(r.between.iter().flatten()));
    for said in std::iter::once(&place.text).chain(place.name.iter()).chain(anchors) {
        let Some(start) = sentence.find(said.as_str()) else { continue };
        let found: BTreeSet<usize> = tokens(sentence, start, start + said.len()).into_iter().filter(capital).collect();
        if !found.is_empty() {
            return found;
        }
    }
    BTreeSet::new()
}

/// Where the words between two bytes begin.
fn tokens(text: &str, start: usize, end: usize) -> Vec<usize> {
    let part = &text[start..end];
    let mut out = Vec::new();
    let mut inside = false;
    for (at, c) in part.char_indices() {
        let word = c.is_alphanumeric();
        if word && !inside {
            out.push(start + at);
        }
        inside = word;
    }
    out
}

/// `{word}` and `[name]` or `[name|2]`, taken out of a line.
fn sentence(line: &str) -> anyhow::Result<Sentence> {
    let (mut text, mut triggers, mut places) = (String::new(), Vec::new(), Vec::new());
    let mut rest = line;
    while let Some(at) = rest.find(['{', '[']) {
        text.push_str(&rest[..at]);
        let close = if rest[at..].starts_with('{') { '}' } else { ']' };
        let (inside, after) =
            rest[at + 1..].split_once(close).with_context(|| format!("a mark without end: {line}"))?;
        let (name, deed) = inside.split_once('|').map_or((inside, None), |(name, deed)| (name, Some(deed)));
        let start = text.len();
        text.push_str(name);
        if close == '}' {
            triggers.push(start);
        } else {
            places.push((start, text.len(), deed.map(str::parse::<usize>).transpose()?));
        }
        rest = after;
    }
    text.push_str(rest);
    let of = |number: usize| {
        let mine = places.iter().filter(|(_, _, deed)| deed.is_none_or(|d| d == number));
        mine.map(|(start, end, _)| (*start, *end)).collect()
    };
    let deeds = triggers.iter().enumerate().map(|(at, trigger)| Deed { trigger: *trigger, places: of(at + 1) });
    Ok(Sentence { deeds: deeds.collect(), text })
}
