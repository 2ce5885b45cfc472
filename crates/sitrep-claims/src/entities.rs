//! Bodies, people, places, times, weapons and numbers a document mentions, each with the whole noun phrase that names it.
//!
//! In: a document and a kit. Out: spans with a kind, in text order, none inside another. Made from the same names, places and times claims
//! are made from; says nothing of what anybody did.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_language::{Dep, Entity, EntityLabel, Tag};
use sitrep_model::{Document, Span};

use crate::actors::Scene;
use crate::lexicon::actors::Named;
use crate::place::PlaceUse;
use crate::{Kit, KitError, lexicon, parse, place, tree};

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

/// Word lists that say what a phrase names.
pub(crate) struct Naming(BTreeMap<String, BTreeSet<String>>);

impl Naming {
    pub(crate) fn load() -> Result<Naming, KitError> {
        let file: BTreeMap<String, String> =
            lexicon::parse("lang/en/entities.toml", include_str!("../lang/en/entities.toml"))?;
        let set = |words: String| words.split_whitespace().map(str::to_owned).collect();
        Ok(Naming(file.into_iter().map(|(name, words)| (name, set(words))).collect()))
    }

    fn holds(&self, list: &str, word: &str) -> bool {
        self.0.get(list).is_some_and(|words| words.contains(word))
    }
}

/// The mentions of `document`. Cannot fail: odd text gives fewer.
#[must_use]
pub fn entities(kit: &Kit, document: &Document) -> Vec<(Span, EntityKind)> {
    let passages = parse::parse(kit, document);
    let times = kit.when.mentions(document, &passages);
    let places = place::places(&kit.gazetteer, document, &passages);
    let trees: Vec<tree::Tree<'_>> = passages.iter().map(|p| tree::Tree::new(p, p.text(document))).collect();
    let scene = Scene::new(&kit.lexicon, &kit.kinds, &trees, &places, &times);
    (0..trees.len()).flat_map(|passage| Reader { scene: &scene, naming: &kit.naming, passage }.mentions()).collect()
}

/// One passage and what is known of it.
struct Reader<'s, 'd> {
    scene: &'s Scene<'d>,
    naming: &'s Naming,
    passage: usize,
}

