//! What a noun can be: place, fighter, vehicle, attack …, as small sets of classes.
//!
//! In: `classes.toml`. Out: [`Classes::of`]. A word not listed has no class; that is not an error.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::KitError;
use crate::lexicon::parse;

/// A set of classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ClassSet(u128);

impl ClassSet {
    pub(crate) const NONE: ClassSet = ClassSet(0);

    pub(crate) fn meets(self, other: ClassSet) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn with(self, other: ClassSet) -> ClassSet {
        ClassSet(self.0 | other.0)
    }

    pub(crate) fn without(self, other: ClassSet) -> ClassSet {
        ClassSet(self.0 & !other.0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Classes that are worked out from the text and not listed: an actor, a number standing for people, a clause.
const COMPUTED: [&str; 7] = ["actor", "person_like", "number", "bare", "clause", "clause_any", "clause_violent"];

/// The loaded classes.
pub(crate) struct Classes {
    bits: BTreeMap<String, ClassSet>,
    of: HashMap<String, ClassSet>,
}

#[derive(Deserialize)]
struct Entry {
    words: String,
}

impl Classes {
    pub(crate) fn load() -> Result<Classes, KitError> {
        const FILE: &str = "lang/en/classes.toml";
        let table: BTreeMap<String, Entry> = parse(FILE, include_str!("../../lang/en/classes.toml"))?;
        let mut bits = BTreeMap::new();
        let mut of: HashMap<String, ClassSet> = HashMap::new();
        for (index, name) in table.keys().map(String::as_str).chain(COMPUTED).enumerate() {
            if index >= 128 {
                return Err(KitError { file: FILE, message: "more than 128 classes".to_owned() });
            }
            bits.insert(name.to_owned(), ClassSet(1 << index));
        }
        for (name, entry) in &table {
            for word in entry.words.split_whitespace() {
                let slot = of.entry(word.to_owned()).or_default();
                *slot = slot.with(bits[name]);
            }
        }
        Ok(Classes { bits, of })
    }

    /// The set of the classes named.
    pub(crate) fn named(&self, names: &[String]) -> Result<ClassSet, String> {
        let mut set = ClassSet::NONE;
        for name in names {
            set = set.with(*self.bits.get(name).ok_or_else(|| format!("unknown class: {name}"))?);
        }
        Ok(set)
    }

    /// The class called `name`, which the code knows to exist; the empty set otherwise.
    pub(crate) fn one(&self, name: &str) -> ClassSet {
        debug_assert!(self.bits.contains_key(name), "unknown class {name}");
        self.bits.get(name).copied().unwrap_or_default()
    }

    /// What the noun with this lemma can be.
    pub(crate) fn of(&self, lemma: &str) -> ClassSet {
        if let Some(set) = self.of.get(lemma) {
            return *set;
        }
        let singular = lemma.strip_suffix('s').and_then(|stem| self.of.get(stem));
        // "su-25sm" is of the make "su-#".
        let make = || {
            let (maker, model) = lemma.split_once('-')?;
            let numbered = model.starts_with(|c: char| c.is_ascii_digit()) && maker.len() < 5;
            self.of.get(&format!("{maker}-#")).filter(|_| numbered)
        };
        singular.or_else(make).copied().unwrap_or_default()
    }
}
