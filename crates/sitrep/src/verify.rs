//! Checks a record against its own pages: every hash, every quote, every report read again, every event derived again.
//!
//! In: a record and a kit. Out: what differs. Changes nothing.

use sitrep_model::{Claim, Document, Page};
use sitrep_record::{Difference, Record, RecordError};

use crate::{Kit, pipeline};

/// Whether the reports were read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// They were.
    Again,
    /// Another edition made the record; its reading cannot be compared with this one's.
    OtherEdition,
}

/// What differs between `record` and what its pages and rulings make. Reads every report again: takes as long as building did.
///
/// # Errors
/// When the file cannot be read at all.
pub fn verified(record: &Record, kit: &Kit) -> Result<(Reading, Vec<Difference>), RecordError> {
    if record.edition()? != kit.edition() {
        return Ok((Reading::OtherEdition, record.verify(None)?));
    }
    let read = |page: &Page| -> (Document, Vec<Claim>) {
        let report = pipeline::understand(kit, page.clone());
        (report.document, report.claims)
    };
    Ok((Reading::Again, record.verify(Some(&read))?))
}
