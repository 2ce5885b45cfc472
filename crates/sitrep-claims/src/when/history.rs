//! Texts that tell history: which ones do, and the year of each date they leave without one.
//!
//! In: the parts of a document and what was found in them. Out: whether it tells history, and the story line's word on each match.
//! Never looks at the day of publication to find a year.

use jiff::civil::Date;

use super::Part;
use super::find::Found;
use super::rules::{Gives, Rules};
use super::seen::Dir;
use super::settle::{Spelled, spelled};
use super::story::{self, Mark, MarkKind, Placed};
use super::{length, point};

/// Many stated years tell history; a few do when all of them lie well before publication.
const ENOUGH_YEARS: usize = 8;
const FEW_YEARS: usize = 3;
const WELL_BEFORE_YEARS: i16 = 3;

/// Whether the article tells history rather than news: stated years, most of them not the year of publication, and hardly a day told by
/// its distance from today.
pub(crate) fn tells_history(parts: &[Part<'_>], found: &[Vec<Found<'_>>], published: Option<Date>) -> bool {
    let (mut years, mut other, mut recent, mut from_today) = (0_usize, 0_usize, 0_usize, 0_usize);
    for one in parts.iter().zip(found).filter(|(p, _)| p.comment.is_none()).flat_map(|(_, f)| f) {
        if one.caught.contains_key("era") {
            years += 1;
            other += 1;
        }
        if let Some(year) = one.stated_year() {
            years += 1;
            other += usize::from(published.is_none_or(|p| p.year() != year));
            recent += usize::from(published.is_some_and(|p| p.year() - year < WELL_BEFORE_YEARS));
        }
        from_today += usize::from(matches!(
            one.rule.id.as_str(),
            "today" | "last-night" | "weekday" | "ago" | "weekday-tod" | "tod-weekday" | "weekend"
        ));
    }
    let enough = years >= ENOUGH_YEARS && other * 10 >= years * 6;
    let few = years >= FEW_YEARS && recent * 8 <= years && from_today == 0;
    from_today * 8 <= years && (enough || few)
}

/// What the story line says of each match; nothing for comments.
pub(crate) fn plan(
    rules: &Rules,
    parts: &[Part<'_>],
    found: &[Vec<Found<'_>>],
    history: bool,
) -> Vec<Vec<Option<Placed>>> {
    let mut marks = Vec::new();
    let mut places = Vec::new();
    let (mut sentence, mut paragraph) = (0_u32, 0_u32);
    for (at, (part, found)) in parts.iter().zip(found).enumerate().filter(|(_, (p, _))| p.comment.is_none()) {
        paragraph += 1;
        sentence += 1;
        let mut last = 0;
        let mut opens = true;
        for (k, one) in found.iter().enumerate() {
            let gap = &part.text[last.min(one.start)..one.start];
            sentence += gap.as_bytes().windows(2).filter(|w| w == b". ").count() as u32;
            if gap.contains('\n') {
                (paragraph, sentence, opens) = (paragraph + 1, sentence + 1, true);
            }
            last = one.end;
            let left = &part.text[part.text.floor_char_boundary(one.start.saturating_sub(48))..one.start];
            let Some(kind) = kind(rules, one, history) else { continue };
            let hinted = rules.aside.is_match(left);
            marks.push(Mark { kind, sentence, paragraph, opens, heading: part.heading, hinted });
            places.push((at, k));
            opens = false;
        }
    }
    let mut all: Vec<Vec<Option<Placed>>> = found.iter().map(|f| vec![None; f.len()]).collect();
    for ((at, k), placed) in places.into_iter().zip(story::place(&marks)) {
        all[at][k] = placed;
    }
    all
}

/// What a match says to the story line, if anything.
fn kind(rules: &Rules, found: &Found<'_>, history: bool) -> Option<MarkKind> {
    match found.rule.gives {
        Gives::Date | Gives::Pair | Gives::Years | Gives::Stretch => {
            let Spelled { mut point, paired, short_year, .. } = spelled(rules, found);
            if paired {
                point.year = found.caught.get("first").filter(|y| y.len() >= 3).and_then(|y| y.parse().ok());
            }
            let of_year = story::place_in_year(&point);
            let near = |group: &str| matches!(Dir::of(rules, found, group), Some(Dir::Same | Dir::This | Dir::The));
            let relative = ["that", "dir"].into_iter().any(|g| found.caught.contains_key(g) && !near(g));
            match (point.year, of_year) {
                (Some(_), _) => {
                    let year_only = of_year.is_none();
                    // Without a day of publication a lone year ("since 2014") dates nothing but itself.
                    if year_only && !history {
                        return None;
                    }
                    story::month_of(&point).map(|month| MarkKind::Stated { month, year_only })
                }
                (None, Some(month)) if !relative && short_year.is_none() => Some(MarkKind::Open(i32::from(month))),
                _ => None,
            }
        }
        Gives::UnitDeictic if rules.code("span", found.caught.get("unit")?) == Some(point::Unit::Year as i64) => {
            match Dir::of(rules, found, "dir")? {
                Dir::Next | Dir::Following => Some(MarkKind::Step(1)),
                Dir::Last | Dir::Previous => Some(MarkKind::Step(-1)),
                _ => None,
            }
        }
        Gives::Later if rules.code("unit", found.caught.get("unit")?) == Some(point::Unit::Year as i64) => {
            let count = length::count(rules, found, "n")? as i32;
            let back = rules.code("way", found.caught.get("way")?)? < 0;
            Some(MarkKind::Step(if back { -count } else { count }))
        }
        _ => None,
    }
}
