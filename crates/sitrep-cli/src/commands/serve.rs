//! `serve`: the record in a browser on this machine.
//!
//! In: a record and a port. Out: the workbench on 127.0.0.1 until the user stops the program. What is ruled and added there goes
//! through the same door as on the command line, with its line in the log.

use std::path::{Path, PathBuf};

use sitrep::{Kit, Record};
use sitrep_serve::Options;

use super::verify::other_places;
use super::{custody, own_actors};
use crate::args::ServeArgs;
use crate::ending::{Ending, Usage};
use crate::out::Say;

/// Bytes of the token; twice as many hex digits.
const TOKEN_BYTES: usize = 16;

/// `sitrep serve RECORD [--port N]`
pub(super) fn serve(args: &ServeArgs, say: &Say) -> anyhow::Result<Ending> {
    run(&args.record, args.port, args.workbench.clone(), say)
}

/// Serves `record` until interrupted.
pub(super) fn run(record: &Path, port: u16, workbench: Option<PathBuf>, say: &Say) -> anyhow::Result<Ending> {
    let options = Options { record: record.to_path_buf(), port, writing: Some(custody::writing), kit, workbench };
    sitrep_serve::serve(options, token()?, |address| {
        say.failure(&format!("serving {} on http://{address}/ (stop with Ctrl-C)", record.display()));
    })?;
    Ok(Ending::Done)
}

/// What pages dropped into the workbench are read with: what the record was made with.
fn kit(record: &Record) -> anyhow::Result<Kit> {
    let kit = own_actors::kept(Kit::load()?, record)?;
    let own = record.edition()?.gazetteer;
    if own != kit.edition().gazetteer {
        return Err(Usage(other_places(own.is_some()).to_owned()).into());
    }
    Ok(kit)
}

/// Nobody can guess it; it is made anew for each run and stands only in the workbench's own page.
fn token() -> anyhow::Result<String> {
    let mut bytes = [0; TOKEN_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("this machine gives no random numbers: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
