//! English, any English: tokens, trees, entities.
//!
//! In: texts in UTF-8. Out: tuples of plain values, offsets in code points. Knows nothing of conflict.

use std::sync::{Arc, OnceLock};

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use sitrep::language::Analysis;

use crate::errors;
use crate::pages::{Given, each};

static ENGLISH: OnceLock<Arc<sitrep::language::Language>> = OnceLock::new();

/// start, end, lemma, tag, part of speech, morphology, head, label, whether it is whitespace.
type Token = (usize, usize, String, &'static str, &'static str, String, u32, &'static str, bool);
/// Tokens; sentences as ranges of tokens; entities as ranges of tokens with a label.
type Told = (Vec<Token>, Vec<(u32, u32)>, Vec<(u32, u32, &'static str)>);

/// The language engine with the model that comes with the program.
#[pyclass(frozen, module = "sitrep._native")]
pub(crate) struct Language {
    inner: Arc<sitrep::language::Language>,
}

#[pymethods]
impl Language {
    #[new]
    fn new(py: Python<'_>) -> PyResult<Language> {
        if let Some(inner) = ENGLISH.get() {
            return Ok(Language { inner: Arc::clone(inner) });
        }
        let loaded = py.detach(sitrep::english).map_err(|error| errors::of(&error))?;
        Ok(Language { inner: Arc::clone(ENGLISH.get_or_init(|| Arc::new(loaded))) })
    }

    /// One answer a text, in order.
    #[pyo3(signature = (texts, jobs=None))]
    fn analyze(&self, py: Python<'_>, texts: Vec<PyBackedBytes>, jobs: Option<usize>) -> PyResult<Vec<Told>> {
        let given: Vec<Given> =
            texts.into_iter().map(|text| Given::Parts((String::new(), None, text, None, None, None, None))).collect();
        let mut answers = Vec::with_capacity(given.len());
        let work = |given: Given| {
            let Given::Parts((_, _, text, ..)) = given else { return Told::default() };
            let text = String::from_utf8_lossy(&text);
            told(&text, &self.inner.analyze(&text))
        };
        each(py, given, jobs, work, |_, answer| {
            answers.push(answer);
            Ok(())
        })?;
        Ok(answers)
    }
}

/// Tokens stand in text order, so characters are counted once from the first to the last.
fn told(text: &str, analysis: &Analysis) -> Told {
    let (mut at_byte, mut at_char) = (0, 0);
    let mut chars = |byte: u32| {
        let byte = (byte as usize).min(text.len());
        at_char += text.get(at_byte..byte).map_or(0, |between| between.chars().count());
        at_byte = at_byte.max(byte);
        at_char
    };
    let token = |(n, token): (usize, &sitrep::language::Token)| {
        let (start, end) = (chars(token.start), chars(token.end));
        let (lemma, morph) = (analysis.lemma(n).to_owned(), analysis.morph(n).to_owned());
        let (tag, pos, dep) = (token.tag.as_str(), token.pos.as_str(), token.dep.as_str());
        (start, end, lemma, tag, pos, morph, token.head, dep, token.is_space)
    };
    let tokens = analysis.tokens.iter().enumerate().map(token).collect();
    let sentences = analysis.sentences.iter().map(|sentence| (sentence.start, sentence.end)).collect();
    let entities = analysis.entities.iter().map(|it| (it.first, it.end, it.label.as_str())).collect();
    (tokens, sentences, entities)
}
