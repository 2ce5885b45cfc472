//! `verify`: recomputes every hash and the derivation.
//!
//! In: a record. Out: one line for each difference and exit status 4, or one line that nothing differs. Changes nothing.

use sitrep::model::Filter;
use sitrep::verify::{Reading, verified};
use sitrep::{Access, Kit, Record};

use crate::args::RecordArgs;
use crate::ending::Ending;
use crate::out::{self, Say};

/// `sitrep verify RECORD`
pub(super) fn verify(args: &RecordArgs, say: &Say) -> anyhow::Result<Ending> {
    let record = Record::open(&args.record, Access::ReadOnly)?;
    let (reading, differences) = verified(&record, &Kit::load()?)?;
    if reading == Reading::OtherEdition {
        say.line(
            "made by another edition of the program: hashes and derivation are checked, reports are not read again",
        );
    }
    if differences.is_empty() {
        let n_pages = record.contents(&Filter::default())?.pages.len();
        say.line(&format!("{}: nothing differs ({n_pages} pages)", args.record.display()));
        return Ok(Ending::Done);
    }
    let lines: String = differences.iter().map(|d| format!("{} {}: {}\n", d.what, d.id, d.problem)).collect();
    out::data(lines.as_bytes())?;
    say.failure(&format!("sitrep: {}: {} differences", args.record.display(), differences.len()));
    Ok(Ending::NotVerified)
}
