//! Many reports, one record: claims become events, disputes, links, forecasts and answers about control, kept in one file.
//!
//! In: pages with their documents and claims, and an analyst's rulings. Out: [`Record`], and through it
//! [`sitrep_model::Contents`]. The same pages, rulings and edition give the same file, byte for byte, in whatever order they
//! came. Never understands text, never reads the clock; "today" is an argument or the latest publication date.

mod agreement;
mod as_known;
mod begin;
pub mod coding;
mod control;
mod copies;
mod digest;
mod error;
mod evidence;
mod filter;
mod fuse;
mod keys;
mod ledger;
mod lots;
mod merge;
mod names;
mod near;
mod progress;
mod readers;
mod record;
mod register;
mod rulings;
mod scores;
mod select;
mod store;
mod translation;
mod verify;

pub use control::{control, control_of};
pub use digest::digest;
pub use error::RecordError;
pub use evidence::log::{Entry, History, Stamp};
pub use evidence::redact::Redact;
pub use evidence::seal::Proof;
pub use filter::filtered;
pub use fuse::{DefinedPlace, Derived, comparisons, decision, defined_place_of, defined_places, derive};
pub use names::{content_words, words_likeness_percent};
pub use record::{Access, Added, Record};
pub use rulings::audit::{audit, conflicts, queue};
pub use rulings::proposed::{Asked, Proposal, proposed};
pub use scores::scores;
pub use verify::{Difference, Read};

#[cfg(test)]
mod tests;
