//! Why places could not be imported or looked up.
//!
//! In: faults of files and rows. Out: [`GazetteerError`], which ends a run, and [`Failure`], which costs one row. Never prints.

use std::io;
use std::path::{Path, PathBuf};

/// Why an import or a folder of places is of no use.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GazetteerError {
    /// A file could not be read or written.
    #[error("{}: {cause}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// A file is not what it was taken for.
    #[error("{}: {why}", path.display())]
    Format {
        /// Which.
        path: PathBuf,
        /// What is wrong and what is wanted.
        why: String,
    },
    /// A file of places is cut short, damaged or from another edition of the program.
    #[error("{}: {why}; import it again", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// Another import writes to the same folder.
    #[error("{}: another import is at work here", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// A folder without places.
    #[error("{}: no places here; `sitrep gazetteer import` puts some in", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// A name that no file can have.
    #[error("{name} is no name for places: letters, digits, - and _ only, 60 at most")]
    Name {
        /// The name asked for.
        name: String,
    },
}

impl GazetteerError {
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> GazetteerError + use<> {
        let path = path.to_path_buf();
        move |cause| GazetteerError::File { path, cause }
    }

    pub(crate) fn format(path: &Path, why: impl Into<String>) -> GazetteerError {
        GazetteerError::Format { path: path.to_path_buf(), why: why.into() }
    }

    pub(crate) fn damaged(path: &Path, why: impl Into<String>) -> GazetteerError {
        GazetteerError::Damaged { path: path.to_path_buf(), why: why.into() }
    }
}

/// A row that could not be used. It costs only itself.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Failure {
    /// The file.
    pub path: String,
    /// The line it begins on, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub why: String,
    /// The same in one word.
    pub code: &'static str,
}

/// What is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowFault {
    pub(crate) code: &'static str,
    pub(crate) why: String,
}

impl RowFault {
    pub(crate) fn new(code: &'static str, why: impl Into<String>) -> RowFault {
        RowFault { code, why: why.into() }
    }
}
