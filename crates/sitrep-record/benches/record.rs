//! Measures a large record: `cargo bench -p sitrep-record --bench record -- [N_CLAIMS [FILE]]`, or `cargo xtask bench record`.
//!
//! In: how many claims (100,000 unless told), a file to keep the record in; one that is there is taken as it is. Out: CPU seconds and memory of adding and fusing made-up reports, the size of the file,
//! and how long one more report and single questions take. Leaves nothing behind.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a measurement, not a part of the product")]

#[path = "record/made.rs"]
mod made;

use std::path::Path;
use std::time::Instant;

use sitrep_model::{Edition, Filter};
use sitrep_record::{Access, Record};

fn main() {
    let n_claims = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.sitrep");
    let keep = std::env::args().nth(2).filter(|arg| !arg.starts_with('-'));
    let made = |value: &str| value.to_owned();
    let edition = Edition {
        version: made("bench"),
        rules: made("made"),
        world: made("made"),
        model: made("made"),
        gazetteer: None,
        actors: None,
    };
    let mut war = made::War::new(8);
    match &keep {
        Some(kept) if Path::new(kept).exists() => {
            let mut n = 0;
            while n < n_claims {
                n += war.report().claims.len();
            }
            std::fs::copy(kept, &path).unwrap();
        }
        kept => {
            fused(&path, &edition, &mut war, n_claims);
            kept.iter().for_each(|kept| assert!(std::fs::copy(&path, kept).is_ok(), "it can be kept"));
        }
    }
    let mut record = Record::open(&path, Access::ReadWrite).unwrap();
    for _ in 0..6 {
        let report = war.report();
        let clock = Clock::start();
        record.add(&report.page, &report.document, &report.claims, &[]).unwrap();
        record.settle().unwrap();
        clock.tell(&format!("one more report, {} claims", report.claims.len()));
    }
    for (action, value) in [("accept", None), ("relabel", Some("event=other")), ("reject", None)] {
        let event =
            record.selected(&Filter { place: Some("Korma".into()), ..Filter::default() }).unwrap().events.remove(0);
        let (action, subject) = (action.to_owned(), event.accounts[0].claim_id.to_string());
        let (value, reviewer) = (value.map(str::to_owned), "bench".to_owned());
        let clock = Clock::start();
        let ruling = sitrep_model::Ruling { number: 0, action, subject, value, reviewer, why: None };
        record.rule(&ruling).unwrap();
        record.settle().unwrap();
        clock.tell(&format!("one ruling: {}", ruling.action));
    }
    let clock = Clock::start();
    let contents = record.selected(&Filter { place: Some("Korma".into()), ..Filter::default() }).unwrap();
    clock.tell(&format!("the {} events of one town", contents.events.len()));
    let event = contents.events.iter().max_by_key(|event| event.accounts.len()).unwrap();
    let clock = Clock::start();
    record.around(event.event_id.as_str()).unwrap();
    clock.tell(&format!("an event of {} accounts with all it rests on", event.accounts.len()));
    let place = event.place.as_ref().and_then(|place| place.name.clone()).unwrap_or_default();
    let clock = Clock::start();
    let answer = sitrep_record::control(&record.at_place(&place).unwrap(), &place, None);
    clock.tell(&format!("who held {place}: {} intervals", answer.intervals.len()));
}

/// Adds so many claims and fuses them.
fn fused(path: &Path, edition: &Edition, war: &mut made::War, n_claims: usize) {
    let mut record = Record::create(path, edition).unwrap();
    let (mut n, mut n_reports, mut n_bytes) = (0, 0, 0);
    let clock = Clock::start();
    while n < n_claims {
        let report = war.report();
        record.add(&report.page, &report.document, &report.claims, &[]).unwrap();
        n += report.claims.len();
        n_reports += 1;
        n_bytes += report.page.raw.len();
    }
    clock.tell(&format!("added {n_reports} reports, {n} claims, {:.0} MB of pages", n_bytes as f64 / 1e6));
    let clock = Clock::start();
    record.settle().unwrap();
    clock.tell("fused");
    let size = std::fs::metadata(path).unwrap().len();
    println!(
        "file {:.0} MB: {:.0} bytes a claim beyond the pages",
        size as f64 / 1e6,
        (size as f64 - n_bytes as f64) / n as f64
    );
}

struct Clock {
    wall: Instant,
    cpu_s: f64,
}

impl Clock {
    fn start() -> Clock {
        Clock { wall: Instant::now(), cpu_s: cpu_s() }
    }

    fn tell(&self, what: &str) {
        let wall_s = self.wall.elapsed().as_secs_f64();
        println!("{what}: {wall_s:.2} s, {:.2} CPU s, most memory {} MB", cpu_s() - self.cpu_s, most_memory_mb());
    }
}

/// CPU seconds of this process; 0 where the system does not tell.
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: f64 = after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}

fn most_memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok()).map_or(0, |kb| kb / 1024)
}
