//! Bytes read as `page.html`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("page.html", bytes));
