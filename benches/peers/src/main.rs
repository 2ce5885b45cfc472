//! Runs other people's extractors on the pages we score ourselves on, so that one run holds everybody's figures.
//!
//! In: a folder of `NAME.html.gz` files. Out: one JSON object a line: the page's name, and for each extractor its title, its
//! text and the CPU milliseconds it took. An extractor that fails or panics on a page gave no text. No part of the product.

#[path = "../../clock.rs"]
mod clock;

use std::io::{Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use clock::Clock;
use serde_json::{Value, json};

type Found = Option<(String, String)>;

fn main() -> std::io::Result<()> {
    std::panic::set_hook(Box::new(|_| {}));
    let folder = std::env::args().nth(1).expect("name a folder of .html.gz files");
    let mut paths: Vec<_> = std::fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.sort();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in paths {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(id) = name.strip_suffix(".html.gz") else { continue };
        let mut raw = Vec::new();
        flate2::read::GzDecoder::new(std::fs::File::open(&path)?).read_to_end(&mut raw)?;
        let html = String::from_utf8_lossy(&raw);
        let line = json!({
            "id": id,
            "trafilatura": timed(|| trafilatura_with_fallback(&html)),
            "dom_smoothie": timed(|| dom_smoothie(&html)),
        });
        writeln!(out, "{line}")?;
    }
    out.flush()
}

fn timed(read: impl FnOnce() -> Found) -> Value {
    let clock = Clock::start();
    let (title, text) = catch_unwind(AssertUnwindSafe(read)).ok().flatten().unwrap_or_default();
    json!({ "title": title, "text": text, "ms": clock.seconds() * 1000.0 })
}

/// Its defaults, tables included, comments kept apart, and the second opinion of a readability port when its own is thin.
fn trafilatura_with_fallback(html: &str) -> Found {
    let options = trafilatura::Options::default().with_fallback(true);
    let found = trafilatura::extract(html, &options).ok()?;
    Some((found.metadata.title, found.content_text))
}

/// Its defaults, with line breaks between blocks: run together, words at the seams would count as wrong.
fn dom_smoothie(html: &str) -> Found {
    let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let found = dom_smoothie::Readability::new(html, None, Some(config)).ok()?.parse().ok()?;
    Some((found.title.to_string(), found.text_content.to_string()))
}
