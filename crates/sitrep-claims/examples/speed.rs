//! Measures how many words a second one core turns into claims, from text, and how much of that is analysis of English.
//!
//! In: file or folder names. Out: one line on stdout. Documents are in memory before the clock runs and have been read once; on Linux the
//! time is what the processor spent on this thread, so that other work on the machine does not count; elsewhere it is wall-clock time.

#[path = "../../../benches/clock.rs"]
mod clock;

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;

use clock::Clock;
use sitrep_claims::Kit;
use sitrep_language::Language;
use sitrep_model::Document;

fn main() -> Result<(), Box<dyn Error>> {
    let source = sitrep_read::Source::of_paths(std::env::args_os().skip(1));
    let pages: Vec<_> = sitrep_read::pages(&source).flatten().collect();
    let documents: Vec<Document> = pages.iter().map(|page| sitrep_read::document(page).value).collect();
    let model = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../sitrep-language/model/en_core_web_sm-3.8.0.bin");
    let kit = Kit::new(Language::load(&std::fs::read(model)?)?)?;
    let words: usize = documents.iter().map(|d| d.text.split_whitespace().count()).sum();
    understood(&kit, &documents);
    let clock = Clock::start();
    let n_claims = understood(&kit, &documents);
    let whole = clock.seconds();
    let clock = Clock::start();
    let n_tokens = analyzed(&kit, &documents);
    let analysis = clock.seconds();
    writeln!(
        std::io::stdout(),
        "{} documents, {words} words, {n_tokens} tokens, {n_claims} claims: {:.0} words a second, {whole:.2} CPU seconds; \
         analysis alone {:.0} words a second, {analysis:.2} CPU seconds",
        documents.len(),
        words as f64 / whole,
        words as f64 / analysis
    )?;
    Ok(())
}

/// Claims of all documents; a function of its own for profilers to find.
#[inline(never)]
fn understood(kit: &Kit, documents: &[Document]) -> usize {
    documents.iter().map(|document| sitrep_claims::claims(kit, document).value.len()).sum()
}

/// Tokens of all documents.
#[inline(never)]
fn analyzed(kit: &Kit, documents: &[Document]) -> usize {
    let lines = documents.iter().flat_map(|d| d.text.lines()).filter(|line| !line.trim().is_empty());
    lines.map(|line| kit.language().analyze(line).tokens.len()).sum()
}
