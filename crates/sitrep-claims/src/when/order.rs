//! Whether a document's dates in numbers put the month or the day first.
//!
//! In: the document and what was found. Out: an answer when a date of its own settles it, or else the address of its outlet.
//! Never guesses for a whole country from the language.

use sitrep_model::Document;

use super::find::Found;
use super::rules::{Gives, Rules};

/// Month first, day first, or nobody knows.
pub(crate) fn month_first(rules: &Rules, document: &Document, found: &[Vec<Found<'_>>]) -> Option<bool> {
    let (mut month_first, mut day_first) = (false, false);
    for one in found.iter().flatten().filter(|f| f.rule.gives == Gives::Numeric) {
        let number = |group: &str| one.caught.get(group).and_then(|n| n.parse::<u8>().ok());
        if let (Some(a), Some(b)) = (number("a"), number("b")) {
            month_first |= a <= 12 && b > 12;
            day_first |= a > 12 && b <= 12;
        }
    }
    match (month_first, day_first) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => outlet(rules, document),
    }
}

fn outlet(rules: &Rules, document: &Document) -> Option<bool> {
    let address = document.outlet.as_deref().filter(|o| o.contains('.')).or(document.url.as_deref())?;
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', ':', '?']).next()?;
    let end = host.rsplit('.').next()?.to_lowercase();
    match (rules.code("month_first", &end), rules.code("day_first", &end)) {
        (Some(_), _) => Some(true),
        (_, Some(_)) => Some(false),
        _ => None,
    }
}
