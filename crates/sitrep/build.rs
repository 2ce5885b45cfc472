//! Names what understanding rests on by its hash, for the edition in every record.
//!
//! In: the knowledge files and the code that reads them. Out: two environment variables for the compiler. Never changes a file.
#![allow(clippy::print_stdout, reason = "that is how a build script speaks to cargo")]

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// Rules are data and the mechanisms that apply them; both change what a report is read as.
const RULES: &[&str] = &[
    "../sitrep-claims/lang",
    "../sitrep-claims/src",
    "../sitrep-gazetteer/src",
    "../sitrep-read/data",
    "../sitrep-read/src",
];
const WORLD: &[&str] = &["../sitrep-claims/world"];

fn main() {
    for (name, folders) in [("SITREP_RULES_SHA256", RULES), ("SITREP_WORLD_SHA256", WORLD)] {
        let mut files = Vec::new();
        for folder in folders {
            println!("cargo::rerun-if-changed={folder}");
            files_below(Path::new(folder), &mut files);
        }
        println!("cargo::rustc-env={name}={}", hash(files));
    }
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files_below(&path, found) } else { found.push(path) }
    }
}

/// Hash over names and contents, in order of the names, written with `/` on every system.
fn hash(files: Vec<PathBuf>) -> String {
    let mut named: Vec<(String, PathBuf)> =
        files.into_iter().map(|path| (path.to_string_lossy().replace('\\', "/"), path)).collect();
    named.sort();
    let mut hash = Sha256::new();
    for (name, path) in named {
        let bytes = fs::read(&path).unwrap_or_default();
        hash.update(name.as_bytes());
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(&bytes);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
