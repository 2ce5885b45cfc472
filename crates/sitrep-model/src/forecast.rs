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
        /// Its condition failed, or the window passed without it.
        Void = "void",
        /// The window is over and nothing decides it.
        Expired = "expired",
        /// No window of days is known.
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

/// Logarithmic scores over the likelihood interval: minus the natural logarithm of the probability given to what came.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LogScore {
    /// At the middle of the interval.
    pub mid: f64,
    /// At the kindest end.
    pub best: f64,
    /// At the harshest end.
    pub worst: f64,
}

/// A state a forecast came to, by what was known on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ForecastStep {
    /// The first day on which it stood so.
    pub as_of: Date,
    /// What had come of it.
    pub state: ForecastState,
    /// Claims that decided it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resolved_by: Vec<ClaimId>,
    /// Why.
    pub why: String,
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
    /// Logarithmic scores, once decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_score: Option<LogScore>,
    /// Why the state is what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The states it had as reports came in, by the day they were known; the last is the present one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<ForecastStep>,
}

codes! {
    /// Whose forecasts a row of scores is about.
    ScoreKind {
        /// All of them.
        All = "all",
        /// One source's.
        Source = "source",
        /// Readers' together.
        Commenters = "commenters",
    }
}

/// How many forecasts are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ForecastStates {
    /// Open.
    pub open: u32,
    /// Came true.
    #[serde(rename = "true")]
    pub came_true: u32,
    /// Did not.
    #[serde(rename = "false")]
    pub came_false: u32,
    /// In part.
    pub partly: u32,
    /// Their condition failed.
    pub void: u32,
    /// The window is over and nothing decides them.
    pub expired: u32,
    /// Without a window.
    pub not_scoreable: u32,
}

/// A band of probability: how many were foreseen with it, and how many of them came.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CalibrationBin {
    /// Lowest probability of the band.
    pub from: f64,
    /// Highest.
    pub to: f64,
    /// Scored forecasts in it.
    pub n: u32,
    /// Mean probability they gave.
    pub foreseen: f64,
    /// How many came.
    pub came: u32,
    /// Lower end of the 95 % interval (Wilson) of the share that came.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// How good forecasts were together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScoreRow {
    /// Whose.
    pub kind: ScoreKind,
    /// The source's name, or what the row is about.
    pub who: String,
    /// Forecasts.
    pub n: u32,
    /// How many in each state.
    pub states: ForecastStates,
    /// How many are scored: decided, and with a likelihood.
    pub n_scored: u32,
    /// Share of the scored ones that came.
    pub came: Option<f64>,
    /// The same over all forecasts of the record.
    pub base_rate: Option<f64>,
    /// Mean Brier score.
    pub brier: Option<Brier>,
    /// Mean logarithmic score.
    pub log_score: Option<LogScore>,
    /// 1 − Brier / Brier of always giving the base rate; absent where that is never wrong.
    pub skill: Option<f64>,
    /// Rank among sources with enough scored forecasts, by mean Brier score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// Why it has no rank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unranked: Option<String>,
    /// For each band of probability how often it came.
    pub calibration: Vec<CalibrationBin>,
}
