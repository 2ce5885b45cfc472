//! The attribute ruler: parts of speech, morphology and some lemmas from tags, words and dependency labels.
//!
//! In: the patterns of a model file; later, tag, word and label of each token. Out: what the patterns set, later rules
//! overruling earlier ones. All patterns look at the tokens as the network left them. Never looks at more than a
//! pattern's few tokens.

use std::collections::{BTreeMap, HashMap};

use crate::labels::{Dep, Pos, Tag};
use crate::lexeme::SPACE_WORD;
use crate::model_file::{ModelError, ModelFile};

const SECTION: &str = "ruler";
/// Separates constraints of one token, and attributes set.
const RECORD: char = '\u{1e}';
/// Separates the values a constraint allows.
const UNIT: char = '\u{1f}';
/// The bit that stands for "no label yet".
const NO_DEP_BIT: u32 = 63;

/// What the ruler sees of one token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) tag: Tag,
    /// The word as [`Ruler::load`] numbered it.
    pub(crate) word: u16,
    /// Absent when the text was not parsed.
    pub(crate) dep: Option<Dep>,
}

/// What a token is after the ruler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ruled {
    pub(crate) tag: Tag,
    pub(crate) dep: Option<Dep>,
    pub(crate) pos: Pos,
    pub(crate) morph: u16,
    /// Row of [`Ruler::lemma`], if a rule sets the lemma.
    pub(crate) lemma: Option<u16>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Effect {
    tag: Option<Tag>,
    dep: Option<Dep>,
    pos: Option<Pos>,
    morph: Option<u16>,
    lemma: Option<u16>,
}

/// What one token of a pattern must be; bit sets over tags and labels.
#[derive(Debug, Clone)]
struct TokenPattern {
    tags: u64,
    deps: u64,
    words: Option<Vec<u16>>,
    is_space: Option<bool>,
}

impl TokenPattern {
    fn matches(&self, seen: Seen) -> bool {
        self.tags >> (seen.tag as u32) & 1 == 1
            && self.deps >> dep_bit(seen.dep) & 1 == 1
            && self.words.as_ref().is_none_or(|words| words.contains(&seen.word))
            && self.is_space.is_none_or(|wanted| wanted == (seen.word == SPACE_WORD))
    }
}

fn dep_bit(dep: Option<Dep>) -> u32 {
    dep.map_or(NO_DEP_BIT, |dep| dep as u32)
}

#[derive(Debug)]
struct Pattern {
    tokens: Vec<TokenPattern>,
    /// Which of the tokens the effect is for.
    target: usize,
    effect: Effect,
}

/// The patterns of one model, in order.
#[derive(Debug)]
pub(crate) struct Ruler {
    patterns: Vec<Pattern>,
    /// Words that start a pattern of several tokens, by number.
    long_words: Vec<bool>,
    /// Labels that start a pattern of several tokens whatever the word.
    long_deps: u64,
    lemmas: Vec<Box<str>>,
}

/// Answers for combinations met before.
#[derive(Default)]
pub(crate) struct RulerCache {
    /// Row of `answers` plus one, by word, tag and label.
    rows: Vec<u32>,
    answers: Vec<Ruled>,
    /// Token and pattern, for patterns of several tokens in the text at hand.
    long: Vec<(usize, usize)>,
}

/// Numbers given out while reading.
#[derive(Default)]
struct Names {
    words: HashMap<Box<str>, u16>,
    morphs: BTreeMap<String, u16>,
    lemmas: BTreeMap<String, u16>,
}

impl Ruler {
    /// The ruler, the number of each word it asks about, and the morphological descriptions by row.
    #[allow(clippy::type_complexity, reason = "three results of one reading")]
    pub(crate) fn load(file: &ModelFile<'_>) -> Result<(Ruler, HashMap<Box<str>, u16>, Vec<Box<str>>), ModelError> {
        let mut names = Names::default();
        names.morphs.insert(String::new(), 0);
        let mut patterns = Vec::new();
        let mut last_rule = 0;
        for line in file.lines(SECTION)? {
            let wrong = || ModelError::malformed(SECTION, format!("{line:?}"));
            let (rule, pattern) = pattern(line, &mut names).ok_or_else(wrong)?;
            if rule < last_rule {
                return Err(wrong());
            }
            last_rule = rule;
            patterns.push(pattern);
        }
        let mut long_words = vec![false; names.words.len() + usize::from(SPACE_WORD) + 1];
        let mut long_deps = 0;
        for pattern in patterns.iter().filter(|pattern| pattern.tokens.len() > 1) {
            match &pattern.tokens[0].words {
                Some(words) => words.iter().for_each(|word| long_words[usize::from(*word)] = true),
                None => long_deps |= pattern.tokens[0].deps,
            }
        }
        let lemmas = by_row(names.lemmas);
        Ok((Ruler { patterns, long_words, long_deps, lemmas }, names.words, by_row(names.morphs)))
    }

    /// The lemma a rule sets.
    pub(crate) fn lemma(&self, row: u16) -> &str {
        &self.lemmas[usize::from(row)]
    }

