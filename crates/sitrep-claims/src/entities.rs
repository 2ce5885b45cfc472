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
    let known = Known::of(&scene);
    let read = |passage| Reader { scene: &scene, naming: &kit.naming, known: &known, passage }.mentions();
    (0..trees.len()).flat_map(read).collect()
}

/// Names the document explains somewhere: what the recogniser takes for something else elsewhere.
struct Known {
    surnames: BTreeSet<String>,
    towns: BTreeSet<String>,
}

impl Known {
    fn of(scene: &Scene<'_>) -> Known {
        let (mut surnames, mut towns) = (BTreeSet::new(), BTreeSet::new());
        for (tree, places) in scene.trees.iter().zip(scene.places) {
            let people =
                tree.analysis.entities.iter().filter(|e| e.label == EntityLabel::Person && e.end - e.first > 1);
            surnames.extend(people.map(|e| tree.word(e.end as usize - 1).to_owned()));
            let named = places.iter().filter(|m| m.usage == PlaceUse::Literal && m.place.lat.is_some());
            towns.extend(named.map(|m| tree.word(m.head).to_owned()));
        }
        Known { surnames, towns }
    }
}

/// `span` without a note or bracket that hangs on its `text` ("Vastrez,[1]"), and without marks at its end.
fn cut(span: Span, text: &str) -> Span {
    let whole = text.find(['[', '(']).filter(|&at| at > 2).map_or(text, |at| &text[..at]);
    let bare = whole.trim_end_matches([',', ' ', '”', '"', ':']);
    if bare.is_empty() { span } else { Span::new(span.start as usize, span.start as usize + bare.len()) }
}

