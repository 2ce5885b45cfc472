//! `report`: a cited situation report.
//!
//! In: a record and a period. Out: Markdown or HTML on standard output. Readers' names are always replaced.

use sitrep::show::Names;
use sitrep::show::report::{Markup, ReportOptions};
use sitrep::{readers, show};

use crate::args::{ReportArgs, ReportFormat};
use crate::ending::Ending;
use crate::out;

/// `sitrep report RECORD --format md|html`
pub(super) fn report(args: &ReportArgs) -> anyhow::Result<Ending> {
    let record = super::opened(&args.record, args.filter.known)?;
    let contents = readers::contents(&record, &args.filter.filter())?;
    let key = record.readers_key()?;
    let markup = match args.format {
        ReportFormat::Md => Markup::Markdown,
        ReportFormat::Html => Markup::Html,
    };
    let options = ReportOptions { since: args.filter.since, until: args.filter.until, names: Names::Pseudonyms(&key) };
    out::data(show::report::report(&contents, markup, &options).as_bytes())?;
    Ok(Ending::Done)
}
