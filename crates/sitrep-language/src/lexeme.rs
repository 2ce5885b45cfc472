//! Word types: what every occurrence of one spelling shares.
//!
//! In: the text of a token, and the norm a tokenizer exception gives it, if any. Out: a [`LexemeId`] and, behind it,
//! the ids of norm, prefix, suffix and shape the network reads. Never knows where in a text a token stands.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::model_file::{ModelError, ModelFile, unescaped};
use crate::unicode;

/// Texts of this many characters and more share one shape.
const LONG_SHAPE_CHARS: usize = 100;
/// Equal shape characters in a row are cut to this many.
const SHAPE_RUN: usize = 4;
/// The [`Lexeme::ruler_word`] of whitespace.
pub(crate) const SPACE_WORD: u16 = 1;

/// A token as the tokenizer cuts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lexed {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) space_after: bool,
    pub(crate) lexeme: LexemeId,
}

/// A word type of one [`Lexicon`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LexemeId(u32);

/// What is known of a word type.
#[derive(Debug, Clone)]
pub(crate) struct Lexeme {
    /// String ids of NORM, PREFIX, SUFFIX and SHAPE.
    pub(crate) features: [u64; 4],
    /// Row of the word's vector plus one; 0 when it, or the model, has none.
    pub(crate) vector: u32,
    /// Nothing but whitespace.
    pub(crate) is_space: bool,
    /// Which word of the attribute ruler this is in lower case; 0 is none of them, [`SPACE_WORD`] any whitespace.
    pub(crate) ruler_word: u16,
    /// Node of the tokenizer's phrase trie that a phrase starting with this token leads to; 0 is none.
    pub(crate) phrase: u32,
    text: (usize, usize),
    own_norm: bool,
}

/// spaCy's id of a string: its MurmurHash, except that the empty string is 0 and names of symbols have fixed ids.
pub(crate) struct StringIds {
    symbols: BTreeMap<&'static str, u64>,
}

impl StringIds {
    pub(crate) fn new() -> StringIds {
        let rows = include_str!("../data/symbols.tsv").lines().filter_map(|line| line.split_once('\t'));
        StringIds { symbols: rows.filter_map(|(name, id)| Some((name, id.parse().ok()?))).collect() }
    }

    pub(crate) fn id(&self, text: &str) -> u64 {
        if text.is_empty() {
            return 0;
        }
        // All symbols start with a capital, a small letter or an underscore, so most shapes and marks skip the look-up.
        let may_be_symbol = text.as_bytes()[0].is_ascii_alphabetic() || text.starts_with('_');
        match may_be_symbol.then(|| self.symbols.get(text)).flatten() {
            Some(id) => *id,
            None => murmur_hash_64a(text.as_bytes(), 1),
        }
    }
}

/// Which row of the vectors a string id has, sorted by id. Empty in models without vectors.
#[derive(Default)]
struct VectorRows {
    ids: Vec<u64>,
    rows: Vec<u32>,
}

impl VectorRows {
    fn load(file: &ModelFile<'_>) -> Result<VectorRows, ModelError> {
        let section = "vectors.keys";
        if !file.has(section) {
            return Ok(VectorRows::default());
        }
        let bytes = file.section(section)?;
        let (ids, rows) = bytes.split_at(bytes.len() / 12 * 8);
        let id = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
        let row = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("four bytes"));
        let rows =
            VectorRows { ids: ids.chunks_exact(8).map(id).collect(), rows: rows.chunks_exact(4).map(row).collect() };
        if rows.ids.len() != rows.rows.len() || !rows.ids.is_sorted() {
            return Err(ModelError::malformed(section, "ids and rows do not match"));
        }
        Ok(rows)
    }

    /// The row of `id` plus one, or 0.
    fn row(&self, id: u64) -> u32 {
        self.ids.binary_search(&id).map_or(0, |at| self.rows[at].saturating_add(1))
    }
}

/// What making a lexeme needs to know; fixed once the model is loaded.
pub(crate) struct WordRules {
    ids: StringIds,
    vectors: VectorRows,
    /// Norm by string id, for the spelling as it stands.
    norms: HashMap<u64, Box<str>>,
    /// Norms every language of spaCy shares.
    base_norms: BTreeMap<&'static str, &'static str>,
    /// Lower-case words the attribute ruler asks about.
    pub(crate) ruler_words: HashMap<Box<str>, u16>,
    /// First tokens of the tokenizer's phrases.
    pub(crate) phrase_starts: HashMap<Box<str>, u32>,
}

impl WordRules {
    pub(crate) fn load(file: &ModelFile<'_>) -> Result<WordRules, ModelError> {
        let mut norms = HashMap::new();
        for line in file.lines("norms")? {
            let row = line.split_once('\t').and_then(|(id, norm)| Some((u64::from_str_radix(id, 16).ok()?, norm)));
            let (id, norm) = row.ok_or_else(|| ModelError::malformed("norms", line))?;
            norms.insert(id, unescaped(norm).into_boxed_str());
        }
        let base_norms = include_str!("../data/base_norms.tsv").lines().filter_map(|line| line.split_once('\t'));
        Ok(WordRules {
            ids: StringIds::new(),
            vectors: VectorRows::load(file)?,
            norms,
            base_norms: base_norms.collect(),
            ruler_words: HashMap::new(),
            phrase_starts: HashMap::new(),
        })
    }

