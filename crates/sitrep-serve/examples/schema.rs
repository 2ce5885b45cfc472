//! Prints the JSON Schema of the API; the workbench's TypeScript types are made from it.
//!
//! In: nothing. Out: JSON on standard output.
#![expect(clippy::print_stdout, reason = "printing is all it does")]

fn main() -> Result<(), serde_json::Error> {
    println!("{}", serde_json::to_string_pretty(&sitrep_serve::answers::schema())?);
    Ok(())
}
