//! Borders: "the Syrian-Iraqi border", "the border with Iraq", "the Turkish border".
//!
//! In: the demonyms and mentions of a passage. Out: mentions of borders with the strip along the line. Of a border with one side
//! told, the other is a neighbour the document speaks of; else every land border counts.

use sitrep_model::{Place, PlaceStatus, Relation};

use super::build::{Book, View, fill};
use super::gazetteer::Iso;
use super::named::Demonym;
use super::shape::{self, BORDER_KM, Shape};
use super::{PlaceMention, PlaceUse};

/// A country beside the word "border".
struct Side {
    first: usize,
    end: usize,
    name: String,
    iso: Option<Iso>,
}

pub(super) fn borders(
    book: &Book<'_>,
    view: &View<'_>,
    demonyms: &[Demonym],
    named: &[PlaceMention],
) -> Vec<PlaceMention> {
    let mut out = Vec::new();
    for at in 0..view.passage.analysis.tokens.len() {
        if !book.gazetteer.words.border.iter().any(|word| word.eq_ignore_ascii_case(view.word(at))) {
            continue;
        }
        let (mut first, mut end, mut sides) = (at, at + 1, Vec::new());
        if let Some(side) = side(demonyms, named, |s| s.end == at) {
            first = side.first;
            let tie = side.first.checked_sub(1).filter(|t| matches!(view.word(*t), "-" | "–" | "/"));
            let other = tie.and_then(|tie| self::side(demonyms, named, |s| s.end == tie));
            first = other.as_ref().map_or(first, |o| o.first);
            sides.extend(other);
            sides.push(side);
        }
        if matches!(view.word(at + 1), "with" | "of" | "between") {
            let after = self::side(&[], named, |s| s.first > at && s.first <= at + 3);
            let and = after.as_ref().map(|s| s.end).filter(|end| view.word(*end) == "and");
            let second = and.and_then(|and| self::side(&[], named, |s| s.first > and && s.first <= and + 2));
            for side in after.into_iter().chain(second.filter(|_| view.word(at + 1) == "between")) {
                end = side.end;
                sides.push(side);
            }
        }
        if sides.is_empty() {
            continue;
        }
        let names: Vec<String> = sides.iter().map(|s| s.name.clone()).collect();
        let mut place = Place::unlocated(view.text_of(first, end), format!("{} border", names.join("–")));
        place.status = PlaceStatus::Relative;
        place.kind = Some("border".to_owned());
        place.relation = Some(Relation {
            anchor: names.first().cloned(),
            between: <[String; 2]>::try_from(names).ok(),
            kind: Some("border".to_owned()),
            ..Relation::default()
        });
        fill(&mut place, strip(book, &sides));
        out.push(view.mention((first, end), PlaceUse::Literal, place));
    }
    out
}

fn side(demonyms: &[Demonym], named: &[PlaceMention], fits: impl Fn(&Side) -> bool) -> Option<Side> {
    let adjectives =
        demonyms.iter().map(|d| Side { first: d.at, end: d.at + 1, name: d.name.to_owned(), iso: Some(d.country) });
    let countries = named.iter().filter(|m| m.place.kind.as_deref() == Some("country"));
    let nouns = countries.map(|m| Side {
        first: m.first,
        end: m.end,
        name: m.place.name.clone().unwrap_or_default(),
        iso: m.place.country.as_ref().and_then(|c| c.as_bytes().try_into().ok()),
    });
    adjectives.chain(nouns).filter(fits).min_by_key(|s| s.first)
}

fn strip(book: &Book<'_>, sides: &[Side]) -> Option<Shape> {
    let lines = book.gazetteer.lines();
    let isos: Vec<Iso> = sides.iter().filter_map(|s| s.iso).collect();
    let border = || match isos.as_slice() {
        [a, b] => lines.border(*a, *b),
        [one] => {
            let others = lines.neighbours(*one, &book.in_play);
            match others.is_empty() {
                true => lines.borders(*one),
                false => others.iter().flat_map(|other| lines.border(*one, *other)).collect(),
            }
        }
        _ => Vec::new(),
    };
    let near: &[Iso] = if isos.len() == 1 { &book.in_play } else { &[] };
    lines.made.shape(format!("border {isos:?} {near:?}"), || shape::along(&border(), None, BORDER_KM, None))
}
