//! The pipeline: text in, analysis out. (Signature only until the stages land; replaced by the owner of this file.)

use crate::Analysis;

/// The English pipeline.
pub struct Language;

impl Language {
    /// Analyses `text`.
    #[must_use]
    pub fn analyze(&self, _text: &str) -> Analysis {
        Analysis::default()
    }
}
