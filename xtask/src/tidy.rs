//! `cargo xtask tidy`: the house rules that a compiler does not check.
//!
//! In: the repository's tracked files. Out: one line a breach on stdout, and an error when there is one. Never changes a file.

mod arrows;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

/// A file of more lines than this is pointed out.
const WARN_LINES: usize = 400;
/// A file of more lines than this fails, unless `xtask/long_files.txt` gives a reason.
const FAIL_LINES: usize = 600;

/// A breach of a house rule.
pub(crate) struct Breach {
    /// File, relative to the root.
    pub(crate) path: String,
    /// What is wrong and what to do.
    pub(crate) says: String,
}

impl Breach {
    pub(crate) fn new(path: &str, says: impl Into<String>) -> Breach {
        Breach { path: path.to_owned(), says: says.into() }
    }
}

/// Runs every check.
pub(crate) fn run(_args: crate::Args) -> anyhow::Result<()> {
    let root = root();
    let files = text_files(&root)?;
    let reasons = long_file_reasons(&root)?;
    let mut breaches = arrows::check(&root, &files)?;
    for (path, text) in &files {
        if path.ends_with(".rs") {
            breaches.extend(check_rust(path, text, &reasons));
        }
        breaches.extend(words::check(path, text));
    }
    for breach in &breaches {
        println!("{}: {}", breach.path, breach.says);
    }
    if !breaches.is_empty() {
        bail!("{} breach(es) of the house rules", breaches.len());
    }
    println!("tidy: {} files in order", files.len());
    Ok(())
}

/// The repository root, from where this crate stands.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Tracked and new files that are text, by path relative to the root.
fn text_files(root: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let list = Command::new("git")
        .current_dir(root)
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output()
        .context("git is needed to list the files")?;
    let mut files = BTreeMap::new();
    for path in String::from_utf8_lossy(&list.stdout).split('\0').filter(|path| !path.is_empty()) {
        // A file deleted but not yet committed is listed and absent; a binary file is not text. Neither is a breach.
        if let Ok(text) = std::fs::read_to_string(root.join(path)) {
            files.insert(path.to_owned(), text);
        }
    }
    Ok(files)
}

/// Path and reason, one a line: `crates/x/src/y.rs: a table that reads best whole`.
fn long_file_reasons(root: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let path = root.join("xtask/long_files.txt");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let rows = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    Ok(rows.map(|(path, why)| (path.to_owned(), why.to_owned())).collect())
}

fn check_rust(path: &str, text: &str, reasons: &BTreeMap<String, String>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    if !text.starts_with("//!") {
        breaches.push(Breach::new(path, "opens without `//!`: say what comes in, what goes out, what it never does"));
    }
    let n_lines = text.lines().count();
    if n_lines > FAIL_LINES && !reasons.contains_key(path) {
        let says = format!("{n_lines} lines (limit {FAIL_LINES}); split it, or give a reason in xtask/long_files.txt");
        breaches.push(Breach::new(path, says));
    } else if n_lines > WARN_LINES {
        println!("note: {path}: {n_lines} lines (aim for {WARN_LINES})");
    }
    // Cut in two so that this file does not hold the word it looks for.
    if text.contains(concat!("#[ig", "nore")) {
        breaches.push(Breach::new(path, "an ignored test: assert today's answer under a TODO, or delete it"));
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_needs_a_reason() {
        let long = format!("//! Long.\n{}", "x\n".repeat(FAIL_LINES));
        assert_eq!(check_rust("a.rs", &long, &BTreeMap::new()).len(), 1);
        let reasons = BTreeMap::from([("a.rs".to_owned(), "a table".to_owned())]);
        assert!(check_rust("a.rs", &long, &reasons).is_empty());
    }

    #[test]
    fn a_file_says_what_it_is_for() {
        assert_eq!(check_rust("a.rs", "fn main() {}\n", &BTreeMap::new()).len(), 1);
    }
}
