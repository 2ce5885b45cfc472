//! When a page was published: every signal weighed, the best kept, disagreement noted.
//!
//! In: signals, each with how it was known. Out: [`Published`] or nothing. Never takes a date from furniture, and never a
//! "last updated" for the day of publication.

use jiff::civil::Date;
use sitrep_model::{HowKnown, Note, Page, Published};

use crate::dates;

/// How far each way of knowing is trusted, 0 to 1. Set by judgement: structured markup written by the publishing system beats
/// what a page shows, and both beat an address, which keeps the day of the first draft.
pub(crate) fn confidence(how: HowKnown) -> f64 {
    match how {
        HowKnown::Given => 1.0,
        HowKnown::JsonLd => 0.95,
        HowKnown::Meta => 0.9,
        HowKnown::Carrier => 0.9,
        HowKnown::TimeElement => 0.8,
        HowKnown::Url => 0.75,
        HowKnown::Text => 0.7,
    }
}

/// The signals about the day of publication, in the order they were found.
#[derive(Debug, Default)]
pub(crate) struct Signals(Vec<(HowKnown, Date)>);

impl Signals {
    /// The signals that came with the page: the user's date and address, and the carrier's.
    pub(crate) fn given(page: &Page) -> Signals {
        let carrier = page.custody.carrier.as_deref();
        let url = page.meta.url.as_deref().or(carrier.and_then(|c| c.url.as_deref()));
        let signals = [
            (HowKnown::Given, page.meta.published),
            (HowKnown::Carrier, carrier.and_then(|c| c.published)),
            (HowKnown::Url, url.and_then(dates::date_in_url)),
        ];
        Signals(signals.into_iter().filter_map(|(how, date)| Some((how, date?))).collect())
    }

    pub(crate) fn add(&mut self, how: HowKnown, date: Date) {
        self.0.push((how, date));
    }

    /// The best signal; the first of its kind when several say differently.
    pub(crate) fn best(mut self, notes: &mut Vec<Note>) -> Option<Published> {
        self.0.sort_by_key(|(how, _)| *how);
        let (how, date) = *self.0.first()?;
        let mut trust = confidence(how);
        let mut told: Vec<Date> = Vec::new();
        for (other, said) in self.0.iter().skip(1) {
            // One day apart is the time zone; the address is often a day early. Neither is worth a remark.
            let apart_days = (*said - date).get_days().abs();
            if apart_days > 1 && !told.contains(said) {
                told.push(*said);
                let message = format!("published {date} by {how:?}, but {said} by {other:?}; kept the first");
                notes.push(Note::new("publication-dates-differ", message));
                if how != HowKnown::Given {
                    trust = (trust - 0.1).max(0.3);
                }
            }
        }
        Some(Published { date, how, confidence: trust })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_best_signal_wins_and_disagreement_is_noted() {
        let mut signals = Signals::default();
        signals.add(HowKnown::Text, date(2017, 11, 20));
        signals.add(HowKnown::Meta, date(2017, 11, 9));
        signals.add(HowKnown::Url, date(2017, 11, 8));
        let mut notes = Vec::new();
        let best = signals.best(&mut notes).unwrap();
        assert_eq!((best.date, best.how), (date(2017, 11, 9), HowKnown::Meta));
        assert_eq!(notes.len(), 1);
        assert!(best.confidence < confidence(HowKnown::Meta));
    }

    #[test]
    fn nothing_known_stays_unknown() {
        assert_eq!(Signals::default().best(&mut Vec::new()), None);
    }
}
