//! Flags of `gazetteer` and of the commands that use a gazetteer of the user's own.
//!
//! In: clap's words. Out: argument structs. Never opens a file.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use sitrep::gazetteer::Format;

use super::lists::ListFormat;

/// The user's own places, for commands that read reports.
#[derive(Debug, Args)]
pub(crate) struct OwnPlaces {
    /// Use the places that `sitrep gazetteer import` put into this folder, beside the built-in ones
    #[arg(long, value_name = "DIR", env = "SITREP_GAZETTEER")]
    pub(crate) gazetteer: Option<PathBuf>,
}

/// The folder of the user's own places, for commands about them.
#[derive(Debug, Args)]
pub(crate) struct FolderArg {
    /// The folder your places are kept in
    #[arg(long = "gazetteer", value_name = "DIR", env = "SITREP_GAZETTEER", required = true)]
    pub(crate) folder: PathBuf,
}

/// `sitrep gazetteer`
#[derive(Debug, Args)]
pub(crate) struct GazetteerArgs {
    #[command(subcommand)]
    pub(crate) command: GazetteerCommand,
}

/// What to do with the user's own places.
#[derive(Debug, Subcommand)]
pub(crate) enum GazetteerCommand {
    /// Take places in: a dump of GeoNames, a table with columns name, lat, lon, …, or GeoJSON; plain or zipped
    #[command(after_help = "Examples:
  sitrep gazetteer import SY.zip IQ.zip --name levant --gazetteer places
  sitrep gazetteer import own.csv --source 'field survey 2031' --licence 'all rights reserved' --gazetteer places")]
    Import(ImportArgs),
    /// Tell what is in the folder: places, sources, licences, edition
    #[command(after_help = "Examples:
  sitrep gazetteer info --gazetteer places
  sitrep gazetteer info --check --gazetteer places")]
    Info(InfoArgs),
    /// List the places a name may mean, the best known first
    #[command(after_help = "Examples:
  sitrep gazetteer find 'Tell Varnesh' --gazetteer places
  sitrep gazetteer find 'San José' --country MX --gazetteer places --format csv")]
    Find(FindArgs),
    /// Take places away that one import brought
    #[command(after_help = "Examples:
  sitrep gazetteer remove own --gazetteer places
  sitrep gazetteer remove allCountries --gazetteer places")]
    Remove(RemoveArgs),
}

/// `sitrep gazetteer import`
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Files of places, all in one format
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) folder: FolderArg,
    /// GeoNames' table of other names, alternateNamesV2.txt or .zip
    #[arg(long, value_name = "FILE")]
    pub(crate) alternate_names: Option<PathBuf>,
    /// What to call these places together; the first file's name otherwise. Places of that name are replaced
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// What the files are written in: geonames, csv or geojson; told by their names otherwise
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub(crate) format: Option<Format>,
    /// Who says so, for rows that do not say
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// How these places may be used; for GeoNames it is CC BY 4.0 unless told otherwise
    #[arg(long, value_name = "TEXT")]
    pub(crate) licence: Option<String>,
    /// Write a line of JSON for every row that could not be used: path, line, why, code
    #[arg(long, value_name = "FILE")]
    pub(crate) failures: Option<PathBuf>,
}

/// `sitrep gazetteer info`
#[derive(Debug, Args)]
pub(crate) struct InfoArgs {
    #[command(flatten)]
    pub(crate) folder: FolderArg,
    /// Read all files and compare them with their hashes; exit status 4 if one differs
    #[arg(long)]
    pub(crate) check: bool,
    /// Table on a terminal, JSONL in a pipe
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
}

/// `sitrep gazetteer find`
#[derive(Debug, Args)]
pub(crate) struct FindArgs {
    /// The name, in any spelling
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) folder: FolderArg,
    /// Only in this country, two letters
    #[arg(long, value_name = "CC", value_parser = country)]
    pub(crate) country: Option<[u8; 2]>,
    /// At most as many
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Table on a terminal, JSONL in a pipe
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
}

/// `sitrep gazetteer remove`
#[derive(Debug, Args)]
pub(crate) struct RemoveArgs {
    /// What the places are called together, as `info` lists them
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) folder: FolderArg,
}

fn format(text: &str) -> Result<Format, String> {
    Format::from_name(text).ok_or_else(|| "one of geonames, csv, geojson".to_owned())
}

fn country(text: &str) -> Result<[u8; 2], String> {
    match text.as_bytes() {
        [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
            Ok([a.to_ascii_uppercase(), b.to_ascii_uppercase()])
        }
        _ => Err("two letters of ISO 3166-1, as in SY".to_owned()),
    }
}
