//! English text in; tokens, tags, lemmas, heads, labels and entities out: spaCy's `en_core_web_sm` pipeline in pure Rust.
//!
//! In: the bytes of a model file ([`Language::load`]) and a text ([`Language::analyze`]). Out: an [`Analysis`] whose
//! spans are byte ranges of that text. Never reads files, never touches the network, knows nothing of conflict.

mod analysis;
mod attribute_ruler;
mod encoder;
mod kernels;
mod labels;
mod language;
mod lemmatizer;
mod lexeme;
mod model_file;
mod ner;
mod network;
mod parser;
mod sentences;
mod tagger;
mod tokenizer;
mod transitions;
mod type_cache;
mod unicode;

pub use analysis::{Analysis, Entity, Token};
pub use labels::{Dep, EntityLabel, Pos, Tag};
pub use language::Language;
pub use model_file::ModelError;
pub use network::{Layers, Precision};
