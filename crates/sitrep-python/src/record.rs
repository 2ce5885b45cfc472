//! Records: made, extended, and looked at.
//!
//! In: paths, pages, a kit. Out: a record file; [`Snapshot`], what it holds at one moment. Readers' names inside their own words are covered, as in
//! every other view. Never holds a file open, and reads no clock: who changes a record says when.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyIterator;
use sitrep::model::{Contents, Filter, PageMeta};
use sitrep::packed::unpack;
use sitrep::show::Names;
use sitrep::show::export::{ExportOptions, arrow};
use sitrep::show::map::{self, MapOptions};
use sitrep::{
    Access, Added, Error, Input, Kit, MetaTable, Outcome, ReadError, Record, RecordError, Source, Stamp, pipeline,
    places, readers, show,
};

use crate::analyze::table_name;
use crate::kit::{self, or_built_in};
use crate::pages::{Given, Reading, day, page_given, workers};
use crate::table::Table;
use crate::{errors, rows};

/// What a record held at one moment.
#[pyclass(frozen, module = "sitrep._native")]
pub(crate) struct Snapshot {
    contents: Contents,
    key: [u8; 32],
}

#[pymethods]
impl Snapshot {
    /// Reads the record at `path`; as it was known on a day, where one is given.
    #[new]
    #[pyo3(signature = (path, as_known=None))]
    fn new(py: Python<'_>, path: PathBuf, as_known: Option<&str>) -> PyResult<Snapshot> {
        let as_known = as_known.map(day).transpose()?;
        let read = || {
            let record = Record::open(&path, Access::ReadOnly)?;
            let record = match as_known {
                Some(day) => record.as_known(day),
                None => record,
            };
            Ok(Snapshot { contents: readers::contents(&record, &Filter::default())?, key: record.readers_key()? })
        };
        py.detach(read).map_err(|error: RecordError| errors::of_record(&error))
    }

    /// A table; events with their shapes where asked for.
    #[pyo3(signature = (name, geometry=false))]
    fn table(&self, py: Python<'_>, name: &str, geometry: bool) -> PyResult<Table> {
        let name = table_name(name)?;
        let options = ExportOptions { names: Names::Pseudonyms(&self.key), ..ExportOptions::default() };
        let made = py.detach(|| arrow::table(&self.contents, name, geometry, &options));
        Ok(Table::of(name.name(), made))
    }

    /// One sentence: how much is in it.
    fn summary(&self) -> String {
        show::why::summary(&self.contents).trim_end().to_owned()
    }

    /// The map as SVG.
    fn map(&self, py: Python<'_>, width_px: u32) -> String {
        py.detach(|| {
            let control = places::control(&self.contents, None);
            let options = MapOptions { control: &control, width_px, ..MapOptions::default() };
            map::svg(&self.contents, &sitrep::outlines(), &options)
        })
    }

    /// The timeline as SVG.
    fn timeline(&self, py: Python<'_>, width_px: u32) -> String {
        py.detach(|| show::timeline::svg(&self.contents, width_px))
    }
}

/// An input that could not be read: name, why, code.
type Unread = (String, String, String);

/// What became of the inputs: how many were read, how many of those the record had already; those that were not.
type Tally = (usize, usize, Vec<Unread>);

/// What is said of the inputs: of files their url, outlet, day of publication; of every page who saved it.
type Said = (Option<String>, Option<String>, Option<String>, Option<String>);

/// What to read: files and folders, a table about them, words about all of them; and pages in hand.
type Inputs = (Vec<PathBuf>, Option<PathBuf>, Said, Vec<Given>);

/// Makes the record `path`. `time` is now, for its log.
#[pyfunction]
#[pyo3(signature = (path, inputs, time, jobs=None, kit=None))]
pub(crate) fn build(
    py: Python<'_>,
    path: PathBuf,
    inputs: Inputs,
    time: String,
    jobs: Option<usize>,
    kit: Option<&Bound<'_, kit::Kit>>,
) -> PyResult<Tally> {
    let kit = or_built_in(py, kit)?;
    let (source, pages, mut tally) = source(inputs, &path)?;
    make(&path, &kit, time, |record| {
        let done = py.detach(|| fill(record, &kit, &source, pages, workers(jobs), &mut tally));
        done.map_err(|error| errors::of(&error))?;
        Ok(tally)
    })
}

