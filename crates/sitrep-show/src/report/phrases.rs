//! Small phrases a report and the pages share: days of a dispute's side, how a date was known, full stops.
//!
//! In: nouns. Out: words. Never adds a fact.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use sitrep_model::{Claim, Contents, Document, HowKnown};

use super::ReportOptions;
use crate::visible::brief;
use crate::words;

/// How a publication date was known, in words.
pub(crate) fn how_known(how: HowKnown) -> &'static str {
    match how {
        HowKnown::Given => "the user",
        HowKnown::JsonLd => "the page’s JSON-LD",
        HowKnown::Meta => "a meta element",
        HowKnown::Carrier => "the feed, letter or export it came in",
        HowKnown::TimeElement => "a time element",
        HowKnown::Url => "the address",
        HowKnown::Text => "words on the page",
        HowKnown::Script => "a script or a remark in the page’s source",
    }
}

pub(super) fn undated_caution(paths: &[&str]) -> String {
    format!(
        "No publication date is known for {}, so days without a year cannot be placed. Build again with \
         `--published YYYY-MM-DD` for one report, or with `--meta FILE.csv` for many.",
        named(paths.iter().copied())
    )
}

/// Which documents are in a language that is not analysed; `None` when all are in English.
pub(super) fn language_caution(documents: &[Document]) -> Option<String> {
    let mut by_language: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for document in documents {
        let tag = document.language.as_deref().and_then(|tag| tag.split('-').next()).unwrap_or("en");
        if tag != "en" {
            by_language.entry(tag).or_default().push(&document.path);
        }
    }
    let n: usize = by_language.values().map(Vec::len).sum();
    let each: Vec<String> =
        by_language.iter().map(|(tag, paths)| format!("{tag}: {}", named(paths.iter().copied()))).collect();
    let reports = if n == 1 { "1 report is".to_owned() } else { format!("{n} reports are") };
    let words = format!(
        "{reports} not in English and not analysed: nothing below is {} ({}).",
        if n == 1 { "its" } else { "theirs" },
        each.join("; ")
    );
    (n > 0).then_some(words)
}

/// Which documents are translations, of what and by whom; `None` when none is.
pub(super) fn translation_caution(documents: &[Document]) -> Option<String> {
    let used = documents.iter().filter_map(|document| Some((document, document.translation.as_ref()?)));
    let told: Vec<String> = used
        .map(|(document, it)| {
            let by = it.by.as_deref().map(|by| format!(" by {}", brief(by))).unwrap_or_default();
            let on = it.on.map(|on| format!(", {}", words::day(on))).unwrap_or_default();
            format!("{} translates {}{by}{on}", brief(&document.path), brief(&it.of))
        })
        .collect();
    let reports = words::count(told.len(), "report is a translation", "reports are translations");
    (!told.is_empty()).then(|| format!("{reports}, read in place of the original: {}.", few(&told)))
}

/// The first few of many things, and how many more there are.
fn few(told: &[String]) -> String {
    let more = if told.len() > 5 { format!(" and {} more", told.len() - 5) } else { String::new() };
    format!("{}{more}", told.iter().take(5).map(String::as_str).collect::<Vec<_>>().join("; "))
}

fn named<'p>(paths: impl Iterator<Item = &'p str>) -> String {
    let paths: Vec<&str> = paths.collect();
    let shown: Vec<Cow<'_, str>> = paths.iter().copied().take(5).map(brief).collect();
    let more = if paths.len() > 5 { format!(" and {} more", paths.len() - 5) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

pub(super) fn period(contents: &Contents, options: &ReportOptions<'_>) -> (Option<Date>, Option<Date>) {
    let times = contents.events.iter().filter_map(|event| event.time.as_ref());
    let days: Vec<Date> = times.flat_map(|time| [time.from, time.to]).flatten().collect();
    (options.since.or(days.iter().min().copied()), options.until.or(days.iter().max().copied()))
}

/// The summary with its attribution: added when the words leave a named holder out.
pub(super) fn sentence(summary: &str, affirming: &[&Claim]) -> String {
    let full = full_stop(&brief(summary));
    let [claim] = affirming else { return full };
    if !claim.is_reporting() {
        return full;
    }
    let Some((link, holder)) = claim.attribution.iter().rev().find_map(|link| Some((link, link.holder.as_deref()?)))
    else {
        return full;
    };
    let bare = |text: &str| text.to_lowercase().trim_start_matches("the ").to_owned();
    let has = |part: &str| !part.is_empty() && full.to_lowercase().contains(&bare(part));
    if has(holder) || link.cue.as_deref().is_some_and(has) {
        return full;
    }
    format!("{}, according to {}.", full.trim_end_matches('.'), words::source_name(holder))
}

/// The value of a side; days in words.
pub(crate) fn side_value(value: &str) -> String {
    let day = |text: &str| text.parse::<Date>().ok();
    if let Some((from, to)) = value.split_once('/').and_then(|(from, to)| day(from).zip(day(to))) {
        return words::days(from, to);
    }
    let (open, rest) = ["by ", "from "].iter().find_map(|w| Some((*w, value.strip_prefix(w)?))).unwrap_or(("", value));
    day(rest).map_or_else(|| value.to_owned(), |date| format!("{open}{}", words::day(date)))
}

pub(crate) fn full_stop(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', '…', '”']) { text.to_owned() } else { format!("{text}.") }
}

pub(crate) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or(String::new(), |first| first.to_uppercase().chain(rest).collect())
}
