//! How a run ends: the exit statuses that scripts rest on, and one line about an error.
//!
//! In: what a command came to. Out: 0 done, 1 error, 2 usage, 3 some inputs failed, 4 verification failed. Never ends the process
//! itself, so files are closed and buffers written.

use std::io;
use std::process::ExitCode;

use crate::out;

/// How a command that ran through ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// All done.
    Done,
    /// Some inputs failed; each was named.
    SomeFailed,
    /// The record is not what its pages and rulings make.
    NotVerified,
}

/// The command line asks for something that makes no sense together.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// The exit status of `run`, after one line on standard error when it failed.
pub(crate) fn code(run: anyhow::Result<Ending>) -> ExitCode {
    let error = match run {
        Ok(Ending::Done) => return ExitCode::SUCCESS,
        Ok(Ending::SomeFailed) => return ExitCode::from(3),
        Ok(Ending::NotVerified) => return ExitCode::from(4),
        Err(error) => error,
    };
    // The reader of a pipe has seen enough (`| head`): nothing went wrong.
    if error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(is_broken_pipe)) {
        return ExitCode::SUCCESS;
    }
    out::error(&error);
    ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
}

fn is_broken_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
