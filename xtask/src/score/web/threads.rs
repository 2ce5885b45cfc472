//! Comment threads: comments found, their depth, and leaks into the article; posts of forum pages.
//!
//! In: pages read by us and the thread gold beside them. Out: figures on stdout. Never judges the article.

use std::path::Path;

use super::{Case, Options};

/// Prints the figures.
pub(super) fn print(_cases: &[Case], _sets: &Path, _options: &Options) -> anyhow::Result<()> {
    println!("\nthreads: not measured yet");
    Ok(())
}
