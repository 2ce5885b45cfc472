//! Places what was found on the calendar: each match with its captures becomes a value, seen from the day of writing and from the
//! date the narrative has reached.
//!
//! In: one match and the [`Context`] so far. Out: [`Settled`], and a context moved on. Never invents a year.

use jiff::ToSpan;
use jiff::civil::Date;
use sitrep_model::{Anchor, TimexType};

use super::find::Found;
use super::length;
use super::point::{Part, Point};
use super::rules::{Gives, Rules};
use super::seen::Dir;
use super::story::Placed;
use super::tense::Tense;

/// A yearless date behind "by" or "until" is a deadline to come when it is this near ahead and that far behind.
const NEAR_DEADLINE_DAYS: i64 = 120;
const FAR_DEADLINE_DAYS: i64 = 200;
/// The same for one whose tense is open.
const NEAR_DAYS: i64 = 60;
const FAR_DAYS: i64 = 300;

/// What a date is seen from.
#[derive(Debug, Clone)]
pub(crate) struct Context<'r> {
    pub(crate) rules: &'r Rules,
    /// The day of writing: publication, or the comment's own.
    pub(crate) written: Option<Date>,
    pub(crate) anchor: Anchor,
    /// Days counted from the day of writing mean nothing: a comment without a date of its own.
    pub(crate) vague_day: bool,
    /// The text tells history: dates follow one another, not the day of writing.
    pub(crate) history: bool,
    /// Where the narrative is, and the last day it stood on.
    pub(crate) narrative: Option<Point>,
    pub(crate) last_day: Option<Point>,
    /// The day told last, story or aside, and how many sentences ago.
    pub(crate) just_told: Option<(Point, u8)>,
    /// Where a history stands when it comes back from an aside ("as it had in 1990").
    pub(crate) main: Option<Point>,
    /// The narrative is in an aside.
    pub(crate) aside: bool,
    /// What the story line says of the match at hand.
    pub(crate) planned: Option<Placed>,
    /// The last year stated anywhere before.
    pub(crate) last_year: Option<i16>,
    /// The year the passage itself stated last.
    pub(crate) stated_year: Option<i16>,
    /// It did so in the sentence before.
    pub(crate) stated_before: bool,
    /// The match at hand stands behind "by", "until" or "before".
    pub(crate) bound: bool,
    /// Whether dates in numbers put the month first, as far as outlet and text tell.
    pub(crate) month_first: Option<bool>,
}

/// A match on the calendar.
#[derive(Debug, Clone)]
pub(crate) struct Settled {
    pub(crate) kind: TimexType,
    pub(crate) value: String,
    pub(crate) modifier: Option<&'static str>,
    pub(crate) days: Option<(Date, Date)>,
    pub(crate) anchor: Anchor,
}

impl Settled {
    pub(crate) fn new(kind: TimexType, value: impl Into<String>, anchor: Anchor) -> Settled {
        Settled { kind, value: value.into(), modifier: None, days: None, anchor }
    }

    /// A point and its days.
    pub(crate) fn point(point: Point, anchor: Anchor) -> Settled {
        let kind = if point.tod.is_some() { TimexType::Time } else { TimexType::Date };
        let anchor = if point.year.is_none() { Anchor::None } else { anchor };
        Settled { days: point.days(), ..Settled::new(kind, point.value(), anchor) }
    }
}

/// The parts of a day in the order of `[tod]`.
pub(crate) const TODS: [&str; 7] = ["MO", "MI", "AF", "EV", "NI", "NI", "DT"];

fn begins_after(point: &Point, day: Date) -> bool {
    point.days().is_some_and(|(from, _)| from > day)
}

