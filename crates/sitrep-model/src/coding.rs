//! Blind double coding: how far reviewers agree, and where they do not.
//!
//! In: nothing. Out: [`CodingSample`], [`AgreementRow`], [`CodingDifference`]. Codings change nothing until somebody adjudicates.

use serde::{Deserialize, Serialize};

use crate::ClaimId;
use crate::source::codes;

codes! {
    /// What is coded of a passage.
    CodingField {
        /// Whether it tells something that belongs in the record: `yes` or `no`.
        Accept = "accept",
        /// What happened, as an event type.
        Event = "event",
        /// How real.
        Status = "status",
        /// So, or not so.
        Polarity = "polarity",
    }
}

/// Claims drawn for coding, and who has coded them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodingSample {
    /// Its id: a hash of the claims.
    pub sample: String,
    /// The claims, in the order drawn.
    pub claims: Vec<ClaimId>,
    /// Reviewers who have handed in every item.
    pub done: Vec<String>,
    /// Reviewers who have handed in some.
    pub begun: Vec<String>,
}

/// Agreement of reviewers on one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgreementRow {
    /// The field.
    pub field: CodingField,
    /// Items of the sample.
    pub n: u32,
    /// Items that at least two reviewers gave a value.
    pub n_coded: u32,
    /// Share of these on which all who coded them agree.
    pub agree: Option<f64>,
    /// Cohen's kappa, of two reviewers; absent where nothing varies.
    pub kappa: Option<f64>,
    /// Krippendorff's alpha, nominal; absent where nothing varies.
    pub alpha: Option<f64>,
}

/// An item on which reviewers differ with each other, or together with the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodingDifference {
    /// The claim.
    pub claim_id: ClaimId,
    /// The field.
    pub field: CodingField,
    /// What each reviewer gave, in the order asked; absent where nothing.
    pub given: Vec<Option<String>>,
    /// What the record has.
    pub record: String,
    /// What all who coded it agree on, if they do.
    pub agreed: Option<String>,
    /// The passage.
    pub quote: String,
}
