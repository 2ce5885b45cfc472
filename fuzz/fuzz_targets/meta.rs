//! Bytes read as a table of what the user says about pages.
#![no_main]

use std::path::Path;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = sitrep_read::MetaTable::parse(Path::new("meta.csv"), text);
    }
});
