//! The front page and the pages that list: events, disputes, forecasts, sources.
//!
//! In: contents. Out: pages. Never cuts a list without saying so.

use maud::{Markup, html};
use sitrep_model::{Contents, Document, Event, Filter, Forecast};

use super::event::{dispute_table, speaker};
use super::layout::{Part, page};
use super::parts::{event_table, filter_form, outlet_link, quote, shown};
use crate::Names;
use crate::index::{Index, outlet};
use crate::list::{ListOptions, tally};
use crate::words;

/// Rows on one screen of the list of events.
pub(super) const PAGE_ROWS: usize = 100;
const LATEST: usize = 12;
/// A longer name makes no address anyone could use.
const LONGEST_LINKED: usize = 200;
const MOST_DISPUTES: usize = 200;

pub(super) fn overview(contents: &Contents) -> String {
    let index = Index::of(contents);
    let comments: usize = contents.documents.iter().map(|it| it.comments.len()).sum();
    let figures = [
        (contents.documents.len(), "reports", "/sources"),
        (contents.claims.len(), "claims", "/events"),
        (contents.events.len(), "events", "/events"),
        (contents.disputes.len(), "disputes", "/disputes"),
        (contents.forecasts.len(), "forecasts", "/forecasts"),
        (comments, "readers’ comments", "/threads"),
    ];
    let mut latest: Vec<&Event> = contents.events.iter().filter(|it| it.roots > 0).collect();
    latest.sort_by_key(|event| std::cmp::Reverse(last_day(event)));
    let undated = contents.documents.iter().filter(|it| it.published.is_none()).count();
    let body = html! {
        h1 { "Overview" }
        ul class="figures" {
            @for (count, name, address) in figures { li { a href=(address) { span class="figure" { (count) } " " (if count == 1 { name.trim_end_matches('s') } else { name }) } } }
        }
        @if undated > 0 {
            p class="caution" {
                strong { (words::count(undated, "report has", "reports have")) " no publication date. " }
                "Days without a year cannot be placed. Build again with " code { "--published YYYY-MM-DD" } " or " code { "--meta FILE.csv" } "."
            }
        }
        (filter_form(&Filter::default()))
        @if latest.is_empty() { p { "No events yet." } }
        @else {
            section {
                h2 { "Latest events" }
                (event_table("The latest by the day they happened", latest.into_iter().take(LATEST), &index))
                p class="more" { a href="/events" { "All events" } }
            }
        }
        section { h2 { "Reports" } (report_table(contents)) }
    };
    page("Overview", Part::Overview, &body)
}

fn last_day(event: &Event) -> Option<sitrep_model::Date> {
    event.time.as_ref().and_then(|time| time.to.or(time.from))
}

fn report_table(contents: &Contents) -> Markup {
    let mut claims: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for claim in contents.claims.iter().filter(|claim| claim.is_reporting()) {
        *claims.entry(claim.document.as_str()).or_default() += 1;
    }
    html! {
        @if contents.documents.is_empty() { p { "No reports." } }
        @else {
            div class="scroll" {
                table class="rows" {
                    caption { "Every report read, by publication date" }
                    thead { tr { th scope="col" { "Published" } th scope="col" { "Outlet" } th scope="col" { "Title" } th scope="col" class="number" { "Claims" } } }
                    tbody {
                        @for document in &contents.documents { (report_row(document, claims.get(document.id.as_str()).copied().unwrap_or(0))) }
                    }
                }
            }
        }
    }
}

fn report_row(document: &Document, claims: usize) -> Markup {
    let title = document.title.as_deref().unwrap_or(&document.path);
    html! {
        tr {
            td data-label="Published" class="when" {
                @match &document.published {
                    Some(it) => time datetime=(it.date) { (words::day(it.date)) },
                    None => span class="quiet" { "not known" },
                }
            }
            td data-label="Outlet" { (shown(outlet(document))) }
            th scope="row" data-label="Title" { a href=(format!("/documents/{}", document.id)) { (shown(title)) } }
            td data-label="Claims" class="number" { (claims) }
        }
    }
}

