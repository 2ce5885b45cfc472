//! The words of `data/dates.toml`: names of months, words before a date, stretches of time that have passed.
//!
//! In: nothing. Out: [`WORDS`], loaded once: look-ups by word and pieces of regular expressions. Holds no rule.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A stretch of time, shortest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Language {
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) tag: String,
    months: Vec<String>,
    published: Vec<String>,
    modified: Vec<String>,
    before: Vec<String>,
    after: Vec<String>,
    fixed: BTreeMap<String, u8>,
    units: BTreeMap<Unit, String>,
    one: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) dates: BTreeMap<String, String>,
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) past: BTreeMap<String, i32>,
}

/// Who writes the day first, and who the month.
#[derive(Debug, Deserialize)]
pub(crate) struct Habits {
    pub(crate) month_first_regions: Vec<String>,
    pub(crate) month_first_domains: Vec<String>,
    pub(crate) day_first_regions: Vec<String>,
    pub(crate) day_first_languages: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    order: Habits,
    language: Vec<Language>,
}

/// All languages' words together; everything in lower case.
pub(crate) struct Words {
    pub(crate) order: Habits,
    pub(crate) months: BTreeMap<String, i8>,
    pub(crate) units: BTreeMap<String, Unit>,
    /// Words for a day, and how many days back it is.
    pub(crate) fixed: BTreeMap<String, u8>,
    pub(crate) before: Vec<String>,
    pub(crate) after: Vec<String>,
    pub(crate) one: Vec<String>,
    pub(crate) published: Vec<String>,
    pub(crate) modified: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) languages: Vec<Language>,
}

pub(crate) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../../data/dates.toml")).expect("the shipped date file is valid: tested");
    let mut words = Words {
        order: file.order,
        months: BTreeMap::new(),
        units: BTreeMap::new(),
        fixed: BTreeMap::new(),
        before: Vec::new(),
        after: Vec::new(),
        one: Vec::new(),
        published: Vec::new(),
        modified: Vec::new(),
        languages: file.language,
    };
    for language in &words.languages {
        for (number, names) in (1i8..).zip(&language.months) {
            words.months.extend(names.split('|').map(|name| (name.to_lowercase(), number)));
        }
        for (unit, names) in &language.units {
            words.units.extend(names.split('|').map(|name| (name.to_lowercase(), *unit)));
        }
        words.fixed.extend(language.fixed.iter().map(|(phrase, days)| (phrase.clone(), *days)));
        words.before.extend_from_slice(&language.before);
        words.after.extend_from_slice(&language.after);
        words.one.extend_from_slice(&language.one);
        words.published.extend_from_slice(&language.published);
        words.modified.extend_from_slice(&language.modified);
    }
    words
});

/// One of `words` as a regular expression, the longest first so that "mars" is not read as "mar".
pub(crate) fn any_of<'w>(words: impl IntoIterator<Item = &'w String>) -> String {
    let mut words: Vec<&str> = words.into_iter().map(String::as_str).collect();
    words.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    words.dedup();
    words.into_iter().map(|word| regex::escape(word).replace(' ', r"\s+")).collect::<Vec<_>>().join("|")
}

/// The month a word names.
pub(crate) fn month(name: &str) -> Option<i8> {
    let folded = name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    WORDS.months.get(&folded).copied()
}

/// A number in any digits, or `None`.
pub(crate) fn number(digits: &str) -> Option<i64> {
    let mut value = 0i64;
    for c in digits.chars() {
        let digit = match c {
            '0'..='9' => u32::from(c) - u32::from('0'),
            '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
            '\u{6F0}'..='\u{6F9}' => u32::from(c) - 0x6F0,
            _ => return None,
        };
        value = value.checked_mul(10)?.checked_add(i64::from(digit))?;
    }
    (!digits.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_months_and_no_unit_two_lengths() {
        let mut months: BTreeMap<String, i8> = BTreeMap::new();
        let mut units: BTreeMap<String, Unit> = BTreeMap::new();
        for language in &WORDS.languages {
            assert_eq!(language.months.len(), 12, "{}", language.tag);
            assert_eq!(language.units.len(), 7, "{}", language.tag);
            assert!(!language.dates.is_empty() && !language.past.is_empty(), "{} has no examples", language.tag);
            for (number, names) in (1i8..).zip(&language.months) {
                for name in names.split('|') {
                    let before = months.insert(name.to_owned(), number);
                    assert!(before.is_none_or(|n| n == number), "{}: {name}", language.tag);
                }
            }
            for (unit, names) in &language.units {
                for name in names.split('|') {
                    let before = units.insert(name.to_owned(), *unit);
                    assert!(before.is_none_or(|u| u == *unit), "{}: {name}", language.tag);
                }
            }
        }
    }
}
