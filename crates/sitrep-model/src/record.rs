//! A record as a value: what the views are made from, what it was made with, and the rulings of its keepers.
//!
//! In: nothing. Out: [`Contents`], [`Edition`], [`Filter`], [`Ruling`]. Holds no file and no query.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Claim, Dispute, Document, Event, EventType, Forecast, Link, MediaType, Note, PageCopy, PageId, RegisteredSource,
    Status, Voice,
};

/// What a record was made with: the same pages, rulings and edition give the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Edition {
    /// Version of the program.
    pub version: String,
    /// SHA-256 of the language knowledge.
    pub rules: String,
    /// SHA-256 of the gazetteer and actor list.
    pub world: String,
    /// SHA-256 of the language model file.
    pub model: String,
    /// Hash of the user's own gazetteer, when one was used beside the built-in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gazetteer: Option<String>,
    /// SHA-256 of the user's own list of actors, when one was used beside the built-in one. The record keeps the list itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actors: Option<String>,
}

/// A page without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageRow {
    /// Hash of the raw bytes, short.
    pub id: PageId,
    /// The input's name.
    pub path: String,
    /// SHA-256 of the raw bytes.
    pub sha256: String,
    /// Length in bytes.
    pub n_bytes: u64,
    /// What kind of bytes.
    pub media_type: MediaType,
    /// What it came in (`warc`, `feed`, …), when it was not a file of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// The day it was saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<Date>,
    /// Who collected it, if anyone said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collector: Option<String>,
    /// Program and version that took it in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tool: String,
    /// The page it translates, when that is in the record too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<PageId>,
    /// What was noticed about it, by any stage.
    pub notes: Vec<Note>,
}

/// What to leave in a list. Empty fields leave everything in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Part of a place's name, any case.
    pub place: Option<String>,
    /// Part of an actor's name, any case.
    pub actor: Option<String>,
    /// A leaf (`air_strike`) or a family (`territory`).
    pub event: Option<String>,
    /// Part of a holder's or outlet's name, any case.
    pub source: Option<String>,
    /// Not before this day.
    pub since: Option<Date>,
    /// Not after this day.
    pub until: Option<Date>,
    /// Only this status.
    pub status: Option<Status>,
    /// Only this voice.
    pub voice: Option<Voice>,
}

/// A correction by an analyst; append-only, undone by a later ruling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ruling {
    /// Counts up from 1 within a record.
    pub number: u64,
    /// `accept`, `reject`, `relabel`, `undo`, …
    pub action: String,
    /// The claim or event ruled on.
    pub subject: String,
    /// The new value, when there is one.
    pub value: Option<String>,
    /// Who ruled.
    pub reviewer: String,
    /// Why.
    pub why: Option<String>,
}

/// Everything a view may show.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// What the record was made with.
    pub edition: Edition,
    /// Pages by id.
    pub pages: Vec<PageRow>,
    /// Documents by publication date, then path.
    pub documents: Vec<Document>,
    /// Claims by document and place in it.
    pub claims: Vec<Claim>,
    /// Events by day, then id.
    pub events: Vec<Event>,
    /// Disputes by event.
    pub disputes: Vec<Dispute>,
    /// Links by claim.
    pub links: Vec<Link>,
    /// Forecasts by claim.
    pub forecasts: Vec<Forecast>,
    /// Pages that share their words, by page.
    pub copies: Vec<PageCopy>,
    /// Rulings in order.
    pub rulings: Vec<Ruling>,
    /// What the user noted of sources, by name.
    pub register: Vec<RegisteredSource>,
}

impl Filter {
    /// Whether an event type passes.
    #[must_use]
    pub fn event_passes(&self, event: EventType) -> bool {
        self.event.as_deref().is_none_or(|wanted| wanted == event.as_str() || wanted == event.family())
    }
}
