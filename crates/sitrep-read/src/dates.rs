//! Full dates in short strings: "9 November 2017", "Nov. 9, 2017 | 14:02 GMT", "2017-11-09T14:02:00Z", "/2017/11/09/".
//!
//! In: a short string. Out: the day it names and where. A date without day, month or year is no date here, and one whose
//! day and month can be swapped ("04/05/2017") is none either. Never reads running text for its meaning.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

const MONTH: &str = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
/// Only the opening of a string is searched: a date line is short.
const WINDOW_BYTES: usize = 400;

static PATTERNS: LazyLock<[Regex; 5]> = LazyLock::new(|| {
    let make = |pattern: String| Regex::new(&pattern).expect("the date patterns are constants checked by the tests");
    [
        make(r"(?P<year>(?:19|20)\d\d)[-/.](?P<m>\d\d?)[-/.](?P<day>\d\d?)(?:\D|$)".to_owned()),
        make(format!(
            r"(?i)\b(?P<day>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+{MONTH}\.?,?[\s\-]+(?P<year>(?:19|20)\d\d)\b"
        )),
        make(format!(r"(?i)\b{MONTH}\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b")),
        make(r"\b(?P<day>\d\d?)[./-](?P<m>\d\d?)[./-](?P<year>(?:19|20)\d\d)\b".to_owned()),
        make(r"^(?P<year>(?:19|20)\d\d)(?P<m>\d\d)(?P<day>\d\d)(?:T|$)".to_owned()),
    ]
});

/// A full date and the bytes of the string that say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) date: Date,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The first full date in `text`.
pub(crate) fn first_full_date(text: &str) -> Option<Found> {
    let mut end = text.len().min(WINDOW_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let window = &text[..end];
    let all = PATTERNS.iter().filter_map(|pattern| pattern.captures(window).and_then(|c| found(&c)));
    all.min_by_key(|f| f.start)
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
    let month = month.parse().ok().or_else(|| month_number(month))?;
    let day = captures.name("day").or(captures.name("day2"))?.as_str().parse().ok()?;
    Date::new(year, month, day).ok()
}

fn found(captures: &Captures<'_>) -> Option<Found> {
    let whole = captures.get(0)?;
    let year = captures.name("year")?.as_str().parse().ok()?;
    let day: i8 = captures.name("day")?.as_str().parse().ok()?;
    let (month, day) = match captures.name("month") {
        Some(name) => (month_number(name.as_str())?, day),
        None => {
            let month: i8 = captures.name("m")?.as_str().parse().ok()?;
            let year_first = captures.name("year")?.start() == whole.start();
            let dotted = whole.as_str().contains('.');
            match (year_first || dotted, month, day) {
                (true, month, day) => (month, day),
                (false, month, day) if month > 12 => (day, month),
                (false, month, day) if day > 12 || day == month => (month, day),
                _ => return None,
            }
        }
    };
    Some(Found { date: Date::new(year, month, day).ok()?, start: whole.start(), end: whole.end() })
}

fn month_number(name: &str) -> Option<i8> {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let head = name.get(..3)?.to_ascii_lowercase();
    names.iter().position(|n| *n == head).and_then(|i| i8::try_from(i + 1).ok())
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
