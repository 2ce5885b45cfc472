//! `redact`: takes a page, a comment or a name out of a record for good.
//!
//! In: a record, an id or a name, a reason. Out: the record without it, and what was done on standard error; without an id, the list of
//! what was taken out. Cannot be undone.

use sitrep::model::{RedactedKind, Redaction};
use sitrep::{Access, Record, Redact};

use super::custody;
use crate::args::RedactArgs;
use crate::ending::Ending;
use crate::out::{self, Say};

/// `sitrep redact RECORD ID --why TEXT`, or `sitrep redact RECORD`
pub(super) fn redact(args: &RedactArgs, say: &Say) -> anyhow::Result<Ending> {
    let (Some(what), Some(why)) = (&args.id, &args.why) else {
        let redactions = Record::open(&args.record, Access::ReadOnly)?.redactions()?;
        let lines: Result<Vec<String>, _> = redactions.iter().map(serde_json::to_string).collect();
        out::data(lines?.iter().map(|line| format!("{line}\n")).collect::<String>().as_bytes())?;
        return Ok(Ending::Done);
    };
    let on = args.on.unwrap_or_else(custody::today);
    let mut record = custody::writing(&args.record)?;
    let done = record.redact(&Redact { what, why, by: &args.by, on })?;
    say.line(&format!("redaction {}: {}", done.number, told(&done)));
    let emptied = done.pages.iter().filter(|page| page.raw_sha256.is_none()).count();
    if done.kind != RedactedKind::Page && emptied > 0 {
        say.line(&format!(
            "the bytes of {emptied} of these pages are gone too, as they are not plain text; their text and claims stay"
        ));
    }
    Ok(Ending::Done)
}

fn told(done: &Redaction) -> String {
    let pages = if done.pages.len() == 1 { "1 page".to_owned() } else { format!("{} pages", done.pages.len()) };
    match (done.kind, &done.subject) {
        (RedactedKind::Name, _) | (_, None) => format!("the name is covered in {pages}"),
        (kind, Some(id)) => format!("the {} {id} is taken out; its hash stays", kind.as_str()),
    }
}

/// What was taken out of a record, counted; `None` when nothing was.
pub(super) fn counted(redactions: &[Redaction]) -> Option<String> {
    let count = |kind: RedactedKind| {
        let n = redactions.iter().filter(|it| it.kind == kind).count();
        let noun = kind.as_str();
        (n > 0).then(|| if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") })
    };
    let counts: Vec<String> = RedactedKind::ALL.iter().filter_map(|kind| count(*kind)).collect();
    (!counts.is_empty()).then(|| format!("{} redacted", counts.join(", ")))
}
