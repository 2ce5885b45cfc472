//! The situation report: dated sections, one sentence an event, numbered notes to outlet, date, quote and hash.
//!
//! In: contents, already filtered. Out: Markdown or a whole HTML page. Never states what no account states; readers' comments
//! stand apart.

pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod phrases;
pub(crate) mod plan;

use jiff::civil::Date;
use sitrep_model::Contents;

use crate::Names;

/// In what form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// CommonMark with footnotes.
    Markdown,
    /// A whole page, styles included, no scripts.
    Html,
}

/// How to report.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReportOptions<'k> {
    /// First day asked for; only told in the title, the contents are already filtered.
    pub since: Option<Date>,
    /// Last day asked for.
    pub until: Option<Date>,
    /// Whether readers' names are shown.
    pub names: Names<'k>,
}

/// The report.
#[must_use]
pub fn report(contents: &Contents, markup: Markup, options: &ReportOptions<'_>) -> String {
    let plan = plan::plan(contents, options);
    match markup {
        Markup::Markdown => markdown::markdown(&plan),
        Markup::Html => html::page(&plan),
    }
}
