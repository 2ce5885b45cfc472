//! Pages a second on one core, from HTML to document with dates and threads, beside what other readers take for the article alone.
//!
//! In: the pages of WCXB, and the others' milliseconds a page. Out: lines on stdout. Runs the reader's own `speed` example, built
//! with optimisation: the figure of an unoptimised build says nothing. CPU seconds throughout.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context as _;

/// Measures and prints.
pub(super) fn print(sets: &Path, peers_ms: &BTreeMap<String, f64>) -> anyhow::Result<()> {
    let output = Command::new("cargo")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .args(["run", "--release", "--quiet", "-p", "sitrep-read", "--example", "speed", "--"])
        .arg(sets.join("wcxb_dev/html").canonicalize()?)
        .stderr(Stdio::null())
        .output()?;
    anyhow::ensure!(output.status.success(), "the speed example does not build or run");
    let line = String::from_utf8_lossy(&output.stdout);
    print!("\n{line}");
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = words.windows(2).position(|w| w == ["pages", "a"]).context("the speed example wrote an odd line")?;
    let ours: f64 = words[at.saturating_sub(1)].parse().context("the speed example wrote an odd figure")?;
    for (reader, ms) in peers_ms {
        let theirs = 1000.0 / ms.max(0.001);
        println!(
            "{reader}, the article alone: {theirs:.0} pages a second; Sitrep's pace is {:.2} times that",
            ours / theirs
        );
    }
    Ok(())
}
