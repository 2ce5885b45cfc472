//! The native half of the Python package `sitrep`: thin wrappers around the front door.
//!
//! In: Python's values, already checked and put in order by the Python half (`python/sitrep`). Out: Python's values, and Arrow tables handed
//! over without copies. Never panics across the border, and lets other Python threads run while it works.

mod analyze;
mod errors;
mod kit;
mod language;
mod pages;
mod record;
mod rows;
mod table;
mod value;

use pyo3::prelude::*;

/// What `import sitrep` loads.
#[pymodule(gil_used = false)]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("VERSION", sitrep::VERSION)?;
    // What others made and is inside: the wheel carries their notices.
    module.add("NOTICE", include_str!("../../../NOTICE"))?;
    module.add("MODEL_LICENSE", include_str!("../../sitrep-language/model/LICENSE"))?;
    module.add("LAYERS", sitrep::Layer::ALL.iter().map(|layer| layer.name()).collect::<Vec<_>>())?;
    let tables = sitrep::show::export::TableName::ALL;
    module.add("TABLES", tables.iter().map(|table| table.name()).collect::<Vec<_>>())?;
    module.add_class::<kit::Kit>()?;
    module.add_class::<language::Language>()?;
    module.add_class::<pages::ReadPage>()?;
    module.add_class::<pages::Reading>()?;
    module.add_class::<record::Snapshot>()?;
    module.add_class::<table::Table>()?;
    module.add_function(wrap_pyfunction!(analyze::analyze, module)?)?;
    module.add_function(wrap_pyfunction!(analyze::analyze_tables, module)?)?;
    module.add_function(wrap_pyfunction!(analyze::pack, module)?)?;
    module.add_function(wrap_pyfunction!(record::gather, module)?)?;
    module.add_function(wrap_pyfunction!(record::build, module)?)?;
    module.add_function(wrap_pyfunction!(record::add, module)?)?;
    module.add_function(wrap_pyfunction!(record::read, module)?)?;
    module.add_function(wrap_pyfunction!(record::samples, module)?)?;
    Ok(())
}