/// Makes the record `path` of reports that were packed elsewhere, which `packed` gives one at a time. `time` is now, for its log.
#[pyfunction]
#[pyo3(signature = (path, packed, time, kit=None))]
pub(crate) fn gather(
    py: Python<'_>,
    path: PathBuf,
    packed: &Bound<'_, PyIterator>,
    time: String,
    kit: Option<&Bound<'_, kit::Kit>>,
) -> PyResult<Tally> {
    let kit = or_built_in(py, kit)?;
    make(&path, &kit, time, |record| {
        if let Some(list) = kit.actors() {
            record.keep_actors(list).map_err(|error| errors::of_record(&error))?;
        }
        let mut tally: Tally = (0, 0, Vec::new());
        for item in packed.clone() {
            let bytes: PyBackedBytes = item?.extract()?;
            let added = py.detach(|| -> Result<Added, String> {
                let report = unpack(&kit, &bytes).map_err(|error| error.to_string())?;
                let added = record.add(&report.page, &report.document, &report.claims, &report.notes);
                added.map_err(|error| errors::told(&error))
            });
            tally.0 += 1;
            tally.1 += usize::from(added.map_err(|why| errors::input(&why))? == Added::AlreadyThere);
            py.check_signals()?;
        }
        py.detach(|| record.settle()).map_err(|error| errors::of_record(&error))?;
        Ok(tally)
    })
}

/// Makes the record `path` by `work`, under another name until it is whole.
fn make(path: &Path, kit: &Kit, time: String, work: impl FnOnce(&mut Record) -> PyResult<Tally>) -> PyResult<Tally> {
    if path.exists() {
        return Err(errors::of_record(&RecordError::Exists { path: path.to_path_buf() }));
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".python.unfinished");
    let unfinished = path.with_file_name(name);
    // What another run left there was made of other inputs.
    let _ = Record::remove_unfinished(&unfinished);
    let begun = Record::begin(&unfinished, &kit.edition());
    let mut record = begun.map_err(|error| errors::of_record(&error))?;
    let done = work(&mut record);
    drop(record);
    let nothing = done.as_ref().ok().filter(|tally| tally.0 == 0);
    if done.is_err() || nothing.is_some() {
        let _ = Record::remove_unfinished(&unfinished);
    }
    if let Some(tally) = nothing {
        let why = tally.2.first().map(|(name, why, _)| format!("; first, {name}: {why}")).unwrap_or_default();
        return Err(errors::raise("NothingReadError", &format!("no report could be read; no record was made{why}")));
    }
    let tally = done?;
    publish(&unfinished, path)?;
    let begun = Record::open(path, Access::ReadWrite).and_then(|record| record.stamped_as_new(stamp(time)));
    begun.map_err(|error| errors::of_record(&error))?;
    Ok(tally)
}

/// Adds to the record `path`.
#[pyfunction]
#[pyo3(signature = (path, inputs, time, jobs=None, kit=None))]
pub(crate) fn add(
    py: Python<'_>,
    path: PathBuf,
    inputs: Inputs,
    time: String,
    jobs: Option<usize>,
    kit: Option<&Bound<'_, kit::Kit>>,
) -> PyResult<Tally> {
    let opened = Record::open(&path, Access::ReadWrite).and_then(|record| record.stamped(stamp(time)));
    let mut record = opened.map_err(|error| errors::of_record(&error))?;
    let kit = or_built_in(py, kit)?;
    let made = record.edition().map_err(|error| errors::of_record(&error))?;
    let own = kit.edition();
    if made.gazetteer != own.gazetteer || made.actors != own.actors {
        let why = "the record was made with another gazetteer or list of actors; give kit=Kit(...) with the ones it was made with";
        return Err(errors::input(why));
    }
    let (source, pages, mut tally) = source(inputs, &path)?;
    let done = py.detach(|| fill(&mut record, &kit, &source, pages, workers(jobs), &mut tally));
    done.map_err(|error| errors::of(&error))?;
    Ok(tally)
}

