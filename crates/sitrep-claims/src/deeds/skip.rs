//! What tells no deed of its own: purposes, wishes, conditions, attributes, the same deed named twice.
//!
//! In: a token or the deeds of a passage. Out: a verdict. Never looks at other passages.

use sitrep_language::{Dep, Tag};

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::lexicon::frames::Kind;

/// Whether the token tells no deed as a verb or predicate.
pub(super) fn verb(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    let predicate = matches!(tree.dep(i), Dep::Acomp | Dep::Attr | Dep::Oprd | Dep::Root)
        && (tree.tag(i) == Tag::Jj || tree.tag(i) == Tag::Vbn || tree.tag(i) == Tag::Nn);
    if !tree.is_verb(i) && !predicate {
        return true;
    }
    if matches!(tree.dep(i), Dep::Aux | Dep::Auxpass | Dep::Compound | Dep::Punct)
        || tree.dep(i) == Dep::Amod && !tree.has(i, Dep::Prep)
    {
        return true;
    }
    if tree.raw(i).starts_with(|c: char| !c.is_alphabetic()) {
        return true;
    }
    unreal(scene, passage, i).is_some()
}

/// What keeps the verb from telling a deed: it is a purpose, a wish or inside an if-clause.
pub(crate) fn unreal(scene: &Scene<'_>, passage: usize, i: usize) -> Option<&'static str> {
    if purpose(scene, passage, i) {
        Some("purpose")
    } else if wished(scene, passage, i) {
        Some("wished")
    } else {
        conditional(scene, passage, i).then_some("if")
    }
}

/// "to reach the city": an infinitive of purpose, or what somebody is free, ready or ordered to do.
fn purpose(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    let first = tree.first_conjunct(i);
    let infinitive = |v: usize| {
        tree.tag(v) == Tag::Vb && tree.kids(v).iter().any(|&k| tree.dep(k) == Dep::Aux && tree.tag(k) == Tag::To)
    };
    // "to help defend": what hangs on a purpose is part of it.
    if matches!(tree.dep(first), Dep::Xcomp | Dep::Ccomp) && tree.head(first) != first {
        let above = tree.head(first);
        let bare = !tree.kids(first).iter().any(|&k| matches!(tree.dep(k), Dep::Mark) && tree.word(k) == "that");
        if bare && tree.is_verb(above) && tree.tag(first) == Tag::Vb && purpose(scene, passage, above) {
            return true;
        }
    }
    if !infinitive(first) {
        return false;
    }
    if tree.kids(first).iter().any(|&k| tree.dep(k) == Dep::Mark && tree.word(k) == "for") {
        return true;
    }
    match tree.dep(first) {
        Dep::Advcl | Dep::Relcl | Dep::Csubj => true,
        Dep::Acl => {
            // "the first to enter", "managed an attempt to": only nouns of success let the deed happen.
            let noun = tree.lemma(tree.head(first));
            !scene.lexicon.hedges.implies("attempt", noun)
        }
        Dep::Pobj | Dep::Pcomp => true,
        _ => false,
    }
}

/// "wanted to attack", "ready to storm".
fn wished(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    let first = tree.first_conjunct(i);
    if !matches!(tree.dep(first), Dep::Xcomp | Dep::Ccomp) {
        return false;
    }
    let governor = tree.lemma(tree.head(first));
    let hedges = &scene.lexicon.hedges;
    let to = tree.kids(first).iter().any(|&k| tree.dep(k) == Dep::Aux && tree.tag(k) == Tag::To);
    to && hedges.implies("wish", governor) && !hedges.implies("future", governor)
}

/// Inside an if-clause.
fn conditional(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    let marked = |v: usize| {
        tree.kids(v).iter().any(|&k| {
            matches!(tree.dep(k), Dep::Mark | Dep::Advmod)
                && matches!(
                    tree.word(k),
                    "if" | "unless" | "whether" | "lest" | "until" | "till" | "wherever" | "whenever"
                )
        })
    };
    marked(i) || tree.dep(tree.first_conjunct(i)) == Dep::Advcl && marked(tree.first_conjunct(i))
}

/// Drops a promise or refusal whose own clause tells a deed: "agreed to withdraw" is a withdrawal.
pub(super) fn yielding(scene: &Scene<'_>, deeds: &mut Vec<Deed>) {
    let yields = |d: &Deed| scene.lexicon.frames.frames.get(d.frame).is_some_and(|frame| frame.yields);
    let told: Vec<usize> = deeds.iter().filter(|d| !yields(d)).map(|d| d.trigger).collect();
    deeds.retain(|d| {
        let tree = &scene.trees[d.passage];
        let clause = |&k: &usize| matches!(tree.dep(k), Dep::Xcomp | Dep::Ccomp | Dep::Acl) && tree.is_verb(k);
        let clauses: Vec<usize> = tree.kids(d.trigger).iter().copied().filter(clause).collect();
        !yields(d) || tree.has(d.trigger, Dep::Dobj) || !told.iter().any(|&t| clauses.iter().any(|&k| tree.under(t, k)))
    });
}

/// Whether what the second deed hits was hit by the first already.
fn told_before(one: &Deed, two: &Deed) -> bool {
    two.things.iter().all(|thing| one.things.contains(thing))
}

/// Drops a deed told again by a word next to it: coordinated nouns of one kind, a verb and its own noun.
pub(super) fn repeated(scene: &Scene<'_>, deeds: &mut Vec<Deed>) {
    let mut drop = vec![false; deeds.len()];
    for b in 0..deeds.len() {
        for a in (0..b).rev().take(6) {
            if drop[a] || deeds[a].event != deeds[b].event {
                continue;
            }
            let tree = &scene.trees[deeds[b].passage];
            let (one, two) = (&deeds[a], &deeds[b]);
            let coordinated = two.kind == Kind::Noun
                && one.kind == Kind::Noun
                && tree.first_conjunct(two.trigger) == tree.first_conjunct(one.trigger);
            let own = two.arguments().filter(|&k| tree.under(k, two.trigger)).count();
            let shared = one.clause == two.clause && one.kind == Kind::Noun && two.kind == Kind::Noun;
            let nested = two.kind == Kind::Noun && tree.under(two.trigger, one.trigger) && own == 0;
            let verbs = one.kind == Kind::Verb
                && two.kind == Kind::Verb
                && tree.dep(two.trigger) == Dep::Conj
                && tree.head(two.trigger) == one.trigger
                && two.places.is_empty()
                && two.targets.is_empty()
                && !two.is("force.advanced");
            let argument = two.kind != one.kind && {
                let (noun, verb) =
                    if two.kind == Kind::Noun { (two.trigger, one.trigger) } else { (one.trigger, two.trigger) };
                tree.head(tree.first_conjunct(noun)) == verb
            };
            if argument {
                drop[if two.kind == Kind::Noun { b } else { a }] = true;
                continue;
            }
            let joined = verbs && two.places == one.places && two.victims.is_empty() && told_before(one, two);
            if (coordinated || shared) && own == 0 || nested || joined {
                drop[b] = true;
            }
        }
    }
    let mut index = 0;
    deeds.retain(|_| {
        index += 1;
        !drop[index - 1]
    });
}
