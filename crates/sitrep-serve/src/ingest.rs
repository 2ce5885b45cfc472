//! Pages dropped into the browser.
//!
//! In: the bytes of a page, feed, archive or text. Out: the record with what they say, and step by step what became of them. Pages are
//! read one job at a time; a file that cannot be read is told and costs only itself.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use anyhow::Context as _;
use sitrep::model::PageMeta;
use sitrep::{Input, Kit, Outcome, Record, Source, pipeline};
use tokio::sync::watch;

use crate::answers::{Accepted, IngestStep};
use crate::app::{App, MakeKit, held};
use crate::problem::Wrong;
use crate::query::Query;

/// The largest file taken.
pub(crate) const MAX_BYTES: usize = 64 << 20;
/// Jobs whose steps are still told; older ones are forgotten.
const MOST_JOBS: usize = 50;
/// Claims told of one document.
const MOST_CLAIMS: usize = 200;

/// What a job has done so far.
pub(crate) type Steps = Vec<IngestStep>;

/// The jobs of this run of the server.
#[derive(Default)]
pub(crate) struct Jobs {
    known: Mutex<BTreeMap<u64, watch::Receiver<Steps>>>,
    kit: Mutex<Option<Arc<Kit>>>,
}

impl Jobs {
    /// The steps of a job, those to come included.
    pub(crate) fn steps(&self, job: u64) -> Option<watch::Receiver<Steps>> {
        held(&self.known).get(&job).cloned()
    }

    fn begin(&self) -> (u64, watch::Sender<Steps>) {
        let (sender, receiver) = watch::channel(Steps::new());
        let mut known = held(&self.known);
        let job = known.keys().next_back().map_or(1, |last| last + 1);
        known.insert(job, receiver);
        while known.len() > MOST_JOBS {
            known.pop_first();
        }
        (job, sender)
    }

    /// What pages and names are read with; made when it is first needed.
    pub(crate) fn kit(&self, make: MakeKit, record: &Record) -> anyhow::Result<Arc<Kit>> {
        let mut kept = held(&self.kit);
        if let Some(kit) = kept.as_ref() {
            return Ok(Arc::clone(kit));
        }
        let kit = Arc::new(make(record)?);
        *kept = Some(Arc::clone(&kit));
        Ok(kit)
    }
}

/// `POST /api/ingest`: begins a job.
pub(crate) fn begin(app: &Arc<App>, query: &Query, bytes: Vec<u8>) -> Result<Accepted, Wrong> {
    if app.options.writing.is_none() {
        return Err(Wrong::Forbidden("this record is served for reading only"));
    }
    if bytes.is_empty() {
        return Err(Wrong::Question("there is nothing in it".to_owned()));
    }
    let meta = PageMeta {
        url: query.value("url").map(str::to_owned),
        outlet: query.value("outlet").map(str::to_owned),
        published: query.day("published")?,
        ..PageMeta::default()
    };
    let name = file_name(query.value("name").unwrap_or("pasted.txt"));
    let (job, steps) = app.jobs.begin();
    let app = Arc::clone(app);
    std::thread::spawn(move || {
        if let Err(error) = run(&app, name, meta, bytes, &steps) {
            steps.send_modify(|all| all.push(IngestStep::Failed { why: format!("{error:#}") }));
        }
    });
    Ok(Accepted { job })
}

/// A name without folders and without what file systems forbid.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    let kept = kept.trim_start_matches('.').trim();
    if kept.is_empty() { "pasted.txt".to_owned() } else { kept.to_owned() }
}

fn run(app: &App, name: String, meta: PageMeta, bytes: Vec<u8>, steps: &watch::Sender<Steps>) -> anyhow::Result<()> {
    let _one_at_a_time = held(&app.changing);
    let writing = app.options.writing.context("this record is served for reading only")?;
    let mut record = writing(&app.options.record)?;
    let kit = app.jobs.kit(app.options.kit, &record)?;
    let source = Source { inputs: vec![Input::Bytes(name, bytes)], meta, ..Source::default() };
    let mut n_added = 0;
    pipeline::build(&mut record, &kit, &source, NonZeroUsize::MIN, |outcome| {
        n_added += usize::from(matches!(outcome, Outcome::Taken(_)));
        steps.send_modify(|all| all.push(step(outcome)));
    })?;
    drop(record);
    steps.send_modify(|all| all.push(IngestStep::Settling));
    let version = app.renew()?.version.clone();
    steps.send_modify(|all| all.push(IngestStep::Done { n_added, version }));
    Ok(())
}

fn step(outcome: Outcome) -> IngestStep {
    match outcome {
        Outcome::Taken(report) => IngestStep::Read {
            path: report.page.path.clone(),
            document: report.document.id.to_string(),
            title: report.document.title.clone(),
            published: report.document.published.as_ref().map(|it| it.date),
            claims: report.claims.iter().take(MOST_CLAIMS).map(|it| [it.event.to_string(), it.quote.clone()]).collect(),
            notes: report.notes.iter().map(|note| note.message.clone()).collect(),
        },
        Outcome::AlreadyThere(page) => IngestStep::AlreadyThere { path: page.path.clone() },
        Outcome::Unread(error) => {
            IngestStep::Unread { path: error.path().display().to_string(), why: error.to_string() }
        }
        Outcome::Broke { path, says } => {
            IngestStep::Unread { path, why: format!("a bug in this program was met: {says}") }
        }
    }
}
