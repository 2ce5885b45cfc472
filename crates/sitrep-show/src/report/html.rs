//! The report in HTML: a page of its own with its styles inside, or a body for the server's layout.
//!
//! In: a plan. Out: markup. Never a script, never a reference to anything outside the page besides its own notes.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::plan::{Item, Plan};
use crate::visible::{brief, one_line, visible};

const STYLE: &str = concat!(include_str!("report.css"), include_str!("parts.css"));

/// The whole page.
pub(crate) fn page(plan: &Plan) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (visible(&brief(&plan.title))) }
                style { (PreEscaped(STYLE)) }
            }
            body { main class="report" { (body(plan)) } }
        }
    };
    page.into_string() + "\n"
}

/// The report without page around it.
pub(crate) fn body(plan: &Plan) -> Markup {
    html! {
        h1 { (visible(&plan.title)) }
        p class="basis" { (visible(&plan.basis)) }
        @for caution in &plan.cautions {
            p class="caution" { strong { "Note. " } (code_spans(caution)) }
        }
        @for section in &plan.sections {
            section {
                h2 { (visible(&section.heading)) }
                @if let Some(lead) = &section.lead { p class="lead" { (visible(lead)) } }
                ul class="items" { @for it in &section.items { (item(it)) } }
            }
        }
        @if !plan.notes.is_empty() {
            section class="notes" {
                h2 { "Notes" }
                ol {
                    @for note in &plan.notes {
                        li id=(format!("note-{}", note.number)) {
                            span class="note-source" { (line(&note.source)) } ": "
                            q dir="auto" { (line(&note.quote)) }
                            " " span class="trace" { (note.trace) }
                        }
                    }
                }
            }
        }
    }
}

fn item(item: &Item) -> Markup {
    html! {
        li {
            (line(&item.sentence)) (references(&item.notes))
            @for mark in &item.marks { " " span class="mark" { (line(mark)) } }
            @if !item.sides.is_empty() {
                ul class="sides" {
                    @for side in &item.sides { li { (line(&side.text)) (references(&side.notes)) } }
                }
            }
        }
    }
}

fn references(notes: &[usize]) -> Markup {
    html! {
        @for number in notes {
            sup { a href=(format!("#note-{number}")) aria-label=(format!("note {number}")) { (number) } }
        }
    }
}

fn code_spans(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (visible(part)) }
        }
    }
}

/// Words of a source on one line, cut when they are very long.
fn line(text: &str) -> String {
    one_line(&brief(text))
}
