//! The neural half of the pipeline: token features in; tags, trees, sentence starts and entities out.
//!
//! In: the weights of a model file and, per text, the [`TokenFeatures`] of its tokens in order. Out: an [`Annotation`].
//! Knows no text and no strings; the same features give the same answer on every processor, thread and cache state.

use std::sync::{Mutex, PoisonError};

use crate::analysis::Entity;
use crate::labels::{Dep, Tag};
use crate::model_file::{ModelError, ModelFile};

/// What the network sees of one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TokenFeatures {
    /// spaCy's string ids of NORM, PREFIX, SUFFIX and SHAPE; the id of the empty string is 0.
    pub(crate) ids: [u64; 4],
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

/// The encoders and the three heads. Shared by threads: every call borrows a work space from a pool.
pub(crate) struct Network {}

impl Network {
    /// Unpacks the weights for this processor.
    ///
    /// # Errors
    /// When a tensor or label list is absent or of another shape than the English small model's.
    pub(crate) fn load(file: &ModelFile, precision: Precision) -> Result<Network, ModelError> {
        todo!()
    }

    /// Analyses one text. Never fails; cost is linear in the number of tokens.
    pub(crate) fn annotate(&self, tokens: &[TokenFeatures], layers: Layers) -> Annotation {
        todo!()
    }
}
