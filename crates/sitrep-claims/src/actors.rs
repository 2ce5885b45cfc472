//! Who: names found in the text, noun phrases turned into actors, abbreviations the text defines itself.
//!
//! In: trees and the actor list. Out: [`ActorRef`]s with a neutral name where one is known. An unknown body keeps its own name.

pub(crate) mod antecedent;
mod cover;
mod describe;
mod kind;

use std::collections::BTreeMap;

use serde::Deserialize;
use sitrep_language::{Dep, Tag};

use crate::KitError;
use crate::lexicon::Lexicon;
use crate::lexicon::actors::{Named, Word, pieces};
use crate::lexicon::parse;
use crate::place::PlaceMention;
use crate::tree::Tree;
use crate::when::TimeMention;
use cover::Cover;

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

    /// Whether a noun in no list ends as words for people do: "burner", "columnist".
    pub(crate) fn ends_as_person(&self, lemma: &str) -> bool {
        let long = |end: &str| lemma.len() > end.len() + 2 && lemma.ends_with(end);
        let endings = self.lists.get("person_endings");
        endings.is_some_and(|all| all.iter().any(|end| long(end))) && !self.listed("no_people", lemma)
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
    /// Per passage, what covers each token.
    covers: Vec<Cover>,
}

impl<'d> Scene<'d> {
    pub(crate) fn new(
        lexicon: &'d Lexicon,
        kinds: &'d Kinds,
        trees: &'d [Tree<'d>],
        places: &'d [Vec<PlaceMention>],
        times: &'d [Vec<TimeMention>],
    ) -> Scene<'d> {
        let hits: Vec<Vec<Hit>> = trees.iter().map(|tree| names(lexicon, tree)).collect();
        let covers = (0..trees.len()).map(|at| Cover::new(&trees[at], &hits[at], &places[at], &times[at])).collect();
        let mut scene = Scene { lexicon, kinds, trees, places, times, hits, abbreviations: BTreeMap::new(), covers };
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
                // "7 KIA": what became of them, no army's name.
                let fate = at > 0 && tree.tag(at - 1) == Tag::Cd && lexicon.words.fragment(tree.word(at)).is_some();
                if !(fate || name && matches!(named, Named::State(_))) {
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
