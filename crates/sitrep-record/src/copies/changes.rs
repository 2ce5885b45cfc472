//! What a newer version changed, sentence by sentence: a toll raised, a paragraph added, a sentence taken back.
//!
//! In: two documents. Out: [`Change`]s: what is new or otherwise in the order of the newer one, then what is gone. Sentences that both have are left out, also when they moved.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use sitrep_model::{BlockKind, Change, Document, Span};

use super::words::{Words, article};

/// Sentences of each side that are held against each other.
const MOST_SENTENCES: usize = 400;
/// Changes kept.
const MOST_CHANGES: usize = 100;
/// A sentence with this share of its words in another is that one, changed.
const CHANGED_PERCENT: usize = 50;
/// Words shown of what differs.
const MOST_SHOWN_WORDS: usize = 40;

struct Sentence {
    span: Span,
    words: Words,
}

/// What `after` has otherwise than `before`.
pub(super) fn changes(before: &Document, after: &Document) -> Vec<Change> {
    let (mut old, mut new) = (sentences(before), sentences(after));
    leave_common(&mut old, &mut new);
    old.truncate(MOST_SENTENCES);
    new.truncate(MOST_SENTENCES);
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut found: Vec<Change> = Vec::new();
    for sentence in &new {
        let likeness = |other: &Sentence| likeness_percent(&other.words, &sentence.words);
        let free = old.iter().enumerate().filter(|(at, _)| !taken.contains(at));
        let best =
            free.map(|(at, other)| (likeness(other), at)).max_by_key(|(like, at)| (*like, std::cmp::Reverse(*at)));
        let (before, was, now) = match best.filter(|(like, _)| *like >= CHANGED_PERCENT) {
            Some((_, at)) => {
                taken.insert(at);
                let (was, now) = differing(before, &old[at], after, sentence);
                (Some(old[at].span), was, now)
            }
            None => (None, String::new(), shown(after, sentence, 0, sentence.words.0.len())),
        };
        found.push(Change { before, after: Some(sentence.span), was, now });
    }
    for (_, sentence) in old.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
        let was = shown(before, sentence, 0, sentence.words.0.len());
        found.push(Change { before: Some(sentence.span), after: None, was, now: String::new() });
    }
    found.truncate(MOST_CHANGES);
    found
}

/// Takes away what stands in both, each as often as it stands in both.
fn leave_common(old: &mut Vec<Sentence>, new: &mut Vec<Sentence>) {
    let mut places: BTreeMap<u64, VecDeque<usize>> = BTreeMap::new();
    for (at, sentence) in old.iter().enumerate() {
        places.entry(sentence.words.whole()).or_default().push_back(at);
    }
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    new.retain(|sentence| match places.get_mut(&sentence.words.whole()).and_then(VecDeque::pop_front) {
        Some(at) => {
            gone.insert(at);
            false
        }
        None => true,
    });
    let mut at = 0;
    old.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}

/// The sentences of headline and article, cut by the same simple rule on both sides.
fn sentences(document: &Document) -> Vec<Sentence> {
    let headlines = document.blocks.iter().filter(|block| block.kind == BlockKind::Headline).map(|block| block.span);
    let mut spans: Vec<Span> = headlines.chain(article(document)).collect();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut found = Vec::new();
    for span in spans {
        let text = span.of(&document.text);
        let mut start = 0;
        for end in sentence_ends(text) {
            let piece = &text[start..end];
            let lead = piece.len() - piece.trim_start().len();
            let from = span.start + u32::try_from(start + lead).unwrap_or(0);
            let cut = Span { start: from, end: from + u32::try_from(piece.trim().len()).unwrap_or(0) };
            let words = Words::within(&document.text, cut);
            if !words.0.is_empty() {
                found.push(Sentence { span: cut, words });
            }
            start = end;
        }
    }
    found
}

/// Where sentences end: at a line's end, and at a full stop with a blank and no small letter after it.
fn sentence_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut stopped = false;
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        match c {
            '\n' => ends.push(end),
            '.' | '!' | '?' | '…' | '。' | '؟' => stopped = true,
            '"' | '”' | '’' | ')' | '\'' => {}
            c if c.is_whitespace() && stopped => {
                if chars.peek().is_some_and(|(_, next)| !next.is_lowercase()) {
                    ends.push(end);
                }
                stopped = false;
            }
            _ => stopped = false,
        }
    }
    ends.push(text.len());
    ends
}

/// Shared part of the words of two sentences, in percent of all words of both.
fn likeness_percent(one: &Words, other: &Words) -> usize {
    let sorted = |words: &Words| {
        let mut hashes: Vec<u64> = words.0.iter().map(|word| word.hash).collect();
        hashes.sort_unstable();
        hashes
    };
    let (one, other) = (sorted(one), sorted(other));
    let (mut a, mut b, mut shared) = (0, 0, 0_usize);
    while a < one.len() && b < other.len() {
        match one[a].cmp(&other[b]) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                (a, b, shared) = (a + 1, b + 1, shared + 1);
            }
        }
    }
    (shared * 200).checked_div(one.len() + other.len()).unwrap_or(0)
}

/// The words in which two sentences differ: what is left between their common beginning and their common end.
fn differing(before: &Document, old: &Sentence, after: &Document, new: &Sentence) -> (String, String) {
    let (a, b) = (&old.words.0, &new.words.0);
    let head = a.iter().zip(b).take_while(|(x, y)| x.hash == y.hash).count();
    let most_tail = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(most_tail).take_while(|(x, y)| x.hash == y.hash).count();
    (shown(before, old, head, a.len() - tail), shown(after, new, head, b.len() - tail))
}

/// The words `from..to` of a sentence as they stand, cut when they are many.
fn shown(document: &Document, sentence: &Sentence, from: usize, to: usize) -> String {
    let words = &sentence.words.0[from..to.max(from)];
    let Some(first) = words.first() else { return String::new() };
    let last = words[words.len().min(MOST_SHOWN_WORDS) - 1];
    let text = Span { start: first.start, end: last.end }.of(&document.text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.len() > MOST_SHOWN_WORDS { format!("{text} …") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::report;

    #[test]
    fn a_raised_toll_an_added_and_a_removed_sentence_are_told() {
        let old = report(
            "Post",
            "2031-05-05",
            &[
                ("other", "Shells fell on Ostrel at noon. At least 12 people died in the market."),
                ("other", "The mayor could not be reached."),
                ("other", "Roads out of the town are closed."),
            ],
        );
        let new = report(
            "Post",
            "2031-05-06",
            &[
                ("other", "Shells fell on Ostrel at noon. At least 15 people died in the market."),
                ("other", "Roads out of the town are closed."),
                ("other", "The hospital asked for blood."),
            ],
        );
        let told: Vec<(String, String)> =
            changes(&old.document, &new.document).into_iter().map(|change| (change.was, change.now)).collect();
        assert_eq!(
            told,
            [
                ("12".to_owned(), "15".to_owned()),
                (String::new(), "The hospital asked for blood".to_owned()),
                ("The mayor could not be reached".to_owned(), String::new()),
            ]
        );
        assert!(changes(&old.document, &old.document).is_empty());
    }
}
