//! The file that `--failures` asks for.
//!
//! In: what could not be used. Out: one JSON object a line. Never stops a run in the middle: that it cannot be written is told at the
//! end.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::Value;

/// The file that failures are written to, one JSON object a line.
pub(super) struct Failures {
    path: PathBuf,
    file: BufWriter<File>,
    written: io::Result<()>,
}

impl Failures {
    /// Makes the file.
    pub(super) fn create(path: &Path) -> anyhow::Result<Failures> {
        let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Failures { path: path.to_path_buf(), file: BufWriter::new(file), written: Ok(()) })
    }

    /// The same file, empty.
    pub(super) fn again(&self) -> anyhow::Result<Failures> {
        Failures::create(&self.path)
    }

    /// Adds a line; an error is told at the end.
    pub(super) fn write(&mut self, line: &Value) {
        if self.written.is_ok() {
            self.written = writeln!(self.file, "{line}");
        }
    }

    /// Ends the file.
    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        self.written.and_then(|()| self.file.flush()).with_context(|| format!("cannot write {}", self.path.display()))
    }
}
