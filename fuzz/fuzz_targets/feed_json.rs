//! Bytes read as `feed.json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("feed.json", bytes));
