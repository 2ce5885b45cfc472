//! Where the blocks of a document stand in the page they were read from, so that a reader can be shown the original.
//!
//! In: the page's markup and its document. Out: for each block, from its first word to its last in the markup. Found by lining the
//! words up, in reading order; a block whose words the page does not hold in that order has no place. Linear in the page.

use std::collections::BTreeMap;

use sitrep_model::{Document, Span};

/// Words at a block's start that must all be found together.
const OPENING_WORDS: usize = 5;
/// Places of one word that are tried.
const MAX_TRIED: usize = 2_000;
/// Words of markup or of the block that may be passed over at a time: what was left out inside a block, a word cut by a tag.
const MAX_GAP: usize = 12;

/// One span a block, in bytes of `source`.
pub(crate) fn origins(source: &str, document: &Document) -> Vec<Option<Span>> {
    let shown = shown_words(source);
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, &(start, end)) in shown.iter().enumerate() {
        places.entry(&source[start..end]).or_default().push(i);
    }
    let word = |i: usize| shown.get(i).map(|&(start, end)| &source[start..end]);
    let mut from = 0;
    let mut out = Vec::with_capacity(document.blocks.len());
    for block in &document.blocks {
        let words: Vec<&str> = plain_words(block.span.of(&document.text)).map(|(_, w)| w).collect();
        let opening = &words[..words.len().min(OPENING_WORDS)];
        // The rarest word of the opening has the fewest places to try.
        let rarest = opening.iter().enumerate().min_by_key(|(_, w)| places.get(**w).map_or(0, Vec::len));
        let found = rarest.and_then(|(offset, rare)| {
            let tried = places.get(*rare)?;
            let after = tried.partition_point(|&at| at < from + offset);
            let fits = |&at: &usize| opening.iter().enumerate().all(|(k, w)| word(at - offset + k) == Some(w));
            tried[after..].iter().take(MAX_TRIED).copied().find(fits).map(|at| at - offset)
        });
        out.push(found.map(|first| {
            let last = last_word(&words, first, word);
            from = last + 1;
            Span::new(shown[first].0, shown[last].1)
        }));
    }
    out
}

/// The place of the last of `words` that lines up with the page's words from `first` on.
fn last_word<'s>(words: &[&str], first: usize, word: impl Fn(usize) -> Option<&'s str>) -> usize {
    let (mut last, mut at) = (first, first);
    for (k, wanted) in words.iter().enumerate() {
        let gap = if k == 0 { 1 } else { MAX_GAP };
        if let Some(found) = (at..at + gap).find(|&i| word(i) == Some(wanted)) {
            last = found;
            at = found + 1;
        }
    }
    last
}

/// Start and end of each word that stands outside tags, comments, programs, styles and the page's title.
fn shown_words(source: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        let text = rest.find('<').unwrap_or(rest.len());
        out.extend(plain_words(&rest[..text]).map(|(start, w)| (at + start, at + start + w.len())));
        at += text;
        if at < source.len() {
            at = super::past::past_tag(source, at, &["script", "style", "title", "noscript", "template"]);
        }
    }
    out
}

/// The words of `text` and where they start; a character written as `&name;` parts words and is none.
fn plain_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(|c: char| c.is_alphanumeric() || c == '&')?;
            let rest = &text[start..];
            if let Some(named) = rest.strip_prefix('&') {
                let length = named.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(0);
                let whole = (1..=12).contains(&length) && named[length..].starts_with(';');
                at = start + 1 + if whole { length + 1 } else { 0 };
                continue;
            }
            let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            at = start + length;
            return Some((start, &rest[..length]));
        }
    })
}
