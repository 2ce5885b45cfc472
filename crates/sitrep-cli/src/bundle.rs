//! A record with its pages and its log as one archive that others can check with common tools.
//!
//! In: a record, or an archive. Out: the archive, the same bytes each time; or what is wrong with one. Layout and limits:
//! `docs/evidence.md`. Never says more than was checked.

mod check;
mod tokens;
mod warc;
mod write;

pub(crate) use check::check;
pub(crate) use write::write;

use serde::{Deserialize, Serialize};
use sitrep::model::Edition;

/// Names inside the archive.
const RECORD: &str = "record.sitrep";
const LOG: &str = "record.sitrep.log";
const PAGES: &str = "pages.jsonl";
const WARC: &str = "pages.warc.gz";
const MANIFEST: &str = "manifest.json";
const DIGEST: &str = "manifest.sha256";

/// What the manifest says of the archive's form.
const FORMAT: &str = "sitrep bundle 1";

/// `manifest.json`.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: String,
    /// Program and version that wrote it.
    tool: String,
    /// What the record was made with.
    edition: Edition,
    /// The record's root.
    root: String,
    n_pages: usize,
    log: Option<LogEnd>,
    members: Vec<Member>,
}

/// How far the log goes.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct LogEnd {
    n_entries: u64,
    last: String,
}

/// One file of the archive.
#[derive(Debug, Serialize, Deserialize)]
struct Member {
    name: String,
    bytes: u64,
    sha256: String,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
