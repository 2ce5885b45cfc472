//! A claim: one deed or state, in one passage, according to one chain of speakers.
//!
//! In: nothing. Out: [`Claim`], whose field names are the published JSON names. Never another page's facts.

use serde::{Deserialize, Serialize};

use crate::source::codes;
use crate::{AttributionLink, ClaimId, CommentId, DocumentId, EventType, ForecastView, Place, Time};

codes! {
    /// Which voice on the page speaks.
    Voice {
        /// The headline.
        Headline = "headline",
        /// The article.
        Article = "article",
        /// Words under a picture.
        Caption = "caption",
        /// A reader's comment.
        Comment = "comment",
    }
}

codes! {
    /// How real the deed is, by the words.
    Status {
        /// It happened.
        Occurred = "occurred",
        /// It goes on.
        Ongoing = "ongoing",
        /// The actor means to.
        Planned = "planned",
        /// The actor announced it.
        Announced = "announced",
        /// Someone ordered it.
        Ordered = "ordered",
        /// Someone threatened it.
        Threatened = "threatened",
        /// It depends on something else.
        Conditional = "conditional",
        /// Someone foresees it.
        Forecast = "forecast",
        /// Only thought of.
        Hypothetical = "hypothetical",
    }
}

codes! {
    /// Whether the deed is affirmed or negated.
    Polarity {
        /// It is so.
        Affirmed = "affirmed",
        /// It is not so.
        Negated = "negated",
    }
}

/// An actor as mentioned and as known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActorRef {
    /// As said.
    pub text: String,
    /// Neutral display name, or the name as said.
    pub name: String,
    /// Id in the actor list, when it is there.
    pub actor_id: Option<String>,
    /// `state forces`, `rebels`, `militia`, `civilians`, `international`, …
    pub kind: Option<String>,
    /// Names of the bodies it is part of, by the text or by the list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub member_of: Vec<String>,
    /// The words a pronoun or description stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<String>,
}

/// A thing a deed is done to: a bridge, a bus, a house. Who is hit stands among the targets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Thing {
    /// As said.
    pub text: String,
    /// `infrastructure`, `vehicle`, `aircraft`, …, when known.
    pub kind: Option<String>,
}

/// A weapon or means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Instrument {
    /// As said.
    pub text: String,
    /// `aircraft`, `artillery`, `mine`, …, when known.
    pub kind: Option<String>,
}

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quantity {
    /// As said.
    pub text: String,
    /// What is counted: `distance_km`, `killed`, `wounded`, `tank`, `fighters`, …
    pub kind: String,
    /// Lowest; absent when that end is open.
    pub low: Option<f64>,
    /// Best; absent when only words are given.
    pub best: Option<f64>,
    /// Highest; absent when that end is open.
    pub high: Option<f64>,
    /// Of which group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// A running total, not this event's own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cumulative: bool,
}

/// Certainty on −3 (surely not) to +3 (surely), 0 uncommitted; absent when the words leave it unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Certainty {
    /// How far the author commits.
    pub author: Option<i8>,
    /// How far the innermost source commits.
    pub source: Option<i8>,
    /// The words that carry it.
    pub word: Option<String>,
}

/// Codes of other schemes; a look-up in the event type table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Codes {
    /// ACLED sub-event type.
    pub acled: Option<String>,
    /// PLOVER event and mode.
    pub plover: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Claim {
    /// Content hash of document, span and proposition.
    pub claim_id: ClaimId,
    /// The document it stands in.
    pub document: DocumentId,
    /// The input's name, for people.
    pub document_path: String,
    /// Which voice speaks.
    pub voice: Voice,
    /// The comment, when a reader speaks.
    pub comment_id: Option<CommentId>,
    /// First byte of the passage in the document's text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// The passage itself.
    pub quote: String,
    /// The whole sentence the passage stands in: first byte.
    pub sentence_start: u32,
    /// One past the sentence's last byte.
    pub sentence_end: u32,
    /// What happened.
    pub event: EventType,
    /// The same in other schemes.
    pub codes: Codes,
    /// Who did it.
    pub actors: Vec<ActorRef>,
    /// To whom or what.
    pub targets: Vec<ActorRef>,
    /// What was hit, taken or destroyed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub things: Vec<Thing>,
    /// With what.
    pub instruments: Vec<Instrument>,
    /// The operation's own name, as in “Operation Northern Star”.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// Where it happened.
    pub place: Option<Place>,
    /// When it happened.
    pub time: Option<Time>,
    /// Where it came from.
    pub origin: Option<Place>,
    /// Where it was heading.
    pub destination: Option<Place>,
    /// Numbers.
    pub quantities: Vec<Quantity>,
    /// How real.
    pub status: Status,
    /// So, or not so.
    pub polarity: Polarity,
    /// Not for the first time.
    pub again: bool,
    /// Who says so, outermost first; one link of type AUTHOR when nobody else.
    pub attribution: Vec<AttributionLink>,
    /// How sure they are.
    pub certainty: Certainty,
    /// The claim it depends on.
    pub condition: Option<ClaimId>,
    /// The condition in words, when no claim stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition_text: Option<String>,
    /// The earlier claim this one confirms, denies or is silent on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<ClaimId>,
    /// What is foreseen, when the status is `forecast`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<ForecastView>,
    /// 0 to 1: how sure the reading is; never what the source claims.
    pub extraction: f64,
    /// The rules that made it.
    pub rule: String,
    /// What was noticed.
    pub notes: Vec<String>,
}

impl Claim {
    /// Whether an article's own claim stands here, not a reader's.
    #[must_use]
    pub fn is_reporting(&self) -> bool {
        self.voice != Voice::Comment
    }
}
