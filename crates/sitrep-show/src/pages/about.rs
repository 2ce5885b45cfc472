//! What this is and how to read it; the report inside the site; and the page for what is not there.
//!
//! In: contents. Out: pages.

use maud::html;
use sitrep_model::Contents;

use super::layout::{Part, bare, page};
use super::parts::shown;
use crate::Names;
use crate::report::{ReportOptions, html as report_html, plan};

pub(super) fn report(contents: &Contents, names: Names<'_>) -> String {
    let plan = plan::plan(contents, &ReportOptions { names, ..ReportOptions::default() });
    let body = html! {
        p class="more no-print" { a href="/report.md" { "Download as Markdown" } }
        div class="report" { (report_html::body(&plan)) }
    };
    page(&plan.title, Part::Report, &body)
}

/// The report alone, without what leads elsewhere.
pub(super) fn bare_report(contents: &Contents, names: Names<'_>) -> String {
    let plan = plan::plan(contents, &ReportOptions { names, ..ReportOptions::default() });
    bare(&plan.title, &html! { div class="report" { (report_html::body(&plan)) } })
}

pub(super) fn about(contents: &Contents) -> String {
    let edition = &contents.edition;
    let body = html! {
        h1 { "About this record" }
        p {
            "Sitrep reads war reporting and keeps a record of who did what to whom, where and when, according to whom, and how sure they "
            "were. It documents what was published. It takes no side, verifies nothing by itself, and must not be used to choose targets."
        }
        h2 { "How to read it" }
        dl class="facts" {
            div { dt { "Claim" } dd { "One statement in one passage, by one chain of speakers. The passage is always one click away." } }
            div { dt { "Event" } dd { "Claims that tell of the same thing. Its accounts stay apart; where they differ there is a dispute." } }
            div { dt { "Independent sources" } dd { "Origins, not repetitions: copies of one text and reports of one agency count once. Readers’ comments never count." } }
            div { dt { "How sure" } dd { "What the words commit to: certain, probable, possible, left open, and the same for “not”; once for the source, once for the writer. It is not our confidence." } }
            div { dt { "The reading" } dd { "How sure the program is that it understood the passage, from 0 to 1." } }
            div { dt { "Grade" } dd { "1 confirmed by independent sources of different alignment; 2 fits what else is known; 3 agrees with some of it; 4 doubtful; 5 improbable; 6 cannot be judged, as with a single source alone." } }
            div { dt { "Places" } dd { "A place told only by its relation to another is an area, not a point. An unknown place has no coordinates." } }
            div { dt { "Days" } dd { "A day without a year stays open unless the report’s own date is known." } }
        }
        h2 { "Made with" }
        p { "The same pages, corrections and edition give the same record, byte for byte." }
        dl class="facts" {
            div { dt { "Version" } dd { (shown(&edition.version)) } }
            @for (name, hash) in [("Rules", &edition.rules), ("World", &edition.world), ("Language model", &edition.model)] {
                div { dt { (name) } dd { code class="hash" { (shown(hash)) } } }
            }
            @if let Some(hash) = &edition.gazetteer {
                div { dt { "Own gazetteer" } dd { code class="hash" { (shown(hash)) } } }
            }
            @if let Some(hash) = &edition.actors {
                div { dt { "Own list of actors" } dd { code class="hash" { (shown(hash)) } } }
            }
            div { dt { "Corrections" } dd { (contents.rulings.len()) " by analysts" } }
        }
    };
    page("About", Part::About, &body)
}

pub(super) fn not_found(what: &str) -> String {
    let body = html! {
        h1 { "Not in this record" }
        p { "There is nothing here called “" (shown(what)) "”. " a href="/" { "Back to the overview" } "." }
    };
    page("Not in this record", Part::Other, &body)
}
