//! The project's own tools: `cargo xtask NAME`. Each task is one file beside this one.
//!
//! In: a task name and its arguments. Out: files in the repository or a report on stdout. Never part of the product.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)]

mod model;

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    match args.next().as_deref() {
        Some("model") => model::run(args)?,
        Some(other) => anyhow::bail!("no task named {other}; see the list in xtask/src/main.rs"),
        None => println!("tasks: model"),
    }
    Ok(())
}
