//! Pages as the Python half hands them over.
//!
//! In: name, kind, bytes and what the user says about them. Out: pages, or why one is none. Never guesses a day.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use pyo3::IntoPyObjectExt as _;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;
use sitrep::model::{Date, MediaType, Page, PageMeta};
use sitrep::parallel::in_order;
use sitrep::{ReadError, Source, page, page_of};

use crate::errors;

/// A page in parts: name, kind (`None`: by its bytes), bytes, url, outlet, published, retrieved.
pub(crate) type Parts =
    (String, Option<String>, PyBackedBytes, Option<String>, Option<String>, Option<String>, Option<String>);

/// A page on its way in.
#[derive(FromPyObject)]
pub(crate) enum Given {
    /// One that was read from a file, an archive, a feed.
    Read(Py<ReadPage>),
    /// One in parts.
    Parts(Parts),
}

impl Given {
    pub(crate) fn len(&self) -> usize {
        match self {
            Given::Read(page) => page.get().page.raw.len(),
            Given::Parts(parts) => parts.2.len(),
        }
    }
}

/// How pages in hand say they came.
const METHOD: &str = "python";

/// The page that was given.
pub(crate) fn page_given(given: Given) -> Result<Page, ReadError> {
    let (name, kind, raw, url, outlet, published, retrieved) = match given {
        Given::Read(page) => return Ok(page.get().page.clone()),
        Given::Parts(parts) => parts,
    };
    let day = |text: Option<String>| text.and_then(|text| text.parse::<Date>().ok());
    let meta = PageMeta { url, outlet, published: day(published), retrieved: day(retrieved), ..PageMeta::default() };
    let kind = match kind.as_deref() {
        Some("text") => MediaType::Text,
        Some("html") => MediaType::Html,
        Some("pdf") => MediaType::Pdf,
        Some("docx") => MediaType::Docx,
        _ => return page(&name, raw.to_vec(), meta, METHOD),
    };
    Ok(page_of(&name, kind, raw.to_vec(), meta, METHOD))
}

/// A page as it came out of a file, an archive, a feed, with all that says about it.
#[pyclass(frozen, module = "sitrep")]
pub(crate) struct ReadPage {
    page: Page,
}

#[pymethods]
impl ReadPage {
    /// The file's name, and where in it.
    #[getter]
    fn name(&self) -> &str {
        &self.page.path
    }

    /// Where it was published, as far as anybody says.
    #[getter]
    fn url(&self) -> Option<&str> {
        let carrier = self.page.custody.carrier.as_ref();
        self.page.meta.url.as_deref().or_else(|| carrier?.url.as_deref())
    }

    /// `html`, `text`, `pdf` or `docx`.
    #[getter]
    fn media_type(&self) -> &'static str {
        self.page.media_type.as_str()
    }

    /// The page as it came.
    #[getter]
    fn bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.page.raw)
    }
}

type Pages = Box<dyn Iterator<Item = Result<Page, ReadError>> + Send>;

/// Pages of files, one at a time: a `ReadPage`, or name, why and code of what could not be read.
#[pyclass(frozen, module = "sitrep._native")]
pub(crate) struct Reading {
    pages: Mutex<Pages>,
}

impl Reading {
    pub(crate) fn of(source: Source) -> Reading {
        // Pages borrow their source, and Python's objects cannot borrow: some hundred bytes a source stay until the process ends.
        let source: &'static Source = Box::leak(Box::new(source));
        Reading { pages: Mutex::new(Box::new(sitrep::pages(source))) }
    }
}

#[pymethods]
impl Reading {
    fn __iter__(it: PyRef<'_, Self>) -> PyRef<'_, Self> {
        it
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let next = py.detach(|| {
            let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
            pages.by_ref().find(|page| !page.as_ref().is_err_and(ReadError::is_remark))
        });
        match next {
            None => Ok(None),
            Some(Ok(page)) => Ok(Some(Bound::new(py, ReadPage { page })?.into_any())),
            Some(Err(error)) => {
                let name = error.path().to_string_lossy().into_owned();
                Ok(Some((name, errors::told(&error), error.code()).into_bound_py_any(py)?))
            }
        }
    }
}

/// As many workers as asked for, or as the machine has cores.
pub(crate) fn workers(asked: Option<usize>) -> NonZeroUsize {
    let asked = asked.and_then(NonZeroUsize::new);
    asked.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}

/// Runs `work` on every page side by side, other Python threads running meanwhile, and hands the answers to `sink` in order, which has
/// Python to itself. An interrupt from the keyboard, or what `sink` raises, ends it.
pub(crate) fn each<R: Send>(
    py: Python<'_>,
    given: Vec<Given>,
    jobs: Option<usize>,
    work: impl Fn(Given) -> R + Sync + Send,
    mut sink: impl FnMut(Python<'_>, R) -> PyResult<()> + Send,
) -> PyResult<()> {
    let jobs = workers(jobs);
    let mut ended = Ok(());
    py.detach(|| {
        let size = |given: &Given| given.len();
        in_order(given.into_iter(), jobs, size, work, |answer| {
            ended = Python::attach(|py| {
                py.check_signals()?;
                sink(py, answer)
            });
            if ended.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    });
    ended
}

/// A day a user wrote, or why it is none.
pub(crate) fn day(text: &str) -> PyResult<Date> {
    text.parse().map_err(|_| errors::input(&format!("{text:?} is not a day written YYYY-MM-DD")))
}
