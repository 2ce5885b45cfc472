//! Why two claims are one event, or are not: the table of fields and weights.
//!
//! In: nothing. Out: the rows a comparison is shown as. Computed when asked for, never stored.

use serde::{Deserialize, Serialize};

use crate::source::codes;
use crate::{ClaimId, EventId};

codes! {
    /// What comparing two claims came to.
    Verdict {
        /// Accounts of one event.
        SameEvent = "same_event",
        /// Perhaps of one.
        Perhaps = "perhaps",
        /// Too little in common.
        Apart = "apart",
        /// Something forbids it, whatever else agrees.
        Never = "never",
    }
}

/// One field of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionRow {
    /// `event`, `date`, `place`, `actor`, `target`, `number`, `words`, `operation`.
    pub field: String,
    /// What the one says.
    pub one: String,
    /// What the other says.
    pub other: String,
    /// Code of the outcome: `same_day`, `unknown`, …; `forbids` where this field forbids one event.
    pub outcome: String,
    /// The outcome in words.
    pub says: String,
    /// Its weight, in tenths of a bit.
    pub points: i32,
}

/// Two claims compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decision {
    /// The one.
    pub one: ClaimId,
    /// The other.
    pub other: ClaimId,
    /// Field by field.
    pub rows: Vec<DecisionRow>,
    /// The sum of all weights.
    pub points: i32,
    /// From so many points they are one event.
    pub enough: i32,
    /// From so many they are perhaps one.
    pub perhaps: i32,
    /// What it came to.
    pub verdict: Verdict,
    /// What is missing for one event, or forbids it; empty when nothing is.
    pub missing: String,
}

/// The comparisons behind an event, or around a claim.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decisions {
    /// Every account against the one it is closest to.
    pub accounts: Vec<Decision>,
    /// The closest claims of other events, closest first.
    pub others: Vec<NearEvent>,
}

/// Another event and its claim that is closest; where those alone would be one event, also two accounts that keep them apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NearEvent {
    /// The other event.
    pub event_id: EventId,
    /// How the two claims compare.
    pub decision: Decision,
}
