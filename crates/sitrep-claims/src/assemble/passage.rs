//! What of a claim is read straight off its words: the quote, the people, the operation's name, notes.
//!
//! In: a deed. Out: spans and strings of the document. Never changes a word.

use sitrep_language::Dep;
use sitrep_model::{ActorRef, Span};

use crate::actors::Scene;
use crate::attach::time::From;
use crate::deeds::Deed;
use crate::modality::Mood;

/// Longest quote, in tokens each side of the trigger.
const REACH: usize = 45;

/// The words that tell the deed: its clause without clauses that tell something else.
pub(super) fn core(scene: &Scene<'_>, deed: &Deed) -> Span {
    let tree = &scene.trees[deed.passage];
    let sentence = tree.sentence_range(tree.sentence(deed.trigger));
    let (low, high) = (deed.trigger.min(deed.clause), deed.trigger.max(deed.clause));
    // No farther than the quote may reach: lists and text without full stops are sentences, too.
    let start = sentence.start.min(low).max(low.saturating_sub(REACH));
    let end = sentence.end.max(high + 1).min(high + REACH + 1);
    let mut keep = vec![false; end - start];
    let roots = [deed.clause, deed.trigger];
    for i in start..end {
        keep[i - start] = sentence.contains(&i) && roots.iter().any(|&root| kept(scene, deed, i, root));
    }
    keep[deed.trigger - start] = true;
    keep[deed.clause - start] = true;
    for i in deed.arguments() {
        let (first, last) = tree.noun_phrase(i);
        let near = first.abs_diff(deed.trigger) < 12 || last.abs_diff(deed.trigger) < 12;
        if near && tree.under(i, deed.clause) {
            (first.max(start)..=last.min(end - 1)).for_each(|k| keep[k - start] = true);
        }
    }
    let bridge = |k: usize| {
        tree.dep(k) == Dep::Punct
            || tree.analysis.tokens[k].is_space
            || matches!(tree.dep(k), Dep::Cc | Dep::Aux | Dep::Auxpass | Dep::Advmod | Dep::Neg)
    };
    let (mut first, mut last) = (low, high);
    let mut at = low;
    while at > start && (keep[at - 1 - start] || bridge(at - 1)) {
        at -= 1;
        if keep[at - start] {
            first = at;
        }
    }
    at = high;
    while at + 1 < end && (keep[at + 1 - start] || bridge(at + 1)) {
        at += 1;
        if keep[at - start] {
            last = at;
        }
    }
    tree.span(first, last)
}

/// Whether token `i` is below `root` without another clause in between.
fn kept(scene: &Scene<'_>, deed: &Deed, i: usize, root: usize) -> bool {
    let tree = &scene.trees[deed.passage];
    let mut at = i;
    for above in std::iter::once(i).chain(tree.ancestors(i)) {
        if above == root {
            return true;
        }
        let dep = tree.dep(above);
        let clause = matches!(dep, Dep::Ccomp | Dep::Parataxis | Dep::Relcl | Dep::Csubj)
            || dep == Dep::Advcl && tree.word(above) != "using"
            || dep == Dep::Conj && tree.is_verb(above)
            || dep == Dep::Prep && tree.kids(above).iter().any(|&k| tree.dep(k) == Dep::Pcomp && tree.is_verb(k))
            || matches!(dep, Dep::Punct | Dep::Mark | Dep::Cc) && above == i && tree.head(i) == root
            || dep == Dep::Prep && matches!(tree.word(above), "according");
        if clause {
            return false;
        }
        at = above;
    }
    let _ = at;
    false
}

