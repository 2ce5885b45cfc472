//! `merge`: one record of two.
//!
//! In: two records made by one edition. Out: a new record with the pages and rulings of both; one line on what stands against each
//! other. Changes neither of the two; a merge that fails leaves nothing behind.

use sitrep::model::Filter;
use sitrep::{Access, Record, RecordError, conflicts};

use super::build::summarize;
use super::{custody, unfinished};
use crate::args::MergeArgs;
use crate::ending::Ending;
use crate::out::Say;

/// `sitrep merge ONE OTHER -o RECORD`
pub(super) fn merge(args: &MergeArgs, say: &Say) -> anyhow::Result<Ending> {
    if args.output.exists() {
        return Err(RecordError::Exists { path: args.output.clone() }.into());
    }
    let (one, other) = (Record::open(&args.one, Access::ReadOnly)?, Record::open(&args.other, Access::ReadOnly)?);
    let mut name = args.output.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.unfinished", std::process::id()));
    let begun = args.output.with_file_name(name);
    drop(Record::merged(&one, &other, &begun)?);
    unfinished::publish(&begun, &args.output)?;
    drop(custody::begin(&args.output)?);
    let record = Record::open(&args.output, Access::ReadOnly)?;
    summarize(&record, &args.output, say)?;
    let n = conflicts(&record.contents(&Filter::default())?).len();
    if n > 0 {
        let rulings = if n == 1 { "1 ruling has".to_owned() } else { format!("{n} rulings have") };
        say.line(&format!(
            "{rulings} something against them; `sitrep review {} conflicts` lists it",
            args.output.display()
        ));
    }
    Ok(Ending::Done)
}
