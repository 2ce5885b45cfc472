//! Who held a place on a day, according to whom.
//!
//! In: nothing. Out: the answer of `sitrep control`. Never one holder where claims disagree.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ClaimId;

/// One claim that bears on who held a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assertion {
    /// The claim.
    pub claim_id: ClaimId,
    /// The day it speaks of.
    pub date: Option<Date>,
    /// What it says, in words: `captured`, `holds`, `withdrew`, `clash inside`.
    pub says: String,
    /// According to whom.
    pub according_to: String,
    /// The passage.
    pub quote: String,
}

/// One side: a holder and those who assert it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ControlSide {
    /// Who would hold the place.
    pub holder: String,
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
    /// Every side, the best supported first.
    pub sides: Vec<ControlSide>,
    /// Why the state is what it is.
    pub why: String,
}
