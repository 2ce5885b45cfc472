//! Meaning: one document in, its claims out. Who did what to whom, where, when, according to whom and how sure.
//!
//! In: a [`Document`] and a [`Kit`] (language engine, lexicons, gazetteer, actors). Out: claims with their evidence, and notes.
//! Pure: never touches a file, a clock, the network or another document.

mod actors;
mod assemble;
mod attach;
mod case;
mod coded;
mod dateline;
mod deeds;
mod entities;
mod factual;
#[cfg(test)]
mod hostile;
mod kit;
mod lexicon;
mod mend;
mod mentions;
mod modality;
mod parse;
mod place;
mod quantity;
mod said;
#[cfg(test)]
mod tests;
mod tree;
mod when;

use sitrep_model::{Claim, Document, Label, Noted};

pub use coded::coded;
pub use entities::{EntityKind, entities};
pub use factual::{Certain, certain_at};
pub use kit::{Kit, KitError};
pub use lexicon::actors::{OddRow, OwnRows};
pub use mentions::{Mentions, PlaceSaid, decisions, mentions, places_at, scored_at, times};
pub use place::{
    Considered, CountryMap, Decision, MorePlace, MorePlaces, PlaceStage, PlaceUse, Scored, outlines, place_kinds,
    places_called, related_keys, spelling_keys, weight_names,
};
pub use when::TimeReader;

/// The claims of `document`, in text order. Comments set apart as spam are passed over; every other voice is kept apart by
/// [`Claim::voice`]. Cannot fail: odd text gives fewer claims.
#[must_use]
pub fn claims(kit: &Kit, document: &Document) -> Noted<Vec<Claim>> {
    let passages = parse::parse(kit, document);
    let times = kit.when.mentions(document, &passages);
    let places = place::places(&kit.gazetteer, document, &passages);
    let trees: Vec<tree::Tree<'_>> = passages.iter().map(|p| tree::Tree::new(p, p.text(document))).collect();
    let scene = actors::Scene::new(&kit.lexicon, &kit.kinds, &trees, &places, &times);
    let deeds: Vec<Vec<deeds::Deed>> = (0..trees.len())
        .map(|at| if spam(document, &passages[at]) { Vec::new() } else { deeds::find(&scene, at) })
        .collect();
    let clock = attach::time::Clock {
        written: document.published.as_ref().map(|p| p.date),
        comments: document.comments.iter().map(|comment| comment.date).collect(),
    };
    Noted::plain(assemble::claims(&scene, document, &clock, &deeds))
}

fn spam(document: &Document, passage: &parse::Passage) -> bool {
    passage
        .comment
        .and_then(|index| document.comments.get(index))
        .is_some_and(|comment| comment.labels.contains(&Label::Spam))
}
