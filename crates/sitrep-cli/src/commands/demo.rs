//! `demo`: the sample reports that come with the program, as a record, in the workbench.
//!
//! In: nothing. Out: a record in a temporary or named file, its summary, and unless refused a server on this machine.

use std::path::Path;

use anyhow::Context as _;
use sitrep::{Kit, samples};

use super::{build, serve};
use crate::args::DemoArgs;
use crate::ending::Ending;
use crate::out::Say;

/// `sitrep demo [--no-serve] [--port N] [-o RECORD]`
pub(super) fn demo(args: &DemoArgs, say: &Say) -> anyhow::Result<Ending> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let path = args.output.clone().unwrap_or_else(|| folder.path().join("demo.sitrep"));
    let (_, record) =
        build::create(&path, &Kit::load()?, (&samples::source()?, "samples"), None, build::Seen::default(), say)?;
    let record = record.context("the sample reports in this program cannot be read; install it anew")?;
    let name = if args.output.is_some() { path.as_path() } else { Path::new("demo.sitrep") };
    build::summarize(&record, name, say)?;
    drop(record);
    if args.no_serve { Ok(Ending::Done) } else { serve::run(serve::local(&path, args.port), say) }
}
