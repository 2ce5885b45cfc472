//! What the first screen is told: facets, events, marks on map and timeline, search results.
//!
//! In: nothing. Out: types. Holds no rules.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use sitrep::model::{Area, Date};

/// `GET /api/about`: what is served.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct About {
    /// Version of the program.
    pub program: String,
    /// The record's file name.
    pub record: String,
    /// Changes whenever the record does; sent back with every answer as its `ETag`.
    pub version: String,
    /// Pages read.
    pub n_pages: usize,
    /// Claims.
    pub n_claims: usize,
    /// Events.
    pub n_events: usize,
    /// Disputes.
    pub n_disputes: usize,
    /// Forecasts.
    pub n_forecasts: usize,
    /// Rulings.
    pub n_rulings: usize,
    /// First and last day that a claim speaks of.
    pub days: Option<[Date; 2]>,
    /// Whether rulings and pages may be added from here.
    pub writable: bool,
    /// The commit, rules and data the record was made with, by name.
    pub edition: BTreeMap<String, String>,
}

/// A value one can filter by, and how many events have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FacetValue {
    /// What goes into the address: `actor=VALUE`.
    pub value: String,
    /// What people read.
    pub label: String,
    /// Events with it, under all other filters.
    pub n: usize,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// One facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Facet {
    /// The filter's name: `actor`, `place`, `type`, `source`, `attribution`, `certainty`, `status`, `voice`.
    pub name: String,
    /// The most frequent values, chosen ones always among them.
    pub values: Vec<FacetValue>,
    /// How many more there are.
    pub n_more: usize,
}

/// A place, short.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlaceBrief {
    /// Name and spot: the same place has the same key in every answer; absent when it has no spot.
    pub key: Option<String>,
    /// Its name, or the words of the text.
    pub name: String,
    /// `known`, `relative`, `ambiguous` or `unknown`.
    pub status: String,
    /// Degrees north of the centre.
    pub lat: Option<f64>,
    /// Degrees east of the centre.
    pub lon: Option<f64>,
    /// Kilometres from the centre within which it lies.
    pub radius_km: Option<f64>,
}

/// An event in a list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EventBrief {
    /// Its id.
    pub id: String,
    /// Its type: `territory.captured`.
    pub event: String,
    /// One neutral sentence.
    pub summary: String,
    /// Where.
    pub place: Option<PlaceBrief>,
    /// First possible day; absent when that end is open.
    pub from: Option<Date>,
    /// Last possible day; absent when that end is open.
    pub to: Option<Date>,
    /// Names of those who did it.
    pub actors: Vec<String>,
    /// Names of outlets with an account.
    pub sources: Vec<String>,
    /// Accounts.
    pub n_accounts: usize,
    /// Independent roots among them.
    pub n_roots: u32,
    /// Fields in dispute.
    pub disputed: Vec<String>,
    /// `corroborated`, `single source`, `disputed` or `readers only`.
    pub standing: String,
    /// `open`, `accepted`, `rejected` or `changed`: what reviewers made of its claims.
    pub review: String,
}

/// `GET /api/explore`: the part of the record that a filter asks for.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Explore {
    /// Events that pass.
    pub n_events: usize,
    /// Claims that pass.
    pub n_claims: usize,
    /// The facets.
    pub facets: Vec<Facet>,
    /// The events, by day; those without a day last.
    pub events: Vec<EventBrief>,
    /// Send back as `cursor` for the next ones.
    pub next: Option<String>,
}

/// A place on the map with the events there.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlaceMark {
    /// Its place's key.
    pub key: String,
    /// The place.
    pub place: PlaceBrief,
    /// The shape of a place told by another one: a sector, a corridor, a ring.
    pub area: Option<Area>,
    /// Events there that pass.
    pub n: usize,
    /// Of them, how many are disputed.
    pub n_disputed: usize,
    /// Ids of the first of them.
    pub events: Vec<String>,
}

/// An event on the timeline.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TimeMark {
    /// Its id.
    pub id: String,
    /// Its type.
    pub event: String,
    /// First possible day; absent when that end is open.
    pub from: Option<Date>,
    /// Last possible day; absent when that end is open.
    pub to: Option<Date>,
    /// Whether some field of it is disputed.
    pub disputed: bool,
    /// Key of its place on the map.
    pub place: Option<String>,
}

/// Events of one step of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TimeBin {
    /// First day of the step.
    pub from: Date,
    /// Events that surely fall into it.
    pub n: usize,
    /// Events that may fall into it: their days are known less finely.
    pub n_perhaps: usize,
    /// Of all of them, how many are disputed.
    pub n_disputed: usize,
}

/// `GET /api/marks`: the same part as marks on the map and on the timeline.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Marks {
    /// Places, by how many events they have, most first.
    pub places: Vec<PlaceMark>,
    /// Length of a step: `day`, `week`, `month` or `year`.
    pub unit: String,
    /// Steps with an event, by day.
    pub bins: Vec<TimeBin>,
    /// Single events, when there are few enough to draw each; empty otherwise.
    pub events: Vec<TimeMark>,
    /// Events without any day.
    pub n_undated: usize,
    /// Events without a spot on the map.
    pub n_unplaced: usize,
}

/// A run of text in a search result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SnippetRun {
    /// The words.
    pub text: String,
    /// Whether they are what was looked for.
    pub hit: bool,
}

/// Something found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Hit {
    /// `document`, `comment`, `event`, `place`, `actor` or `source`.
    pub kind: String,
    /// Its id or name.
    pub id: String,
    /// The document, when the hit stands in one.
    pub document: Option<String>,
    /// Headline, summary or name.
    pub title: String,
    /// The words around it.
    pub snippet: Vec<SnippetRun>,
}

/// `GET /api/search?q=WORDS`: everything that has the words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Found {
    /// The hits, best first.
    pub hits: Vec<Hit>,
}
