//! Words that attribute and words that hedge, with what they commit source and author to.
//!
//! In: `reporting.toml`, `hedges.toml`. Out: look-ups by lemma. Never looks at a text.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use sitrep_model::{AttributionType, AuthorStance, Basis, SourceStance, Status};

use crate::KitError;
use crate::lexicon::{items, parse};

/// What a reporting verb says about source and author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cue {
    pub(crate) id: String,
    pub(crate) stance: SourceStance,
    pub(crate) author_stance: AuthorStance,
    pub(crate) source: Option<i8>,
    pub(crate) author: Option<i8>,
    pub(crate) passive_author: Option<i8>,
    pub(crate) basis: Basis,
    pub(crate) status: Option<Status>,
    pub(crate) performative: bool,
    /// Needs an infinitive: "plans to".
    pub(crate) infinitive: bool,
    /// Takes a gerund: "accused of shelling".
    pub(crate) gerund: bool,
    /// "appears to have": no holder but the author.
    pub(crate) raising: bool,
}

/// Attribution cues.
pub(crate) struct Cues {
    cues: Vec<Cue>,
    verbs: HashMap<String, Vec<usize>>,
    pub(crate) adverbs: BTreeMap<String, i8>,
    pub(crate) adjectives: BTreeMap<String, i8>,
    pub(crate) nouns: Vec<String>,
    holder: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct File {
    cue: Vec<RawCue>,
    adverbs: BTreeMap<String, i8>,
    adjectives: BTreeMap<String, i8>,
    nouns: List,
    holder: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct List {
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCue {
    id: String,
    verbs: String,
    stance: String,
    author_stance: String,
    source: Option<i8>,
    author: Option<i8>,
    passive_author: Option<i8>,
    basis: Option<String>,
    status: Option<String>,
    #[serde(default)]
    performative: bool,
    #[serde(default)]
    infinitive: bool,
    #[serde(default)]
    gerund: bool,
    #[serde(default)]
    raising: bool,
}

impl Cues {
    pub(crate) fn load() -> Result<Cues, KitError> {
        const FILE: &str = "lang/en/reporting.toml";
        let file: File = parse(FILE, include_str!("../../lang/en/reporting.toml"))?;
        let list = |text: &str| items(text).map(str::to_owned).collect::<Vec<_>>();
        let mut cues = Cues {
            cues: Vec::new(),
            verbs: HashMap::new(),
            adverbs: file.adverbs,
            adjectives: file.adjectives,
            nouns: list(&file.nouns.words),
            holder: file.holder.iter().map(|(name, words)| (name.clone(), list(words))).collect(),
        };
        for raw in file.cue {
            for verb in items(&raw.verbs) {
                let head = verb.split(' ').next().unwrap_or(verb);
                cues.verbs.entry(head.to_owned()).or_default().push(cues.cues.len());
            }
            let id = raw.id.clone();
            let cue = raw
                .checked()
                .ok_or_else(|| KitError { file: FILE, message: format!("{id}: unknown stance, basis or status") })?;
            cues.cues.push(cue);
        }
        Ok(cues)
    }

    /// The cues of the verb `lemma`.
    pub(crate) fn of(&self, lemma: &str) -> impl Iterator<Item = &Cue> {
        self.verbs.get(lemma).into_iter().flatten().map(|&index| &self.cues[index])
    }

    /// The cue called `id`.
    pub(crate) fn named(&self, id: &str) -> Option<&Cue> {
        self.cues.iter().find(|cue| cue.id == id)
    }

    /// Whether the holder list `name` has the word.
    pub(crate) fn holder_word(&self, name: &str, word: &str) -> bool {
        self.holder.get(name).is_some_and(|list| list.iter().any(|item| item == word))
    }
}

impl RawCue {
    fn checked(self) -> Option<Cue> {
        Some(Cue {
            stance: SourceStance::from_code(&self.stance)?,
            author_stance: AuthorStance::from_code(&self.author_stance)?,
            basis: self.basis.as_deref().map_or(Some(Basis::Unstated), Basis::from_code)?,
            status: match self.status.as_deref() {
                Some(status) => Some(Status::from_code(status)?),
                None => None,
            },
            id: self.id,
            source: self.source,
            author: self.author,
            passive_author: self.passive_author,
            performative: self.performative,
            infinitive: self.infinitive,
            gerund: self.gerund,
            raising: self.raising,
        })
    }
}

/// The kinds a holder's words decide, in the order they are tried.
pub(crate) const HOLDER_KINDS: [(&str, AttributionType); 8] = [
    ("self-ref", AttributionType::SelfRef),
    ("imagery", AttributionType::Imagery),
    ("eyewitness", AttributionType::Eyewitness),
    ("local", AttributionType::Local),
    ("monitor", AttributionType::Monitor),
    ("social", AttributionType::Social),
    ("media", AttributionType::Media),
    ("document", AttributionType::Document),
];

/// Hedging words.
#[derive(Deserialize)]
pub(crate) struct Hedges {
    pub(crate) likelihood: BTreeMap<String, [f64; 2]>,
    pub(crate) certainty: BTreeMap<String, i8>,
    /// By what grammar makes of an event: did it happen, and how sure its teller is.
    pub(crate) factual: BTreeMap<String, [f64; 2]>,
    horizon: List,
    implicative: BTreeMap<String, String>,
}

/// What the form of a verb and the verb itself add to the means in [`Hedges::factual`].
#[derive(Deserialize)]
pub(crate) struct Factual {
    /// "asked past" = the mean.
    pub(crate) forms: BTreeMap<String, f64>,
    /// Lemma = what is added.
    pub(crate) words: BTreeMap<String, f64>,
}

impl Factual {
    pub(crate) fn load() -> Result<Factual, KitError> {
        parse("lang/en/factual.toml", include_str!("../../lang/en/factual.toml"))
    }
}

impl Hedges {
    pub(crate) fn load() -> Result<Hedges, KitError> {
        parse("lang/en/hedges.toml", include_str!("../../lang/en/hedges.toml"))
    }

    /// Whether `word` looks to the future without a number.
    pub(crate) fn is_horizon(&self, word: &str) -> bool {
        items(&self.horizon.words).any(|item| item == word)
    }

    /// Whether `lemma` is in the list `name` of words that decide whether the deed below them happens.
    pub(crate) fn implies(&self, name: &str, lemma: &str) -> bool {
        self.implicative.get(name).is_some_and(|list| items(list).any(|item| item == lemma))
    }
}
