//! Who held a place on a day, according to whom.
//!
//! In: nothing. Out: the answer of `sitrep control`. Never one holder where claims disagree.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ClaimId;
use crate::source::codes;

codes! {
    /// What the claims of one side come to.
    ControlSideKind {
        /// Somebody took it or holds it.
        Holder = "holder",
        /// It was taken or is held, and nobody says by whom.
        Unnamed = "unnamed",
        /// It was not taken.
        NotTaken = "not_taken",
        /// Its holder left, or holds it no more.
        HeldNoMore = "held_no_more",
        /// There is fighting inside.
        Contested = "contested",
    }
}

/// One claim that bears on who held a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assertion {
    /// The claim.
    pub claim_id: ClaimId,
    /// The day it speaks of.
    pub date: Option<Date>,
    /// What it says, in words: `captured`, `holds`, `holds in part`, `withdrew`, `clash inside`.
    pub says: String,
    /// According to whom.
    pub according_to: String,
    /// The passage.
    pub quote: String,
}

/// One side: what is asserted, of whom, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ControlSide {
    /// What the claims of this side come to.
    pub kind: ControlSideKind,
    /// Whom they speak of: who would hold the place, or hold it no more; absent when nobody is named.
    pub holder: Option<String>,
    /// Other names the claims of this side give the same party.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_called: Vec<String>,
    /// Whether a report of the latest days before the day asked about speaks for it.
    pub current: bool,
    /// Since which day.
    pub since: Option<Date>,
    /// The claims that say so, latest first.
    pub assertions: Vec<Assertion>,
}

/// The answer for one place and one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ControlAnswer {
    /// The place.
    pub place: String,
    /// The day asked about; absent when the latest state was asked for.
    pub on: Option<Date>,
    /// `asserted`, `last asserted`, `contested` or `unknown`.
    pub state: String,
    /// Every side: those the latest reports speak for first, then the best supported.
    pub sides: Vec<ControlSide>,
    /// Why the state is what it is.
    pub why: String,
    /// The same from day to day, up to the day asked about; between reports nothing is filled in but "last asserted".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intervals: Vec<ControlInterval>,
}

/// Days through which reports left the state of a place as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ControlInterval {
    /// The first day: reports speak of it.
    pub from: Date,
    /// The last day that reports speak of; from then to the next interval the state is only last asserted.
    pub to: Date,
    /// `asserted` or `contested`.
    pub state: String,
    /// Who is said to hold it then, the best supported first; two or more where that is in dispute.
    pub holders: Vec<String>,
    /// Who says so.
    pub according_to: Vec<String>,
    /// Why the state is what it is.
    pub why: String,
}
