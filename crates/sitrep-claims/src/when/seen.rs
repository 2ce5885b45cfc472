//! Times seen from the day of writing or from where the narrative stands: "yesterday", "the following morning", "on Sunday",
//! "two days later", "three weeks ago".
//!
//! In: one match and the context. Out: [`Settled`], and a context moved on. Without an anchor the value stays open.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use sitrep_model::{Anchor, TimexType};

use super::find::Found;
use super::length;
use super::point::{Part, Point, Unit};
use super::rules::Rules;
use super::settle::{Context, Settled, TODS};
use super::tense::Tense;

/// Which of several like times is meant, as `[dir]` of `when_words.toml` numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dir {
    /// The one told of: "that week".
    Same,
    /// "this week".
    This,
    /// "next week".
    Next,
    /// "the following week".
    Following,
    /// "last week".
    Last,
    /// "the previous week".
    Previous,
    /// "the past week".
    Past,
    /// "the week".
    The,
}

impl Dir {
    /// What the words caught as `group` say.
    pub(crate) fn of(rules: &Rules, found: &Found<'_>, group: &str) -> Option<Dir> {
        use Dir::{Following, Last, Next, Past, Previous, Same, The, This};
        let word = found.caught.get(group)?.trim().to_lowercase().replace("the very ", "the ");
        let code = rules.code("dir", word.strip_prefix("of ").unwrap_or(&word))?;
        let at = usize::try_from(code).ok()?.checked_sub(1)?;
        [Same, This, Next, Following, Last, Previous, Past, The].get(at).copied()
    }
}

/// What `[zone]` says of a name that leaves the zone open.
const OPEN_ZONE: i64 = 99;