/// Actors and targets, each once.
pub(super) fn people(scene: &Scene<'_>, deed: &Deed) -> (Vec<ActorRef>, Vec<ActorRef>) {
    let mut actors = Vec::new();
    let mut targets = Vec::new();
    for &i in &deed.actors {
        add(&mut actors, scene.actors(deed.passage, i));
    }
    for &i in &deed.actors_inside {
        if actors.is_empty() || deed.actors.is_empty() {
            add(&mut actors, scene.inside(deed.passage, i, 3));
        }
    }
    for &i in &deed.targets {
        add(&mut targets, scene.actors(deed.passage, i));
    }
    let political = matches!(
        deed.event.family(),
        "statement" | "sanction" | "concession" | "investigation" | "restriction" | "protest"
    ) || deed.is("support.political");
    for &i in &deed.targets_inside {
        for part in scene.trees[deed.passage].conjuncts(i) {
            let inside = scene.inside(deed.passage, part, 3);
            // "an Indian proposal" is India's; "an Indian village" is no blow against the state.
            let kept = |a: &ActorRef| political || a.kind.as_deref() != Some("state");
            add(&mut targets, inside.into_iter().filter(kept).collect());
        }
    }
    targets.retain(|target: &ActorRef| {
        let same = |actor: &ActorRef| {
            actor.name == target.name
                && (actor.text == target.text || target.refers_to.is_some() && pronoun(&target.text))
        };
        !actors.iter().any(same) && !pronoun(&target.name)
    });
    actors.retain(|actor: &ActorRef| !pronoun(&actor.name));
    (actors, targets)
}

/// A word that only points: nobody's name.
fn pronoun(words: &str) -> bool {
    matches!(
        words.to_lowercase().as_str(),
        "it" | "they" | "them" | "he" | "she" | "him" | "her" | "its" | "their" | "his"
    )
}

fn add(list: &mut Vec<ActorRef>, more: Vec<ActorRef>) {
    for actor in more {
        if !list.iter().any(|known| known.name == actor.name) {
            list.push(actor);
        }
    }
}

/// "operation “By The Dawn 3”", "Operation Northern Star".
pub(super) fn operation(scene: &Scene<'_>, deed: &Deed) -> Option<String> {
    let tree = &scene.trees[deed.passage];
    let sentence = tree.sentence_range(tree.sentence(deed.trigger));
    let at = sentence.clone().find(|&i| {
        matches!(tree.lemma(i), "operation" | "offensive" | "campaign")
            && (i == deed.trigger || deed.covered.contains(&i) || tree.head(i) == deed.clause)
    })?;
    let open = at + 1;
    if open + 1 < sentence.end && matches!(tree.word(open), "“" | "\"" | "'" | "‘" | "``") {
        let close =
            (open + 1..sentence.end.min(open + 10)).find(|&k| matches!(tree.word(k), "”" | "\"" | "'" | "’" | "''"))?;
        return (close > open + 1).then(|| tree.phrase(open + 1, close - 1));
    }
    let mut last = at;
    while last + 1 < sentence.end && tree.is_proper(last + 1) && last - at < 5 {
        last += 1;
    }
    (last > at && tree.raw(at).starts_with(char::is_uppercase)).then(|| tree.phrase(at + 1, last))
}

/// What a reader should know about how the claim was read.
pub(super) fn notes(from: Option<From>, deed: &Deed, mood: &Mood) -> Vec<String> {
    let mut notes = Vec::new();
    match from {
        Some(From::Clause) => notes.push("time taken from the clause the deed hangs on".to_owned()),
        Some(From::Speaker) => notes.push("time taken from when it was said".to_owned()),
        Some(From::Narrative) => notes.push("time taken from the sentence before".to_owned()),
        Some(From::Report) => notes.push("no time said; bounded by the date of the report".to_owned()),
        Some(From::Relation) => notes.push("time told by another deed".to_owned()),
        Some(From::Own) | None => {}
    }
    if mood.attempt {
        notes.push("told as an attempt".to_owned());
    }
    if deed.actors.is_empty() && deed.actors_inside.is_empty() {
        notes.push("no actor named".to_owned());
    }
    notes
}

/// How sure the reading is: complete frames read best.
pub(super) fn extraction(deed: &Deed, frame: bool) -> f64 {
    let mut points: f64 = 0.55;
    if !deed.actors.is_empty() {
        points += 0.15;
    }
    if !deed.places.is_empty() || !deed.targets.is_empty() || !deed.victims.is_empty() {
        points += 0.15;
    }
    if frame {
        points += 0.05;
    }
    (points * 100.0).round() / 100.0
}
