//! `cargo xtask bench PART`: measures a part of the product. Parts: `language`, `when`, `record`.
//!
//! In: the part's name and its options. Out: what that part's own file prints.

use crate::Args;

/// Runs the bench named first.
pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    match args.next().as_deref() {
        Some("language") => crate::bench_language::run(args),
        Some("when") => crate::bench_when::run(args),
        Some("record") => record(args),
        Some(other) => anyhow::bail!("no bench named {other}; there are: language, when, record"),
        None => anyhow::bail!("name what to measure: language, when or record"),
    }
}

/// The record's bench is Cargo's own; what follows the name is handed to it.
fn record(args: Args) -> anyhow::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = std::process::Command::new(cargo)
        .args(["bench", "--package", "sitrep-record", "--bench", "record", "--"])
        .args(args)
        .status()?;
    anyhow::ensure!(done.success(), "the bench of the record ended with {done}");
    Ok(())
}
