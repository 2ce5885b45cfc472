//! The pipeline: a text in, its [`Analysis`] out.
//!
//! In: the bytes of a model file, once; then any number of texts, from any number of threads. Out: tokens, tags,
//! lemmas, trees, sentences and entities. Never fails on a text. The same text gives the same analysis, whatever was
//! analysed before.

use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::HashMap;

use crate::analysis::{Analysis, Token};
use crate::attribute_ruler::{Ruled, Ruler, RulerCache, Seen};
use crate::labels::{Dep, Pos};
use crate::lemmatizer::Lemmatizer;
use crate::lexeme::{Lexed, LexemeId, Lexicon, WordRules};
use crate::model_file::{ModelError, ModelFile};
use crate::network::{Annotation, Layers, Network, Precision, TokenFeatures};
use crate::tokenizer::{ChunkCache, Tokenizer};

/// A text is analysed up to this length; spans are 32-bit.
const TEXT_LIMIT_BYTES: usize = u32::MAX as usize;
/// What one thread remembers of words between texts is dropped when it outgrows this.
const MEMORY_LIMIT_BYTES: usize = 32 << 20;
/// Work spaces kept for later calls; more threads than this still work, and drop theirs.
const WORK_SPACES: usize = 64;

/// The English pipeline. Share one between threads; it keeps a bounded memory of words for each that uses it.
pub struct Language {
    words: WordRules,
    tokenizer: Tokenizer,
    network: Network,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    morphs: Arc<[Box<str>]>,
    idle: Mutex<Vec<WorkSpace>>,
}

/// What one analysis at a time writes to; the caches in it outlive the analysis.
#[derive(Default)]
struct WorkSpace {
    lexicon: Lexicon,
    chunks: ChunkCache,
    lemmas: LemmaCache,
    ruler: RulerCache,
    tokens: Vec<Lexed>,
    features: Vec<TokenFeatures>,
    seen: Vec<Seen>,
    ruled: Vec<Ruled>,
}

/// Lemmas by word type, part of speech and morphology.
#[derive(Default)]
struct LemmaCache {
    places: HashMap<(LexemeId, Pos, u16), (u32, u32)>,
    texts: String,
}

impl WorkSpace {
    fn forget_if_large(&mut self) {
        let lemmas = self.lemmas.texts.len() + self.lemmas.places.len() * 24;
        if self.lexicon.size_bytes() + self.chunks.size_bytes() + lemmas > MEMORY_LIMIT_BYTES {
            self.lexicon.clear();
            self.chunks.clear();
            self.lemmas = LemmaCache::default();
        }
        if self.tokens.capacity() * size_of::<Lexed>() > MEMORY_LIMIT_BYTES {
            (self.tokens, self.features) = (Vec::new(), Vec::new());
            (self.seen, self.ruled) = (Vec::new(), Vec::new());
        }
    }
}

impl Language {
    /// Reads a model file written by `cargo xtask model`.
    ///
    /// # Errors
    /// When the bytes are no model file, were damaged, belong to another version, or lack a part.
    pub fn load(bytes: &[u8]) -> Result<Language, ModelError> {
        Language::load_with(bytes, Precision::default())
    }

    /// Like [`Language::load`], with a choice of how the network multiplies.
    ///
    /// # Errors
    /// As for [`Language::load`].
    pub fn load_with(bytes: &[u8], precision: Precision) -> Result<Language, ModelError> {
        let file = ModelFile::parse(bytes)?;
        let mut words = WordRules::load(&file)?;
        let tokenizer = Tokenizer::load(&file, &mut words)?;
        let (ruler, ruler_words, morphs) = Ruler::load(&file)?;
        words.ruler_words = ruler_words;
        Ok(Language {
            words,
            tokenizer,
            network: Network::load(&file, precision)?,
            ruler,
            lemmatizer: Lemmatizer::load(&file, &morphs)?,
            morphs: morphs.into(),
            idle: Mutex::new(Vec::new()),
        })
    }

    /// Whether `word`, in small letters, is a verb, noun, adjective or adverb of the model's word lists, or inflected from one. The lists
    /// know names as well, in small letters like all else, and no words of grammar.
    #[must_use]
    pub fn has_word(&self, word: &str) -> bool {
        self.lemmatizer.has(word)
    }

