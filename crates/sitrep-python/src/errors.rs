//! Errors of the rooms as exceptions of `sitrep.errors`.
//!
//! In: an error. Out: the exception whose class says what a program can do about it. Never swallows the cause's words.

use std::error::Error as _;

use pyo3::prelude::*;
use sitrep::{Error, ReadError, RecordError};

/// An exception of the class `name` of `sitrep.errors`.
pub(crate) fn raise(name: &str, message: &str) -> PyErr {
    Python::attach(|py| {
        let made = py.import("sitrep.errors").and_then(|module| module.getattr(name)?.call1((message,)));
        made.map_or_else(|error| error, PyErr::from_value)
    })
}

pub(crate) fn input(message: &str) -> PyErr {
    raise("InputError", message)
}

pub(crate) fn of(error: &Error) -> PyErr {
    match error {
        Error::Record(error) => of_record(error),
        Error::Gazetteer(_) | Error::GazetteerLost(_) | Error::ActorsTooLong => input(&told(error)),
        _ => raise("SitrepError", &told(error)),
    }
}

pub(crate) fn of_record(error: &RecordError) -> PyErr {
    let class = match error {
        RecordError::Exists { .. } => "RecordExistsError",
        RecordError::Missing { .. } => "RecordMissingError",
        RecordError::NotARecord { .. }
        | RecordError::Newer { .. }
        | RecordError::Older { .. }
        | RecordError::Damaged { .. } => "RecordFormatError",
        RecordError::Busy { .. } => "RecordBusyError",
        _ => "RecordError",
    };
    raise(class, &told(error))
}

pub(crate) fn of_read(error: &ReadError) -> PyErr {
    input(&told(error))
}

/// An error and its causes on one line.
pub(crate) fn told(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(&format!(": {more}"));
        }
        cause = error.source();
    }
    text
}

/// The same of an error that is owned.
pub(crate) fn of_io(what: &str, error: &std::io::Error) -> PyErr {
    let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
    raise("RecordError", &format!("{what}: {error}{cause}"))
}
