//! `digest`: what is new, changed, disputed or resolved.
//!
//! In: a record and a day, or an older copy of it. Out: words, Markdown or JSONL on standard output. Two states of the record are compared; nothing is
//! kept between runs.

use anyhow::Context as _;
use sitrep::model::{Contents, Filter};
use sitrep::show::digest::{DigestMarkup, digest_text};
use sitrep::{Access, Record, digest as between, readers};

use crate::args::{DigestArgs, DigestFormat, ListFormat};
use crate::ending::{Ending, Usage};
use crate::out;

/// `sitrep digest RECORD --since DATE | --against OLDER_RECORD`
pub(super) fn digest(args: &DigestArgs) -> anyhow::Result<Ending> {
    let all = Filter::default();
    let after = readers::contents(&super::opened(&args.record, args.known)?, &all)?;
    let (before, heading) = match (&args.against, args.since) {
        (Some(older), _) => {
            let before = readers::contents(&Record::open(older, Access::ReadOnly)?, &all)?;
            (before, format!("What changed against {}", older.display()))
        }
        (None, Some(since)) => {
            let eve = since.yesterday().context("there is no day before that")?;
            let before = readers::contents(&Record::open(&args.record, Access::ReadOnly)?.as_known(eve), &all)?;
            let until = args.known.as_known.map(|until| format!(" to {until}")).unwrap_or_default();
            (before, format!("What reports of {since}{until} changed"))
        }
        (None, None) => return Err(Usage("give --since DATE or --against OLDER_RECORD".to_owned()).into()),
    };
    write(&before, &after, &heading, args.format)?;
    Ok(Ending::Done)
}

/// Writes what changed from `before` to `after`.
pub(super) fn write(
    before: &Contents,
    after: &Contents,
    heading: &str,
    format: Option<DigestFormat>,
) -> anyhow::Result<()> {
    let items = between(before, after);
    let fitting = if out::format(None) == ListFormat::Table { DigestFormat::Text } else { DigestFormat::Jsonl };
    let text = match format.unwrap_or(fitting) {
        DigestFormat::Text => digest_text(&items, heading, DigestMarkup::Plain),
        DigestFormat::Md => digest_text(&items, heading, DigestMarkup::Markdown),
        DigestFormat::Jsonl => {
            let lines = items.iter().map(|item| Ok(format!("{}\n", serde_json::to_string(item)?)));
            lines.collect::<anyhow::Result<String>>()?
        }
    };
    out::data(text.as_bytes())
}
