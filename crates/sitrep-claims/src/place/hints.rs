//! What a document tells of where it plays, besides the places it is asked about: adjectives, its outlet's name, its datelines, and
//! what names are said to lie in.
//!
//! In: the names found in a document. Out: [`Hints`], names with their holders, names of datelines. Never decides what a name means.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{Document, Span};

use super::Gazetteer;
use super::find::spelling;
use super::gazetteer::Iso;
use super::key::key;
use super::named::{Demonym, Ground, Named};
use super::resolve::{Countries, Hints, Name, holders};
use super::score::{Candidate, Match};
use crate::parse::Passage;

/// Readers' comments count less than the report.
const COMMENT_WEIGHT: f64 = 0.2;
/// A dateline tells more of where a report plays than a name in passing.
const DATELINE_TIMES: f64 = 2.0;
/// Words of an outlet's name that may be a place's.
const OUTLET_WORDS: usize = 8;

pub(super) type Found = (Vec<Named>, Vec<Demonym>);

fn weight(passage: &Passage) -> f64 {
    if passage.comment.is_some() { COMMENT_WEIGHT } else { 1.0 }
}

pub(super) fn hints(gazetteer: &Gazetteer, document: &Document, passages: &[Passage], found: &[Found]) -> Hints {
    let mut adjectives: BTreeMap<Iso, f64> = BTreeMap::new();
    for (passage, (_, demonyms)) in passages.iter().zip(found) {
        demonyms.iter().for_each(|d| *adjectives.entry(d.country).or_default() += weight(passage));
    }
    let countries = countries(gazetteer, passages, found);
    let outlet = document.outlet.as_deref().map_or_else(Vec::new, |name| outlet(gazetteer, name));
    Hints { countries, adjectives, outlet }
}

/// How much of the document speaks of each country.
fn countries(gazetteer: &Gazetteer, passages: &[Passage], found: &[Found]) -> Countries {
    let mut weights: BTreeMap<Iso, f64> = BTreeMap::new();
    for (passage, (named, demonyms)) in passages.iter().zip(found) {
        let weight = weight(passage);
        for demonym in demonyms {
            *weights.entry(demonym.country).or_default() += weight;
        }
        for name in named.iter().filter(|n| n.ground == Ground::Context) {
            let entries = gazetteer.index.find(&name.key);
            let country = entries.iter().find(|e| e.kind == "country");
            let mut isos: Vec<Iso> = (entries.iter())
                .filter(|e| (e.population_log2 > 11.0 || e.radius_km > 3.0) && e.kind != "district")
                .map(|e| e.country)
                .collect();
            isos.sort_unstable();
            isos.dedup();
            match (country, isos.as_slice()) {
                (Some(country), _) => *weights.entry(country.country).or_default() += 2.0 * weight,
                (None, [only]) if only != b"--" => *weights.entry(*only).or_default() += weight,
                _ => {}
            }
        }
    }
    let total: f64 = weights.values().sum();
    weights.into_iter().map(|(iso, weight)| (iso, weight / total.max(1.0))).collect()
}

/// The places an outlet's name may tell of: "The Clonmel Courier".
fn outlet(gazetteer: &Gazetteer, name: &str) -> Vec<Candidate> {
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(OUTLET_WORDS).collect();
    let lists = &gazetteer.words;
    for n in (1..=3).rev() {
        for run in words.windows(n) {
            let key = key(&run.join(" "));
            if lists.never.contains(&key) || lists.organisations.contains(&key) || key.len() < 4 {
                continue;
            }
            let found = gazetteer.index.find(&key);
            if !found.is_empty() {
                return found.into_iter().map(|e| Candidate::new(e, Match::Own)).collect();
            }
        }
    }
    Vec::new()
}

/// What stands between the names of a list.
const LIST: [&str; 5] = [",", "and", "or", "&", "the"];
/// What all countries are, to a list.
const COUNTRY: (&str, Iso) = ("country", *b"--");

/// What sort of land a place is, if any: a country, or a division of one.
fn land(entry: &super::gazetteer::Entry) -> Option<(&'static str, Iso)> {
    match entry.kind {
        "country" => Some(COUNTRY),
        "region" => Some(("region", entry.country)),
        _ => None,
    }
}

/// How a name is tied to the one it may lie in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// "Paris, Texas".
    Comma,
    /// "Paris (Texas)".
    Bracket,
    /// "Paris in Texas", "Paris, located in northern Texas".
    In,
}

/// Where the name begins that the one ending at `end` may be said to lie in.
fn tied<'t>(word: &impl Fn(usize) -> &'t str, gazetteer: &Gazetteer, end: usize) -> Option<(usize, Tie)> {
    let comma = word(end) == ",";
    let mut at = end + usize::from(comma);
    while matches!(word(at), "located" | "situated" | "a" | "town" | "city" | "village") {
        at += 1;
    }
    if word(at) == "in" {
        at += 1;
        while word(at) == "the" || gazetteer.words.bearing(word(at)).is_some() {
            at += 1;
        }
        return Some((at, Tie::In));
    }
    match word(end) {
        "," => Some((end + 1, Tie::Comma)),
        "(" => Some((end + 1, Tie::Bracket)),
        _ => None,
    }
}

