//! Bodies, people, places, times, weapons and numbers a document mentions, each with the whole noun phrase that names it.
//!
//! In: a document and a kit. Out: spans with a kind, in text order, none inside another. Made from the same names, places and times claims
//! are made from; says nothing of what anybody did.

use sitrep_language::{Dep, EntityLabel, Tag};
use sitrep_model::{Document, Span};

use crate::actors::Scene;
use crate::lexicon::actors::Named;
use crate::place::PlaceUse;
use crate::{Kit, parse, place, tree};

/// What a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntityKind {
    /// A body, a group, a government; also told by a common noun: “the rebels”.
    Organisation,
    /// One person, by name, office or pronoun.
    Person,
    /// A place, also told by a common noun: “the camp”.
    Place,
    /// A day, span or hour.
    Time,
    /// A number with or without its unit; money.
    Quantity,
    /// A weapon or a strike.
    Weapon,
    /// An aircraft, ship or vehicle.
    Platform,
    /// An adjective of a country or people.
    Nationality,
}

/// The mentions of `document`. Cannot fail: odd text gives fewer.
#[must_use]
pub fn entities(kit: &Kit, document: &Document) -> Vec<(Span, EntityKind)> {
    let passages = parse::parse(kit, document);
    let times = kit.when.mentions(document, &passages);
    let places = place::places(&kit.gazetteer, document, &passages);
    let trees: Vec<tree::Tree<'_>> = passages.iter().map(|p| tree::Tree::new(p, p.text(document))).collect();
    let scene = Scene::new(&kit.lexicon, &kit.kinds, &trees, &places, &times);
    (0..trees.len()).flat_map(|passage| of_passage(&scene, passage)).collect()
}

fn of_passage(scene: &Scene<'_>, passage: usize) -> Vec<(Span, EntityKind)> {
    let tree = &scene.trees[passage];
    let mut found: Vec<(usize, usize, EntityKind)> =
        scene.times[passage].iter().map(|time| (time.first, time.end - 1, EntityKind::Time)).collect();
    for i in 0..tree.len() {
        if let Some(kind) = kind(scene, passage, i) {
            let (first, last) = extent(scene, passage, i, kind);
            found.push((first, last, kind));
        }
    }
    // The longer phrase holds, and of two equal ones the first found.
    found.sort_by_key(|&(first, last, _)| (first, std::cmp::Reverse(last)));
    let mut out: Vec<(Span, EntityKind)> = Vec::new();
    let mut covered = 0;
    for (first, last, kind) in found {
        if first >= covered {
            out.push((tree.span(first, last), kind));
            covered = last + 1;
        }
    }
    out
}

/// What the phrase headed by token `i` names, when it heads one.
fn kind(scene: &Scene<'_>, passage: usize, i: usize) -> Option<EntityKind> {
    let tree = &scene.trees[passage];
    match tree.word(i) {
        "i" | "he" | "she" | "him" | "his" if tree.tag(i) != Tag::Nnp => return Some(EntityKind::Person),
        "we" | "they" | "us" | "them" => return Some(EntityKind::Organisation),
        _ => {}
    }
    let hit = scene.hit(passage, i);
    let modifier = matches!(tree.dep(i), Dep::Compound | Dep::Amod | Dep::Nmod);
    if let Some(hit) = hit
        && matches!(hit.named, Named::State(_))
        && modifier
        && matches!(tree.tag(i), Tag::Jj | Tag::Nnp)
    {
        return Some(EntityKind::Nationality);
    }
    let entity = tree.analysis.entities.iter().find(|e| (e.first as usize..e.end as usize).contains(&i));
    let label = entity.map(|e| e.label);
    if tree.tag(i) == Tag::Cd || label == Some(EntityLabel::Money) && tree.head(i) != i && tree.tag(i) != Tag::Nn {
        let time = scene.times[passage].iter().any(|t| (t.first..t.end).contains(&i));
        return (!time).then_some(EntityKind::Quantity);
    }
    if !tree.is_noun(i) || modifier && hit.is_none() && label.is_none() {
        return None;
    }
    let classes = &scene.lexicon.classes;
    let set = scene.classes(passage, i);
    let is = |names: &[&str]| names.iter().any(|name| set.meets(classes.one(name)));
    if matches!(tree.lemma(i), "strike" | "airstrike" | "bombardment") {
        return Some(EntityKind::Weapon);
    }
    let mention = scene.place_at(passage, i);
    if label == Some(EntityLabel::Person) && hit.is_none() && mention.is_none() {
        return Some(EntityKind::Person);
    }
    if let Some(mention) = mention.filter(|m| m.usage != PlaceUse::Demonym) {
        let state = hit.is_some_and(|hit| matches!(hit.named, Named::State(_)));
        let acts = mention.usage != PlaceUse::Literal || state && matches!(tree.dep(i), Dep::Nsubj | Dep::Agent);
        let body = hit.is_some() && !state;
        return Some(if acts || body { EntityKind::Organisation } else { EntityKind::Place });
    }
    if hit.is_some() {
        return Some(EntityKind::Organisation);
    }
    let plural = matches!(tree.tag(i), Tag::Nns | Tag::Nnps);
    if label == Some(EntityLabel::Org) || label == Some(EntityLabel::Norp) {
        return Some(EntityKind::Organisation);
    }
    if is(&["weapon", "bomb", "projectile"]) && !is(&["fighter", "aircraft", "vehicle"]) {
        return Some(EntityKind::Weapon);
    }
    if is(&["vehicle", "aircraft", "ship", "drone"]) && !is(&["fighter"]) {
        return Some(EntityKind::Platform);
    }
    if is(&["fighter", "force", "civilian", "person", "captive"]) {
        let one = !plural && is(&["civilian", "person", "fighter"]) && !is(&["force"]);
        return Some(if one { EntityKind::Person } else { EntityKind::Organisation });
    }
    is(&["place", "infrastructure", "position"]).then_some(EntityKind::Place)
}

/// The tokens of the phrase: weapons, vehicles and adjectives without articles and numbers, the others as they stand.
fn extent(scene: &Scene<'_>, passage: usize, i: usize, kind: EntityKind) -> (usize, usize) {
    let tree = &scene.trees[passage];
    let (mut first, last) = match kind {
        EntityKind::Nationality | EntityKind::Quantity => (i, i),
        _ if matches!(tree.tag(i), Tag::Prp | Tag::PrpPoss) => (i, i),
        _ => tree.noun_phrase(i),
    };
    let bare = matches!(kind, EntityKind::Weapon | EntityKind::Platform);
    while first < i {
        let light = tree.tag(first) == Tag::Dt || tree.tag(first) == Tag::PrpPoss || tree.tag(first) == Tag::Cd;
        let loose = tree.analysis.tokens[first].is_space || matches!(tree.dep(first), Dep::Punct | Dep::Cc);
        if !(loose || bare && light) {
            break;
        }
        first += 1;
    }
    if kind == EntityKind::Place
        && let Some(mention) = scene.place_at(passage, i)
    {
        return (first, last.max(mention.end.saturating_sub(1)));
    }
    (first, last.max(i))
}
