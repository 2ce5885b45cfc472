//! Where: place mentions found, resolved against the gazetteer or honestly left open, relative places as shapes.
//!
//! In: the passages of one document. Out: per passage, its place mentions. Never guesses a point.

mod borders;
mod build;
mod explain;
mod find;
mod gazetteer;
mod hints;
mod join;
mod key;
mod lines;
mod look_up;
mod memo;
mod metonym;
mod more;
mod named;
mod outlines;
mod plane;
mod relate;
mod resolve;
mod score;
mod script;
mod shape;
mod slips;
mod stage;
mod thin;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use sitrep_model::{Document, Place, PlaceStatus, Span};

use crate::KitError;
use crate::parse::Passage;
pub(crate) use explain::decisions;
pub use explain::{Considered, Decision};
use gazetteer::Index;
use hints::Found;
pub use look_up::places_called;
pub use more::{CountryMap, MorePlace, MorePlaces, place_kinds, related_keys, spelling_keys};
pub use outlines::outlines;
use resolve::{Hints, Name, Sense};
pub use stage::PlaceStage;

/// Places of the world with their names, and the patterns of relative places (`lang/en/where*.toml`, `world/`).
pub(crate) struct Gazetteer {
    pub(crate) index: Index,
    pub(crate) words: words::Words,
    weights: score::Weights,
    lines: OnceLock<lines::Lines>,
}

impl Gazetteer {
    /// The built-in places and, when there are any, a user's.
    pub(crate) fn load(more: Option<Box<dyn MorePlaces>>) -> Result<Gazetteer, KitError> {
        let index = Index::load()?;
        Ok(Gazetteer {
            index: if let Some(more) = more { index.with(more) } else { index },
            words: words::Words::load()?,
            weights: score::Weights::load()?,
            lines: OnceLock::new(),
        })
    }
}

impl Gazetteer {
    /// Outlines, rivers and borders, unpacked at the first question.
    pub(crate) fn lines(&self) -> &lines::Lines {
        self.lines.get_or_init(|| lines::Lines::load(&self.index))
    }
}

/// How the name of a place is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceUse {
    /// As a place.
    Literal,
    /// For those who rule or represent it: “Damascus accused”, “Jordan said”.
    Metonym,
    /// A building or house that stands for a government: “the Kremlin”.
    Seat,
    /// As a modifier that implies a country: “Syrian”, “Iraqi”.
    Demonym,
}

impl PlaceUse {
    /// The word for it in output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceUse::Literal => "literal",
            PlaceUse::Metonym => "metonym",
            PlaceUse::Seat => "seat",
            PlaceUse::Demonym => "demonym",
        }
    }
}

/// A place expression in a passage. "30km south of Varnesh" is one mention; the plain "Varnesh" inside it is another, marked
/// as its anchor.
#[derive(Debug, Clone)]
pub(crate) struct PlaceMention {
    /// First token.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) end: usize,
    /// The token that carries the expression in the tree (the one a preposition governs).
    pub(crate) head: usize,
    /// Where it stands in the document's text.
    pub(crate) span: Span,
    /// Whether it only serves as the anchor of a relative mention that contains it.
    pub(crate) anchor_only: bool,
    /// How it is used.
    pub(crate) usage: PlaceUse,
    /// What it says.
    pub(crate) place: Place,
}

/// The names of a document and what each means.
struct Read {
    found: Vec<Found>,
    names: BTreeMap<String, Name>,
    hints: Hints,
}

impl Read {
    fn new(gazetteer: &Gazetteer, document: &Document, passages: &[Passage], asked: &[Span]) -> Read {
        Read::of(gazetteer, document, passages, found(gazetteer, document, passages, asked))
    }

    /// What the names found tell of each other.
    fn of(gazetteer: &Gazetteer, document: &Document, passages: &[Passage], mut found: Vec<Found>) -> Read {
        hints::tell_holders(gazetteer, document, passages, &mut found);
        let hints = hints::hints(gazetteer, document, passages, &found);
        let names = hints::names(gazetteer, document, passages, &found);
        Read { found, names, hints }
    }

    fn senses(&self, gazetteer: &Gazetteer) -> BTreeMap<String, Sense> {
        resolve::senses(&gazetteer.index, &gazetteer.weights, &self.names, &self.hints)
    }
}

/// The names in each passage.
fn found(gazetteer: &Gazetteer, document: &Document, passages: &[Passage], asked: &[Span]) -> Vec<Found> {
    let heard = find::heard(gazetteer, document, passages);
    passages.iter().map(|p| find::names(gazetteer, document, p, &heard, asked)).collect()
}

/// Finds and resolves the places of all passages; one sense per name and document.
pub(crate) fn places(gazetteer: &Gazetteer, document: &Document, passages: &[Passage]) -> Vec<Vec<PlaceMention>> {
    let read = Read::new(gazetteer, document, passages, &[]);
    let senses = read.senses(gazetteer);
    let book = build::Book::new(gazetteer, &senses, &read.found, resolve::in_play(&read.hints.countries));
    let mut all: Vec<Vec<PlaceMention>> = passages
        .iter()
        .zip(&read.found)
        .map(|(passage, (named, demonyms))| book.mentions(document, passage, named, demonyms))
        .collect();
    join::define(gazetteer, document, passages, &mut all);
    metonym::mark(gazetteer, document, passages, &mut all);
    all
}