    /// Analyses `text` in full.
    #[must_use]
    pub fn analyze(&self, text: &str) -> Analysis {
        self.analyze_with(text, Layers::Entities)
    }

    /// Analyses `text` as far as `layers` asks. Below [`Layers::Trees`] every token is its own head with the label
    /// `dep` and there are no sentences; below [`Layers::Entities`] there are no entities.
    #[must_use]
    pub fn analyze_with(&self, text: &str, layers: Layers) -> Analysis {
        let text = &text[..text.floor_char_boundary(TEXT_LIMIT_BYTES)];
        let mut space = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let analysis = self.analyze_in(&mut space, text, layers);
        space.forget_if_large();
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < WORK_SPACES {
            idle.push(space);
        }
        analysis
    }

    fn analyze_in(&self, space: &mut WorkSpace, text: &str, layers: Layers) -> Analysis {
        self.tokenizer.tokenize(text, &self.words, &mut space.lexicon, &mut space.chunks, &mut space.tokens);
        space.features.clear();
        space.features.extend(space.tokens.iter().map(|token| {
            let lexeme = space.lexicon.lexeme(token.lexeme);
            TokenFeatures {
                ids: lexeme.features,
                vector: lexeme.vector,
                space_after: token.space_after,
                is_space: lexeme.is_space,
            }
        }));
        let annotation = self.network.annotate(&space.features, layers);
        space.seen.clear();
        space.seen.extend(space.tokens.iter().enumerate().map(|(at, token)| Seen {
            tag: annotation.tags[at],
            word: space.lexicon.lexeme(token.lexeme).ruler_word,
            dep: annotation.deps.get(at).copied(),
        }));
        self.ruler.apply(&space.seen, &mut space.ruler, &mut space.ruled);
        let mut analysis = Analysis { morphs: Arc::clone(&self.morphs), ..Analysis::default() };
        analysis.sentences = sentences(&annotation);
        self.fill_tokens(space, &annotation, &mut analysis);
        analysis.entities = annotation.entities;
        analysis
    }

    fn fill_tokens(&self, space: &mut WorkSpace, annotation: &Annotation, analysis: &mut Analysis) {
        analysis.tokens.reserve_exact(space.tokens.len());
        for (at, (token, ruled)) in space.tokens.iter().zip(&space.ruled).enumerate() {
            let lemma = match ruled.lemma {
                Some(row) => self.ruler.lemma(row),
                None => self.lemma(&space.lexicon, token.lexeme, *ruled, &mut space.lemmas),
            };
            let start = analysis.lemmas.len() as u32;
            analysis.lemmas.push_str(lemma);
            analysis.tokens.push(Token {
                start: token.start,
                end: token.end,
                space_after: token.space_after,
                is_space: space.lexicon.lexeme(token.lexeme).is_space,
                tag: ruled.tag,
                pos: ruled.pos,
                dep: ruled.dep.unwrap_or(Dep::Dep),
                head: annotation.heads.get(at).copied().unwrap_or(at as u32),
                lemma: (start, analysis.lemmas.len() as u32),
                morph: ruled.morph,
            });
        }
    }

    fn lemma<'c>(&self, lexicon: &Lexicon, lexeme: LexemeId, ruled: Ruled, cache: &'c mut LemmaCache) -> &'c str {
        let LemmaCache { places, texts } = cache;
        let (start, end) = *places.entry((lexeme, ruled.pos, ruled.morph)).or_insert_with(|| {
            let start = texts.len() as u32;
            texts.push_str(&self.lemmatizer.lemma(lexicon.text(lexeme), ruled.pos, ruled.morph));
            (start, texts.len() as u32)
        });
        &texts[start as usize..end as usize]
    }
}

/// Token ranges from one sentence start to the next.
fn sentences(annotation: &Annotation) -> Vec<std::ops::Range<u32>> {
    let starts = &annotation.sentence_starts;
    let mut sentences = Vec::new();
    let mut first = 0;
    for at in 1..=starts.len() {
        if starts.get(at).copied().unwrap_or(true) {
            sentences.push(first..at as u32);
            first = at as u32;
        }
    }
    sentences
}
