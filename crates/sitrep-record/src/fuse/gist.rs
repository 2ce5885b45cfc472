//! What comparing needs of a claim, and no more: names and words as numbers, days as numbers, places as keys.
//!
//! In: one claim and the sentence it stands in. Out: [`Gist`], some hundreds of bytes, so that a million of them can be held at once.
//! Looks at no other claim; holds no text.

use serde::{Deserialize, Serialize};
use sitrep_model::{ActorRef, Anchor, Claim, ClaimId, EventType, Quantity, Status};

use super::fact::day_number;
use super::family::{Family, family};
use super::holding::Says;
use crate::keys::{Keys, key};
use crate::names::{PlaceKey, actor_keys, actor_name, content_words, is_bare_description};

/// Whether a claim tells of something real, meant, or foreseen. Claims of different sorts are never one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Reality {
    /// Occurred or going on.
    Real,
    /// Planned, announced, ordered, threatened.
    Meant,
    /// Forecast, conditional, only thought of.
    Foreseen,
}

/// The days a claim may speak of, counted from 1970-01-01; an absent end is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Days {
    /// First possible day.
    pub first: Option<i32>,
    /// Last possible day.
    pub last: Option<i32>,
}

/// A count it tells: of what, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Count {
    /// Key of what is counted, and of which group.
    pub kind: u64,
    /// The best number.
    pub best: u32,
}

/// One claim, ready for comparing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Gist {
    /// The claim's id as a number; gists sort as their claims do.
    pub id: u64,
    /// Its document's id as a number.
    pub document: u64,
    /// Its sentence in the document, in bytes.
    pub sentence: (u32, u32),
    /// Its passage there.
    pub passage: (u32, u32),
    /// What it tells of.
    pub event: EventType,
    /// Types it may be fused with.
    #[serde(skip, default = "any_family")]
    pub family: &'static Family,
    /// Real, meant or foreseen.
    pub reality: Reality,
    /// Whether the article speaks, not a reader.
    pub is_reporting: bool,
    /// Told as happening once more.
    pub again: bool,
    /// What it says of who holds its place.
    pub says: Option<Says>,
    /// Whether it tells of movement.
    pub tells_of_movement: bool,
    /// The claim it speaks about, in its own document.
    pub about: Option<u64>,
    /// Whether an actor is one of the list, not only a name.
    pub is_listed: bool,
    /// When, by its own words.
    pub days: Days,
    /// Day of publication.
    pub published: Option<i32>,
    /// Where.
    pub at: PlaceKey,
    /// Where it was heading.
    pub toward: PlaceKey,
    /// Kilometres it tells as a number.
    pub told_km: Option<f64>,
    /// Keys of those who did it.
    pub actors: Keys,
    /// Those of them that are no names but descriptions: "the army".
    pub described: Keys,
    /// Keys of the bodies they belong to.
    pub bodies: Keys,
    /// Keys of those it was done to.
    pub targets: Keys,
    /// The operation's name.
    pub operation: Option<u64>,
    /// Counts, but for running totals and distances.
    pub counts: Box<[Count]>,
    /// Content words of the passage, weighed.
    pub quote_words: Keys,
    /// Content words of its sentence, when they are others: most passages are a whole sentence.
    around_words: Option<Keys>,
}

/// Words longer than this many bytes are a page gone wrong, not a sentence.
const LONGEST_SENTENCE_BYTES: usize = 2000;

