//! What every fuzz target does: bytes under a name go through the reader, and what comes out must hold together.
//!
//! In: bytes and a file name that says the format. Out: nothing; a broken promise is a panic, which the fuzzer keeps. Never
//! opens a file: the bytes go in as standard input does.

use sitrep_model::{Document, Span};
use sitrep_read::{Input, Source, document, pages};

/// Pages looked at in one run; a carrier may hold many more, and one run should stay short.
const MAX_PAGES: usize = 50;

/// Reads `bytes` as a file called `name` and checks every document that comes of it.
///
/// # Panics
/// When a document breaks a promise of the model.
pub fn read(name: &str, bytes: &[u8]) {
    let source = Source { inputs: vec![Input::Bytes(name.to_owned(), bytes.to_vec())], ..Source::default() };
    for page in pages(&source).take(MAX_PAGES).flatten() {
        let read = document(&page);
        check(&read.value);
        for note in &read.notes {
            let _ = note.span.map(|span| whole(&read.value.text, span));
        }
    }
}

/// Spans lie in the text on character boundaries, and a comment's parent stands before it, one level up.
fn check(document: &Document) {
    for block in &document.blocks {
        whole(&document.text, block.span);
    }
    for (i, comment) in document.comments.iter().enumerate() {
        whole(&document.text, comment.span);
        if let Some(parent) = &comment.parent {
            let above = document.comments[..i].iter().find(|c| &c.id == parent);
            let above = above.expect("a parent stands before its replies");
            assert_eq!(above.depth + 1, comment.depth, "a reply is one level below its parent");
        }
    }
}

fn whole(text: &str, span: Span) {
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} does not cut the text");
}
