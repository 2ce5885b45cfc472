//! `serve`: the record in a browser on this machine.
//!
//! In: a record and a port. Out: the workbench on 127.0.0.1 until the user stops the program. What is ruled and added there goes
//! through the same door as on the command line, with its line in the log.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::{fs, io};

use anyhow::Context as _;
use sitrep::{Kit, Record};
use sitrep_serve::Options;

use super::verify::other_places;
use super::{custody, own_actors};
use crate::args::ServeArgs;
use crate::ending::{Ending, Usage};
use crate::out::{self, Say};

/// Bytes nobody can guess: of the token, and of the salt of a password's hash.
const RANDOM_BYTES: usize = 16;

/// `sitrep serve RECORD [--port N]`
pub(super) fn serve(args: &ServeArgs, say: &Say) -> anyhow::Result<Ending> {
    let password = args.password_hash.as_ref().map(|file| {
        fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))
            .map(|text| text.trim().to_owned())
    });
    let options = local(&args.record, args.port);
    let listen = args.listen.map_or(options.listen, |address| SocketAddr::new(address, args.port));
    if !listen.ip().is_loopback() {
        say.failure("caution: without TLS in front, passwords and pages cross the network in the clear");
    }
    let (hosts, workbench) = (args.hosts.clone(), args.workbench.clone());
    run(Options { listen, hosts, password: password.transpose()?, workbench, ..options }, say)
}

/// `sitrep hash-password`: a password on standard input, its hash on standard output.
pub(super) fn hash_password() -> anyhow::Result<Ending> {
    let mut password = String::new();
    io::stdin().read_line(&mut password).context("cannot read standard input")?;
    let password = password.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        return Err(Usage("no password on standard input".to_owned()).into());
    }
    out::data(format!("{}\n", sitrep_serve::hash_password(password, &random()?)?).as_bytes())?;
    Ok(Ending::Done)
}

/// A record served to this machine alone.
pub(super) fn local(record: &Path, port: u16) -> Options {
    Options {
        record: record.to_path_buf(),
        listen: SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port),
        hosts: Vec::new(),
        password: None,
        writing: Some(custody::writing),
        kit,
        workbench: None,
    }
}

/// Serves until interrupted.
pub(super) fn run(options: Options, say: &Say) -> anyhow::Result<Ending> {
    let name = options.record.display().to_string();
    // Nobody can guess it; it is made anew for each run and stands only in the workbench's own page.
    let token = random()?.iter().map(|byte| format!("{byte:02x}")).collect();
    sitrep_serve::serve(options, token, |address| {
        say.failure(&format!("serving {name} on http://{address}/ (stop with Ctrl-C)"));
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

fn random() -> anyhow::Result<[u8; RANDOM_BYTES]> {
    let mut bytes = [0; RANDOM_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("this machine gives no random numbers: {error}"))?;
    Ok(bytes)
}