/// One passage and what is known of it.
struct Reader<'s, 'd> {
    scene: &'s Scene<'d>,
    naming: &'s Naming,
    known: &'s Known,
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
        let mut held: Vec<(usize, usize, EntityKind)> = Vec::new();
        for (first, last, kind) in found {
            match held.last_mut() {
                // "Palmyra, Syria"
                Some(before)
                    if before.2 == EntityKind::Place && kind == EntityKind::Place && self.comma(before.1, first) =>
                {
                    before.1 = last;
                }
                Some(before) if first <= before.1 => {}
                _ => held.push((first, last, kind)),
            }
        }
        held.into_iter()
            .map(|(first, last, kind)| {
                let base = tree.passage.span.start;
                let span = tree.span(first, last);
                let text = tree.text.get((span.start - base) as usize..(span.end - base) as usize);
                (cut(span, text.unwrap_or("")), kind)
            })
            .collect()
    }

    /// Whether only a comma stands between two names, and the second one's sentence part ends with it.
    fn comma(&self, before: usize, first: usize) -> bool {
        let tree = &self.scene.trees[self.passage];
        let country = self.scene.place_at(self.passage, first);
        first == before + 2
            && tree.word(before + 1) == ","
            && tree.is_proper(before)
            && country
                .is_some_and(|m| matches!(m.place.kind.as_deref(), Some("country" | "division" | "province" | "state")))
            && tree.dep(first) != Dep::Conj
    }

    /// What the recogniser takes token `i` for.
    fn recognised(&self, i: usize) -> Option<&Entity> {
        let entities = &self.scene.trees[self.passage].analysis.entities;
        let at = entities.partition_point(|e| e.end as usize <= i);
        entities.get(at).filter(|e| e.first as usize <= i)
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
        if tree.word(i) == "near" {
            return None;
        }
        if number {
            if !matches!(tree.tag(i), Tag::Cd | Tag::Sym | Tag::Dollar) {
                return None;
            }
            let times = &scene.times[passage];
            let at = times.partition_point(|t| t.end <= i);
            let time = times.get(at).is_some_and(|t| t.first <= i);
            return (!time && tree.word(i) != "one").then_some(EntityKind::Quantity);
        }
        let named = hit.is_some() || label.is_some();
        // Inside a longer name.
        let inner = self.recognised(i).is_some_and(|e| {
            let head = tree.head(i);
            head != i && (e.first as usize..e.end as usize).contains(&head)
        });
        if inner && hit.is_none() && tree.dep(i) != Dep::Poss && tree.dep(i) != Dep::Conj {
            return None;
        }
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
        // "HMS Ocean": what stands before a ship's name.
        if named && tree.is_proper(i) && self.naming.holds("ships", tree.word(tree.noun_phrase(i).0)) {
            return Some(EntityKind::Platform);
        }
        if self.naming.holds("weapon", lemma) || self.naming.holds("weapon", tree.word(i)) {
            return Some(EntityKind::Weapon);
        }
        if self.naming.holds("platform", lemma) || self.naming.holds("platform", tree.word(i)) {
            return Some(EntityKind::Platform);
        }
        let hit = scene.hit(passage, i);
        let lone = tree.kids(i).iter().all(|&k| !matches!(tree.dep(k), Dep::Compound | Dep::Amod));
        if lone && label.is_some() && hit.is_none() && tree.is_proper(i) {
            if self.known.towns.contains(tree.word(i)) && mention.is_none() {
                return Some(EntityKind::Place);
            }
            if self.known.surnames.contains(tree.word(i)) && mention.is_none() {
                return Some(EntityKind::Person);
            }
        }
        if label == Some(EntityLabel::Person) && hit.is_none() && mention.is_none() {
            // A lone name after "near" is a town the recogniser does not know.
            let town = tree.dep(i) == Dep::Pobj
                && matches!(tree.word(tree.head(i)), "in" | "near" | "at" | "around" | "towards");
            return Some(if town && tree.kids(i).is_empty() { EntityKind::Place } else { EntityKind::Person });
        }
        if let Some(mention) = mention.filter(|m| m.usage != PlaceUse::Demonym) {
            let rules = mention.place.kind.as_deref() == Some("country") || mention.usage == PlaceUse::Seat;
            let acts =
                mention.usage != PlaceUse::Literal && rules || state && matches!(tree.dep(i), Dep::Nsubj | Dep::Agent);
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
            let counting = tree.tag(first) == Tag::Cd;
            let loose = tree.analysis.tokens[first].is_space
                || matches!(tree.dep(first), Dep::Punct | Dep::Cc)
                || tree.tag(first) == Tag::In
                || tree.word(first) == "near"
                || tree.tag(first) == Tag::Rb;
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
        if let Some(hit) = scene.hit(passage, i) {
            last = last.max(hit.last);
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

#[cfg(test)]
mod tests {
    use sitrep_language::Language;

    use super::*;

    #[test]
    fn whole_phrases_are_told_with_their_kind() {
        let model = include_bytes!("../../sitrep-language/model/en_core_web_sm-3.8.0.bin");
        let kit = Kit::new(Language::load(model).expect("the model in the repository loads")).expect("knowledge");
        let text = "On Monday the Valley Defence Union shelled Tikrit, Iraq. Two rebels in a tank were killed near the camp, General Oran Vastrez said.";
        let page = sitrep_read::page_of(
            "text",
            sitrep_model::MediaType::Text,
            text.as_bytes().to_vec(),
            sitrep_model::PageMeta::default(),
            "test",
        );
        let document = sitrep_read::document(&page).value;
        let found: Vec<(&str, EntityKind)> =
            entities(&kit, &document).into_iter().map(|(span, kind)| (span.of(&document.text), kind)).collect();
        for wanted in [
            ("Monday", EntityKind::Time),
            ("the Valley Defence Union", EntityKind::Organisation),
            ("Tikrit, Iraq", EntityKind::Place),
            ("Two", EntityKind::Quantity),
            ("rebels", EntityKind::Organisation),
            ("a tank", EntityKind::Platform),
            ("the camp", EntityKind::Place),
            ("General Oran Vastrez", EntityKind::Person),
        ] {
            assert!(found.contains(&wanted), "{wanted:?} is not among {found:?}");
        }
        assert!(found.windows(2).all(|pair| pair[0].0.as_ptr() < pair[1].0.as_ptr()));
    }
}
