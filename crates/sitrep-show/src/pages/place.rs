//! Pages about places: who asserts control of one, and the map with its list.
//!
//! In: contents, an answer or outlines. Out: pages. Never says more than "asserted", never shows a map without its list.

use maud::{Markup, PreEscaped, html};
use sitrep_model::{Contents, ControlAnswer, ControlSide, Outlines};

use super::layout::{Part, page};
use super::parts::{event_table, quote, shown};
use crate::index::Index;
use crate::list::tally;
use crate::map::{self, MapOptions};
use crate::report::phrases::{capital, full_stop};
use crate::words;

/// Names offered while typing.
const MOST_OFFERED: usize = 300;

pub(super) fn control(contents: &Contents, place: &str, on: &str, answer: Option<&ControlAnswer>) -> String {
    let offered: Vec<String> =
        tally::places(contents).into_iter().filter(|row| row.status == "known").map(|row| row.name).collect();
    let body = html! {
        h1 { "Who held a place" }
        p class="lead" { "According to whom, on which day. Assertions are not facts; where they disagree, every side is shown." }
        form class="filters" method="get" action="/control" role="search" aria-label="Ask about a place" {
            div { label for="c-place" { "Place" } input id="c-place" name="place" type="text" required list="known-places" value=(place); }
            div { label for="c-on" { "On (the latest if empty)" } input id="c-on" name="on" type="date" value=(on); }
            div class="act" { button type="submit" { "Show" } }
            datalist id="known-places" { @for name in offered.iter().take(MOST_OFFERED) { option value=(shown(name)) {} } }
        }
        @match answer {
            Some(answer) => (control_answer(answer)),
            None if !place.is_empty() => p { "Nothing in this record bears on who held " (shown(place)) "." },
            None => {},
        }
    };
    page("Control", Part::Control, &body)
}

fn control_answer(answer: &ControlAnswer) -> Markup {
    let on = answer.on.map_or("latest".to_owned(), words::day);
    html! {
        section class="control" aria-live="polite" {
            h2 { (shown(&answer.place)) ", " (on) ": " span class=(if answer.state == "contested" { "badge disputed" } else { "badge" }) { (shown(&answer.state)) } }
            p { (capital(&full_stop(&shown(&answer.why)))) }
            div class="sides-grid" { @for side in &answer.sides { (control_side(side)) } }
        }
    }
}

fn control_side(side: &ControlSide) -> Markup {
    html! {
        div class="side" {
            h3 { (shown(&words::control_side(side))) @if let Some(since) = side.since { span class="quiet under" { "said to have taken it on " (words::day(since)) } } }
            @if !side.current { p class="quiet" { "Said earlier, or by readers only." } }
            @if !side.also_called.is_empty() { p class="quiet" { "Also called " (shown(&side.also_called.join("; "))) "." } }
            ul {
                @for assertion in &side.assertions {
                    li {
                        span class="line" { @if let Some(day) = assertion.date { time datetime=(day) { (words::day(day)) } ": " } (shown(&assertion.says)) }
                        span class="quiet under" { "according to " (shown(&assertion.according_to)) }
                        a class="to-passage" href=(format!("/claims/{}", assertion.claim_id)) { (quote(&assertion.quote)) }
                    }
                }
            }
        }
    }
}

pub(super) fn map(contents: &Contents, outlines: &Outlines, options: &MapOptions<'_>) -> String {
    let index = Index::of(contents);
    let picture = map::svg(contents, outlines, options);
    let on = options.on.map(|day| day.to_string()).unwrap_or_default();
    let listed = contents.events.iter().filter(|event| map::is_shown(event, options.on));
    let body = html! {
        h1 { "Map" }
        form class="filters" method="get" action="/map" aria-label="Choose a day" {
            div { label for="m-on" { "On (all days if empty)" } input id="m-on" name="on" type="date" value=(on); }
            div class="act" { button type="submit" { "Show" } " " a href=(format!("/map.svg{}", if on.is_empty() { String::new() } else { format!("?on={on}") })) { "Download as SVG" } }
        }
        // Made by this crate, which escapes every word of a source itself.
        figure class="map" tabindex="0" aria-label="Map; the list below names the same events" { (PreEscaped(picture)) }
        section { h2 { "The same as a list" } (event_table("Every event on the map", listed, &index)) }
    };
    page("Map", Part::Map, &body)
}