impl Context<'_> {
    /// Reads one match. `None` when the words turn out to mean no time.
    pub(crate) fn settle(&mut self, found: &Found<'_>, tense: Tense, left: &str) -> Option<Settled> {
        let mut settled = match found.rule.gives {
            Gives::Date | Gives::Pair | Gives::Years => self.date(found, tense, left),
            Gives::Decade => self.decade(found),
            Gives::Century => self.century(found),
            Gives::Deictic => self.deictic(found),
            Gives::UnitDeictic => self.unit_deictic(found),
            Gives::Tod => self.tod(found),
            Gives::Weekday => self.weekday(found, tense),
            Gives::Weekend => self.weekend(found, tense),
            Gives::Ago => self.ago(found),
            Gives::Later => self.later(found),
            Gives::Duration | Gives::Lengths => length::duration(self, found, tense, left),
            Gives::WindowRef => Some(self.window(found)),
            Gives::Clock => self.clock(found, tense),
            Gives::Set => length::set(self.rules, found),
            // "soon" in a story is no time: "the mobs soon had support".
            Gives::Ref if matches!(found.rule.id.as_str(), "former" | "the-time") && !self.history => None,
            Gives::Ref if found.rule.id == "that-time" => Some(self.that_time()),
            Gives::Ref if found.rule.id == "soon" && (tense != Tense::Future || self.history) => None,
            Gives::Ref => Some(self.reference(found.rule.reference.as_deref().unwrap_or("PAST_REF"))),
            Gives::Quarter => self.quarter(found),
            Gives::Stretch => {
                let point = self.period(found, tense);
                length::stretch_of(self.rules, found, &point)
            }
            Gives::SameTime => self.narrative.filter(|_| self.history).map(|p| Settled::point(p, Anchor::Previous)),
            Gives::Numeric => self.numeric(found, tense),
            Gives::Hijri => self.hijri(found, tense),
            Gives::Persian => self.persian(found),
            Gives::Feast => self.feast(found, tense, left),
        }?;
        settled.modifier = settled.modifier.or_else(|| self.modifier(found));
        if let (Some(days), Some(modifier)) = (settled.days, settled.modifier) {
            settled.days = Some(super::point::third(days, modifier));
        }
        Some(settled)
    }

    pub(crate) fn code(&self, found: &Found<'_>, group: &str, table: &str) -> Option<i64> {
        self.rules.code(table, found.caught.get(group)?)
    }

    fn modifier(&self, found: &Found<'_>) -> Option<&'static str> {
        let early = ["early", "early2", "earlier"]
            .iter()
            .find_map(|g| found.caught.get(g))
            .and_then(|w| self.rules.code("part", w));
        if let Some(code) = self.code(found, "part", "part").or(early) {
            return Some(["START", "MID", "END"][usize::try_from(code - 1).unwrap_or(2).min(2)]);
        }
        let back = found.rule.gives == Gives::Ago;
        match self.code(found, "approx", "approx") {
            Some(1) => Some("APPROX"),
            Some(2) => Some(if back { "BEFORE" } else { "MORE_THAN" }),
            Some(3) => Some(if back { "AFTER" } else { "LESS_THAN" }),
            Some(4) => Some("EQUAL_OR_MORE"),
            Some(5) => Some("EQUAL_OR_LESS"),
            _ => found.caught.contains_key("ca").then_some("APPROX"),
        }
    }

    /// A new sentence, or paragraph: asides are over.
    pub(crate) fn back_to_story(&mut self) {
        self.just_told = self.just_told.filter(|(_, age)| *age == 0).map(|(day, age)| (day, age + 1));
        if self.history && self.aside {
            self.narrative = self.main.or(self.narrative);
            self.aside = false;
        }
    }

    pub(crate) fn moved(&mut self, point: Point) {
        if point.year.is_some() {
            self.aside = self.planned.map_or(self.aside, |p| p.aside);
            if !self.aside {
                self.main = Some(point);
            }
            self.narrative = Some(point);
            if matches!(point.part, Part::Day(..)) {
                self.just_told = Some((point, 0));
                self.last_day = Some(Point { tod: None, ..point });
            }
        }
    }

    pub(crate) fn number(found: &Found<'_>, group: &str) -> Option<i16> {
        found.caught.get(group)?.trim().parse().ok()
    }

    /// A date given by its own parts; a missing year comes from the context.
    fn date(&mut self, found: &Found<'_>, tense: Tense, left: &str) -> Option<Settled> {
        let get = |group: &str| found.caught.get(group).copied();
        let spelled = spelled(self.rules, found);
        let mut point = spelled.point;
        if spelled.paired {
            point.year = self.paired_year(found);
        }
        if let Some(short) = spelled.short_year {
            point.year = Some(self.long_year(short));
        }
        let month = self.narrative.and_then(|n| n.month());
        if let (Part::Whole, Some(d), true) = (point.part, spelled.dom, found.rule.id == "day-of-the-month") {
            point.part = Part::Day(month?, d);
        }
        let (year, bc, part) = (point.year, point.bc, point.part);
        if let Part::Day(m, d) = part {
            Date::new(year.filter(|_| !bc).unwrap_or(2000), m, d).ok()?;
        }
        let mut anchor = Anchor::Calendar;
        self.last_year = year.filter(|_| !bc).or(self.last_year);
        if year.is_none() {
            let told = Dir::of(self.rules, found, "that");
            let shift = match told {
                Some(Dir::This) => Some(0),
                Some(Dir::Next) => Some(1),
                Some(Dir::Last) => Some(-1),
                _ => None,
            };
            (point, anchor) = match shift {
                // "May of next year".
                Some(years) => (Point { year: self.written.map(|w| w.year() + years), ..point }, self.anchor),
                None => {
                    let dir = told.or_else(|| Dir::of(self.rules, found, "dir"));
                    self.dated(point, tense, dir, self.modifier(found))
                }
            };
        } else if part != Part::Whole || matches!(left.trim_end().rsplit(' ').next(), Some("In" | "During")) {
            // "since 2014" governs nothing; "In 2014" its own sentence; a whole date the next as well.
            (self.stated_year, self.stated_before) = (year.filter(|_| !bc), part == Part::Whole);
        }
        self.moved(point);
        let mut settled = Settled::point(point, anchor);
        if ["until", "until2"].iter().any(|g| found.caught.contains_key(g)) {
            settled.days = settled.days.map(|(from, to)| (from, to.tomorrow().unwrap_or(to)));
        }
        if let Some(half) = get("halfmonth") {
            settled.days = settled.days.and_then(|(from, to)| {
                let middle = from.checked_add(14.days()).ok()?;
                Some(if half.eq_ignore_ascii_case("first") { (from, middle) } else { (middle.tomorrow().ok()?, to) })
            });
        }
        Some(settled)
    }

    /// The month or year a stretch is cut from.
    fn period(&mut self, found: &Found<'_>, tense: Tense) -> Point {
        let mut point = spelled(self.rules, found).point;
        if point.year.is_none() {
            point = self.dated(point, tense, None, self.modifier(found)).0;
        }
        self.moved(point);
        point
    }

    fn paired_year(&mut self, found: &Found<'_>) -> Option<i16> {
        let (first, word) = (found.caught.get("first")?, found.caught.get("second").copied());
        if found.caught.contains_key("era") {
            return first.parse().ok();
        }
        match word {
            Some(short) if short.len() == 2 && found.start > 0 && *first == short => {
                let base = self.stated_year.or(self.narrative?.year)?;
                Some(base / 100 * 100 + short.parse::<i16>().ok()?)
            }
            _ => first.parse().ok(),
        }
    }

    pub(crate) fn long_year(&self, short: i16) -> i16 {
        let near = self.stated_year.or(self.narrative.and_then(|p| p.year)).or(self.written.map(|d| d.year()));
        let century = near.unwrap_or(2000) / 100 * 100;
        let year = century + short;
        if near.is_some_and(|n| year > n + 20) { year - 100 } else { year }
    }

    /// Finds the year of a yearless point.
    fn dated(&self, point: Point, tense: Tense, dir: Option<Dir>, modifier: Option<&str>) -> (Point, Anchor) {
        let from_narrative = |shift: i16| {
            let year = self.narrative.and_then(|n| n.year);
            let bc = self.narrative.is_some_and(|n| n.bc);
            (Point { bc, year: year.map(|y| y + shift), ..point }, Anchor::Previous)
        };
        match dir {
            Some(Dir::Same) if !self.history || self.narrative.is_some_and(|n| n.year.is_some()) => {
                let (told, anchor) = from_narrative(0);
                let stated = self.last_year.filter(|_| self.history);
                return (stated.map_or(told, |year| point.in_year(year)), anchor);
            }
            Some(Dir::Next) if self.history => return self.after_narrative(point),
            Some(Dir::Following) => return self.after_narrative(point),
            Some(Dir::Previous) if self.history => return from_narrative(-1),
            _ => {}
        }
        let Some(written) = self.written.filter(|_| !self.history) else {
            return self.told(point);
        };
        if let Some(year) =
            self.stated_year.filter(|y| *y != written.year() && !(self.stated_before && *y == written.year() - 1))
        {
            return (point.in_year(year), Anchor::Previous);
        }
        let near = |shift: i16| point.in_year(written.year() + shift);
        let gap = |p: &Point| {
            p.days().map_or(i64::MAX, |(from, to)| {
                let days = |d: Date| i64::from(written.until(d).map_or(0, |s| s.get_days()));
                if from <= written && written <= to { 0 } else { days(from).abs().min(days(to).abs()) }
            })
        };
        // Late May has not begun on the 9th.
        let days = |p: &Point| p.days().map(|days| modifier.map_or(days, |part| super::point::third(days, part)));
        let begun = |p: &Point| days(p).is_some_and(|(from, _)| from <= written);
        let open = |p: &Point| p.days().is_some_and(|(_, to)| to >= written);
        let future = dir == Some(Dir::Next) || tense == Tense::Future;
        // "must leave by June 3" said in May is no deadline of last year.
        // "A June 3 hearing", said in May, is not the one of a year ago.
        let soon = tense == Tense::Open
            && begins_after(&near(0), written)
            && gap(&near(0)) < NEAR_DAYS
            && gap(&near(-1)) > FAR_DAYS;
        let deadline = self.bound && tense != Tense::Future && near(0).days().is_some_and(|(from, _)| from > written);
        let future =
            future || soon || deadline && gap(&near(0)) < NEAR_DEADLINE_DAYS && gap(&near(-1)) > FAR_DEADLINE_DAYS;
        let chosen = match (future, point.part) {
            (true, _) => [-1, 0, 1].map(near).into_iter().find(|p| open(p) && (dir != Some(Dir::Next) || !begun(p))),
            (false, Part::Season(_)) if dir != Some(Dir::Last) && tense == Tense::Open => {
                [-1, 0, 1].map(near).into_iter().min_by_key(gap)
            }
            (false, _) if dir == Some(Dir::Last) => {
                [0, -1, -2].map(near).into_iter().find(|p| begun(p) && !(open(p) && gap(p) == 0))
            }
            (false, _) => [0, -1].map(near).into_iter().find(begun),
        };
        (chosen.unwrap_or_else(|| near(0)), self.anchor)
    }

    /// In a history the story line tells the year.
    fn told(&self, point: Point) -> (Point, Anchor) {
        let Some(placed) = self.planned else { return (point, Anchor::None) };
        let mut point = point.in_year(placed.year.unsigned_abs().try_into().unwrap_or(i16::MAX));
        point.bc = placed.year < 0;
        if point.part == Part::Season(4) {
            point.part = Part::Season(5);
        }
        (point, Anchor::Previous)
    }

    fn after_narrative(&self, point: Point) -> (Point, Anchor) {
        let Some(last) = self.narrative else { return (point, Anchor::None) };
        let later = |year: i16| point.in_year(year);
        let Some(year) = last.year.filter(|_| !last.bc) else { return (point, Anchor::None) };
        let after = |p: &Point| p.days().zip(last.days()).is_some_and(|(a, b)| a.0 > b.0);
        let point = if after(&later(year)) { later(year) } else { later(year + 1) };
        (point, Anchor::Previous)
    }

    fn decade(&mut self, found: &Found<'_>) -> Option<Settled> {
        let tens = match Self::number(found, "short") {
            Some(short) => {
                self.narrative.filter(|_| self.history).and_then(|n| n.year).unwrap_or(1900) / 100 * 10 + short
            }
            None => Self::number(found, "decade")?,
        };
        let mut point = Point::new(Some(tens.checked_mul(10)?), Part::Decade);
        point.bc = found.caught.contains_key("era");
        self.moved(point);
        Some(Settled::point(point, Anchor::Calendar))
    }

    fn century(&mut self, found: &Found<'_>) -> Option<Settled> {
        let n = Self::number(found, "c").or_else(|| self.code(found, "ordinal", "ordinal")?.try_into().ok())?;
        let mut point = Point::new(Some((n - 1).clamp(0, 30) * 100), Part::Century);
        point.bc = found.caught.contains_key("era");
        Some(Settled::point(point, Anchor::Calendar))
    }
}

