//! `build` and `add`: reports in, a record out, and a summary of what was taken and what was not.
//!
//! In: inputs, what the user says about them. Out: the record file; one line for each input that failed. Never leaves half a record
//! behind: a new record is built under another name and moved into place at the end.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sitrep::model::{Filter, PageMeta};
use sitrep::{Access, Input, Kit, MetaTable, Outcome, ReadError, Record, RecordError, Source, pipeline, show};

use super::jobs;
use crate::args::{AddArgs, BuildArgs, InputArgs};
use crate::ending::Ending;
use crate::out::Say;

/// The largest report on standard input, in bytes; one more is read to know that it is too large.
const MAX_STDIN_BYTES: u64 = 50 * 1024 * 1024 + 1;

/// `sitrep build INPUT... -o RECORD`
pub(super) fn build(args: &BuildArgs, say: &Say) -> anyhow::Result<Ending> {
    let (source, n_bad_rows) = source(&args.input, say)?;
    let (ending, record) = create(&args.output, &source, args.input.jobs, n_bad_rows, say)?;
    if let Some(record) = record {
        summarize(&record, &args.output, say)?;
    }
    Ok(ending)
}

/// `sitrep add RECORD INPUT...`
pub(super) fn add(args: &AddArgs, say: &Say) -> anyhow::Result<Ending> {
    let mut record = Record::open(&args.record, Access::ReadWrite)?;
    let (source, n_bad_rows) = source(&args.input, say)?;
    let kit = Kit::load()?;
    let mut seen = Seen { n_failed: n_bad_rows, ..Seen::default() };
    pipeline::build(&mut record, &kit, &source, jobs(args.input.jobs), |outcome| seen.outcome(&outcome, say))?;
    seen.tell(say);
    summarize(&record, &args.record, say)?;
    Ok(seen.ending())
}

/// Makes the record `path` from `source`. When nothing could be read there is no record.
pub(super) fn create(
    path: &Path,
    source: &Source,
    workers: Option<std::num::NonZeroUsize>,
    n_bad_rows: usize,
    say: &Say,
) -> anyhow::Result<(Ending, Option<Record>)> {
    if path.exists() {
        return Err(RecordError::Exists { path: path.to_path_buf() }.into());
    }
    let kit = Kit::load()?;
    let unfinished = Unfinished::beside(path);
    let mut record = Record::create(&unfinished.path, &kit.edition())?;
    let mut seen = Seen { n_failed: n_bad_rows, ..Seen::default() };
    pipeline::build(&mut record, &kit, source, jobs(workers), |outcome| seen.outcome(&outcome, say))?;
    seen.tell(say);
    drop(record);
    if seen.n_taken == 0 {
        say.failure("sitrep: no report could be read; no record was made");
        return Ok((Ending::SomeFailed, None));
    }
    fs::rename(&unfinished.path, path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok((seen.ending(), Some(Record::open(path, Access::ReadOnly)?)))
}

/// A record being built; removed unless it was moved into place.
struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    fn beside(path: &Path) -> Unfinished {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.unfinished", std::process::id()));
        Unfinished { path: path.with_file_name(name) }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// What to read. The second part of the answer counts rows of the meta file that were left out.
fn source(args: &InputArgs, say: &Say) -> anyhow::Result<(Source, usize)> {
    let (table, errors) = match &args.meta {
        Some(path) => MetaTable::open(path)?,
        None => (MetaTable::default(), Vec::new()),
    };
    for error in &errors {
        say.failure(&format!("sitrep: {}", chain(error)));
    }
    let meta = PageMeta {
        url: args.url.clone(),
        outlet: args.outlet.clone(),
        published: args.published,
        ..PageMeta::default()
    };
    let inputs = args.inputs.iter().map(|path| input(path)).collect::<anyhow::Result<_>>()?;
    Ok((Source { inputs, table, meta }, errors.len()))
}

fn input(path: &Path) -> anyhow::Result<Input> {
    if path != Path::new("-") {
        return Ok(Input::Path(path.to_path_buf()));
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MAX_STDIN_BYTES).read_to_end(&mut bytes).context("cannot read standard input")?;
    Ok(Input::Bytes("stdin".to_owned(), bytes))
}

/// What came of the inputs so far.
#[derive(Default)]
struct Seen {
    n_taken: usize,
    n_there: usize,
    n_failed: usize,
    undated: Vec<String>,
}

impl Seen {
    fn outcome(&mut self, outcome: &Outcome, say: &Say) {
        match outcome {
            Outcome::Taken(report) => {
                self.n_taken += 1;
                if report.document.published.is_none() {
                    self.undated.push(report.document.path.clone());
                }
            }
            Outcome::AlreadyThere(_) => {
                self.n_taken += 1;
                self.n_there += 1;
            }
            Outcome::Unread(remark) if remark.is_remark() => say.line(&format!("sitrep: {}", chain(remark))),
            Outcome::Unread(error) => {
                self.n_failed += 1;
                say.failure(&format!("sitrep: {}", chain(error)));
            }
            Outcome::Broke { path, says } => {
                self.n_failed += 1;
                say.failure(&format!("sitrep: {path}: left out, a bug in this program was met ({says})"));
            }
        }
        say.progress(&format!("{} read", self.n_taken));
    }

    fn tell(&self, say: &Say) {
        if self.n_there > 0 {
            say.line(&format!("{} already in the record", self.n_there));
        }
        if let Some(first) = self.undated.first() {
            let others = match self.undated.len() - 1 {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            say.line(&format!(
                "no publication date for {first}{others}: days without a year stay open; pass --published DATE, or --meta FILE for many"
            ));
        }
    }

    fn ending(&self) -> Ending {
        if self.n_failed == 0 { Ending::Done } else { Ending::SomeFailed }
    }
}

/// An error and its causes on one line.
fn chain(error: &ReadError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}

/// One line on standard error: what the record holds now.
pub(super) fn summarize(record: &Record, path: &Path, say: &Say) -> anyhow::Result<()> {
    let contents = record.contents(&Filter::default())?;
    say.line(&format!("{}: {}", path.display(), show::why::summary(&contents).trim_end()));
    Ok(())
}
