//! What `sitrep review` takes.
//!
//! In: nothing. Out: the arguments clap fills in. Does nothing with them.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::lists::ListFormat;
use super::{OwnPlaces, values};

/// `sitrep review`
#[derive(Debug, Args)]
pub(crate) struct ReviewArgs {
    /// The record
    pub(crate) record: PathBuf,
    #[command(subcommand)]
    pub(crate) action: ReviewAction,
    /// Who rules
    #[arg(long, global = true, default_value = "reviewer")]
    pub(crate) reviewer: String,
    /// Why
    #[arg(long, global = true)]
    pub(crate) why: Option<String>,
    /// Form of a list; a table on a terminal, JSONL in a pipe
    #[arg(long, global = true, value_enum)]
    pub(crate) format: Option<ListFormat>,
}

/// A ruling, or a list about rulings.
#[derive(Debug, Subcommand)]
pub(crate) enum ReviewAction {
    /// Mark a claim or event as read and found right
    Accept {
        /// Its id
        id: String,
    },
    /// Leave a claim out of events; it stays in the record
    Reject {
        /// Its id
        id: String,
    },
    /// Give a claim another event type
    Relabel {
        /// Its id
        id: String,
        /// The right event type
        #[arg(value_name = "TYPE", value_parser = values::event)]
        event: String,
    },
    /// Make claims and events one event
    Merge {
        /// Ids of events and claims
        #[arg(required = true, num_args = 2..)]
        ids: Vec<String>,
    },
    /// Take claims out of an event
    Split {
        /// The event
        event: String,
        /// The claims that leave it
        #[arg(required = true)]
        claims: Vec<String>,
    },
    /// Say where or when a claim's deed was
    Pin(PinArgs),
    /// Say who is meant: in one claim, or wherever these words stand
    Name {
        /// A claim, or the words of the texts
        #[arg(value_name = "CLAIM|WORDS")]
        subject: String,
        /// Who is meant
        name: String,
        /// Which of the claim's actors or targets, in the words of the text; its first actor otherwise
        #[arg(long, value_name = "WORDS")]
        said: Option<String>,
        /// The actor's id, as `actors` lists it
        #[arg(long)]
        id: Option<String>,
    },
    /// Take back an earlier ruling
    Undo {
        /// Its number, as `review list` tells it
        number: u64,
    },
    /// Take rulings from a table: columns action, subject, value, and perhaps reviewer and why, as `list --format csv` gives them; or claims or
    /// events as they are exported, with a column `action` (and `value`, `why`) filled in where there is something to rule
    Import {
        /// The table
        file: PathBuf,
    },
    /// List the rulings: who ruled what, why, and whether it holds
    List,
    /// List rulings that something stands against: a claim that is gone, a later account, another reviewer
    Conflicts,
    /// List what waits for review: conflicts, disputes, events that are perhaps one, unsure readings
    #[command(visible_alias = "next")]
    Queue {
        /// At most as many
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
    },
}

/// `sitrep review RECORD pin`
#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct PinArgs {
    /// The claim
    pub(crate) id: String,
    /// A day, or FROM..TO with either end left out; empty for no day
    #[arg(long, value_name = "DAYS", required_unless_present = "place")]
    pub(crate) date: Option<String>,
    /// LAT,LON,RADIUS_KM, or a name of the gazetteer; empty for no place
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    pub(crate) place: Option<String>,
    /// Which of several places of that name, by its GeoNames id
    #[arg(long, value_name = "ID", requires = "place")]
    pub(crate) geonames: Option<u64>,
    #[command(flatten)]
    pub(crate) places: OwnPlaces,
}
