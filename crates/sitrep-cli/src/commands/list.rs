//! `claims`, `events`, `disputes`, `links`, `forecasts`, `threads`, `sources`, `places`, `actors`, `pages`: one row a thing.
//!
//! In: a record and a filter. Out: a table, JSONL or CSV on standard output. Never loads the language model.

use sitrep::show::Names;
use sitrep::show::list::{Format, List, ListOptions};
use sitrep::{readers, show};

use crate::args::{ListArgs, ListFormat, ThreadsArgs};
use crate::ending::Ending;
use crate::out;

/// Every list but the threads.
pub(super) fn list(args: &ListArgs, what: List) -> anyhow::Result<Ending> {
    write(args, what, false)
}

/// `sitrep threads RECORD [--keep-names]`
pub(super) fn threads(args: &ThreadsArgs) -> anyhow::Result<Ending> {
    write(&args.list, List::Threads, args.keep_names)
}

fn write(args: &ListArgs, what: List, keep_names: bool) -> anyhow::Result<Ending> {
    let record = super::opened(&args.record, args.filter.known)?;
    let filter = args.filter.filter();
    let contents = if keep_names { record.contents(&filter)? } else { readers::contents(&record, &filter)? };
    let key = readers::key(&record, &contents.pages)?;
    let options =
        ListOptions { offsets: args.offsets, names: if keep_names { Names::Keep } else { Names::Pseudonyms(&key) } };
    out::data(show::list::list(&contents, what, form(args.format), &options).as_bytes())?;
    Ok(Ending::Done)
}

/// The form asked for, in the library's words.
pub(super) fn form(asked: Option<ListFormat>) -> Format {
    match out::format(asked) {
        ListFormat::Table => Format::Table { width: out::width() },
        ListFormat::Jsonl => Format::Jsonl,
        ListFormat::Csv => Format::Csv,
    }
}
