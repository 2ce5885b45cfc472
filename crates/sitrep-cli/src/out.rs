//! Where words go: data to standard output, everything else to standard error.
//!
//! In: bytes and lines. Out: written, or the error of writing. Never mixes the two streams; never shows progress off a terminal.

use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::args::ListFormat;

/// Columns of a table when the terminal does not say.
const WIDTH: usize = 100;

/// Words for the user, on standard error.
pub(crate) struct Say {
    quiet: bool,
    progress: bool,
}

impl Say {
    /// `quiet` leaves only errors.
    pub(crate) fn new(quiet: bool) -> Say {
        Say { quiet, progress: !quiet && io::stderr().is_terminal() }
    }

    /// One line.
    pub(crate) fn line(&self, text: &str) {
        if !self.quiet {
            self.clear();
            to_stderr(text);
        }
    }

    /// One line that even a quiet run shows: something the user asked for failed.
    pub(crate) fn failure(&self, text: &str) {
        self.clear();
        to_stderr(text);
    }

    /// How far a run has come; on a terminal only, overwritten by what follows.
    pub(crate) fn progress(&self, text: &str) {
        if self.progress {
            let _ = write!(io::stderr(), "\r\x1b[K{text}");
        }
    }

    fn clear(&self) {
        self.progress("");
    }
}

/// One line about an error, its causes after colons.
pub(crate) fn error(error: &anyhow::Error) {
    to_stderr(&format!("sitrep: {error:#}"));
}

/// Standard error is the last place to complain to, so a failure to write there is dropped.
fn to_stderr(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Writes data to standard output.
pub(crate) fn data(bytes: &[u8]) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()?;
    Ok(())
}

/// Writes data to the file `path`, or to standard output when it is `-`.
pub(crate) fn file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if path == Path::new("-") {
        return data(bytes);
    }
    let mut whole = Whole::create(path)?;
    whole.file().write_all(bytes).with_context(|| format!("cannot write {}", path.display()))?;
    whole.finish()
}

/// A file that gets its name only when it is whole: a run that ends early leaves the old one, or none.
pub(crate) struct Whole {
    path: PathBuf,
    /// What it is called until then; a device or a pipe has no such name and is written to as it is.
    beside: Option<PathBuf>,
    file: File,
    done: bool,
}

impl Whole {
    /// Begins the file `path`. What an earlier run left of it is written over.
    pub(crate) fn create(path: &Path) -> anyhow::Result<Whole> {
        let there = fs::metadata(path).ok();
        let path = if there.is_some() { path.canonicalize()? } else { path.to_path_buf() };
        let beside = there.is_none_or(|there| there.is_file()).then(|| {
            let mut name = path.as_os_str().to_owned();
            name.push(".unfinished");
            PathBuf::from(name)
        });
        let file = File::create(beside.as_ref().unwrap_or(&path));
        let file = file.with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Whole { path, beside, file, done: false })
    }

    /// Where its bytes go.
    pub(crate) fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Gives it its name.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        if let Some(beside) = &self.beside {
            let named = self.file.sync_all().and_then(|()| fs::rename(beside, &self.path));
            named.with_context(|| format!("cannot write {}", self.path.display()))?;
        }
        self.done = true;
        Ok(())
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        if let Some(beside) = self.beside.as_ref().filter(|_| !self.done) {
            let _ = fs::remove_file(beside);
        }
    }
}

/// Makes the names in the folder of `path` durable: after a power cut what was removed must not be all that was.
pub(crate) fn keep_names(path: &Path) -> anyhow::Result<()> {
    // Only Unix can open a folder to make it durable.
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let done = File::open(folder).and_then(|folder| folder.sync_all());
        done.with_context(|| format!("cannot make {} durable", folder.display()))?;
    }
    Ok(())
}

/// The form asked for, or the one that fits where standard output goes.
pub(crate) fn format(asked: Option<ListFormat>) -> ListFormat {
    let fitting = if io::stdout().is_terminal() { ListFormat::Table } else { ListFormat::Jsonl };
    asked.unwrap_or(fitting)
}

/// Columns of the terminal.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0))
}
