//! Deeds that are only the content of other deeds: what is promised, asked for, offered, allowed, talked about, or hangs on a condition.
//!
//! In: the deeds of a passage. Out: the same without those. Never looks at other passages.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_language::{Dep, Tag};
use sitrep_model::Voice;

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::lexicon::frames::Kind;
use crate::tree::Tree;

/// Drops a promise or refusal whose own clause tells a deed: "agreed to withdraw" is a withdrawal.
pub(super) fn yielding(scene: &Scene<'_>, deeds: &mut Vec<Deed>) {
    let yields = |d: &Deed| scene.lexicon.frames.frames.get(d.frame).is_some_and(|frame| frame.yields);
    // "refused to commit itself": the refusal is the act.
    let first: BTreeSet<usize> = deeds.iter().filter(|d| yields(d)).map(|d| d.trigger).collect();
    deeds.retain(|d| {
        let tree = &scene.trees[d.passage];
        let inner = matches!(tree.dep(d.trigger), Dep::Xcomp) && first.contains(&tree.head(d.trigger));
        !(yields(d) && inner)
    });
    // "agreed that the dispute should be settled": what ought to be is not told on its own.
    let ought = |d: &Deed| {
        let tree = &scene.trees[d.passage];
        tree.kids(d.clause)
            .iter()
            .any(|&k| tree.dep(k) == Dep::Aux && matches!(tree.word(k), "should" | "ought" | "must"))
    };
    let told: Vec<usize> = deeds.iter().filter(|d| !yields(d) && !d.supposed && !ought(d)).map(|d| d.trigger).collect();
    deeds.retain(|d| {
        let tree = &scene.trees[d.passage];
        let clause = |&k: &usize| matches!(tree.dep(k), Dep::Xcomp | Dep::Ccomp | Dep::Acl) && tree.is_verb(k);
        let clauses: Vec<usize> = tree.kids(d.trigger).iter().copied().filter(clause).collect();
        // "demanded that the army leave": whom it is asked of is told with the demand alone.
        let asked = d.is("statement.demanded") && !d.targets.is_empty();
        !yields(d)
            || asked
            || tree.has(d.trigger, Dep::Dobj)
            || !told.iter().any(|&t| clauses.iter().any(|&k| tells(tree, t, k)))
    });
}

/// Whether `t` is what the clause `k` tells, and no participle or relative clause further down.
fn tells(tree: &Tree<'_>, t: usize, k: usize) -> bool {
    if t == k {
        return true;
    }
    let path: Vec<usize> = std::iter::once(t).chain(tree.ancestors(t).take_while(|&a| a != k)).collect();
    tree.under(t, k)
        && path.iter().all(|&at| !matches!(tree.dep(at), Dep::Acl | Dep::Relcl | Dep::Advcl | Dep::Parataxis))
}

/// Below the verb of a condition: "unless the rebels agree to a truce". The condition's own verb is told as supposed.
pub(super) fn on_condition(scene: &Scene<'_>, deed: &Deed) -> bool {
    let tree = &scene.trees[deed.passage];
    let open = |v: usize| {
        tree.dep(v) == Dep::Advcl
            && tree
                .kids(v)
                .iter()
                .any(|&k| tree.dep(k) == Dep::Mark && matches!(tree.word(k), "if" | "unless" | "lest" | "whether"))
    };
    !deed.supposed && tree.passage.voice != Voice::Comment && tree.ancestors(deed.trigger).any(open)
}

/// "The council held a meeting": nobody else, nowhere.
pub(super) fn alone(scene: &Scene<'_>, deed: &Deed) -> bool {
    let needs = scene.lexicon.frames.frames.get(deed.frame).is_some_and(|frame| frame.needs_other);
    let tree = &scene.trees[deed.passage];
    let several = |i: usize| if tree.tag(i) == Tag::Nns { 2 } else { 1 };
    let sides: usize = deed.actors.iter().flat_map(|&i| tree.conjuncts(i)).map(several).sum();
    let known = deed.actors.iter().any(|&i| {
        let (first, last) = tree.noun_phrase(i);
        tree.is_proper(i) || scene.hits_within(deed.passage, first, last).next().is_some()
    });
    let meeting = matches!(
        tree.lemma(deed.trigger),
        "meeting" | "conference" | "session" | "hold" | "attend" | "convene" | "chair" | "meet"
    );
    needs
        && meeting
        && sides < 2
        && deed.targets.is_empty()
        && deed.targets_inside.is_empty()
        && deed.places.is_empty()
        && !known
}

