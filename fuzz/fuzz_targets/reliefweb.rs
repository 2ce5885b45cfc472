//! Bytes read as `reports.json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("reports.json", bytes));
