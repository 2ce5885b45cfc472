//! Times told as a distance from now: "3 days ago", "il y a une heure", "yesterday at 14:02", "5h".
//!
//! In: a short string and the day the page was saved. Out: the day meant, when the words say it to the day. Never turns weeks,
//! months or years into a day: "2 weeks ago" names any of seven, "3 years ago" any of hundreds.

use std::sync::LazyLock;

use jiff::ToSpan as _;
use jiff::civil::Date;
use regex::{Regex, RegexBuilder};

use super::words::{Unit, WORDS, any_of, number};

/// A longer string is prose.
const MAX_BYTES: usize = 120;
/// "400 days ago" was counted by nobody.
const MAX_DAYS: i64 = 366;

struct Forms {
    told: [Regex; 2],
    fixed: Regex,
    short: Regex,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let make = |pattern: String| {
        let regex = RegexBuilder::new(&pattern).case_insensitive(true).size_limit(16 << 20).build();
        regex.expect("the words are constants checked by the tests")
    };
    let words = &*WORDS;
    let (before, after, one) = (any_of(&words.before), any_of(&words.after), any_of(&words.one));
    let (units, fixed) = (any_of(words.units.keys()), any_of(words.fixed.keys()));
    let count = format!(r"(?P<n>\d{{1,3}}|{one})");
    Forms {
        told: [
            make(format!(
                r"(?:^|[^\p{{L}}\d])(?:{before})\s+(?:\p{{L}}+\s+)??(?:{count}\s*)?(?P<unit>{units})(?:[^\p{{L}}]|$)"
            )),
            make(format!(
                r"(?:^|(?:^|[^\p{{L}}\d]){count}[\s+]*)(?P<unit>{units})\.?(?:,?\s+(?:\p{{L}}{{1,3}}\s+)?\d{{1,3}}\s*\p{{L}}+){{0,2}}\s+(?:{after})(?:[^\p{{L}}]|$)"
            )),
        ],
        fixed: make(format!(r"^(?P<word>{fixed})(?P<rest>[^\p{{L}}].{{0,30}})?$")),
        short: make(r"^(?P<n>\d{1,3})\s?(?P<unit>s|m|min|h|d)\.?$".to_owned()),
    }
});

/// The day `text` means when the page was saved on `retrieved`.
///
/// Seconds, minutes, hours and days give a day; hours are rounded to days from midday to midday, as the hour of saving is not
/// known, so the answer can be a day off. Weeks, months and years do not say which day and give `None`, as does any string that
/// holds no such phrase.
pub(crate) fn relative(text: &str, retrieved: Date) -> Option<Date> {
    let days = days_back(text)?;
    retrieved.checked_sub(days.days()).ok()
}

/// How many days before the day of saving `text` means.
pub(crate) fn days_back(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_BYTES {
        return None;
    }
    let forms = &*FORMS;
    if let Some(found) = forms.fixed.captures(text) {
        let rest = found.name("rest").map_or("", |rest| rest.as_str());
        // "Today's map" and "now or never" are no times: only a clock may follow.
        let clock = rest.is_empty() || rest.chars().any(char::is_numeric);
        let word = found.name("word")?.as_str().to_lowercase();
        return WORDS.fixed.get(&word).filter(|_| clock).map(|days| i64::from(*days));
    }
    if let Some(found) = forms.short.captures(text) {
        let n = number(found.name("n")?.as_str())?;
        return counted(n, short_unit(found.name("unit")?.as_str()));
    }
    let found = forms.told.iter().find_map(|form| form.captures(text))?;
    let unit = *WORDS.units.get(&found.name("unit")?.as_str().to_lowercase())?;
    let n = found.name("n").map_or(Some(1), |n| number(n.as_str()).or(Some(1)))?;
    counted(n, unit)
}

fn short_unit(letter: &str) -> Unit {
    match letter.to_ascii_lowercase().as_str() {
        "s" => Unit::Second,
        "m" | "min" => Unit::Minute,
        "h" => Unit::Hour,
        _ => Unit::Day,
    }
}

fn counted(n: i64, unit: Unit) -> Option<i64> {
    match unit {
        Unit::Second | Unit::Minute => Some((n / 60 + 12) / 24).filter(|_| unit == Unit::Minute).or(Some(0)),
        Unit::Hour => Some((n + 12) / 24),
        Unit::Day => Some(n).filter(|n| *n <= MAX_DAYS),
        Unit::Week | Unit::Month | Unit::Year => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_language_counts_back() {
        for language in &WORDS.languages {
            for (phrase, days) in &language.past {
                let wanted = Some(i64::from(*days)).filter(|d| *d >= 0);
                assert_eq!(days_back(phrase), wanted, "{}: {phrase}", language.tag);
            }
        }
    }

    #[test]
    fn a_day_is_given_only_when_the_words_say_one() {
        let day = |text| relative(text, date(2031, 5, 9)).map(|d| d.to_string());
        assert_eq!(day("quill_7 • 3 days ago").as_deref(), Some("2031-05-06"));
        assert_eq!(day("5h").as_deref(), Some("2031-05-09"));
        assert_eq!(day("23 hours ago").as_deref(), Some("2031-05-08"));
        assert_eq!(day("30 days ago").as_deref(), Some("2031-04-09"));
        assert_eq!(day("Yesterday, 14:02").as_deref(), Some("2031-05-08"));
        for unknown in
            ["a week ago", "3 years ago", "1 year, 2 months ago", "2mo", "4w", "a long time ago", "999 days ago"]
        {
            assert_eq!(day(unknown), None, "{unknown}");
        }
        for no_time in
            ["Today's map of the front", "now or never", "hier ist der Plan", "before 3 days of rain", "", "May 5"]
        {
            assert_eq!(day(no_time), None, "{no_time}");
        }
    }
}
