//! The page of one claim: the stored words with the passage marked, and what was understood.
//!
//! In: contents and an id. Out: a page. When quote and place in the text disagree it says so and marks nothing.

use maud::{Markup, html};
use sitrep_model::{Claim, Contents, Decisions, Document, Place, Span, Time, Translated};

use super::decision::table;
use super::event::speaker;
use super::layout::{Part, page};
use super::parts::{quote, shown};
use crate::Names;
use crate::index::{Index, outlet};
use crate::page_entries::translated;
use crate::visible::{MOST_SHOWN_CHARS, brief, visible};
use crate::words;

pub(super) fn claim(contents: &Contents, id: &str, names: Names<'_>, decisions: &Decisions) -> Option<String> {
    let index = Index::of(contents);
    let claim = index.claim(id)?;
    let document = index.document(claim.document.as_str());
    let body = html! {
        article {
            p class="kicker" { "Claim: " (words::event_type(claim.event)) }
            h1 class="quoted" { (quote(&claim.quote)) }
            @match document {
                Some(document) => (passage(claim, document)),
                None => p class="caution" { "The document of this claim is outside this selection." },
            }
            (understood(claim, &index, names))
            (standing(claim, contents, &index))
            (compared(decisions, &index))
            @if let Some(document) = document { (provenance(document, contents, &index)) }
        }
    };
    Some(page(&claim.quote, Part::Other, &body))
}

/// The closest account of its own event, and the closest of others.
fn compared(decisions: &Decisions, index: &Index<'_>) -> Markup {
    html! {
        @if !decisions.accounts.is_empty() || !decisions.others.is_empty() {
            section {
                h2 { "Held against other claims" }
                @for decision in &decisions.accounts { (table("The closest account of its event", decision)) }
                @for near in &decisions.others {
                    @if let Some(event) = index.event(near.event_id.as_str()) {
                        p { a href=(format!("/events/{}", event.event_id)) { (shown(&event.summary)) } }
                    }
                    (table("Another event", &near.decision))
                }
            }
        }
    }
}

/// The passage in its surroundings: the block it stands in and its neighbours; for a comment, the comment alone.
fn passage(claim: &Claim, document: &Document) -> Markup {
    let span = Span { start: claim.start, end: claim.end };
    if span.of(&document.text) != claim.quote {
        return html! {
            p class="caution" role="alert" { strong { "Anchor lost. " } "The stored text at this place does not read like the quote; nothing is marked." }
        };
    }
    let spans: Vec<Span> = match &claim.comment_id {
        Some(id) => document.comments.iter().filter(|it| it.id == *id).map(|it| it.span).collect(),
        None => {
            let at = document.blocks.iter().position(|block| block.span.contains(span));
            let around = at.map(|at| at.saturating_sub(1)..(at + 2).min(document.blocks.len()));
            around.map(|range| document.blocks[range].iter().map(|block| block.span).collect()).unwrap_or_default()
        }
    };
    let spans =
        if spans.is_empty() { vec![Span { start: claim.sentence_start, end: claim.sentence_end }] } else { spans };
    html! {
        section class="text" aria-label="The passage in the stored text" {
            @for around in spans { p dir="auto" { (marked(&document.text, around, span)) } }
            p class="more" {
                @if claim.comment_id.is_some() { a href=(format!("/threads/{}", document.id)) { "The whole thread" } }
                @else { a href=(format!("/documents/{}#passage-{}", document.id, claim.claim_id)) { "The whole report" } }
            }
        }
    }
}

/// The text of `around` with `span` marked where it lies inside.
fn marked(text: &str, around: Span, span: Span) -> Markup {
    if !around.contains(span) {
        return html! { (shown(around.of(text))) };
    }
    let before = Span { start: around.start, end: span.start };
    let after = Span { start: span.end, end: around.end };
    let (before, after) = (tail(before.of(text)), brief(after.of(text)));
    html! { (visible(before)) mark { (shown(span.of(text))) } (visible(&after)) }
}

/// The end of a text: what stands right before a passage.
fn tail(text: &str) -> &str {
    text.char_indices().rev().nth(MOST_SHOWN_CHARS).map_or(text, |(at, _)| &text[at..])
}

fn understood(claim: &Claim, index: &Index<'_>, names: Names<'_>) -> Markup {
    let actors = |actors: &[sitrep_model::ActorRef]| {
        html! {
            @for actor in actors {
                span class="line" {
                    (shown(&actor.name))
                    @if let Some(kind) = &actor.kind { " " span class="quiet" { "(" (shown(kind)) ")" } }
                    @if actor.text != actor.name { " " span class="quiet" { "as “" (shown(&actor.text)) "”" } }
                }
            }
        }
    };
    html! {
        section aria-labelledby="understood" {
            h2 id="understood" { "As understood" }
            dl class="facts" {
                div { dt { "What" } dd { (shown(claim.event.leaf().says)) } }
                @if !claim.actors.is_empty() { div { dt { "Who" } dd { (actors(&claim.actors)) } } }
                @if !claim.targets.is_empty() { div { dt { "To whom" } dd { (actors(&claim.targets)) } } }
                @for (name, place) in [("Where", &claim.place), ("From", &claim.origin), ("Towards", &claim.destination)] {
                    @if let Some(place) = place { div { dt { (name) } dd { (place_reading(place)) } } }
                }
                @if let Some(time) = &claim.time { div { dt { "When" } dd { (time_reading(time)) } } }
                @for it in &claim.quantities { div { dt { "Number" } dd { (shown(&words::quantity(it))) " " span class="quiet" { "as “" (shown(&it.text)) "”" } } } }
                @for it in &claim.things { div { dt { "What was hit" } dd { (shown(&it.text)) } } }
                @for it in &claim.instruments { div { dt { "With" } dd { (shown(&it.text)) } } }
                @if let Some(name) = &claim.operation { div { dt { "Operation" } dd { (shown(name)) } } }
                div { dt { "Status" } dd { (claim.status.as_str()) ", " (claim.polarity.as_str()) @if claim.again { ", not for the first time" } } }
                @if let Some(text) = &claim.condition_text { div { dt { "If" } dd { (shown(text)) } } }
                div { dt { "According to" } dd { (speaker(claim, index, names)) } }
                div { dt { "How sure" } dd { "source " (words::certainty(claim.certainty.source)) ", writer " (words::certainty(claim.certainty.author)) } }
                div { dt { "The reading" } dd { "rule " code { (shown(&claim.rule)) } ", sure of the reading " (format!("{:.2}", claim.extraction)) " of 1 " span class="quiet" { "(not of the claim)" } } }
                @for note in &claim.notes { div { dt { "Note" } dd { (shown(note)) } } }
            }
        }
    }
}

