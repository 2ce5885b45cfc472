//! Whole HTML pages for a server: plain, no scripts, no inline styles, every word of a source escaped.
//!
//! In: contents, and for some pages a filter, an id or an answer. Out: pages that link to each other by these addresses:
//!
//! | address | page |
//! |---|---|
//! | `/` | [`index`] |
//! | `/events?place=&actor=&type=&source=&since=&until=&status=&voice=&page=` | [`events`] |
//! | `/events/{event_id}` | [`event`] |
//! | `/claims/{claim_id}` | [`claim`] |
//! | `/documents/{document_id}` | [`document`] |
//! | `/disputes`, `/forecasts`, `/sources`, `/report`, `/map`, `/about` | the page of that name |
//! | `/threads`, `/threads/{document_id}` | [`threads`] |
//! | `/control?place=&on=` | [`control`] |
//! | `/style.css` | [`STYLE`] |
//! | `/media/{sha256}` | a still a document's page shows; the server sends it |
//! | `/map.svg`, `/report.md`, `/export/{format}` | downloads the pages offer; the server makes them |
//!
//! They hold under `Content-Security-Policy: default-src 'none'; style-src 'self'; form-action 'self'`; a document's page needs
//! `img-src 'self'` too, for the stills of its pictures.
//! Never shows a reader's name unless [`Names::Keep`] is asked for, never makes a link of an address found in a source.

mod about;
mod claim;
mod decision;
mod document;
mod event;
mod layout;
mod lists;
mod media;
mod parts;
mod place;
mod threads;

use sitrep_model::{Contents, ControlAnswer, Decisions, Filter, Outlines};

pub use media::Stills;

use crate::Names;
use crate::map::MapOptions;

/// The style sheet of every page, to be served as `/style.css`.
pub const STYLE: &str = concat!(include_str!("style.css"), include_str!("../report/parts.css"));

/// The front page: what is in the record, its latest events, the filters.
#[must_use]
pub fn index(contents: &Contents) -> String {
    lists::overview(contents)
}

/// The events, `contents` already filtered by `filter`, one screenful; `page` counts from 1.
#[must_use]
pub fn events(contents: &Contents, filter: &Filter, page: usize) -> String {
    lists::events(contents, filter, page)
}

/// How many screens of [`events`] there are.
pub(crate) fn event_screens(contents: &Contents) -> usize {
    contents.events.len().div_ceil(lists::PAGE_ROWS).max(1)
}

/// Pages of a site written whole, with look-ups built once for all of them.
pub(crate) mod parts_of_site {
    pub(crate) use super::document::page_of as document;
    pub(crate) use super::event::page_of as event;
}

/// One event: every account side by side, disputes, near misses; `decisions` are the comparisons behind it. `None` when there is no such event.
#[must_use]
pub fn event(contents: &Contents, id: &str, names: Names<'_>, decisions: &Decisions) -> Option<String> {
    event::event(contents, id, names, decisions)
}

/// One claim: the stored text with the passage marked, and what was understood; `decisions` are the comparisons around it.
#[must_use]
pub fn claim(contents: &Contents, id: &str, names: Names<'_>, decisions: &Decisions) -> Option<String> {
    claim::claim(contents, id, names, decisions)
}

/// One document: its text with every claim marked, its provenance; `stills` of its pictures are there folded away.
#[must_use]
pub fn document(contents: &Contents, id: &str, names: Names<'_>, stills: &Stills) -> Option<String> {
    document::document(contents, id, names, stills)
}

/// Every dispute, both sides.
#[must_use]
pub fn disputes(contents: &Contents) -> String {
    lists::disputes(contents)
}

/// The ledger of forecasts.
#[must_use]
pub fn forecasts(contents: &Contents) -> String {
    lists::forecasts(contents)
}

/// Readers' threads: of one document, or of all.
#[must_use]
pub fn threads(contents: &Contents, document: Option<&str>, names: Names<'_>) -> String {
    threads::threads(contents, document, names)
}

/// Who held a place on a day; `answer` is absent until something was asked.
#[must_use]
pub fn control(contents: &Contents, place: &str, on: &str, answer: Option<&ControlAnswer>) -> String {
    place::control(contents, place, on, answer)
}

/// The map and its list.
#[must_use]
pub fn map(contents: &Contents, outlines: &Outlines, options: &MapOptions<'_>) -> String {
    place::map(contents, outlines, options)
}

/// Outlets and holders.
#[must_use]
pub fn sources(contents: &Contents) -> String {
    lists::sources(contents)
}

/// The situation report inside the shared layout.
#[must_use]
pub fn report(contents: &Contents, names: Names<'_>) -> String {
    about::report(contents, names)
}

/// The situation report without the layout around it, to be shown inside another page or printed.
#[must_use]
pub fn bare_report(contents: &Contents, names: Names<'_>) -> String {
    about::bare_report(contents, names)
}

/// What this is, what it was made with, how to read it.
#[must_use]
pub fn about(contents: &Contents) -> String {
    about::about(contents)
}

/// Nothing here by that name; `what` says what was asked for.
#[must_use]
pub fn not_found(what: &str) -> String {
    about::not_found(what)
}
