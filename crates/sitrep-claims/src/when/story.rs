//! The year of each yearless date in a text that tells history: the story line is followed through stated years, and asides ("as it
//! had in 1914", "declassified in 2005") are told from steps of the story by what comes before and after.
//!
//! In: the dates of an article in reading order, as [`Mark`]s. Out: the year of each open one, and which stated ones are asides.
//! A search over a bounded number of readings, so the cost grows with the number of dates and no faster.

use super::point::{Part, Point};

/// One date on the story line or beside it, in reading order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub(crate) kind: MarkKind,
    pub(crate) sentence: u32,
    pub(crate) paragraph: u32,
    /// The first date of its paragraph.
    pub(crate) opens: bool,
    /// It stands in a heading.
    pub(crate) heading: bool,
    /// The words before it speak of an aside: "since", "had", "(".
    pub(crate) hinted: bool,
}

/// What a mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MarkKind {
    /// Its own year, and perhaps its month.
    Stated { month: Month, year_only: bool },
    /// A month of a year nobody states, 1 to 12.
    Open(i32),
    /// So many years from the date before: "the following year".
    Step(i32),
}

/// Months since the beginning of the common era; negative before it.
pub(crate) type Month = i32;

/// The month a point begins in.
pub(crate) fn month_of(point: &Point) -> Option<Month> {
    let year = i32::from(point.year?);
    let year = if point.bc { -year } else { year };
    Some(year * 12 + i32::from(place_in_year(point).unwrap_or(1)) - 1)
}

/// The month of its year a point lies in: of a season the middle one.
pub(crate) fn place_in_year(point: &Point) -> Option<i8> {
    match point.part {
        Part::Season(s) => Some([4, 7, 10, 1, 1][usize::from(s.clamp(1, 5)) - 1]),
        _ => point.month(),
    }
}

/// What the search found of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placed {
    /// The year it lies in, negative before the common era.
    pub(crate) year: i32,
    /// Beside the story line.
    pub(crate) aside: bool,
}

/// A reading of the story so far.
#[derive(Debug, Clone, Copy)]
struct Reading {
    cost: f32,
    line: Option<Month>,
    /// The line knows its year only.
    whole_year: bool,
    /// The last aside, and where it was said.
    aside: Option<(Month, u32, u32)>,
    placed: Option<Placed>,
    before: usize,
}

/// Readings kept at each step.
const WIDTH: usize = 24;

/// Places every mark; `None` for those before any year was stated.
pub(crate) fn place(marks: &[Mark]) -> Vec<Option<Placed>> {
    let start = Reading { cost: 0.0, line: None, whole_year: false, aside: None, placed: None, before: 0 };
    let mut arena = vec![start];
    let mut beam = vec![0_usize];
    for mark in marks {
        let mut next: Vec<Reading> = Vec::new();
        for &at in &beam {
            steps(&arena[at], at, mark, &mut next);
        }
        next.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        let mut kept: Vec<Reading> = Vec::with_capacity(WIDTH);
        for one in next {
            let twin = |k: &Reading| k.line == one.line && k.aside.map(|a| a.0) == one.aside.map(|a| a.0);
            if kept.len() < WIDTH && !kept.iter().any(twin) {
                kept.push(one);
            }
        }
        beam = (arena.len()..arena.len() + kept.len()).collect();
        arena.extend(kept);
    }
    let mut placed = Vec::with_capacity(marks.len());
    let mut at = beam.first().copied().unwrap_or(0);
    for _ in marks {
        placed.push(arena[at].placed);
        at = arena[at].before;
    }
    placed.reverse();
    placed
}

/// The ways a reading may go on at `mark`.
fn steps(from: &Reading, before: usize, mark: &Mark, next: &mut Vec<Reading>) {
    let base = Reading { before, placed: None, ..*from };
    match mark.kind {
        MarkKind::Stated { month, year_only } => {
            let moved = from.line.map_or(0.0, |line| jump(line, month, year_only, mark));
            let same_year = from.line.is_some_and(|line| line.div_euclid(12) == month.div_euclid(12));
            let line = if year_only && same_year { from.line } else { Some(month) };
            let whole_year = year_only && !same_year;
            next.push(Reading {
                cost: from.cost + moved,
                line,
                whole_year,
                aside: None,
                placed: Some(Placed { year: month.div_euclid(12), aside: false }),
                ..base
            });
            if from.line.is_some() && !same_year {
                let cost = ASIDE
                    + if mark.hinted { ASIDE_HINTED } else { 0.0 }
                    + if year_only { ASIDE_YEAR } else { 0.0 }
                    + if mark.opens { ASIDE_OPENS } else { 0.0 }
                    + if mark.heading { ASIDE_HEADING } else { 0.0 };
                next.push(Reading {
                    cost: from.cost + cost,
                    aside: Some((month, mark.sentence, mark.paragraph)),
                    placed: Some(Placed { year: month.div_euclid(12), aside: true }),
                    ..base
                });
            }
        }
        MarkKind::Open(of_year) => open(from, &base, of_year, mark, next),
        MarkKind::Step(years) => {
            let near = from.aside.filter(|a| a.1 == mark.sentence).map(|a| a.0);
            let Some(to) = near.or(from.line).map(|m| m + years * 12) else {
                next.push(base);
                return;
            };
            let placed = Some(Placed { year: to.div_euclid(12), aside: years < 0 });
            if years < 0 || near.is_some() {
                next.push(Reading { aside: Some((to, mark.sentence, mark.paragraph)), placed, ..base });
            } else {
                next.push(Reading { line: Some(to.div_euclid(12) * 12), whole_year: true, placed, ..base });
            }
        }
    }
}