    fn features(&self, text: &str, lower: &str, own_norm: Option<&str>) -> [u64; 4] {
        let id = self.ids.id(text);
        let norm = match own_norm.or_else(|| self.norms.get(&id).map(AsRef::as_ref)) {
            Some(norm) => norm,
            None => self.base_norms.get(text).copied().unwrap_or(lower),
        };
        let prefix = text.chars().next().map_or(0, char::len_utf8);
        let suffix = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        let shape = shape(text);
        [self.ids.id(norm), self.ids.id(&text[..prefix]), self.ids.id(&text[suffix..]), self.ids.id(&shape)]
    }
}

/// The word types met so far. One analysis at a time uses it; it may be cleared between analyses.
#[derive(Default)]
pub(crate) struct Lexicon {
    lexemes: Vec<Lexeme>,
    texts: String,
    by_text: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Lexicon {
    /// Roughly what the lexicon occupies.
    pub(crate) fn size_bytes(&self) -> usize {
        self.texts.len() + self.lexemes.len() * (size_of::<Lexeme>() + 8)
    }

    /// Forgets everything; ids given out before are void.
    pub(crate) fn clear(&mut self) {
        *self = Lexicon::default();
    }

    pub(crate) fn lexeme(&self, id: LexemeId) -> &Lexeme {
        &self.lexemes[id.0 as usize]
    }

    pub(crate) fn text(&self, id: LexemeId) -> &str {
        let (start, end) = self.lexeme(id).text;
        &self.texts[start..end]
    }

    /// The word type of `text`, with a norm of its own or the one the tables give it.
    pub(crate) fn get(&mut self, text: &str, norm: Option<&str>, rules: &WordRules) -> LexemeId {
        let hash = self.hasher.hash_one((text, norm.is_some()));
        let known = self.by_text.find(hash, |id| {
            let lexeme = &self.lexemes[*id as usize];
            lexeme.own_norm == norm.is_some()
                && &self.texts[lexeme.text.0..lexeme.text.1] == text
                && norm.is_none_or(|norm| rules.ids.id(norm) == lexeme.features[0])
        });
        if let Some(id) = known {
            return LexemeId(*id);
        }
        let id = u32::try_from(self.lexemes.len()).expect("fewer tokens than bytes, and those are counted in u32");
        let lower = text.to_lowercase();
        let start = self.texts.len();
        self.texts.push_str(text);
        let is_space = text.chars().all(unicode::is_space);
        let ruler_word = rules.ruler_words.get(lower.as_str()).copied();
        self.lexemes.push(Lexeme {
            features: rules.features(text, &lower, norm),
            vector: rules.vectors.row(rules.ids.id(text)),
            is_space,
            ruler_word: if is_space { SPACE_WORD } else { ruler_word.unwrap_or(0) },
            phrase: rules.phrase_starts.get(text).copied().unwrap_or(0),
            text: (start, self.texts.len()),
            own_norm: norm.is_some(),
        });
        let (lexemes, texts, hasher) = (&self.lexemes, &self.texts, &self.hasher);
        self.by_text.insert_unique(hash, id, |id| {
            let lexeme = &lexemes[*id as usize];
            hasher.hash_one((&texts[lexeme.text.0..lexeme.text.1], lexeme.own_norm))
        });
        LexemeId(id)
    }
}

/// spaCy's word shape: letters become `X` or `x`, digits `d`, runs are cut to four.
fn shape(text: &str) -> String {
    let mut shape = String::with_capacity(text.len().min(LONG_SHAPE_CHARS));
    let (mut last, mut run) = ('\0', 0);
    for (count, char) in text.chars().enumerate() {
        if count + 1 >= LONG_SHAPE_CHARS {
            return "LONG".to_owned();
        }
        let kind = if unicode::is_alpha(char) {
            if char.is_uppercase() { 'X' } else { 'x' }
        } else if unicode::is_digit(char) {
            'd'
        } else {
            char
        };
        if kind == last && count > 0 {
            run += 1;
        } else {
            (last, run) = (kind, 0);
        }
        if run < SHAPE_RUN {
            shape.push(kind);
        }
    }
    shape
}

/// MurmurHash2 in its 64-bit form for 64-bit machines.
fn murmur_hash_64a(bytes: &[u8], seed: u64) -> u64 {
    const FACTOR: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(FACTOR);
    let mut blocks = bytes.chunks_exact(8);
    for block in &mut blocks {
        let mut word = u64::from_le_bytes(block.try_into().expect("eight bytes")).wrapping_mul(FACTOR);
        word ^= word >> 47;
        hash = (hash ^ word.wrapping_mul(FACTOR)).wrapping_mul(FACTOR);
    }
    let rest = blocks.remainder();
    if !rest.is_empty() {
        for (place, byte) in rest.iter().enumerate() {
            hash ^= u64::from(*byte) << (8 * place);
        }
        hash = hash.wrapping_mul(FACTOR);
    }
    hash = (hash ^ (hash >> 47)).wrapping_mul(FACTOR);
    hash ^ (hash >> 47)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn string_ids_are_those_of_spacy() {
        let ids = StringIds::new();
        assert_eq!(ids.id(""), 0);
        assert_eq!(ids.id("noun"), 16_833_663_260_455_505_849);
        assert_eq!(ids.id("adv"), 10_054_248_821_341_768_113);
        assert_eq!(ids.id("punct"), 445);
        assert_eq!(ids.id("coffee"), 3_197_928_453_018_144_401);
    }

    #[test]
    fn shapes_cut_runs_and_give_up_on_long_texts() {
        assert_eq!(shape("Tu-22m3"), "Xx-ddxd");
        assert_eq!(shape("Washington"), "Xxxxx");
        assert_eq!(shape("1234567"), "dddd");
        assert_eq!(shape("\0\0"), "\0\0");
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }
}
