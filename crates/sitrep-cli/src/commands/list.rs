//! `claims`, `events`, `disputes`, `links`, `forecasts`, `threads`, `sources`, `places`, `actors`, `pages`: one row a thing.
//!
//! In: a record and a filter. Out: a table, JSONL or CSV on standard output. Never loads the language model.

use sitrep::model::Filter;
use sitrep::show::Names;
use sitrep::show::list::{Format, List, ListOptions};
use sitrep::{readers, scores, show};

use crate::args::{ForecastsArgs, ListArgs, ListFormat, ThreadsArgs};
use crate::ending::Ending;
use crate::out;

/// Every list but the threads.
pub(super) fn list(args: &ListArgs, what: List) -> anyhow::Result<Ending> {
    write(args, what, false)
}

/// `sitrep forecasts RECORD [--scores]`
pub(super) fn forecasts(args: &ForecastsArgs) -> anyhow::Result<Ending> {
    if !args.scores {
        return write(&args.list, List::Forecasts, false);
    }
    let record = super::opened(&args.list.record, args.list.filter.known)?;
    let rows = scores(&readers::contents(&record, &args.list.filter.filter())?);
    let text = match out::format(args.list.format) {
        ListFormat::Table => show::scores::scores_table(&rows, out::width()),
        ListFormat::Csv => show::scores::scores_csv(&rows),
        ListFormat::Jsonl => {
            let lines = rows.iter().map(|row| Ok(format!("{}\n", serde_json::to_string(row)?)));
            lines.collect::<anyhow::Result<String>>()?
        }
    };
    out::data(text.as_bytes())?;
    Ok(Ending::Done)
}

/// `sitrep threads RECORD [--keep-names]`
pub(super) fn threads(args: &ThreadsArgs) -> anyhow::Result<Ending> {
    write(&args.list, List::Threads, args.keep_names)
}

fn write(args: &ListArgs, what: List, keep_names: bool) -> anyhow::Result<Ending> {
    let record = super::opened(&args.record, args.filter.known)?;
    let filter = args.filter.filter();
    // Lists of pages and what is told of pages show all of them; the others need only what the filter asks for.
    let hangs_on_claims = matches!(what, List::Claims | List::Events | List::Disputes | List::Links | List::Forecasts);
    let contents = match (keep_names, hangs_on_claims) {
        (true, _) => record.contents(&filter)?,
        (false, true) if filter != Filter::default() => readers::selected(&record, &filter)?,
        (false, _) => readers::contents(&record, &filter)?,
    };
    let key = record.readers_key()?;
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
