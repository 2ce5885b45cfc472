//! Who: names found in the text, noun phrases turned into actors, abbreviations the text defines itself.
//!
//! In: trees and the actor list. Out: [`ActorRef`]s with a neutral name where one is known. An unknown body keeps its own name.

pub(crate) mod antecedent;
mod describe;

use std::collections::BTreeMap;

use serde::Deserialize;
use sitrep_language::{Dep, EntityLabel, Tag};

use crate::KitError;
use crate::lexicon::Lexicon;
use crate::lexicon::actors::{Named, Word, pieces};
use crate::lexicon::classes::ClassSet;
use crate::lexicon::parse;
use crate::place::{PlaceMention, PlaceUse};
use crate::tree::Tree;
use crate::when::TimeMention;

/// A name in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) first: usize,
    /// The last token, included.
    pub(crate) last: usize,
    pub(crate) named: Named,
}

/// Word lists for describing actors.
pub(crate) struct Kinds {
    kinds: BTreeMap<String, Vec<String>>,
    lists: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct KindsFile {
    kinds: BTreeMap<String, String>,
    descriptions: BTreeMap<String, String>,
}

impl Kinds {
    pub(crate) fn load() -> Result<Kinds, KitError> {
        let file: KindsFile = parse("lang/en/actor_kinds.toml", include_str!("../lang/en/actor_kinds.toml"))?;
        let split = |table: BTreeMap<String, String>| {
            table
                .into_iter()
                .map(|(name, words)| (name, words.split_whitespace().map(str::to_owned).collect()))
                .collect()
        };
        Ok(Kinds { kinds: split(file.kinds), lists: split(file.descriptions) })
    }

    /// The kind of body a common noun names.
    pub(crate) fn of(&self, lemma: &str) -> Option<&str> {
        self.kinds.iter().find(|(_, words)| words.iter().any(|word| word == lemma)).map(|(name, _)| name.as_str())
    }

    pub(crate) fn listed(&self, list: &str, lemma: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.iter().any(|word| word == lemma))
    }
}

/// What the whole document is seen through: trees, names, places.
pub(crate) struct Scene<'d> {
    pub(crate) lexicon: &'d Lexicon,
    pub(crate) kinds: &'d Kinds,
    pub(crate) trees: &'d [Tree<'d>],
    pub(crate) places: &'d [Vec<PlaceMention>],
    pub(crate) times: &'d [Vec<TimeMention>],
    pub(crate) hits: Vec<Vec<Hit>>,
    /// Abbreviations defined in the text, and the phrase each stands for.
    pub(crate) abbreviations: BTreeMap<String, String>,
}

