//! Bytes read as `page.mhtml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("page.mhtml", bytes));
