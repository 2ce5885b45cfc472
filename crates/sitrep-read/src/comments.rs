//! Comments as a format's reader finds them, made into the model's comments.
//!
//! In: spans, names and parents by number. Out: [`Comment`]s with ids, labels, links and days, parents before children.

use std::sync::LazyLock;

use regex::Regex;
use sitrep_model::{Comment, CommentId, DocumentId, Span};

use crate::{dates, labels};

/// More links than this in one comment are not listed.
const MAX_LINKS: usize = 50;

/// A comment as found, its parent named by its place in the list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) parent: Option<usize>,
    pub(crate) author: Option<String>,
    pub(crate) time: Option<String>,
    /// The time as a machine wrote it, when the page has one.
    pub(crate) datetime: Option<String>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) links: Vec<String>,
}

/// The finished comments. `found` must hold parents before children; a parent that does not is taken as none.
pub(crate) fn finished(document: &DocumentId, text: &str, found: Vec<Found>) -> Vec<Comment> {
    let mut done: Vec<Comment> = Vec::with_capacity(found.len());
    for (i, one) in found.into_iter().enumerate() {
        let span = Span::new(one.start, one.end);
        let words = span.of(text);
        let parent = one.parent.and_then(|p| done.get(p));
        let depth = parent.map_or(0, |p| p.depth + 1);
        let parent = parent.map(|p| p.id.clone());
        let (labels, reasons) = labels::labels(words);
        let mut links = one.links;
        if links.is_empty() {
            links = links_in(words);
        }
        let day = |time: &Option<String>| time.as_deref().and_then(dates::first_full_date).map(|f| f.date);
        done.push(Comment {
            id: CommentId::of(&[document.as_str(), &i.to_string(), &one.start.to_string(), words]),
            parent,
            depth,
            date: day(&one.datetime).or_else(|| day(&one.time)),
            author: one.author,
            time: one.time.or(one.datetime),
            span,
            labels,
            reasons,
            links,
        });
    }
    done
}

fn links_in(words: &str) -> Vec<String> {
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"https?://[^\s<>"'“”]+"#).expect("a constant checked by the tests"));
    let trimmed = |m: regex::Match<'_>| m.as_str().trim_end_matches(['.', ',', ';', ')', '!', '?']).to_owned();
    LINK.find_iter(words).take(MAX_LINKS).map(trimmed).collect()
}
