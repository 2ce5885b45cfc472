//! Measures how fast place names are understood, in CPU seconds of one thread, without the language engine's share.
//!
//! In: `toponyms FILE...`, plain texts with blank lines between documents. Out: figures on stdout. A development tool.

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;

use sitrep_claims::{Kit, PlaceStage};
use sitrep_language::Language;
use sitrep_model::{MediaType, PageMeta};

/// What is measured: how many names it took the time for.
type Measure = fn(&PlaceStage, &Kit) -> usize;

/// How often the documents are read, to even out the clock.
const ROUNDS: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let model = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../sitrep-language/model/en_core_web_sm-3.8.0.bin");
    let model = std::fs::read(model)?;
    let start = seconds()?;
    let gazetteer_s = PlaceStage::load_seconds(seconds_now)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "gazetteer loaded in {:.1} ms CPU", gazetteer_s * 1000.0)?;
    let before_kb = resident_kb()?;
    let kit = Kit::new(Language::load(&model)?)?;
    writeln!(out, "whole kit in {:.0} ms CPU", (seconds()? - start) * 1000.0)?;
    let mut stages = Vec::new();
    for file in std::env::args().skip(1) {
        let text = std::fs::read_to_string(file)?;
        let page = sitrep_read::page_of("text", MediaType::Text, text.into_bytes(), PageMeta::default(), "example");
        stages.push(PlaceStage::new(&kit, sitrep_read::document(&page).value));
    }
    let measures: [(&str, Measure); 2] =
        [("found and resolved", PlaceStage::read), ("resolved only, once found", PlaceStage::resolve)];
    for (what, measured) in measures {
        let all = || stages.iter().map(|stage| measured(stage, &kit)).sum::<usize>();
        let _warm = all();
        let start = seconds()?;
        let names = (0..ROUNDS).map(|_| all()).sum::<usize>() / ROUNDS;
        let spent = (seconds()? - start) / ROUNDS as f64;
        let pace = names as f64 / spent;
        writeln!(
            out,
            "{names} place names in {} documents, {what}: {spent:.3} s CPU, {pace:.0} a second",
            stages.len()
        )?;
    }
    writeln!(out, "resident: {} MB before the kit, {} MB after all", before_kb / 1024, resident_kb()? / 1024)?;
    Ok(())
}

fn seconds_now() -> f64 {
    seconds().unwrap_or(0.0)
}

/// CPU seconds of this process, user and system.
fn seconds() -> Result<f64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: f64 = stat.split_whitespace().next().ok_or("no figure")?.parse()?;
    Ok(nanoseconds / 1e9)
}

fn resident_kb() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|l| l.starts_with("VmRSS")).ok_or("no figure")?;
    Ok(line.split_whitespace().nth(1).ok_or("no figure")?.parse()?)
}
