//! Imports without the program around it, to measure: `take_in DIR FILE...`, then `/usr/bin/time -v` tells time and memory.
//!
//! In: files of places. Out: `DIR/measured.places`, and how long each part took.
#![allow(clippy::print_stdout, reason = "that is what it is for")]

use std::path::PathBuf;
use std::time::Instant;

use sitrep_gazetteer::{GazetteerError, Import, Progress, import};

fn main() -> Result<(), GazetteerError> {
    let mut args = std::env::args().skip(1).map(PathBuf::from);
    let asked = Import {
        folder: args.next().unwrap_or_default(),
        files: args.collect(),
        alternate_names: None,
        name: "measured".to_owned(),
        format: None,
        source: None,
        licence: None,
        memory_bytes: 192 << 20,
    };
    let start = Instant::now();
    let seconds = || start.elapsed().as_secs_f64();
    let mut part = None;
    let mut progress = |progress| {
        let now = std::mem::discriminant(&progress);
        if part.replace(now) != Some(now) {
            println!("{:.1} s: {}", seconds(), what(progress));
        }
    };
    let done = import(&asked, &mut |_| {}, &mut progress)?;
    println!("{:.1} s: {done:?}", seconds());
    Ok(())
}

fn what(progress: Progress) -> &'static str {
    match progress {
        Progress::Read(_) => "reading rows",
        Progress::Written(_) => "writing places",
        Progress::Names(_) => "sorting names",
    }
}
