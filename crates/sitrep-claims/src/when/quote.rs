//! Quotations: "we took it yesterday" counts from the day the words were said, when the text tells it.
//!
//! In: a passage and its times as settled. Out: which of them to count from another day, and which. Looks no further than one passage.

use jiff::civil::Date;
use sitrep_model::TimexType;

use super::find::Found;
use super::rules::{Gives, Rules};

/// A settled time.
pub(crate) struct Told<'f, 't> {
    pub(crate) found: &'f Found<'t>,
    pub(crate) days: Option<(Date, Date)>,
    pub(crate) kind: TimexType,
}

/// The day of speaking stands this near the quotation.
const REACH_BYTES: usize = 160;

/// For each "yesterday" inside quotation marks: its index and the day its speaker spoke.
pub(crate) fn days_of_speaking(rules: &Rules, text: &str, told: &[Told<'_, '_>]) -> Vec<(usize, Date)> {
    if !told.iter().any(|t| t.found.rule.gives == Gives::Deictic) {
        return Vec::new();
    }
    let quotes = quotes(text);
    let inside = |found: &Found<'_>| quotes.iter().find(|q| q.0 < found.start && found.end <= q.1);
    let mut out = Vec::new();
    for (at, one) in told.iter().enumerate().filter(|(_, t)| t.found.rule.gives == Gives::Deictic) {
        let Some(quote) = inside(one.found) else { continue };
        let spoken = told.iter().filter(|t| inside(t.found).is_none()).filter_map(|t| {
            let (from, to) = t.days.filter(|d| d.0 == d.1 && t.kind == TimexType::Date)?;
            let gap = if t.found.end <= quote.0 { t.found.end..quote.0 } else { quote.1..t.found.start };
            let near = gap.len() <= REACH_BYTES;
            // The verb stands on the same side of the quotation as the day, before or behind it.
            let side = if t.found.end <= quote.0 {
                text.floor_char_boundary(t.found.start.saturating_sub(60))..quote.0
            } else {
                quote.1..text.ceil_char_boundary((t.found.end + 30).min(text.len()))
            };
            let said = text.get(side).is_some_and(|s| rules.said.is_match(s));
            (near && said && from == to).then_some((gap.len(), from))
        });
        if let Some((_, day)) = spoken.min() {
            out.push((at, day));
        }
    }
    out
}

/// The stretches between quotation marks.
fn quotes(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, '"' | '“' | '”' | '„')) {
        match (open, mark) {
            (None, '"' | '“' | '„') => open = Some(at),
            (Some(start), '"' | '”' | '“') => {
                out.push((start, at));
                open = None;
            }
            _ => {}
        }
    }
    out
}
