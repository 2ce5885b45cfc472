//! Feasts that move: told by the moon, the equinox or a weekday.
//!
//! In: the name of a feast with what its table says of it. Out: its day in a year, with the doubt that is left. A name that stands for
//! more than one feast ("Eid") is a time of which no day is known.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use sitrep_model::{Anchor, TimexType};

use super::calendars::{hijri, persian};
use super::find::Found;
use super::point::Point;
use super::settle::{Context, Settled};
use super::tense::Tense;

/// A feast this near ahead is the one meant, when the last one is that far behind.
const NEAR_DAYS: i64 = 45;
const FAR_DAYS: i64 = 60;

/// How a feast finds its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Easter,
    Orthodox,
    Hebrew,
    Hijri,
    Persian,
    Weekday,
}

const TABLES: [(&str, Kind); 6] = [
    ("feast_easter", Kind::Easter),
    ("feast_orthodox", Kind::Orthodox),
    ("feast_hebrew", Kind::Hebrew),
    ("feast_hijri", Kind::Hijri),
    ("feast_persian", Kind::Persian),
    ("feast_weekday", Kind::Weekday),
];

/// Easter Sunday of the western churches.
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(i16::try_from(year).ok()?, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// Easter Sunday of the eastern churches: the Julian reckoning, told in the common calendar.
fn orthodox_easter(year: i32) -> Option<Date> {
    let d = (19 * (year % 19) + 15) % 30;
    let e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    let n = d + e + 114;
    let julian =
        Date::new(i16::try_from(year).ok()?, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()?;
    julian.checked_add((year / 100 - year / 400 - 2).days()).ok()
}

/// The Jewish new year that falls in the autumn of `year`.
fn hebrew_new_year(year: i32) -> Option<Date> {
    let hebrew = i64::from(year) + 3761;
    let months = (235 * hebrew - 234) / 19;
    let parts = 12_084 + 13_753 * months;
    let mut days = months * 29 + parts / 25_920;
    if 3 * (days + 1) % 7 < 3 {
        days += 1;
    }
    days += long_year_delay(hebrew);
    // The count begins on 7 October 3761 before the common era; 1 January 1970 is its day 2 092 591.
    date(1970, 1, 1).checked_add((days - 2_092_590).days()).ok()
}

/// Years of forbidden length push the new year on by a day or two.
fn long_year_delay(hebrew: i64) -> i64 {
    let elapsed = |year: i64| {
        let months = (235 * year - 234) / 19;
        let days = months * 29 + (12_084 + 13_753 * months) / 25_920;
        if 3 * (days + 1) % 7 < 3 { days + 1 } else { days }
    };
    if elapsed(hebrew + 1) - elapsed(hebrew) == 356 {
        2
    } else if elapsed(hebrew) - elapsed(hebrew - 1) == 382 {
        1
    } else {
        0
    }
}

/// The days of a feast in a year: an Islamic one may come twice.
fn days_in(kind: Kind, code: i64, year: i16) -> Vec<Date> {
    let y = i32::from(year);
    let shifted = |day: Option<Date>| day.and_then(|d| d.checked_add(code.days()).ok());
    let all: Vec<Option<Date>> = match kind {
        Kind::Easter => vec![shifted(easter(y))],
        Kind::Orthodox => vec![shifted(orthodox_easter(y))],
        Kind::Hebrew => vec![shifted(hebrew_new_year(y))],
        Kind::Persian => vec![shifted(persian(y - 621, 1))],
        Kind::Weekday => {
            let (month, nth, day) = (code / 100, code / 10 % 10, code % 10);
            let first = i8::try_from(month).ok().and_then(|m| Date::new(year, m, 1).ok());
            let day = i8::try_from(day).ok().and_then(|d| Weekday::from_monday_one_offset(d).ok());
            let nth = i8::try_from(nth).unwrap_or(1);
            vec![first.zip(day).and_then(|(first, day)| first.nth_weekday_of_month(nth, day).ok())]
        }
        Kind::Hijri => {
            let now = (y - 622) * 33 / 32;
            let month = i32::try_from(code / 100).unwrap_or(1);
            let day = |h: i32| hijri(h, month).and_then(|d| d.checked_add((code % 100 - 1).days()).ok());
            (now - 1..=now + 3).map(day).collect()
        }
    };
    all.into_iter().flatten().filter(|d| d.year() == year).collect()
}

impl Context<'_> {
    /// "Easter 2031", "on Eid al-Adha", "before Nowruz".
    pub(crate) fn feast(&mut self, found: &Found<'_>, tense: Tense, left: &str) -> Option<Settled> {
        let unknown = |value: String| Some(Settled::new(TimexType::Date, value, Anchor::None));
        let Some((code, kind)) = TABLES.iter().find_map(|(table, kind)| Some((self.code(found, table, table)?, *kind)))
        else {
            return unknown("XXXX-XX-XX".to_owned());
        };
        let stated = found.stated_year();
        let year = stated.or(self.narrative.filter(|_| self.history).and_then(|n| n.year));
        let (day, anchor) = match (year, self.written.filter(|_| !self.history && !self.vague_day)) {
            (Some(year), _) => match days_in(kind, code, year).as_slice() {
                [day] => (*day, if stated.is_some() { Anchor::Calendar } else { Anchor::Previous }),
                _ => return unknown(format!("{year:04}-XX-XX")),
            },
            (None, None) => return unknown("XXXX-XX-XX".to_owned()),
            (None, Some(written)) => (nearest(kind, code, written, tense, left)?, self.anchor),
        };
        let point = Point::day(day);
        self.moved(point);
        let mut settled = Settled::point(point, anchor);
        if kind == Kind::Hijri {
            settled.modifier = Some("APPROX");
            settled.days = Some((day.yesterday().unwrap_or(day), day.tomorrow().unwrap_or(day)));
        }
        Some(settled)
    }
}

/// The feast meant by who writes on `written`: of what happened on one, the last; else one close ahead is on every mind.
fn nearest(kind: Kind, code: i64, written: Date, tense: Tense, left: &str) -> Option<Date> {
    let years = written.year() - 1..=written.year() + 1;
    let all: Vec<Date> = years.flat_map(|year| days_in(kind, code, year)).collect();
    let last = all.iter().copied().rfind(|d| *d <= written);
    let next = all.iter().copied().find(|d| *d > written);
    let away = |d: Date| i64::from(written.until(d).map_or(i32::MAX, |s| s.get_days()).abs());
    let during =
        matches!(left.trim_end().rsplit(' ').next(), Some("on" | "On" | "during" | "During" | "since" | "Since"));
    let coming = next.filter(|d| away(*d) <= NEAR_DAYS && last.is_none_or(|l| away(l) > FAR_DAYS));
    match tense {
        Tense::Future => next,
        Tense::Past if during => last,
        _ => coming.or(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_fall_on_known_days() {
        assert_eq!(easter(2024), Some(date(2024, 3, 31)));
        assert_eq!(easter(2025), Some(date(2025, 4, 20)));
        assert_eq!(easter(1916), Some(date(1916, 4, 23)));
        assert_eq!(orthodox_easter(2024), Some(date(2024, 5, 5)));
        assert_eq!(orthodox_easter(2025), Some(date(2025, 4, 20)));
        assert_eq!(hebrew_new_year(2023), Some(date(2023, 9, 16)));
        assert_eq!(hebrew_new_year(2024), Some(date(2024, 10, 3)));
        assert_eq!(days_in(Kind::Hebrew, 9, 1973), [date(1973, 10, 6)]);
        assert_eq!(days_in(Kind::Hebrew, -163, 2023), [date(2023, 4, 6)]);
        assert_eq!(days_in(Kind::Persian, 0, 2021), [date(2021, 3, 21)]);
        assert_eq!(days_in(Kind::Persian, 0, 2024), [date(2024, 3, 20)]);
        assert_eq!(days_in(Kind::Weekday, 1144, 2023), [date(2023, 11, 23)]);
        assert_eq!(days_in(Kind::Hijri, 1001, 2000).len(), 2);
    }

    /// Eid al-Fitr was kept on 21 April 2023 and 10 April 2024: the reckoning is within a day.
    #[test]
    fn feasts_of_the_moon_are_within_a_day() {
        for (code, year, kept) in
            [(1001, 2023, date(2023, 4, 21)), (1001, 2024, date(2024, 4, 10)), (1210, 2024, date(2024, 6, 16))]
        {
            let [day] = days_in(Kind::Hijri, code, year)[..] else { panic!("{code} {year}") };
            assert!(day.until(kept).unwrap().get_days().abs() <= 1, "{day} {kept}");
        }
    }
}
