//! Events, accounts, disputes and links: what many claims make together.
//!
//! In: nothing. Out: the rows a record derives. Disagreement is kept; nothing is averaged.

use serde::{Deserialize, Serialize};

use crate::source::codes;
use crate::{ActorRef, ClaimId, DisputeId, DocumentId, EventId, EventType, Place, Quantity, Reliability, Time};

codes! {
    /// How an account stands to its event.
    Stance {
        /// Says it happened.
        Affirms = "affirms",
        /// Says it did not.
        Denies = "denies",
        /// Doubts it.
        Doubts = "doubts",
        /// Was silent about it.
        NoComment = "no_comment",
    }
}

codes! {
    /// What a dispute is about.
    DisputeField {
        /// When.
        Date = "date",
        /// Where.
        Place = "place",
        /// Who.
        Actor = "actor",
        /// To whom.
        Target = "target",
        /// How many.
        Quantity = "quantity",
        /// Whether at all.
        Happened = "happened",
        /// How far.
        Degree = "degree",
    }
}

codes! {
    /// How two claims stand to each other.
    LinkKind {
        /// Two accounts of one event.
        SameEvent = "same_event",
        /// The one makes the other likelier.
        Supports = "supports",
        /// The one denies the other.
        Denies = "denies",
        /// The one notes silence about the other.
        NoComment = "no_comment",
        /// A later state of the same movement.
        Progress = "progress",
        /// Both can be true.
        Compatible = "compatible",
        /// Both can be true, but hardly.
        Tension = "tension",
        /// Not both.
        Contradicts = "contradicts",
        /// Near-copies.
        Copy = "copy",
        /// The later corrects the earlier.
        Correction = "correction",
        /// The later takes the earlier back.
        Retraction = "retraction",
        /// The one foresaw the other.
        ForecastOf = "forecast_of",
    }
}

/// One claim as an account of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Account {
    /// The claim.
    pub claim_id: ClaimId,
    /// Its document.
    pub document: DocumentId,
    /// How it stands to the event.
    pub stance: Stance,
    /// Name of its independent root: accounts with the same root count once.
    pub root: String,
    /// Fields it shares with the event.
    pub agrees: Vec<String>,
    /// Fields in which it differs.
    pub differs: Vec<String>,
    /// How far the user relies on its outlet; `F` until he says.
    #[serde(default)]
    pub reliability: Reliability,
}

/// Information grade, 1 (confirmed) to 6 (cannot be judged).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Grade {
    /// 1 to 6.
    pub information: u8,
    /// Why.
    pub why: String,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// Content hash of its claims.
    pub event_id: EventId,
    /// What happened.
    pub event: EventType,
    /// One neutral sentence, attribution kept.
    pub summary: String,
    /// Where.
    pub place: Option<Place>,
    /// When.
    pub time: Option<Time>,
    /// Who.
    pub actors: Vec<ActorRef>,
    /// To whom.
    pub targets: Vec<ActorRef>,
    /// Numbers, per claimant.
    pub quantities: Vec<Quantity>,
    /// The accounts, by claim id.
    pub accounts: Vec<Account>,
    /// Independent roots among the affirming reports; comments never count.
    pub roots: u32,
    /// Grade with its reason.
    pub grade: Grade,
    /// Disputes about it.
    pub disputes: Vec<DisputeId>,
    /// Events that are perhaps the same.
    pub near_misses: Vec<EventId>,
}

/// One side of a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DisputeSide {
    /// The value this side gives.
    pub value: String,
    /// Who gives it.
    pub claims: Vec<ClaimId>,
}

/// A disagreement, both sides kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dispute {
    /// Content hash of event and field.
    pub dispute_id: DisputeId,
    /// The event.
    pub event_id: EventId,
    /// What it is about.
    pub field: DisputeField,
    /// The sides, in order of value.
    pub sides: Vec<DisputeSide>,
    /// What the disagreement may come from, in one sentence.
    pub reading: String,
}

/// How two claims stand to each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link {
    /// The one.
    pub from: ClaimId,
    /// The other.
    pub to: ClaimId,
    /// How they stand.
    pub kind: LinkKind,
    /// The field that decides it.
    pub field: Option<String>,
    /// Why, in one sentence.
    pub why: String,
}
