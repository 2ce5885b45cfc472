//! Why the front door could not do what was asked.
//!
//! In: the rooms' own errors. Out: [`Error`]. Odd text inside a report is never one of these.

use sitrep_claims::KitError;
use sitrep_gazetteer::GazetteerError;
use sitrep_language::ModelError;
use sitrep_record::RecordError;

/// Why a record could not be made or brought up to date.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The language model inside the program is damaged.
    #[error("the language model in this program is damaged; install it anew")]
    Model(#[from] ModelError),
    /// The knowledge files inside the program contradict themselves.
    #[error("the knowledge in this program contradicts itself; install it anew")]
    Knowledge(#[from] KitError),
    /// The user's own gazetteer.
    #[error(transparent)]
    Gazetteer(#[from] GazetteerError),
    /// The user's own gazetteer could not be read on; what was understood may lack places.
    #[error("the gazetteer could not be read on: {0}")]
    GazetteerLost(String),
    /// The user's own list of actors is longer than any list of actors.
    #[error("a list of actors may have {} MiB at most; leave out what the reports do not name", crate::MAX_ACTORS_BYTES >> 20)]
    ActorsTooLong,
    /// The record file.
    #[error(transparent)]
    Record(#[from] RecordError),
}
