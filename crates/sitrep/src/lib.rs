//! Sitrep's front door: reads war reporting and keeps a record of who claimed what, where and when, according to whom.
//!
//! In: reports (saved pages, plain text) and a [`Kit`]. Out: a [`Record`] in one file, and through [`show`] its lists, report, map
//! and exports. Never touches the network, reads no clock and no environment; joins the rooms and holds no rules of its own.
//!
//! [`pipeline`] is the whole product in one screen.
//!
//! ```
//! use sitrep::model::{MediaType, PageMeta};
//! use sitrep::{Kit, page_of, pipeline};
//!
//! let kit = Kit::load()?;
//! let text = "On May 5, government forces captured the town of Varnesh, the army said.";
//! let meta = PageMeta { published: "2031-05-09".parse().ok(), ..PageMeta::default() };
//! let page = page_of("report.txt", MediaType::Text, text.as_bytes().to_vec(), meta, "example");
//! let claim = &pipeline::understand(&kit, page).claims[0];
//! assert_eq!(claim.event.as_str(), "territory.captured");
//! assert_eq!(claim.time.as_ref().and_then(|time| time.from).map(|day| day.to_string()).as_deref(), Some("2031-05-05"));
//! # Ok::<(), sitrep::Error>(())
//! ```

pub mod analyze;
mod error;
mod kit;
mod outcome;
pub mod packed;
pub mod parallel;
pub mod pipeline;
pub mod places;
pub mod readers;
pub mod samples;
pub mod schema;
pub mod verify;

pub use analyze::Layer;
pub use error::Error;
pub use kit::{Kit, MAX_ACTORS_BYTES, english};
pub use outcome::{Outcome, Understood};
pub use sitrep_claims::outlines;
/// What became of the rows of a user's own list of actors.
pub use sitrep_claims::{OddRow, OwnRows};
/// A user's own places.
pub use sitrep_gazetteer as gazetteer;
/// English, any English: tokens, trees, entities.
pub use sitrep_language as language;
pub use sitrep_read::{Input, MetaTable, PostFields, ReadError, Source, Stream, page, page_of, pages};
/// Blind double coding.
pub use sitrep_record::coding;
pub use sitrep_record::{
    Access, Added, Asked, Derived, Difference, Entry, History, Proof, Proposal, Record, RecordError, Redact, Stamp,
    audit, comparisons, conflicts, control, derive, digest, filtered, proposed, queue, scores,
};

/// The nouns: pages, documents, claims, events.
pub use sitrep_model as model;
/// Views of a record: lists, report, map, exports, pages.
pub use sitrep_show as show;

/// Version of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
