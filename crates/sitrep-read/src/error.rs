//! Why an input gave no page.
//!
//! In: nothing. Out: [`ReadError`], each variant saying where and what to do next. Odd text inside a page is never one of these.

use std::io;
use std::path::PathBuf;

/// Why a source could not be turned into pages.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file or folder could not be opened or read.
    #[error("cannot open {path} (does it exist, and may you read it?)")]
    Open {
        /// The input.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file holds nothing but white space.
    #[error("{path} is empty: nothing to read")]
    Empty {
        /// The input.
        path: PathBuf,
    },
    /// The file is not text.
    #[error("{path} is {what}, not HTML or plain text: save the report as .html or .txt first")]
    Binary {
        /// The input.
        path: PathBuf,
        /// What it looks like.
        what: &'static str,
    },
    /// The file is text of a kind that holds no report.
    #[error("{path} is not a kind of file that is read (.html, .htm, .txt, .md, or no ending)")]
    Unsupported {
        /// The input.
        path: PathBuf,
    },
    /// The file is larger than a page may be.
    #[error("{path} is larger than {limit_mib} MiB: split it into one file per report")]
    TooLarge {
        /// The input.
        path: PathBuf,
        /// The limit.
        limit_mib: u64,
    },
    /// A folder without a single report.
    #[error("{path} holds no HTML or plain-text file")]
    NoReports {
        /// The folder.
        path: PathBuf,
    },
    /// A file in a folder that is not of a kind that is read.
    #[error("{path} left out: not a kind of file that is read (.html, .htm, .txt, .md, or no ending)")]
    Skipped {
        /// The file.
        path: PathBuf,
    },
    /// The same file was named twice; it is read once.
    #[error("{path} was named before as {first}: read once")]
    Duplicate {
        /// The second name.
        path: PathBuf,
        /// The first name.
        first: PathBuf,
    },
    /// A row of a meta file that cannot be used; the other rows are.
    #[error("{path}, row {row}: {why}")]
    MetaRow {
        /// The meta file.
        path: PathBuf,
        /// Line number, 1 for the first line of the file.
        row: u64,
        /// What is wrong and what was expected.
        why: String,
    },
    /// A meta file that cannot be used at all.
    #[error("{path}: {why}")]
    Meta {
        /// The meta file.
        path: PathBuf,
        /// What is wrong and what was expected.
        why: String,
    },
}

impl ReadError {
    /// Whether this is only worth a remark: nothing the user asked for is missing because of it.
    #[must_use]
    pub fn is_remark(&self) -> bool {
        matches!(self, ReadError::Duplicate { .. } | ReadError::Skipped { .. })
    }
}
