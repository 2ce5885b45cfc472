//! A point of the calendar as far as it is known: its TIMEX3 value, its days, and what lies so long before or after it.
//!
//! In: year, month, day and their like, each perhaps unknown. Out: values and day ranges. Never fills in what is unknown.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// What is known below the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Nothing: the year itself.
    Whole,
    /// The decade of the year.
    Decade,
    /// The century of the year.
    Century,
    /// 1 spring to 4 winter, named by the year it begins in; 5 the winter that ends in the year.
    Season(u8),
    /// First or second half.
    Half(u8),
    /// A quarter.
    Quarter(u8),
    /// A month.
    Month(i8),
    /// A day of a month.
    Day(i8, i8),
    /// An ISO week.
    Week(i8),
    /// The weekend of an ISO week.
    Weekend(i8),
    /// A weekday of no known week.
    Weekday(u8),
    /// A week nobody names.
    SomeWeek,
    /// A month nobody names.
    SomeMonth,
    /// A day nobody names, perhaps of a known month.
    SomeDay(Option<i8>),
}

/// A length of time, as on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    /// Seconds.
    Second = 1,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
    /// Decades.
    Decade,
    /// Centuries.
    Century,
    /// Nights.
    Night,
    /// Quarters of a year.
    Quarter,
}

impl Unit {
    pub(crate) fn from_code(code: i64) -> Option<Unit> {
        use Unit::{Century, Day, Decade, Hour, Minute, Month, Night, Quarter, Second, Week, Year};
        [Second, Minute, Hour, Day, Week, Month, Year, Decade, Century, Night, Quarter]
            .into_iter()
            .find(|u| *u as i64 == code)
    }
}

/// A point of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    /// Before the common era.
    pub(crate) bc: bool,
    /// The year, when known.
    pub(crate) year: Option<i16>,
    /// What is known below it.
    pub(crate) part: Part,
    /// Part of the day: `MO`, `NI`, …
    pub(crate) tod: Option<&'static str>,
}

impl Point {
    pub(crate) fn new(year: Option<i16>, part: Part) -> Point {
        Point { bc: false, year, part, tod: None }
    }

    pub(crate) fn day(date: Date) -> Point {
        Point::new(Some(date.year()), Part::Day(date.month(), date.day()))
    }

    /// The same point in a year.
    pub(crate) fn in_year(mut self, year: i16) -> Point {
        self.year = Some(year);
        self
    }

    /// The month it lies in.
    pub(crate) fn month(&self) -> Option<i8> {
        match self.part {
            Part::Month(m) | Part::Day(m, _) => Some(m),
            Part::SomeDay(m) => m,
            Part::Quarter(q) => Some(q.clamp(1, 4) as i8 * 3 - 2),
            Part::Season(s) => Some([3, 6, 9, 12, 1][usize::from(s.clamp(1, 5)) - 1]),
            Part::Week(_) | Part::Weekend(_) => self.days().map(|(from, _)| from.month()),
            _ => None,
        }
    }

    /// The day itself, when it is one.
    pub(crate) fn date(&self) -> Option<Date> {
        match (self.bc, self.year, self.part) {
            (false, Some(y), Part::Day(m, d)) => Date::new(y, m, d).ok(),
            _ => None,
        }
    }

    /// The TIMEX3 value.
    pub(crate) fn value(&self) -> String {
        let era = if self.bc { "BC" } else { "" };
        let year = self.year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"));
        let below = match self.part {
            Part::Whole | Part::Decade | Part::Century => String::new(),
            Part::Season(s) => format!("-{}", ["SP", "SU", "FA", "WI", "WI"][usize::from(s.clamp(1, 5)) - 1]),
            Part::Half(h) => format!("-H{h}"),
            Part::Quarter(q) => format!("-Q{q}"),
            Part::Month(m) => format!("-{m:02}"),
            Part::Day(m, d) => format!("-{m:02}-{d:02}"),
            Part::Week(w) => format!("-W{w:02}"),
            Part::Weekend(w) => format!("-W{w:02}-WE"),
            Part::Weekday(d) => format!("-WXX-{d}"),
            Part::SomeWeek => "-WXX".to_owned(),
            Part::SomeMonth => "-XX".to_owned(),
            Part::SomeDay(None) => "-XX-XX".to_owned(),
            Part::SomeDay(Some(m)) => format!("-{m:02}-XX"),
        };
        let year = match self.part {
            Part::Decade => year[..year.len() - 1].to_owned(),
            Part::Century => year[..year.len() - 2].to_owned(),
            _ => year,
        };
        let tod = self.tod.map_or_else(String::new, |t| format!("T{t}"));
        format!("{era}{year}{below}{tod}")
    }

