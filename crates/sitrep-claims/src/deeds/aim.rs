//! Whom words are aimed at when grammar names nobody: "threatened to shut the pipeline to the republic", "protested the arrests by
//! the junta".
//!
//! In: a deed of words, protest or statecraft without a target. Out: the nearest body its content names, put among the targets. Never
//! takes one of the deed's own actors, a place as such, or what only a relative clause tells.

use std::collections::VecDeque;

use sitrep_language::{Dep, EntityLabel, Tag};

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::lexicon::actors::Named;

/// How far below the trigger is looked, in steps and in tokens seen.
const DEEPEST: usize = 8;
const MOST_SEEN: usize = 80;

/// Gives the deed the body its content is about.
pub(super) fn aim(scene: &Scene<'_>, deed: &mut Deed) {
    if !aims(deed) || !deed.targets.is_empty() || several(scene, deed) {
        return;
    }
    let inside = |&i: &usize| !scene.inside(deed.passage, i, 2).is_empty();
    if deed.targets_inside.iter().any(inside) {
        return;
    }
    if let Some(body) = nearest(scene, deed) {
        deed.targets.push(body);
    }
}

/// Deeds that are done to somebody even when only their content says to whom.
fn aims(deed: &Deed) -> bool {
    matches!(
        deed.event.as_str(),
        "statement.promised"
            | "statement.rejected"
            | "statement.threatened"
            | "statement.demanded"
            | "statement.accused"
            | "concession"
            | "restriction"
            | "sanction"
            | "investigation"
            | "support.political"
            | "protest"
            | "riot"
            | "aid.delivered"
            | "cooperation"
    )
}

/// Two bodies that promise something promise it to each other.
fn several(scene: &Scene<'_>, deed: &Deed) -> bool {
    let tree = &scene.trees[deed.passage];
    let joined = |&i: &usize| tree.conjuncts(i).iter().filter(|&&k| scene.is_actor(deed.passage, k)).count() > 1;
    matches!(deed.event.as_str(), "statement.promised" | "cooperation")
        && (deed.actors.len() > 1 || deed.actors.iter().any(joined))
}

/// The body nearest below the trigger, level by level.
fn nearest(scene: &Scene<'_>, deed: &Deed) -> Option<usize> {
    let tree = &scene.trees[deed.passage];
    let mut queue: VecDeque<(usize, usize)> = VecDeque::from([(deed.trigger, 0)]);
    let mut seen = 0;
    while let Some((at, depth)) = queue.pop_front() {
        for &k in tree.kids(at) {
            seen += 1;
            if seen > MOST_SEEN {
                return None;
            }
            if !leads(scene, deed, at, k) {
                continue;
            }
            if names_body(scene, deed, k) {
                return Some(k);
            }
            if depth < DEEPEST {
                queue.push_back((k, depth + 1));
            }
        }
    }
    None
}

