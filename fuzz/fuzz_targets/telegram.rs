//! Bytes read as `result.json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("result.json", bytes));
