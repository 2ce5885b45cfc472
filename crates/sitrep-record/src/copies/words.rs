//! The words of an article as numbers, each with its place: what copies are found by.
//!
//! In: one document. Out: [`Words`]. Spelling is folded (case, marks, punctuation), so a reprint in another house style has the same
//! words. Headlines, captions and readers' comments are left out: papers write their own. Sees no other document.

use sitrep_model::{BlockKind, Document, Span};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words of one run. Five in a row are rarely the same by chance.
pub(super) const RUN_WORDS: usize = 5;
/// Articles are compared by their first so many words; a longer one is a dump of many.
const MOST_WORDS: usize = 100_000;

/// A word: its folded spelling as a number, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    pub(super) hash: u64,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The words of an article, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words(pub(super) Vec<Word>);

impl Words {
    /// The words of the article's own text.
    pub(crate) fn of(document: &Document) -> Words {
        let mut words = Vec::new();
        for span in article(document) {
            push_words(&document.text, span, &mut words);
            if words.len() >= MOST_WORDS {
                words.truncate(MOST_WORDS);
                break;
            }
        }
        Words(words)
    }

    /// The words of one span.
    pub(super) fn within(text: &str, span: Span) -> Words {
        let mut words = Vec::new();
        push_words(text, span, &mut words);
        Words(words)
    }

    /// A number for every run of five words, in order.
    pub(super) fn runs(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.windows(RUN_WORDS).map(|run| {
            mixed(run.iter().fold(0, |hash, word| mixed(hash ^ word.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
        })
    }

    /// One number for the whole; equal for texts with the same words in the same order.
    pub(super) fn whole(&self) -> u64 {
        self.0.iter().fold(self.0.len() as u64, |hash, word| mixed(hash.rotate_left(5) ^ word.hash))
    }
}

/// Where the article's own text stands; the whole text less the comments when it has no blocks.
pub(super) fn article(document: &Document) -> Vec<Span> {
    let own = |kind: BlockKind| !matches!(kind, BlockKind::Headline | BlockKind::Caption);
    if !document.blocks.is_empty() {
        return document.blocks.iter().filter(|block| own(block.kind)).map(|block| block.span).collect();
    }
    let mut comments: Vec<Span> = document.comments.iter().map(|comment| comment.span).collect();
    comments.sort_by_key(|span| (span.start, span.end));
    let (mut spans, mut at) = (Vec::new(), 0);
    for comment in comments {
        if comment.start > at {
            spans.push(Span { start: at, end: comment.start });
        }
        at = at.max(comment.end);
    }
    let end = u32::try_from(document.text.len()).unwrap_or(u32::MAX);
    spans.push(Span { start: at.min(end), end });
    spans
}

fn push_words(text: &str, span: Span, words: &mut Vec<Word>) {
    let base = span.start;
    let mut open: Option<Word> = None;
    for (at, c) in span.of(text).char_indices() {
        let at = base + u32::try_from(at).unwrap_or(u32::MAX);
        let end = at + u32::try_from(c.len_utf8()).unwrap_or(0);
        if is_quiet(c) {
            continue;
        }
        if !c.is_alphanumeric() {
            words.extend(open.take());
            continue;
        }
        // Scripts without blanks between words are compared character by character.
        if stands_alone(c) {
            words.extend(open.take());
        }
        let word = open.get_or_insert(Word { hash: 0xcbf2_9ce4_8422_2325, start: at, end });
        word.hash = folded(word.hash, c);
        word.end = end;
        if stands_alone(c) {
            words.extend(open.take());
        }
    }
    words.extend(open);
}

/// Characters within a word that one paper writes and the other leaves out.
fn is_quiet(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʿ' | 'ʾ' | 'ʼ' | '´' | '\u{AD}' | '\u{200B}'..='\u{200D}')
        || !c.is_ascii() && is_combining_mark(c)
}

fn stands_alone(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn folded(hash: u64, c: char) -> u64 {
    let add = |hash: u64, c: char| (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    if c.is_ascii() {
        return add(hash, c.to_ascii_lowercase());
    }
    std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).fold(hash, add)
}

/// Spreads a number over all its bits (the finisher of SplitMix64): the smallest of several must be a fair draw.
fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::report;

    #[test]
    fn house_style_does_not_matter_and_spans_are_true() {
        let text = "Al-Qā’im’s “column” left at 06:00 — 12 died.";
        let words = Words::within(text, Span::new(0, text.len()));
        let plain = "AL QAIMS COLUMN left at 06 00 12 died";
        let hashes = |words: &Words| words.0.iter().map(|word| word.hash).collect::<Vec<_>>();
        assert_eq!(hashes(&words), hashes(&Words::within(plain, Span::new(0, plain.len()))));
        let second = words.0[1];
        assert_eq!(&text[second.start as usize..second.end as usize], "Qā’im’s");
    }

    #[test]
    fn comments_are_no_part_of_the_article() {
        let mut made = report("Post", "2031-05-05", &[("other", "The column left."), ("other", "First! Great news.")]);
        let whole = Words::of(&made.document).0.len();
        let start = made.document.text.find("First").unwrap();
        made.document.comments.push(sitrep_model::Comment {
            id: sitrep_model::CommentId::known("m_1"),
            parent: None,
            depth: 0,
            author: None,
            time: None,
            date: None,
            span: Span::new(start, made.document.text.len()),
            labels: Vec::new(),
            reasons: Vec::new(),
            links: Vec::new(),
            language: None,
        });
        assert_eq!((whole, Words::of(&made.document).0.len()), (6, 3));
    }
}
