//! Bytes read as `letter.eml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("letter.eml", bytes));
