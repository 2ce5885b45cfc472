//! Days as feeds, letters and posts write them: RFC 822, RFC 3339, Unix seconds or milliseconds, "Thu Nov 09 12:22:33 +0000 2017".
//!
//! In: a string or a JSON value. Out: the day, or nothing. The day is the one written, in the writer's own zone; a bare count of
//! seconds has no zone and gives the day in UTC. Never takes a count of nothing (0) for a day.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use regex::Regex;
use serde_json::Value;

use crate::dates::first_full_date;

/// Seconds of one day more than a year: a smaller count is a placeholder, not a time.
const FIRST_SECOND: i64 = 366 * 86_400;
/// Only the opening of a string is looked at: a time is short.
const WINDOW_BYTES: usize = 100;

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns are constants checked by the tests")
}

/// The day `text` names.
pub(super) fn day(text: &str) -> Option<Date> {
    static YEAR_LAST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:\w{3},? )?(?P<month>[A-Z][a-z]{2}) {1,2}(?P<day>\d\d?) \d\d:\d\d:\d\d (?:[+-]\d{4}|[A-Z]{2,5}) (?P<year>\d{4})$",
        )
    });
    static SHORT_YEAR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:\w{3,9}, *)?(?P<day>\d\d?)[ -](?P<month>[A-Z][a-z]{2})[ -](?P<year>\d\d) +\d\d:\d\d")
    });
    let text = text.trim();
    let window = text.get(..WINDOW_BYTES).unwrap_or(text);
    if !window.is_empty() && window.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return match (window.len(), window.contains('.')) {
            (8, false) => first_full_date(window).map(|f| f.date),
            _ => of_seconds(window.parse().ok()?),
        };
    }
    if let Some(found) = YEAR_LAST.captures(window) {
        return first_full_date(&format!("{} {} {}", &found["day"], &found["month"], &found["year"])).map(|f| f.date);
    }
    if let Some(found) = SHORT_YEAR.captures(window) {
        // RFC 822 had two digits for the year, and no feed is older than 1990.
        let century = if &found["year"] >= "90" { "19" } else { "20" };
        let written = format!("{} {} {century}{}", &found["day"], &found["month"], &found["year"]);
        return first_full_date(&written).map(|f| f.date);
    }
    first_full_date(window).map(|f| f.date)
}

/// The day a JSON value names: a string, or a count of seconds or milliseconds.
pub(super) fn day_of(value: &Value) -> Option<Date> {
    match value {
        Value::String(text) => day(text),
        Value::Number(number) => of_seconds(number.as_f64()?),
        _ => None,
    }
}

/// The day, in UTC, of a count since 1970 in seconds, or in milliseconds or microseconds when it is that large.
fn of_seconds(count: f64) -> Option<Date> {
    let seconds = match count {
        c if c >= 1e14 => c / 1e6,
        c if c >= 1e11 => c / 1e3,
        c => c,
    };
    // Far inside the range of an i64 once the bounds are kept.
    if !(FIRST_SECOND as f64..4e9).contains(&seconds) {
        return None;
    }
    let at = Timestamp::from_second(seconds as i64).ok()?;
    Some(at.to_zoned(TimeZone::UTC).date())
}

/// The day in UTC of a time as Telegram writes it on its pages: "09.11.2017 01:22:33 UTC+03:00"; without a zone, the day written.
pub(super) fn telegram_day(text: &str) -> Option<Date> {
    static TIME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?P<day>\d\d)\.(?P<m>\d\d)\.(?P<year>\d{4}) (?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?: UTC(?P<sign>[+-])(?P<zh>\d\d):(?P<zm>\d\d))?",
        )
    });
    let found = TIME.captures(text.trim())?;
    let number = |name: &str| found.name(name).map_or(Some(0), |m| m.as_str().parse::<i16>().ok());
    let two = |name: &str| number(name).and_then(|n| i8::try_from(n).ok());
    let time = DateTime::new(
        number("year")?,
        two("m")?,
        two("day")?,
        two("hour")?,
        two("minute")?,
        two("second").unwrap_or(0),
        0,
    )
    .ok()?;
    let Some(sign) = found.name("sign") else { return Some(time.date()) };
    let ahead_seconds = i32::from(number("zh")?) * 3600 + i32::from(number("zm")?) * 60;
    let ahead_seconds = if sign.as_str() == "-" { -ahead_seconds } else { ahead_seconds };
    let zone = Offset::from_seconds(ahead_seconds).ok()?;
    zone.to_timestamp(time).ok().map(|at| at.to_zoned(TimeZone::UTC).date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn days_in_many_dresses() {
        for text in [
            "Mon, 12 May 2031 09:30:00 +0300",
            "12 May 31 09:30 GMT",
            "2031-05-12T23:59:59.123+02:00",
            "Mon May 12 09:30:00 +0000 2031",
            "1936344600",
            "1936344600123",
            "20310512",
        ] {
            assert_eq!(day(text).map(|d| d.to_string()).as_deref(), Some("2031-05-12"), "{text}");
        }
        assert_eq!(day_of(&json!(1_936_344_600.5)).map(|d| d.to_string()).as_deref(), Some("2031-05-12"));
        for value in [json!(0), json!(""), json!(null), json!("yesterday"), json!("0"), json!(-5), json!(1e300)] {
            assert_eq!(day_of(&value), None, "{value}");
        }
    }

    #[test]
    fn telegram_times_are_told_in_utc() {
        let told = |text| telegram_day(text).map(|d| d.to_string());
        assert_eq!(told("12.05.2031 01:22:33 UTC+03:00").as_deref(), Some("2031-05-11"));
        assert_eq!(told("12.05.2031 01:22:33").as_deref(), Some("2031-05-12"));
        assert_eq!(told("99.05.2031 01:22:33"), None);
    }
}
