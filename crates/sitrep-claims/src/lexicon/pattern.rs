//! Multi-word triggers: "take control of", "come under fire", "car bomb", matched on the tree and not on the string.
//!
//! In: an entry of a frame's word list. Out: the tokens it covers around a head, and what its last preposition governs.

use sitrep_language::{Dep, Tag};

use crate::tree::Tree;

/// One entry of a word list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// Words that stand before the head and belong to it ("car" in "car bomb").
    pub(crate) before: Vec<String>,
    /// The head's lemma.
    pub(crate) head: String,
    /// Words below the head or below each other, in order.
    pub(crate) after: Vec<String>,
    /// The marks of the words in `after`.
    marks: u64,
}

/// One bit for a word: what a set of words lacks is seen without comparing strings.
pub(crate) fn mark(word: &str) -> u64 {
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    1 << (hash >> 58)
}

fn marks(words: &[String]) -> u64 {
    words.iter().fold(0, |all, word| all | mark(word))
}

/// Where a pattern was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Tokens covered, the head not among them.
    pub(crate) covered: Vec<usize>,
    /// What the last word, a preposition, governs.
    pub(crate) governed: Option<usize>,
    /// The last word is a preposition.
    pub(crate) ends_in_prep: bool,
}

const PREPOSITIONS: [&str; 24] = [
    "of", "on", "in", "at", "to", "into", "from", "with", "under", "over", "for", "against", "between", "by", "among",
    "out", "off", "toward", "towards", "upon", "onto", "across", "through", "as",
];

/// Words that stand after a verb without governing anything, whatever the parser calls them.
const PARTICLES: [&str; 10] = ["out", "off", "back", "away", "up", "down", "apart", "over", "in", "forward"];

impl Pattern {
    /// A verb pattern: the head is the first word that is no adverb ("sexually abuse").
    pub(crate) fn verb(entry: &str) -> Pattern {
        let mut words = entry.split_whitespace().map(str::to_owned).peekable();
        let mut before = Vec::new();
        let verb = |word: &str| matches!(word, "supply" | "resupply" | "comply" | "multiply");
        while let Some(adverb) = words.next_if(|word| word.ends_with("ly") && word.len() > 5 && !verb(word)) {
            before.push(adverb);
        }
        let head = words.next().unwrap_or_default();
        let after: Vec<String> = words.collect();
        Pattern { before, head, marks: marks(&after), after }
    }

    /// A noun pattern: the head is the last word before the first preposition.
    pub(crate) fn noun(entry: &str) -> Pattern {
        let words: Vec<String> = entry.split_whitespace().map(str::to_owned).collect();
        let cut = words.iter().position(|w| PREPOSITIONS.contains(&w.as_str())).unwrap_or(words.len()).max(1);
        Pattern {
            before: words[..cut - 1].to_vec(),
            head: words[cut - 1].clone(),
            after: words[cut..].to_vec(),
            marks: marks(&words[cut..]),
        }
    }

    /// Whether it ends in a word that is neither preposition nor particle: "break off talks", not "break off".
    pub(crate) fn is_whole(&self) -> bool {
        let last = self.after.last().map(String::as_str);
        last.is_some_and(|w| !PREPOSITIONS.contains(&w) && !PARTICLES.contains(&w) && !matches!(w, "aside" | "through"))
    }

    /// Whether its last word is a preposition that must govern something.
    pub(crate) fn wants_noun(&self) -> bool {
        let last = self.after.last().map(String::as_str);
        last.is_some_and(|w| PREPOSITIONS.contains(&w) && !PARTICLES.contains(&w))
    }

    /// How many words it has.
    pub(crate) fn words(&self) -> usize {
        1 + self.before.len() + self.after.len()
    }

    /// Finds the pattern around `head`, whose lemma is already known to fit.
    pub(crate) fn find(&self, tree: &Tree<'_>, head: usize) -> Option<Found> {
        if self.marks & !tree.marks_below(head) != 0 {
            return None;
        }
        let mut found = Found::default();
        for word in &self.before {
            found.covered.push(modifier(tree, head, word)?);
        }
        let mut from = vec![head];
        // A modifier may be listed before the noun it hangs on: "use chemical weapon".
        let mut waiting: Vec<&String> = Vec::new();
        for word in &self.after {
            let Some(next) = below(tree, &from, word) else {
                waiting.push(word);
                continue;
            };
            found.covered.extend(passed(tree, &from, next));
            found.covered.push(next);
            from.push(next);
            while let Some(at) = waiting.iter().position(|w| below(tree, &from, w).is_some()) {
                let late = below(tree, &from, waiting.remove(at))?;
                found.covered.push(late);
            }
        }
        if !waiting.is_empty() {
            return None;
        }
        // "carrying rifles off the coast": no "carry off".
        let last = from.last().copied().filter(|&l| l != head);
        let strays = |l: usize| {
            tree.dep(l) == Dep::Prep && tree.has(l, Dep::Pobj) && matches!(tree.word(l), "off" | "in" | "over")
        };
        if self.after.len() == 1 && !self.wants_noun() && tree.has(head, Dep::Dobj) && last.is_some_and(strays) {
            return None;
        }
        if let Some(last) = last {
            let preposition = matches!(tree.dep(last), Dep::Prep | Dep::Agent | Dep::Dative);
            if preposition && !PARTICLES.contains(&tree.word(last)) || tree.has(last, Dep::Pobj) {
                found.ends_in_prep = true;
                found.governed = tree.prep_object(last);
            }
        }
        Some(found)
    }
}

