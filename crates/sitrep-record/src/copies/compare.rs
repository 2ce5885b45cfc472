//! Two documents held against each other: which passages they share, and what share of each that is.
//!
//! In: the words of both. Out: [`Shared`]. Exact: a passage is the same words in the same order in both. Work grows with the words
//! of the two, also when one of them repeats itself.

use sitrep_model::{SharedPassage, Span};

use super::words::{RUN_WORDS, Word, Words};

/// Shorter runs of words in common are phrases, not passages.
const PASSAGE_WORDS: usize = 8;
/// Places of one run that are tried.
const MOST_PLACES: usize = 8;
/// Passages with so few other words between them are told as one.
const GAP_WORDS: usize = 3;
/// Passages kept for showing.
const MOST_PASSAGES: usize = 40;

/// A document made ready for being compared with many.
pub(super) struct Indexed<'w> {
    words: &'w Words,
    common: &'w [bool],
    /// Runs and where they stand, ascending.
    runs: Vec<(u64, u32)>,
}

/// What two documents share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shared {
    /// Words of the one, of the other, and of each how many stand in the other; what its outlet puts everywhere left out.
    pub(super) one_words: usize,
    pub(super) other_words: usize,
    pub(super) one_shared: usize,
    pub(super) other_shared: usize,
    /// The longest passages, in the order of the one.
    pub(super) passages: Vec<SharedPassage>,
}

impl Shared {
    /// Percent of the one's words, rounded down; 100 only when it is all of them.
    pub(super) fn one_percent(&self) -> u8 {
        percent(self.one_shared, self.one_words)
    }

    /// Percent of the other's words.
    pub(super) fn other_percent(&self) -> u8 {
        percent(self.other_shared, self.other_words)
    }

    /// The same, seen from the other.
    pub(super) fn turned(self) -> Shared {
        let turned = self.passages.iter().map(|passage| SharedPassage { at: passage.of, of: passage.at });
        let mut passages: Vec<SharedPassage> = turned.collect();
        passages.sort();
        Shared {
            one_words: self.other_words,
            other_words: self.one_words,
            one_shared: self.other_shared,
            other_shared: self.one_shared,
            passages,
        }
    }
}

fn percent(part: usize, whole: usize) -> u8 {
    u8::try_from((part * 100).checked_div(whole).unwrap_or(0)).unwrap_or(100)
}

/// A passage as ranges of words: where it begins in either, and how long it is in either.
#[derive(Clone, Copy)]
struct Match {
    one: usize,
    other: usize,
    one_words: usize,
    other_words: usize,
}

impl<'w> Indexed<'w> {
    pub(super) fn of(words: &'w Words, common: &'w [bool]) -> Indexed<'w> {
        let mut runs: Vec<(u64, u32)> = words.runs().zip(0..).collect();
        runs.sort_unstable();
        Indexed { words, common, runs }
    }

    /// What this document, the one, shares with the other.
    pub(super) fn shared_with(&self, other: &Words, other_common: &[bool]) -> Shared {
        let (mut one_covered, mut other_covered) = (vec![false; self.words.0.len()], vec![false; other.0.len()]);
        let runs: Vec<u64> = other.runs().collect();
        let mut matches: Vec<Match> = Vec::new();
        let mut at = 0;
        while at < runs.len() {
            let Some((place, n_words)) = self.longest(runs[at], other, at).filter(|(_, n)| *n >= PASSAGE_WORDS) else {
                at += 1;
                continue;
            };
            let own = |common: &[bool], from: usize| (from..from + n_words).filter(|&i| !is(common, i)).count();
            if own(self.common, place) >= PASSAGE_WORDS && own(other_common, at) >= PASSAGE_WORDS {
                one_covered[place..place + n_words].fill(true);
                other_covered[at..at + n_words].fill(true);
                matches.push(Match { one: place, other: at, one_words: n_words, other_words: n_words });
            }
            at += n_words;
        }
        let counted = |common: &[bool], covered: &[bool]| {
            let own = (0..covered.len()).filter(|&i| !is(common, i));
            own.fold((0, 0), |(all, shared), i| (all + 1, shared + usize::from(covered[i])))
        };
        let (one_words, one_shared) = counted(self.common, &one_covered);
        let (other_words, other_shared) = counted(other_common, &other_covered);
        let passages = told(matches, &self.words.0, &other.0);
        Shared { one_words, other_words, one_shared, other_shared, passages }
    }

    /// The place in this document from which most words follow as they do in the other from `at`, and how many.
    fn longest(&self, run: u64, other: &Words, at: usize) -> Option<(usize, usize)> {
        let from = self.runs.partition_point(|(known, _)| *known < run);
        let places = self.runs[from..].iter().take_while(|(known, _)| *known == run).take(MOST_PLACES);
        let length = |place: usize| {
            let same = |(a, b): &(&Word, &Word)| a.hash == b.hash;
            self.words.0[place..].iter().zip(&other.0[at..]).take_while(same).count()
        };
        let measured = places.map(|(_, place)| (*place as usize, length(*place as usize)));
        measured.max_by_key(|(place, length)| (*length, std::cmp::Reverse(*place))).filter(|(_, n)| *n >= RUN_WORDS)
    }
}