pub(super) fn events(contents: &Contents, filter: &Filter, number: usize) -> String {
    let index = Index::of(contents);
    let total = contents.events.len();
    let last = total.div_ceil(PAGE_ROWS).max(1);
    let number = number.clamp(1, last);
    let first = (number - 1) * PAGE_ROWS;
    let shown = contents.events.iter().skip(first).take(PAGE_ROWS);
    let caption = format!("{}, by day", words::count(total, "event", "events"));
    let caption = if last > 1 { format!("{caption}; page {number} of {last}") } else { caption };
    let body = html! {
        h1 { "Events" }
        (filter_form(filter))
        @if total == 0 { p { "No event passes this filter." } }
        @else {
            (event_table(&caption, shown, &index))
            @if last > 1 {
                nav class="pager" aria-label="Pages" {
                    @if number > 1 { a rel="prev" href=(address(filter, number - 1)) { "Earlier" } }
                    @if number < last { a rel="next" href=(address(filter, number + 1)) { "Later" } }
                }
            }
        }
    };
    page("Events", Part::Events, &body)
}

/// The address of a page of this list, filters kept.
fn address(filter: &Filter, number: usize) -> String {
    let pairs = [
        ("place", filter.place.clone()),
        ("actor", filter.actor.clone()),
        ("type", filter.event.clone()),
        ("source", filter.source.clone()),
        ("since", filter.since.map(|day| day.to_string())),
        ("until", filter.until.map(|day| day.to_string())),
        ("status", filter.status.map(|it| it.as_str().to_owned())),
        ("voice", filter.voice.map(|it| it.as_str().to_owned())),
        ("page", Some(number.to_string())),
    ];
    let given =
        pairs.into_iter().filter_map(|(name, value)| value.map(|value| format!("{name}={}", percent_encoded(&value))));
    format!("/events?{}", given.collect::<Vec<_>>().join("&"))
}

fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

pub(super) fn disputes(contents: &Contents) -> String {
    let index = Index::of(contents);
    let body = html! {
        h1 { "Disputes" }
        p class="lead" { "Every side as its sources put it; none is preferred, nothing is averaged." }
        @if contents.disputes.is_empty() { p { "No disputes." } }
        @for dispute in contents.disputes.iter().take(MOST_DISPUTES) {
            article class="card" {
                @if let Some(event) = index.event(dispute.event_id.as_str()) {
                    p class="of-event" { a href=(format!("/events/{}", event.event_id)) { (shown(&event.summary)) } }
                }
                (dispute_table(dispute, &index, Names::default()))
            }
        }
        @if contents.disputes.len() > MOST_DISPUTES { p class="caution" { (contents.disputes.len() - MOST_DISPUTES) " more: filter by place or day, or use " code { "sitrep disputes" } "." } }
    };
    page("Disputes", Part::Disputes, &body)
}

pub(super) fn forecasts(contents: &Contents) -> String {
    let index = Index::of(contents);
    let scored: Vec<f64> = contents.forecasts.iter().filter_map(|it| it.brier).map(|it| it.mid).collect();
    let body = html! {
        h1 { "Forecasts" }
        p class="lead" {
            "What was foreseen, by when, how likely; criteria are fixed when a forecast is recorded. "
            (words::count(scored.len(), "forecast", "forecasts")) " scored of " (contents.forecasts.len()) "."
        }
        @if contents.forecasts.is_empty() { p { "No forecasts." } }
        @else {
            div class="scroll" {
                table class="rows" {
                    caption { "Brier score: 0 is best, 1 is worst; shown at the middle of the interval, with best and worst" }
                    thead { tr { th scope="col" { "State" } th scope="col" { "What" } th scope="col" { "Window" } th scope="col" { "How likely" } th scope="col" { "According to" } th scope="col" class="number" { "Brier" } } }
                    tbody { @for forecast in &contents.forecasts { (forecast_row(forecast, &index)) } }
                }
            }
        }
    };
    page("Forecasts", Part::Forecasts, &body)
}

