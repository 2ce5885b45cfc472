//! Bytes read as `messages.html`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("messages.html", bytes));
