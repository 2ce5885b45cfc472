//! Pieces that several pages share: badges, quotes, tables of events, the filter form.
//!
//! In: nouns. Out: markup, escaped. Never the whole of a text whose size a stranger chose.

use std::borrow::Cow;

use maud::{Markup, html};
use sitrep_model::{Claim, Event, EventType, Filter, Status, Time, Voice};

use crate::index::Index;
use crate::report::plan::is_among_reports;
use crate::visible::{brief, visible};
use crate::words;

/// Text of a source, its hidden characters shown, cut when it is very long.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    match brief(text) {
        Cow::Borrowed(text) => visible(text),
        Cow::Owned(text) => Cow::Owned(visible(&text).into_owned()),
    }
}

/// A passage in quotation marks, in its own writing direction.
pub(super) fn quote(text: &str) -> Markup {
    html! { q class="passage" dir="auto" { (shown(text)) } }
}

/// How well an event is supported, and what is disputed about it.
pub(super) fn badges(event: &Event, index: &Index<'_>) -> Markup {
    let (class, text) = match event.roots {
        0 if all_from_readers(event, index) => ("badge open", "readers only, unverified".to_owned()),
        0 => ("badge open", "no affirming source".to_owned()),
        1 => ("badge", "single source".to_owned()),
        _ => ("badge full", format!("corroborated: {}", words::support(event))),
    };
    let disputes = event.disputes.iter().filter_map(|id| index.dispute(id.as_str()));
    let (by_reports, by_readers): (Vec<_>, Vec<_>) = disputes.partition(|dispute| is_among_reports(dispute, index));
    let fields = |disputes: &[&sitrep_model::Dispute]| {
        disputes.iter().map(|it| it.field.as_str()).collect::<Vec<_>>().join(", ")
    };
    html! {
        span class=(class) { (text) }
        @if !by_reports.is_empty() { " " span class="badge disputed" { "disputed: " (fields(&by_reports)) } }
        @if !by_readers.is_empty() { " " span class="badge open" { "disputed by readers only: " (fields(&by_readers)) } }
    }
}

fn all_from_readers(event: &Event, index: &Index<'_>) -> bool {
    event.accounts.iter().filter_map(|it| index.claim(it.claim_id.as_str())).all(|claim| !claim.is_reporting())
}

/// When, for a cell; machine-readable where a day is known.
pub(super) fn when(time: Option<&Time>) -> Markup {
    match time {
        Some(time) if time.from.is_some() && time.from == time.to => {
            html! { time datetime=[time.from.map(|day| day.to_string())] { (words::when(time)) } }
        }
        Some(time) => html! { (visible(&words::when(time))) },
        None => html! { span class="quiet" { "not known" } },
    }
}

/// A table of events, each leading to its page.
pub(super) fn event_table<'e>(caption: &str, events: impl Iterator<Item = &'e Event>, index: &Index<'_>) -> Markup {
    html! {
        div class="scroll" {
            table class="rows" {
                caption { (caption) }
                thead { tr { th scope="col" { "When" } th scope="col" { "Where" } th scope="col" { "What" } th scope="col" { "Support" } } }
                tbody {
                    @for event in events {
                        tr {
                            td data-label="When" class="when" { (when(event.time.as_ref())) }
                            td data-label="Where" {
                                @match &event.place {
                                    Some(place) => (shown(&words::place_short(place))),
                                    None => span class="quiet" { "not said" },
                                }
                            }
                            th scope="row" data-label="What" { a href=(format!("/events/{}", event.event_id)) { (shown(&event.summary)) } }
                            td data-label="Support" { (badges(event, index)) }
                        }
                    }
                }
            }
        }
    }
}

/// The filters as a form; the address of the page it leads to holds them.
pub(super) fn filter_form(filter: &Filter) -> Markup {
    let text = |name: &str, label: &str, kind: &str, value: Option<String>| {
        html! {
            div {
                label for=(format!("f-{name}")) { (label) }
                input id=(format!("f-{name}")) name=(name) type=(kind) value=[value];
            }
        }
    };
    html! {
        form class="filters" method="get" action="/events" role="search" aria-label="Filter events" {
            (text("place", "Place", "text", filter.place.clone()))
            (text("actor", "Actor", "text", filter.actor.clone()))
            (text("source", "Source", "text", filter.source.clone()))
            (text("since", "From", "date", filter.since.map(|day| day.to_string())))
            (text("until", "To", "date", filter.until.map(|day| day.to_string())))
            div { label for="f-type" { "Type" } (type_menu(filter.event.as_deref())) }
            div { label for="f-status" { "Status" } (menu("status", Status::ALL.iter().map(|it| it.as_str()), filter.status.map(Status::as_str))) }
            div { label for="f-voice" { "Voice" } (menu("voice", Voice::ALL.iter().map(|it| it.as_str()), filter.voice.map(Voice::as_str))) }
            div class="act" { button type="submit" { "Filter" } " " a href="/events" { "Clear" } }
        }
    }
}

fn menu<'m>(name: &str, codes: impl Iterator<Item = &'m str>, chosen: Option<&str>) -> Markup {
    html! {
        select id=(format!("f-{name}")) name=(name) {
            option value="" { "any" }
            @for code in codes { option value=(code) selected[chosen == Some(code)] { (code.replace(['.', '_'], " ")) } }
        }
    }
}

fn type_menu(chosen: Option<&str>) -> Markup {
    let mut families: Vec<&str> = Vec::new();
    for leaf in EventType::LEAVES {
        let family = leaf.code.split_once('.').map_or(leaf.code, |(family, _)| family);
        if !families.contains(&family) {
            families.push(family);
        }
    }
    html! {
        select id="f-type" name="type" {
            option value="" { "any" }
            @for family in families {
                @let leaves: Vec<&str> = EventType::LEAVES.iter().map(|leaf| leaf.code).filter(|code| code.strip_prefix(family).is_some_and(|rest| rest.starts_with('.'))).collect();
                @if leaves.is_empty() {
                    option value=(family) selected[chosen == Some(family)] { (family.replace('_', " ")) }
                } @else {
                    optgroup label=(family) {
                        option value=(family) selected[chosen == Some(family)] { (family) ", any" }
                        @for code in leaves { option value=(code) selected[chosen == Some(code)] { (code.replace(['.', '_'], " ")) } }
                    }
                }
            }
        }
    }
}

/// Where a claim stands: outlet, linked to its document.
pub(super) fn outlet_link(claim: &Claim, index: &Index<'_>) -> Markup {
    let date =
        index.document(claim.document.as_str()).and_then(|it| it.published.as_ref()).map(|it| words::day(it.date));
    html! {
        a href=(format!("/documents/{}", claim.document)) { (shown(index.outlet_of(claim))) }
        span class="quiet under" { (date.as_deref().unwrap_or("undated")) @if claim.voice != Voice::Article { ", " (words::voice(claim.voice)) } }
    }
}
