//! Prints what each report says as an article and below it, one JSON object a line: for scoring the reader against outside gold.
//!
//! In: file or folder names. Out: JSON lines on stdout.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let source = sitrep_read::Source::of_paths(std::env::args_os().skip(1));
    let mut out = std::io::stdout().lock();
    for page in sitrep_read::pages(&source).flatten() {
        let document = sitrep_read::document(&page).value;
        let blocks = document.blocks.iter().map(|b| b.span.of(&document.text));
        let comments = document.comments.iter().map(|c| {
            serde_json::json!({
                "depth": c.depth, "author": c.author, "time": c.time, "date": c.date, "labels": c.labels, "reasons": c.reasons,
                "at": c.span.start, "text": c.span.of(&document.text),
            })
        });
        let line = serde_json::json!({
            "path": page.path, "title": document.title, "author": document.byline, "published": document.published,
            "kinds": document.blocks.iter().map(|b| b.kind).collect::<Vec<_>>(),
            "blocks": blocks.collect::<Vec<_>>(), "comments": comments.collect::<Vec<_>>(),
            "text": document.text,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