    /// Applies the patterns to every token of a text.
    pub(crate) fn apply(&self, seen: &[Seen], cache: &mut RulerCache, ruled: &mut Vec<Ruled>) {
        ruled.clear();
        cache.rows.resize(self.long_words.len() << 12, 0);
        cache.long.clear();
        for (at, token) in seen.iter().enumerate() {
            let key = usize::from(token.word) << 12 | (token.tag as usize) << 6 | dep_bit(token.dep) as usize;
            let row = match cache.rows[key] {
                0 => {
                    cache.answers.push(self.decide(*token, &[]));
                    cache.rows[key] = cache.answers.len() as u32;
                    cache.answers.len() - 1
                }
                row => row as usize - 1,
            };
            ruled.push(cache.answers[row]);
            if self.long_words[usize::from(token.word)] || self.long_deps >> dep_bit(token.dep) & 1 == 1 {
                self.find_long(seen, at, &mut cache.long);
            }
        }
        cache.long.sort_unstable();
        for together in cache.long.chunk_by(|(a, _), (b, _)| a == b) {
            let at = together[0].0;
            let patterns: Vec<usize> = together.iter().map(|(_, pattern)| *pattern).collect();
            ruled[at] = self.decide(seen[at], &patterns);
        }
    }

    /// Patterns of several tokens that start at `at`, with the token each one changes.
    fn find_long(&self, seen: &[Seen], at: usize, long: &mut Vec<(usize, usize)>) {
        for (number, pattern) in self.patterns.iter().enumerate().filter(|(_, pattern)| pattern.tokens.len() > 1) {
            let Some(window) = seen.get(at..at + pattern.tokens.len()) else { continue };
            if pattern.tokens.iter().zip(window).all(|(wanted, token)| wanted.matches(*token)) {
                long.push((at + pattern.target, number));
            }
        }
    }

    /// What the one-token patterns, and the `long` ones found for this token, make of it.
    fn decide(&self, token: Seen, long: &[usize]) -> Ruled {
        let mut ruled = Ruled { tag: token.tag, dep: token.dep, pos: Pos::X, morph: 0, lemma: None };
        for (number, pattern) in self.patterns.iter().enumerate() {
            let applies = match &pattern.tokens[..] {
                [single] => single.matches(token),
                _ => long.contains(&number),
            };
            if applies {
                let effect = pattern.effect;
                ruled.tag = effect.tag.unwrap_or(ruled.tag);
                ruled.dep = effect.dep.or(ruled.dep);
                ruled.pos = effect.pos.unwrap_or(ruled.pos);
                ruled.morph = effect.morph.unwrap_or(ruled.morph);
                ruled.lemma = effect.lemma.or(ruled.lemma);
            }
        }
        ruled
    }
}

fn by_row(rows: BTreeMap<String, u16>) -> Vec<Box<str>> {
    let mut sorted: Vec<(u16, String)> = rows.into_iter().map(|(text, row)| (row, text)).collect();
    sorted.sort_unstable();
    sorted.into_iter().map(|(_, text)| text.into_boxed_str()).collect()
}

/// Rule number and pattern of one line.
fn pattern(line: &str, names: &mut Names) -> Option<(u32, Pattern)> {
    let mut fields = line.split('\t');
    let rule = fields.next()?.parse().ok()?;
    let target = fields.next()?.parse().ok()?;
    let mut effect = Effect::default();
    for set in fields.next()?.split(RECORD) {
        let (attribute, value) = set.split_once('=')?;
        match attribute {
            "POS" => effect.pos = Some(Pos::from_label(value)?),
            "TAG" => effect.tag = Some(Tag::from_label(value)?),
            "DEP" => effect.dep = Some(Dep::from_label(value)?),
            "MORPH" => effect.morph = Some(row(&mut names.morphs, if value == "_" { "" } else { value })),
            "LEMMA" => effect.lemma = Some(row(&mut names.lemmas, value)),
            _ => return None,
        }
    }
    let tokens = fields.map(|field| token_pattern(field, &mut names.words)).collect::<Option<Vec<_>>>()?;
    (target < tokens.len()).then_some((rule, Pattern { tokens, target, effect }))
}

fn row(rows: &mut BTreeMap<String, u16>, text: &str) -> u16 {
    let next = rows.len() as u16;
    *rows.entry(text.to_owned()).or_insert(next)
}

fn token_pattern(field: &str, words: &mut HashMap<Box<str>, u16>) -> Option<TokenPattern> {
    let mut pattern = TokenPattern { tags: u64::MAX, deps: u64::MAX, words: None, is_space: None };
    for constraint in field.split(RECORD) {
        let at = constraint.find(['=', '!'])?;
        let (key, negated, value) = (&constraint[..at], &constraint[at..=at] == "!", &constraint[at + 1..]);
        let values = value.split(UNIT);
        match (key, negated) {
            ("TAG", _) => pattern.tags &= bits(values, negated, |tag| Tag::from_label(tag).map(|tag| tag as u32)),
            ("DEP", _) => {
                let bit = |dep: &str| {
                    if dep.is_empty() { Some(NO_DEP_BIT) } else { Dep::from_label(dep).map(|dep| dep as u32) }
                };
                pattern.deps &= bits(values, negated, bit);
            }
            ("LOWER", false) => {
                let number = |word: &str| {
                    let next = words.len() as u16 + SPACE_WORD + 1;
                    *words.entry(word.into()).or_insert(next)
                };
                pattern.words = Some(values.map(number).collect());
            }
            ("IS_SPACE", false) => pattern.is_space = Some(value == "1"),
            _ => return None,
        }
    }
    Some(pattern)
}

/// The bits of `values`; labels the model never gives have none.
fn bits<'v>(values: impl Iterator<Item = &'v str>, negated: bool, bit: impl Fn(&str) -> Option<u32>) -> u64 {
    let set = values.filter_map(bit).fold(0, |set: u64, bit| set | 1 << bit);
    if negated { !set } else { set }
}
