//! One writer at a time, for as long as it has the record open.
//!
//! In: the path of a record. Out: a [`WriterLock`] held until it is dropped. SQLite's own locks last one transaction and belong to
//! one file; a settled record is a new file put in the old one's place, so a second writer could go on writing to the old one
//! and its work would be lost. The operating system lets go of the lock when a program dies.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

use same_file::Handle;

use crate::RecordError;

const TRIES: u32 = if cfg!(test) { 2 } else { 50 };
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

/// The right to write to a record.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock, waiting a few seconds for another writer to finish.
    ///
    /// # Errors
    /// When another program keeps writing, or the file cannot be opened.
    pub(crate) fn take(path: &Path) -> Result<WriterLock, RecordError> {
        WriterLock::taken(path, OpenOptions::new().read(true).write(true))
    }

    /// The same, making an empty file when there is none.
    ///
    /// # Errors
    /// When another program keeps writing, or the file cannot be made or opened.
    pub(crate) fn take_or_make(path: &Path) -> Result<WriterLock, RecordError> {
        WriterLock::taken(path, OpenOptions::new().read(true).write(true).create(true).truncate(false))
    }

    /// The lock if nobody has it and there is such a file.
    pub(crate) fn if_free(path: &Path) -> Option<WriterLock> {
        let file = OpenOptions::new().read(true).write(true).open(path).ok()?;
        (file.try_lock().is_ok() && is_at(&file, path)).then_some(WriterLock { _file: file })
    }

    fn taken(path: &Path, options: &OpenOptions) -> Result<WriterLock, RecordError> {
        let error = |source| RecordError::File { path: path.to_path_buf(), doing: "open it for writing", source };
        for _ in 0..TRIES {
            let file = options.open(path).map_err(error)?;
            match file.try_lock() {
                // The file may have been replaced between opening and locking; then this one is nobody's any more.
                Ok(()) if is_at(&file, path) => return Ok(WriterLock { _file: file }),
                Ok(()) => continue,
                Err(TryLockError::WouldBlock) => std::thread::sleep(BETWEEN_TRIES),
                Err(TryLockError::Error(source)) => return Err(error(source)),
            }
        }
        Err(RecordError::Busy { path: path.to_path_buf() })
    }
}

fn is_at(file: &File, path: &Path) -> bool {
    let held = file.try_clone().and_then(Handle::from_file);
    held.ok().zip(Handle::from_path(path).ok()).is_some_and(|(held, there)| held == there)
}
