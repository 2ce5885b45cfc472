//! The neural half of the pipeline: token features in; tags, trees, sentence starts and entities out.
//!
//! In: the weights of a model file and, per text, the [`TokenFeatures`] of its tokens in order. Out: an [`Annotation`].
//! Knows no text and no strings; the same features give the same answer on every processor, thread and cache state.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use crate::analysis::Entity;
use crate::encoder::{BLOCK, Encoder, EncoderSpace};
use crate::kernels::Level;
use crate::labels::{Dep, Tag};
use crate::model_file::{ModelError, ModelFile};
use crate::ner::{Recognizer, RecognizerSpace};
use crate::parser::{Parser, ParserSpace};
use crate::tagger::Tagger;

/// What the network sees of one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TokenFeatures {
    /// spaCy's string ids of NORM, PREFIX, SUFFIX and SHAPE; the id of the empty string is 0.
    pub(crate) ids: [u64; 4],
    /// Row of the word's vector plus one; 0 when it, or the model, has none.
    pub(crate) vector: u32,
    /// Whether one space, not part of any token, follows.
    pub(crate) space_after: bool,
    /// Whether the token is nothing but whitespace.
    pub(crate) is_space: bool,
}

/// How far to analyse; each step contains the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layers {
    /// Tags only.
    Tags,
    /// Tags, heads, dependency labels and sentence starts.
    Trees,
    /// Everything, named entities included.
    Entities,
}

/// How the network multiplies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Precision {
    /// 32-bit floats in a fixed order: the default, equal to spaCy's own answers.
    #[default]
    Float,
    /// 7-bit weights and 8-bit activations in the encoders: faster, and measurably different from spaCy on a few tokens
    /// in a thousand.
    Integer,
}

/// What the network says about one text. Vectors are as long as the text has tokens, or empty when not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Annotation {
    /// Penn Treebank tag per token; always filled.
    pub(crate) tags: Vec<Tag>,
    /// Index of the head per token; a root is its own head.
    pub(crate) heads: Vec<u32>,
    /// Dependency label per token.
    pub(crate) deps: Vec<Dep>,
    /// Whether a sentence starts at the token; the first token always starts one.
    pub(crate) sentence_starts: Vec<bool>,
    /// Entities in order, never overlapping.
    pub(crate) entities: Vec<Entity>,
}

/// Bytes of cached word types per encoder; there are two.
const CACHE_BYTES: usize = 8 << 20;
/// Work spaces that a very long text has grown beyond this are not kept.
const KEPT_SPACE_BYTES: usize = 8 << 20;

/// The encoders and the three heads. Shared by threads: every call borrows a work space from a pool.
#[derive(Debug)]
pub(crate) struct Network {
    encoder: Encoder,
    tagger: Tagger,
    parser: Parser,
    entity_encoder: Encoder,
    recognizer: Recognizer,
    spaces: Mutex<Vec<Space>>,
}

/// Work space of one thread.
#[derive(Debug, Default)]
struct Space {
    encoder: EncoderSpace,
    scores: Vec<f32>,
    parser: ParserSpace,
    recognizer: RecognizerSpace,
}

impl Network {
    /// Unpacks the weights for this processor.
    ///
    /// # Errors
    /// When a tensor or label list is absent or of another shape than the English small model's.
    pub(crate) fn load(file: &ModelFile<'_>, precision: Precision) -> Result<Network, ModelError> {
        Network::load_for(file, precision, Level::best(), CACHE_BYTES)
    }

    fn load_for(
        file: &ModelFile<'_>,
        precision: Precision,
        level: Level,
        cache_bytes: usize,
    ) -> Result<Network, ModelError> {
        Ok(Network {
            encoder: Encoder::load(file, "t2v", 6, level, precision, cache_bytes)?,
            tagger: Tagger::load(file, level)?,
            parser: Parser::load(file, level)?,
            entity_encoder: Encoder::load(file, "ner", 4, level, precision, cache_bytes)?,
            recognizer: Recognizer::load(file, level)?,
            spaces: Mutex::new(Vec::new()),
        })
    }

    /// Analyses one text. Never fails; cost is linear in the number of tokens.
    pub(crate) fn annotate(&self, tokens: &[TokenFeatures], layers: Layers) -> Annotation {
        let mut annotation = Annotation::default();
        let mut space = self.spaces.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        self.annotate_in(tokens, layers, &mut space, &mut annotation);
        if space.parser.size_bytes() <= KEPT_SPACE_BYTES {
            self.spaces.lock().unwrap_or_else(PoisonError::into_inner).push(space);
        }
        annotation
    }

    fn annotate_in(&self, tokens: &[TokenFeatures], layers: Layers, space: &mut Space, annotation: &mut Annotation) {
        annotation.tags.reserve(tokens.len());
        self.parser.start(&mut space.parser);
        for range in blocks(tokens.len()) {
            let encoded = self.encoder.encode(tokens, range, &mut space.encoder);
            self.tagger.tag(encoded, &mut space.scores, &mut annotation.tags);
            if layers >= Layers::Trees {
                self.parser.read(encoded, &mut space.parser);
            }
        }
        if layers >= Layers::Trees {
            self.parser.parse(tokens, &mut space.parser, &mut annotation.heads, &mut annotation.deps);
            annotation.sentence_starts.extend_from_slice(&space.parser.edges.starts);
        }
        if layers >= Layers::Entities {
            self.recognizer.start(&mut space.recognizer);
            for range in blocks(tokens.len()) {
                let encoded = self.entity_encoder.encode(tokens, range.clone(), &mut space.encoder);
                let starts = &annotation.sentence_starts;
                self.recognizer.read(tokens, range, encoded, starts, &mut space.recognizer, &mut annotation.entities);
            }
        }
    }
}

/// The instructions the network runs on here, for people: `AVX2 + FMA`, `AVX-512 + VNNI`, `NEON`, or `scalar` on a processor
/// with none of them, where answers are the same and take some hundred times longer.
#[must_use]
pub fn instruction_set() -> &'static str {
    Level::best().name()
}

/// The ranges of at most [`BLOCK`] tokens that a text is encoded in.
fn blocks(n_tokens: usize) -> impl Iterator<Item = Range<usize>> {
    (0..n_tokens).step_by(BLOCK).map(move |start| start..(start + BLOCK).min(n_tokens))
}

#[cfg(test)]
mod tests;
