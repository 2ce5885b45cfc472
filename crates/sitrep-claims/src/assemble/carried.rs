//! Places carried on: "In Mogadishu a car bomb went off beside the market. At least three people died." died there too.
//!
//! In: what is told, in text order. Out: the same, some with the place of what was told just before. Only within a paragraph, only where
//! the sentence names no place itself, and noted on the claim.

use sitrep_model::Voice;

use crate::actors::Scene;
use crate::assemble::Told;
use crate::assemble::logged::Entries;
use crate::place::PlaceUse;

/// What happens where the act told before it happened.
const FOLLOWING: [&str; 10] = [
    "casualties.killed",
    "casualties.wounded",
    "equipment.destroyed",
    "equipment.captured",
    "detention.arrested",
    "infrastructure.damaged",
    "looting",
    "civilians.attacked",
    "civilians.abducted",
    "civilians.evacuated",
];

/// What may be followed: acts of violence and of taking ground.
const FAMILIES: [&str; 16] = [
    "attack",
    "air_strike",
    "drone_strike",
    "shelling",
    "explosive",
    "suicide_attack",
    "grenade",
    "chemical_attack",
    "clash",
    "riot",
    "casualties",
    "territory",
    "civilians",
    "operation",
    "looting",
    "infrastructure",
];

/// How many sentences before are looked at.
const REACH_SENTENCES: usize = 2;

/// Gives deeds without a place that of the act they follow.
pub(super) fn carry(scene: &Scene<'_>, told: &mut [Told], entries: &Entries) {
    for b in 1..told.len() {
        let (before, rest) = told.split_at_mut(b);
        let this = &mut rest[0];
        let passage = this.deed.passage;
        let tree = &scene.trees[passage];
        let named = this.places.place.is_some() || this.places.origin.is_some() || this.places.destination.is_some();
        let follows = FOLLOWING.contains(&this.deed.event.as_str()) && tree.passage.voice != Voice::Comment;
        let sentence = tree.sentence(this.deed.trigger);
        if named || !follows || this.mood.future || names_place(scene, passage, this.deed.trigger) {
            continue;
        }
        // What another entry of a log or list tells happened elsewhere.
        let entry = entries.of(passage, this.deed.trigger);
        let near = before.iter().rev().take_while(|other| {
            other.deed.passage == passage
                && entries.of(passage, other.deed.trigger) == entry
                && sentence.saturating_sub(tree.sentence(other.deed.trigger)) <= REACH_SENTENCES
        });
        let donor = near
            .into_iter()
            .find(|other| FAMILIES.contains(&other.deed.event.family()) && other.places.place.is_some());
        if let Some(donor) = donor {
            this.places.place = donor.places.place.clone();
            this.places.carried = true;
        }
    }
}

/// Whether the sentence of token `i` names a place of its own.
fn names_place(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    let sentence = tree.sentence(i);
    scene
        .places_near(passage, i)
        .any(|m| m.usage == PlaceUse::Literal && !m.anchor_only && tree.sentence(m.head) == sentence)
}
