//! Whether the arguments of a word fit what a frame asks for.
//!
//! In: a frame and the candidate subject and object. Out: a score, or nothing when it does not fit.

use sitrep_language::{Dep, Tag};

use crate::actors::Scene;
use crate::lexicon::actors::Named;
use crate::lexicon::classes::ClassSet;
use crate::lexicon::frames::{Frame, Kind, Role, Sense};

/// The arguments a verb offers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Offer {
    /// Surface subject.
    pub(super) subject: Option<usize>,
    /// Who does it: the subject of an active verb, the "by" phrase of a passive.
    pub(super) doer: Option<usize>,
    /// To what it is done.
    pub(super) object: Option<usize>,
    /// A clause in object position.
    pub(super) clause: Option<usize>,
    pub(super) passive: bool,
}

/// How well the offer fits; `None` when it does not.
pub(super) fn score(scene: &Scene<'_>, passage: usize, sense: &Sense, frame: &Frame, offer: Offer) -> Option<usize> {
    let classes = |i: usize| scene.classes(passage, i);
    let mut score = 0;
    let subject = if frame.subject == Role::Place || sense.patient { offer.subject } else { offer.doer };
    match (subject, frame.subject_is) {
        (Some(i), Some(set)) => {
            if !meets(scene, passage, i, set) {
                return None;
            }
            // What only a few kinds of subject can do says more than what any body does.
            score += if set.meets(scene.lexicon.classes.one("actor")) { 2 } else { 5 };
        }
        (None, Some(set)) if !set.meets(scene.lexicon.classes.one("actor")) => return None,
        (None, Some(_)) if !offer.passive && offer.object.is_none() && offer.clause.is_none() => return None,
        _ => {}
    }
    if subject.is_some_and(|i| {
        classes(i).meets(frame.subject_is_not) && !classes(i).meets(scene.lexicon.classes.one("actor"))
    }) {
        return None;
    }
    let common = |i: usize| scene.trees[passage].is_noun(i) && !scene.trees[passage].is_proper(i);
    if subject.is_some_and(|i| common(i) && classes(i).meets(frame.subject_never)) {
        return None;
    }
    if sense.patient && !subject.zip(frame.object_is).is_some_and(|(i, set)| meets(scene, passage, i, set)) {
        return None;
    }
    let optional = frame.object_optional || sense.object_optional;
    // "succumbed to his injuries": what it was done to is the subject.
    let (object, clause) = if sense.patient { (None, None) } else { (offer.object, offer.clause) };
    match (object, clause, frame.object_is) {
        (Some(i), _, Some(set)) => {
            // "The army denied it": what was said before.
            let said = frame.object == Role::About && matches!(scene.trees[passage].word(i), "it" | "this" | "that");
            if !said && !meets(scene, passage, i, set) {
                return None;
            }
            score += 3;
        }
        (None, Some(clause), Some(set)) if !(sense.object_optional && sense.pattern.is_whole()) => {
            let fits = clause_score(scene, passage, set, clause, frame.event.as_str() == "statement.denied");
            // "had fled leaving its dead behind": a participle beside is no content.
            let beside = optional && scene.trees[passage].tag(clause) == Tag::Vbg;
            score += fits.or_else(|| beside.then_some(0))?;
        }
        (None, _, Some(_)) if !optional => return None,
        _ => {}
    }
    let state = |i: usize| matches!(scene.hit(passage, i).map(|hit| hit.named), Some(Named::State(_)));
    if frame.object == Role::Mover && offer.object.is_some_and(|o| state(o) && scene.trees[passage].is_proper(o)) {
        return None;
    }
    let known = |o: usize| {
        scene.trees[passage].has_det(o, &["the", "these", "those"]) && !scene.trees[passage].has(o, Dep::Prep)
    };
    if frame.new_only && offer.object.is_some_and(known) {
        return None;
    }
    if let Some(object) = offer.object {
        let set = classes(object);
        if set.meets(frame.object_never) || frame.common_object && scene.trees[passage].is_proper(object) {
            return None;
        }
        if set.meets(frame.object_is_not)
            && !frame
                .object_is
                .is_some_and(|wanted| set.without(frame.object_is_not).meets(wanted.without(generic(scene))))
        {
            return None;
        }
        if frame.object == Role::Event && own(scene, passage, object) {
            return None;
        }
    }
    if let Some(set) = frame.any_of {
        let any =
            [offer.subject, offer.object, offer.doer].into_iter().flatten().any(|i| meets(scene, passage, i, set));
        if !any {
            return None;
        }
        score += 4;
    }
    Some(score)
}

