//! A digest: what is new, changed, disputed or resolved between two states of a record.
//!
//! In: nothing. Out: [`DigestItem`]. Never a figure that the record does not hold.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ClaimId;
use crate::source::codes;

codes! {
    /// What became of a thing.
    DigestKind {
        /// It was not there before.
        New = "new",
        /// It was there and is told otherwise now.
        Changed = "changed",
        /// Accounts disagree that did not, or on more.
        Disputed = "disputed",
        /// What was open is decided, or no longer in dispute.
        Resolved = "resolved",
        /// It follows no longer.
        Gone = "gone",
    }
}

codes! {
    /// What sort of thing.
    DigestSubject {
        /// A report that came in.
        Report = "report",
        /// Who held a place.
        Control = "control",
        /// An event.
        Event = "event",
        /// A dispute.
        Dispute = "dispute",
        /// A forecast.
        Forecast = "forecast",
    }
}

/// One line of a digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DigestItem {
    /// What became of it.
    pub kind: DigestKind,
    /// What sort of thing it is.
    pub what: DigestSubject,
    /// Its id, or the name of a place.
    pub id: String,
    /// The day it speaks of.
    pub day: Option<Date>,
    /// One sentence, without a full stop.
    pub text: String,
    /// What changed, in words, one each.
    pub details: Vec<String>,
    /// Claims that made the difference.
    pub claims: Vec<ClaimId>,
}
