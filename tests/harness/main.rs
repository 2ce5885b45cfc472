//! The product seen from outside: every section of `cases/**/*.md` is a test.
//!
//! In: reports and what is expected of them, as Markdown (see CONTRIBUTING.md). Out: cargo's usual lines, one test a section. With
//! `SITREP_BLESS=1` a block that differs is rewritten as the program has it today; read the diff.
#![allow(clippy::disallowed_methods, reason = "blessing is asked for in the environment")]

mod case;
mod check;
mod properties;
mod ruled;
mod samples;
mod tell;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use sitrep::Kit;

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let bless = std::env::var("SITREP_BLESS").is_ok_and(|value| value == "1");
    let kit = Arc::new(Kit::load().expect("the program is whole"));
    let mut arguments = Arguments::from_args();
    let (mut trials, mut reports) = (Vec::new(), Vec::new());
    for path in markdown(&folder) {
        let name = path.strip_prefix(&folder).unwrap_or(&path).with_extension("").display().to_string();
        if bless {
            check::bless(&kit, &path);
        }
        let text = std::fs::read_to_string(&path).expect("a case can be read");
        for section in case::sections(&text) {
            reports.extend(section.reports.iter().cloned());
            let kit = Arc::clone(&kit);
            let title = format!("{name}: {}", section.title);
            trials.push(Trial::test(title, move || check::check(&kit, &section).map_err(Failed::from)));
        }
    }
    assert!(!trials.is_empty(), "no cases under {}", folder.display());
    let shared = Arc::clone(&kit);
    trials.push(Trial::test("properties: any bytes give claims that hold together", move || {
        properties::any_bytes_hold_together(&shared, &reports).map_err(Failed::from)
    }));
    for (name, holds) in [
        ("samples: control of al-Bukamal", samples::control_is_as_the_table_says as fn(&Kit) -> Result<(), String>),
        ("samples: a reprint is one root", samples::a_reprint_is_one_root),
    ] {
        let kit = Arc::clone(&kit);
        trials.push(Trial::test(name, move || holds(&kit).map_err(Failed::from)));
    }
    trials.push(Trial::test("properties: comments change no article", move || {
        properties::comments_change_no_article(&kit).map_err(Failed::from)
    }));
    // Each case is short and the kit is shared, so more threads than cores would only wait.
    arguments.test_threads = arguments.test_threads.or(std::thread::available_parallelism().ok().map(usize::from));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The Markdown files below `folder`, sorted.
fn markdown(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the cases are beside the harness") {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() {
            found.extend(markdown(&path));
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
    found.sort();
    found
}
