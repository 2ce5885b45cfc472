//! The whole of what a sentence says of where a deed happened: towns named together with the first, and the land they lie in.
//!
//! In: a deed's place and the mentions of its passage. Out: the place with all those words as its text. Its name and its point stay
//! those of the first.

use sitrep_language::Dep;
use sitrep_model::{Place, PlaceStatus};

use crate::actors::Scene;
use crate::place::{PlaceMention, PlaceUse};

/// So many words may describe a place before its land is named: "a port in northern", "the last army-held city in".
const LONGEST_DESCRIPTION: usize = 9;

/// Stretches the text of `place`, told in `passage` near token `at`.
pub(super) fn widen(scene: &Scene<'_>, passage: usize, at: usize, place: &mut Place) {
    let mentions: Vec<&PlaceMention> =
        scene.places_near(passage, at).filter(|m| m.usage == PlaceUse::Literal && !m.anchor_only).collect();
    let Some(first) = mentions.iter().position(|m| m.place.text == place.text) else { return };
    let own = mentions[first];
    if own.place.status == PlaceStatus::Relative {
        return;
    }
    let tree = &scene.trees[passage];
    let mut end = own.end;
    for next in &mentions[first + 1..] {
        if next.first < end
            || next.first - end > LONGEST_DESCRIPTION
            || tree.sentence(next.head) != tree.sentence(own.head)
        {
            break;
        }
        let beside = listed(scene, passage, own, next, end);
        if !(beside || holds(scene, passage, place, next, end)) {
            break;
        }
        end = next.end;
    }
    if end > own.end {
        place.text = tree.phrase(own.first, end - 1);
    }
}

/// "Tunis and Sfax": a place named together with the first.
fn listed(scene: &Scene<'_>, passage: usize, own: &PlaceMention, next: &PlaceMention, end: usize) -> bool {
    let tree = &scene.trees[passage];
    let tied = (end..next.first).all(|t| matches!(tree.word(t), "," | "and" | "or" | "&" | "the" | "in"));
    let told = next.place.status != PlaceStatus::Relative;
    tied && told && end < next.first && tree.first_conjunct(next.head) == tree.first_conjunct(own.head)
}

/// "Kuriga, in Kaduna state", "Palma, a port in northern Mozambique": the land it lies in.
fn holds(scene: &Scene<'_>, passage: usize, place: &Place, next: &PlaceMention, end: usize) -> bool {
    let tree = &scene.trees[passage];
    let wide = &scene.lexicon.whereabouts.kinds.wide;
    let part = next.place.relation.as_ref().is_some_and(|r| r.kind.as_deref() == Some("within"));
    let land = part || next.place.kind.as_deref().is_some_and(|kind| wide.contains(kind));
    let country = match (&place.country, &next.place.country) {
        (Some(own), Some(its)) => own == its,
        _ => true,
    };
    let Some(before) = next.first.checked_sub(1).filter(|b| *b >= end) else { return false };
    let mut tie = before;
    while tie > end && tree.word(tie) == "the" {
        tie -= 1;
    }
    let (opens, comma) = (tree.word(tie), tree.word(end) == ",");
    let straight = matches!(opens, "in" | "of" | ",") && (tie == end || comma && tie == end + 1);
    // "…, a port in …": what stands between describes the place and has no verb of its own.
    let described = comma
        && matches!(opens, "in" | "of")
        && matches!(tree.word(end + 1), "a" | "an" | "the")
        && (end + 1..tie).any(|t| scene.classes(passage, t).meets(scene.lexicon.classes.one("place")))
        && !(end + 1..tie).any(|t| tree.is_verb(t) && tree.dep(t) != Dep::Amod);
    land && country && (straight || described)
}
