//! The rulings with whether they hold, what stands against them, and what waits for review.
//!
//! In: a record. Out: a table, JSONL or CSV on standard output. Changes nothing.

use serde::Serialize;
use sitrep::model::{Filter, RulingEntry};
use sitrep::show::list::aligned;
use sitrep::{audit, conflicts as against, queue as waiting};

use super::super::contents;
use crate::args::{ListFormat, ReviewArgs};
use crate::ending::Ending;
use crate::out;

/// `sitrep review RECORD list`
pub(super) fn list(args: &ReviewArgs) -> anyhow::Result<Ending> {
    let entries = audit(&contents(&args.record, &Filter::default())?.rulings);
    let cells = |entry: &RulingEntry| {
        let it = &entry.ruling;
        let by = entry.by.map(|by| format!(" by {by}")).unwrap_or_default();
        vec![
            it.number.to_string(),
            it.action.clone(),
            it.subject.clone(),
            it.value.clone().unwrap_or_default(),
            it.reviewer.clone(),
            it.why.clone().unwrap_or_default(),
            format!("{}{by}", entry.state.as_str()),
        ]
    };
    let columns = ["#number", "!action", "subject", "value", "reviewer", "*why", "!holds"];
    write(args.format, &columns, &entries, cells, "rulings")
}

/// `sitrep review RECORD conflicts`
pub(super) fn conflicts(args: &ReviewArgs) -> anyhow::Result<Ending> {
    let found = against(&contents(&args.record, &Filter::default())?);
    let columns = ["#ruling", "!action", "!subject", "reviewer", "*why", "claims"];
    write(
        args.format,
        &columns,
        &found,
        |it| {
            let claims: Vec<&str> = it.claims.iter().map(|id| id.as_str()).collect();
            let [action, subject, reviewer, why] = [&it.action, &it.subject, &it.reviewer, &it.why].map(Clone::clone);
            vec![it.ruling.to_string(), action, subject, reviewer, why, claims.join(" ")]
        },
        "conflicts",
    )
}

/// `sitrep review RECORD queue`
pub(super) fn queue(args: &ReviewArgs, limit: usize) -> anyhow::Result<Ending> {
    let mut items = waiting(&contents(&args.record, &Filter::default())?);
    items.truncate(limit);
    let columns = ["!kind", "!id", "*why", "text"];
    write(
        args.format,
        &columns,
        &items,
        |it| vec![it.kind.as_str().to_owned(), it.id.clone(), it.why.clone(), it.text.clone()],
        "items",
    )
}

/// Writes rows in the form asked for.
pub(in crate::commands) fn write<T: Serialize>(
    format: Option<ListFormat>,
    columns: &[&'static str],
    rows: &[T],
    cells: impl Fn(&T) -> Vec<String>,
    name: &str,
) -> anyhow::Result<Ending> {
    let text = match out::format(format) {
        ListFormat::Jsonl => {
            let lines = rows.iter().map(|row| Ok(format!("{}\n", serde_json::to_string(row)?)));
            lines.collect::<anyhow::Result<String>>()?
        }
        ListFormat::Table => aligned(columns, rows.iter().map(cells).collect(), name, out::width()),
        ListFormat::Csv => {
            let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
            writer.write_record(columns.iter().map(|column| column.trim_start_matches(['#', '!', '*'])))?;
            rows.iter().try_for_each(|row| writer.write_record(cells(row)))?;
            String::from_utf8(writer.into_inner()?)?
        }
    };
    out::data(text.as_bytes())?;
    Ok(Ending::Done)
}