/// A date as its own words spell it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spelled {
    pub(crate) point: Point,
    /// A day of the month, whichever month that is.
    pub(crate) dom: Option<i8>,
    /// The year's last two digits, when that is all.
    pub(crate) short_year: Option<i16>,
    /// One of two years: "1914–18".
    pub(crate) paired: bool,
}

/// What the words of `found` say by themselves.
pub(crate) fn spelled(rules: &Rules, found: &Found<'_>) -> Spelled {
    let code = |group: &str, table: &str| rules.code(table, found.caught.get(group)?);
    let small = |n: i64| i8::try_from(n).ok();
    let digits = |group: &str| found.caught.get(group)?.trim().parse::<i16>().ok();
    let month = digits("m").and_then(|m| m.try_into().ok());
    let month = month.or_else(|| ["month", "mon", "mon2"].iter().find_map(|g| code(g, "mon")).and_then(small));
    let dom = ["d", "dom", "dom2"].iter().find_map(|g| digits(g)).and_then(|d| d.try_into().ok());
    let dom = dom.or_else(|| code("ordinal", "ordinal").and_then(small));
    let mut year = ["y", "year", "bcyear"].iter().find_map(|g| digits(g)).or(found.year);
    let mut bc = found.caught.contains_key("era");
    if let Some(bare) = digits("bcbare") {
        (year, bc) = (Some(bare), true);
    }
    let season = code("season", "season").and_then(|s| u8::try_from(s).ok());
    let feast = code("feast", "feast").and_then(|f| Some((small(f / 100)?, small(f % 100)?)));
    let part = match (month.or(feast.map(|f| f.0)), dom.or(feast.map(|f| f.1))) {
        (Some(m), Some(d)) => Part::Day(m, d),
        (Some(m), None) => Part::Month(m),
        _ => season.map_or_else(|| fraction(rules, found), Part::Season),
    };
    let tod = code("tod", "tod").and_then(|t| TODS.get(t as usize - 1)).copied();
    let point = Point { bc, year, part, tod };
    Spelled { point, dom, short_year: digits("yy"), paired: found.rule.gives == Gives::Years }
}

/// "the second half of 2029", "the third quarter of 2029".
fn fraction(rules: &Rules, found: &Found<'_>) -> Part {
    let get = |group: &str| found.caught.get(group).map(|w| w.to_lowercase());
    if let Some(half) = get("half") {
        return Part::Half(if half == "first" { 1 } else { 2 });
    }
    let quarter = get("q").and_then(|q| q.parse().ok()).or_else(|| {
        let word = get("quarter")?;
        if word == "last" || word == "final" { Some(4) } else { rules.code("ordinal", &word)?.try_into().ok() }
    });
    quarter.map_or(Part::Whole, Part::Quarter)
}
