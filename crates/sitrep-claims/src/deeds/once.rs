//! A deed told twice in a passage is told once: coordinated nouns, a verb and its own noun, what a participle adds.
//!
//! In: the deeds of a passage. Out: the same with each deed once, what the dropped one knew handed on. Never looks at other passages.

use sitrep_language::{Dep, Tag};

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::lexicon::frames::Kind;
use crate::tree::Tree;

/// How far back a deed is compared.
const BACK: usize = 6;

/// What becomes of two deeds, the first before the second.
enum Verdict {
    /// The first tells nothing of its own.
    First,
    /// The second tells nothing of its own.
    Second,
    /// The second only adds to the first.
    IntoFirst,
    /// The first only adds to the second.
    IntoSecond,
}

/// Drops a deed told again by a word next to it.
pub(super) fn once(scene: &Scene<'_>, deeds: &mut Vec<Deed>) {
    let mut drop = vec![false; deeds.len()];
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for b in 0..deeds.len() {
        for a in (0..b).rev().take(BACK) {
            if drop[a] {
                continue;
            }
            match verdict(&scene.trees[deeds[b].passage], &deeds[a], &deeds[b]) {
                Some(Verdict::First) => drop[a] = true,
                Some(Verdict::Second) => drop[b] = true,
                Some(Verdict::IntoFirst) => {
                    merged.push((a, b));
                    drop[b] = true;
                }
                Some(Verdict::IntoSecond) => {
                    merged.push((b, a));
                    drop[a] = true;
                }
                None => {}
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

fn verdict(tree: &Tree<'_>, one: &Deed, two: &Deed) -> Option<Verdict> {
    let kinds = (one.kind, two.kind);
    if one.event != two.event {
        // "A glide bomb struck the shop": the noun says more of what struck than the verb does.
        let striker =
            one.kind == Kind::Noun && strikes(one) && strikes(two) && tree.subject(two.trigger) == Some(one.trigger);
        return striker.then_some(Verdict::Second);
    }
    match kinds {
        (Kind::Noun, Kind::Verb) => noun_before_verb(tree, one, two),
        (Kind::Verb, Kind::Verb) => verbs(tree, one, two),
        _ => None,
    }
    .or_else(|| of_one_kind(tree, one, two))
}

fn noun_before_verb(tree: &Tree<'_>, one: &Deed, two: &Deed) -> Option<Verdict> {
    // "a bomb targeting a convoy": what the participle adds belongs to the noun.
    if tree.head(two.trigger) == one.trigger && matches!(tree.dep(two.trigger), Dep::Acl | Dep::Relcl) {
        return Some(Verdict::IntoFirst);
    }
    // "trucks with food aid entered": the load is told with its arrival.
    if one.is("aid.delivered") && tree.under(one.trigger, two.trigger) {
        return Some(Verdict::IntoSecond);
    }
    // "Two bombers killed ten when they blew themselves up": the noun only names who does it.
    let named = one.arguments().all(|k| k <= one.trigger)
        && tree.sentence(one.trigger) == tree.sentence(two.trigger)
        && tree.dep(one.trigger) == Dep::Nsubj
        && one.is("suicide_attack");
    named.then_some(Verdict::First)
}

fn verbs(tree: &Tree<'_>, one: &Deed, two: &Deed) -> Option<Verdict> {
    if tree.head(two.trigger) != one.trigger {
        return None;
    }
    // "summoned the envoy to complain": one act, told by what it is for.
    let purpose = matches!(tree.dep(two.trigger), Dep::Xcomp | Dep::Advcl) && tree.tag(two.trigger) == Tag::Vb;
    let joined = tree.dep(two.trigger) == Dep::Conj
        && two.targets.is_empty()
        && two.places.is_empty()
        && one.places.is_empty()
        && two.victims.is_empty()
        && two.things.iter().all(|thing| one.things.contains(thing))
        && !two.is("force.advanced");
    (purpose || joined).then_some(Verdict::Second)
}

/// Nouns beside or below each other, and a noun that is the argument of its own verb.
fn of_one_kind(tree: &Tree<'_>, one: &Deed, two: &Deed) -> Option<Verdict> {
    let noun = two.kind == Kind::Noun;
    // "began a hunger strike in protest against the arrests".
    let beside = noun && two.is("protest") && tree.word(tree.head(two.trigger)) == "in";
    if beside && tree.under(two.trigger, one.clause) {
        return Some(Verdict::IntoFirst);
    }
    if two.kind != one.kind {
        let (name, verb) = if noun { (two.trigger, one.trigger) } else { (one.trigger, two.trigger) };
        if tree.head(tree.first_conjunct(name)) == verb {
            return Some(if noun { Verdict::Second } else { Verdict::First });
        }
    }
    if !noun {
        return None;
    }
    let own = two.arguments().filter(|&k| tree.under(k, two.trigger)).count();
    let both = one.kind == Kind::Noun;
    let coordinated = both && tree.first_conjunct(two.trigger) == tree.first_conjunct(one.trigger);
    let first_own = one.arguments().filter(|&k| tree.under(k, one.trigger) && !tree.under(k, two.trigger)).count();
    if coordinated && own > 0 && first_own == 0 {
        return Some(Verdict::First);
    }
    let shared = both && one.clause == two.clause;
    let told = own == 0 && (coordinated || shared || tree.under(two.trigger, one.trigger));
    told.then_some(Verdict::Second)
}

/// Strikes that can be their own subject.
fn strikes(deed: &Deed) -> bool {
    matches!(deed.event.as_str(), "air_strike" | "drone_strike" | "shelling" | "explosive" | "attack") && !deed.supposed
}