fn is(common: &[bool], at: usize) -> bool {
    common.get(at).copied().unwrap_or(false)
}

/// Passages for showing: near ones run together, the longest kept, in the order of the one.
fn told(mut matches: Vec<Match>, one: &[Word], other: &[Word]) -> Vec<SharedPassage> {
    matches.sort_by_key(|found| (found.one, found.other));
    let mut joined: Vec<Match> = Vec::new();
    for found in matches {
        if let Some(last) = joined.last_mut() {
            let gap = |at: usize, from: usize, n: usize| at.checked_sub(from + n).is_some_and(|gap| gap <= GAP_WORDS);
            if gap(found.one, last.one, last.one_words) && gap(found.other, last.other, last.other_words) {
                last.one_words = found.one + found.one_words - last.one;
                last.other_words = found.other + found.other_words - last.other;
                continue;
            }
        }
        joined.push(found);
    }
    joined.sort_by_key(|found| (std::cmp::Reverse(found.one_words), found.one));
    joined.truncate(MOST_PASSAGES);
    joined.sort_by_key(|found| found.one);
    let span = |words: &[Word], from: usize, n: usize| Span { start: words[from].start, end: words[from + n - 1].end };
    let passage = |found: &Match| SharedPassage {
        at: span(one, found.one, found.one_words),
        of: span(other, found.other, found.other_words),
    };
    joined.iter().map(passage).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Words {
        Words::within(text, Span::new(0, text.len()))
    }

    #[test]
    fn shares_are_counted_on_both_sides_and_passages_are_where_they_say() {
        let lead = "Army units entered the town of Ostrel at dawn on Monday after two days of shelling";
        let one = format!("{lead}. Nobody in Varnesh was told of it before noon.");
        let other = format!("The council met. {lead}, said a wire report that nobody signed.");
        let (a, b) = (words(&one), words(&other));
        let shared = Indexed::of(&a, &[]).shared_with(&b, &[]);
        assert_eq!((shared.one_shared, shared.other_shared), (16, 16));
        assert_eq!((shared.one_percent(), shared.other_percent()), (64, 61));
        let [passage] = shared.passages[..] else { panic!("{shared:?}") };
        assert_eq!((passage.at.of(&one), passage.of.of(&other)), (lead, lead));
        assert_eq!(shared.clone().turned().turned(), shared);
    }

    #[test]
    fn what_an_outlet_puts_everywhere_is_not_counted() {
        let text = "Read all our reports of this war on one page every day. Two men died.";
        let all = words(text);
        let mut common = vec![true; 12];
        common.extend([false; 3]);
        assert_eq!(Indexed::of(&all, &common).shared_with(&all, &common).one_shared, 0);
    }

    #[test]
    fn a_text_that_repeats_itself_is_no_trouble() {
        let one = words(&"again and again ".repeat(4000));
        let shared = Indexed::of(&one, &[]).shared_with(&one, &[]);
        assert_eq!(shared.one_percent(), 100);
    }
}
