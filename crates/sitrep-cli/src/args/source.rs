//! What `sitrep source` takes.
//!
//! In: nothing. Out: the arguments clap fills in. Does nothing with them.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use sitrep::model::{Date, Reliability};

use super::values;

/// `sitrep source`
#[derive(Debug, Args)]
pub(crate) struct SourceArgs {
    #[command(subcommand)]
    pub(crate) action: SourceAction,
}

/// What is done to the register.
#[derive(Debug, Subcommand)]
pub(crate) enum SourceAction {
    /// Note what you know of an outlet or holder; an empty value takes a note back
    #[command(after_help = "Examples:
  sitrep source set war.sitrep 'Orsk Post' --alignment pro-government --owner 'Orsk Media Group'
  sitrep source set war.sitrep 'Orsk Post' --reliability C --on 2031-05-09 --reviewer desk --why 'two corrections in a year'")]
    Set(SetArgs),
    /// Note what a table says: columns name, alignment, owner, family, language, reliability, on, why, as `sources --format csv` gives them
    #[command(after_help = "Examples:
  sitrep sources war.sitrep --format csv > sources.csv
  sitrep source import war.sitrep sources.csv --reviewer desk")]
    Import {
        /// The record
        record: PathBuf,
        /// The table
        file: PathBuf,
        /// Who notes it
        #[arg(long, default_value = "reviewer")]
        reviewer: String,
    },
}

/// `sitrep source set`
#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct SetArgs {
    /// The record
    pub(crate) record: PathBuf,
    /// Its name, in any spelling
    pub(crate) name: String,
    /// Whose side it is on
    #[arg(long)]
    pub(crate) alignment: Option<String>,
    /// Who owns it: outlets of one owner are one origin
    #[arg(long)]
    pub(crate) owner: Option<String>,
    /// The group of outlets it belongs to: one family is one origin
    #[arg(long)]
    pub(crate) family: Option<String>,
    /// The language it publishes in
    #[arg(long)]
    pub(crate) language: Option<String>,
    /// How far it is relied on, A (completely) to E (not at all), F for not judged
    #[arg(long, value_parser = values::reliability)]
    pub(crate) reliability: Option<Reliability>,
    /// On what day it was rated
    #[arg(long, value_name = "DATE", value_parser = values::date, requires = "reliability")]
    pub(crate) on: Option<Date>,
    /// Who notes it
    #[arg(long, default_value = "reviewer")]
    pub(crate) reviewer: String,
    /// Why
    #[arg(long)]
    pub(crate) why: Option<String>,
}
