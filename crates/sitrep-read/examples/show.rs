//! Prints what was understood of each report: title, date, outlet, blocks, number of comments.
//!
//! In: file names. Out: plain text on stdout. For trying the reader alone.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let source = sitrep_read::Source::of_paths(std::env::args_os().skip(1));
    let mut out = std::io::stdout().lock();
    for page in sitrep_read::pages(&source) {
        let page = match page {
            Ok(page) => page,
            Err(error) => {
                writeln!(out, "ERROR {error}")?;
                continue;
            }
        };
        let read = sitrep_read::document(&page);
        let document = &read.value;
        writeln!(
            out,
            "== {}\ntitle {:?}\nbyline {:?} outlet {:?} language {:?} url {:?}",
            page.path, document.title, document.byline, document.outlet, document.language, document.url
        )?;
        writeln!(out, "published {:?} modified {:?}", document.published, document.modified)?;
        for note in &read.notes {
            writeln!(out, "note {}: {}", note.code, note.message)?;
        }
        for block in &document.blocks {
            writeln!(out, "  {:?} {:?}", block.kind, block.span.of(&document.text))?;
        }
        for c in &document.comments {
            let words: String = c.span.of(&document.text).chars().take(60).collect();
            writeln!(out, "  {}{:?} {:?} {:?} {words:?}", "> ".repeat(c.depth as usize), c.author, c.time, c.labels)?;
        }
    }
    Ok(())
}
