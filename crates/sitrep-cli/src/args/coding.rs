//! What `sitrep coding` takes.
//!
//! In: nothing. Out: the arguments clap fills in. Does nothing with them.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::lists::{FilterArgs, ListFormat};

/// `sitrep coding`
#[derive(Debug, Args)]
pub(crate) struct CodingArgs {
    /// The record
    pub(crate) record: PathBuf,
    #[command(subcommand)]
    pub(crate) action: CodingAction,
}

/// A step of double coding.
#[derive(Debug, Subcommand)]
pub(crate) enum CodingAction {
    /// Draw passages and write a sheet to fill in: accept (yes, no), event, status, polarity; the program's own reading is not shown
    Sample(SampleArgs),
    /// Hand in a filled sheet; a cell left empty is no answer
    Submit {
        /// The sheet
        file: PathBuf,
        /// Who coded it
        #[arg(long)]
        reviewer: String,
    },
    /// Tell which samples there are and who has handed them in
    Status {
        /// Table on a terminal, JSONL in a pipe
        #[arg(long, value_enum)]
        format: Option<ListFormat>,
    },
    /// Tell how far reviewers agree, field by field: Cohen's kappa, Krippendorff's alpha
    Agreement(CodersArgs),
    /// List the items on which they differ, or agree against the record; as CSV a sheet for adjudicate
    Differences {
        #[command(flatten)]
        coders: CodersArgs,
        /// A file for the list, as CSV
        #[arg(long, short = 'o', value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Turn the column final of a list of differences into rulings
    Adjudicate {
        /// The list
        file: PathBuf,
        /// Who decides
        #[arg(long)]
        reviewer: String,
    },
}

/// `sitrep coding RECORD sample`
#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct SampleArgs {
    /// How many
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) n: usize,
    /// Another number draws others; the same draws the same
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// The sheet
    #[arg(long, short = 'o', value_name = "FILE")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

/// Whose codings are compared.
#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct CodersArgs {
    /// Who, parted by commas
    #[arg(long, value_delimiter = ',', required = true)]
    pub(crate) reviewers: Vec<String>,
    /// Which sample, when there are several
    #[arg(long, value_name = "ID")]
    pub(crate) sample: Option<String>,
    /// Table on a terminal, JSONL in a pipe
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
}
