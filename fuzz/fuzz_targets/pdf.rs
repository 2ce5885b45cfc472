//! Bytes read as `report.pdf`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("report.pdf", bytes));
