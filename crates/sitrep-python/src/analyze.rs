//! What single reports say, before anything is compared.
//!
//! In: pages. Out: a dict for each, or Arrow tables of all, in the order of the pages. A page that cannot be read costs only itself.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString};
use serde_json::{Map, Value};
use sitrep::Layer;
use sitrep::analyze::{Options, alone, of_page, understood};
use sitrep::model::OffsetUnit;
use sitrep::show::Names;
use sitrep::show::export::arrow::Joined;
use sitrep::show::export::{ExportOptions, TableName};

use crate::kit::{Kit, or_built_in};
use crate::pages::{Given, each, page_given};
use crate::table::Table;
use crate::{errors, value};

/// The layers asked for of each page; those of a page that could not be read are `None`, and its `error` says why.
#[pyfunction]
#[pyo3(signature = (given, layers, jobs=None, keep_names=false, kit=None))]
pub(crate) fn analyze<'py>(
    py: Python<'py>,
    given: Vec<Given>,
    layers: Vec<String>,
    jobs: Option<usize>,
    keep_names: bool,
    kit: Option<&Bound<'py, Kit>>,
) -> PyResult<Bound<'py, PyList>> {
    let layers = layers.iter().map(|name| layer(name)).collect::<PyResult<Vec<Layer>>>()?;
    let kit = or_built_in(py, kit)?;
    let options = Options { layers, offsets: OffsetUnit::Chars, keep_names };
    let reports = PyList::empty(py).unbind();
    let work = |given: Given| match page_given(given) {
        Ok(page) => of_page(&kit, page, &options),
        Err(error) => Err(errors::told(&error)),
    };
    each(py, given, jobs, work, |py, found: Result<Map<String, Value>, String>| {
        reports.bind(py).append(report(py, &found, &options.layers)?)
    })?;
    kit.check().map_err(|error| errors::of(&error))?;
    Ok(reports.into_bound(py))
}

fn report<'py>(
    py: Python<'py>,
    found: &Result<Map<String, Value>, String>,
    layers: &[Layer],
) -> PyResult<Bound<'py, PyDict>> {
    let report = PyDict::new(py);
    report.set_item(PyString::intern(py, "error"), found.as_ref().err())?;
    match found {
        Ok(found) => {
            for (name, layer) in found {
                report.set_item(PyString::intern(py, name), value::to_python(py, layer)?)?;
            }
        }
        Err(_) => {
            for layer in layers {
                let nothing = match layer {
                    Layer::Text | Layer::Document => py.None().into_bound(py),
                    _ => PyList::empty(py).into_any(),
                };
                report.set_item(PyString::intern(py, layer.name()), nothing)?;
            }
        }
    }
    Ok(report)
}

fn layer(name: &str) -> PyResult<Layer> {
    Layer::from_name(name).ok_or_else(|| errors::input(&format!("no layer {name}; sitrep.LAYERS names them")))
}

/// Tables; how many rows of each come from each page; of each page that could not be read its number and why.
type Tables = (Vec<Table>, Vec<Vec<usize>>, Vec<(usize, String)>);

/// The tables asked for of all pages, and what could not be read: number of the page and why.
#[pyfunction]
#[pyo3(signature = (given, tables, jobs=None, keep_names=false, kit=None))]
pub(crate) fn analyze_tables(
    py: Python<'_>,
    given: Vec<Given>,
    tables: Vec<String>,
    jobs: Option<usize>,
    keep_names: bool,
    kit: Option<&Bound<'_, Kit>>,
) -> PyResult<Tables> {
    let names = tables.iter().map(|name| table_name(name)).collect::<PyResult<Vec<TableName>>>()?;
    let kit = or_built_in(py, kit)?;
    let mut joined: Vec<Joined> = names.iter().map(|name| Joined::new(*name)).collect();
    let mut counts: Vec<Vec<usize>> = vec![Vec::with_capacity(given.len()); names.len()];
    let (mut failed, mut at) = (Vec::new(), 0);
    let work = |given: Given| match page_given(given) {
        Ok(page) => alone(&kit, page),
        Err(error) => Err(errors::told(&error)),
    };
    each(py, given, jobs, work, |_, found| {
        match found {
            Ok(report) => {
                let names = if keep_names { Names::Keep } else { report.names() };
                let options = ExportOptions { names, ..ExportOptions::default() };
                for (table, counts) in joined.iter_mut().zip(&mut counts) {
                    counts.push(table.add(&report.contents, &options));
                }
            }
            Err(why) => {
                counts.iter_mut().for_each(|counts| counts.push(0));
                failed.push((at, why));
            }
        }
        at += 1;
        Ok(())
    })?;
    kit.check().map_err(|error| errors::of(&error))?;
    let tables = names.into_iter().zip(joined).map(|(name, table)| Table::of(name.name(), table.end())).collect();
    Ok((tables, counts, failed))
}

/// Each page understood and packed for `gather`, or why it could not be read.
#[pyfunction]
#[pyo3(signature = (given, jobs=None, kit=None))]
pub(crate) fn pack<'py>(
    py: Python<'py>,
    given: Vec<Given>,
    jobs: Option<usize>,
    kit: Option<&Bound<'py, Kit>>,
) -> PyResult<Bound<'py, PyList>> {
    let kit = or_built_in(py, kit)?;
    let packed = PyList::empty(py).unbind();
    let work = |given: Given| match page_given(given) {
        Ok(page) => understood(&kit, page).map(|report| sitrep::packed::pack(&kit, &report)),
        Err(error) => Err(errors::told(&error)),
    };
    each(py, given, jobs, work, |py, found| {
        let (bytes, why) = match found {
            Ok(bytes) => (Some(PyBytes::new(py, &bytes)), None),
            Err(why) => (None, Some(why)),
        };
        packed.bind(py).append((bytes, why))
    })?;
    kit.check().map_err(|error| errors::of(&error))?;
    Ok(packed.into_bound(py))
}

/// The table called `name`.
pub(crate) fn table_name(name: &str) -> PyResult<TableName> {
    TableName::from_name(name).ok_or_else(|| errors::input(&format!("no table {name}; sitrep.TABLES names them")))
}
