//! When a page was published: every sign weighed, the best kept, disagreement noted.
//!
//! In: signs, each of a kind. Out: [`Published`] or nothing. Never takes a date from furniture, and never a "last updated" for
//! the day of publication.

use jiff::civil::Date;
use sitrep_model::{HowKnown, Note, Page, Published};

use crate::dates::{self, Told};

/// How far a day is trusted that only machines are told while readers are shown that of a change: of the people who took down the
/// days of our reference pages, four in ten took the one shown.
const CHANGE_SHOWN: f64 = 0.6;

/// What kind of sign a date is, most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Given,
    /// `datePublished` of an article in JSON-LD.
    LinkedArticle,
    MetaPublished,
    Microdata,
    LinkedPage,
    LinkedBroken,
    TimePublished,
    LinkedOther,
    NamedNear,
    CueNear,
    TimeNear,
    /// The opening post's, as the thread's reader found it; it takes a day of editing for the day of posting now and then.
    OpeningPost,
    Carrier,
    Url,
    AloneNear,
    PlainNear,
    /// "3 hours ago" near the headline, with the day of saving known.
    Ago,
    MetaDated,
    CueFar,
    Remark,
    Script,
    LinkedCreated,
    NamedFar,
    TimeFar,
    AloneFar,
    /// A day of change, shown under the headline.
    ChangedNear,
    /// A day of change, by any other means.
    Changed,
}

impl Kind {
    /// How the model names it.
    pub(crate) fn how(self) -> HowKnown {
        match self {
            Kind::Given => HowKnown::Given,
            Kind::LinkedArticle | Kind::LinkedPage | Kind::LinkedBroken | Kind::LinkedOther | Kind::LinkedCreated => {
                HowKnown::JsonLd
            }
            Kind::MetaPublished | Kind::MetaDated => HowKnown::Meta,
            Kind::Microdata | Kind::TimePublished | Kind::TimeNear | Kind::TimeFar | Kind::OpeningPost => {
                HowKnown::TimeElement
            }
            Kind::Carrier => HowKnown::Carrier,
            Kind::Url => HowKnown::Url,
            Kind::Script | Kind::Remark => HowKnown::Script,
            _ => HowKnown::Text,
        }
    }

    /// Written by the publishing system for other machines.
    fn is_for_machines(self) -> bool {
        matches!(
            self,
            Kind::LinkedArticle
                | Kind::LinkedPage
                | Kind::LinkedBroken
                | Kind::LinkedOther
                | Kind::MetaPublished
                | Kind::Microdata
        )
    }

    /// A day shown near the headline with nothing to say what it is the day of.
    fn is_unlabelled(self) -> bool {
        matches!(self, Kind::NamedNear | Kind::TimeNear | Kind::AloneNear | Kind::PlainNear)
    }

    /// Shown to readers under the headline.
    fn is_shown(self) -> bool {
        matches!(
            self,
            Kind::TimePublished
                | Kind::Microdata
                | Kind::NamedNear
                | Kind::CueNear
                | Kind::TimeNear
                | Kind::AloneNear
                | Kind::PlainNear
        )
    }

    /// Far from the headline, or on a page without one.
    fn is_far(self) -> bool {
        matches!(self, Kind::CueFar | Kind::NamedFar | Kind::TimeFar | Kind::AloneFar)
    }

    /// How far it is trusted, 0 to 1: for the common kinds about the share of right days when this was the sign believed (the table
    /// is in `docs/what-sitrep-reads.md`), for the rare ones a judgement.
    pub(crate) fn confidence(self) -> f64 {
        match self {
            Kind::Given => 1.0,
            Kind::MetaPublished => 0.97,
            Kind::TimePublished | Kind::TimeNear | Kind::CueNear => 0.95,
            Kind::LinkedArticle | Kind::Url => 0.93,
            Kind::AloneNear | Kind::Carrier | Kind::OpeningPost => 0.9,
            Kind::Microdata | Kind::LinkedPage | Kind::NamedNear | Kind::LinkedCreated | Kind::PlainNear => 0.85,
            Kind::CueFar | Kind::TimeFar | Kind::AloneFar | Kind::NamedFar => 0.8,
            Kind::LinkedBroken | Kind::LinkedOther | Kind::MetaDated | Kind::Remark | Kind::Ago => 0.7,
            Kind::Script => 0.6,
            Kind::ChangedNear | Kind::Changed => 0.0,
        }
    }
}

/// One sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sign {
    pub(crate) kind: Kind,
    pub(crate) told: Told,
    /// How far from the headline it stands; 0 when it is not shown.
    pub(crate) distance: usize,
}

/// The signs about the day of publication, in the order they were found.
#[derive(Debug, Default)]
pub(crate) struct Signals(Vec<Sign>);

