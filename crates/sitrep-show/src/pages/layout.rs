//! The frame of every page: head, skip link, navigation, foot.
//!
//! In: a title, which part of the site, a body. Out: a whole page. Never a script, a style attribute or anything from elsewhere.

use maud::{DOCTYPE, Markup, html};

use crate::visible::{brief, visible};

/// Parts of the site, as the navigation names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Overview,
    Events,
    Disputes,
    Forecasts,
    Map,
    Control,
    Threads,
    Sources,
    Report,
    About,
    /// Pages the navigation does not name.
    Other,
}

const NAVIGATION: [(Part, &str, &str); 10] = [
    (Part::Overview, "/plain", "Overview"),
    (Part::Events, "/events", "Events"),
    (Part::Disputes, "/disputes", "Disputes"),
    (Part::Forecasts, "/forecasts", "Forecasts"),
    (Part::Map, "/map", "Map"),
    (Part::Control, "/control", "Control"),
    (Part::Threads, "/threads", "Comments"),
    (Part::Sources, "/sources", "Sources"),
    (Part::Report, "/report", "Report"),
    (Part::About, "/about", "About"),
];

/// The page.
pub(super) fn page(title: &str, part: Part, body: &Markup) -> String {
    framed(title, body, Some(part))
}

/// The page without what leads elsewhere: to be shown inside another, or printed.
pub(super) fn bare(title: &str, body: &Markup) -> String {
    framed(title, body, None)
}

fn framed(title: &str, body: &Markup, part: Option<Part>) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (visible(&brief(title))) " – Sitrep" }
                link rel="stylesheet" href="/style.css";
            }
            body {
                @if let Some(part) = part { (navigation(part)) }
                main id="main" { (body) }
                footer class="site" {
                    p { "Reported, not verified. Every statement leads to the passage it rests on; disagreement is shown, never averaged." }
                }
            }
        }
    };
    page.into_string() + "\n"
}

fn navigation(part: Part) -> Markup {
    html! {
        a class="skip" href="#main" { "Skip to content" }
        header class="site" {
            a class="name" href="/plain" { "Sitrep" }
            nav aria-label="Main" {
                ul {
                    @for (named, address, name) in NAVIGATION {
                        li { a href=(address) aria-current=[(named == part).then_some("page")] { (name) } }
                    }
                }
            }
        }
    }
}
