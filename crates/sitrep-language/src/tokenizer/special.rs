//! The tokenizer's exceptions: chunks with a fixed division, and phrases found again after affixes were cut off.
//!
//! In: the exceptions of a model file. Out: the pieces of a chunk that is an exception, and a trie of those exceptions
//! that affix rules would tear apart. Never decides when to look; the tokenizer does.

use std::collections::HashMap;

use crate::model_file::{ModelError, ModelFile, unescaped};

/// One token of an exception: its length in bytes, and a norm of its own if it has one.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) length: usize,
    pub(crate) norm: Option<Box<str>>,
}

/// All exceptions of a model.
#[derive(Debug, Default)]
pub(crate) struct Specials {
    by_chunk: HashMap<Box<str>, Box<[Piece]>>,
    longest: usize,
}

impl Specials {
    pub(crate) fn load(file: &ModelFile<'_>) -> Result<Specials, ModelError> {
        let section = "tokenizer.exceptions";
        let mut specials = Specials::default();
        for line in file.lines(section)? {
            let (chunk, pieces) = parse(line).ok_or_else(|| ModelError::malformed(section, format!("{line:?}")))?;
            specials.longest = specials.longest.max(chunk.len());
            specials.by_chunk.insert(chunk.into(), pieces);
        }
        Ok(specials)
    }

    /// How `chunk` is divided, if it is an exception.
    pub(crate) fn get(&self, chunk: &str) -> Option<&[Piece]> {
        if chunk.len() > self.longest {
            return None;
        }
        self.by_chunk.get(chunk).map(AsRef::as_ref)
    }

    /// All exceptions, sorted.
    pub(crate) fn chunks(&self) -> Vec<&str> {
        let mut chunks: Vec<&str> = self.by_chunk.keys().map(AsRef::as_ref).collect();
        chunks.sort_unstable();
        chunks
    }
}

fn parse(line: &str) -> Option<(String, Box<[Piece]>)> {
    let mut fields = line.split('\t').map(unescaped);
    let chunk = fields.next()?;
    let mut pieces = Vec::new();
    let mut joined = String::new();
    while let Some(text) = fields.next() {
        let norm = fields.next()?;
        joined.push_str(&text);
        let norm = (!norm.is_empty()).then(|| norm.into_boxed_str());
        pieces.push(Piece { length: text.len(), norm });
    }
    let whole = joined == chunk && !pieces.is_empty() && pieces.iter().all(|piece| piece.length > 0);
    whole.then(|| (chunk, pieces.into_boxed_slice()))
}

/// Phrases as sequences of token texts. Node 0 is the root.
#[derive(Debug)]
pub(crate) struct Phrases {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    children: HashMap<Box<str>, u32>,
    ends: bool,
}

impl Default for Phrases {
    fn default() -> Phrases {
        Phrases { nodes: vec![Node::default()] }
    }
}

impl Phrases {
    pub(crate) fn insert<'t>(&mut self, tokens: impl IntoIterator<Item = &'t str>) {
        let mut at = 0;
        for token in tokens {
            let next = self.nodes.len();
            let known = *self.nodes[at].children.entry(token.into()).or_insert(next as u32);
            if known as usize == next {
                self.nodes.push(Node::default());
            }
            at = known as usize;
        }
        self.nodes[at].ends = true;
    }

    /// First tokens and the nodes they lead to.
    pub(crate) fn starts(&self) -> HashMap<Box<str>, u32> {
        self.nodes[0].children.clone()
    }

    pub(crate) fn ends(&self, node: u32) -> bool {
        self.nodes[node as usize].ends
    }

    pub(crate) fn child(&self, node: u32, token: &str) -> Option<u32> {
        self.nodes[node as usize].children.get(token).copied()
    }
}
