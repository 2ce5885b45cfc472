//! A table in Arrow's memory layout, handed to other libraries without copies.
//!
//! In: batches. Out: the capsules of the Arrow PyCapsule interface, or rows of plain Python values. Never changes.

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatchIterator, RecordBatchReader};
use arrow_schema::ffi::FFI_ArrowSchema;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyList};
use sitrep::show::export::arrow::Batches;

use crate::{errors, rows};

/// Columns and rows.
#[pyclass(frozen, module = "sitrep._native")]
pub(crate) struct Table {
    name: &'static str,
    inner: Batches,
}

impl Table {
    pub(crate) fn of(name: &'static str, inner: Batches) -> Table {
        Table { name, inner }
    }
}

#[pymethods]
impl Table {
    #[getter]
    fn name(&self) -> &'static str {
        self.name
    }

    /// Name and Arrow type of each column.
    #[getter]
    fn columns(&self) -> Vec<(String, String)> {
        self.inner.schema.fields().iter().map(|it| (it.name().clone(), it.data_type().to_string())).collect()
    }

    fn __len__(&self) -> usize {
        self.inner.batches.iter().map(|batch| batch.num_rows()).sum()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.inner.schema.as_ref());
        let schema = schema.map_err(|error| errors::raise("SitrepError", &error.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// All batches; a schema asked for is not converted to, as the interface allows.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = self.inner.batches.clone().into_iter().map(Ok);
        let reader: Box<dyn RecordBatchReader + Send> =
            Box::new(RecordBatchIterator::new(batches, self.inner.schema.clone()));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), c"arrow_array_stream")
    }

    /// Rows as tuples: days as texts, lists as lists, unknown values as `None`. At most `most`, where it is given.
    #[pyo3(signature = (most=None))]
    fn rows<'py>(&self, py: Python<'py>, most: Option<usize>) -> PyResult<Bound<'py, PyList>> {
        rows::rows(py, &self.inner, most.unwrap_or(usize::MAX))
    }
}
