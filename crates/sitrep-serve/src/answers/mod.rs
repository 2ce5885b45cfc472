//! The shapes of the workbench's API: what the browser is told, and what it may send.
//!
//! In: nothing. Out: types that serde writes and schemars describes; the workbench's TypeScript types are made from them. Holds no rules.
//! Days are `YYYY-MM-DD`; degrees are WGS 84; distances are kilometres; offsets are UTF-16 code units, as browsers count.

mod explore;
mod ledgers;
mod reading;
mod writing;

pub use explore::*;
pub use ledgers::*;
pub use reading::*;
use schemars::{JsonSchema, Schema, schema_for};
pub use writing::*;

/// Every answer and question, for one schema with all shapes in it.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used")]
struct Api {
    about: About,
    explore: Explore,
    marks: Marks,
    search: Found,
    event: EventView,
    document: DocumentView,
    documents: Documents,
    threads: Vec<ThreadBrief>,
    compare: Compare,
    control: ControlMap,
    forecasts: Forecasts,
    sources: Vec<SourceLine>,
    queue: Queue,
    rulings: Rulings,
    new_ruling: NewRuling,
    ruled: Ruled,
    accepted: Accepted,
    ingest: IngestStep,
    problem: Problem,
    tombstone: Tombstone,
}

/// JSON Schema (draft 2020-12) of everything the API says and hears.
#[must_use]
pub fn schema() -> Schema {
    schema_for!(Api)
}
