//! A record in the making that a later run may go on with.
//!
//! In: the name it has while it is made. Out: the record, with the pages an earlier run had come to. Whoever begins it holds the writer's lock
//! before looking at the file, so two runs never make the same one.

use std::fs::{self, File};
use std::path::Path;

use sitrep_model::Edition;

use crate::store::{self, lock::WriterLock, write};
use crate::{Access, Record, RecordError};

impl Record {
    /// Goes on with the record of this edition that an earlier run began at `path`, or begins it. Anything else that is there is written
    /// over: the name must be one that nothing but an unfinished record has.
    ///
    /// # Errors
    /// When another program is making it, or the file cannot be written.
    pub fn begin(path: &Path, edition: &Edition) -> Result<Record, RecordError> {
        let lock = WriterLock::take_or_make(path)?;
        let begun = store::open(path, Access::ReadWrite).map(|connection| Record::of(path, connection, None));
        let record = match begun {
            Ok(record) if record.edition().is_ok_and(|made| made == *edition) => record,
            other => {
                drop(other);
                let empty = File::options().write(true).open(path).and_then(|file| file.set_len(0));
                empty.map_err(|source| store::file_error(path, "begin it anew", source))?;
                // Emptied first: what a journal keeps of an empty file is nothing.
                store::clean(path)?;
                let connection = store::begin(path)?;
                write::edition(&connection, edition).map_err(|e| RecordError::database(path, e))?;
                Record::of(path, connection, None)
            }
        };
        store::clean(path)?;
        Ok(record.locked(lock))
    }

    /// Removes an unfinished record, with what its database kept beside it, unless somebody is making it. Whether it did.
    #[must_use]
    pub fn remove_unfinished(path: &Path) -> bool {
        let Some(_lock) = WriterLock::if_free(path) else { return false };
        let journal = store::with_suffix(path, "-journal");
        store::clean(path).is_ok()
            && fs::remove_file(path).is_ok()
            && (!journal.exists() || fs::remove_file(journal).is_ok())
    }
}
