//! How fast claims are written: a made-up war of any size, written to nowhere in each big format.
//!
//! In: how many claims (200000 otherwise). Out: a line a format on standard output. Run with
//! `cargo run --release -p sitrep-show --features parquet --example speed -- 200000`.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "an example tells what it measured and may panic")]

#[allow(dead_code, reason = "the pages are for those who make a record")]
#[path = "../../sitrep-record/benches/record/made.rs"]
mod made;

use std::io::{self, Write};
use std::time::Instant;

use sitrep_model::{Contents, Edition};
use sitrep_show::export::{ExportFormat, ExportOptions, Files, write};

/// Counts bytes and forgets them.
#[derive(Default)]
struct Nowhere {
    n_bytes: u64,
}

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.n_bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Files for Nowhere {
    fn file(&mut self, _: &str) -> io::Result<&mut (dyn Write + Send)> {
        Ok(self)
    }
}

fn contents(n_claims: usize) -> Contents {
    let mut war = made::War::new(1);
    let (mut documents, mut claims) = (Vec::new(), Vec::new());
    while claims.len() < n_claims {
        let report = war.report();
        documents.push(report.document);
        claims.extend(report.claims);
    }
    let none = String::new;
    let edition =
        Edition { version: "0".into(), rules: none(), world: none(), model: none(), gazetteer: None, actors: None };
    Contents {
        edition,
        pages: vec![],
        documents,
        claims,
        events: vec![],
        disputes: vec![],
        links: vec![],
        forecasts: vec![],
        copies: vec![],
        rulings: vec![],
        register: vec![],
    }
}

/// Peak memory of this process in MiB, where the system tells.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// Seconds of CPU this process has used, where the system tells; the clock may belong to others.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    Some(ticks / 100.0)
}

fn main() {
    let n_claims = std::env::args().nth(1).and_then(|it| it.parse().ok()).unwrap_or(200_000);
    let contents = contents(n_claims);
    println!("{} claims of {} reports; {} MiB before", contents.claims.len(), contents.documents.len(), peak_mib());
    for &format in ExportFormat::ALL {
        if !["csv", "jsonl", "parquet"].contains(&format.name()) {
            continue;
        }
        let mut nowhere = Nowhere::default();
        let (start, before) = (Instant::now(), cpu_seconds());
        write(&contents, format, &ExportOptions::default(), &mut nowhere).unwrap();
        let on_cpu = before.zip(cpu_seconds()).map(|(before, after)| after - before);
        let seconds = on_cpu.unwrap_or_else(|| start.elapsed().as_secs_f64());
        let per_second = contents.claims.len() as f64 / seconds;
        let mib = nowhere.n_bytes / (1 << 20);
        println!(
            "{:<8} {per_second:>9.0} claims a CPU second, {mib} MiB written, {} MiB at most",
            format.name(),
            peak_mib()
        );
    }
}
