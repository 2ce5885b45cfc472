//! The page of one report: its article with every claim marked, its claims as a list, its provenance.
//!
//! In: contents and an id. Out: a page. Shows the article only; readers' words have their own page.

use maud::{Markup, html};
use sitrep_model::{BlockKind, Claim, Contents, Document, PageCopy, Span, Voice};

use super::claim::provenance;
use super::layout::{Part, page};
use super::media::Stills;
use super::parts::{quote, shown};
use crate::Names;
use crate::index::{Index, outlet};
use crate::page_entries::{copies_of, copy_says, shares, sides};
use crate::visible::visible;
use crate::why_page::change_says;
use crate::words;

/// A page a browser can still show; the rest is named, and the stored text has it.
const MOST_BLOCKS: usize = 2_000;
const MOST_BLOCK_BYTES: usize = 20_000;
const MOST_COPIES: usize = 30;
const MOST_CHANGES: usize = 100;

pub(super) fn document(contents: &Contents, id: &str, names: Names<'_>, stills: &Stills) -> Option<String> {
    let index = Index::of(contents);
    let document = index.document(id)?;
    let claims: Vec<&Claim> = contents.claims.iter().filter(|claim| claim.document == document.id).collect();
    Some(whole(&index, contents, document, &claims, names, stills))
}

/// The page of a document whose claims are these, without stills of its pictures.
pub(crate) fn page_of(
    index: &Index<'_>,
    contents: &Contents,
    document: &Document,
    claims: &[&Claim],
    names: Names<'_>,
) -> String {
    whole(index, contents, document, claims, names, &Stills::default())
}

fn whole(
    index: &Index<'_>,
    contents: &Contents,
    document: &Document,
    claims: &[&Claim],
    names: Names<'_>,
    stills: &Stills,
) -> String {
    let title = document.title.as_deref().unwrap_or(&document.path);
    let body = html! {
        article {
            p class="kicker" { (shown(outlet(document))) @if let Some(it) = &document.published { ", " (words::day(it.date)) } }
            h1 { (shown(title)) }
            p class="more" {
                @if document.comments.is_empty() { "No readers’ comments." }
                @else { a href=(format!("/threads/{}", document.id)) { (words::count(document.comments.len(), "reader’s comment", "readers’ comments")) } ", unverified." }
            }
            (copies(document, contents))
            (text(document, claims))
            (super::media::media(document, stills))
            (claim_list(claims, index, names))
            (provenance(document, contents, index))
        }
    };
    page(title, Part::Sources, &body)
}

/// Copies and versions of the page, each with a link and what differs.
fn copies(document: &Document, contents: &Contents) -> Markup {
    let copies: Vec<&PageCopy> = copies_of(contents, &document.page).collect();
    html! {
        @if !copies.is_empty() {
            section class="card" aria-labelledby="copies" {
                h2 id="copies" { "Copies and versions" }
                p class="quiet" { "Shared words are no second source: pages that print one text count once." }
                @for copy in copies.iter().take(MOST_COPIES) {
                    @if let Some((_, other)) = sides(contents, copy, &document.page) {
                        p {
                            a href=(format!("/documents/{}", other.id)) { (shown(outlet(other))) ": " (shown(other.title.as_deref().unwrap_or(&other.path))) }
                            span class="quiet under" { (copy_says(copy, &document.page)) "; " (shares(copy, &document.page)) }
                        }
                        @if !copy.changes.is_empty() {
                            details {
                                summary { "What differs: " (words::count(copy.changes.len(), "sentence", "sentences")) }
                                ul { @for change in copy.changes.iter().take(MOST_CHANGES) { li dir="auto" { (shown(&change_says(change))) } } }
                            }
                        }
                    }
                }
                @if copies.len() > MOST_COPIES { p class="caution" { (copies.len() - MOST_COPIES) " more; " code { "sitrep pages" } " lists them all." } }
            }
        }
    }
}

