//! A claim made ready for comparing with others: folded names, days as numbers, words as sets.
//!
//! In: one claim and its document. Out: [`Fact`]. Looks at no other claim.

use std::collections::BTreeSet;
use std::rc::Rc;

use sitrep_model::{Anchor, Claim, Date, Document, EventType, Span, Status};

use super::family::{Family, family};
use super::shared::SharedText;
use crate::names::{PlaceKey, actor_keys, actor_name, content_words};

/// Whether a claim tells of something real, meant, or foreseen. Claims of different sorts are never one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reality {
    /// Occurred or going on.
    Real,
    /// Planned, announced, ordered, threatened.
    Meant,
    /// Forecast, conditional, only thought of.
    Foreseen,
}

/// The days a claim may speak of, counted from 1970-01-01; an absent end is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Days {
    /// First possible day.
    pub first: Option<i32>,
    /// Last possible day.
    pub last: Option<i32>,
}

/// One claim, ready for comparing.
#[derive(Debug, Clone)]
pub(crate) struct Fact<'c> {
    /// The claim.
    pub claim: &'c Claim,
    /// Its document, when the record has it.
    pub document: Option<&'c Document>,
    /// Types it may be fused with.
    pub family: &'static Family,
    /// Real, meant or foreseen.
    pub reality: Reality,
    /// Whether the article speaks, not a reader.
    pub is_reporting: bool,
    /// When, by its own words.
    pub days: Days,
    /// Day of publication.
    pub published: Option<i32>,
    /// Where.
    pub at: PlaceKey,
    /// Where it came from.
    pub origin: PlaceKey,
    /// Where it was heading.
    pub toward: PlaceKey,
    /// Keys of those who did it.
    pub actors: BTreeSet<String>,
    /// Keys of the bodies they belong to.
    pub bodies: BTreeSet<String>,
    /// Keys of those it was done to.
    pub targets: BTreeSet<String>,
    /// The operation's name, folded.
    pub operation: Option<String>,
    /// Content words of the passage.
    pub quote_words: BTreeSet<String>,
    /// Content words of its sentence.
    pub sentence_words: BTreeSet<String>,
    /// What its report shares with others; nothing unless told.
    pub shared: Rc<SharedText>,
}

/// Words longer than this many bytes are a page gone wrong, not a sentence.
const LONGEST_SENTENCE_BYTES: usize = 2000;

impl<'c> Fact<'c> {
    /// Makes a claim ready.
    pub(crate) fn new(claim: &'c Claim, document: Option<&'c Document>) -> Fact<'c> {
        let sentence = Span { start: claim.sentence_start, end: claim.sentence_end };
        let sentence = document.map_or("", |d| sentence.of(&d.text));
        let published = document.and_then(|d| d.published.as_ref()).map(|p| day_number(p.date));
        Fact {
            claim,
            document,
            family: family(claim.event),
            reality: reality(claim),
            is_reporting: claim.is_reporting(),
            days: days(claim),
            published,
            at: PlaceKey::of(claim.place.as_ref()),
            origin: PlaceKey::of(claim.origin.as_ref()),
            toward: PlaceKey::of(claim.destination.as_ref()),
            bodies: claim.actors.iter().flat_map(|a| &a.member_of).map(|name| actor_name(name)).collect(),
            actors: claim.actors.iter().flat_map(actor_keys).collect(),
            targets: claim.targets.iter().flat_map(actor_keys).collect(),
            operation: claim
                .operation
                .as_deref()
                .map(|name| crate::names::words(name).concat())
                .filter(|n| !n.is_empty()),
            quote_words: content_words(cut(&claim.quote)),
            sentence_words: content_words(cut(sentence)),
            shared: Rc::default(),
        }
    }

    /// The event type.
    pub(crate) fn event(&self) -> EventType {
        self.claim.event
    }

    /// Whether the type is one of `codes`.
    pub(crate) fn is(&self, codes: &[&str]) -> bool {
        codes.contains(&self.claim.event.as_str())
    }

    /// The days it may speak of for blocking, always closed: an open end reaches two weeks, and a claim without a day is taken
    /// to speak of the two weeks before its publication. `None` when nothing dates it at all.
    pub(crate) fn assumed_days(&self) -> Option<(i32, i32)> {
        const REACH_DAYS: i32 = 14;
        match (self.days.first, self.days.last) {
            (Some(first), Some(last)) => Some((first, last)),
            (Some(first), None) => Some((first, first.saturating_add(REACH_DAYS))),
            (None, Some(last)) => Some((last.saturating_sub(REACH_DAYS), last)),
            (None, None) => self.published.map(|day| (day.saturating_sub(REACH_DAYS), day)),
        }
    }

    /// The last day it may speak of: its own, or the day of publication.
    pub(crate) fn latest_day(&self) -> Option<i32> {
        self.days.last.or(self.published).or(self.days.first)
    }

    /// Whether the two share an actor, or one's actor belongs to the other's.
    pub(crate) fn shares_actor(&self, other: &Fact<'_>) -> bool {
        !self.actors.is_disjoint(&other.actors)
            || !self.actors.is_disjoint(&other.bodies)
            || !self.bodies.is_disjoint(&other.actors)
    }

    /// The distance it tells, in kilometres: from the place it names, or as a quantity.
    pub(crate) fn distance_km(&self) -> Option<f64> {
        let quantity = || self.claim.quantities.iter().find(|q| q.kind == "distance_km").and_then(|q| q.best);
        self.at.distance_km.or_else(quantity)
    }

    /// Who published it: the outlet, or the host of the address.
    pub(crate) fn publisher(&self) -> Option<String> {
        let document = self.document?;
        let host = || {
            let address = document.url.as_deref()?;
            let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
            rest.split(['/', '?', '#']).next().map(|host| host.trim_start_matches("www.").to_owned())
        };
        let outlet = document.outlet.clone().or_else(host)?;
        Some(crate::names::words(&outlet).concat()).filter(|name| !name.is_empty())
    }

    /// Whether both passages stand in one sentence.
    pub(crate) fn same_sentence(&self, other: &Fact<'_>) -> bool {
        self.claim.document == other.claim.document
            && self.claim.sentence_start.max(other.claim.sentence_start)
                < self.claim.sentence_end.min(other.claim.sentence_end)
    }
}

/// Days since 1970-01-01.
pub(crate) fn day_number(date: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    (date - epoch).get_days()
}

fn reality(claim: &Claim) -> Reality {
    match claim.status {
        Status::Occurred | Status::Ongoing => Reality::Real,
        Status::Planned | Status::Announced | Status::Ordered | Status::Threatened => Reality::Meant,
        Status::Conditional | Status::Forecast | Status::Hypothetical => Reality::Foreseen,
    }
}

fn days(claim: &Claim) -> Days {
    let Some(time) = &claim.time else { return Days::default() };
    let (mut first, last) = (time.from.map(day_number), time.to.map(day_number));
    // A day taken from the report's own date is no more than "by then".
    const BY_THEN_DAYS: i32 = 3;
    if time.text.is_none() && time.anchor == Anchor::Published {
        first = first.map(|day| day.saturating_sub(BY_THEN_DAYS));
    }
    Days { first, last }
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(LONGEST_SENTENCE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
