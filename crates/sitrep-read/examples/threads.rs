//! Prints the comments of reports, one JSON object a line, as `sitrep threads --keep-names --format jsonl` does.
//!
//! In: file names. Out: threads on stdout, trouble on stderr. For trying the reader alone.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let source = sitrep_read::Source::of_paths(std::env::args_os().skip(1));
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
    for page in sitrep_read::pages(&source) {
        let page = match page {
            Ok(page) => page,
            Err(error) => {
                writeln!(err, "{error}")?;
                continue;
            }
        };
        let read = sitrep_read::document(&page);
        for note in &read.notes {
            writeln!(err, "{}: {}: {}", page.path, note.code, note.message)?;
        }
        for comment in &read.value.comments {
            let line = serde_json::json!({
                "document": read.value.id, "document_path": page.path, "id": comment.id, "parent": comment.parent,
                "depth": comment.depth, "author": comment.author, "time": comment.time,
                "text": comment.span.of(&read.value.text), "labels": comment.labels, "reasons": comment.reasons,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
