//! What the analysis of one text holds: tokens, sentences and entities, all as byte spans over that text.
//!
//! In: what the pipeline stages found. Out: plain data with look-ups. Never holds a copy of the text.

use std::ops::Range;
use std::sync::Arc;

use crate::labels::{Dep, EntityLabel, Pos, Tag};

/// One token. Whitespace runs beyond a single space are tokens of their own, as in spaCy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte in the text.
    pub end: u32,
    /// Whether exactly one space, not part of any token, follows.
    pub space_after: bool,
    /// Whether the token is nothing but whitespace.
    pub is_space: bool,
    /// Penn Treebank tag.
    pub tag: Tag,
    /// Universal part of speech.
    pub pos: Pos,
    /// Dependency label (ClearNLP scheme).
    pub dep: Dep,
    /// Index of the head in [`Analysis::tokens`]; a root is its own head.
    pub head: u32,
    /// Where the lemma stands in the analysis' lemma store.
    pub(crate) lemma: (u32, u32),
    /// Row of the morphology table of the model.
    pub(crate) morph: u16,
}

/// A named entity: a run of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entity {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// Kind of entity (OntoNotes scheme).
    pub label: EntityLabel,
}

/// Tokens, sentences and entities of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    /// Tokens in text order.
    pub tokens: Vec<Token>,
    /// Sentences as token ranges, in order, covering all tokens.
    pub sentences: Vec<Range<u32>>,
    /// Entities in order, never overlapping.
    pub entities: Vec<Entity>,
    pub(crate) lemmas: String,
    /// The model's morphological descriptions, by row.
    pub(crate) morphs: Arc<[Box<str>]>,
}

impl Analysis {
    /// The lemma of token `index`.
    #[must_use]
    pub fn lemma(&self, index: usize) -> &str {
        let (start, end) = self.tokens[index].lemma;
        &self.lemmas[start as usize..end as usize]
    }

    /// The morphological features of token `index` in the notation of Universal Dependencies, such as
    /// `Number=Plur|Person=3`; empty when it has none.
    #[must_use]
    pub fn morph(&self, index: usize) -> &str {
        self.morphs.get(usize::from(self.tokens[index].morph)).map_or("", AsRef::as_ref)
    }

    /// The text of token `index`, cut from the analysed `text`.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str, index: usize) -> &'t str {
        let token = &self.tokens[index];
        &text[token.start as usize..token.end as usize]
    }
}
