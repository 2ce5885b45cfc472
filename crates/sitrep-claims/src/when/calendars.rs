//! Other calendars, and dates in bare numbers.
//!
//! In: day, month and year as written. Out: days of the common calendar with the doubt that is left. The Islamic month begins when the
//! moon is seen, so a day of it is known to within one; never settles by guess which of two small numbers is the month.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use sitrep_model::{Anchor, TimexType};

use super::find::Found;
use super::settle::{Context, Settled};
use super::tense::Tense;

/// The first day of an Islamic month by the arithmetic calendar.
pub(crate) fn hijri(year: i32, month: i32) -> Option<Date> {
    if !(1..=1600).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    // Julian day numbers: the calendar's first day, and 1 January 1970.
    const FIRST: i32 = 1_948_440;
    const UNIX: i32 = 2_440_588;
    let days = (59 * (month - 1) + 1) / 2 + (year - 1) * 354 + (3 + 11 * year) / 30 + FIRST;
    date(1970, 1, 1).checked_add((days - UNIX).days()).ok()
}

/// The first day of a Persian month, by the cycle of 33 years.
pub(crate) fn persian(year: i32, month: i32) -> Option<Date> {
    if !(1200..=1500).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let leap = |y: i32| matches!(y % 33, 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30);
    let length = |y: i32| if leap(y) { 366 } else { 365 };
    let known = date(2017, 3, 21); // 1 Farvardin 1396
    let new_year: i32 =
        if year >= 1396 { (1396..year).map(length).sum() } else { -(year..1396).map(length).sum::<i32>() };
    let before = if month <= 7 { (month - 1) * 31 } else { 186 + (month - 7) * 30 };
    known.checked_add((new_year + before).days()).ok()
}

impl Context<'_> {
    /// "15 Ramadan 1438", "Ramadan".
    pub(crate) fn hijri(&self, found: &Found<'_>, tense: Tense) -> Option<Settled> {
        let any = |groups: &[&str]| groups.iter().find_map(|g| found.caught.get(g).copied());
        let month = self.rules.code("hijri", any(&["hijri", "hijri2", "hijri3"])?)? as i32;
        let day: Option<i32> = any(&["dom", "dom2"]).and_then(|d| d.parse().ok());
        let year: Option<i32> = any(&["hyear", "hyear2", "hyear3"]).and_then(|y| y.parse().ok());
        let year = match (year, self.written.filter(|_| !self.history && !self.vague_day)) {
            (Some(year), _) => year,
            (None, None) => return Some(Settled::new(TimexType::Date, "XXXX", Anchor::None)),
            (None, Some(written)) => {
                let now = (i32::from(written.year()) - 622) * 33 / 32;
                let begins = |y: &i32| hijri(*y, month);
                match tense {
                    Tense::Future => (now - 2..now + 4).find(|y| begins(y).is_some_and(|d| d > written))?,
                    _ => (now - 2..now + 4).rev().find(|y| begins(y).is_some_and(|d| d <= written))?,
                }
            }
        };
        let first = hijri(year, month)?;
        let next = if month == 12 { hijri(year + 1, 1)? } else { hijri(year, month + 1)? };
        Some(other(
            first,
            next,
            day,
            1,
            if found.caught.contains_key("hyear") { Anchor::Calendar } else { self.anchor },
        ))
    }

    /// "12 Aban 1396".
    pub(crate) fn persian(&self, found: &Found<'_>) -> Option<Settled> {
        let any = |groups: &[&str]| groups.iter().find_map(|g| found.caught.get(g).copied());
        let month = self.rules.code("persian", any(&["persian", "persian2"])?)? as i32;
        let year: i32 = any(&["pyear", "pyear2"])?.parse().ok()?;
        let first = persian(year, month)?;
        let next = if month == 12 { persian(year + 1, 1)? } else { persian(year, month + 1)? };
        let day = found.caught.get("dom").and_then(|d| d.parse().ok());
        Some(other(first, next, day, 0, Anchor::Calendar))
    }

    /// "08/11/2017": day or month first.
    pub(crate) fn numeric(&mut self, found: &Found<'_>, tense: Tense) -> Option<Settled> {
        let (a, b) = (Self::number(found, "a")? as i8, Self::number(found, "b")? as i8);
        let written = found.caught.get("y")?;
        let year: i16 = written.parse().ok()?;
        let year = if written.len() == 2 { self.long_year(year) } else { year };
        let day_first = Date::new(year, b, a).ok();
        let month_first = Date::new(year, a, b).ok();
        let chosen = match (day_first, month_first, self.month_first) {
            (Some(d), None, _) | (None, Some(d), _) => Some(d),
            (Some(d), Some(m), _) if d == m => Some(d),
            (Some(_), Some(m), Some(true)) => Some(m),
            (Some(d), Some(_), Some(false)) => Some(d),
            (Some(d), Some(m), None) => {
                // What has happened did not happen after the day of writing.
                let fits = |d: &Date| self.written.is_none_or(|w| *d <= w) || tense == Tense::Future;
                match (fits(&d), fits(&m)) {
                    (true, false) => Some(d),
                    (false, true) => Some(m),
                    _ => None,
                }
            }
            (None, None, _) => return None,
        };
        if let Some(day) = chosen {
            let point = super::point::Point::day(day);
            self.moved(point);
            return Some(Settled::point(point, Anchor::Calendar));
        }
        let (a, b) = (day_first?, month_first?);
        let mut settled = Settled::new(TimexType::Date, format!("{year:04}-XX-XX"), Anchor::Calendar);
        settled.days = Some((a.min(b), a.max(b)));
        Some(settled)
    }
}

/// A day of a month that begins on `first`, or the whole month up to `next`, give or take `doubt_days`.
fn other(first: Date, next: Date, day: Option<i32>, doubt_days: i32, anchor: Anchor) -> Settled {
    let last = next.yesterday().unwrap_or(next);
    let (from, to) = match day {
        Some(day) => {
            let day = first.checked_add((day - 1).days()).unwrap_or(first);
            (day, day)
        }
        None => (first, last),
    };
    let value = if from == to { from.to_string() } else { format!("{from}/{to}") };
    let mut settled = Settled::new(TimexType::Date, value, anchor);
    settled.modifier = (doubt_days > 0).then_some("APPROX");
    let wide = |date: Date, days: i32| date.checked_add(days.days()).unwrap_or(date);
    settled.days = Some((wide(from, -doubt_days), wide(to, doubt_days)));
    settled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_other_calendars_begin_on_known_days() {
        assert_eq!(hijri(1, 1), Some(date(622, 7, 19)));
        assert_eq!(hijri(1439, 1), Some(date(2017, 9, 22)));
        assert_eq!(hijri(1438, 9), Some(date(2017, 5, 27)));
        assert_eq!(persian(1396, 8), Some(date(2017, 10, 23)));
        assert_eq!(persian(1400, 1), Some(date(2021, 3, 21)));
        assert_eq!(persian(1357, 11), Some(date(1979, 1, 21)));
        assert_eq!(hijri(0, 1), None);
        assert_eq!(persian(99, 1), None);
    }
}