impl Gist {
    /// The gist of a claim that stands in `sentence` of a page published on the day `published`.
    pub(crate) fn of(claim: &Claim, sentence: &str, published: Option<i32>) -> Gist {
        let operation = claim.operation.as_deref().map(|name| crate::names::words(name).concat());
        let words = |text: &str| Keys::of_words(content_words(cut(text)));
        let quote_words = words(&claim.quote);
        let distance = claim.quantities.iter().find(|quantity| quantity.kind == "distance_km");
        Gist {
            id: number(claim.claim_id.as_str()),
            document: number(claim.document.as_str()),
            sentence: (claim.sentence_start, claim.sentence_end),
            passage: (claim.start, claim.end),
            event: claim.event,
            family: family(claim.event),
            reality: reality(claim),
            is_reporting: claim.is_reporting(),
            again: claim.again,
            says: None,
            tells_of_movement: false,
            about: claim.about.as_ref().map(|id| number(id.as_str())),
            is_listed: claim.actors.iter().any(|actor| actor.actor_id.is_some()),
            days: days(claim),
            published,
            at: PlaceKey::of(claim.place.as_ref()),
            toward: PlaceKey::of(claim.destination.as_ref()),
            told_km: distance.and_then(|quantity| quantity.best),
            actors: Keys::of(claim.actors.iter().flat_map(actor_keys)),
            bodies: Keys::of(claim.actors.iter().flat_map(|a| &a.member_of).map(|name| actor_name(name))),
            targets: Keys::of(claim.targets.iter().flat_map(actor_keys)),
            operation: operation.filter(|name| !name.is_empty()).map(|name| key(&name)),
            described: Keys::of(claim.actors.iter().filter(|a| is_described(a)).flat_map(actor_keys)),
            counts: counts(claim),
            around_words: Some(words(sentence)).filter(|around| *around != quote_words),
            quote_words,
        }
    }

    /// As it is kept in a row.
    pub(crate) fn packed(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("a gist is numbers and short texts")
    }

    /// Out of a row; `None` when it is damaged.
    pub(crate) fn unpacked(row: &[u8]) -> Option<Gist> {
        let gist: Gist = postcard::from_bytes(row).ok()?;
        Some(Gist { family: family(gist.event), ..gist })
    }

    /// Content words of its sentence.
    pub(crate) fn sentence_words(&self) -> &Keys {
        self.around_words.as_ref().unwrap_or(&self.quote_words)
    }

    /// The event type.
    pub(crate) fn event(&self) -> EventType {
        self.event
    }

    /// Whether the type is one of `codes`.
    pub(crate) fn is(&self, codes: &[&str]) -> bool {
        codes.contains(&self.event.as_str())
    }

    /// The same for codes of a list that was read.
    pub(crate) fn is_one_of(&self, codes: &[String]) -> bool {
        codes.iter().any(|code| code == self.event.as_str())
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
    pub(crate) fn shares_actor(&self, other: &Gist) -> bool {
        !self.actors.is_disjoint(&other.actors)
            || !self.actors.is_disjoint(&other.bodies)
            || !self.bodies.is_disjoint(&other.actors)
    }

    /// The distance it tells, in kilometres: from the place it names, or as a quantity.
    pub(crate) fn distance_km(&self) -> Option<f64> {
        self.at.distance_km.or(self.told_km)
    }

    /// Whether both passages stand in one sentence.
    pub(crate) fn same_sentence(&self, other: &Gist) -> bool {
        self.document == other.document && self.sentence.0.max(other.sentence.0) < self.sentence.1.min(other.sentence.1)
    }
}

/// Stands in until the event is read.
fn any_family() -> &'static Family {
    super::family::first()
}

/// The number in an id ("c_0123456789abcdef"), or the hash of one of another form.
pub(crate) fn number(id: &str) -> u64 {
    let digits = id.split_once('_').map(|(_, digits)| digits).filter(|digits| digits.len() == 16);
    digits.and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_else(|| key(id))
}

/// An id of that number, as text.
pub(crate) fn id_text(prefix: char, number: u64) -> String {
    format!("{prefix}_{number:016x}")
}

/// The id of the claim of a number.
pub(crate) fn claim_id(number: u64) -> ClaimId {
    ClaimId::known(&id_text('c', number))
}

/// Whether an actor is no more than described.
fn is_described(actor: &ActorRef) -> bool {
    actor.actor_id.is_none() && is_bare_description(&actor.name)
}

fn counts(claim: &Claim) -> Box<[Count]> {
    /// More counts than this are a table, not a sentence.
    const MOST: usize = 8;
    let own = claim.quantities.iter().filter(|quantity| !quantity.cumulative && quantity.kind != "distance_km");
    let count = |quantity: &Quantity| {
        let of = quantity.of.as_deref().map(actor_name).unwrap_or_default();
        let best = quantity.best.filter(|best| (1.0..1e9).contains(best))?;
        Some(Count { kind: key(&format!("{} {of}", quantity.kind)), best: best as u32 })
    };
    own.filter_map(count).take(MOST).collect()
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