    /// First and last day it may mean; `None` without a year or before the common era.
    pub(crate) fn days(&self) -> Option<(Date, Date)> {
        let year = self.year.filter(|_| !self.bc)?;
        let day = |y: i16, m: i8, d: i8| Date::new(y, m, d).ok();
        let months = |first: i8, count: i32| {
            let from = day(year, first, 1)?;
            Some((from, from.checked_add(count.months()).ok()?.yesterday().ok()?))
        };
        let week = |w: i8, first: i64, last: i64| {
            let monday = ISOWeekDate::new(year, w, Weekday::Monday).ok()?.date();
            Some((monday.checked_add(first.days()).ok()?, monday.checked_add(last.days()).ok()?))
        };
        match self.part {
            Part::Whole | Part::SomeWeek | Part::SomeMonth | Part::SomeDay(None) => months(1, 12),
            Part::Decade => Some((day(year / 10 * 10, 1, 1)?, day(year / 10 * 10 + 9, 12, 31)?)),
            Part::Century => Some((day(year / 100 * 100, 1, 1)?, day(year / 100 * 100 + 99, 12, 31)?)),
            Part::Season(5) => Some((day(year - 1, 12, 1)?, day(year, 3, 1)?.yesterday().ok()?)),
            Part::Season(s) => months([3, 6, 9, 12][usize::from(s.clamp(1, 4)) - 1], 3),
            Part::Half(h) => months(if h == 1 { 1 } else { 7 }, 6),
            Part::Quarter(q) => months(q.clamp(1, 4) as i8 * 3 - 2, 3),
            Part::Month(m) | Part::SomeDay(Some(m)) => months(m, 1),
            Part::Day(m, d) => day(year, m, d).map(|d| (d, d)),
            Part::Week(w) => week(w, 0, 6),
            Part::Weekend(w) => week(w, 5, 6),
            Part::Weekday(_) => None,
        }
    }

    /// The point `count` units later (negative: earlier), as fine as both the unit and this point allow.
    pub(crate) fn shifted(&self, count: i32, unit: Unit) -> Option<Point> {
        let year = self.year.filter(|_| !self.bc);
        let far = |unit: Unit| -> Option<i16> {
            let step = count.checked_mul(match unit {
                Unit::Decade => 10,
                Unit::Century => 100,
                _ => 1,
            })?;
            i16::try_from(i32::from(self.year?).checked_add(if self.bc { -step } else { step })?).ok()
        };
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => None,
            Unit::Day | Unit::Night => {
                let Some(date) = self.date() else {
                    return Some(Point { part: Part::SomeDay(None), tod: None, ..*self });
                };
                let mut to = Point::day(date.checked_add(count.days()).ok()?);
                to.tod = (unit == Unit::Night).then_some("NI");
                Some(to)
            }
            Unit::Week => match self.date().or_else(|| self.week_start()) {
                Some(date) => Some(Point::week_of(date.checked_add(count.weeks()).ok()?)),
                None => Some(Point { part: Part::SomeWeek, tod: None, ..*self }),
            },
            Unit::Month => {
                let (Some(year), Some(month)) = (year, self.month()) else {
                    return Some(Point { part: Part::SomeMonth, tod: None, ..*self });
                };
                let to = Date::new(year, month, 1).ok()?.checked_add(count.months()).ok()?;
                Some(Point::new(Some(to.year()), Part::Month(to.month())))
            }
            Unit::Quarter => {
                let from = self.at(Unit::Quarter)?.days()?.0.checked_add(count.checked_mul(3)?.months()).ok()?;
                Point::day(from).at(Unit::Quarter)
            }
            Unit::Year => Some(Point { part: Part::Whole, year: Some(far(unit)?), tod: None, ..*self }),
            Unit::Decade => Some(Point { part: Part::Decade, year: Some(far(unit)?), tod: None, ..*self }),
            Unit::Century => Some(Point { part: Part::Century, year: Some(far(unit)?), tod: None, ..*self }),
        }
    }

    fn week_start(&self) -> Option<Date> {
        matches!(self.part, Part::Week(_) | Part::Weekend(_)).then(|| self.days()).flatten().map(|(from, _)| from)
    }

    /// The ISO week a day lies in.
    pub(crate) fn week_of(date: Date) -> Point {
        let week = date.iso_week_date();
        Point::new(Some(week.year()), Part::Week(week.week()))
    }

    /// This point at the grain of `unit`: the month of a day, the year of a month.
    pub(crate) fn at(&self, unit: Unit) -> Option<Point> {
        match unit {
            Unit::Day | Unit::Night => match self.part {
                Part::Day(..) => Some(Point { tod: if unit == Unit::Night { Some("NI") } else { None }, ..*self }),
                Part::Month(m) => Some(Point { part: Part::SomeDay(Some(m)), tod: None, ..*self }),
                _ => None,
            },
            Unit::Week => self.date().map(Point::week_of).or_else(|| self.week_start().map(Point::week_of)),
            Unit::Month => self.month().map(|m| Point { part: Part::Month(m), tod: None, ..*self }),
            Unit::Quarter => {
                let quarter = (self.month()?.unsigned_abs() - 1) / 3 + 1;
                Some(Point { part: Part::Quarter(quarter), tod: None, ..*self })
            }
            Unit::Year => Some(Point { part: Part::Whole, tod: None, ..*self }),
            Unit::Decade => Some(Point { part: Part::Decade, tod: None, ..*self }),
            Unit::Century => Some(Point { part: Part::Century, tod: None, ..*self }),
            _ => None,
        }
    }
}

/// `days` narrowed by a TIMEX3 modifier: the first, middle or last third.
pub(crate) fn third(days: (Date, Date), modifier: &str) -> (Date, Date) {
    let (from, to) = days;
    let length = i64::from(from.until(to).map_or(0, |span| span.get_days())) + 1;
    let at = |n: i64| from.checked_add(n.days()).unwrap_or(to);
    match modifier {
        _ if length < 6 => days,
        "START" => (from, at(length / 3 - 1)),
        "MID" => (at(length / 3), at(length * 2 / 3 - 1)),
        "END" => (at(length * 2 / 3), to),
        _ => days,
    }
}
