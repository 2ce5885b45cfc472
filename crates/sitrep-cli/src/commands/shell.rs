//! `completions` and `man`: made from the command line's own definition, so they cannot lag behind it.
//!
//! In: the shell. Out: a script, or troff. Never writes a file.

use clap::CommandFactory as _;

use crate::args::{Cli, ShellArgs};
use crate::ending::Ending;
use crate::out;

/// `sitrep completions SHELL`
pub(super) fn completions(args: &ShellArgs) -> anyhow::Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "sitrep", &mut script);
    out::data(&script)?;
    Ok(Ending::Done)
}

/// `sitrep man`: one page for the program, its commands after it.
pub(super) fn man() -> anyhow::Result<Ending> {
    let cli = Cli::command();
    let mut page = Vec::new();
    clap_mangen::Man::new(cli.clone()).render(&mut page)?;
    for command in cli.get_subcommands() {
        let name = format!("sitrep {}", command.get_name());
        clap_mangen::Man::new(command.clone().bin_name(name.clone()).display_name(name)).render(&mut page)?;
    }
    out::data(&page)?;
    Ok(Ending::Done)
}
