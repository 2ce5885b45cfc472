//! What becomes of one input on its way into a record.
//!
//! In: an understood report, a read error, or a fall. Out: [`Outcome`], which names the input. Never hides a bug: it is told, and
//! costs only the report that met it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sitrep_model::{Claim, Document, Note, Page, Thumbnail};
use sitrep_read::ReadError;
use sitrep_record::{Added, Record, RecordError};

/// One report, understood.
#[derive(Debug, Clone)]
pub struct Understood {
    /// The page it was read from.
    pub page: Page,
    /// What the page says.
    pub document: Document,
    /// What it claims.
    pub claims: Vec<Claim>,
    /// What was noticed on the way.
    pub notes: Vec<Note>,
    /// Stills of the pictures it shows, when they were asked for.
    pub thumbnails: Vec<Thumbnail>,
}

/// What came of one input.
#[derive(Debug)]
pub enum Outcome {
    /// It is understood; when [`crate::pipeline::build`] tells so, it is in the record.
    Taken(Box<Understood>),
    /// The record held this page already; nothing changed.
    AlreadyThere(Box<Page>),
    /// It could not be read, or is only worth a remark.
    Unread(ReadError),
    /// A bug in this program, met in the input called `path`.
    Broke {
        /// The input's name.
        path: String,
        /// What was said.
        says: String,
    },
}

impl Outcome {
    /// The same, once what was understood is in `record`.
    pub(crate) fn add_to(self, record: &mut Record) -> Result<Outcome, RecordError> {
        let Outcome::Taken(report) = self else { return Ok(self) };
        let Understood { page, document, claims, notes, thumbnails } = &*report;
        match record.add_with_thumbnails(page, document, claims, notes, thumbnails)? {
            Added::New => Ok(Outcome::Taken(report)),
            Added::AlreadyThere => Ok(Outcome::AlreadyThere(Box::new(report.page))),
        }
    }
}

/// Runs `work` on the input called `path`.
///
/// Understanding never panics by rule; this is for the day the rule is broken, at report 9,000 of a night's run.
pub(crate) fn isolated(path: String, work: impl FnOnce() -> Result<Understood, ReadError>) -> Outcome {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(report)) => Outcome::Taken(Box::new(report)),
        Ok(Err(error)) => Outcome::Unread(error),
        Err(cause) => {
            let text = cause.downcast_ref::<&str>().map(ToString::to_string);
            let text = text.or_else(|| cause.downcast_ref::<String>().cloned());
            Outcome::Broke { path, says: text.unwrap_or_default() }
        }
    }
}
