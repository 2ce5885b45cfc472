//! What the browser may send, and what it hears back.
//!
//! In: nothing. Out: types. Holds no rules.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sitrep::model::{Date, RulingEntry};

/// `POST /api/rulings`: what a reviewer rules.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRuling {
    /// `accept`, `reject`, `relabel`, `pin`, `name`, `merge`, `split`, `source`, `undo`.
    pub action: String,
    /// Id of a claim or event, name of a source, or number of a ruling to undo.
    pub subject: String,
    /// What goes with the action: `event=CODE`, `date=DAY`, ids, …
    #[serde(default)]
    pub value: Option<String>,
    /// Who rules.
    #[serde(default)]
    pub reviewer: Option<String>,
    /// Why.
    #[serde(default)]
    pub why: Option<String>,
    /// Number of the last ruling on the subject that the reviewer has seen. With a later one the answer is 409 and that ruling.
    #[serde(default, deserialize_with = "whole")]
    #[schemars(range(max = 4_294_967_295_u32))]
    pub seen: Option<u64>,
}

/// A whole number, though it be written `3.0`: to JSON both are one.
fn whole<'d, D: serde::Deserializer<'d>>(given: D) -> Result<Option<u64>, D::Error> {
    let Some(number) = Option::<f64>::deserialize(given)? else { return Ok(None) };
    let is_whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    // In range and whole: nothing is lost.
    if is_whole { Ok(Some(number as u64)) } else { Err(serde::de::Error::custom("seen: a whole number, 0 or more")) }
}

/// What became of it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Ruled {
    /// Its number: `undo` takes it back.
    pub number: u64,
    /// The record's version now; events and disputes follow within seconds.
    pub version: String,
    /// Whether events, disputes and forecasts have still to be computed anew.
    pub settling: bool,
}

/// An answer that says no, after RFC 9457.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Problem {
    /// Names the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// In a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do.
    pub detail: String,
    /// The ruling that came between, with status 409.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruling: Option<RulingEntry>,
}

/// `POST /api/ingest`: pages are read in the background.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Accepted {
    /// Ask `GET /api/ingest/JOB` for what becomes of it, as server-sent events.
    pub job: u64,
}

/// One event of `GET /api/ingest/JOB`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum IngestStep {
    /// An input is understood.
    Read {
        /// The input's name.
        path: String,
        /// The document.
        document: String,
        /// Its headline.
        title: Option<String>,
        /// The day, and how it was known.
        published: Option<Date>,
        /// Claims read from it: type and quote.
        claims: Vec<[String; 2]>,
        /// What was noticed.
        notes: Vec<String>,
    },
    /// The record had it already.
    AlreadyThere {
        /// The input's name.
        path: String,
    },
    /// It could not be read.
    Unread {
        /// The input's name.
        path: String,
        /// Why.
        why: String,
    },
    /// Events, disputes and forecasts are computed anew.
    Settling,
    /// All is done.
    Done {
        /// Documents added.
        n_added: usize,
        /// The record's version now.
        version: String,
    },
    /// It stopped.
    Failed {
        /// Why.
        why: String,
    },
}

/// What is gone from a list, with `updated_since`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Tombstone {
    /// `claim`, `page` or `comment`.
    pub kind: String,
    /// Its id. What was read from a page that is gone is gone with it.
    pub id: String,
    /// `rejected` by a ruling, or `redacted`: taken out for good.
    pub why: String,
    /// The number of the ruling or redaction.
    pub number: u64,
    /// When, in UTC.
    pub on: String,
}