/// Drops what is only asked for, offered, turned down or talked about: "demanded a truce", "talks on a withdrawal".
pub(super) fn content(scene: &Scene<'_>, deeds: &mut Vec<Deed>) {
    const SPEAKS: [&str; 5] =
        ["statement.demanded", "statement.rejected", "statement.promised", "statement.threatened", "talks"];
    const SOFT: [&str; 13] = [
        "statement.rejected",
        "agreement.ceasefire",
        "agreement.other",
        "talks",
        "force.withdrew",
        "detention.released",
        "aid.delivered",
        "concession",
        "surrender",
        "force.deployed",
        "cooperation",
        "support.political",
        "protest",
    ];
    let speaking: BTreeMap<usize, bool> = deeds
        .iter()
        .filter(|d| (SPEAKS.contains(&d.event.as_str()) || allows(scene, d)) && !d.supposed)
        .map(|d| (d.trigger, d.is("statement.demanded") && !d.targets.is_empty() || allows(scene, d)))
        .collect();
    let marching: BTreeSet<usize> =
        deeds.iter().filter(|d| matches!(d.event.as_str(), "protest" | "riot")).map(|d| d.trigger).collect();
    deeds.retain(|d| {
        let tree = &scene.trees[d.passage];
        // "marched demanding his release": what a protest is for is part of it.
        let slogan = d.is("statement.demanded")
            && tree.tag(d.trigger) == Tag::Vbg
            && matches!(tree.dep(d.trigger), Dep::Advcl | Dep::Acl | Dep::Xcomp)
            && (marching.contains(&tree.head(d.trigger))
                || tree.governing_verb(d.trigger).is_some_and(|v| marching.contains(&v)));
        if slogan {
            return false;
        }
        // "rejected an ultimatum": what was said is told by its refusal.
        let words = d.kind == Kind::Noun && d.event.family() == "statement";
        if !words && !SOFT.contains(&d.event.as_str()) {
            return true;
        }
        // An order to move or to free somebody is told with its own status.
        let armed = matches!(d.event.family(), "force" | "detention") || d.is("surrender");
        !governed(tree, &speaking, d, !armed)
    });
}

/// "allowed the opposition to hold a rally": what is allowed is not yet done.
fn allows(scene: &Scene<'_>, deed: &Deed) -> bool {
    deed.is("concession")
        && matches!(
            scene.trees[deed.passage].lemma(deed.trigger),
            "allow" | "permit" | "let" | "authorise" | "authorize"
        )
}

/// Whether the deed lies in the content of a word that speaks: its object or what that is about; for a demand its clause, too.
fn governed(tree: &Tree<'_>, speaking: &BTreeMap<usize, bool>, deed: &Deed, clauses: bool) -> bool {
    let mut at = deed.trigger;
    // Whether only clauses of content lie between: "demanded that they refuse to recognise it".
    let mut clause = true;
    for above in tree.ancestors(deed.trigger) {
        clause &= matches!(tree.dep(at), Dep::Ccomp | Dep::Xcomp);
        if let Some(&asked) = speaking.get(&above) {
            let later = matches!(tree.word(at), "after" | "before" | "following" | "amid" | "in");
            let object = match tree.dep(at) {
                Dep::Dobj | Dep::Nsubjpass => true,
                Dep::Prep => !later,
                Dep::Conj => deed.kind == Kind::Noun && tree.is_noun(above),
                _ => false,
            };
            if object || clauses && asked && clause {
                return true;
            }
        }
        let out = matches!(tree.dep(at), Dep::Relcl | Dep::Advcl | Dep::Parataxis)
            || tree.is_verb(at) && matches!(tree.dep(at), Dep::Acl | Dep::Conj) && deed.kind == Kind::Noun;
        if out {
            return false;
        }
        at = above;
    }
    false
}
