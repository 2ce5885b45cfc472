//! What covers each token of a passage: names, places, times, peoples; so that asking costs the same in a long passage as in a
//! short one.
//!
//! In: a tree and the mentions found in its passage. Out: [`Cover`], and [`Scene`]'s look-ups by token and by sentence. Decides
//! nothing.

use std::cell::Cell;

use sitrep_language::EntityLabel;

use crate::actors::{Hit, Scene};
use crate::lexicon::classes::ClassSet;
use crate::place::{PlaceMention, PlaceUse};
use crate::tree::Tree;
use crate::when::TimeMention;

/// Per token and per sentence of one passage.
pub(super) struct Cover {
    hit: Vec<Option<u32>>,
    place: Vec<Option<u32>>,
    time: Vec<bool>,
    norp: Vec<bool>,
    /// Per sentence, the mentions that touch it, in the order they were found.
    places_in: Vec<Vec<u32>>,
    times_in: Vec<Vec<u32>>,
    /// What was worked out about a token before: with what it points back to, and by its own words.
    pub(super) classes: Vec<Cell<Option<ClassSet>>>,
    pub(super) own_classes: Vec<Cell<Option<ClassSet>>>,
}

impl Cover {
    pub(super) fn new(tree: &Tree<'_>, hits: &[Hit], places: &[PlaceMention], times: &[TimeMention]) -> Cover {
        let count = tree.len();
        let sentences = tree.analysis.sentences.len().max(1);
        let mut cover = Cover {
            hit: vec![None; count],
            place: vec![None; count],
            time: vec![false; count],
            norp: vec![false; count],
            places_in: vec![Vec::new(); sentences],
            times_in: vec![Vec::new(); sentences],
            classes: vec![Cell::new(None); count],
            own_classes: vec![Cell::new(None); count],
        };
        for (at, hit) in hits.iter().enumerate() {
            fill(&mut cover.hit, hit.first, hit.last + 1, at);
        }
        for (at, place) in places.iter().enumerate() {
            if place.usage == PlaceUse::Literal {
                fill(&mut cover.place, place.first, place.end, at);
            }
            list(&mut cover.places_in, tree, place.first, place.end, Some(place.head), at);
        }
        for (at, time) in times.iter().enumerate() {
            let end = time.end.min(count);
            cover.time[time.first.min(end)..end].fill(true);
            list(&mut cover.times_in, tree, time.first, time.end, None, at);
        }
        for entity in tree.analysis.entities.iter().filter(|e| e.label == EntityLabel::Norp) {
            let end = (entity.end as usize).min(count);
            cover.norp[(entity.first as usize).min(end)..end].fill(true);
        }
        cover
    }
}

/// Marks tokens `first..end`; what came before stays.
fn fill(slots: &mut [Option<u32>], first: usize, end: usize, at: usize) {
    let end = end.min(slots.len());
    for slot in &mut slots[first.min(end)..end] {
        *slot = slot.or(Some(at as u32));
    }
}

/// Enters a mention under every sentence it touches.
fn list(lists: &mut [Vec<u32>], tree: &Tree<'_>, first: usize, end: usize, head: Option<usize>, at: usize) {
    if first >= tree.len() {
        return;
    }
    let last = end.clamp(first + 1, tree.len()) - 1;
    let touched = tree.sentence(first)..=tree.sentence(last);
    let apart = head.filter(|&h| h < tree.len()).map(|h| tree.sentence(h)).filter(|s| !touched.contains(s));
    for sentence in touched.chain(apart) {
        if let Some(slot) = lists.get_mut(sentence) {
            slot.push(at as u32);
        }
    }
}

impl<'d> Scene<'d> {
    /// The name that covers token `i`.
    pub(crate) fn hit(&self, passage: usize, i: usize) -> Option<Hit> {
        self.covers[passage].hit[i].map(|at| self.hits[passage][at as usize])
    }

    /// The names that lie within tokens `first..=last`, in text order.
    pub(crate) fn hits_within(
        &self,
        passage: usize,
        first: usize,
        last: usize,
    ) -> impl DoubleEndedIterator<Item = Hit> {
        let hits = &self.hits[passage];
        let start = hits.partition_point(|hit| hit.first < first);
        let end = hits.partition_point(|hit| hit.last <= last).max(start);
        hits[start..end].iter().copied()
    }

    /// The place mention whose expression covers token `i`, as a place.
    pub(crate) fn place_at(&self, passage: usize, i: usize) -> Option<&'d PlaceMention> {
        self.covers[passage].place[i].map(|at| &self.places[passage][at as usize])
    }

    /// The place mentions that touch the sentence of token `i`, in text order.
    pub(crate) fn places_near(&self, passage: usize, i: usize) -> impl Iterator<Item = &'d PlaceMention> {
        let mentions = &self.places[passage];
        let sentence = self.trees[passage].sentence(i);
        self.covers[passage].places_in[sentence].iter().map(|&at| &mentions[at as usize])
    }

    /// The time mentions that touch the sentence of token `i`, in text order.
    pub(crate) fn times_near(&self, passage: usize, i: usize) -> impl Iterator<Item = &'d TimeMention> {
        let mentions = &self.times[passage];
        let sentence = self.trees[passage].sentence(i);
        self.covers[passage].times_in[sentence].iter().map(|&at| &mentions[at as usize])
    }

    /// Whether token `i` is a unit of time.
    pub(crate) fn is_time_noun(&self, passage: usize, i: usize) -> bool {
        self.lexicon.whereabouts.nouns.time.contains(self.trees[passage].lemma(i))
    }

    /// Whether token `i` is part of a time expression.
    pub(crate) fn is_time(&self, passage: usize, i: usize) -> bool {
        self.covers[passage].time[i]
    }

    /// Whether the parser takes the token for a people, a creed or a party.
    pub(super) fn norp(&self, passage: usize, i: usize) -> bool {
        self.covers[passage].norp[i]
    }
}
