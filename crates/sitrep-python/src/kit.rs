//! The kit: what understanding needs, loaded once a process.
//!
//! In: nothing, or a user's gazetteer and list of actors. Out: [`Kit`].

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use pyo3::prelude::*;
use pyo3::types::PyAny;
use serde_json::json;

use crate::{errors, value};

static BUILT_IN: OnceLock<Arc<sitrep::Kit>> = OnceLock::new();

/// Language model, knowledge and gazetteer, with the user's own beside them.
#[pyclass(frozen, module = "sitrep")]
pub(crate) struct Kit {
    inner: Arc<sitrep::Kit>,
    odd_rows: Vec<String>,
}

#[pymethods]
impl Kit {
    /// `gazetteer` is a folder that `sitrep gazetteer import` made; `actors` the text of a list of actors.
    #[new]
    #[pyo3(signature = (gazetteer=None, actors=None))]
    fn new(py: Python<'_>, gazetteer: Option<PathBuf>, actors: Option<Vec<u8>>) -> PyResult<Kit> {
        let load = || -> Result<(sitrep::Kit, Vec<String>), sitrep::Error> {
            let kit = match gazetteer {
                Some(folder) => sitrep::Kit::with_gazetteer(&folder)?,
                None => sitrep::Kit::load()?,
            };
            let Some(list) = actors else { return Ok((kit, Vec::new())) };
            let (kit, rows) = kit.with_actors(&list)?;
            let odd = rows.odd.iter().map(|row| format!("line {}: {}", row.line, row.why)).collect();
            Ok((kit, odd))
        };
        let (inner, odd_rows) = py.detach(load).map_err(|error| errors::of(&error))?;
        Ok(Kit { inner: Arc::new(inner), odd_rows })
    }

    /// Rows of the list of actors that were left out, and why.
    #[getter]
    fn odd_rows(&self) -> Vec<String> {
        self.odd_rows.clone()
    }

    /// Hashes of everything a record made with this kit is made with.
    #[getter]
    fn edition<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        value::to_python(py, &json!(self.inner.edition()))
    }
}

/// The kit given, or the one that comes with the program.
pub(crate) fn or_built_in(py: Python<'_>, kit: Option<&Bound<'_, Kit>>) -> PyResult<Arc<sitrep::Kit>> {
    if let Some(kit) = kit {
        return Ok(Arc::clone(&kit.get().inner));
    }
    if let Some(kit) = BUILT_IN.get() {
        return Ok(Arc::clone(kit));
    }
    let loaded = py.detach(sitrep::Kit::load).map_err(|error| errors::of(&error))?;
    Ok(Arc::clone(BUILT_IN.get_or_init(|| Arc::new(loaded))))
}