impl Reader<'_, '_> {
    fn mentions(&self) -> Vec<(Span, EntityKind)> {
        let tree = &self.scene.trees[self.passage];
        let mut found: Vec<(usize, usize, EntityKind)> = Vec::new();
        for time in &self.scene.times[self.passage] {
            let named = (time.first..time.end).any(|i| {
                let word = tree.lemma(i);
                !self.naming.holds("timeless", word) && !matches!(tree.tag(i), Tag::Dt | Tag::In)
            });
            if named {
                found.push((time.first, time.end - 1, EntityKind::Time));
            }
        }
        for i in 0..tree.len() {
            if let Some(kind) = self.kind(i) {
                let (first, last) = self.extent(i, kind);
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

    /// What the recogniser takes token `i` for.
    fn recognised(&self, i: usize) -> Option<&Entity> {
        let entities = &self.scene.trees[self.passage].analysis.entities;
        entities.iter().find(|e| (e.first as usize..e.end as usize).contains(&i))
    }

    /// What the phrase headed by token `i` names, when it heads one.
    fn kind(&self, i: usize) -> Option<EntityKind> {
        let (scene, passage) = (self.scene, self.passage);
        let tree = &scene.trees[passage];
        match tree.word(i) {
            "i" | "he" | "she" | "him" if tree.tag(i) == Tag::Prp => return Some(EntityKind::Person),
            "we" | "they" => return Some(EntityKind::Organisation),
            _ => {}
        }
        let hit = scene.hit(passage, i);
        let state = hit.is_some_and(|hit| matches!(hit.named, Named::State(_)));
        let modifier = matches!(tree.dep(i), Dep::Compound | Dep::Amod | Dep::Nmod);
        let label = self.recognised(i).map(|e| e.label);
        let people = label == Some(EntityLabel::Norp) && tree.tag(i) != Tag::Nnps;
        if tree.tag(i) == Tag::Jj && (state || people && modifier) || people && hit.is_none() && modifier {
            return Some(EntityKind::Nationality);
        }
        let number = matches!(
            label,
            Some(EntityLabel::Cardinal | EntityLabel::Money | EntityLabel::Quantity | EntityLabel::Percent)
        );
        if number {
            let time = scene.times[passage].iter().any(|t| (t.first..t.end).contains(&i));
            return (!time && tree.word(i) != "one").then_some(EntityKind::Quantity);
        }
        let named = hit.is_some() || label.is_some();
        if !tree.is_noun(i) || modifier && !named {
            return None;
        }
        if tree.has(i, Dep::Prep) && self.naming.holds("parts", tree.lemma(i)) && !named {
            return None;
        }
        self.noun(i, label, named, state)
    }

    /// What a noun names: by its name, else by its class.
    fn noun(&self, i: usize, label: Option<EntityLabel>, named: bool, state: bool) -> Option<EntityKind> {
        let (scene, passage) = (self.scene, self.passage);
        let tree = &scene.trees[passage];
        let lemma = tree.lemma(i);
        let mention = scene.place_at(passage, i);
        if self.naming.holds("weapon", lemma) || self.naming.holds("weapon", tree.word(i)) {
            return Some(EntityKind::Weapon);
        }
        if self.naming.holds("platform", lemma) || self.naming.holds("platform", tree.word(i)) {
            return Some(EntityKind::Platform);
        }
        let hit = scene.hit(passage, i);
        if label == Some(EntityLabel::Person) && hit.is_none() && mention.is_none() {
            // A lone name after "near" is a town the recogniser does not know.
            let town = tree.dep(i) == Dep::Pobj
                && matches!(tree.word(tree.head(i)), "in" | "near" | "at" | "around" | "towards");
            return Some(if town && tree.kids(i).is_empty() { EntityKind::Place } else { EntityKind::Person });
        }
        if let Some(mention) = mention.filter(|m| m.usage != PlaceUse::Demonym) {
            let acts = mention.usage != PlaceUse::Literal || state && matches!(tree.dep(i), Dep::Nsubj | Dep::Agent);
            let body = hit.is_some() && !state || state && tree.dep(i) == Dep::Compound;
            return Some(if acts || body { EntityKind::Organisation } else { EntityKind::Place });
        }
        let first = tree.noun_phrase(i).0;
        if self.naming.holds("deeds", tree.lemma(first)) || self.naming.holds("deeds", tree.lemma((first + 1).min(i))) {
            return None;
        }
        if hit.is_some() || matches!(label, Some(EntityLabel::Org | EntityLabel::Norp)) {
            return Some(EntityKind::Organisation);
        }
        if named || self.naming.holds("never", lemma) {
            return None;
        }
        let set = scene.classes(passage, i);
        let is = |names: &[&str]| names.iter().any(|name| set.meets(scene.lexicon.classes.one(name)));
        if is(&["weapon", "bomb", "projectile"]) && !is(&["fighter", "aircraft", "vehicle", "relief", "aid"]) {
            return Some(EntityKind::Weapon);
        }
        if is(&["vehicle", "aircraft", "ship", "drone"]) && !is(&["fighter", "relief"]) {
            return Some(EntityKind::Platform);
        }
        if is(&["fighter", "force", "civilian", "person", "captive"]) {
            let many = matches!(tree.tag(i), Tag::Nns | Tag::Nnps) || self.naming.holds("collective", lemma);
            let one = !many && is(&["civilian", "person", "fighter"]) && !is(&["force"]);
            return Some(if one { EntityKind::Person } else { EntityKind::Organisation });
        }
        let article = tree.kids(i).iter().any(|&k| k < i && matches!(tree.dep(k), Dep::Det | Dep::Poss | Dep::Nummod));
        (is(&["place", "infrastructure", "position"]) && article).then_some(EntityKind::Place)
    }

    /// The tokens of the phrase: weapons, vehicles and named places without article, none with a possessive at its end.
    fn extent(&self, i: usize, kind: EntityKind) -> (usize, usize) {
        let (scene, passage) = (self.scene, self.passage);
        let tree = &scene.trees[passage];
        let (mut first, mut last) = match (kind, self.recognised(i)) {
            (EntityKind::Quantity, Some(entity)) => (entity.first as usize, (entity.end as usize).max(1) - 1),
            (EntityKind::Nationality, _) => (i, i),
            _ if tree.tag(i) == Tag::Prp => (i, i),
            _ => tree.noun_phrase(i),
        };
        if kind == EntityKind::Place
            && let Some(mention) = scene.place_at(passage, i)
        {
            last = last.max(mention.end.max(1) - 1);
        }
        let bare = kind == EntityKind::Place && tree.is_proper(i);
        if kind == EntityKind::Person
            && let Some(duty) = tree.kids(i).iter().find(|&&k| k > i && matches!(tree.word(k), "for" | "of"))
            && let Some(object) = tree.kid(*duty, Dep::Pobj).filter(|&o| tree.is_proper(o))
        {
            // "the Minister for Foreign Trade"
            last = last.max(tree.noun_phrase(object).1);
        }
        while first < i {
            let article = matches!(tree.tag(first), Tag::Dt | Tag::PrpPoss);
            let counting = tree.tag(first) == Tag::Cd && kind != EntityKind::Place;
            let loose = tree.analysis.tokens[first].is_space
                || matches!(tree.dep(first), Dep::Punct | Dep::Cc)
                || tree.tag(first) == Tag::In
                || tree.word(first) == "near";
            let light = match kind {
                EntityKind::Quantity => {
                    !matches!(tree.tag(first), Tag::Cd | Tag::Sym) && !tree.raw(first).starts_with(['$', '£', '€'])
                }
                _ => loose || counting || bare && article,
            };
            if !light {
                break;
            }
            first += 1;
        }
        if let Some(bracket) = (i + 1..=last).find(|&k| tree.word(k).starts_with('[')) {
            last = bracket - 1;
        }
        while last > i && (tree.dep(last) == Dep::Case || tree.analysis.tokens[last].is_space) {
            last -= 1;
        }
        (first, last.max(i))
    }
}
