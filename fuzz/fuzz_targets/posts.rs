//! Bytes read as `posts.jsonl`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("posts.jsonl", bytes));
