//! Forecasts: what someone foresaw, by when, how likely, and what came of it.
//!
//! In: nothing. Out: [`ForecastView`] on a claim, [`Forecast`] in a record. Criteria are fixed when recorded.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::source::codes;
use crate::{ClaimId, ForecastId};

codes! {
    /// What came of a forecast.
    ForecastState {
        /// The window is not over and nothing decides it.
        Open = "open",
        /// It came true.
        True = "true",
        /// It did not.
        False = "false",
        /// In part.
        Partly = "partly",
        /// Its condition did not hold.
        Void = "void",
        /// The window is over and nothing decides it.
        Expired = "expired",
        /// No window or no criteria.
        NotScoreable = "not_scoreable",
    }
}

/// A word of likelihood and the numbers a named yardstick gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Likelihood {
    /// The word as said.
    pub word: Option<String>,
    /// Lowest probability, 0 to 1.
    pub low: f64,
    /// Highest probability, 0 to 1.
    pub high: f64,
    /// Whose numbers: `ICD 203`, …
    pub yardstick: String,
}

/// The forecast inside one claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ForecastView {
    /// First and last day; absent when no window is said or no date is known.
    pub window: Option<[Date; 2]>,
    /// How the window was made, in words: `P1M from published`.
    pub rule: String,
    /// How likely.
    pub likelihood: Option<Likelihood>,
    /// What would make it true, in words.
    pub criteria: String,
}

/// Brier scores over the likelihood interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Brier {
    /// At the middle of the interval.
    pub mid: f64,
    /// At the kindest end.
    pub best: f64,
    /// At the harshest end.
    pub worst: f64,
}

/// A row of the forecast ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Forecast {
    /// Content hash of the claim.
    pub forecast_id: ForecastId,
    /// The claim that foresees.
    pub claim_id: ClaimId,
    /// First and last day.
    pub window: Option<[Date; 2]>,
    /// How the window was made.
    pub rule: String,
    /// How likely.
    pub likelihood: Option<Likelihood>,
    /// What would make it true.
    pub criteria: String,
    /// What came of it.
    pub state: ForecastState,
    /// Claims that bear on it.
    pub evidence: Vec<ClaimId>,
    /// Claims that decided it.
    pub resolved_by: Vec<ClaimId>,
    /// Scores, once decided.
    pub brier: Option<Brier>,
}
