//! Readers' threads: as trees, names hidden, spam and abuse folded away, nothing in them counted as a source.
//!
//! In: contents. Out: a page. Never a link a reader posted, never nesting as deep as a stranger chose.

use std::collections::BTreeMap;

use maud::{Markup, html};
use sitrep_model::{Claim, Comment, Contents, Document};

use super::layout::{Part, page};
use super::parts::shown;
use crate::Names;
use crate::index::outlet;
use crate::visible::visible;
use crate::words;

/// Deeper answers are drawn at this depth; whom they answer is said in words.
const DEEPEST: u32 = 6;
const MOST_COMMENTS: usize = 1_000;
const MOST_CHARS: usize = 4_000;

pub(super) fn threads(contents: &Contents, document: Option<&str>, names: Names<'_>) -> String {
    let wanted = |it: &&Document| document.is_none_or(|id| it.id.as_str() == id) && !it.comments.is_empty();
    let documents: Vec<&Document> = contents.documents.iter().filter(wanted).collect();
    let mut claims: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in &contents.claims {
        if let Some(id) = &claim.comment_id {
            claims.entry(id.as_str()).or_default().push(claim);
        }
    }
    let body = html! {
        h1 { "Readers’ comments" }
        p class="caution" { strong { "Unverified. " } "Comments are kept as they were found. They never count as a source and never change an event." }
        @if documents.is_empty() { p { "No comments." } }
        @for document in documents { (thread(document, &claims, names)) }
    };
    page("Readers’ comments", Part::Threads, &body)
}

fn thread(document: &Document, claims: &BTreeMap<&str, Vec<&Claim>>, names: Names<'_>) -> Markup {
    let authors: BTreeMap<&str, &Comment> = document.comments.iter().map(|it| (it.id.as_str(), it)).collect();
    let title = document.title.as_deref().unwrap_or(&document.path);
    let apart = document.comments.iter().filter(|it| !it.labels.is_empty()).count();
    html! {
        section class="thread" {
            h2 { a href=(format!("/documents/{}", document.id)) { (shown(title)) } }
            p class="lead" {
                (shown(outlet(document))) ", " (words::count(document.comments.len(), "comment", "comments"))
                @if apart > 0 { ", " (apart) " folded away" } "."
            }
            ol class="comments" {
                @for comment in in_thread_order(&document.comments).into_iter().take(MOST_COMMENTS) {
                    @let parent = comment.parent.as_ref().and_then(|id| authors.get(id.as_str()).copied());
                    li id=(comment.id) class=(format!("comment depth-{}", comment.depth.min(DEEPEST))) {
                        (one(comment, parent, document, claims.get(comment.id.as_str()).map_or(&[], Vec::as_slice), names))
                    }
                }
            }
            @if document.comments.len() > MOST_COMMENTS { p class="caution" { (document.comments.len() - MOST_COMMENTS) " more comments are not shown here; " code { "sitrep threads" } " lists them all." } }
        }
    }
}

/// Every comment right after the one it answers and that one's earlier answers. A loop with a stack: a thread may be deeper than
/// the program's own.
fn in_thread_order(comments: &[Comment]) -> Vec<&Comment> {
    let known: BTreeMap<&str, usize> = comments.iter().enumerate().map(|(at, it)| (it.id.as_str(), at)).collect();
    let parent_of = |at: usize| {
        comments[at].parent.as_ref().and_then(|id| known.get(id.as_str()).copied()).filter(|&parent| parent < at)
    };
    let mut answers: Vec<Vec<usize>> = vec![Vec::new(); comments.len()];
    let mut stack: Vec<usize> = Vec::new();
    for at in (0..comments.len()).rev() {
        match parent_of(at) {
            Some(parent) => answers[parent].push(at),
            None => stack.push(at),
        }
    }
    let mut out = Vec::with_capacity(comments.len());
    while let Some(at) = stack.pop() {
        out.push(&comments[at]);
        stack.extend(&answers[at]);
    }
    out
}

fn one(
    comment: &Comment,
    parent: Option<&Comment>,
    document: &Document,
    claims: &[&Claim],
    names: Names<'_>,
) -> Markup {
    let name = |comment: &Comment| {
        comment.author.as_deref().map_or("a reader".to_owned(), |name| shown(&names.shown(name)).into_owned())
    };
    let labels: Vec<String> = comment.labels.iter().map(|label| format!("{label:?}").to_lowercase()).collect();
    html! {
        p class="by" {
            span class="author" { (name(comment)) }
            @if let Some(parent) = parent { " " span class="quiet" { "answers " a href=(format!("#{}", parent.id)) { (name(parent)) } } }
            @if let Some(time) = &comment.time { " " span class="quiet" { (shown(time)) } }
            @if let Some(language) = &comment.language { " " span class="quiet" { "in " (shown(language)) } }
        }
        @if labels.is_empty() { (words_of(comment, document)) }
        @else {
            details {
                summary { "Folded away: " (labels.join(", ")) @if !comment.reasons.is_empty() { span class="quiet" { " (" (shown(&comment.reasons.join("; "))) ")" } } }
                (words_of(comment, document))
            }
        }
        @if !claims.is_empty() {
            p class="claims" {
                "Says, unverified: "
                @for (at, claim) in claims.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href=(format!("/claims/{}", claim.claim_id)) { (words::event_type(claim.event)) }
                }
            }
        }
    }
}

fn words_of(comment: &Comment, document: &Document) -> Markup {
    let text = comment.span.of(&document.text);
    let cut = text.char_indices().nth(MOST_CHARS).map(|(at, _)| at);
    html! {
        div class="words" dir="auto" {
            @for line in text[..cut.unwrap_or(text.len())].lines().filter(|line| !line.trim().is_empty()) { p { (visible(line)) } }
            @if let Some(cut) = cut { p class="quiet" { "… " (text[cut..].len()) " more bytes are kept but not shown." } }
        }
    }
}
