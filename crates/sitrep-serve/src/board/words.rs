//! Full text: which claims have some words.
//!
//! In: contents and words. Out: a mark for each line. The index is made when somebody looks for the first time; the last word may be
//! only begun, as one types.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use sitrep::model::{Contents, Document, Span};

use super::Board;

/// Longer words are cut: nobody types them.
const MAX_LETTERS: usize = 40;
/// More begun words than this are not followed.
const MOST_BEGUN: usize = 2_000;

/// Lines by word.
#[derive(Debug, Default)]
pub(super) struct Words(OnceLock<BTreeMap<String, Vec<u32>>>);

/// The words of a text, in small letters.
pub(crate) fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(MAX_LETTERS).flat_map(char::to_lowercase).collect())
}

impl Board {
    /// Makes the index, unless it is there.
    pub(crate) fn warm(&self, contents: &Contents) {
        self.words.0.get_or_init(|| self.index(contents));
    }

    /// Which lines have all of the words, the last perhaps only begun.
    pub(super) fn with_words(&self, contents: &Contents, text: &str) -> Vec<bool> {
        let index = self.words.0.get_or_init(|| self.index(contents));
        let words: Vec<String> = words_of(text).collect();
        let mut hit = vec![!words.is_empty(); self.lines.len()];
        let last = words.len().saturating_sub(1);
        for (at, word) in words.iter().enumerate() {
            let mut with = vec![false; hit.len()];
            let begun = index.range(word.clone()..).take_while(|(other, _)| other.starts_with(word.as_str()));
            let lines =
                begun.take(if at == last { MOST_BEGUN } else { 1 }).filter(|(other, _)| at == last || *other == word);
            lines.flat_map(|(_, lines)| lines).for_each(|line| with[*line as usize] = true);
            hit.iter_mut().zip(with).for_each(|(hit, with)| *hit &= with);
        }
        hit
    }

    fn index(&self, contents: &Contents) -> BTreeMap<String, Vec<u32>> {
        let documents: BTreeMap<&str, &Document> = contents.documents.iter().map(|it| (it.id.as_str(), it)).collect();
        let mut index: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (line, row) in self.rows.iter().enumerate() {
            let claim = &contents.claims[*row as usize];
            let span = Span { start: claim.sentence_start, end: claim.sentence_end };
            let sentence = documents.get(claim.document.as_str()).map_or("", |it| span.of(&it.text));
            let people = claim.actors.iter().chain(&claim.targets).map(|it| it.name.as_str());
            let places = [&claim.place, &claim.origin, &claim.destination].into_iter().flatten();
            let places = places.filter_map(|it| it.name.as_deref());
            let texts = [sentence, &claim.quote, claim.event.as_str()].into_iter().chain(people).chain(places);
            let words: BTreeSet<String> = texts.flat_map(words_of).collect();
            for word in words {
                index.entry(word).or_default().push(u32::try_from(line).unwrap_or(u32::MAX));
            }
        }
        index
    }
}