/// Tells names what they are said to lie in: "Paris, Texas", "Springfield in Illinois", "Bend, Ore.".
pub(super) fn tell_holders(gazetteer: &Gazetteer, document: &Document, passages: &[Passage], found: &mut [Found]) {
    for (passage, (named, _)) in passages.iter().zip(found.iter_mut()) {
        let text = passage.text(document);
        let word = |at: usize| if at < passage.analysis.tokens.len() { passage.analysis.text(text, at) } else { "" };
        let places = |key: &str| gazetteer.index.find(key);
        for at in 0..named.len() {
            let end = named[at].end;
            let Some((start, tie)) = tied(&word, gazetteer, end) else { continue };
            let next = named.get(at + 1).filter(|n| n.first == start).map(|n| n.key.clone());
            let short =
                || (tie != Tie::In).then(|| gazetteer.words.abbreviations.get(&key(word(start))).cloned()).flatten();
            let holder = next.or_else(short).filter(|h| !holders(&gazetteer.index, h).is_empty());
            // "Kansas, Oklahoma and Texas" are three states: a land beside another of its sort lies in none of them.
            let alike = |holder: &String| {
                let lands = |key: &str| -> BTreeSet<(&str, Iso)> { places(key).iter().filter_map(land).collect() };
                let (own, its) = (lands(&named[at].key), lands(holder));
                let listed = |other: Option<&Named>| other.is_some_and(|n| !lands(&n.key).is_disjoint(&its));
                let before =
                    at.checked_sub(1).map(|b| &named[b]).filter(|b| word(b.end) == "," && b.end + 1 == named[at].first);
                let behind =
                    named.get(at + 2).filter(|n| (named[at + 1].end..n.first).all(|t| LIST.contains(&word(t))));
                !own.is_disjoint(&its) && (own.contains(&COUNTRY) || listed(before) || listed(behind))
            };
            named[at].holder = holder.filter(|h| tie != Tie::Comma || !alike(h));
        }
    }
    // A name told once where it lies lies there all through the document.
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in found.iter().flat_map(|(named, _)| named) {
        told.entry(name.key.clone()).or_default().extend(name.holder.clone());
    }
    for name in found.iter_mut().flat_map(|(named, _)| named).filter(|n| n.holder.is_none()) {
        if let Some(only) = told.get(&name.key).filter(|all| all.len() == 1) {
            name.holder = only.first().cloned();
        }
    }
}

/// All names of the document, each with what its mentions tell.
pub(super) fn names(
    gazetteer: &Gazetteer,
    document: &Document,
    passages: &[Passage],
    found: &[Found],
) -> BTreeMap<String, Name> {
    let mut names: BTreeMap<String, Name> = BTreeMap::new();
    for (passage, (named, _)) in passages.iter().zip(found) {
        for named in named {
            let name = names.entry(named.sense_key()).or_default();
            name.context |= named.ground == Ground::Context;
            name.asked |= named.asked;
            name.times += weight(passage);
            name.kind = name.kind.take().or_else(|| named.kind.clone());
            name.holder = name.holder.take().or_else(|| named.holder.clone());
        }
        let text = passage.text(document);
        for pair in named.windows(2) {
            let [one, other] = pair else { continue };
            let mut between = (one.end..other.first).map(|t| passage.analysis.text(text, t)).peekable();
            let list = between.peek().is_some() && between.all(|w| LIST.contains(&w));
            if list && one.holder.as_deref() != Some(other.key.as_str()) && one.key != other.key {
                for (own, its) in [(one, other), (other, one)] {
                    names.entry(own.sense_key()).or_default().beside.insert(its.sense_key());
                }
            }
        }
    }
    for line in datelines(gazetteer, document) {
        // The same name in the text means the same place.
        let same = names.keys().find(|k| super::resolve::plain(k) == line.key).cloned();
        let name = names.entry(same.unwrap_or_else(|| line.key.clone())).or_default();
        name.context = true;
        name.times += DATELINE_TIMES;
        name.holder = name.holder.take().or(line.holder);
    }
    names
}

/// The town of a dateline: "MARIETTA, Ohio —".
pub(super) struct Dateline {
    pub(super) span: Span,
    pub(super) key: String,
    pub(super) holder: Option<String>,
}

pub(super) fn datelines(gazetteer: &Gazetteer, document: &Document) -> Vec<Dateline> {
    let mut out = Vec::new();
    for block in &document.blocks {
        let text = block.span.of(&document.text);
        let head = text.get(..crate::dateline::length(text)).unwrap_or("");
        let head = head.split(['(', '/', '–', '—', '-']).next().unwrap_or("");
        let mut parts = head.split(',').map(|part| (part, spelling(gazetteer, part.trim())));
        let Some((said, key)) = parts.next().filter(|(_, key)| gazetteer.index.knows(key)) else { continue };
        let holder = parts.next().map(|(_, key)| key).filter(|key| !holders(&gazetteer.index, key).is_empty());
        let start = block.span.start as usize + said.len() - said.trim_start().len();
        out.push(Dateline { span: Span::new(start, start + said.trim().len()), key, holder });
    }
    out
}
