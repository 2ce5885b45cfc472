//! Full dates in short strings: "9 November 2017", "Nov. 9, 2017 | 14:02 GMT", "2017-11-09T14:02:00Z", "٩ تشرين الثاني ٢٠١٧".
//!
//! In: a short string. Out: the day it names and where. The day is the one written: a time zone never moves it. A date without
//! day, month or year is no date here, and one whose day and month can be swapped ("04/05/2017") is none unless the page's habit
//! is known ([`Order`]). Names of months are in `data/dates.toml`. Never reads running text for its meaning.

mod order;
mod past;
mod words;

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex, RegexBuilder};

pub(crate) use order::{Order, betrayed_order, order_of_place};
pub(crate) use past::relative;
pub(crate) use words::{WORDS, any_of};

/// Only the opening of a string is searched: a date line is short.
const WINDOW_BYTES: usize = 400;
/// A year as dates are written with.
const YEAR: &str = r"(?P<year>(?:19|20|١٩|٢٠|۱۹|۲۰)\d\d)";

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let month = format!("(?P<month>{})", any_of(WORDS.months.keys()));
    // "كانون الأول/ديسمبر": both of the Arabic names of a month.
    let both = format!(r"{month}(?:\s*/\s*\p{{L}}+)?");
    let of = r"(?:of|de|del|do|den|d['’])";
    let nth = r"(?:st|nd|rd|th|er|re|º|ª|°|\.)?";
    let patterns = [
        format!(r"{YEAR}\s?[-/.]\s?(?P<m>\d\d?)\s?[-/.]\s?(?P<day>\d\d?)(?:\D|$)"),
        format!(r"\b(?P<day>\d\d?){nth}(?:\s+{of})?[\s\-/,.]*{both}\.?,?(?:\s+{of})?[\s\-/,]*['’]?{YEAR}\b"),
        format!(r"\b{month}\.?[\s\-/]*(?P<day>\d\d?){nth}(?:,|\s*-)?\s*{YEAR}\b"),
        format!(r"\b{month}[\s\-/]+(?P<day>\d\d?),?\s+\d\d?:\d\d(?::\d\d)?\s+(?:[A-Z+\-\d:]{{1,6}}\s+)?{YEAR}\b"),
        format!(r"\b{YEAR}[.,]?[\s\-/]+{month}\.?[\s\-/]+(?P<day>\d\d?)\b"),
        format!(r"(?:^|\D)(?P<day>\d\d?)\s?[./-]\s?(?P<m>\d\d?)\s?[./-]\s?{YEAR}(?:\D|$)"),
        r"^(?P<year>(?:19|20)\d\d)(?P<m>\d\d)(?P<day>\d\d)(?:T|\s|$|\d{4,6}$)".to_owned(),
        format!(r"{YEAR}\s?[年년]\s?(?P<m>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일]"),
    ];
    let make = |pattern: String| RegexBuilder::new(&pattern).case_insensitive(true).size_limit(16 << 20).build();
    patterns.map(|p| make(p).expect("the date patterns are constants checked by the tests")).into()
});

/// A full date and the bytes of the string that say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) date: Date,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The first full date in `text` that can be read one way only.
pub(crate) fn first_full_date(text: &str) -> Option<Found> {
    first_full_date_by(text, Order::Unknown)
}

/// The first full date in `text`, on a page that writes days and months in this order.
pub(crate) fn first_full_date_by(text: &str, order: Order) -> Option<Found> {
    let window = opening(text);
    if !may_hold_year(window) {
        return None;
    }
    let all = PATTERNS.iter().filter_map(|pattern| pattern.captures(window).and_then(|c| found(&c, order)));
    all.min_by_key(|f| f.start)
}

/// Whether [`YEAR`] may stand in `text`: most strings hold none, and asking is cheap.
fn may_hold_year(text: &str) -> bool {
    text.as_bytes().windows(3).any(|w| match w {
        [b'1', b'9', next] | [b'2', b'0', next] => next.is_ascii_digit() || !next.is_ascii(),
        // "١٩", "٢٠" and their Persian sisters.
        [0xD9, 0xA1 | 0xA2, _] | [0xDB, 0xB1 | 0xB2, _] => true,
        _ => false,
    })
}

/// A day told by a string written for machines, or by words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) date: Date,
    /// The time of day was given for Greenwich: where it was written it may have been another day.
    pub(crate) in_utc: bool,
}

