//! Bytes read as `page.txt`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("page.txt", bytes));