/// Classes that nearly every noun phrase about people has; they excuse nothing.
fn generic(scene: &Scene<'_>) -> ClassSet {
    scene.lexicon.classes.one("actor").with(scene.lexicon.classes.one("bare"))
}

/// Whether the phrase headed by `i`, or one coordinated with it, has one of the classes.
fn meets(scene: &Scene<'_>, passage: usize, i: usize, set: ClassSet) -> bool {
    let tree = &scene.trees[passage];
    let proper_place = scene.place_at(passage, i).is_some() && set.meets(scene.lexicon.classes.one("place"));
    proper_place || tree.conjuncts(i).into_iter().take(4).any(|k| scene.classes(passage, k).meets(set))
}

/// A clause stands for an object: "plans to storm the base".
fn clause_score(scene: &Scene<'_>, passage: usize, set: ClassSet, clause: usize, denial: bool) -> Option<usize> {
    let classes = &scene.lexicon.classes;
    if set.meets(classes.one("clause_any")) && unreal(scene, passage, clause) {
        return Some(1);
    }
    if set.meets(classes.one("clause")) || set.meets(classes.one("clause_violent")) {
        let tree = &scene.trees[passage];
        let known = || scene.lexicon.frames.senses(tree.lemma(clause)).any(|sense| sense.kind == Kind::Verb);
        // What is denied need not be violent: "denied that it supplied them".
        return (violent(scene, tree.lemma(clause)) || denial && known()).then_some(3);
    }
    None
}

/// Whether the clause tells what shall be: "to leave", "that it leave", "that it will leave".
fn unreal(scene: &Scene<'_>, passage: usize, clause: usize) -> bool {
    let tree = &scene.trees[passage];
    let finite = matches!(tree.tag(clause), Tag::Vbd | Tag::Vbn | Tag::Vbz);
    let modal = |k: usize| matches!(tree.dep(k), Dep::Aux | Dep::Auxpass) && matches!(tree.tag(k), Tag::Md | Tag::To);
    tree.is_verb(clause) && !finite || tree.kids(clause).iter().any(|&k| modal(k))
}

/// Whether the verb tells an act of war.
pub(super) fn violent(scene: &Scene<'_>, lemma: &str) -> bool {
    const ACTS: [&str; 9] = [
        "attack",
        "territory.captured",
        "territory.entered",
        "air_strike",
        "shelling",
        "casualties.killed",
        "force.advanced",
        "operation.launched",
        "territory.besieged",
    ];
    let frames = &scene.lexicon.frames;
    frames
        .senses(lemma)
        .any(|sense| sense.pattern.words() == 1 && ACTS.contains(&frames.frames[sense.frame].event.as_str()))
        || scene.lexicon.support.is(lemma, crate::lexicon::Carry::Launches)
        || matches!(
            lemma,
            "carry"
                | "conduct"
                | "destroy"
                | "retaliate"
                | "respond"
                | "crush"
                | "eliminate"
                | "continue"
                | "fight"
                | "avenge"
        )
}

/// "its offensive" as the object of the one who leads it.
fn own(scene: &Scene<'_>, passage: usize, object: usize) -> bool {
    let tree = &scene.trees[passage];
    tree.kids(object).iter().any(|&k| tree.dep(k) == Dep::Poss && tree.tag(k) == Tag::PrpPoss)
}
