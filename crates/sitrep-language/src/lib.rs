//! English text in; tokens, tags, lemmas, heads, labels and entities out.
pub mod analysis;
