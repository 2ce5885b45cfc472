//! Rows of Python values out of Arrow batches, for those who have no Arrow library.
//!
//! In: batches. Out: a list of tuples. Knows the few types that the tables have.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use pyo3::IntoPyObjectExt as _;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyTuple};
use sitrep::show::export::arrow::Batches;

pub(crate) fn rows<'py>(py: Python<'py>, table: &Batches, most: usize) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for batch in &table.batches {
        let n_rows = batch.num_rows().min(most.saturating_sub(list.len()));
        for at in 0..n_rows {
            let row = batch.columns().iter().map(|column| cell(py, column, at)).collect::<PyResult<Vec<_>>>()?;
            list.append(PyTuple::new(py, row)?)?;
        }
    }
    Ok(list)
}

fn cell<'py>(py: Python<'py>, column: &ArrayRef, at: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(at) {
        return Ok(py.None().into_bound(py));
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(at).into_bound_py_any(py),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(at).into_bound_py_any(py),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(at).into_bound_py_any(py),
        DataType::Boolean => column.as_boolean().value(at).into_bound_py_any(py),
        DataType::Binary => Ok(PyBytes::new(py, column.as_binary::<i32>().value(at)).into_any()),
        DataType::Date32 => {
            let day = column.as_primitive::<Date32Type>().value_as_date(at);
            day.map(|day| day.to_string()).into_bound_py_any(py)
        }
        DataType::List(_) => {
            let texts = column.as_list::<i32>().value(at);
            let texts = texts.as_string::<i32>();
            Ok(PyList::new(py, (0..texts.len()).map(|at| texts.value(at)))?.into_any())
        }
        _ => Ok(py.None().into_bound(py)),
    }
}

/// A page as a tuple, in the order in which pages are given.
pub(crate) fn tuple<'py>(
    py: Python<'py>,
    name: String,
    kind: &str,
    raw: &[u8],
    (url, outlet): (Option<String>, Option<String>),
    published: Option<String>,
    retrieved: Option<String>,
) -> PyResult<Bound<'py, PyAny>> {
    (name, kind, PyBytes::new(py, raw), url, outlet, published, retrieved).into_bound_py_any(py)
}
