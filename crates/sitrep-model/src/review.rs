//! Review: rulings with whether they hold, what new reports say against them, and what waits for a reviewer.
//!
//! In: nothing. Out: [`RulingEntry`], [`Conflict`], [`ReviewItem`]. Never a ruling itself.

use serde::{Deserialize, Serialize};

use crate::source::codes;
use crate::{ClaimId, Ruling};

codes! {
    /// Whether a ruling holds.
    RulingState {
        /// It does.
        InForce = "in force",
        /// A later one says otherwise of some of its claims.
        InPart = "in force in part",
        /// A later one says otherwise.
        Overruled = "overruled",
        /// It was taken back.
        Undone = "undone",
    }
}

/// A ruling and whether it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RulingEntry {
    /// The ruling.
    #[serde(flatten)]
    pub ruling: Ruling,
    /// Whether it holds.
    pub state: RulingState,
    /// The ruling that took it back or overruled it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<u64>,
}

/// A ruling that something stands against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conflict {
    /// The ruling's number.
    pub ruling: u64,
    /// What it does.
    pub action: String,
    /// What it is about.
    pub subject: String,
    /// Who ruled.
    pub reviewer: String,
    /// What stands against it, in words.
    pub why: String,
    /// Claims that do.
    pub claims: Vec<ClaimId>,
}

codes! {
    /// What waits for a reviewer.
    ReviewKind {
        /// A ruling that something stands against.
        Conflict = "conflict",
        /// A dispute nobody has ruled on.
        Dispute = "dispute",
        /// Two events that are perhaps one.
        NearMiss = "perhaps the same",
        /// A claim that a machine proposed; nothing rests on it until somebody accepts it.
        Proposed = "machine-proposed",
        /// A claim whose reading is unsure.
        Reading = "unsure reading",
    }
}

/// One thing that waits for a reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewItem {
    /// What sort of thing.
    pub kind: ReviewKind,
    /// The ruling, dispute, event or claim.
    pub id: String,
    /// Why it waits, in words.
    pub why: String,
    /// What it says.
    pub text: String,
}
