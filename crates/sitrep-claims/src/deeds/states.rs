//! States told by "to be": where a force stands, where a place lies.
//!
//! In: a copula. Out: a [`Deed`] of type `force.position` or `static.location` when a told relation to a place is its complement.

use sitrep_language::Dep;
use sitrep_model::{EventType, TimexType, Voice};

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::lexicon::frames::{Kind, Role};

/// The state told by the verb `i`.
pub(super) fn deed(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Deed> {
    let tree = &scene.trees[passage];
    if tree.passage.voice == Voice::Comment
        && let Some(deed) = bet(scene, passage, i)
    {
        return Some(deed);
    }
    if !matches!(
        tree.lemma(i),
        "be" | "remain"
            | "stay"
            | "stand"
            | "lie"
            | "sit"
            | "locate"
            | "situate"
            | "station"
            | "position"
            | "base"
            | "entrench"
            | "hole"
    ) || tree.has(i, Dep::Auxpass) && tree.lemma(i) == "be"
    {
        return None;
    }
    // "a group based in the capital": what it is, not what it does.
    if tree.lemma(i) == "base" && tree.dep(i) == Dep::Acl {
        return None;
    }
    let subject = tree.subject(i)?;
    // The text may define the place by this very sentence; then the subject already has the relation.
    let mention = scene
        .places_near(passage, i)
        .find(|m| !m.anchor_only && m.first > subject && attached(scene, passage, m.head, i))
        .or_else(|| scene.place_at(passage, subject).filter(|m| m.place.relation.is_some() && tree.lemma(i) != "be"));
    let Some(mention) = mention else { return measured(scene, passage, i, subject) };
    let told = mention.place.relation.as_ref().is_some_and(|r| r.distance_km.is_some() || r.bearing.is_some());
    let unknown = tree.is_proper(subject)
        && scene.hit(passage, subject).is_none()
        && matches!(tree.lemma(i), "lie" | "locate" | "situate" | "sit");
    let body = !unknown
        && scene.is_actor(passage, subject)
        && (scene.place_at(passage, subject).is_none() || scene.hit(passage, subject).is_some());
    let place = scene.place_at(passage, subject).is_some()
        || scene.classes(passage, subject).meets(scene.lexicon.classes.one("place"));
    let prep = tree.head(mention.head);
    let beside =
        matches!(tree.word(prep), "by" | "with" | "for" | "from" | "to" | "of" | "as" | "against" | "behind" | "over");
    if beside && !told {
        return None;
    }
    let complement = told
        || tree.lemma(i) != "be"
        || tree.kids(i).iter().any(|&k| matches!(tree.word(k), "already" | "now" | "still"));
    // "are 40 km west of the town": the parser calls the bearing itself the complement.
    let other = tree.kids(i).iter().any(|&k| tree.dep(k) == Dep::Acomp && !(told && tree.under(mention.head, k)));
    let code = if body && complement && !tree.has(i, Dep::Attr) && !other {
        "force.position"
    } else if place && told && !body {
        "static.location"
    } else {
        return measured(scene, passage, i, subject);
    };
    let mut deed = Deed::new(passage, i, i, usize::MAX, EventType::from_code(code)?, Kind::Verb);
    if body {
        deed.actors.push(subject);
        deed.places.push((mention.head, Role::Place));
    } else {
        deed.places.push((subject, Role::Place));
        deed.places.push((mention.head, Role::None));
    }
    Some(deed)
}

/// "are 300 metres from the mosque": how far from what no gazetteer knows.
fn measured(scene: &Scene<'_>, passage: usize, i: usize, subject: usize) -> Option<Deed> {
    let tree = &scene.trees[passage];
    let units = scene.lexicon.classes.one("distance");
    let far =
        |k: usize| scene.lexicon.classes.of(tree.lemma(k)).meets(units) || matches!(tree.lemma(k), "metre" | "meter");
    let near = || tree.kids(i).iter().copied().filter(|&k| k > i);
    let length = near().flat_map(|k| [k].into_iter().chain(tree.kids(k).iter().copied())).find(|&k| far(k))?;
    let from = |carrier: usize| tree.kids(carrier).iter().copied().find(|&k| k > length && tree.word(k) == "from");
    let anchor = from(i).or_else(|| from(length)).and_then(|prep| tree.prep_object(prep))?;
    if !scene.is_actor(passage, subject) || scene.place_at(passage, subject).is_some() {
        return None;
    }
    let mut deed = Deed::new(passage, i, i, usize::MAX, EventType::from_code("force.position")?, Kind::Verb);
    deed.actors.push(subject);
    deed.places.push((anchor, Role::Place));
    Some(deed)
}

/// "I give it three weeks": a reader's bet on when something ends.
fn bet(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Deed> {
    let tree = &scene.trees[passage];
    let says = matches!(tree.lemma(i), "go" | "give" | "bet" | "say" | "guess" | "reckon") && tree.is_verb(i);
    let me = tree.kids(i).iter().any(|&k| tree.dep(k) == Dep::Nsubj && tree.word(k) == "i");
    let to = tree.right_edge(i).min(i + 12);
    let length = scene.times_near(passage, i).find(|m| {
        m.first > i && m.first <= to && (m.time.kind == TimexType::Duration || m.time.value.starts_with('P'))
    })?;
    let own = tree.ancestors(length.first).take(4).any(|a| a == i);
    if !(says && me && own) {
        return None;
    }
    let mut deed = Deed::new(passage, i, i, usize::MAX, EventType::from_code("other")?, Kind::Verb);
    deed.covered = (length.first..length.end.min(tree.len())).collect();
    Some(deed)
}

/// "Rebels already there": who is where, told without a verb, by the noun `i`.
pub(super) fn bare(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Deed> {
    let tree = &scene.trees[passage];
    let there = tree
        .kids(i)
        .iter()
        .copied()
        .find(|&k| k > i && tree.dep(k) == Dep::Advmod && matches!(tree.word(k), "there" | "here"))
        .or_else(|| inside(scene, passage, i))?;
    let loose = matches!(tree.dep(i), Dep::Root | Dep::Npadvmod | Dep::Nsubj | Dep::Dep)
        && tree.left_edge(i) == tree.sentence_range(tree.sentence(i)).start;
    if !loose || !scene.is_actor(passage, i) || there > i + 8 {
        return None;
    }
    let mut deed = Deed::new(passage, i, i, usize::MAX, EventType::from_code("force.position")?, Kind::Noun);
    deed.actors.push(i);
    deed.places.push((there, Role::Place));
    Some(deed)
}

/// "Army still inside the base": where, after a word that says it goes on.
fn inside(scene: &Scene<'_>, passage: usize, i: usize) -> Option<usize> {
    let tree = &scene.trees[passage];
    let prep = i + 2;
    let still = prep < tree.len() && matches!(tree.word(i + 1), "still" | "already" | "now");
    let at =
        still && matches!(tree.word(prep), "inside" | "in" | "at" | "outside" | "near" | "around" | "on" | "along");
    let place = if at { tree.prep_object(prep)? } else { return None };
    let set = scene.classes(passage, place).meets(scene.lexicon.classes.one("place"));
    (set || scene.place_at(passage, place).is_some()).then_some(place)
}

/// Whether the mention headed by `head` is the complement of `verb`: below it, no other verb between.
fn attached(scene: &Scene<'_>, passage: usize, head: usize, verb: usize) -> bool {
    let tree = &scene.trees[passage];
    for above in tree.ancestors(head) {
        if above == verb {
            return true;
        }
        if tree.is_verb(above) || matches!(tree.dep(above), Dep::Nsubj | Dep::Nsubjpass | Dep::Relcl) {
            return false;
        }
    }
    false
}
