//! What a stage noticed while making a value: odd input gives a smaller answer and a note, never an error.
//!
//! In: a code, words, perhaps a place. Out: [`Note`] and [`Noted`]. Never stops a run.

use serde::{Deserialize, Serialize};

use crate::Span;

/// Something noticed. `code` is stable and meant for filters; `message` is for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// Stable, lower-case, hyphenated.
    pub code: String,
    /// Where in the document's text, when there is a place.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub span: Option<Span>,
    /// One sentence, lower case, no final stop.
    pub message: String,
}

impl Note {
    /// A note without a place.
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>) -> Note {
        Note { code: code.to_owned(), span: None, message: message.into() }
    }

    /// The same note pointing at `span`.
    #[must_use]
    pub fn at(mut self, span: Span) -> Note {
        self.span = Some(span);
        self
    }
}

/// A value and what was noticed while making it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Noted<T> {
    /// The value.
    pub value: T,
    /// What was noticed, in order.
    pub notes: Vec<Note>,
}

impl<T> Noted<T> {
    /// A value with nothing to say about it.
    pub fn plain(value: T) -> Noted<T> {
        Noted { value, notes: Vec::new() }
    }
}
