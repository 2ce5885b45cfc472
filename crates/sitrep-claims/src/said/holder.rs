//! Who a holder is: its words, with "the sources" read back to the sources named before, and what sort of source they make it.
//!
//! In: the head of a noun phrase. Out: [`Held`]. Never judges whether the source is right.

use sitrep_language::{Dep, Tag};
use sitrep_model::{AttributionType, Span, Voice};

use crate::actors::Scene;
use crate::lexicon::actors::Named;
use crate::lexicon::cues::HOLDER_KINDS;

/// A holder described.
pub(crate) struct Held {
    pub(crate) text: String,
    pub(crate) kind: AttributionType,
    pub(crate) actor_id: Option<String>,
    pub(crate) span: Span,
}

/// Describes the holder headed by `head`.
pub(crate) fn describe(scene: &Scene<'_>, passage: usize, head: usize) -> Held {
    let tree = &scene.trees[passage];
    let (first, last) = extent(scene, passage, head);
    let span = tree.span(first, last);
    if tree.is_relative(head)
        || matches!(tree.word(head), "this" | "that" | "these" | "which") && tree.kids(head).is_empty()
    {
        return Held { text: tree.phrase(first, last), kind: AttributionType::Inference, actor_id: None, span };
    }
    let (p, h) = earlier(scene, passage, head).unwrap_or((passage, head));
    let there = &scene.trees[p];
    let (first, last) = extent(scene, p, h);
    let text = there.phrase(first, last);
    let kind = kind(scene, p, h, first, last);
    let actor_id = scene.actors(p, h).into_iter().find_map(|actor| actor.actor_id);
    Held { text, kind, actor_id, span }
}

/// The holder's words: the noun phrase, names set beside it and what it is coordinated with.
fn extent(scene: &Scene<'_>, passage: usize, head: usize) -> (usize, usize) {
    let tree = &scene.trees[passage];
    let (mut first, mut last) = tree.noun_phrase(head);
    for part in tree.conjuncts(head) {
        let (a, b) = tree.noun_phrase(part);
        first = first.min(a);
        last = last.max(b);
        for &k in tree.kids(part) {
            let beside = tree.dep(k) == Dep::Appos && tree.left_edge(k) <= last + 1;
            if beside {
                last = last.max(tree.noun_phrase(k).1);
            }
        }
    }
    // "the government's": the mark of the owner is no part of the name.
    if last > first && matches!(tree.word(last), "'s" | "’s" | "'" | "’") {
        last -= 1;
    }
    (first, last.min(first + 30))
}

/// "The sources", "he", "the ministry": the fuller mention before, when there is one.
fn earlier(scene: &Scene<'_>, passage: usize, head: usize) -> Option<(usize, usize)> {
    let tree = &scene.trees[passage];
    if tree.word(head) == "it"
        && let Some(found) = last_holder(scene, passage, head)
    {
        return Some(found);
    }
    if tree.tag(head) == Tag::Prp {
        return match tree.word(head) {
            "i" | "we" | "you" => None,
            pronoun => {
                let person = matches!(pronoun, "he" | "she");
                scene.antecedent(passage, head, &|p, k| speaks(scene, p, k, person))
            }
        };
    }
    let bare = tree.has_det(head, &["the", "these", "those", "this", "that"])
        && tree.kids(head).iter().all(|&k| matches!(tree.dep(k), Dep::Det | Dep::Punct | Dep::Cc | Dep::Conj));
    if !bare {
        return None;
    }
    let lemma = tree.lemma(head);
    let mut at = passage;
    for back in 0..4 {
        let there = &scene.trees[at];
        let until = if back == 0 { head } else { there.len() };
        let found = (0..until).rev().find(|&k| {
            there.lemma(k) == lemma
                && there
                    .kids(k)
                    .iter()
                    .any(|&m| matches!(there.dep(m), Dep::Amod | Dep::Compound | Dep::Nmod | Dep::Prep | Dep::Appos))
        });
        if let Some(k) = found {
            return Some((at, k));
        }
        at = scene.before(at)?;
    }
    None
}

