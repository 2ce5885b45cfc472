//! What neighbouring mentions tell of each other: the place before a bearing, the bank beside a strip, places the text defines.
//!
//! In: the mentions of passages. Out: the same with their relations joined. Never adds a mention.

use std::collections::BTreeMap;

use sitrep_model::{Document, Place, PlaceStatus};

use super::build::{Book, View, fill};
use super::{Gazetteer, PlaceMention, PlaceUse};
use crate::parse::Passage;

/// "the Homs desert southeast of Sukhnah": what stands right before a relative place is the place it tells about.
pub(super) fn join(view: &View<'_>, mentions: &mut [PlaceMention]) {
    for at in 0..mentions.len() {
        let (before, rest) = mentions.split_at_mut(at);
        let Some(relative) = rest.first_mut() else { continue };
        let told = relative.place.relation.as_ref().and_then(|r| r.kind.as_deref());
        if relative.place.status != PlaceStatus::Relative
            || relative.anchor_only
            || !matches!(told, Some("offset" | "distance" | "near"))
        {
            continue;
        }
        let Some(subject) = before
            .iter_mut()
            .rev()
            .take(8)
            .find(|m| m.end == relative.first && m.usage == PlaceUse::Literal && !m.anchor_only)
        else {
            continue;
        };
        let kind = subject.place.kind.clone();
        if !matches!(
            kind.as_deref(),
            Some("border" | "desert" | "area" | "village" | "mountain" | "region" | "river" | "station" | "town")
        ) {
            continue;
        }
        subject.anchor_only = true;
        relative.place.name = subject.place.name.clone();
        relative.place.kind = kind;
        relative.place.text = view.text_of(subject.first, relative.end);
        relative.head = subject.head;
        relative.first = subject.first;
        relative.span = view.passage.span_of(relative.first, relative.end);
    }
}

/// "between Varnesh and Karst on the western bank of the Tal": the bank narrows the strip; it is not a place of its own.
pub(super) fn bank(book: &Book<'_>, view: &View<'_>, mentions: &mut [PlaceMention]) {
    for at in 1..mentions.len() {
        let (before, rest) = mentions.split_at_mut(at);
        let Some(bank) = rest.first_mut() else { continue };
        let told =
            |m: &PlaceMention, kind: &str| m.place.relation.as_ref().is_some_and(|r| r.kind.as_deref() == Some(kind));
        if !told(bank, "bank")
            || !bank.first.checked_sub(1).is_some_and(|t| matches!(view.word(t), "on" | "along" | "at"))
        {
            continue;
        }
        let ties = |m: &&mut PlaceMention| {
            m.end + 1 == bank.first && m.place.status == PlaceStatus::Relative && !m.anchor_only
        };
        let Some(strip) = before.iter_mut().rev().take(8).find(ties) else { continue };
        bank.anchor_only = true;
        strip.end = bank.end;
        strip.span = view.passage.span_of(strip.first, strip.end);
        strip.place.text = view.text_of(strip.first, strip.end);
        if let (Some(own), Some(side)) = (&mut strip.place.relation, &bank.place.relation) {
            own.bearing = own.bearing.or(side.bearing);
            let ends = own.between.as_ref().and_then(|[a, b]| Some((book.spot_of(a)?, book.spot_of(b)?)));
            let shape = side.anchor.as_ref().zip(ends).and_then(|(r, ends)| book.bank_between(r, side.bearing, ends));
            fill(&mut strip.place, shape);
        }
    }
}

/// Places the text itself defines: "the depot, which is located 70km west of Varnesh" gives the depot a shape.
pub(crate) fn define(gazetteer: &Gazetteer, document: &Document, passages: &[Passage], all: &mut [Vec<PlaceMention>]) {
    const REACH_TOKENS: usize = 10;
    let mut defined: BTreeMap<String, Place> = BTreeMap::new();
    for (passage, mentions) in passages.iter().zip(all.iter()) {
        let text = passage.text(document);
        for pair in mentions.windows(2) {
            let (name, relative) = (&pair[0], &pair[1]);
            let close = name.end <= relative.first && relative.first - name.end <= REACH_TOKENS;
            let fits = name.place.status == PlaceStatus::Unknown
                && relative.place.status == PlaceStatus::Relative
                && relative.place.lat.is_some();
            if !(close && fits) {
                continue;
            }
            let says =
                (name.end..relative.first).any(|t| gazetteer.words.placing.contains(passage.analysis.text(text, t)));
            if let (true, Some(key)) = (says, name.place.name.clone()) {
                defined.entry(key).or_insert_with(|| relative.place.clone());
            }
        }
    }
    for mention in all.iter_mut().flatten().filter(|m| m.place.status == PlaceStatus::Unknown) {
        let Some(shape) = mention.place.name.as_ref().and_then(|n| defined.get(n)) else { continue };
        let own = mention.place.clone();
        mention.place = Place { text: own.text, name: own.name, kind: own.kind, ..shape.clone() };
    }
}
