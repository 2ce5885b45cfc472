//! What the ledgers are told: control, forecasts, sources, the review queue, the audit log.
//!
//! In: nothing. Out: types. Holds no rules.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use sitrep::model::{Conflict, Date, Dispute, Forecast, RegisteredSource, ReviewItem, RulingEntry, ScoreRow};

use super::{ClaimView, DocumentBrief, EventBrief, PlaceBrief};

/// Who is said to hold a place on a day.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ControlMark {
    /// The place.
    pub place: PlaceBrief,
    /// `held`, `contested` or `unknown`.
    pub state: String,
    /// Names of those said to hold it.
    pub holders: Vec<String>,
    /// Who says so.
    pub according_to: Vec<String>,
    /// The last day somebody said so.
    pub asserted: Option<Date>,
    /// The whole stretch of days of this state.
    pub from: Option<Date>,
    /// Its last day.
    pub to: Option<Date>,
}

/// `GET /api/control?on=DAY`: asserted control of every place.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ControlMap {
    /// The day asked for, else the last one.
    pub on: Option<Date>,
    /// First and last day with a claim of control.
    pub days: Option<[Date; 2]>,
    /// Days on which something changed.
    pub changes: Vec<Date>,
    /// Everybody who is said to hold something on any day, most places first, then most days: the order of colours.
    pub sides: Vec<String>,
    /// The places, by name.
    pub places: Vec<ControlMark>,
}

/// A forecast with the words it rests on.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ForecastLine {
    /// The forecast.
    pub forecast: Forecast,
    /// Its claim.
    pub claim: ClaimView,
    /// The document it stands in.
    pub document: DocumentBrief,
    /// Claims that resolved it.
    pub resolved_by: Vec<ClaimView>,
}

/// `GET /api/forecasts`: the ledger and how good it was.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Forecasts {
    /// The forecasts of this answer, by window.
    pub forecasts: Vec<ForecastLine>,
    /// How many are in the state asked for.
    pub n_asked: usize,
    /// How many there are.
    pub n_all: usize,
    /// What to give as `cursor` for the next ones.
    pub next: Option<String>,
    /// Scores: all, each source, commenters together.
    pub scores: Vec<ScoreRow>,
}

/// What a text says of a source: `pro-government`, `linked to …`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SaidOfSource {
    /// The words.
    pub text: String,
    /// The claim or document they stand in.
    pub claim_id: Option<String>,
    /// The document.
    pub document: Option<String>,
}

/// `GET /api/sources`: a source, what the user noted of it, and what became of its claims.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SourceLine {
    /// Its name.
    pub name: String,
    /// `outlet` or `holder`.
    pub kind: String,
    /// What the user noted; absent until then.
    pub register: Option<RegisteredSource>,
    /// Documents it published.
    pub n_documents: usize,
    /// Claims it makes or that are attributed to it.
    pub n_claims: usize,
    /// Of them, how many an independent root confirms.
    pub n_confirmed: usize,
    /// Of them, how many another account contradicts or denies.
    pub n_contradicted: usize,
    /// Forecasts.
    pub n_forecasts: usize,
    /// What texts say of it.
    pub said: Vec<SaidOfSource>,
    /// Its most cited documents.
    pub documents: Vec<DocumentBrief>,
}

/// `GET /api/queue`: what waits for review.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Queue {
    /// Items in order: conflicts, disputes, events that are perhaps one, then claims, the least sure reading first.
    pub items: Vec<QueueItem>,
    /// How many wait in all.
    pub n_open: usize,
    /// Send back as `cursor` for the next ones.
    pub next: Option<String>,
}

/// One thing to rule on.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct QueueItem {
    /// What and why.
    pub item: ReviewItem,
    /// Claims to look at, the one to rule on first.
    pub claims: Vec<ClaimView>,
    /// Events they are accounts of.
    pub events: Vec<EventBrief>,
    /// The dispute.
    pub dispute: Option<Dispute>,
    /// Documents, by id.
    pub documents: BTreeMap<String, DocumentBrief>,
    /// Number of the last ruling on any of these, 0 when there is none: send it back as `seen`.
    pub seen: u64,
}

/// `GET /api/rulings`: the audit log.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Rulings {
    /// All rulings, latest first.
    pub rulings: Vec<RulingEntry>,
    /// Rulings something stands against.
    pub conflicts: Vec<Conflict>,
}
