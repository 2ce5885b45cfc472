//! Times and places a document mentions, for those who want them without claims.
//!
//! In: a document and a kit. Out: spans with what they say, in text order. Computes nothing that claims are not made from too.

use sitrep_model::{Document, Place, PlaceStatus, Span, Time};

use crate::place::{Decision, PlaceUse, Scored};
use crate::{Kit, parse, place};

/// What a document mentions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mentions {
    /// Time expressions, without their prepositions.
    pub times: Vec<(Span, Time)>,
    /// Place expressions; “30km south of Varnesh” is one, the plain “Varnesh” in it another.
    pub places: Vec<PlaceSaid>,
}

/// A place expression and how it is used.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceSaid {
    /// Where the name stands, without words for its kind in small letters: “Homs” of “the city of Homs”.
    pub span: Span,
    /// What it says.
    pub place: Place,
    /// How it is used.
    pub usage: PlaceUse,
}

/// The time expressions of `document` alone, in text order; nothing else of it is read.
#[must_use]
pub fn times(kit: &Kit, document: &Document) -> Vec<(Span, Time)> {
    kit.when.times(document)
}

/// The times and places of `document`. Cannot fail: odd text gives fewer mentions.
#[must_use]
pub fn mentions(kit: &Kit, document: &Document) -> Mentions {
    let passages = parse::parse(kit, document);
    let places = place::places(&kit.gazetteer, document, &passages).into_iter().flatten();
    let datelines = place::datelines(&kit.gazetteer, document, &passages);
    let said = |mention: place::PlaceMention| {
        let relative = mention.place.status == PlaceStatus::Relative;
        let span = if relative { mention.span } else { place::name_alone(&document.text, mention.span) };
        PlaceSaid { span, place: mention.place, usage: mention.usage }
    };
    let headed = |(span, place)| PlaceSaid { span, place, usage: PlaceUse::Literal };
    let mut found = Mentions {
        times: kit.when.times(document),
        places: places.map(said).chain(datelines.into_iter().map(headed)).collect(),
    };
    found.places.sort_by_key(|said| said.span);
    found
}

/// Why the names within `within` mean what they mean: the candidates of each with the belief in them and what speaks for them.
#[must_use]
pub fn decisions(kit: &Kit, document: &Document, within: Span) -> Vec<Decision> {
    let passages = parse::parse(kit, document);
    place::decisions(&kit.gazetteer, document, &passages, within)
}

/// What the places at `asked` mean, in the order asked. Every span is taken for a place's name; one nobody knows keeps its words.
#[must_use]
pub fn places_at(kit: &Kit, document: &Document, asked: &[Span]) -> Vec<Place> {
    let passages = parse::parse(kit, document);
    place::places_at(&kit.gazetteer, document, &passages, asked)
}

/// The candidates of every place at `asked` with their features, for fitting the weights of `world/where_weights.toml`.
#[must_use]
pub fn scored_at(kit: &Kit, document: &Document, asked: &[Span]) -> Vec<Vec<Scored>> {
    let passages = parse::parse(kit, document);
    place::scored_at(&kit.gazetteer, document, &passages, asked)
}