fn place_reading(place: &Place) -> Markup {
    html! { span class="as-said" dir="auto" { "“" (shown(&place.text)) "”" } " " span class="arrow" aria-label="understood as" { "→" } " " (shown(&words::place_understood(place))) }
}

fn time_reading(time: &Time) -> Markup {
    html! {
        @if let Some(text) = &time.text { span class="as-said" dir="auto" { "“" (shown(text)) "”" } " " span class="arrow" aria-label="understood as" { "→" } " " }
        (shown(&words::when(time))) " " span class="quiet" { "(" code { (shown(&time.value)) } ", counted from " (time.anchor.as_str()) ")" }
    }
}

fn standing(claim: &Claim, contents: &Contents, index: &Index<'_>) -> Markup {
    let id = claim.claim_id.as_str();
    let links: Vec<&sitrep_model::Link> =
        contents.links.iter().filter(|link| link.from.as_str() == id || link.to.as_str() == id).take(50).collect();
    html! {
        @if let Some(event) = index.event_of(id) {
            section { h2 { "Event" } p { a href=(format!("/events/{}", event.event_id)) { (shown(&event.summary)) } } }
        }
        @if !links.is_empty() {
            section {
                h2 { "Beside other claims" }
                ul {
                    @for link in links {
                        @let kind = link.kind.as_str().replace('_', " ");
                        li {
                            @if link.from.as_str() == id { "This, " strong { (kind) } ", " a href=(format!("/claims/{}", link.to)) { (link.to) } }
                            @else { a href=(format!("/claims/{}", link.from)) { (link.from) } ", " strong { (kind) } ", this" }
                            ": " (shown(&link.why))
                        }
                    }
                }
            }
        }
    }
}

/// Where the words came from: page, hash, date and how it was known, edition.
pub(super) fn provenance(document: &Document, contents: &Contents, index: &Index<'_>) -> Markup {
    let page = index.page_of(document);
    html! {
        section aria-labelledby="provenance" {
            h2 id="provenance" { "Provenance" }
            dl class="facts" {
                div { dt { "Outlet" } dd { (shown(outlet(document))) } }
                @if let Some(title) = &document.title { div { dt { "Title" } dd { a href=(format!("/documents/{}", document.id)) { (shown(title)) } } } }
                @if let Some(byline) = &document.byline { div { dt { "By" } dd { (shown(byline)) } } }
                @match &document.published {
                    Some(it) => div { dt { "Published" } dd { (words::day(it.date)) ", known from " (crate::report::phrases::how_known(it.how)) } },
                    None => div { dt { "Published" } dd { "not known; pass " code { "--published YYYY-MM-DD" } " when building the record" } },
                }
                @if let Some(url) = &document.url { div { dt { "Address" } dd { code { (shown(url)) } } } }
                div { dt { "Input" } dd { code { (shown(&document.path)) } } }
                @if let Some(it) = translated(document, page) { div { dt { "Translation" } dd { (translation(&it, contents)) } } }
                @if let Some(page) = page {
                    div { dt { "Page" } dd { code { (page.id) } } }
                    div { dt { "SHA-256" } dd { code class="hash" { (page.sha256) } } }
                    div { dt { "Length" } dd { (page.n_bytes) " bytes" } }
                    @for note in page.notes.iter().take(20) { div { dt { "Note" } dd { (shown(&note.message)) } } }
                }
                div { dt { "Read by" } dd { "version " (shown(&contents.edition.version)) ", rules " code { (short(&contents.edition.rules)) } ", world " code { (short(&contents.edition.world)) } } }
            }
        }
    }
}

/// What a page translates, the original linked when the record has it.
fn translation(it: &Translated, contents: &Contents) -> Markup {
    let original = it.page.as_ref().and_then(|page| contents.documents.iter().find(|document| document.page == *page));
    html! {
        "of "
        @match original {
            Some(document) => a href=(format!("/documents/{}", document.id)) { (shown(document.title.as_deref().unwrap_or(&document.path))) },
            None => { code { (shown(&it.of)) } " (not in this record)" },
        }
        @match &it.by { Some(by) => { ", by " (shown(by)) }, None => ", translator not named" }
        @if let Some(day) = it.on { ", " (words::day(day)) }
    }
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
