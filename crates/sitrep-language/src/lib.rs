//! English text in; tokens, tags, lemmas, heads, labels and entities out: spaCy's `en_core_web_sm` pipeline in pure Rust.
//!
//! In: the bytes of a model file ([`Language::load`]) and a text ([`Language::analyze`]). Out: an [`Analysis`] whose
//! spans are byte ranges of that text. Never reads files, never touches the network, knows nothing of conflict.
//!
//! ```
//! use sitrep_language::{Dep, EntityLabel, Language, Pos};
//!
//! let model = std::fs::read("model/en_core_web_sm-3.8.0.bin")?;
//! let language = Language::load(&model)?;
//!
//! let text = "The convoy didn't reach France on Monday. Nobody knows why.";
//! let analysis = language.analyze(text);
//!
//! let verb = (0..analysis.tokens.len()).find(|&index| analysis.text(text, index) == "reach").unwrap();
//! assert_eq!(analysis.tokens[verb].pos, Pos::Verb);
//! assert_eq!(analysis.morph(verb), "VerbForm=Inf");
//! assert_eq!(analysis.lemma(1), "convoy");
//! assert_eq!((analysis.tokens[1].head as usize, analysis.tokens[1].dep), (verb, Dep::Nsubj));
//! assert_eq!(analysis.lemma(3), "not"); // "didn't" is two tokens: "did" and "n't"
//!
//! assert_eq!(analysis.sentences.len(), 2);
//! let labels: Vec<EntityLabel> = analysis.entities.iter().map(|entity| entity.label).collect();
//! assert_eq!(labels, [EntityLabel::Gpe, EntityLabel::Date]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
pub use network::{Layers, Precision, instruction_set};
