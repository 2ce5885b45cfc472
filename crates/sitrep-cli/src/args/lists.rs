//! Flags of the commands that list: what to leave in, and in what form.
//!
//! In: clap's words. Out: argument structs and a [`Filter`]. Never opens a record.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use sitrep::model::{Date, Filter, OffsetUnit, Status, Voice};

use super::values;

/// In what form a list comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people, fitted to the terminal
    Table,
    /// One JSON object a line
    Jsonl,
    /// With a header line
    Csv,
}

/// What to leave in.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct FilterArgs {
    /// Only where this is part of the place's name
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Option<String>,
    /// Only where this is part of an actor's name
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// Only this event type (`territory.captured`) or family (`territory`)
    #[arg(long = "type", value_name = "TYPE", value_parser = values::event)]
    pub(crate) event: Option<String>,
    /// Only where this is part of the outlet's or a holder's name
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Not before this day
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    pub(crate) since: Option<Date>,
    /// Not after this day
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    pub(crate) until: Option<Date>,
    /// Only this status: occurred, ongoing, planned, announced, ordered, threatened, conditional, forecast, hypothetical
    #[arg(long, value_parser = values::status)]
    pub(crate) status: Option<Status>,
    /// Only this voice: headline, article, caption, comment
    #[arg(long, value_parser = values::voice)]
    pub(crate) voice: Option<Voice>,
    #[command(flatten)]
    pub(crate) known: KnownArgs,
}

/// What was known when.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct KnownArgs {
    /// The record as known on this day: only pages published by then (saved by then, where no one knows when they were published)
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    pub(crate) as_known: Option<Date>,
}

impl FilterArgs {
    /// The same as a filter.
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            place: self.place.clone(),
            actor: self.actor.clone(),
            event: self.event.clone(),
            source: self.source.clone(),
            since: self.since,
            until: self.until,
            status: self.status,
            voice: self.voice,
        }
    }
}

/// `sitrep claims` and the other lists
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The record
    pub(crate) record: PathBuf,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    /// Form of the list; a table on a terminal, JSONL in a pipe
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
    /// Unit of offsets: bytes, chars or utf16
    #[arg(long, default_value = "chars", value_parser = values::offsets)]
    pub(crate) offsets: OffsetUnit,
}

/// `sitrep forecasts`
#[derive(Debug, Args)]
pub(crate) struct ForecastsArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// How good they were: by source, of readers, of all, with counts, calibration and, where there are enough, ranks
    #[arg(long)]
    pub(crate) scores: bool,
}

/// `sitrep threads`
#[derive(Debug, Args)]
pub(crate) struct ThreadsArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// Show readers' names instead of pseudonyms
    #[arg(long)]
    pub(crate) keep_names: bool,
}
