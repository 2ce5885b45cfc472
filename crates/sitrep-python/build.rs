//! Tells the linker that Python's own names are found when the module is loaded; only macOS needs to be told.

fn main() {
    pyo3_build_config::add_extension_module_link_args();
}