impl Signals {
    /// The signs that came with the page: the user's date and address, and the carrier's.
    pub(crate) fn given(page: &Page) -> Signals {
        let carrier = page.custody.carrier.as_deref();
        let url = page.meta.url.as_deref().or(carrier.and_then(|c| c.url.as_deref()));
        let signs = [
            (Kind::Given, page.meta.published),
            (Kind::Carrier, carrier.and_then(|c| c.published)),
            (Kind::Url, url.and_then(dates::date_in_url)),
        ];
        let mut signals = Signals::default();
        for (kind, date) in signs {
            signals.0.extend(date.map(|date| Sign { kind, told: Told { date, in_utc: false }, distance: 0 }));
        }
        signals
    }

    pub(crate) fn add(&mut self, kind: Kind, told: Told) {
        self.add_at(kind, told, 0);
    }

    /// A sign `distance` nodes from the headline.
    pub(crate) fn add_at(&mut self, kind: Kind, told: Told, distance: usize) {
        self.0.push(Sign { kind, told, distance });
    }

    pub(crate) fn add_day(&mut self, kind: Kind, date: Date) {
        self.add(kind, Told { date, in_utc: false });
    }

    pub(crate) fn append(&mut self, other: Signals) {
        self.0.extend(other.0);
    }

    pub(crate) fn all(&self) -> &[Sign] {
        &self.0
    }

    /// Signs of publication.
    pub(crate) fn published(&self) -> impl Iterator<Item = &Sign> {
        self.0.iter().filter(|sign| sign.kind < Kind::ChangedNear)
    }

    /// The first day of change told.
    pub(crate) fn modified(&self) -> Option<Date> {
        self.0.iter().find(|sign| sign.kind >= Kind::ChangedNear).map(|sign| sign.told.date)
    }

    /// The sign to believe. One for machines that equals the day of change gives way to an earlier day shown under the headline: a
    /// system that was moved stamps every page anew. A day shown without a word of what it is counts for nothing when it is also
    /// shown as the day of change; days far from the headline that differ are those of a list of other pages.
    pub(crate) fn chosen(&self) -> Option<Sign> {
        let changed = |date: Date, from: Kind| self.0.iter().any(|s| s.kind >= from && s.told.date == date);
        let shown_change: Vec<Date> =
            self.0.iter().filter(|s| s.kind == Kind::ChangedNear).map(|s| s.told.date).collect();
        let mut far: Vec<Date> = self.published().filter(|s| s.kind.is_far()).map(|s| s.told.date).collect();
        far.dedup();
        let told = |s: &&Sign| {
            !(s.kind.is_unlabelled() && shown_change.contains(&s.told.date) || s.kind.is_far() && far.len() > 1)
        };
        let mut signs: Vec<Sign> = self.published().filter(told).copied().collect();
        signs.sort_by_key(|sign| (sign.kind, if sign.kind.is_shown() { sign.distance } else { 0 }));
        let first = *signs.first()?;
        if !first.kind.is_for_machines() {
            return Some(first);
        }
        let days_later = |s: &&&Sign| (first.told.date - s.told.date).get_days();
        let shown: Vec<&Sign> = signs.iter().filter(|s| s.kind.is_shown()).collect();
        let same = shown.iter().any(|s| s.told.date == first.told.date);
        // The day readers are shown is the outlet's own; Greenwich may have been a day ahead or behind.
        let local = shown.iter().find(|s| first.told.in_utc && days_later(s).abs() == 1);
        let stamped = changed(first.told.date, Kind::ChangedNear);
        let earlier = shown.iter().find(|s| stamped && days_later(s) > 1);
        Some(local.or(earlier).filter(|_| !same).map_or(first, |s| **s))
    }

    /// The day of a change that readers are shown under the headline, when they are not shown `date`, which only machines are told.
    fn only_change_shown(&self, kind: Kind, date: Date) -> Option<Date> {
        if !kind.is_for_machines() || self.0.iter().any(|s| s.kind.is_shown() && s.told.date == date) {
            return None;
        }
        let changed = |s: &&Sign| self.0.iter().any(|c| c.kind >= Kind::ChangedNear && c.told.date == s.told.date);
        let mut shown = self.0.iter().filter(|s| s.kind == Kind::ChangedNear || s.kind.is_shown());
        shown.find(|s| s.told.date != date && changed(s)).map(|s| s.told.date)
    }