/// Fitted on war histories with known dates; only their order of size matters.
const ASIDE: f32 = 0.7;
const ASIDE_HINTED: f32 = -0.6;
const ASIDE_YEAR: f32 = -0.7;
const ASIDE_OPENS: f32 = 1.5;
const ASIDE_HEADING: f32 = 2.0;
const FORTH_A_MONTH: f32 = 0.02;
const BACK: f32 = 0.1;
const BACK_A_MONTH: f32 = 0.07;
const MOST_IN_HEADING: f32 = 3.0;
const MOST_AT_OPENING: f32 = 1.2;
const MOST: f32 = 1.1;
const OPEN_FORTH_A_MONTH: f32 = 0.22;
const OPEN_BACK: f32 = 0.7;
const OPEN_BACK_A_MONTH: f32 = 0.25;
const ASIDE_SAME_SENTENCE: f32 = 0.8;
const ASIDE_NEXT_SENTENCE: f32 = 0.6;
const ASIDE_LATER: f32 = 0.5;
const YEAR_AFTER_STATED: f32 = 12.0;
const YEAR_BEFORE_STATED: f32 = 0.6;

/// What it costs the story to go from one stated month to another.
fn jump(line: Month, to: Month, year_only: bool, mark: &Mark) -> f32 {
    let line = if year_only && line.div_euclid(12) == to.div_euclid(12) { to } else { line };
    let months = (to - line) as f32;
    let cost = if months >= 0.0 { months * FORTH_A_MONTH } else { BACK - months * BACK_A_MONTH };
    let most = match (mark.heading, mark.opens) {
        (true, _) => MOST_IN_HEADING,
        (_, true) => MOST_AT_OPENING,
        _ => MOST,
    };
    cost.min(most)
}

fn open(from: &Reading, base: &Reading, of_year: i32, mark: &Mark, next: &mut Vec<Reading>) {
    let Some(line) = from.line else {
        next.push(*base);
        return;
    };
    let year = line.div_euclid(12);
    for candidate in [year - 1, year, year + 1] {
        let to = candidate * 12 + of_year - 1;
        let cost = match (from.whole_year, candidate - year) {
            (true, 0) => 0.0,
            (true, 1) => YEAR_AFTER_STATED,
            (true, _) => YEAR_BEFORE_STATED,
            _ => forth_or_back(to - line),
        };
        let placed = Some(Placed { year: candidate, aside: false });
        next.push(Reading { cost: from.cost + cost, line: Some(to), whole_year: false, placed, ..*base });
        if mark.hinted && candidate <= year {
            let placed = Some(Placed { year: candidate, aside: true });
            next.push(Reading { cost: from.cost + cost + 0.3, placed, ..*base });
        }
    }
    let Some((aside, sentence, _)) = from.aside.filter(|a| a.2 == mark.paragraph) else { return };
    let year = aside.div_euclid(12);
    for candidate in [year, year + 1] {
        let to = candidate * 12 + of_year - 1;
        let far = match mark.sentence.saturating_sub(sentence) {
            0 => ASIDE_SAME_SENTENCE,
            1 => ASIDE_NEXT_SENTENCE,
            _ => ASIDE_LATER,
        };
        let placed = Some(Placed { year: candidate, aside: true });
        next.push(Reading {
            cost: from.cost + forth_or_back(to - aside) + far,
            aside: Some((to, mark.sentence, mark.paragraph)),
            placed,
            ..*base
        });
    }
}

/// What it costs to step on or back by so many months without a word about the year.
fn forth_or_back(months: i32) -> f32 {
    let months = months as f32;
    if months >= 0.0 { months * OPEN_FORTH_A_MONTH } else { OPEN_BACK - months * OPEN_BACK_A_MONTH }
}
