//! The record as flat tables with typed columns: what Parquet files and Arrow batches are made of.
//!
//! In: contents and options. Out: for each table its columns and its rows, one at a time and in stable order. Never the texts of documents.

pub(crate) mod cell;
mod claims;
mod events;
pub(crate) mod geometry;

use sitrep_model::Contents;

use self::cell::{Column, Row};
use super::ExportOptions;
use crate::Names;
use crate::index::Index;
use crate::list::ListOptions;
use crate::list::jsonl::Outward;

/// Rows of one table.
pub(crate) type Rows<'c> = Box<dyn Iterator<Item = Row<'c>> + 'c>;

/// Contents with the look-ups that rows need.
pub(crate) struct Sheet<'c> {
    pub(crate) contents: &'c Contents,
    index: Index<'c>,
    outward: Outward<'c>,
    names: Names<'c>,
}

impl<'c> Sheet<'c> {
    pub(crate) fn of(contents: &'c Contents, options: &ExportOptions<'c>) -> Sheet<'c> {
        let lists = ListOptions { offsets: options.offsets, names: options.names };
        let (index, outward) = (Index::of(contents), Outward::of(contents, lists));
        Sheet { contents, index, outward, names: options.names }
    }
}

macro_rules! tables {
    ($($(#[doc = $doc:expr])* $variant:ident = $name:literal, $columns:path, $rows:path;)*) => {
        /// A table of a record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum TableName { $($(#[doc = $doc])* $variant,)* }

        impl TableName {
            /// Every table, in the order in which they are written.
            pub const ALL: &'static [TableName] = &[$(TableName::$variant,)*];

            /// The name a user types.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(TableName::$variant => $name,)* }
            }

            pub(crate) fn columns(self) -> &'static [Column] {
                match self { $(TableName::$variant => $columns,)* }
            }

            pub(crate) fn rows<'c>(self, sheet: &'c Sheet<'c>) -> Rows<'c> {
                match self { $(TableName::$variant => $rows(sheet),)* }
            }
        }
    };
}

tables! {
    /// One row a claim.
    Claims = "claims", claims::CLAIMS, claims::claims;
    /// One row an event.
    Events = "events", events::EVENTS, events::events;
    /// One row a claim that speaks of an event.
    Accounts = "accounts", events::ACCOUNTS, events::accounts;
    /// One row a link of a chain of speakers.
    Attributions = "attributions", claims::ATTRIBUTIONS, claims::attributions;
    /// One row a number in a claim.
    Quantities = "quantities", claims::QUANTITIES, claims::quantities;
    /// One row a side of a dispute.
    Disputes = "disputes", events::DISPUTES, events::disputes;
    /// One row a pair of claims that stand in a relation.
    Links = "links", events::LINKS, events::links;
    /// One row a forecast.
    Forecasts = "forecasts", events::FORECASTS, events::forecasts;
    /// One row a document.
    Documents = "documents", claims::DOCUMENTS, claims::documents;
    /// One row a reader's comment.
    Comments = "comments", claims::COMMENTS, claims::comments;
}

impl TableName {
    /// The table called `name`, or `None`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<TableName> {
        TableName::ALL.iter().copied().find(|table| table.name() == name)
    }
}
