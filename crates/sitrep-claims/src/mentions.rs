//! Times and places a document mentions, for those who want them without claims.
//!
//! In: a document and a kit. Out: spans with what they say, in text order. Computes nothing that claims are not made from too.

use sitrep_model::{Document, Place, Span, Time};

use crate::place::{PlaceUse, Scored};
use crate::{Kit, parse, place};

/// What a document mentions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mentions {
    /// Time expressions, without their prepositions.
    pub times: Vec<(Span, Time)>,
    /// Place expressions; “30km south of Varnesh” is one, the plain “Varnesh” in it another.
    pub places: Vec<(Span, Place)>,
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
    let mut found = Mentions {
        times: kit.when.times(document),
        places: places
            .filter(|mention| mention.usage == PlaceUse::Literal)
            .map(|mention| (mention.span, mention.place))
            .chain(datelines)
            .collect(),
    };
    found.places.sort_by_key(|(span, _)| *span);
    found
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