fn stamp(time: String) -> Stamp {
    Stamp { time, tool: format!("sitrep {} (Python)", sitrep::VERSION) }
}

fn source(inputs: Inputs, record: &Path) -> PyResult<(Source, Vec<Given>, Tally)> {
    let (paths, table, (url, outlet, published, collector), pages) = inputs;
    let mut tally: Tally = (0, 0, Vec::new());
    let table = match table {
        Some(path) => {
            let (table, odd) = MetaTable::open(&path).map_err(|error| errors::of_read(&error))?;
            odd.iter().for_each(|error| failed(&mut tally, error));
            table
        }
        None => MetaTable::default(),
    };
    let published = published.as_deref().map(day).transpose()?;
    let source = Source {
        inputs: paths.into_iter().map(Input::Path).collect(),
        table,
        meta: PageMeta { url, outlet, published, ..PageMeta::default() },
        collector,
        written: vec![record.to_path_buf(), Record::log_path(record)],
        thumbnails: true,
        ..Source::default()
    };
    Ok((source, pages, tally))
}

fn failed(tally: &mut Tally, error: &ReadError) {
    let name = error.path().to_string_lossy().into_owned();
    tally.2.push((name, errors::told(error), error.code().to_owned()));
}

fn fill(
    record: &mut Record,
    kit: &Kit,
    source: &Source,
    pages: Vec<Given>,
    jobs: NonZeroUsize,
    tally: &mut Tally,
) -> Result<(), Error> {
    let in_hand = pages.into_iter().map(|given| {
        let mut page = page_given(given)?;
        page.custody.collector.clone_from(&source.collector);
        Ok(page)
    });
    let pages = sitrep::pages(source).chain(in_hand);
    pipeline::build_from(record, kit, source, pages, jobs, |outcome| match outcome {
        Outcome::Taken(_) => tally.0 += 1,
        Outcome::AlreadyThere(_) => {
            tally.0 += 1;
            tally.1 += 1;
        }
        Outcome::Unread(remark) if remark.is_remark() => {}
        Outcome::Unread(error) => failed(tally, &error),
        Outcome::Broke { path, says } => {
            let why = format!("left out, a bug in this program was met ({says})");
            tally.2.push((path, why, "bug".to_owned()));
        }
    })
}

/// Gives the record its own name, unless something has it by now.
fn publish(unfinished: &Path, path: &Path) -> PyResult<()> {
    let cannot = |error: &std::io::Error| errors::of_io(&format!("cannot write {}", path.display()), error);
    let named = tempfile::TempPath::try_from_path(unfinished).map_err(|error| cannot(&error))?;
    named.persist_noclobber(path).map_err(|failed| {
        let raised = cannot(&failed.error);
        // What was built stays where it is.
        let _ = failed.path.keep();
        raised
    })
}

/// The pages of files, and what could not be read.
#[pyfunction]
pub(crate) fn read(inputs: Inputs) -> PyResult<(Reading, Vec<Unread>)> {
    let (source, _, tally) = source(inputs, Path::new(""))?;
    Ok((Reading::of(Source { thumbnails: false, written: Vec::new(), ..source }), tally.2))
}

/// Names, bytes and days of the sample reports that come with the program: name, html or text, bytes, url, outlet, published.
#[pyfunction]
pub(crate) fn samples(py: Python<'_>) -> PyResult<Vec<Bound<'_, PyAny>>> {
    let source = sitrep::samples::source().map_err(|error| errors::of_read(&error))?;
    sitrep::pages(&source)
        .filter_map(Result::ok)
        .map(|page| {
            let day = |day: Option<sitrep::model::Date>| day.map(|day| day.to_string());
            let meta = page.meta;
            let kind = page.media_type.as_str();
            rows::tuple(
                py,
                page.path,
                kind,
                &page.raw,
                (meta.url, meta.outlet),
                day(meta.published),
                day(meta.retrieved),
            )
        })
        .collect()
}
