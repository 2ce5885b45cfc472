//! `build` and `add`: reports in, a record out, and a summary of what was taken and what was not.
//!
//! In: inputs, what the user says about them. Out: the record file; one line for each input that failed. Never shows half a record: a new
//! one is built under another name and moved into place at the end; a run that is cut short is gone on with by the next.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use serde_json::json;
use sitrep::model::{Filter, PageId, PageMeta};
use sitrep::{
    Access, Input, Kit, MetaTable, Outcome, PostFields, ReadError, Record, RecordError, Source, pipeline, readers, show,
};

use super::failures::Failures;
use super::verify::other_places;
use super::{custody, digest, jobs, own_actors, stdin, unfinished};
use crate::args::{AddArgs, BuildArgs, InputArgs};
use crate::ending::{Ending, Usage};
use crate::out::Say;

/// `sitrep build INPUT... -o RECORD`
pub(super) fn build(args: &BuildArgs, say: &Say) -> anyhow::Result<Ending> {
    let mut seen = Seen::telling(args.input.failures.as_deref())?;
    let source = source(&args.input, &args.output, &mut seen, say)?;
    let kit = own_actors::given(super::kit(&args.input.places)?, &args.input.actors, say)?;
    let inputs = unfinished::inputs(&args.input)?;
    let (ending, record) = create(&args.output, &kit, (&source, &inputs), args.input.jobs, seen, say)?;
    if let Some(record) = record {
        summarize(&record, &args.output, say)?;
    }
    Ok(ending)
}

/// `sitrep add RECORD INPUT...`
pub(super) fn add(args: &AddArgs, say: &Say) -> anyhow::Result<Ending> {
    let mut record = custody::writing(&args.record)?;
    let mut seen = Seen::telling(args.input.failures.as_deref())?;
    let source = source(&args.input, &args.record, &mut seen, say)?;
    let kit = own_actors::of_record(super::kit(&args.input.places)?, &args.input.actors, &record, say)?;
    let own = record.edition()?.gazetteer;
    if own != kit.edition().gazetteer {
        return Err(Usage(other_places(own.is_some()).to_owned()).into());
    }
    let before = args.digest.then(|| readers::contents(&record, &Filter::default())).transpose()?;
    pipeline::build(&mut record, &kit, &source, jobs(args.input.jobs), |outcome| seen.outcome(&outcome, say))?;
    seen.tell(say)?;
    summarize(&record, &args.record, say)?;
    if let Some(before) = before {
        let after = readers::contents(&record, &Filter::default())?;
        digest::write(&before, &after, "What the added reports changed", None)?;
    }
    Ok(seen.ending())
}

/// Makes the record `path` from `source`. When nothing could be read there is no record.
///
/// Until it is whole it has another name; `inputs` says what it is made of, so that the same command goes on where a run before it ended.
pub(super) fn create(
    path: &Path,
    kit: &Kit,
    (source, inputs): (&Source, &str),
    workers: Option<NonZeroUsize>,
    mut seen: Seen,
    say: &Say,
) -> anyhow::Result<(Ending, Option<Record>)> {
    if path.exists() {
        return Err(RecordError::Exists { path: path.to_path_buf() }.into());
    }
    let unfinished = unfinished::named(path, &kit.edition(), inputs);
    unfinished::remove_others(&unfinished, path, say);
    let begun = read_into(&unfinished, kit, source, workers, &mut seen, say)?;
    if !begun.is_subset(&seen.there) {
        say.line("what an earlier run had read is no longer among the inputs: begun anew");
        if !Record::remove_unfinished(&unfinished) {
            return Err(RecordError::Busy { path: unfinished }.into());
        }
        seen.again()?;
        read_into(&unfinished, kit, source, workers, &mut seen, say)?;
    } else if !begun.is_empty() {
        say.line(&format!("{} read by an earlier run that was cut short", begun.len()));
        seen.n_there = seen.n_there.saturating_sub(begun.len());
    }
    seen.tell(say)?;
    if seen.n_taken == 0 {
        let _ = Record::remove_unfinished(&unfinished);
        say.failure("sitrep: no report could be read; no record was made");
        return Ok((Ending::SomeFailed, None));
    }
    unfinished::publish(&unfinished, path)?;
    drop(custody::begin(path)?);
    Ok((seen.ending(), Some(Record::open(path, Access::ReadOnly)?)))
}

/// Reads into the unfinished record; the pages an earlier run had come to.
fn read_into(
    unfinished: &Path,
    kit: &Kit,
    source: &Source,
    workers: Option<NonZeroUsize>,
    seen: &mut Seen,
    say: &Say,
) -> anyhow::Result<BTreeSet<PageId>> {
    let mut record = Record::begin(unfinished, &kit.edition())?;
    let begun = record.page_ids()?.into_iter().collect();
    let built = pipeline::build(&mut record, kit, source, jobs(workers), |outcome| seen.outcome(&outcome, say));
    if let Err(error) = built {
        say.failure("sitrep: what was read so far is kept; the same command goes on from there");
        return Err(error.into());
    }
    Ok(begun)
}

