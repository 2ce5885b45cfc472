//! The program: reads the command line, runs one command, answers with an exit status.
//!
//! In: arguments, files, standard input. Out: data on standard output, everything else on standard error. Holds no knowledge of
//! its own; every answer comes from the `sitrep` library.

mod args;
mod bundle;
mod commands;
mod ending;
mod out;
mod sealed;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    let say = out::Say::new(cli.quiet);
    ending::code(commands::run(cli.command, &say))
}
