//! Why a record could not be made, opened, read or changed.
//!
//! In: what the file system or the database said. Out: one line that names the file and says what to do. Never about odd text.

use std::io;
use std::path::{Path, PathBuf};

/// Why a record could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// `create` found something in its way.
    #[error("{path}: there is a file already; choose another name, or use `sitrep add` to extend a record")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// `open` found nothing.
    #[error("{path}: there is no such file; make a record with `sitrep build INPUT... -o {path}`")]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{path}: not a record ({found}); give the file that `sitrep build -o` wrote")]
    NotARecord {
        /// The file.
        path: PathBuf,
        /// What it looks like.
        found: String,
    },
    /// The file is under a passphrase.
    #[error("{path}: encrypted; `sitrep unlock {path}` makes the record of it again")]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a later program.
    #[error(
        "{path}: made by a newer sitrep (layout {found}, this one reads up to {known}); use that program or rebuild the record"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its layout.
        found: i64,
        /// The newest layout known here.
        known: i64,
    },
    /// The file was written by an earlier program and must be brought up to date by a writer.
    #[error(
        "{path}: made by an older sitrep (layout {found}, this one needs {known}); run `sitrep add {path}` once to bring it up to date"
    )]
    Older {
        /// The file.
        path: PathBuf,
        /// Its layout.
        found: i64,
        /// The layout needed.
        known: i64,
    },
    /// Another program is writing.
    #[error("{path}: another program is writing to this record; try again when it is done")]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// A write was cut short and only a writer may clean up.
    #[error("{path}: the last write was cut short; run `sitrep add {path}` once to restore the state before it")]
    CutShort {
        /// The file.
        path: PathBuf,
    },
    /// A change was asked of a record opened for reading.
    #[error("{path}: opened for reading only")]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The file system refused.
    #[error("{path}: cannot {doing}")]
    File {
        /// The file.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// There is no room on the disk.
    #[error(
        "{path}: the disk is full, or the file may not grow; what was committed is whole: make room and run the same command again"
    )]
    Full {
        /// The file.
        path: PathBuf,
        /// What the database said.
        source: rusqlite::Error,
    },
    /// The database refused.
    #[error("{path}: the database refused; run `sitrep verify {path}` or rebuild the record")]
    Database {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: rusqlite::Error,
    },
    /// A row does not hold what its table promises.
    #[error("{path}: {table} {id} cannot be read; the file is damaged, rebuild the record")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The table.
        table: &'static str,
        /// The row.
        id: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A list of actors was to be kept that is not the record's.
    #[error("{path}: made with another list of actors, or with none; the one given cannot be kept in it")]
    OtherActors {
        /// The file.
        path: PathBuf,
    },
    /// Something cannot be taken out.
    #[error("cannot take out {what}: {why}")]
    Redact {
        /// What was asked.
        what: String,
        /// Why not.
        why: String,
    },
    /// What was taken out of one record might come back with the other.
    #[error(
        "{path}: something was taken out of it; such a record cannot be merged, as the other may still hold what was taken out"
    )]
    Redacted {
        /// The record.
        path: PathBuf,
    },
    /// Two records cannot become one.
    #[error(
        "{one} and {other} were made by different editions of the program, its rules or its places; rebuild one of them with the other's before merging"
    )]
    OtherEdition {
        /// The one.
        one: PathBuf,
        /// The other.
        other: PathBuf,
    },
    /// A ruling makes no sense.
    #[error("cannot {action} {subject}: {why}")]
    Ruling {
        /// What was asked.
        action: String,
        /// Of what.
        subject: String,
        /// Why not.
        why: String,
    },
}

impl RecordError {
    /// Sorts what the database said into what a user can act on.
    pub(crate) fn database(path: &Path, source: rusqlite::Error) -> RecordError {
        use rusqlite::ffi;
        let path = path.to_path_buf();
        match source.sqlite_error().map(|e| (e.extended_code, e.extended_code & 0xff)) {
            Some((ffi::SQLITE_READONLY_ROLLBACK | ffi::SQLITE_READONLY_RECOVERY, _)) => RecordError::CutShort { path },
            Some((ffi::SQLITE_IOERR_WRITE, _) | (_, ffi::SQLITE_FULL)) => RecordError::Full { path, source },
            Some((_, ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED)) => RecordError::Busy { path },
            Some((_, ffi::SQLITE_READONLY)) => RecordError::ReadOnly { path },
            Some((_, ffi::SQLITE_NOTADB)) => RecordError::NotARecord { path, found: "not a SQLite file".to_owned() },
            _ => RecordError::Database { path, source },
        }
    }
}
