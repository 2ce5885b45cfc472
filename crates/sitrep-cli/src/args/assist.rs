//! What `sitrep assist` takes.
//!
//! In: nothing. Out: the arguments clap fills in. Does nothing with them. There is no argument for a key: it would stand in the list of
//! processes and in the history of the shell.

use std::path::PathBuf;

use clap::Args;
use sitrep::model::Date;

use super::values;

/// `sitrep assist`
#[derive(Debug, Args)]
pub(crate) struct AssistArgs {
    /// The record
    pub(crate) record: PathBuf,
    /// Your own server that speaks OpenAI's chat completions, such as http://127.0.0.1:11434/v1
    #[arg(long, value_name = "URL")]
    pub(crate) assist: String,
    /// The model's name there
    #[arg(long, value_name = "NAME")]
    pub(crate) model: String,
    /// The day on which you ask, for the record
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    pub(crate) on: Date,
    /// Only these pages or documents (p_…, d_…); several may be given
    #[arg(long = "page", value_name = "ID")]
    pub(crate) pages: Vec<String>,
    /// At most as many documents
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Longest time for one answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout_s: u64,
    /// File with the server's key; otherwise the environment's SITREP_ASSIST_KEY, if there is one
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// Let the texts leave this machine; needed for every server but one on this machine
    #[arg(long)]
    pub(crate) allow_network: bool,
}
