//! Bytes read as `feed.xml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("feed.xml", bytes));
