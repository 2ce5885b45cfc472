//! The name a record has while it is built, and how it gets its own.
//!
//! In: what the record is made of. Out: a name that the same command finds again: `war.sitrep.`, 16 hex digits that stand for inputs, flags and
//! edition, `.unfinished`. Never removes what another program is building.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::json;
use sitrep::Record;
use sitrep::model::{Edition, sha256_hex};

use crate::args::InputArgs;
use crate::out::Say;

const ENDING: &str = ".unfinished";

/// What stands for the inputs: another for anything that could make another record of the same files.
pub(super) fn inputs(args: &InputArgs) -> anyhow::Result<String> {
    let read = |path: &Option<PathBuf>| {
        let bytes = path.as_ref().map(std::fs::read).transpose();
        bytes.map(|bytes| bytes.map(|bytes| sha256_hex(&bytes))).with_context(|| format!("cannot read {path:?}"))
    };
    let inputs: Vec<PathBuf> = args.inputs.iter().map(|it| it.canonicalize().unwrap_or_else(|_| it.clone())).collect();
    // What comes through a pipe does not come again.
    let once = args.inputs.iter().any(|it| it == Path::new("-")).then(std::process::id);
    let said = json!({
        "named": args.inputs, "inputs": inputs, "once": once, "published": args.published, "outlet": args.outlet, "url": args.url,
        "meta": read(&args.meta)?, "post_fields": read(&args.post_fields)?, "thumbnails": !args.no_thumbnails,
        "collector": args.collector,
    });
    Ok(said.to_string())
}

/// The name the record `path` has while it is built.
pub(super) fn named(path: &Path, edition: &Edition, inputs: &str) -> PathBuf {
    let hash = sha256_hex(format!("{}\n{inputs}", json!(edition)).as_bytes());
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}{ENDING}", hash.get(..16).unwrap_or_default()));
    path.with_file_name(name)
}

/// Removes what other runs left unfinished of the record `path`.
pub(super) fn remove_others(unfinished: &Path, path: &Path, say: &Say) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let stem = format!("{}.", path.file_name().unwrap_or_default().to_string_lossy());
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let middle = name.strip_prefix(&stem).and_then(|rest| rest.strip_suffix(ENDING));
        let is_one = middle.is_some_and(|it| it.len() == 16 && it.bytes().all(|b| b.is_ascii_hexdigit()));
        if is_one
            && Some(entry.file_name().as_os_str()) != unfinished.file_name()
            && Record::remove_unfinished(&entry.path())
        {
            say.line(&format!("removed {name}, which an earlier run on other inputs had left unfinished"));
        }
    }
}

/// Gives the record its own name, unless something has it by now.
pub(super) fn publish(unfinished: &Path, path: &Path) -> anyhow::Result<()> {
    let named = tempfile::TempPath::try_from_path(unfinished)?.persist_noclobber(path);
    named.map_err(|failed| {
        let error = failed.error;
        // What was built stays where it is.
        let _ = failed.path.keep();
        anyhow::Error::new(error).context(format!("cannot write {}", path.display()))
    })
}
