//! What tells no deed of its own: purposes, wishes, conditions, attributes.
//!
//! In: a token. Out: a verdict. Never looks at other passages.

use sitrep_language::{Dep, Tag};
use sitrep_model::Voice;

use crate::actors::Scene;
use crate::tree::Tree;

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
    // "was shot and killed": one act.
    let fatal = |k: &&usize| {
        **k == i + 2 && tree.dep(**k) == Dep::Conj && matches!(tree.lemma(**k), "kill" | "wound" | "injure")
    };
    if matches!(tree.lemma(i), "shoot" | "stab" | "beat" | "ambush")
        && tree.kids(i).iter().any(|k| fatal(&k))
        && tree.lemma(i) != "ambush"
    {
        return true;
    }
    // "men armed with machetes": what they carry, not who armed them.
    if matches!(tree.lemma(i), "arm" | "equip") && tree.dep(i) == Dep::Acl && tree.agent(i).is_none() {
        return true;
    }
    // "mines laid in the valley": which mines, not who laid them.
    let bare = tree.dep(i) == Dep::Acl && tree.tag(i) == Tag::Vbn && tree.agent(i).is_none();
    if bare && scene.lexicon.words.verb.described.has(tree.lemma(i)) {
        return true;
    }
    // "detainees held since March": what makes them detainees.
    if tree.lemma(i) == "hold"
        && tree.dep(i) == Dep::Acl
        && scene.classes(passage, tree.head(i)).meets(scene.lexicon.classes.one("captive"))
    {
        return true;
    }
    if tree.raw(i).starts_with(|c: char| !c.is_alphabetic()) || nameless(tree, i) {
        return true;
    }
    unreal(scene, passage, i).is_some_and(|why| why != "if" || !supposed(scene, passage, i))
}

/// "asked not to be identified", "insisted on anonymity": how a source is quoted, not what it demands.
fn nameless(tree: &Tree<'_>, i: usize) -> bool {
    let asks =
        matches!(tree.lemma(i), "ask" | "request" | "insist" | "demand" | "prefer" | "want" | "decline" | "refuse");
    asks && tree.kids(i).iter().any(|&k| {
        let named = matches!(tree.lemma(k), "name" | "identify" | "quote")
            && matches!(tree.dep(k), Dep::Xcomp | Dep::Ccomp)
            && tree.has(k, Dep::Auxpass);
        let hidden = |n: usize| tree.lemma(n) == "anonymity";
        named || hidden(k) || tree.prep_object(k).is_some_and(hidden)
    })
}

/// Whether the verb tells the condition of something else: "if the rebels take the town, the army will leave".
pub(super) fn supposed(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    let first = tree.first_conjunct(i);
    let marked = tree.kids(first).iter().any(|&k| tree.dep(k) == Dep::Mark && tree.word(k) == "if");
    marked && tree.dep(first) == Dep::Advcl && tree.passage.voice != Voice::Comment
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
    // "the decision of sending troops", "plans for retaking the town".
    let of = tree.head(first);
    if tree.dep(first) == Dep::Pcomp && tree.tag(first) == Tag::Vbg && matches!(tree.word(of), "of" | "for" | "on") {
        // "arrested for spying": what somebody is charged with.
        let charged = matches!(
            tree.lemma(tree.head(of)),
            "arrest" | "detain" | "jail" | "imprison" | "charge" | "convict" | "sentence" | "try" | "indict" | "expel"
        );
        return scene.lexicon.words.noun.planned.has(tree.lemma(tree.head(of))) || charged && tree.word(of) == "for";
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
    if crate::modality::yet_to(tree, tree.head(first)) {
        return false;
    }
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
                // "before they disarm": not yet, as "before they disarmed" is.
                || tree.word(k) == "before" && matches!(tree.tag(v), Tag::Vbp | Tag::Vbz | Tag::Vb)
        })
    };
    // "has not said whether it will stop fighting".
    let open = |v: usize| tree.kids(v).iter().any(|&k| tree.dep(k) == Dep::Mark && tree.word(k) == "whether");
    let asked = tree.dep(i) == Dep::Xcomp && open(tree.head(i));
    asked || marked(i) || tree.dep(tree.first_conjunct(i)) == Dep::Advcl && marked(tree.first_conjunct(i))
}
