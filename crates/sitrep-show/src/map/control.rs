//! Who asserts control: a tag at the place with the holder's pattern and two letters; both patterns where claims disagree.
//!
//! In: answers. Out: tags, patterns and a key. Colour never stands alone, no side has its own flag's colour or a colour that
//! means good or bad, and the land between places stays empty.

use std::collections::BTreeMap;

use maud::{Markup, html};
use sitrep_model::{ControlAnswer, ControlSide, ControlSideKind};

use super::projection::px;
use super::site::Site;
use crate::index::Index;
use crate::visible::{brief, one_line};

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

/// One place's tag: its holders as reports assert them.
pub(super) struct Tag<'a> {
    pub(super) place: &'a str,
    /// Where the place lies: longitude, latitude.
    pub(super) point: [f64; 2],
    pub(super) holders: Vec<&'a str>,
    /// Fighting inside, or claims that it is not so, with fewer than two holders to show for it.
    pub(super) fought_over: bool,
    /// Asserted earlier, nothing later.
    pub(super) earlier: bool,
}

/// The tags of the answers: sides that name a holder and that a report, not only a reader, asserts, at places `known` locates.
pub(super) fn tags<'a>(answers: &'a [ControlAnswer], known: &[Site<'_>], index: &Index<'_>) -> Vec<Tag<'a>> {
    let reported = |id: &sitrep_model::ClaimId| index.claim(id.as_str()).is_none_or(|claim| claim.is_reporting());
    let is_shown = |side: &&ControlSide| {
        side.kind == ControlSideKind::Holder && side.current && side.assertions.iter().any(|it| reported(&it.claim_id))
    };
    let tag = |answer: &'a ControlAnswer| {
        let holders: Vec<&str> =
            answer.sides.iter().filter(is_shown).filter_map(|side| side.holder.as_deref()).collect();
        let by_reports = answer.sides.iter().flat_map(|side| &side.assertions).any(|it| reported(&it.claim_id));
        let fought_over = answer.state == "contested" && holders.len() < 2 && by_reports;
        let wanted = answer.place.to_lowercase();
        let site = known.iter().find(|site| !site.is_area() && site.name.to_lowercase() == wanted)?;
        let earlier = answer.state == "last asserted";
        Some(Tag { place: &answer.place, point: [site.lon, site.lat], holders, fought_over, earlier })
    };
    answers.iter().filter_map(tag).filter(|tag| !tag.holders.is_empty() || tag.fought_over).collect()
}

/// The sides named in the answers, with letters and styles.
pub(super) struct Sides {
    letters: BTreeMap<String, String>,
    order: Vec<String>,
}

impl Tag<'_> {
    /// How wide it is drawn.
    pub(super) fn width(&self) -> f64 {
        SWATCH * (self.holders.len().min(MOST_SIDES) + usize::from(self.fought_over)) as f64
    }
}

/// The swatch for fighting inside.
pub(super) fn fought_over(x: f64, y: f64) -> Markup {
    html! {
        rect x=(px(x)) y=(px(y)) width=(px(SWATCH)) height=(px(TALL)) fill="#ffffff" {}
        rect x=(px(x)) y=(px(y)) width=(px(SWATCH)) height=(px(TALL)) fill="url(#fought-over)" stroke="#1f2a33" {}
        rect x=(px(x + 8.0)) y=(px(y + 2.5)) width=(px(SWATCH - 16.0)) height=(px(TALL - 5.0)) rx="1.5" fill="#ffffff" {}
        (letters(x + SWATCH / 2.0, y, "×"))
    }
}

/// The outer line for what was only asserted earlier.
pub(super) fn earlier(x: f64, y: f64, width: f64) -> Markup {
    html! {
        rect x=(px(x - 2.5)) y=(px(y - 2.5)) width=(px(width + 5.0)) height=(px(TALL + 5.0)) rx="2" fill="none" stroke="#1f2a33"
            stroke-width="1.1" stroke-dasharray="3 2" {}
    }
}

impl Sides {
    /// Sides in order of first mention; those past the fifth share an empty pattern and are told apart by their letters.
    pub(super) fn of(tags: &[Tag<'_>]) -> Sides {
        let mut sides = Sides { letters: BTreeMap::new(), order: Vec::new() };
        for &holder in tags.iter().flat_map(|tag| tag.holders.iter()) {
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
            pattern id="fought-over" width="6" height="6" patternUnits="userSpaceOnUse" {
                path d="M-1 1L1 -1M0 6L6 0M5 7L7 5M-1 5L1 7M0 0L6 6M5 -1L7 1" stroke="#1f2a33" stroke-width="0.9" {}
            }
            @for (at, (colour, pattern)) in STYLES.iter().enumerate().take(self.order.len()) {
                pattern id=(format!("side-{at}")) width="6" height="6" patternUnits="userSpaceOnUse" {
                    (marks(colour, *pattern))
                }
            }
        }
    }

    /// The key, one row a side: `(holder, letters, fill)`.
    pub(super) fn key(&self) -> Vec<(String, Markup)> {
        let row = |holder: &String| (one_line(&brief(holder)), self.swatch(0.0, 0.0, holder));
        self.order.iter().map(row).collect()
    }

    /// The tag, its upper left corner at `x`, `y`.
    pub(super) fn tag(&self, tag: &Tag<'_>, x: f64, y: f64) -> Markup {
        let shown = tag.holders.iter().take(MOST_SIDES);
        html! {
            @for (at, holder) in shown.enumerate() { (self.swatch(x + SWATCH * at as f64, y, holder)) }
            @if tag.fought_over { (fought_over(x + SWATCH * tag.holders.len().min(MOST_SIDES) as f64, y)) }
            @if tag.earlier { (earlier(x, y, tag.width())) }
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
