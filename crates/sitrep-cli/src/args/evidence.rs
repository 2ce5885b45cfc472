//! Flags of the commands that make a record last: bundle, redact, lock.
//!
//! In: clap's words. Out: argument structs. Never opens a record.

use std::path::PathBuf;

use clap::Args;
use sitrep::model::Date;

use super::values;

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

/// `sitrep redact`
#[derive(Debug, Args)]
pub(crate) struct RedactArgs {
    /// The record
    pub(crate) record: PathBuf,
    /// Id of a page (p_) or of a reader's comment (m_), or a name; without it, what was taken out is listed
    #[arg(requires = "why")]
    pub(crate) id: Option<String>,
    /// Why; it stays in the record, so it must not say what is taken out
    #[arg(long, requires = "id")]
    pub(crate) why: Option<String>,
    /// Who does it
    #[arg(long, default_value = "reviewer")]
    pub(crate) by: String,
    /// The day, YYYY-MM-DD; today otherwise
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    pub(crate) on: Option<Date>,
}

/// Where a passphrase comes from.
#[derive(Debug, Args)]
pub(crate) struct PassphraseArgs {
    /// File whose first line is the passphrase; otherwise it is taken from SITREP_PASSPHRASE or asked for on the terminal
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// `sitrep lock`
#[derive(Debug, Args)]
pub(crate) struct LockArgs {
    /// The record
    pub(crate) record: PathBuf,
    #[command(flatten)]
    pub(crate) passphrase: PassphraseArgs,
    /// Leave the record and its log where they are
    #[arg(long)]
    pub(crate) keep: bool,
}

/// `sitrep unlock`
#[derive(Debug, Args)]
pub(crate) struct UnlockArgs {
    /// The encrypted record, as `lock` wrote it
    #[arg(value_name = "RECORD.age")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) passphrase: PassphraseArgs,
    /// Leave the encrypted files where they are
    #[arg(long)]
    pub(crate) keep: bool,
}