/// "It said": whoever spoke last in the sentences just before, when that can be an "it".
fn last_holder(scene: &Scene<'_>, passage: usize, head: usize) -> Option<(usize, usize)> {
    let tree = &scene.trees[passage];
    let own = tree.sentence_range(tree.sentence(head)).start;
    // "The army launched a sweep, in which it says": whoever the sentence is about.
    if (own..head).any(|k| matches!(tree.dep(k), Dep::Nsubj | Dep::Nsubjpass) && tree.tag(k) != Tag::Prp) {
        return None;
    }
    let spoke = |p: usize, until: usize| {
        let there = &scene.trees[p];
        let verbs = (0..until).rev().filter(|&v| there.is_verb(v));
        let verbs = verbs.filter(|&v| scene.lexicon.cues.of(there.lemma(v)).any(|cue| !cue.infinitive && !cue.gerund));
        let said = verbs.filter_map(|v| there.kid(v, Dep::Nsubj).filter(|_| !there.passive(v)));
        let near = said.take_while(|&h| there.sentence(h) + 2 >= there.sentence(until.saturating_sub(1)));
        near.into_iter()
            .find(|&h| there.tag(h) != Tag::Prp && !there.is_relative(h))
            .filter(|&h| speaks(scene, p, h, false))
    };
    if own > 0 {
        return spoke(passage, own).map(|h| (passage, h));
    }
    let before = scene.before(passage)?;
    spoke(before, scene.trees[before].len()).map(|h| (before, h))
}

/// Whether a pronoun that speaks can mean this phrase: a person for "he", a body or medium for "it".
fn speaks(scene: &Scene<'_>, passage: usize, k: usize, person: bool) -> bool {
    let classes = &scene.lexicon.classes;
    let set = scene.classes(passage, k);
    let one = |name: &str| classes.one(name);
    if person {
        return set.meets(one("person")) || scene.trees[passage].is_proper(k) && scene.hit(passage, k).is_none();
    }
    scene.hit(passage, k).is_some()
        || set.meets(one("medium").with(one("source")).with(one("force")))
        || scene.trees[passage].is_proper(k)
}

fn kind(scene: &Scene<'_>, passage: usize, head: usize, first: usize, last: usize) -> AttributionType {
    let tree = &scene.trees[passage];
    let cues = &scene.lexicon.cues;
    let words: Vec<&str> = (first..=last).flat_map(|i| [tree.lemma(i), tree.word(i)]).collect();
    let any = |list: &str| words.iter().any(|word| cues.holder_word(list, word));
    let headed = |list: &str| cues.holder_word(list, tree.lemma(head)) || cues.holder_word(list, tree.word(head));
    if matches!(tree.word(head), "i" | "we") {
        return if tree.passage.voice == Voice::Comment {
            AttributionType::Commenter
        } else {
            AttributionType::SelfRef
        };
    }
    let hits = scene.hits_within(passage, first, last);
    let (mut tied, mut body, mut state) = (false, None, false);
    for hit in hits {
        match (scene.tie(passage, hit).is_some(), hit.named) {
            (true, _) => tied = true,
            (false, Named::Actor(row)) => body = body.or(Some(&scene.lexicon.actors.actors[row])),
            (false, Named::State(_)) => state = true,
        }
    }
    // "the health office", "the military press center", "the war media bureau".
    let of_arms =
        ["military", "army", "war", "defence", "defense", "operations", "resistance", "front", "brigade", "corps"];
    let organ =
        matches!(tree.lemma(head), "office" | "center" | "centre" | "bureau" | "wing" | "department" | "unit" | "arm");
    if organ && any("media") && words.iter().any(|word| of_arms.contains(word)) {
        return AttributionType::BelligerentMedia;
    }
    if organ && !any("media") && !any("monitor") && !any("local") {
        return AttributionType::OfficialNamed;
    }
    let medium = headed("media") || any("media") && !headed("aligned-nouns");
    if medium && (tied || any("linked")) {
        return AttributionType::LinkedAgency;
    }
    if headed("aligned-nouns") && !any("social") {
        return nameless(&words, any("local"), tied || body.is_some() || state || any("aligned-marks"));
    }
    if let Some(actor) = body
        && let Some(kind) = of_body(&actor.kind, medium)
    {
        return kind;
    }
    if medium && !headed("official") && (first..head).any(|i| force_name(scene, passage, i)) {
        return AttributionType::BelligerentMedia;
    }
    for (list, kind) in HOLDER_KINDS {
        let strong = matches!(
            kind,
            AttributionType::Monitor
                | AttributionType::Media
                | AttributionType::Local
                | AttributionType::SelfRef
                | AttributionType::Social
        );
        if headed(list) || strong && any(list) && !headed("official") {
            return kind;
        }
    }
    if headed("official") || any("official") {
        return official(scene, passage, head, &words, state);
    }
    if state && !headed("unspecified") {
        return AttributionType::OfficialNamed;
    }
    let set = scene.classes(passage, head);
    let classes = &scene.lexicon.classes;
    if set.meets(classes.one("fighter").with(classes.one("force"))) && !tree.is_proper(head) {
        return AttributionType::BelligerentMedia;
    }
    if set.meets(classes.one("civilian")) && !tree.is_proper(head) {
        return AttributionType::Local;
    }
    if tree.is_proper(head) && !any("unspecified") {
        AttributionType::OfficialNamed
    } else {
        AttributionType::Unspecified
    }
}

