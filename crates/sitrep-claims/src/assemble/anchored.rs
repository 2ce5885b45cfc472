//! Times told by another deed, once that deed's day is known: "two days after the fall of Ostrel".
//!
//! In: all deeds of a document with their times. Out: the same, with days where the document tells the other deed's day. Otherwise the
//! relation stays as it was told. No day after the day of writing is given to what has happened.

use jiff::civil::Date;
use sitrep_model::Anchor;

use super::Told;
use crate::actors::Scene;
use crate::attach::relation::{self, Relation};
use crate::attach::time::{Clock, From};
use crate::deeds::Deed;

/// Gives days to the times that hang on another deed of the document.
pub(super) fn anchor(scene: &Scene<'_>, told: &mut [Told], clock: &Clock, deeds: &[Vec<Deed>]) {
    for at in 0..told.len() {
        let this = &told[at];
        if !matches!(&this.time, Some((time, From::Relation)) if time.from.is_none() && time.to.is_none()) {
            continue;
        }
        let others = &deeds[this.deed.passage];
        let Some(relation) = relation::relation(scene, &this.deed, others) else { continue };
        let Some(base) = base(scene, told, at, &relation, others) else { continue };
        let Some((from, to)) = relation.days_from(base) else { continue };
        let written = clock.written_of(scene, this.deed.passage);
        if !this.mood.future && written.is_some_and(|day| from > day) {
            continue;
        }
        let to = written.filter(|_| !this.mood.future).map_or(to, |day| to.min(day));
        if let Some((time, _)) = &mut told[at].time {
            (time.from, time.to) = (Some(from), Some(to));
            time.anchor = Anchor::Previous;
            time.precision = crate::when::precision(Some(from), Some(to));
        }
    }
}

/// The one day of the deed a relation points at: told there, or anywhere in the document of the same kind of deed at the same place.
fn base(scene: &Scene<'_>, told: &[Told], at: usize, relation: &Relation, others: &[Deed]) -> Option<Date> {
    let this = &told[at];
    let day = |one: &Told| {
        let (time, from) = one.time.as_ref().filter(|(_, from)| !matches!(from, From::Report | From::Speaker))?;
        let exact = time.from.filter(|_| time.from == time.to)?;
        (!matches!(from, From::Narrative)).then_some(exact)
    };
    let tree = &scene.trees[this.deed.passage];
    let phrase = relation.joint + 1..relation.end;
    let reference = relation::reference(relation, &this.deed, others);
    let same = reference.and_then(|r| told.iter().find(|t| t.deed.passage == r.passage && t.deed.trigger == r.trigger));
    if let Some(day) = same.and_then(day) {
        return Some(day);
    }
    let code = reference.map(|r| r.event.family().to_owned());
    let code = code.or_else(|| phrase.clone().find_map(|i| scene.lexicon.named_events.get(tree.lemma(i)).cloned()))?;
    let named = tree.phrase(relation.joint, relation.end - 1).to_lowercase();
    // Without a place in the words, "the offensive" is the only one told of.
    let placed = phrase.clone().any(|i| scene.place_at(this.deed.passage, i).is_some());
    let here = |one: &Told| {
        let place = one.places.place.as_ref().or(one.places.destination.as_ref());
        !placed
            || place.is_some_and(|p| {
                let words = p.name.as_deref().unwrap_or(&p.text).to_lowercase();
                words.len() > 2 && named.contains(&words)
            })
    };
    let alike = |one: &&Told| {
        one.deed.event.as_str().starts_with(&code)
            && (one.deed.passage, one.deed.trigger) != (this.deed.passage, this.deed.trigger)
    };
    let mut days: Vec<Date> = told.iter().filter(alike).filter(|t| here(t)).filter_map(day).collect();
    days.sort_unstable();
    days.dedup();
    // Two days for one deed: nobody can count from both.
    if days.len() == 1 { days.first().copied() } else { None }
}
