//! Lines that no passage holds and that still date something: a year alone on its line above what happened in it, and the line that
//! tells the day of publication.
//!
//! In: a document and its parts. Out: further parts, in their place. A year below the last paragraph is the page's, not the story's.

use sitrep_model::Document;

use super::rules::{Gives, Rules};
use super::{Part, find, settle};

/// Lines longer than this say more than a day.
const LONGEST_BYTES: usize = 60;

/// Adds the lines of `document` that lie between, or above, its parts.
pub(super) fn add<'d>(rules: &Rules, document: &'d Document, parts: &mut Vec<Part<'d>>) {
    let Some(last) = parts.iter().filter(|p| p.comment.is_none()).map(|p| p.start as usize).max() else { return };
    let body = parts.iter().filter(|p| p.comment.is_none() && !p.headline && !p.heading && !p.dateline);
    let first = body.map(|p| p.start as usize).min().unwrap_or(last);
    let mut held: Vec<(usize, usize)> =
        parts.iter().map(|p| (p.start as usize, p.start as usize + p.text.len())).collect();
    held.sort_unstable();
    let mut added: Vec<Part<'d>> = Vec::new();
    let mut at = 0;
    for line in document.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if start >= last {
            break;
        }
        let text = line.trim();
        if text.is_empty() || text.len() > LONGEST_BYTES || !text.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        let start = start + (line.len() - line.trim_start().len());
        let before = held[..held.partition_point(|h| h.0 <= start)].last();
        if before.is_some_and(|h| h.1 > start) {
            continue;
        }
        if lone_year(text) || whole_date(rules, document, text, start < first) {
            let heading = lone_year(text);
            let Ok(start) = u32::try_from(start) else { break };
            added.push(Part { text, comment: None, headline: false, heading, dateline: !heading, line: true, start });
        }
    }
    if !added.is_empty() {
        parts.append(&mut added);
        parts.sort_by_key(|p| (p.comment.is_some(), if p.comment.is_some() { 0 } else { p.start }));
    }
}

fn lone_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1000..2100).contains(&year))
}

/// Whether the line is one whole date: any above the article's first paragraph, that of the publication anywhere.
fn whole_date(rules: &Rules, document: &Document, text: &str, above: bool) -> bool {
    let published = document.published.as_ref().map(|p| p.date);
    let found = find::find(rules, text, false);
    let [one] = found.as_slice() else { return false };
    let whole = one.start == 0 && text[one.end..].chars().all(|c| matches!(c, '.' | ':' | '-' | '–' | '—' | ' '));
    match one.rule.gives {
        Gives::Date => {
            let day = settle::spelled(rules, one).point.date();
            whole && day.is_some() && (above || day == published)
        }
        Gives::Numeric => whole && above,
        _ => false,
    }
}
