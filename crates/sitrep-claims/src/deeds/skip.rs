//! What tells no deed of its own: purposes, wishes, conditions, attributes, the same deed named twice.
//!
//! In: a token or the deeds of a passage. Out: a verdict. Never looks at other passages.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_language::{Dep, Tag};
use sitrep_model::Voice;

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::lexicon::frames::Kind;
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
    // "detainees held since March": what makes them detainees.
    if tree.lemma(i) == "hold"
        && tree.dep(i) == Dep::Acl
        && scene.classes(passage, tree.head(i)).meets(scene.lexicon.classes.one("captive"))
    {
        return true;
    }
    if tree.raw(i).starts_with(|c: char| !c.is_alphabetic()) {
        return true;
    }
    unreal(scene, passage, i).is_some_and(|why| why != "if" || !supposed(scene, passage, i))
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

/// Nouns whose gerund has not happened yet.
const PLANS: [&str; 25] = [
    "decision",
    "plan",
    "proposal",
    "idea",
    "possibility",
    "prospect",
    "threat",
    "risk",
    "offer",
    "request",
    "appeal",
    "call",
    "demand",
    "refusal",
    "intention",
    "hope",
    "chance",
    "aim",
    "goal",
    "bid",
    "condition",
    "purpose",
    "commitment",
    "danger",
    "capable",
];

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
        return PLANS.contains(&tree.lemma(tree.head(of))) || charged && tree.word(of) == "for";
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
    marked(i) || tree.dep(tree.first_conjunct(i)) == Dep::Advcl && marked(tree.first_conjunct(i))
}

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
    let told: Vec<usize> = deeds.iter().filter(|d| !yields(d) && !d.supposed).map(|d| d.trigger).collect();
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
    const SOFT: [&str; 12] = [
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

/// Whether what the second deed hits was hit by the first already.
fn told_before(one: &Deed, two: &Deed) -> bool {
    two.things.iter().all(|thing| one.things.contains(thing))
}

/// Strikes that can be their own subject.
fn strikes(deed: &Deed) -> bool {
    matches!(deed.event.as_str(), "air_strike" | "drone_strike" | "shelling" | "explosive" | "attack") && !deed.supposed
}

/// Drops a deed told again by a word next to it: coordinated nouns of one kind, a verb and its own noun.
pub(super) fn repeated(scene: &Scene<'_>, deeds: &mut Vec<Deed>) {
    let mut drop = vec![false; deeds.len()];
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for b in 0..deeds.len() {
        for a in (0..b).rev().take(6) {
            let tree = &scene.trees[deeds[b].passage];
            let (one, two) = (&deeds[a], &deeds[b]);
            if !drop[a]
                && one.event != two.event
                && one.kind == Kind::Noun
                && strikes(one)
                && strikes(two)
                && tree.subject(two.trigger) == Some(one.trigger)
            {
                // "A glide bomb struck the shop": the noun says more of what struck than the verb does.
                drop[b] = true;
                continue;
            }
            if drop[a] || deeds[a].event != deeds[b].event {
                continue;
            }
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
            // "a bomb targeting a convoy": what the participle adds belongs to the noun.
            let told_by = one.kind == Kind::Noun
                && two.kind == Kind::Verb
                && tree.head(two.trigger) == one.trigger
                && matches!(tree.dep(two.trigger), Dep::Acl | Dep::Relcl);
            // "trucks with food aid entered": the load is told with its arrival.
            let load = one.kind == Kind::Noun
                && two.kind == Kind::Verb
                && one.is("aid.delivered")
                && tree.under(one.trigger, two.trigger);
            if told_by || load {
                merged.push(if told_by { (a, b) } else { (b, a) });
                drop[if told_by { b } else { a }] = true;
                continue;
            }
            // "summoned the envoy to complain": one act, told by what it is for.
            let purpose = one.kind == Kind::Verb
                && two.kind == Kind::Verb
                && tree.head(two.trigger) == one.trigger
                && matches!(tree.dep(two.trigger), Dep::Xcomp | Dep::Advcl)
                && tree.tag(two.trigger) == Tag::Vb;
            // "Two bombers killed ten when they blew themselves up": the noun only names who does it.
            let named = one.kind == Kind::Noun
                && two.kind == Kind::Verb
                && one.arguments().all(|k| k <= one.trigger)
                && tree.sentence(one.trigger) == tree.sentence(two.trigger)
                && tree.dep(one.trigger) == Dep::Nsubj
                && one.is("suicide_attack");
            if purpose || named {
                drop[if named { a } else { b }] = true;
                continue;
            }
            // "began a hunger strike in protest against the arrests".
            let also = two.kind == Kind::Noun
                && two.is("protest")
                && tree.word(tree.head(two.trigger)) == "in"
                && tree.under(two.trigger, one.clause);
            if also {
                merged.push((a, b));
                drop[b] = true;
                continue;
            }
            let argument = two.kind != one.kind && {
                let (noun, verb) =
                    if two.kind == Kind::Noun { (two.trigger, one.trigger) } else { (one.trigger, two.trigger) };
                tree.head(tree.first_conjunct(noun)) == verb
            };
            if argument {
                drop[if two.kind == Kind::Noun { b } else { a }] = true;
                continue;
            }
            let first_own =
                one.arguments().filter(|&k| tree.under(k, one.trigger) && !tree.under(k, two.trigger)).count();
            if coordinated && own > 0 && first_own == 0 {
                drop[a] = true;
                continue;
            }
            let joined = verbs && two.places == one.places && two.victims.is_empty() && told_before(one, two);
            if (coordinated || shared) && own == 0 || nested || joined {
                drop[b] = true;
            }
        }
    }
    for (kept, lost) in merged {
        let lost = deeds[lost].clone();
        deeds[kept].targets.extend(lost.targets);
        deeds[kept].targets_inside.extend(lost.targets_inside);
        if deeds[kept].places.is_empty() {
            deeds[kept].places = lost.places;
        }
    }
    let mut index = 0;
    deeds.retain(|_| {
        index += 1;
        !drop[index - 1]
    });
}
