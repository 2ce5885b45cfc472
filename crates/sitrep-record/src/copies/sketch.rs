//! The marks of a document: what it can be found by when another shares a passage with it.
//!
//! In: the words of one document. Out: its marks. Of every ten runs of words that follow each other the one with the
//! smallest number is kept (a MinHash of each passage), so that two pages with fourteen words in a row in common surely keep one
//! mark in common, however long the rest of either is.

use super::words::Words;

/// Runs of which the smallest is kept.
const WINDOW: usize = 10;
/// The marks of one document, ascending, each once. Depends on nothing but its words.
pub(super) fn marks(words: &Words) -> Vec<u64> {
    let runs: Vec<u64> = words.runs().collect();
    let mut marks: Vec<u64> = Vec::new();
    // The places of runs that may yet be the smallest, smallest first: each is pushed and dropped once.
    let mut waiting: std::collections::VecDeque<usize> = std::collections::VecDeque::new();
    for at in 0..runs.len() {
        while waiting.back().is_some_and(|&last| runs[last] >= runs[at]) {
            waiting.pop_back();
        }
        waiting.push_back(at);
        if at + 1 >= WINDOW || at + 1 == runs.len() {
            while waiting.front().is_some_and(|&first| first + WINDOW <= at) {
                waiting.pop_front();
            }
            marks.extend(waiting.front().map(|&first| runs[first]));
        }
    }
    marks.sort_unstable();
    marks.dedup();
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitrep_model::Span;

    fn words(text: &str) -> Words {
        Words::within(text, Span::new(0, text.len()))
    }

    fn prose(seed: u64, n: usize) -> String {
        let mut state = seed;
        let mut word = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            format!("w{}", (state >> 40) % 5000)
        };
        (0..n).map(|_| word()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn fourteen_words_in_a_row_leave_a_mark_in_common() {
        let shared = prose(7, 14);
        for seed in 0..200 {
            let one = words(&format!("{} {shared} {}", prose(seed * 4 + 1, 90), prose(seed * 4 + 2, 40)));
            let two = words(&format!("{} {shared} {}", prose(seed * 4 + 3, 30), prose(seed * 4 + 4, 300)));
            let (a, b) = (marks(&one), marks(&two));
            assert!(a.iter().any(|mark| b.binary_search(mark).is_ok()), "seed {seed}");
        }
    }

    #[test]
    fn marks_are_a_fraction_and_short_texts_have_one() {
        let long = words(&prose(3, 2000));
        let n = marks(&long).len();
        assert!((300..460).contains(&n), "{n} of 2000");
        assert_eq!(marks(&words("one two three four five six")).len(), 1);
        assert!(marks(&words("one two three")).is_empty());
    }
}
