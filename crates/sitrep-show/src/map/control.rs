//! Who asserts control: a tag at the place with the holder's pattern and two letters; both patterns where claims disagree.
//!
//! In: answers. Out: tags, patterns and a key. Colour never stands alone, no side has its own flag's colour or a colour that
//! means good or bad, and the land between places stays empty.

use std::collections::BTreeMap;

use maud::{Markup, html};
use sitrep_model::ControlAnswer;

use super::projection::px;
use crate::visible::one_line;

/// Okabe and Ito's colours that stay apart in every common colour blindness, each with its own pattern.
const STYLES: [(&str, Pattern); 5] = [
    ("#0072b2", Pattern::Full),
    ("#d55e00", Pattern::Rising),
    ("#000000", Pattern::Dots),
    ("#56b4e9", Pattern::Level),
    ("#f0e442", Pattern::Cross),
];

#[derive(Clone, Copy)]
enum Pattern {
    Full,
    Rising,
    Dots,
    Level,
    Cross,
}

/// The sides named in the answers, with letters and styles.
pub(super) struct Sides {
    letters: BTreeMap<String, String>,
    order: Vec<String>,
}

impl Sides {
    /// Sides in order of first mention; those past the fifth share an empty pattern and are told apart by their letters.
    pub(super) fn of(answers: &[ControlAnswer]) -> Sides {
        let mut sides = Sides { letters: BTreeMap::new(), order: Vec::new() };
        for holder in answers.iter().flat_map(|answer| answer.sides.iter().map(|side| side.holder.as_str())) {
            if !sides.letters.contains_key(holder) {
                let letters = sides.free_letters(holder);
                sides.letters.insert(holder.to_owned(), letters);
                sides.order.push(holder.to_owned());
            }
        }
        sides
    }

    fn free_letters(&self, holder: &str) -> String {
        let words: Vec<&str> = holder.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let first = words.first().and_then(|word| word.chars().next()).unwrap_or('?');
        let initials = words.iter().skip(1).filter_map(|word| word.chars().next());
        let rest = words.iter().flat_map(|word| word.chars().skip(1));
        let taken = |letters: &String| self.letters.values().any(|it| it == letters);
        let candidates = initials.chain(rest).chain('A'..='Z').map(|second| format!("{first}{second}").to_uppercase());
        candidates.into_iter().find(|letters| !taken(letters)).unwrap_or_else(|| "??".to_owned())
    }

    fn letters(&self, holder: &str) -> &str {
        self.letters.get(holder).map_or("??", String::as_str)
    }

    fn fill(&self, holder: &str) -> String {
        let at = self.order.iter().position(|it| it == holder).unwrap_or(usize::MAX);
        if at < STYLES.len() { format!("url(#side-{at})") } else { "#ffffff".to_owned() }
    }

    /// The patterns, for the picture's `defs`.
    pub(super) fn patterns(&self) -> Markup {
        html! {
            @for (at, (colour, pattern)) in STYLES.iter().enumerate().take(self.order.len()) {
                pattern id=(format!("side-{at}")) width="6" height="6" patternUnits="userSpaceOnUse" {
                    (marks(colour, *pattern))
                }
            }
        }
    }

    /// The key, one row a side: `(holder, letters, fill)`.
    pub(super) fn key(&self) -> Vec<(String, Markup)> {
        let row = |holder: &String| (one_line(holder), self.swatch(0.0, 0.0, holder));
        self.order.iter().map(row).collect()
    }

    /// Width of the tag for an answer.
    pub(super) fn tag_width(&self, answer: &ControlAnswer) -> f64 {
        SWATCH * answer.sides.len().clamp(1, MOST_SIDES) as f64
    }

    /// The tag of an answer, its upper left corner at `x`, `y`.
    pub(super) fn tag(&self, answer: &ControlAnswer, x: f64, y: f64) -> Markup {
        let dashed = (answer.state == "last asserted").then_some("3 2");
        let width = self.tag_width(answer);
        html! {
            @if answer.sides.is_empty() {
                rect x=(px(x)) y=(px(y)) width=(px(SWATCH)) height=(px(TALL)) fill="#ffffff" stroke="#1f2a33" {}
                (letters(x + SWATCH / 2.0, y, "?"))
            }
            @for (at, side) in answer.sides.iter().take(MOST_SIDES).enumerate() {
                (self.swatch(x + SWATCH * at as f64, y, &side.holder))
            }
            rect x=(px(x)) y=(px(y)) width=(px(width)) height=(px(TALL)) fill="none" stroke="#1f2a33" stroke-width="1.4"
                stroke-dasharray=[dashed] {}
        }
    }

    fn swatch(&self, x: f64, y: f64, holder: &str) -> Markup {
        html! {
            rect x=(px(x)) y=(px(y)) width=(px(SWATCH)) height=(px(TALL)) fill="#ffffff" {}
            rect x=(px(x)) y=(px(y)) width=(px(SWATCH)) height=(px(TALL)) fill=(self.fill(holder)) stroke="#1f2a33" stroke-width="1" {}
            rect x=(px(x + 4.0)) y=(px(y + 2.5)) width=(px(SWATCH - 8.0)) height=(px(TALL - 5.0)) rx="1.5" fill="#ffffff" {}
            (letters(x + SWATCH / 2.0, y, self.letters(holder)))
        }
    }
}

pub(super) const SWATCH: f64 = 27.0;
pub(super) const TALL: f64 = 17.0;
/// More sides than this would be wider than the map is worth; the control page lists them all.
const MOST_SIDES: usize = 3;

fn letters(x: f64, y: f64, text: &str) -> Markup {
    html! { text x=(px(x)) y=(px(y + 12.6)) text-anchor="middle" font-size="10.5" font-weight="bold" fill="#1f2a33" { (text) } }
}

fn marks(colour: &str, pattern: Pattern) -> Markup {
    match pattern {
        Pattern::Full => html! { rect width="6" height="6" fill=(colour) {} },
        Pattern::Rising => html! { path d="M-1 1L1 -1M-1 7L7 -1M5 7L7 5" stroke=(colour) stroke-width="2.6" {} },
        Pattern::Dots => html! { circle cx="3" cy="3" r="1.8" fill=(colour) {} },
        Pattern::Level => html! { path d="M0 1.5H6M0 4.5H6" stroke=(colour) stroke-width="1.7" {} },
        Pattern::Cross => {
            html! { rect width="6" height="6" fill=(colour) {} path d="M0 0L6 6M6 0L0 6" stroke="#1f2a33" stroke-width="0.7" {} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sides_never_share_letters() {
        let mut sides = Sides { letters: BTreeMap::new(), order: Vec::new() };
        for holder in ["Northern Front", "Northern Federation", "National Force", "N", "شمال"] {
            let letters = sides.free_letters(holder);
            assert!(!sides.letters.values().any(|it| *it == letters));
            sides.letters.insert(holder.to_owned(), letters);
        }
        assert_eq!(sides.letters("Northern Front"), "NF");
    }
}
