//! Opening a record to change it, so that each change gets its line in the log beside it.
//!
//! In: a path. Out: a record that keeps its log. The one place where the program reads the clock: for the log,
//! and for the day of a redaction when none is given.

use std::path::Path;

use sitrep::{Access, Record, Stamp};

/// A record to write to. What an earlier run left without a line in the log gets one now.
pub(super) fn writing(path: &Path) -> anyhow::Result<Record> {
    Ok(Record::open(path, Access::ReadWrite)?.stamped(stamp())?)
}

/// Begins the log of a record that was made just now.
pub(super) fn begin(path: &Path) -> anyhow::Result<Record> {
    Ok(Record::open(path, Access::ReadWrite)?.stamped_as_new(stamp())?)
}

/// The day, in UTC.
#[expect(clippy::disallowed_methods, reason = "the day on which somebody takes something out is told with it")]
pub(super) fn today() -> sitrep::model::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// This program, now.
#[expect(
    clippy::disallowed_methods,
    reason = "when a record was changed is a fact of its log, and of nothing computed"
)]
pub(super) fn stamp() -> Stamp {
    let time = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    Stamp { time, tool: format!("sitrep {}", sitrep::VERSION) }
}