/// What to read. Rows of the meta file that cannot be used are told and left out.
fn source(args: &InputArgs, record: &Path, seen: &mut Seen, say: &Say) -> anyhow::Result<Source> {
    let (table, errors) = match &args.meta {
        Some(path) => MetaTable::open(path)?,
        None => (MetaTable::default(), Vec::new()),
    };
    for error in &errors {
        seen.failed(error, say);
    }
    let meta = PageMeta {
        url: args.url.clone(),
        outlet: args.outlet.clone(),
        published: args.published,
        ..PageMeta::default()
    };
    let post_fields = args.post_fields.as_deref().map(PostFields::open).transpose()?;
    let inputs = args.inputs.iter().map(|path| input(path)).collect::<anyhow::Result<_>>()?;
    let others = [&args.failures, &args.meta, &args.post_fields, &args.actors.actors].into_iter().flatten();
    let written =
        others.map(PathBuf::as_path).chain([record]).map(Path::to_path_buf).chain([Record::log_path(record)]).collect();
    let (collector, thumbnails) = (args.collector.clone(), !args.no_thumbnails);
    Ok(Source { inputs, table, meta, collector, post_fields, written, thumbnails, ..Source::default() })
}

fn input(path: &Path) -> anyhow::Result<Input> {
    if path == Path::new("-") { stdin::input() } else { Ok(Input::Path(path.to_path_buf())) }
}

/// What came of the inputs so far.
#[derive(Default)]
pub(super) struct Seen {
    n_taken: usize,
    n_there: usize,
    /// Those that were there, by id.
    there: BTreeSet<PageId>,
    n_failed: usize,
    /// The first report without a publication date, and how many more there are.
    undated: Option<(String, usize)>,
    /// Reports that are not in English, by language.
    foreign: BTreeMap<String, usize>,
    failures: Option<Failures>,
}

impl Seen {
    /// Nothing seen yet; failures will be written to `path` too.
    fn telling(path: Option<&Path>) -> anyhow::Result<Seen> {
        Ok(Seen { failures: path.map(Failures::create).transpose()?, ..Seen::default() })
    }

    /// Nothing seen yet, once more.
    fn again(&mut self) -> anyhow::Result<()> {
        let failures = self.failures.as_ref().map(Failures::again).transpose()?;
        *self = Seen { failures, ..Seen::default() };
        Ok(())
    }

    fn failed(&mut self, error: &ReadError, say: &Say) {
        self.n_failed += 1;
        say.failure(&format!("sitrep: {}", chain(error)));
        let (record, offset) = error.record();
        let why = chain(error);
        self.write(&error.path().to_string_lossy(), record, offset, &why, error.code());
    }

    fn write(&mut self, path: &str, record: Option<&str>, offset: Option<u64>, why: &str, code: &str) {
        if let Some(failures) = &mut self.failures {
            failures.write(&json!({"path": path, "record": record, "offset": offset, "why": why, "code": code}));
        }
    }

    fn outcome(&mut self, outcome: &Outcome, say: &Say) {
        match outcome {
            Outcome::Taken(report) => {
                self.n_taken += 1;
                if report.document.published.is_none() {
                    let (_, n_more) = self.undated.get_or_insert((report.document.path.clone(), 0));
                    *n_more += 1;
                }
                let language = report.document.language.as_deref().and_then(|tag| tag.split('-').next());
                if let Some(language) = language.filter(|tag| *tag != "en") {
                    *self.foreign.entry(language.to_owned()).or_default() += 1;
                }
            }
            Outcome::AlreadyThere(page) => {
                self.there.insert(page.id.clone());
                self.n_taken += 1;
                self.n_there += 1;
            }
            Outcome::Unread(remark) if remark.is_remark() => say.line(&format!("sitrep: {}", chain(remark))),
            Outcome::Unread(error) => self.failed(error, say),
            Outcome::Broke { path, says } => {
                self.n_failed += 1;
                let why = format!("left out, a bug in this program was met ({says})");
                say.failure(&format!("sitrep: {path}: {why}"));
                self.write(path, None, None, &why, "bug");
            }
        }
        say.progress(&format!("{} read", self.n_taken));
    }

    fn tell(&mut self, say: &Say) -> anyhow::Result<()> {
        if self.n_there > 0 {
            say.line(&format!("{} already in the record", self.n_there));
        }
        if !self.foreign.is_empty() {
            let n: usize = self.foreign.values().sum();
            let each: Vec<String> = self.foreign.iter().map(|(tag, n)| format!("{tag} {n}")).collect();
            let reports = if n == 1 { "1 report is" } else { &format!("{n} reports are") };
            say.line(&format!("{reports} not in English: kept, not analysed ({})", each.join(", ")));
        }
        if let Some((first, n_undated)) = &self.undated {
            let others = match n_undated - 1 {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            say.line(&format!(
                "no publication date for {first}{others}: days without a year stay open; pass --published DATE, or --meta FILE for many"
            ));
        }
        self.failures.take().map_or(Ok(()), Failures::finish)
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
    say.line(&format!("root {}", record.root()?));
    Ok(())
}
