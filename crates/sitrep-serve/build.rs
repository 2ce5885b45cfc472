//! Lets cargo notice that the workbench was built anew, or for the first time.
//!
//! In: nothing. Out: a folder to look at, empty until `make web` fills it. Never calls npm.

fn main() -> std::io::Result<()> {
    let built = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/dist");
    std::fs::create_dir_all(built)?;
    println!("cargo:rerun-if-changed={built}");
    Ok(())
}