/// Whether the content goes on in `k`, below `at`.
fn leads(scene: &Scene<'_>, deed: &Deed, at: usize, k: usize) -> bool {
    let tree = &scene.trees[deed.passage];
    let modifier = matches!(tree.dep(k), Dep::Poss | Dep::Compound | Dep::Amod | Dep::Nmod);
    if k < deed.trigger && (at == deed.trigger || !modifier) || scene.is_time(deed.passage, k) {
        return false;
    }
    match tree.dep(k) {
        Dep::Conj if at == deed.trigger && tree.is_verb(k) => false,
        Dep::Dobj if at == deed.trigger && deed.is("aid.delivered") => false,
        Dep::Prep | Dep::Dative | Dep::Agent => {
            let away =
                matches!(tree.word(k), "according" | "despite" | "since" | "until" | "during" | "like" | "unlike");
            let spot = matches!(
                tree.word(k),
                "in" | "at"
                    | "near"
                    | "inside"
                    | "outside"
                    | "around"
                    | "across"
                    | "off"
                    | "along"
                    | "over"
                    | "through"
                    | "into"
                    | "towards"
                    | "toward"
            );
            let place = || tree.prep_object(k).is_some_and(|o| scene.place_at(deed.passage, o).is_some());
            // "complained to the council": who listens is not who is blamed.
            let listener =
                at == deed.trigger && tree.word(k) == "to" && matches!(tree.lemma(at), "complain" | "protest");
            let victim = deed.is("statement.accused")
                && matches!(tree.word(k), "on" | "against" | "at")
                && scene.classes(deed.passage, at).meets(scene.lexicon.classes.one("attack"));
            !(away || listener || victim || spot && place())
        }
        Dep::Advcl => !tree.kids(k).iter().any(|&m| tree.dep(m) == Dep::Mark && tree.word(m) != "for"),
        Dep::Nsubj | Dep::Nsubjpass => at != deed.trigger && at != deed.clause,
        Dep::Dobj
        | Dep::Pobj
        | Dep::Pcomp
        | Dep::Xcomp
        | Dep::Ccomp
        | Dep::Acl
        | Dep::Acomp
        | Dep::Attr
        | Dep::Oprd
        | Dep::Conj
        | Dep::Appos
        | Dep::Poss
        | Dep::Compound
        | Dep::Amod
        | Dep::Nmod
        | Dep::Prt => true,
        _ => false,
    }
}

/// Whether `k` is a body other than the deed's own.
fn names_body(scene: &Scene<'_>, deed: &Deed, k: usize) -> bool {
    let tree = &scene.trees[deed.passage];
    let civilian = || scene.classes(deed.passage, k).meets(scene.lexicon.classes.one("civilian"));
    let taken = deed.actors.contains(&k) || deed.covered.contains(&k) && !civilian();
    if taken || landmark(scene, deed.passage, k) || matches!(tree.tag(k), Tag::Prp | Tag::PrpPoss | Tag::Wp | Tag::Wdt)
    {
        return false;
    }
    if let Some(hit) = scene.hit(deed.passage, k) {
        return scene.tie(deed.passage, hit).is_none() && !own(scene, deed, hit.named);
    }
    let classes = &scene.lexicon.classes;
    let set = scene.classes(deed.passage, k);
    let body = ["actor", "force", "fighter", "person", "civilian", "captive"];
    let modifier = matches!(tree.dep(k), Dep::Compound | Dep::Amod | Dep::Nmod);
    let other = ["place", "attack", "agreement", "talk", "demand", "support", "aid", "weapon", "report", "protest_act"];
    let owned = tree.kids(k).iter().any(|&m| tree.dep(m) == Dep::Poss && tree.tag(m) == Tag::PrpPoss);
    tree.is_noun(k)
        && !modifier
        && !owned
        && !matches!(
            tree.lemma(k),
            "people" | "person" | "troop" | "inspector" | "personnel" | "force" | "side" | "party"
        )
        && scene.place_at(deed.passage, k).is_none()
        && body.iter().any(|name| set.meets(classes.one(name)))
        && (tree.is_proper(k) || !other.iter().any(|name| set.meets(classes.one(name))))
}

/// Whether the parser takes the name for a river, a range, a building.
fn landmark(scene: &Scene<'_>, passage: usize, k: usize) -> bool {
    let entities = &scene.trees[passage].analysis.entities;
    let at = k as u32;
    let over = entities.partition_point(|e| e.end <= at);
    entities.get(over).is_some_and(|e| e.first <= at && matches!(e.label, EntityLabel::Loc | EntityLabel::Fac))
}

/// Whether the name is one of the deed's own actors, or stands in their words ("the Norlandian envoy").
fn own(scene: &Scene<'_>, deed: &Deed, named: Named) -> bool {
    let tree = &scene.trees[deed.passage];
    let heads = deed.actors.iter().chain(&deed.actors_inside);
    heads.flat_map(|&i| tree.conjuncts(i)).any(|i| {
        let (first, last) = tree.noun_phrase(i);
        scene.hits_within(deed.passage, first, last).any(|hit| hit.named == named)
    })
}
