//! Full text: which claims and which documents have some words.
//!
//! In: contents and words. Out: a mark for each line, and rows of documents. The indices are made when somebody looks for the first time;
//! the last word may be only begun, as one types.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use sitrep::model::{Contents, Document, Span};

use super::Board;

/// Longer words are cut: nobody types them.
const MAX_LETTERS: usize = 40;
/// More begun words than this are not followed.
const MOST_BEGUN: usize = 2_000;

/// Where each word stands, ascending.
type Index = BTreeMap<String, Vec<u32>>;

/// Lines and documents by word.
#[derive(Debug, Default)]
pub(super) struct Words {
    lines: OnceLock<Index>,
    documents: OnceLock<Index>,
}

/// The words of a text, in small letters.
pub(crate) fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(MAX_LETTERS).flat_map(char::to_lowercase).collect())
}

impl Board {
    /// Makes the indices, unless they are there.
    pub(crate) fn warm(&self, contents: &Contents) {
        self.totals();
        self.lines_by_word(contents);
        self.documents_by_word(contents);
    }

    /// Which lines have all of the words, the last perhaps only begun.
    pub(super) fn with_words(&self, contents: &Contents, text: &str) -> Vec<bool> {
        let words: Vec<String> = words_of(text).collect();
        having(self.lines_by_word(contents), self.lines.len(), &words)
    }

    /// Rows of events of which an account has all of the words, in the record's order.
    pub(crate) fn events_with(&self, contents: &Contents, words: &[String]) -> Vec<usize> {
        let with = having(self.lines_by_word(contents), self.lines.len(), words);
        let events = self.lines.iter().zip(with).filter(|(_, with)| *with).map(|(line, _)| line.event as usize);
        let mut events: Vec<usize> = events.filter(|event| *event < contents.events.len()).collect();
        events.dedup();
        events
    }

    /// Rows of documents that have all of the words, in the record's order.
    pub(crate) fn documents_with(&self, contents: &Contents, words: &[String]) -> Vec<usize> {
        let with = having(self.documents_by_word(contents), contents.documents.len(), words);
        with.iter().enumerate().filter(|(_, with)| **with).map(|(row, _)| row).collect()
    }

    fn lines_by_word(&self, contents: &Contents) -> &Index {
        self.words.lines.get_or_init(|| {
            let documents: BTreeMap<&str, &Document> =
                contents.documents.iter().map(|it| (it.id.as_str(), it)).collect();
            index(self.rows.iter().map(|row| {
                let claim = &contents.claims[*row as usize];
                let span = Span { start: claim.sentence_start, end: claim.sentence_end };
                let sentence = documents.get(claim.document.as_str()).map_or("", |it| span.of(&it.text));
                let people = claim.actors.iter().chain(&claim.targets).map(|it| it.name.as_str());
                let places = [&claim.place, &claim.origin, &claim.destination].into_iter().flatten();
                let places = places.filter_map(|it| it.name.as_deref());
                [sentence, &claim.quote, claim.event.as_str()].into_iter().chain(people).chain(places)
            }))
        })
    }

    fn documents_by_word(&self, contents: &Contents) -> &Index {
        self.words.documents.get_or_init(|| index(contents.documents.iter().map(|it| [it.text.as_str()])))
    }
}

/// Which of `n` have all of the words, the last perhaps only begun.
fn having(index: &Index, n: usize, words: &[String]) -> Vec<bool> {
    let mut having = vec![!words.is_empty(); n];
    let last = words.len().saturating_sub(1);
    for (at, word) in words.iter().enumerate() {
        let mut with = vec![false; n];
        let begun = index.range(word.clone()..).take_while(|(other, _)| other.starts_with(word.as_str()));
        let found =
            begun.take(if at == last { MOST_BEGUN } else { 1 }).filter(|(other, _)| at == last || *other == word);
        found.flat_map(|(_, found)| found).for_each(|it| with[*it as usize] = true);
        having.iter_mut().zip(with).for_each(|(having, with)| *having &= with);
    }
    having
}

fn index<'t>(all: impl Iterator<Item = impl IntoIterator<Item = &'t str>>) -> Index {
    let mut index = Index::new();
    for (texts, at) in all.zip(0..) {
        let words: BTreeSet<String> = texts.into_iter().flat_map(words_of).collect();
        for word in words {
            index.entry(word).or_default().push(at);
        }
    }
    index
}