/// A name without the words in small letters around it that only say what it is: “Homs” of “the city of Homs”, “Kaduna state”.
pub(crate) fn name_alone(text: &str, span: Span) -> Span {
    let said = span.of(text);
    let small = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
    let lead: usize = said.split_inclusive(' ').take_while(|w| small(w.trim_end())).map(str::len).sum();
    let rest = said.get(lead..).unwrap_or_default();
    let trail: usize = rest.rsplit(' ').take_while(|w| small(w)).map(|w| w.len() + 1).sum();
    if lead >= said.len() || trail >= rest.len() {
        return span;
    }
    Span::new(span.start as usize + lead, span.end as usize - trail)
}

/// The places of datelines, which no deed happens at.
pub(crate) fn datelines(gazetteer: &Gazetteer, document: &Document, passages: &[Passage]) -> Vec<(Span, Place)> {
    let lines = hints::datelines(gazetteer, document);
    if lines.is_empty() {
        return Vec::new();
    }
    let spans: Vec<Span> = lines.iter().map(|line| line.span).collect();
    let places = places_at(gazetteer, document, passages, &spans);
    spans.into_iter().zip(places).filter(|(_, place)| place.status == PlaceStatus::Known).collect()
}

/// What the places at `asked` mean, in the order of their spans; every span is taken for a place's name.
pub(crate) fn places_at(
    gazetteer: &Gazetteer,
    document: &Document,
    passages: &[Passage],
    asked: &[Span],
) -> Vec<Place> {
    let asked: Vec<Span> = asked.iter().map(|span| find::snapped(&document.text, *span)).collect();
    let mut sorted = asked.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let mut read = Read::new(gazetteer, document, passages, &sorted);
    let mut keys: BTreeMap<Span, String> = BTreeMap::new();
    for (passage, (named, _)) in passages.iter().zip(&read.found) {
        for name in named.iter().filter(|n| n.asked) {
            let touched = passage.span_of(name.first, name.end);
            let spans = sorted.iter().filter(|s| s.overlaps(touched));
            keys.extend(spans.map(|s| (*s, name.sense_key())));
        }
    }
    // Outside of what is read as the report: a dateline, a caption's credit.
    for span in &sorted {
        let key = find::spelling(gazetteer, span.of(&document.text));
        let known = read.names.keys().find(|k| resolve::plain(k) == key).cloned();
        let sense_key = keys.entry(*span).or_insert_with(|| known.unwrap_or(key));
        let name = read.names.entry(sense_key.clone()).or_default();
        (name.asked, name.context) = (true, true);
    }
    let senses = read.senses(gazetteer);
    let book = build::Book::new(gazetteer, &senses, &read.found, resolve::in_play(&read.hints.countries));
    let place = |span: &Span| book.asked(span.of(&document.text), keys.get(span).map_or("", String::as_str));
    asked.iter().map(place).collect()
}

/// A place a name may mean, for fitting weights: where it lies, how far it reaches, whether a country, and its features.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Two letters of the country.
    pub country: String,
    /// `country`, `city`, …
    pub kind: &'static str,
    /// One number for each of [`weight_names`].
    pub features: Vec<f64>,
}

/// What the weights of candidates are called, in the order of their features.
#[must_use]
pub fn weight_names() -> &'static [&'static str] {
    &score::NAMES
}

/// The candidates of every span of `asked`, as the last round of scoring saw them.
pub(crate) fn scored_at(
    gazetteer: &Gazetteer,
    document: &Document,
    passages: &[Passage],
    asked: &[Span],
) -> Vec<Vec<Scored>> {
    let asked: Vec<Span> = asked.iter().map(|span| find::snapped(&document.text, *span)).collect();
    let mut sorted = asked.clone();
    sorted.sort_unstable();
    let read = Read::new(gazetteer, document, passages, &sorted);
    let judged = resolve::judge(&gazetteer.index, &gazetteer.weights, &read.names, &read.hints);
    let by_key: BTreeMap<&String, &resolve::Judged> = read.names.keys().zip(&judged).collect();
    let of = |span: &Span| {
        let named = passages.iter().zip(&read.found).find_map(|(passage, (named, _))| {
            named.iter().find(|n| n.asked && passage.span_of(n.first, n.end).overlaps(*span))
        });
        let Some(judged) = named.and_then(|n| by_key.get(&n.sense_key())) else { return Vec::new() };
        let scored = judged.candidates.iter().zip(&judged.features).map(|(c, f)| Scored {
            lat: c.entry.lat,
            lon: c.entry.lon,
            country: String::from_utf8_lossy(&c.entry.country).into_owned(),
            kind: c.entry.kind,
            features: f.to_vec(),
        });
        scored.collect()
    };
    asked.iter().map(of).collect()
}
