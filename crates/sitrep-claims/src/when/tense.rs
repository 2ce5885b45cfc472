//! Which way a yearless date points: to what happened, or to what is to come.
//!
//! In: the passage and the place of the date in it. Out: [`Tense`]. Looks at the same sentence only, at words, not trees.

use super::rules::Rules;

/// The direction of the nearest verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    /// It happened.
    Past,
    /// It is to come.
    Future,
    /// The words do not say.
    Open,
}

const REACH_BYTES: usize = 400;
/// "will likely be captured": a participle this close behind a future word belongs to it.
const AUXILIARY_REACH_BYTES: usize = 40;

/// Whether the participle at `past` belongs to the future word that ends at `future`: close behind it, in the same clause.
fn carried(sentence: &str, future: usize, past: usize) -> bool {
    let between = sentence.get(future.min(past)..past);
    between.is_some_and(|words| words.len() < AUXILIARY_REACH_BYTES && !words.contains([',', '”', '"']))
}

/// The tense around `start..end` of `text`.
pub(crate) fn tense(rules: &Rules, text: &str, start: usize, end: usize) -> Tense {
    let low = text.floor_char_boundary(start.saturating_sub(REACH_BYTES));
    let high = text.ceil_char_boundary((end + REACH_BYTES).min(text.len()));
    // Old texts break their lines within a sentence: only an empty line ends one.
    let last = |marks: &str| text[low..start].rfind(marks);
    let from = text[low..start].rfind([';', '!', '?']).max(last("\n\n")).max(last(". ")).max(last(".\n"));
    let from = from.map_or(low, |at| low + at + 1);
    let next = |marks: &str| text[end..high].find(marks);
    let to = text[end..high]
        .find([';', '!', '?'])
        .into_iter()
        .chain(next("\n\n"))
        .chain(next(". "))
        .chain(next(".\n"))
        .min();
    let sentence = &text[from..to.map_or(high, |at| end + at)];
    let (start, end) = (start - from, end - from);
    let spots = |regex: &regex::Regex| -> Vec<(usize, usize)> {
        (regex.find_iter(sentence)).map(|m| (m.start(), m.end())).filter(|m| m.1 <= start || m.0 >= end).collect()
    };
    let away = |spot: &(usize, usize)| if spot.1 <= start { start - spot.1 } else { spot.0 - end };
    let future = spots(&rules.future);
    let past: Vec<_> = (spots(&rules.past).into_iter())
        .filter(|p| !future.iter().any(|f| f.0 <= p.0 && carried(sentence, f.1, p.0)))
        .collect();
    match (past.iter().map(away).min(), future.iter().map(away).min()) {
        (None, None) => Tense::Open,
        (Some(p), Some(f)) if p <= f => Tense::Past,
        (Some(_), None) => Tense::Past,
        (_, Some(_)) => Tense::Future,
    }
}