fn forecast_row(forecast: &Forecast, index: &Index<'_>) -> Markup {
    let claim = index.claim(forecast.claim_id.as_str());
    html! {
        tr id=(forecast.forecast_id) {
            td data-label="State" { span class="badge" { (forecast.state.as_str().replace('_', " ")) } }
            th scope="row" data-label="What" {
                (shown(&forecast.criteria))
                @if let Some(claim) = claim { a class="to-passage under" href=(format!("/claims/{}", claim.claim_id)) { (quote(&claim.quote)) } }
                @for id in &forecast.resolved_by { a class="under" href=(format!("/claims/{id}")) { "decided by " (id) } }
            }
            td data-label="Window" {
                @match forecast.window { Some([from, to]) => (words::days(from, to)), None => span class="quiet" { "none" } }
                span class="quiet under" { (shown(&forecast.rule)) }
            }
            td data-label="How likely" {
                @match &forecast.likelihood {
                    Some(it) => { (format!("{:.0}–{:.0}%", it.low * 100.0, it.high * 100.0)) span class="quiet under" { "“" (it.word.as_deref().unwrap_or("no word")) "”, " (shown(&it.yardstick)) } },
                    None => span class="quiet" { "not said" },
                }
            }
            td data-label="According to" { @if let Some(claim) = claim { (outlet_link(claim, index)) (speaker(claim, index, Names::default())) } }
            td data-label="Brier" class="number" {
                @if let Some(it) = forecast.brier { (format!("{:.2}", it.mid)) span class="quiet under" { (format!("{:.2}–{:.2}", it.best, it.worst)) } }
            }
        }
    }
}

pub(super) fn sources(contents: &Contents) -> String {
    let rows = tally::sources(contents, &ListOptions::default());
    let rows = rows.into_iter().filter(|row| row.kind != sitrep_model::AttributionType::Commenter.as_str());
    let (outlets, holders): (Vec<_>, Vec<_>) = rows.partition(|row| row.kind == "outlet");
    let body = html! {
        h1 { "Sources" }
        p class="lead" { "Who published, and whom they cite. A count is not a grade: repetition is not corroboration." }
        section { h2 { "Reports" } (report_table(contents)) }
        section { h2 { "Outlets" } (source_table(&outlets, "Claims in an outlet’s own reports", false)) }
        section { h2 { "Holders" } (source_table(&holders, "Those to whom reports attribute claims; readers are not sources", true)) }
    };
    page("Sources", Part::Sources, &body)
}

/// Owner and family as the register has them.
fn belongs(row: &tally::SourceRow) -> String {
    let all: Vec<&str> = [&row.owner, &row.family].into_iter().flatten().map(String::as_str).collect();
    if all.is_empty() { "not noted".to_owned() } else { all.join(", ") }
}

/// The rating with who gave it, when and why.
fn rated(row: &tally::SourceRow) -> String {
    let Some(rater) = &row.rater else { return format!("{}, not rated", row.reliability) };
    let on = row.on.as_ref().map_or(String::new(), |day| format!(" on {day}"));
    let why = row.why.as_ref().map_or(String::new(), |why| format!(": {why}"));
    format!("{}, by {rater}{on}{why}", row.reliability)
}

fn source_table(rows: &[tally::SourceRow], caption: &str, kinds: bool) -> Markup {
    let noted = rows.iter().any(|row| row.rater.is_some() || row.alignment.is_some() || belongs(row) != "not noted");
    html! {
        @if rows.is_empty() { p { "None." } }
        @else {
            div class="scroll" {
                table class="rows" {
                    caption { (caption) }
                    thead { tr { th scope="col" { "Name" } @if kinds { th scope="col" { "Sort" } } th scope="col" class="number" { "Reports" } th scope="col" class="number" { "Claims" } @if noted { th scope="col" { "Alignment" } th scope="col" { "Owner, family" } th scope="col" { "Reliability" } } } }
                    tbody {
                        @for row in rows {
                            tr {
                                th scope="row" data-label="Name" {
                                    @if row.name.len() <= LONGEST_LINKED { a href=(format!("/events?source={}", percent_encoded(&row.name))) { (shown(&row.name)) } }
                                    @else { (shown(&row.name)) }
                                }
                                @if kinds { td data-label="Sort" { (sitrep_model::AttributionType::from_code(row.kind).map_or(row.kind, words::source_kind)) } }
                                td data-label="Reports" class="number" { (row.reports) }
                                td data-label="Claims" class="number" { (row.claims) }
                                @if noted {
                                    td data-label="Alignment" { (row.alignment.as_deref().unwrap_or("not noted")) }
                                    td data-label="Owner, family" { (belongs(row)) }
                                    td data-label="Reliability" { (rated(row)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
