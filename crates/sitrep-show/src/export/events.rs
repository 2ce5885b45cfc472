//! What several formats ask of an event: its accounts with their documents, its sides, its days, its words on one line.
//!
//! In: an event and an index. Out: references and short texts. Never a value that no claim gave.

use jiff::civil::Date;
use sitrep_model::{Account, ActorRef, Claim, Document, Event, Polarity, Stance, Status};

use crate::index::Index;

/// An account with what it rests on.
pub(super) struct Told<'c> {
    pub(super) account: &'c Account,
    pub(super) claim: &'c Claim,
    pub(super) document: &'c Document,
}

/// The accounts whose claim and document are in this selection, those that affirm first; of each kind the earliest published first.
pub(super) fn told<'c>(event: &'c Event, index: &Index<'c>) -> Vec<Told<'c>> {
    let one = |account: &'c Account| {
        let claim = index.claim(account.claim_id.as_str())?;
        Some(Told { account, claim, document: index.document(account.document.as_str())? })
    };
    let mut told: Vec<Told<'_>> = event.accounts.iter().filter_map(one).collect();
    told.sort_by_key(|it| {
        let published = it.document.published.as_ref().map_or(Date::MAX, |it| it.date);
        (it.claim.voice == sitrep_model::Voice::Comment, it.account.stance != Stance::Affirms, published)
    });
    told
}

/// How real the deed is by its best account: `occurred` where a report says it was done, else what they say instead, joined by `; `.
pub(super) fn status(told: &[Told<'_>]) -> String {
    if is_done(told) {
        return Status::Occurred.as_str().to_owned();
    }
    let mut all: Vec<Status> = told.iter().map(|it| it.claim.status).collect();
    all.sort_unstable();
    all.dedup();
    all.iter().map(|status| status.as_str()).collect::<Vec<_>>().join("; ")
}

/// Whether a report, not only a reader, says that it happened or goes on. Sets of coded events hold no other.
pub(super) fn is_done(told: &[Told<'_>]) -> bool {
    told.iter().any(|it| {
        it.account.stance == Stance::Affirms
            && it.claim.is_reporting()
            && it.claim.polarity == Polarity::Affirmed
            && matches!(it.claim.status, Status::Occurred | Status::Ongoing)
    })
}

/// The first and last day, when any is known; one where only one end is.
pub(super) fn days(event: &Event) -> Option<(Date, Date)> {
    let time = event.time.as_ref()?;
    Some((time.from.or(time.to)?, time.to.or(time.from)?))
}

/// Whether only one end of its time is known.
pub(super) fn is_open(event: &Event) -> bool {
    event.time.as_ref().is_some_and(|time| time.from.is_some() != time.to.is_some())
}

/// Names joined by `; `.
pub(super) fn names(actors: &[ActorRef]) -> String {
    actors.iter().map(|actor| actor.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// Fields in dispute, joined by `, `.
pub(super) fn disputed(event: &Event, index: &Index<'_>) -> String {
    let fields = event.disputes.iter().filter_map(|id| index.dispute(id.as_str())).map(|it| it.field.as_str());
    fields.collect::<Vec<_>>().join(", ")
}

/// How many of the quantity `kind` (`killed`, `wounded`), running totals left out: the lowest, the most often told (the lower of
/// two told equally often), the highest; `None` when nobody counts them.
pub(super) fn count(event: &Event, kind: &str) -> Option<[u64; 3]> {
    range(event.quantities.iter().filter(|it| it.kind == kind && !it.cumulative))
}

/// Lowest, most often told and highest of these numbers; an open end is the nearest number told.
pub(super) fn range<'q>(quantities: impl Iterator<Item = &'q sitrep_model::Quantity>) -> Option<[u64; 3]> {
    let whole = |value: Option<f64>| value.filter(|it| it.is_finite() && *it >= 0.0).map(|it| it.round() as u64);
    let mut all: Vec<u64> = Vec::new();
    let mut best: std::collections::BTreeMap<u64, usize> = std::collections::BTreeMap::new();
    for quantity in quantities {
        let told = [whole(quantity.low), whole(quantity.best), whole(quantity.high)];
        all.extend(told.iter().flatten());
        if let Some(value) = told[1].or(told[0]).or(told[2]) {
            *best.entry(value).or_default() += 1;
        }
    }
    let most = best.values().max()?;
    let best = best.iter().find(|(_, n)| *n == most).map(|(value, _)| *value)?;
    Some([all.iter().min().copied()?, best, all.iter().max().copied()?])
}

/// The text on one line: runs of white space, tabs and line ends among them, become one blank; other control characters go.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Text for HTML and XML: markup escaped, characters XML forbids replaced by `�`.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitrep_model::Quantity;

    fn told(low: Option<f64>, best: Option<f64>, high: Option<f64>) -> Quantity {
        Quantity { text: String::new(), kind: "killed".into(), low, best, high, of: None, cumulative: false }
    }

    #[test]
    fn the_number_most_often_told_is_best_and_the_lower_of_two() {
        let all = [told(None, Some(12.0), None), told(None, Some(15.0), None), told(Some(10.0), None, None)];
        assert_eq!(range(all.iter()), Some([10, 10, 15]));
        let twice = [told(None, Some(15.0), None), told(None, Some(15.0), None), told(None, Some(12.0), None)];
        assert_eq!(range(twice.iter()), Some([12, 15, 15]));
        assert_eq!(range([told(None, None, None)].iter()), None);
        assert_eq!(range([told(None, Some(f64::NAN), None)].iter()), None);
    }

    #[test]
    fn tabs_and_line_ends_become_blanks() {
        assert_eq!(one_line(" a\tb\r\n\u{2028}c\u{0}d "), "a b c d");
        assert_eq!(escaped("<a b='1'>\u{1B}\n"), "&lt;a b=&#39;1&#39;&gt;\u{FFFD} ");
    }
}
