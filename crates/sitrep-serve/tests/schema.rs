//! The workbench's types are made from `web/api.schema.json`; it must be what the server's own types say.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

#[test]
fn the_workbench_knows_the_shapes_the_server_sends() {
    let kept = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/api.schema.json")).unwrap();
    let made = serde_json::to_string_pretty(&sitrep_serve::answers::schema()).unwrap() + "\n";
    assert!(
        kept == made,
        "run `cargo run -p sitrep-serve --example schema > web/api.schema.json`, then `npm run types` in web/"
    );
}