/// A word that modifies the noun `head` from the left: "car" in "a car bomb", also through another modifier.
fn modifier(tree: &Tree<'_>, head: usize, word: &str) -> Option<usize> {
    let fits = |k: usize| k < head && (tree.lemma(k) == word || tree.word(k) == word);
    let direct = tree.kids(head).iter().copied().find(|&k| fits(k) && tree.dep(k) != Dep::Det);
    direct.or_else(|| {
        let inner = tree.kids(head).iter().flat_map(|&k| tree.kids(k).iter().copied());
        let near = inner.into_iter().find(|&k| fits(k) && matches!(tree.dep(k), Dep::Compound | Dep::Amod | Dep::Nmod));
        near.or_else(|| head.checked_sub(1).filter(|&k| fits(k) && tree.dep(k) == Dep::Compound))
    })
}

/// A word below one of `from`, nearest level first. Passive subjects count as objects: "control was taken of".
fn below(tree: &Tree<'_>, from: &[usize], word: &str) -> Option<usize> {
    for &at in from.iter().rev() {
        // "vow to bring down": the "to" of what is vowed, not that of the vow.
        let inner = |k: usize| from.first() != Some(&at) && tree.dep(k) == Dep::Aux && tree.tag(k) == Tag::To;
        let fits = |k: usize| (tree.lemma(k) == word || tree.word(k) == word) && (linked(tree, k) || inner(k));
        let hit = tree.kids(at).iter().copied().find(|&k| fits(k));
        if hit.is_some() {
            return hit;
        }
    }
    from.iter().rev().find_map(|&at| beside(tree, at, word))
}

/// The nouns between a hit and what it was sought below: the "efforts" of "ended mediation efforts".
fn passed(tree: &Tree<'_>, from: &[usize], hit: usize) -> Vec<usize> {
    let modifies = matches!(tree.dep(hit), Dep::Compound | Dep::Nmod);
    let above = tree.ancestors(hit).take(3).take_while(|a| !from.contains(a));
    if modifies { above.filter(|&a| tree.is_noun(a)).collect() } else { Vec::new() }
}

/// The word coordinated with an argument of `at`, counted by it, or modifying a light noun there: "sent troops and tanks", "fired
/// dozens of rockets", "ended mediation efforts".
fn beside(tree: &Tree<'_>, at: usize, word: &str) -> Option<usize> {
    const LIGHT: [&str; 16] = [
        "effort",
        "program",
        "programme",
        "mission",
        "delivery",
        "supply",
        "shipment",
        "process",
        "measure",
        "activity",
        "work",
        "package",
        "order",
        "attempt",
        "link",
        "site",
    ];
    let fits = |k: usize| tree.lemma(k) == word || tree.word(k) == word;
    let inside = |k: usize| {
        let joined = tree.kids(k).iter().copied().find(|&m| tree.dep(m) == Dep::Conj && fits(m) && tree.is_noun(m));
        let light = LIGHT.contains(&tree.lemma(k));
        let modifying = |&m: &usize| matches!(tree.dep(m), Dep::Compound | Dep::Nmod) && fits(m);
        joined.or_else(|| tree.kids(k).iter().copied().find(modifying).filter(|_| light))
    };
    let argument = |k: usize| matches!(tree.dep(k), Dep::Dobj | Dep::Pobj | Dep::Nsubjpass);
    tree.kids(at).iter().copied().filter(|&k| argument(k)).find_map(|k| {
        let counted = tree.counted(k);
        inside(k).or_else(|| counted.filter(|&m| fits(m))).or_else(|| counted.and_then(inside))
    })
}

fn linked(tree: &Tree<'_>, k: usize) -> bool {
    matches!(
        tree.dep(k),
        Dep::Prt
            | Dep::Prep
            | Dep::Dobj
            | Dep::Pobj
            | Dep::Advmod
            | Dep::Acomp
            | Dep::Attr
            | Dep::Oprd
            | Dep::Nsubjpass
            | Dep::Npadvmod
            | Dep::Pcomp
            | Dep::Amod
            | Dep::Compound
            | Dep::Xcomp
            | Dep::Dative
            | Dep::Nmod
            | Dep::Agent
            | Dep::Poss
    )
}
