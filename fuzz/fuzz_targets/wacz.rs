//! Bytes read as `crawl.wacz`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("crawl.wacz", bytes));
