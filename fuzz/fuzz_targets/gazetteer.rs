//! Bytes read as places of a user's own; the first byte says in which format.
#![no_main]

use sitrep_gazetteer::{Format, probe};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let format = [Format::Geonames, Format::Csv, Format::Geojson][usize::from(*first) % 3];
    let _ = probe(format, rest);
});
