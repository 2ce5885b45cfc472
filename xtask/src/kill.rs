//! `cargo xtask kill [--kills N] [--seed N] [--program FILE]`: ends the program by force at random moments and looks at what it leaves.
//!
//! In: the built program. Out: one line a command with the number of kills, what went wrong, and an error when anything did. For each kill a
//! command is started, killed at a moment drawn from the time it takes undisturbed, and what lies there is checked: no committed page lost,
//! nothing under a final name that is not whole, `verify` passes or does so after the same command ran again, and the record is then the
//! same bytes as that of an undisturbed run.

#[path = "../../crates/sitrep-cli/tests/program/killed.rs"]
mod killed;

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, bail, ensure};

use crate::Args;

const KILLS: usize = 500;
/// Lines of what went wrong that are printed.
const TOLD: usize = 20;

/// Runs the harness.
pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    let (mut kills, mut seed, mut program) = (KILLS, 1, None);
    while let Some(flag) = args.next() {
        let value = args.next().with_context(|| format!("{flag} needs a value"))?;
        match flag.as_str() {
            "--kills" => kills = value.parse()?,
            "--seed" => seed = value.parse()?,
            "--program" => program = Some(value),
            other => bail!("unknown flag {other}"),
        }
    }
    let program = program.map_or_else(built, |program| Ok(program.into()))?;
    let started = Instant::now();
    let came = killed::kill(&program, kills, seed)?;
    for (name, n, early, takes) in &came.rows {
        println!("{name:<8} {n:>4} kills, {early:>4} before it was done (undisturbed {} ms)", takes.as_millis());
    }
    println!("{kills} kills, {} failures, {:.0} s, seed {seed}", came.wrong.len(), started.elapsed().as_secs_f64());
    for line in came.wrong.iter().take(TOLD) {
        println!("  {line}");
    }
    ensure!(came.wrong.is_empty(), "{} kills left something wrong", came.wrong.len());
    Ok(())
}

/// The program as `cargo build` leaves it.
fn built() -> anyhow::Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = Command::new(cargo).args(["build", "--quiet", "--package", "sitrep-cli"]).status()?;
    ensure!(done.success(), "the program cannot be built");
    let here = std::env::current_exe()?;
    Ok(here.parent().context("a program lies in a folder")?.join("sitrep"))
}