    /// The day of publication as the sign to believe has it; what others say differently is noted.
    pub(crate) fn best(&self, notes: &mut Vec<Note>) -> Option<Published> {
        let Sign { kind, told: Told { date, .. }, .. } = self.chosen()?;
        let mut trust = kind.confidence();
        let mut told: Vec<Date> = Vec::new();
        let mut others: Vec<&Sign> = self.published().collect();
        others.sort_by_key(|sign| sign.kind);
        for other in others {
            let said = other.told.date;
            // One day apart is the time zone; the address is often a day early. Neither is worth a remark.
            let apart_days = (said - date).get_days().abs();
            if apart_days > 1 && !told.contains(&said) {
                told.push(said);
                let message = format!(
                    "published {date} by {:?}, but {said} by {:?}; kept the first",
                    kind.how(),
                    other.kind.how()
                );
                notes.push(Note::new("publication-dates-differ", message));
                if kind != Kind::Given {
                    trust = (trust - 0.1).max(0.3);
                }
            }
        }
        if let Some(change) = self.only_change_shown(kind, date) {
            let message =
                format!("published {date} by {:?}; readers are shown only {change}, the day of a change", kind.how());
            notes.push(Note::new("publication-not-shown", message));
            trust = trust.min(CHANGE_SHOWN);
        }
        Some(Published { date, how: kind.how(), confidence: trust })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn chosen(signs: &[(Kind, Date)]) -> Option<(Date, Kind)> {
        let mut signals = Signals::default();
        for (kind, date) in signs {
            signals.add_day(*kind, *date);
        }
        signals.chosen().map(|s| (s.told.date, s.kind))
    }

    #[test]
    fn the_best_sign_wins_and_disagreement_is_noted() {
        let mut signals = Signals::default();
        signals.add_day(Kind::AloneNear, date(2017, 11, 20));
        signals.add_day(Kind::MetaPublished, date(2017, 11, 9));
        signals.add_day(Kind::Url, date(2017, 11, 8));
        let mut notes = Vec::new();
        let best = signals.best(&mut notes).unwrap();
        assert_eq!((best.date, best.how), (date(2017, 11, 9), HowKnown::Meta));
        assert_eq!(notes.len(), 1);
        assert!(best.confidence < Kind::MetaPublished.confidence());
    }

    #[test]
    fn a_day_of_change_is_never_the_day_of_publication() {
        let (first, later) = (date(2031, 5, 4), date(2031, 9, 1));
        assert_eq!(chosen(&[(Kind::Changed, later)]), None);
        assert_eq!(chosen(&[(Kind::ChangedNear, later), (Kind::NamedNear, later)]), None);
        assert_eq!(chosen(&[(Kind::Changed, later), (Kind::NamedNear, later)]), Some((later, Kind::NamedNear)));
        let moved = [(Kind::LinkedArticle, later), (Kind::Changed, later), (Kind::CueNear, first)];
        assert_eq!(chosen(&moved), Some((first, Kind::CueNear)));
        let updated = [(Kind::LinkedArticle, first), (Kind::Changed, later), (Kind::NamedNear, later)];
        assert_eq!(chosen(&updated), Some((first, Kind::LinkedArticle)));
    }

    #[test]
    fn the_outlet_s_own_day_beats_that_of_greenwich() {
        let mut signals = Signals::default();
        signals.add(Kind::MetaPublished, Told { date: date(2031, 5, 5), in_utc: true });
        signals.add_day(Kind::CueNear, date(2031, 5, 4));
        assert_eq!(signals.chosen().unwrap().told.date, date(2031, 5, 4));
    }

    #[test]
    fn days_of_a_list_are_no_day_of_the_page() {
        let (one, other) = (date(2031, 5, 4), date(2031, 6, 1));
        assert_eq!(chosen(&[(Kind::CueFar, one), (Kind::TimeFar, one)]), Some((one, Kind::CueFar)));
        assert_eq!(chosen(&[(Kind::CueFar, one), (Kind::TimeFar, other)]), None);
        assert_eq!(
            chosen(&[(Kind::AloneFar, one), (Kind::AloneFar, other), (Kind::Script, one)]),
            Some((one, Kind::Script))
        );
    }

    #[test]
    fn a_day_that_only_machines_are_told_is_trusted_less_where_readers_see_another() {
        let mut signals = Signals::default();
        signals.add_day(Kind::LinkedArticle, date(2031, 5, 4));
        signals.add_day(Kind::ChangedNear, date(2031, 9, 1));
        let mut notes = Vec::new();
        let best = signals.best(&mut notes).unwrap();
        assert_eq!((best.date, best.confidence), (date(2031, 5, 4), CHANGE_SHOWN));
        assert_eq!(notes[0].code, "publication-not-shown");
        signals.add_day(Kind::NamedNear, date(2031, 5, 4));
        assert!(signals.best(&mut Vec::new()).unwrap().confidence > CHANGE_SHOWN);
    }

    #[test]
    fn nothing_known_stays_unknown() {
        assert_eq!(Signals::default().best(&mut Vec::new()), None);
    }
}
