//! Deeds told by verbs and predicates.
//!
//! In: a verb. Out: a [`Deed`] with its arguments, or nothing when no frame fits.

use sitrep_language::{Dep, Tag};

use crate::actors::Scene;
use crate::deeds::check::{Offer, score};
use crate::deeds::fill::{DEEPEST, Filler};
use crate::deeds::{Deed, best};
use crate::lexicon::frames::{Frame, Kind, Sense};
use crate::lexicon::pattern::Found;

/// The deed told by token `i` as a verb or predicate.
pub(super) fn deed(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Deed> {
    let tree = &scene.trees[passage];
    let verb = tree.is_verb(i);
    // The lemmatizer makes "rap" of "raped".
    let silent = tree.word(i).strip_suffix('d').filter(|stem| stem.ends_with('e'));
    let mut keys = vec![tree.lemma(i)];
    if tree.tag(i) == Tag::Vbn && tree.word(i) != tree.lemma(i) {
        keys.push(tree.word(i));
    }
    keys.extend(silent.filter(|&stem| stem != tree.lemma(i)));
    let rate = |sense: &Sense, frame: &Frame| {
        if sense.kind == Kind::Verb && !verb || sense.kind == Kind::Adjective && !is_predicate(scene, passage, i) {
            return None;
        }
        let found = sense.pattern.find(tree, i)?;
        if sense.kind == Kind::Verb
            && tree.kids(i).iter().any(|&k| {
                tree.dep(k) == Dep::Prt && !found.covered.contains(&k) && k + 1 < tree.len() && tree.word(k + 1) != "to"
            })
        {
            return None;
        }
        let offer = offer(scene, passage, i, sense, &found);
        if sense.only_negated && !negated(scene, passage, i) {
            return None;
        }
        Some((score(scene, passage, sense, frame, offer)?, (found, offer)))
    };
    let (fit, (found, offer)) = best(scene, &keys, &[Kind::Verb, Kind::Adjective], rate)?;
    if fit.frame.needs_relation {
        return None;
    }
    let clause = if fit.sense.kind == Kind::Adjective && !verb { tree.governing_verb(i).unwrap_or(i) } else { i };
    let mut deed = Deed::new(passage, i, clause, fit.sense.frame, fit.frame.event, fit.sense.kind);
    deed.again = fit.sense.again || repeated(scene, passage, i);
    deed.negates = fit.frame.negates;
    deed.covered = found.covered.clone();
    if let Some(set) = fit.frame.any_of {
        let all = [offer.subject, offer.object].into_iter().flatten();
        deed.covered.extend(all.filter(|&k| scene.classes(passage, k).meets(set)));
    }
    Filler { scene, frame: fit.frame, sense: fit.sense, deed: &mut deed, left: DEEPEST }.verb(offer, &found);
    if fit.frame.needs_place && deed.places.is_empty() || fit.frame.needs_actor && deed.actors.is_empty() {
        return None;
    }
    Some(deed)
}

/// "is finished", "are besieged": a predicate of a copula.
fn is_predicate(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    matches!(tree.dep(i), Dep::Acomp | Dep::Attr | Dep::Oprd)
        || tree.tag(i) == Tag::Vbn && tree.has(i, Dep::Auxpass)
        || tree.dep(i) == Dep::Root && !tree.is_verb(i)
}

fn negated(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    tree.negated(i) || tree.subject_negated(i)
}

/// "again", "once more", "re-".
fn repeated(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    tree.kids(i).iter().any(|&k| tree.dep(k) == Dep::Advmod && tree.word(k) == "again")
}

/// What the verb offers to the frame.
fn offer(scene: &Scene<'_>, passage: usize, i: usize, sense: &Sense, found: &Found) -> Offer {
    let tree = &scene.trees[passage];
    let passive = tree.passive(i) && sense.kind == Kind::Verb;
    let subject = tree.subject(i);
    let dobj = tree.object(i).filter(|o| !found.covered.contains(o)).or_else(|| dative(scene, passage, i));
    let dobj = dobj.or_else(|| measured(scene, passage, i, found));
    let object = if found.ends_in_prep {
        found.governed
    } else if passive {
        subject.filter(|s| !found.covered.contains(s))
    } else {
        dobj
    };
    let doer = if passive { tree.agent(i) } else { subject };
    let clause = tree.kids(i).iter().copied().find(|&k| matches!(tree.dep(k), Dep::Xcomp | Dep::Ccomp)).or_else(|| {
        let prep = tree
            .kids(i)
            .iter()
            .copied()
            .find(|&k| tree.dep(k) == Dep::Prep && matches!(tree.word(k), "of" | "for" | "from" | "on"));
        prep.and_then(|p| tree.kid(p, Dep::Pcomp)).filter(|&v| tree.is_verb(v))
    });
    let relative = (tree.dep(i) == Dep::Relcl && object.is_none() && !passive && sense.pattern.after.is_empty())
        .then(|| tree.head(i))
        .filter(|&h| tree.is_noun(h) && !tree.kids(i).iter().any(|&k| tree.is_relative(k)) && subject != Some(h));
    Offer { subject, doer, object: object.or(relative), clause, passive }
}

/// "left five dead", "displaced 5,000 people": people the parser does not call an object.
fn measured(scene: &Scene<'_>, passage: usize, i: usize, found: &Found) -> Option<usize> {
    let tree = &scene.trees[passage];
    let counted = |k: usize| tree.has(k, Dep::Nummod);
    let adverbial = tree.kids(i).iter().copied().find(|&k| {
        k > i
            && tree.dep(k) == Dep::Npadvmod
            && counted(k)
            && scene.classes(passage, k).meets(scene.lexicon.classes.one("civilian"))
    });
    found.covered.iter().copied().find(|&k| tree.tag(k) == Tag::Jj && counted(k)).or(adverbial)
}

/// "provide the army with": the parser sometimes calls the receiver a dative.
fn dative(scene: &Scene<'_>, passage: usize, i: usize) -> Option<usize> {
    let tree = &scene.trees[passage];
    tree.kids(i).iter().copied().find(|&k| tree.dep(k) == Dep::Dative && tree.is_noun(k))
}
