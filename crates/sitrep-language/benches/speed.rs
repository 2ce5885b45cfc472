//! One side of `cargo xtask bench language`: analyses the same documents as often as it is told to.
//!
//! In: a model file, a file of documents separated by form feeds, `float` or `integer`; then a line on standard input per
//! run. Out: a line per run: tokens and CPU seconds; and at the end the load time and the largest resident size. CPU time and
//! size are read from /proc, so elsewhere it is wall time and 0.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

#[path = "../../../benches/clock.rs"]
mod clock;

use std::io::{BufRead as _, Write as _};
use std::time::Instant;

use sitrep_language::{Language, Precision};

use clock::Clock;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [model, documents, precision] = &arguments[..] else {
        // `cargo test --benches` and `cargo bench` alone come here.
        println!("SKIPPED: run this through `cargo xtask bench language`");
        return Ok(());
    };
    let precision = if precision == "integer" { Precision::Integer } else { Precision::Float };
    let started = Instant::now();
    let language = Language::load_with(&std::fs::read(model)?, precision)?;
    let load_ms = started.elapsed().as_secs_f64() * 1e3;
    let documents = std::fs::read_to_string(documents)?;
    println!("ready {}", sitrep_language::instruction_set());
    for line in std::io::stdin().lock().lines() {
        if line?.trim() == "end" {
            break;
        }
        let started = Clock::start();
        let n_tokens: usize = documents.split('\u{c}').map(|document| language.analyze(document).tokens.len()).sum();
        println!("{n_tokens} {}", started.seconds());
        std::io::stdout().flush()?;
    }
    println!("{load_ms:.1} {}", peak_megabytes());
    Ok(())
}

fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    kilobytes.map_or(0, |kilobytes: u64| kilobytes / 1024)
}
