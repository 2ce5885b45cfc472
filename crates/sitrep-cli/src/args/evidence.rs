//! Flags of the commands that make a record last: bundle.
//!
//! In: clap's words. Out: argument structs. Never opens a record.

use std::path::PathBuf;

use clap::Args;

/// `sitrep bundle`
#[derive(Debug, Args)]
pub(crate) struct BundleArgs {
    /// The record
    #[arg(required_unless_present = "check", requires = "output")]
    pub(crate) record: Option<PathBuf>,
    /// The archive to write, a zip file
    #[arg(long, short = 'o', value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Check this archive instead; exit status 4 if anything differs
    #[arg(long, value_name = "FILE", conflicts_with_all = ["record", "output"])]
    pub(crate) check: Option<PathBuf>,
    /// A timestamp on the archive, its manifest.json or its manifest.sha256: OpenTimestamps (.ots) or RFC 3161 (.tsr); those beside or in the archive are found
    #[arg(long, value_name = "FILE", requires = "check")]
    pub(crate) token: Vec<PathBuf>,
}
