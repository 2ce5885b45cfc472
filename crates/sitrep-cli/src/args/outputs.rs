//! Flags of the commands that show one thing, write files, rule, or serve.
//!
//! In: clap's words. Out: argument structs. Never opens a record.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::Shell;
use sitrep::model::{Date, OffsetUnit};

use super::lists::{FilterArgs, KnownArgs, ListFormat};
use super::{OwnActors, OwnPlaces, values};

/// `sitrep verify`
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// The record
    pub(crate) record: PathBuf,
    /// Recompute hashes, log and derivation only; do not read the reports again
    #[arg(long)]
    pub(crate) quick: bool,
    /// Print the proof that this page is in the record: one JSON object, checked against the root alone
    #[arg(long, value_name = "PAGE")]
    pub(crate) prove: Option<String>,
    #[command(flatten)]
    pub(crate) places: OwnPlaces,
    #[command(flatten)]
    pub(crate) actors: OwnActors,
}

/// `sitrep control`
#[derive(Debug, Args)]
pub(crate) struct ControlArgs {
    /// The record
    pub(crate) record: PathBuf,
    /// The place's name
    pub(crate) place: String,
    /// The day asked about; the latest state otherwise
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    pub(crate) on: Option<Date>,
    #[command(flatten)]
    pub(crate) known: KnownArgs,
    /// Words on a terminal, JSONL in a pipe
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
}

/// In what form reasons come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WhyFormat {
    /// Everything, in words
    Text,
    /// The comparisons behind an event or around a claim, as one JSON object
    Jsonl,
}

/// `sitrep why`
#[derive(Debug, Args)]
pub(crate) struct WhyArgs {
    /// The record
    pub(crate) record: PathBuf,
    /// Id of a claim (c_), event (e_), dispute (x_) or forecast (f_)
    pub(crate) id: String,
    /// Words, or the comparisons behind an event or around a claim as data
    #[arg(long, value_enum, default_value_t = WhyFormat::Text)]
    pub(crate) format: WhyFormat,
    #[command(flatten)]
    pub(crate) known: KnownArgs,
}

/// In what form a report comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Markdown with footnotes
    Md,
    /// A whole page without scripts
    Html,
}

/// `sitrep report`
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// The record
    pub(crate) record: PathBuf,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    /// Form of the report
    #[arg(long, value_enum, default_value = "md")]
    pub(crate) format: ReportFormat,
}

/// `sitrep map`
#[derive(Debug, Args)]
pub(crate) struct MapArgs {
    /// The record
    pub(crate) record: PathBuf,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    /// Only what may have happened on this day, and control as asserted by then
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    pub(crate) on: Option<Date>,
    /// The picture to write: a name ending in .svg or .png, or - for SVG on standard output
    #[arg(long, short = 'o', value_name = "FILE")]
    pub(crate) output: PathBuf,
}

/// `sitrep export`
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// The record
    #[arg(required_unless_present = "list")]
    pub(crate) record: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    /// List the formats
    #[arg(long, exclusive = true)]
    pub(crate) list: bool,
    /// The format; see --list
    #[arg(long = "to", value_name = "FORMAT", required_unless_present = "list")]
    pub(crate) format: Option<String>,
    /// A file, a folder for all files of the format, or - for standard output
    #[arg(long, short = 'o', value_name = "PATH", required_unless_present = "list")]
    pub(crate) output: Option<PathBuf>,
    /// For whom the export is made
    #[arg(long, value_enum)]
    pub(crate) profile: Option<Profile>,
    /// Settings of the public profile, a TOML file; those built in otherwise
    #[arg(long, value_name = "FILE")]
    pub(crate) public_settings: Option<PathBuf>,
    /// acled, ged: one row for each day, place and dyad
    #[arg(long)]
    pub(crate) aggregate: bool,
    /// Unit of offsets: bytes, chars or utf16
    #[arg(long, default_value = "chars", value_parser = values::offsets)]
    pub(crate) offsets: OffsetUnit,
}

/// `sitrep publish`
#[derive(Debug, Args)]
pub(crate) struct PublishArgs {
    /// The record
    pub(crate) record: PathBuf,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    /// The format; see `sitrep export --list`
    #[arg(long = "to", value_name = "FORMAT", default_value = "html")]
    pub(crate) format: String,
    /// A file, a folder for all files of the format, or - for standard output
    #[arg(long, short = 'o', value_name = "PATH")]
    pub(crate) output: PathBuf,
    /// Settings of the public profile that hold back at least as much as those built in, a TOML file
    #[arg(long, value_name = "FILE")]
    pub(crate) public_settings: Option<PathBuf>,
    /// acled, ged: one row for each day, place and dyad
    #[arg(long)]
    pub(crate) aggregate: bool,
}

/// For whom an export is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// For spreadsheet programs: byte order mark, and cells that look like formulas disarmed
    Spreadsheet,
    /// For everybody to see: only what a reviewer accepted, old enough, places made coarse, no readers, no medical or relief sites
    Public,
}

/// `sitrep merge`
#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// The one record
    pub(crate) one: PathBuf,
    /// The other
    pub(crate) other: PathBuf,
    /// The record to make; must not exist yet
    #[arg(long, short = 'o', value_name = "RECORD")]
    pub(crate) output: PathBuf,
}

/// In what form a digest comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DigestFormat {
    /// Plain words
    Text,
    /// Markdown
    Md,
    /// One JSON object a line
    Jsonl,
}

/// `sitrep digest`
#[derive(Debug, Args)]
pub(crate) struct DigestArgs {
    /// The record
    pub(crate) record: PathBuf,
    /// What pages published on this day or later changed
    #[arg(long, value_name = "DATE", value_parser = values::date, required_unless_present = "against", conflicts_with = "against")]
    pub(crate) since: Option<Date>,
    /// What changed against an older copy of the record
    #[arg(long, value_name = "OLDER_RECORD")]
    pub(crate) against: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) known: KnownArgs,
    /// Words on a terminal, JSONL in a pipe
    #[arg(long, value_enum)]
    pub(crate) format: Option<DigestFormat>,
}

/// `sitrep serve`
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// The record
    pub(crate) record: PathBuf,
    /// Port on this machine; 0 takes a free one
    #[arg(long, default_value_t = 8731)]
    pub(crate) port: u16,
    /// Listen on this address instead of 127.0.0.1, for other machines: needs --password-hash, and something in front that speaks TLS
    #[arg(long, value_name = "ADDRESS", requires = "password_hash")]
    pub(crate) listen: Option<IpAddr>,
    /// A name under which other machines reach the server; several may be given
    #[arg(long = "host", value_name = "NAME")]
    pub(crate) hosts: Vec<String>,
    /// File with the argon2 hash of the password that everybody must bring, as `sitrep hash-password` prints it
    #[arg(long, value_name = "FILE")]
    pub(crate) password_hash: Option<PathBuf>,
    /// Serve the workbench's files from this folder instead of those built in
    #[arg(long, value_name = "FOLDER", hide = true)]
    pub(crate) workbench: Option<PathBuf>,
}

/// `sitrep schema`
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// One of: claim, event, dispute, forecast, link, thread, control, page, ruling, conflict, review, score, digest, agreement, difference, sample
    pub(crate) name: String,
}

/// `sitrep completions`
#[derive(Debug, Args)]
pub(crate) struct ShellArgs {
    /// Which shell
    pub(crate) shell: Shell,
}
