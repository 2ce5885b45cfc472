//! Flags of the commands that take reports in: demo, build, add, analyze.
//!
//! In: clap's words. Out: argument structs. Never opens a file.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use sitrep::Layer;
use sitrep::model::{Date, OffsetUnit};

use super::{OwnActors, OwnPlaces, values};

/// `sitrep demo`
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Only build the record and print its summary
    #[arg(long)]
    pub(crate) no_serve: bool,
    /// Port of the workbench on this machine; 0 takes a free one
    #[arg(long, default_value_t = 8731)]
    pub(crate) port: u16,
    /// Keep the record in this file; a temporary file otherwise
    #[arg(long, short = 'o', value_name = "RECORD")]
    pub(crate) output: Option<PathBuf>,
}

/// What every command that reads reports is told about them.
#[derive(Debug, Args)]
pub(crate) struct InputArgs {
    /// Saved pages (HTML), text, PDF, Word, web archives, feeds, exports, folders of them, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Day of publication of a single report, YYYY-MM-DD; without any date, days without a year stay open
    #[arg(long, value_name = "DATE", value_parser = values::date, conflicts_with = "meta")]
    pub(crate) published: Option<Date>,
    /// Who published a single report
    #[arg(long, value_name = "NAME", conflicts_with = "meta")]
    pub(crate) outlet: Option<String>,
    /// Address of a single report
    #[arg(long, value_name = "URL", conflicts_with = "meta")]
    pub(crate) url: Option<String>,
    /// Who collected the reports: kept with each page, told by `why` and `pages`
    #[arg(long, value_name = "NAME")]
    pub(crate) collector: Option<String>,
    /// Table of path, url, outlet, published, retrieved for many reports: CSV with a header, or JSONL
    #[arg(long, value_name = "FILE")]
    pub(crate) meta: Option<PathBuf>,
    /// Where posts in JSON keep their parts: TOML of field = path, as in text = "body.message"; well-known shapes need none
    #[arg(long, value_name = "FILE")]
    pub(crate) post_fields: Option<PathBuf>,
    /// Reports read at the same time; as many as the machine has cores otherwise
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Write a line of JSON for every input or record that could not be read: path, record, offset, why, code
    #[arg(long, value_name = "FILE")]
    pub(crate) failures: Option<PathBuf>,
    /// Keep no small stills of the pictures that stand beside the pages
    #[arg(long)]
    pub(crate) no_thumbnails: bool,
    #[command(flatten)]
    pub(crate) places: OwnPlaces,
    #[command(flatten)]
    pub(crate) actors: OwnActors,
}

/// `sitrep build`
#[derive(Debug, Args)]
pub(crate) struct BuildArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// The record to make; must not exist yet
    #[arg(long, short = 'o', value_name = "RECORD")]
    pub(crate) output: PathBuf,
}

/// `sitrep add`
#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// The record to add to
    pub(crate) record: PathBuf,
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Write what the added reports changed to standard output
    #[arg(long)]
    pub(crate) digest: bool,
}

/// `sitrep analyze`
#[derive(Debug, Args)]
pub(crate) struct AnalyzeArgs {
    /// What to tell of each report, in one or more of: text, document, tokens, sentences, entities, times, places, attributions, claims, notes
    #[arg(long, value_delimiter = ',', default_value = "claims", value_parser = layer)]
    pub(crate) layers: Vec<Layer>,
    /// Unit of offsets: bytes, chars or utf16
    #[arg(long, default_value = "chars", value_parser = values::offsets)]
    pub(crate) offsets: OffsetUnit,
    /// Show readers' names instead of pseudonyms
    #[arg(long)]
    pub(crate) keep_names: bool,
    /// Reports read at the same time; as many as the machine has cores otherwise
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    pub(crate) places: OwnPlaces,
    #[command(flatten)]
    pub(crate) actors: OwnActors,
}

fn layer(text: &str) -> Result<Layer, String> {
    Layer::from_name(text).ok_or_else(|| {
        let names: Vec<&str> = Layer::ALL.iter().map(|layer| layer.name()).collect();
        format!("one or more of {}", names.join(", "))
    })
}

/// `sitrep fetch`
#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub(crate) struct FetchArgs {
    /// Addresses of pages, http or https
    #[arg(required = true, value_name = "URL")]
    pub(crate) urls: Vec<String>,
    /// The archive to write; must not exist yet
    #[arg(long, short = 'o', value_name = "FILE.warc.gz")]
    pub(crate) output: PathBuf,
    /// Let this one command use the network
    #[arg(long)]
    pub(crate) allow_network: bool,
}
