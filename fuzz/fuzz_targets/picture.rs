//! Bytes drawn as a still of a picture. A decoder that panics is caught by the product; here it is a finding.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(still) = sitrep_read::thumbnail(bytes) {
        assert!(still.width_px.max(still.height_px) <= 320 && still.jpeg.starts_with(b"\xFF\xD8"));
    }
});