fn text(document: &Document, claims: &[&Claim]) -> Markup {
    let marks = marks(document, claims);
    html! {
        section class="text whole" aria-label="The article as stored, claims marked" {
            @for block in document.blocks.iter().take(MOST_BLOCKS) {
                @match block.kind {
                    BlockKind::Headline | BlockKind::Heading => p class="heading" dir="auto" { (marked(document, block.span, &marks)) },
                    BlockKind::Quote | BlockKind::Post => blockquote dir="auto" { (marked(document, block.span, &marks)) },
                    BlockKind::Caption => p class="caption" dir="auto" { (marked(document, block.span, &marks)) },
                    BlockKind::List => p class="item" dir="auto" { (marked(document, block.span, &marks)) },
                    BlockKind::Body | BlockKind::Lead => p dir="auto" { (marked(document, block.span, &marks)) },
                }
            }
            @if document.blocks.len() > MOST_BLOCKS { p class="caution" { (document.blocks.len() - MOST_BLOCKS) " more paragraphs are not shown here." } }
        }
    }
}

/// Spans to mark, in order, none overlapping: of claims that share words the longest is marked, the list names all.
fn marks<'c>(document: &Document, claims: &[&'c Claim]) -> Vec<(Span, &'c Claim)> {
    let mut spans: Vec<(Span, &Claim)> = claims
        .iter()
        .filter(|claim| claim.voice != Voice::Comment)
        .map(|&claim| (Span { start: claim.start, end: claim.end }, claim))
        .filter(|(span, claim)| !claim.quote.is_empty() && span.of(&document.text) == claim.quote)
        .collect();
    spans.sort_by_key(|(span, claim)| (span.start, std::cmp::Reverse(span.end), claim.claim_id.clone()));
    let mut end = 0;
    spans.retain(|(span, _)| {
        let free = span.start >= end;
        end = if free { span.end } else { end };
        free
    });
    spans
}

fn marked(document: &Document, block: Span, marks: &[(Span, &Claim)]) -> Markup {
    if block.len() > MOST_BLOCK_BYTES {
        return html! { (shown(block.of(&document.text))) " " span class="quiet" { "(very long, cut here)" } };
    }
    let from = marks.partition_point(|(span, _)| span.start < block.start);
    let inside = marks[from..].iter().take_while(|(span, _)| span.end <= block.end);
    let mut at = block.start;
    let mut pieces: Vec<Markup> = Vec::new();
    for (span, claim) in inside {
        let before = Span { start: at, end: span.start };
        pieces.push(html! {
            (visible(before.of(&document.text)))
            a class="claim" id=(format!("passage-{}", claim.claim_id)) href=(format!("/claims/{}", claim.claim_id)) { mark { (visible(&claim.quote)) } }
        });
        at = span.end;
    }
    let rest = Span { start: at, end: block.end };
    html! { @for piece in pieces { (piece) } (visible(rest.of(&document.text))) }
}

fn claim_list(claims: &[&Claim], index: &Index<'_>, names: Names<'_>) -> Markup {
    html! {
        section aria-labelledby="claims" {
            h2 id="claims" { "Claims" }
            @if claims.is_empty() { p { "No claims were found in this report." } }
            @else {
                div class="scroll" {
                    table class="rows" {
                        caption { (words::count(claims.len(), "claim", "claims")) ", in order of the text" }
                        thead { tr { th scope="col" { "What" } th scope="col" { "When" } th scope="col" { "Where" } th scope="col" { "According to" } th scope="col" { "Passage" } } }
                        tbody {
                            @for claim in claims {
                                tr {
                                    td data-label="What" { (words::event_type(claim.event)) }
                                    td data-label="When" class="when" { (super::parts::when(claim.time.as_ref())) }
                                    td data-label="Where" { @if let Some(place) = &claim.place { (shown(&words::place_short(place))) } }
                                    td data-label="According to" { (super::event::speaker(claim, index, names)) }
                                    th scope="row" data-label="Passage" { a class="to-passage" href=(format!("/claims/{}", claim.claim_id)) { (quote(&claim.quote)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