impl<'d> Scene<'d> {
    pub(crate) fn new(
        lexicon: &'d Lexicon,
        kinds: &'d Kinds,
        trees: &'d [Tree<'d>],
        places: &'d [Vec<PlaceMention>],
        times: &'d [Vec<TimeMention>],
    ) -> Scene<'d> {
        let hits = trees.iter().map(|tree| names(lexicon, tree)).collect();
        let mut scene = Scene { lexicon, kinds, trees, places, times, hits, abbreviations: BTreeMap::new() };
        scene.abbreviations = trees.iter().flat_map(|tree| scene.defined(tree)).collect();
        scene
    }

    /// "Valley Defence Union (VDU)": the abbreviations the passage defines.
    fn defined(&self, tree: &Tree<'_>) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for i in 1..tree.len().saturating_sub(1) {
            let raw = tree.raw(i);
            let short = raw.len() >= 2
                && raw.len() <= 8
                && raw.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-');
            if !short || tree.word(i - 1) != "(" || tree.word(i + 1) != ")" || i < 3 {
                continue;
            }
            let mut first = i - 1;
            while first > 0
                && i - first < 9
                && (tree.is_proper(first - 1)
                    || matches!(tree.word(first - 1), "of" | "the" | "for" | "and" | "-") && first >= 2)
            {
                first -= 1;
            }
            while first < i - 1 && !tree.raw(first).starts_with(char::is_uppercase) {
                first += 1;
            }
            let initial = raw.chars().next().map(|c| c.to_ascii_lowercase());
            while first < i - 1
                && tree.word(first).chars().next() != initial
                && (first + 1..i - 1).any(|k| tree.word(k).chars().next() == initial)
            {
                first += 1;
            }
            if first + 1 < i - 1 {
                found.push((raw.to_owned(), tree.phrase(first, i - 2)));
            }
        }
        found
    }

    /// The name that covers token `i`.
    pub(crate) fn hit(&self, passage: usize, i: usize) -> Option<Hit> {
        self.hits[passage].iter().copied().find(|hit| hit.first <= i && i <= hit.last)
    }

    /// The place mention whose expression covers token `i`, as a place.
    pub(crate) fn place_at(&self, passage: usize, i: usize) -> Option<&'d PlaceMention> {
        self.places[passage].iter().find(|m| m.usage == PlaceUse::Literal && m.first <= i && i < m.end)
    }

    /// Whether token `i` is part of a time expression.
    pub(crate) fn is_time(&self, passage: usize, i: usize) -> bool {
        self.times[passage].iter().any(|m| m.first <= i && i < m.end)
    }

    /// What the noun phrase headed by `i` can be.
    pub(crate) fn classes(&self, passage: usize, i: usize) -> ClassSet {
        let tree = &self.trees[passage];
        let one = |name: &str| self.lexicon.classes.one(name);
        let actorish = one("actor").with(one("fighter")).with(one("bare"));
        if self.is_time(passage, i) {
            return ClassSet::NONE;
        }
        match tree.tag(i) {
            Tag::Prp | Tag::Wp | Tag::Wdt => {
                let thing = matches!(tree.word(i), "it" | "which" | "that" | "itself");
                let set = one("actor").with(one("bare"));
                if thing && matches!(tree.dep(i), Dep::Dobj | Dep::Pobj) {
                    return one("place").with(one("bare"));
                }
                if matches!(tree.word(i), "he" | "she" | "him" | "her" | "i" | "you") {
                    return set.with(one("civilian")).with(one("person"));
                }
                if matches!(tree.word(i), "they" | "them") {
                    if let Some((p, k)) = self.antecedent(passage, i, &|_, _| true) {
                        return self.classes(p, k).with(one("bare"));
                    }
                }
                return if thing { set } else { set.with(one("civilian")).with(one("fighter")).with(one("displaced")) };
            }
            Tag::Cd => return self.measured(passage, i).unwrap_or(one("number").with(one("bare"))),
            Tag::Dt | Tag::Jj | Tag::Jjr | Tag::Jjs | Tag::Vbn | Tag::Rb => {
                return self.measured(passage, i).unwrap_or(one("bare"));
            }
            _ => {}
        }
        let lemma = tree.lemma(i);
        let mut set = self.lexicon.classes.of(lemma);
        if let Some(of) = self.measured(passage, i) {
            set = set.with(of);
        }
        match self.hit(passage, i).map(|hit| hit.named) {
            Some(Named::Actor(_)) => set = set.with(one("actor")).with(one("force")),
            Some(Named::State(_)) if tree.is_proper(i) => {
                set = set.with(one("actor")).with(one("force")).with(one("place"))
            }
            _ if tree.is_proper(i) && set.is_empty() => {
                let place = self.place_at(passage, i).is_some();
                let people = tree.tag(i) == Tag::Nnps || self.norp(passage, i);
                set = if place {
                    one("place")
                } else if people {
                    actorish
                } else {
                    one("place").with(actorish).with(one("civilian")).with(one("person"))
                };
            }
            _ => {}
        }
        if set.meets(one("fighter").with(one("force"))) && !self.plain_place(passage, i) {
            set = set.with(one("actor"));
        }
        set
    }

    /// Whether the parser takes the token for a people, a creed or a party.
    fn norp(&self, passage: usize, i: usize) -> bool {
        let entities = &self.trees[passage].analysis.entities;
        entities.iter().any(|e| e.label == EntityLabel::Norp && e.first as usize <= i && i < e.end as usize)
    }

    /// A known place mention that names no state: never an actor.
    fn plain_place(&self, passage: usize, i: usize) -> bool {
        self.place_at(passage, i).is_some_and(|m| m.head == i)
            && !matches!(self.hit(passage, i).map(|h| h.named), Some(Named::State(_) | Named::Actor(_)))
    }

    /// "dozens of fighters": what is counted.
    fn measured(&self, passage: usize, i: usize) -> Option<ClassSet> {
        let tree = &self.trees[passage];
        let measures = self.kinds.listed("measures", tree.lemma(i)) || tree.tag(i) == Tag::Cd || !tree.is_noun(i);
        let object = tree.pobj(i, "of").filter(|_| measures)?;
        (object != i).then(|| {
            if self.kinds.listed("measures", tree.lemma(object)) {
                self.lexicon.classes.of(tree.lemma(object))
            } else {
                self.classes(passage, object)
            }
        })
    }

    /// Whether the noun phrase can be an actor.
    pub(crate) fn is_actor(&self, passage: usize, i: usize) -> bool {
        let classes = &self.lexicon.classes;
        let set = self.classes(passage, i);
        if self.carries_actor(passage, i) {
            return true;
        }
        set.meets(classes.one("actor"))
            || set.meets(
                classes
                    .one("civilian")
                    .with(classes.one("person"))
                    .with(classes.one("captive"))
                    .with(classes.one("source")),
            )
    }
}

fn names(lexicon: &Lexicon, tree: &Tree<'_>) -> Vec<Hit> {
    let words: Vec<Word> = (0..tree.len()).map(|i| Word::new(tree.raw(i))).collect();
    let shouting = words
        .iter()
        .filter(|w| !w.pieces.is_empty())
        .all(|w| w.capitals || w.pieces.iter().all(|p| p.chars().all(char::is_numeric)));
    let mut hits = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match lexicon.actors.find(&words, at) {
            Some((named, taken)) if taken > 0 && plausible(tree, at, at + taken - 1, shouting) => {
                let mut last = at + taken - 1;
                while last > at && (words[last].pieces.is_empty() || tree.dep(last) == Dep::Case) {
                    last -= 1;
                }
                // "al-Kuwaiti" is a person's name.
                let name =
                    at > 1 && tree.word(at - 1) == "-" && matches!(tree.word(at - 2), "al" | "el" | "as" | "ad" | "at");
                if !(name && matches!(named, Named::State(_))) {
                    hits.push(Hit { first: at, last, named });
                }
                at = last + 1;
            }
            _ => at += 1,
        }
    }
    hits
}

/// A one-word name in lower case or a short word at the start of shouting is a common word: "is", "us", "badr".
fn plausible(tree: &Tree<'_>, first: usize, last: usize, shouting: bool) -> bool {
    let raw = tree.raw(first);
    if shouting && first == last && raw.len() <= 3 {
        return tree.is_proper(first);
    }
    first != last || raw.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()) || pieces(raw).len() > 1
}
