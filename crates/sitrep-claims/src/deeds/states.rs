//! States told by "to be": where a force stands, where a place lies.
//!
//! In: a copula. Out: a [`Deed`] of type `force.position` or `static.location` when a told relation to a place is its complement.

use sitrep_language::Dep;
use sitrep_model::EventType;

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::lexicon::frames::{Kind, Role};

/// The state told by the verb `i`.
pub(super) fn deed(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Deed> {
    let tree = &scene.trees[passage];
    if !matches!(
        tree.lemma(i),
        "be" | "remain"
            | "stay"
            | "stand"
            | "lie"
            | "sit"
            | "locate"
            | "situate"
            | "station"
            | "position"
            | "base"
            | "entrench"
            | "hole"
    ) || tree.has(i, Dep::Auxpass) && tree.lemma(i) == "be"
    {
        return None;
    }
    let subject = tree.subject(i)?;
    let mention = scene.places[passage].iter().find(|m| {
        !m.anchor_only && !tree.under(m.head, subject) && m.first > subject && attached(scene, passage, m.head, i)
    })?;
    let told = mention.place.relation.as_ref().is_some_and(|r| r.distance_km.is_some() || r.bearing.is_some());
    let body = scene.is_actor(passage, subject)
        && (scene.place_at(passage, subject).is_none() || scene.hit(passage, subject).is_some());
    let place = scene.place_at(passage, subject).is_some()
        || scene.classes(passage, subject).meets(scene.lexicon.classes.one("place"));
    let complement = told
        || tree.lemma(i) != "be"
        || tree.kids(i).iter().any(|&k| matches!(tree.word(k), "already" | "now" | "still"));
    let code = if body && complement && !tree.has(i, Dep::Attr) && !tree.has(i, Dep::Acomp) {
        "force.position"
    } else if place && told && !body {
        "static.location"
    } else {
        return None;
    };
    let mut deed = Deed::new(passage, i, i, usize::MAX, EventType::from_code(code)?, Kind::Verb);
    if body {
        deed.actors.push(subject);
        deed.places.push((mention.head, Role::Place));
    } else {
        deed.places.push((subject, Role::Place));
        deed.places.push((mention.head, Role::None));
    }
    Some(deed)
}

/// Whether the mention headed by `head` is the complement of `verb`: below it, no other verb between.
fn attached(scene: &Scene<'_>, passage: usize, head: usize, verb: usize) -> bool {
    let tree = &scene.trees[passage];
    for above in tree.ancestors(head) {
        if above == verb {
            return true;
        }
        if tree.is_verb(above) || matches!(tree.dep(above), Dep::Nsubj | Dep::Nsubjpass | Dep::Relcl) {
            return false;
        }
    }
    false
}