/// Whether the token ends the name of an armed body: "the Varnesh Brigade".
fn force_name(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    tree.is_proper(i) && scene.lexicon.classes.of(tree.lemma(i)).meets(scene.lexicon.classes.one("force"))
}

/// Sources without a name: near, official, of a side, or simply sources.
fn nameless(words: &[&str], local: bool, sided: bool) -> AttributionType {
    let office = [
        "military",
        "security",
        "official",
        "diplomatic",
        "intelligence",
        "police",
        "judicial",
        "ministry",
        "governmental",
    ];
    if local {
        AttributionType::Local
    } else if words.iter().any(|word| office.contains(word)) {
        AttributionType::OfficialAnon
    } else if sided {
        AttributionType::AlignedSources
    } else {
        AttributionType::Unspecified
    }
}

/// What a listed body is as a source.
fn of_body(kind: &str, medium: bool) -> Option<AttributionType> {
    Some(match kind {
        "rebels" | "militia" | "state forces" | "mercenaries" | "criminal" | "political" => {
            AttributionType::BelligerentMedia
        }
        "government" if !medium => AttributionType::OfficialNamed,
        "monitor" | "humanitarian" | "international" | "civil defence" => AttributionType::Monitor,
        _ => return None,
    })
}

/// A named office or person in role, or just "officials".
fn official(scene: &Scene<'_>, passage: usize, head: usize, words: &[&str], state: bool) -> AttributionType {
    let tree = &scene.trees[passage];
    let (first, last) = tree.noun_phrase(head);
    // "a spokesman for President Tamm".
    let speaks_for =
        tree.word(head).starts_with("spokes").then(|| tree.pobj(head, "for").or_else(|| tree.pobj(head, "of")));
    let for_person = speaks_for.flatten().is_some_and(|o| tree.is_proper(o) && scene.hit(passage, o).is_none());
    let named = for_person || (first..=last).any(|i| tree.is_proper(i) && scene.hit(passage, i).is_none());
    let office = words.iter().any(|word| {
        matches!(
            *word,
            "ministry"
                | "government"
                | "parliament"
                | "president"
                | "minister"
                | "department"
                | "pentagon"
                | "kremlin"
                | "embassy"
                | "council"
                | "court"
        )
    });
    let fighting = words.iter().any(|word| {
        matches!(*word, "army" | "military" | "forces" | "force" | "command" | "troops" | "navy" | "brigade")
    });
    let spokesman = words.iter().any(|word| word.starts_with("spokes"));
    if named || office && tree.has_det(head, &["the"]) || office && state || spokesman && state {
        AttributionType::OfficialNamed
    } else if fighting && !words.contains(&"official") {
        AttributionType::BelligerentMedia
    } else if office {
        AttributionType::OfficialNamed
    } else {
        AttributionType::OfficialAnon
    }
}
