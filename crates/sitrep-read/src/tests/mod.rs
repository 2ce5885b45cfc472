//! What the room promises, page by page: invented outlets, and bytes nobody meant to be a page.

mod article;
mod bombs;
mod encodings;
mod feeds;
mod floor;
mod floors;
mod forums;
mod hostile;
mod kinds;
mod letters;
mod media;
mod pages;
mod papers;
mod posts;
mod reference;
mod text;
mod thumbnails;
mod warc;
mod web;

use sitrep_model::{BlockKind, Document, MediaType, Noted, PageMeta};

/// The document of `source` read as `media_type`, with nothing said about it.
fn read(source: &str, media_type: MediaType) -> Noted<Document> {
    crate::document(&crate::page_of("page", media_type, source.as_bytes().to_vec(), PageMeta::default(), "file"))
}

fn text(source: &str) -> Document {
    read(source, MediaType::Text).value
}

fn html(source: &str) -> Document {
    read(source, MediaType::Html).value
}

/// The article's blocks of one kind.
fn blocks(document: &Document, kind: BlockKind) -> Vec<&str> {
    document.blocks.iter().filter(|b| b.kind == kind).map(|b| b.span.of(&document.text)).collect()
}

/// The thread as lines: depth in dots, author, words.
fn thread(document: &Document) -> Vec<String> {
    let line = |c: &sitrep_model::Comment| {
        let words = c.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{}{}: {words}", ".".repeat(c.depth as usize), c.author.as_deref().unwrap_or("-"))
    };
    document.comments.iter().map(line).collect()
}

/// Spans cut the text at characters, blocks come in order, parents come before children.
fn check_promises(document: &Document) {
    let fits = |s: sitrep_model::Span| document.text.get(s.start as usize..s.end as usize).is_some();
    let mut last = 0;
    for block in &document.blocks {
        assert!(fits(block.span) && block.span.start >= last && !block.span.is_empty(), "{block:?}");
        last = block.span.end;
    }
    for (i, comment) in document.comments.iter().enumerate() {
        assert!(fits(comment.span), "{comment:?}");
        let parent = comment.parent.as_ref().map(|p| document.comments[..i].iter().find(|c| c.id == *p));
        let depth = parent.map(|p| p.expect("a parent comes before its replies").depth + 1);
        assert_eq!(comment.depth, depth.unwrap_or(0));
        assert_eq!(comment.labels.len(), comment.reasons.len());
        assert!(!document.blocks.iter().any(|b| b.span.overlaps(comment.span)), "{comment:?}");
    }
}
