//! Bytes read as `crawl.warc.gz`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("crawl.warc.gz", bytes));
