//! Bytes read as `report.docx`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitrep_fuzz::read("report.docx", bytes));
