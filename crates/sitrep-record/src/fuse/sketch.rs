//! How much of one report's wording is another's: papers reprint agencies, and a reprint is no second origin.
//!
//! In: documents. Out: a [`Sketch`] each, and the share of five-word runs two of them have in common. A sketch keeps the smallest
//! hashes of those runs, so comparing two long reports costs as little as comparing two short ones.

use sitrep_model::Document;

use super::candidates::fnv;
use crate::names::words;

const RUN_WORDS: usize = 5;
const KEPT: usize = 128;
/// Longer texts are sketched by their beginning.
const LONGEST_BYTES: usize = 200_000;

/// The smallest hashes among a report's five-word runs, ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sketch(Vec<u64>);

impl Sketch {
    /// The sketch of the article, without its readers' comments where they are told apart.
    pub(crate) fn of(document: &Document) -> Sketch {
        let mut text = String::new();
        for block in &document.blocks {
            text.push_str(block.span.of(&document.text));
            text.push('\n');
        }
        if document.blocks.is_empty() {
            text.clone_from(&document.text);
        }
        let mut end = text.len().min(LONGEST_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let words = words(&text[..end]);
        let mut runs: Vec<u64> =
            words.windows(RUN_WORDS).map(|run| fnv(&run.iter().map(String::as_bytes).collect::<Vec<_>>())).collect();
        runs.sort_unstable();
        runs.dedup();
        runs.truncate(KEPT);
        Sketch(runs)
    }

    /// An estimate, in percent, of the runs the two share among all runs of both; 0 when either is too short to tell.
    pub(crate) fn shared_percent(&self, other: &Sketch) -> usize {
        const TOO_SHORT: usize = 10;
        if self.0.len().min(other.0.len()) < TOO_SHORT {
            return 0;
        }
        // Among the smallest hashes of the two together, how many does each have?
        let (mut one, mut two) = (self.0.iter().peekable(), other.0.iter().peekable());
        let (mut all, mut shared) = (0, 0);
        while all < KEPT {
            match (one.peek(), two.peek()) {
                (Some(a), Some(b)) if a == b => {
                    shared += 1;
                    one.next();
                    two.next();
                }
                (Some(a), Some(b)) if a < b => drop(one.next()),
                (Some(_), Some(_)) | (None, Some(_)) => drop(two.next()),
                (Some(_), None) => drop(one.next()),
                (None, None) => break,
            }
            all += 1;
        }
        shared * 100 / all.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::report;

    #[test]
    fn a_reprint_is_known_by_its_wording() {
        let lines: Vec<String> =
            (0..30).map(|n| format!("On day {n} the column of unit {n} moved to hill {n} at dawn.")).collect();
        let all: Vec<(&str, &str)> = lines.iter().map(|line| ("other", line.as_str())).collect();
        let sketch = |lines: &[(&str, &str)]| Sketch::of(&report("Hill Post", "2031-05-05", lines).document);
        assert_eq!(sketch(&all).shared_percent(&sketch(&all)), 100);
        let part = sketch(&all).shared_percent(&sketch(&all[..20]));
        assert!((45..=85).contains(&part), "two thirds of it: {part}");
        let other = [(
            "other",
            "Nothing of the kind was seen by anyone along the whole length of the northern road that week.",
        )];
        assert_eq!(sketch(&all).shared_percent(&sketch(&other)), 0);
        assert_eq!(sketch(&[]).shared_percent(&sketch(&[])), 0);
    }
}
