//! `schema`: the JSON Schema of an output.
//!
//! In: a name. Out: the schema on standard output.

use sitrep::schema::{NAMES, schema as schema_of};

use crate::args::SchemaArgs;
use crate::ending::{Ending, Usage};
use crate::out;

/// `sitrep schema NAME`
pub(super) fn schema(args: &SchemaArgs) -> anyhow::Result<Ending> {
    let schema = schema_of(&args.name)
        .ok_or_else(|| Usage(format!("no schema called {}; one of {}", args.name, NAMES.join(", "))))?;
    out::data(format!("{}\n", serde_json::to_string_pretty(&schema)?).as_bytes())?;
    Ok(Ending::Done)
}
