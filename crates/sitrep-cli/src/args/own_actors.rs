//! The flag of the commands that use a list of the user's own actors.
//!
//! In: clap's words. Out: an argument struct. Never opens a file.

use std::path::PathBuf;

use clap::Args;

/// The user's own actors, for commands that read reports.
#[derive(Debug, Args)]
pub(crate) struct OwnActors {
    /// Know these bodies too: a line each of id, name, kind, country, part of, other names (;), parted by tabs; the record keeps the list
    #[arg(long, value_name = "FILE")]
    pub(crate) actors: Option<PathBuf>,
}