impl Context<'_> {
    pub(crate) fn someday(&self, tod: Option<&'static str>) -> Settled {
        Settled::point(Point { tod, ..Point::new(None, Part::SomeDay(None)) }, Anchor::None)
    }

    pub(crate) fn deictic(&mut self, found: &Found<'_>) -> Option<Settled> {
        let word = found.caught.get("word")?.to_lowercase();
        let Some(offset) = self.rules.code("day_word", &word) else { return Some(self.reference("PRESENT_REF")) };
        let own_tod = self.rules.code("day_word_tod", &word);
        let tod = self.code(found, "tod", "tod").or(own_tod).and_then(|t| TODS.get(t as usize - 1)).copied();
        let Some(written) = self.written.filter(|_| !self.history && !self.vague_day) else {
            return Some(self.someday(tod));
        };
        let mut point = Point::day(written.checked_add(offset.days()).ok()?);
        self.moved(point);
        point.tod = tod;
        let mut settled = Settled::point(point, self.anchor);
        if word == "overnight" {
            settled.days = settled.days.map(|(from, to)| (from.yesterday().unwrap_or(from), to));
        }
        Some(settled)
    }

    pub(crate) fn unit_deictic(&mut self, found: &Found<'_>) -> Option<Settled> {
        let unit = Unit::from_code(self.code(found, "unit", "span")?)?;
        let dir = Dir::of(self.rules, found, "dir").unwrap_or(Dir::The);
        if unit == Unit::Hour {
            return matches!(dir, Dir::Following | Dir::Past)
                .then(|| Settled::new(TimexType::Duration, "PT1H", Anchor::None));
        }
        let written = self.written.filter(|_| !self.history).map(Point::day);
        let vague = self.vague_day && unit <= Unit::Week;
        let (base, offset) = match dir {
            Dir::This => (written.filter(|_| !vague).or(self.narrative.filter(|_| self.history)), 0),
            Dir::Last if !self.history => (written.filter(|_| !vague), -1),
            Dir::Next if !self.history => (written.filter(|_| !vague), 1),
            Dir::Past => return Some(length::past_unit(self, unit)),
            Dir::Last | Dir::Previous => (self.base_for(unit), -1),
            Dir::Next | Dir::Following => (self.base_for(unit), 1),
            Dir::Same | Dir::The => (self.base_for(unit), 0),
        };
        let Some(base) = base else {
            let part = if unit >= Unit::Year { Part::Whole } else { Part::SomeDay(None) };
            return Some(Settled::point(Point::new(None, part), Anchor::None));
        };
        let anchor = if base.date().is_some() && base.date() == self.written { self.anchor } else { Anchor::Previous };
        let mut point = base.shifted(offset, unit).filter(|_| offset != 0).or_else(|| base.at(unit))?;
        if found.caught.contains_key("within") && dir != Dir::This && unit > Unit::Day {
            point.part = if unit == Unit::Month { Part::SomeDay(point.month()) } else { Part::SomeDay(None) };
        } else {
            self.moved(point);
        }
        Some(Settled::point(point, anchor))
    }

    /// The narrative's point to count from: days are counted from the last day.
    fn base_for(&self, unit: Unit) -> Option<Point> {
        let narrative = self.narrative.map(|p| Point { tod: None, ..p });
        match unit {
            Unit::Day | Unit::Night => {
                let told = self.just_told.filter(|_| self.history).map(|(day, _)| Point { tod: None, ..day });
                told.or(narrative.filter(|p| p.date().is_some()))
                    .or(self.last_day.filter(|_| !self.history))
                    .or(narrative)
            }
            // A week or month counts from a day, even when a vaguer time was told of since.
            Unit::Week => {
                narrative.filter(|p| p.at(unit).is_some()).or(self.last_day.filter(|_| !self.history)).or(narrative)
            }
            _ => narrative,
        }
    }

    pub(crate) fn tod(&mut self, found: &Found<'_>) -> Option<Settled> {
        let tod = *TODS.get(self.code(found, "tod", "tod")? as usize - 1)?;
        let Some(dir) = Dir::of(self.rules, found, "dir") else { return Some(self.someday(Some(tod))) };
        let Some(day) = self.base_for(Unit::Day).filter(|d| d.date().is_some()) else {
            return Some(self.someday(Some(tod)));
        };
        let offset = match dir {
            Dir::Same => 0,
            Dir::Previous => -1,
            _ => 1,
        };
        let mut point = day.shifted(offset, Unit::Day)?;
        self.moved(point);
        point.tod = Some(tod);
        Some(Settled::point(point, Anchor::Previous))
    }

    pub(crate) fn weekday(&mut self, found: &Found<'_>, tense: Tense) -> Option<Settled> {
        let number = self.code(found, "weekday", "weekday")? as i8;
        let day = Weekday::from_monday_one_offset(number).ok()?;
        let early = found.caught.contains_key("early").then_some("MO");
        let tod = self.code(found, "tod", "tod").and_then(|t| TODS.get(t as usize - 1)).copied().or(early);
        let dir = Dir::of(self.rules, found, "dir");
        let last = self.base_for(Unit::Day).and_then(|p| p.date());
        let written = self.written.filter(|_| !self.history && !self.vague_day);
        let on_or_before = |d: Date| if d.weekday() == day { Some(d) } else { d.nth_weekday(-1, day).ok() };
        let on_or_after = |d: Date| if d.weekday() == day { Some(d) } else { d.nth_weekday(1, day).ok() };
        let date = match (dir, last, written) {
            (Some(Dir::Following), Some(last), _) => last.nth_weekday(1, day).ok(),
            (Some(Dir::Previous), Some(last), _) => last.nth_weekday(-1, day).ok(),
            (Some(Dir::Same), Some(last), _) => on_or_before(last),
            (Some(Dir::Next), _, Some(w)) => w.nth_weekday(1, day).ok(),
            (Some(Dir::Last | Dir::Past), _, Some(w)) => w.nth_weekday(-1, day).ok(),
            (_, _, Some(w)) if tense == Tense::Future || self.bound && tense == Tense::Open => on_or_after(w),
            (_, _, Some(w)) => on_or_before(w),
            _ => None,
        };
        let Some(date) = date else {
            return Some(Settled::point(Point { tod, ..Point::new(None, Part::Weekday(number as u8)) }, Anchor::None));
        };
        let mut point = Point::day(date);
        self.moved(point);
        point.tod = tod;
        let anchor = if written.is_some() { self.anchor } else { Anchor::Previous };
        Some(Settled::point(point, anchor))
    }

    pub(crate) fn weekend(&mut self, found: &Found<'_>, tense: Tense) -> Option<Settled> {
        let Some(written) = self.written.filter(|_| !self.history && !self.vague_day) else {
            return Some(Settled::new(TimexType::Date, "XXXX-WXX-WE", Anchor::None));
        };
        let offset = match Dir::of(self.rules, found, "dir") {
            Some(Dir::Last | Dir::Previous) => -1,
            Some(Dir::Next | Dir::Following) => 1,
            Some(Dir::This) => 0,
            _ if tense == Tense::Future || written.weekday().to_monday_one_offset() >= 6 => 0,
            _ => -1,
        };
        let mut point = Point::week_of(written.checked_add(offset.weeks()).ok()?);
        if let Part::Week(week) = point.part {
            point.part = Part::Weekend(week);
        }
        Some(Settled::point(point, self.anchor))
    }

    pub(crate) fn ago(&mut self, found: &Found<'_>) -> Option<Settled> {
        let (count, unit) = length::measure(self.rules, found, Some("n"), "unit")?;
        if count == 0.0 {
            return Some(self.reference("PAST_REF"));
        }
        let Some(written) = self.written.filter(|_| !(self.history || self.vague_day && unit <= Unit::Week)) else {
            return Some(Settled::point(
                Point::new(None, if unit >= Unit::Year { Part::Whole } else { Part::SomeDay(None) }),
                Anchor::None,
            ));
        };
        let point = match Point::day(written).shifted(-(count as i32), unit) {
            Some(point) => point,
            None => Point::day(written),
        };
        self.moved(point);
        Some(Settled::point(point, self.anchor))
    }

    pub(crate) fn later(&mut self, found: &Found<'_>) -> Option<Settled> {
        let back = self.code(found, "way", "way")? < 0;
        let (unit, count) = match found.caught.get("dayword") {
            Some(word) => (Unit::from_code(self.rules.code("span", word)?)?, 1.0),
            None => {
                let n = found.caught.contains_key("n").then_some("n");
                let (count, unit) = length::measure(self.rules, found, n, "unit")?;
                (unit, if found.rule.id == "year-earlier" { 1.0 } else { count })
            }
        };
        if count == 0.0 {
            let vague = if back { "PAST_REF" } else { "FUTURE_REF" };
            return Some(Settled::new(TimexType::Date, vague, Anchor::None));
        }
        let base = self.base_for(unit)?;
        let steps = if back { -(count as i32) } else { count as i32 };
        let point = base.shifted(steps, unit).or_else(|| base.at(Unit::Day))?;
        self.moved(point);
        Some(Settled::point(point, Anchor::Previous))
    }

    /// "the last quarter".
    pub(crate) fn quarter(&mut self, found: &Found<'_>) -> Option<Settled> {
        let base = self.written.filter(|_| !self.history).map(Point::day).or(self.narrative)?;
        let steps = match Dir::of(self.rules, found, "dir")? {
            Dir::This | Dir::The => 0,
            Dir::Next => 1,
            _ => -1,
        };
        let point = base.shifted(steps, Unit::Quarter)?;
        self.moved(point);
        Some(Settled::point(point, if self.history { Anchor::Previous } else { self.anchor }))
    }

    /// "by that time": the time just told of, when one was.
    pub(crate) fn that_time(&self) -> Settled {
        let told = self.narrative.filter(|n| !self.history && !self.vague_day && n.date() != self.written);
        told.map_or_else(|| self.reference("PAST_REF"), |n| Settled::point(n, Anchor::Previous))
    }

    /// "in the upcoming months": after the day of writing; how long after, nobody says.
    pub(crate) fn window(&self, found: &Found<'_>) -> Settled {
        let past = matches!(Dir::of(self.rules, found, "window"), Some(Dir::Last | Dir::Previous | Dir::Past));
        self.reference(if past { "PAST_REF" } else { "FUTURE_REF" })
    }

    pub(crate) fn reference(&self, value: &str) -> Settled {
        let mut settled = Settled::new(TimexType::Date, value, self.anchor);
        if value == "PRESENT_REF" && !self.history && !self.vague_day {
            settled.days = self.written.map(|d| (d, d));
        }
        settled
    }

    pub(crate) fn clock(&mut self, found: &Found<'_>, tense: Tense) -> Option<Settled> {
        let mut hour = Self::number(found, "h")?;
        let minute = Self::number(found, "min").unwrap_or(0);
        match found.caught.get("ap").map(|a| a.to_lowercase().starts_with('p')) {
            Some(true) if hour < 12 => hour += 12,
            Some(false) if hour == 12 => hour = 0,
            _ => {}
        }
        let mut day = self.base_for(Unit::Day).filter(|d| d.date().is_some() && !self.vague_day);
        let mut anchor = if day.is_some() { Anchor::Previous } else { Anchor::None };
        let named = match (found.caught.contains_key("weekday"), found.caught.contains_key("word")) {
            (true, _) => self.weekday(found, tense),
            (_, true) => self.deictic(found),
            _ => None,
        };
        if let Some(settled) = named {
            (day, anchor) = (settled.days.map(|d| Point::day(d.0)), settled.anchor);
        }
        let zone = self.code(found, "zone", "zone").or_else(|| self.code(found, "zone2", "zone"));
        let zone = zone.filter(|z| *z != OPEN_ZONE).map(|z| z as i16).or_else(|| {
            let shift = found.caught.get("shift").or_else(|| found.caught.get("shift2")).map(|s| s.replace(' ', ""));
            shift.map(|s| s.parse().unwrap_or(0))
        });
        let value = day.map_or_else(|| "XXXX-XX-XX".to_owned(), |d| Point { tod: None, ..d }.value());
        let mut settled =
            Settled::new(TimexType::Time, format!("{value}T{hour:02}:{minute:02}{}", suffix(zone)), anchor);
        settled.days = day.and_then(|d| d.days());
        Some(settled)
    }
}

/// How a TIMEX3 value writes the time zone.
fn suffix(zone: Option<i16>) -> String {
    match zone {
        None => String::new(),
        Some(0) => "Z".to_owned(),
        Some(hours) => format!("{}{:02}", if hours < 0 { '-' } else { '+' }, hours.abs()),
    }
}
