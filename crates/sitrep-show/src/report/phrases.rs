//! Small phrases a report and the pages share: days of a dispute's side, how a date was known, full stops.
//!
//! In: nouns. Out: words. Never adds a fact.

use std::borrow::Cow;

use jiff::civil::Date;
use sitrep_model::{Claim, Contents, HowKnown};

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
    let shown: Vec<Cow<'_, str>> = paths.iter().copied().take(5).map(brief).collect();
    let more = if paths.len() > 5 { format!(" and {} more", paths.len() - 5) } else { String::new() };
    format!(
        "No publication date is known for {}{more}, so days without a year cannot be placed. Build again with \
         `--published YYYY-MM-DD` for one report, or with `--meta FILE.csv` for many.",
        shown.join(", ")
    )
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
