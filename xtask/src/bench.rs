//! `cargo xtask bench PART`: measures a part of the product. Parts: `language`, `when`.
//!
//! In: the part's name and its options. Out: what that part's own file prints.

use crate::Args;

/// Runs the bench named first.
pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    match args.next().as_deref() {
        Some("language") => crate::bench_language::run(args),
        Some("when") => crate::bench_when::run(args),
        Some(other) => anyhow::bail!("no bench named {other}; there are: language, when"),
        None => anyhow::bail!("name what to measure: language or when"),
    }
}
