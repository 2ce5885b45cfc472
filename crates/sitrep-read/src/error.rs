//! Why an input gave no page.
//!
//! In: nothing. Out: [`ReadError`], each variant saying where and what to do next. Odd text inside a page is never one of these.

use std::io;
use std::path::{Path, PathBuf};

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
    #[error("{path} is not a kind of file that is read: save the report as .html, .txt, .pdf or .docx")]
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
    #[error("{path} holds no file that is read")]
    NoReports {
        /// The folder.
        path: PathBuf,
    },
    /// A file in a folder that is not of a kind that is read.
    #[error("{path} left out: not a kind of file that is read")]
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
    /// One record of an archive, feed or export that gave no page; or, without `record`, the end of what could be read of it.
    #[error("{}: {why}", within(path, record.as_deref()))]
    Record {
        /// The archive, feed or export.
        path: PathBuf,
        /// Which record: its id, address or number.
        record: Option<String>,
        /// Where it starts, in bytes of the input (packed bytes when the input is packed).
        offset: Option<u64>,
        /// A short name of the reason, for programs.
        code: &'static str,
        /// What is wrong.
        why: String,
    },
    /// What an archive, feed or export holds that is no report.
    #[error("{path}: {why}")]
    LeftOut {
        /// The archive, feed or export.
        path: PathBuf,
        /// What was left out, and how many.
        why: String,
    },
    /// Rows of a meta file that no report answers to.
    #[error("{n_rows} {} of {path} {} no report: {names}", rows(*n_rows), if *n_rows == 1 { "matches" } else { "match" })]
    UnusedRows {
        /// The meta file.
        path: PathBuf,
        /// How many.
        n_rows: usize,
        /// The first few, by path or address.
        names: String,
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

fn within(path: &Path, record: Option<&str>) -> String {
    match record {
        Some(record) => format!("{}#{record}", path.display()),
        None => path.display().to_string(),
    }
}

fn rows(n_rows: usize) -> &'static str {
    if n_rows == 1 { "row" } else { "rows" }
}

impl ReadError {
    /// Whether this is only worth a remark: nothing the user asked for is missing because of it.
    #[must_use]
    pub fn is_remark(&self) -> bool {
        use ReadError::{Duplicate, LeftOut, Skipped, UnusedRows};
        matches!(self, Duplicate { .. } | Skipped { .. } | LeftOut { .. } | UnusedRows { .. })
    }

    /// The input it is about.
    #[must_use]
    pub fn path(&self) -> &Path {
        use ReadError as E;
        match self {
            E::Open { path, .. }
            | E::Empty { path }
            | E::Binary { path, .. }
            | E::Unsupported { path }
            | E::TooLarge { path, .. }
            | E::NoReports { path }
            | E::Skipped { path }
            | E::Duplicate { path, .. }
            | E::Record { path, .. }
            | E::LeftOut { path, .. }
            | E::UnusedRows { path, .. }
            | E::MetaRow { path, .. }
            | E::Meta { path, .. } => path,
        }
    }

    /// Which record of the input it is about, and where that starts in bytes of the input.
    #[must_use]
    pub fn record(&self) -> (Option<&str>, Option<u64>) {
        match self {
            ReadError::Record { record, offset, .. } => (record.as_deref(), *offset),
            _ => (None, None),
        }
    }

    /// A short name of the reason, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ReadError::Open { .. } => "cannot-open",
            ReadError::Empty { .. } => "empty",
            ReadError::Binary { .. } => "binary",
            ReadError::Unsupported { .. } => "not-read",
            ReadError::TooLarge { .. } => "too-large",
            ReadError::NoReports { .. } => "no-reports",
            ReadError::Skipped { .. } => "skipped",
            ReadError::Duplicate { .. } => "duplicate",
            ReadError::Record { code, .. } => code,
            ReadError::LeftOut { .. } => "left-out",
            ReadError::UnusedRows { .. } => "unused-rows",
            ReadError::MetaRow { .. } => "meta-row",
            ReadError::Meta { .. } => "meta",
        }
    }
}
