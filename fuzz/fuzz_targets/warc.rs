//! Bytes read as `crawl.warc`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("crawl.warc", bytes));