/// The day in a string meant for one date: a full date, or seconds or milliseconds since 1970.
pub(crate) fn told(text: &str, order: Order) -> Option<Told> {
    static UTC: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\d\d:\d\d.*(?:Z|[+-]00:?00|GMT|UTC)$").expect("a constant checked by the tests"));
    let text = text.trim();
    let told = match first_full_date_by(text, order) {
        Some(found) => Told { date: found.date, in_utc: UTC.is_match(opening(text)) },
        None => Told { date: since_1970(text)?, in_utc: true },
    };
    // 1970-01-01 is what systems write when they know no date.
    (told.date.year() >= 1980).then_some(told)
}

/// The day of ten digits of seconds or thirteen of milliseconds.
fn since_1970(text: &str) -> Option<Date> {
    let whole = text.split('.').next().filter(|w| w.bytes().all(|b| b.is_ascii_digit()))?;
    let seconds = match whole.len() {
        9 | 10 => whole.parse::<i64>().ok()?,
        12 | 13 => whole.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    let day = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(seconds / 86_400)).ok()?;
    (1990..2100).contains(&day.year()).then_some(day)
}

/// The opening of `text`, cut at a character.
fn opening(text: &str) -> &str {
    let mut end = text.len().min(WINDOW_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The day an address names, as in `/2017/11/09/`, `/2017-11-09-` or `20171109`.
pub(crate) fn date_in_url(url: &str) -> Option<Date> {
    static PATH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:^|[/_\-.=])(?P<year>(?:19|20)\d\d)(?:(?P<sep>[/\-_])(?P<m>\d\d?|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/\-_](?P<day>\d\d?)|(?P<m2>\d\d)(?P<day2>\d\d))(?:\D|$)")
            .expect("a constant checked by the tests")
    });
    let captures = PATH.captures(url)?;
    let year = captures.name("year")?.as_str().parse().ok()?;
    let month = captures.name("m").or(captures.name("m2"))?.as_str();
    let month = month.parse().ok().or_else(|| words::month(month))?;
    let day = captures.name("day").or(captures.name("day2"))?.as_str().parse().ok()?;
    Date::new(year, month, day).ok()
}

fn found(captures: &Captures<'_>, order: Order) -> Option<Found> {
    let whole = captures.get(0)?;
    let part = |name| captures.name(name).and_then(|m| words::number(m.as_str()));
    let year = i16::try_from(part("year")?).ok()?;
    let day = i8::try_from(part("day")?).ok()?;
    let (month, day) = match captures.name("month") {
        Some(name) => (words::month(name.as_str())?, day),
        None => {
            let month = i8::try_from(part("m")?).ok()?;
            let year_first = captures.name("year")?.start() < captures.name("day")?.start();
            let dotted = whole.as_str().contains('.');
            match (year_first || dotted, month, day) {
                (true, month, day) => (month, day),
                (false, month, day) if month > 12 => (day, month),
                (false, month, day) if day > 12 || day == month || order == Order::DayFirst => (month, day),
                (false, month, day) if order == Order::MonthFirst => (day, month),
                _ => return None,
            }
        }
    };
    Some(Found { date: Date::new(year, month, day).ok()?, start: whole.start(), end: whole.end() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> String {
        first_full_date(text).map_or("-".to_owned(), |f| f.date.to_string())
    }

    #[test]
    fn full_dates_in_many_dresses() {
        for text in [
            "9 November 2017",
            "Published: Thursday, November 9, 2017",
            "Nov. 9, 2017 | 14:02 GMT",
            "Thu, 09 Nov 2017 14:02:00 GMT",
            "9th of November, 2017",
            "2017-11-09T23:30:00Z",
            "2017/11/9",
            "09.11.2017 18:00",
            "20171109",
            "09-Nov-2017",
        ] {
            assert_eq!(day(text), "2017-11-09", "{text}");
        }
        assert_eq!(day("13/11/2017"), "2017-11-13");
        assert_eq!(day("11/13/2017"), "2017-11-13");
    }

    #[test]
    fn half_dates_are_no_dates() {
        for text in ["JULY 2020", "November 9", "09/11/2017", "2017", "31 February 2017", "may 2017"] {
            assert_eq!(day(text), "-", "{text}");
        }
    }

    #[test]
    fn addresses_that_carry_a_day() {
        let day = |url| date_in_url(url).map(|d| d.to_string());
        assert_eq!(day("https://a.example/2017/11/09/town").as_deref(), Some("2017-11-09"));
        assert_eq!(day("https://a.example/news/2017/nov/09/town").as_deref(), Some("2017-11-09"));
        assert_eq!(day("https://a.example/story-20171109.html").as_deref(), Some("2017-11-09"));
        assert_eq!(day("https://a.example/2017/11/town"), None);
        assert_eq!(day("https://a.example/?id=20171399"), None);
    }
}
