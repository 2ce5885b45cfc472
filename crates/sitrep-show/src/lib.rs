//! Out: a record as lists, reports, maps, exports and pages someone reads.
//!
//! In: [`Contents`](sitrep_model::Contents), already filtered, and options. Out: text and bytes; the same contents and options
//! give the same bytes. Never invents a fact, never reads a file, a clock or the environment, never prints.
//!
//! | entry | gives |
//! |---|---|
//! | [`list::list`] | claims, events, disputes, forecasts, links, threads, places, actors, sources, pages as a table, JSONL or CSV |
//! | [`report::report`] | a cited situation report, Markdown or HTML |
//! | [`map::svg`], [`map::png`] | a map of events and asserted control |
//! | [`export::export`] | files for other programs, with a report of what they could not hold |
//! | [`timeline::svg`] | events a day |
//! | [`why::why`], [`why::control_text`], [`why::summary`] | plain words for the terminal |
//! | [`scores::scores_table`], [`scores::scores_csv`] | how good forecasts were, by source |
//! | [`digest::digest_text`] | what changed between two states of a record |
//! | [`pages`] | whole HTML pages for a server, no scripts; [`pages::STYLE`] goes with them |
//!
//! ```
//! use sitrep_show::{list::{Format, List, ListOptions, list}, why};
//! # use sitrep_model::{Contents, Edition};
//! # let edition = Edition { version: "0.1.0".into(), rules: String::new(), world: String::new(), model: String::new(), gazetteer: None, actors: None };
//! # let contents = Contents { edition, pages: vec![], documents: vec![], claims: vec![], events: vec![], disputes: vec![],
//! #     links: vec![], forecasts: vec![], copies: vec![], rulings: vec![], register: vec![] };
//! let table = list(&contents, List::Events, Format::Table { width: 80 }, &ListOptions::default());
//! assert_eq!(table, "No events.\n");
//! assert!(why::summary(&contents).starts_with("0 reports read"));
//! ```

pub mod decision;
pub mod digest;
pub mod export;
pub mod list;
pub mod map;
pub mod names;
pub mod pages;
pub mod report;
pub mod scores;
pub mod timeline;
pub mod why;

mod index;
mod page_entries;
mod veil;
mod visible;
mod why_page;
mod words;

pub use names::Names;
pub use names::pseudonymize;
pub use veil::{veil, veil_report};
pub use words::{according_to, outlet, source_kind};
