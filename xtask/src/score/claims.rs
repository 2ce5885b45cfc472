//! `cargo xtask score claims [plover] [--list]`: what claims are worth against hand-coded sets.
//!
//! In: `../shared/gold/plover`. Out: figures on stdout; with `--list` every sentence that went wrong. Sets are looked at by score
//! or sentence by sentence; which is which is printed.

mod plover;

use crate::Args;

/// Scores the sets named, or all.
pub(crate) fn run(args: Args) -> anyhow::Result<()> {
    let words: Vec<String> = args.collect();
    let list = words.iter().any(|word| word == "--list");
    let named = |set: &str| words.iter().all(|word| word.starts_with("--")) || words.iter().any(|word| word == set);
    let kit = super::where_::kit()?;
    if named("plover") {
        plover::run(&kit, list)?;
    }
    Ok(())
}
