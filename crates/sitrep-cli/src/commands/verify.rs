//! `verify`: recomputes every hash, the log, the root and the derivation.
//!
//! In: a record. Out: root and log, one line for each difference and exit status 4, or one line that nothing differs. Changes nothing.

use anyhow::Context as _;
use sitrep::model::PageId;
use sitrep::verify::{Reading, verified};
use sitrep::{Access, Difference, History, Record};

use super::{own_actors, redact};
use crate::args::VerifyArgs;
use crate::ending::Ending;
use crate::out::{self, Say};

/// `sitrep verify RECORD [--quick] [--prove PAGE]`
pub(super) fn verify(args: &VerifyArgs, say: &Say) -> anyhow::Result<Ending> {
    let record = Record::open(&args.record, Access::ReadOnly)?;
    if let Some(page) = &args.prove {
        return prove(&record, args, page);
    }
    let differences = differences(&record, args, say)?;
    out::data(about(&record)?.as_bytes())?;
    let name = args.record.display();
    let Some(first) = differences.first() else {
        let n_pages = record.n_pages()?;
        let again = if args.quick { "; the reports were not read again" } else { "" };
        say.line(&format!("{name}: nothing differs ({n_pages} pages){again}"));
        return Ok(Ending::Done);
    };
    let lines: String = differences.iter().map(|d| format!("{} {}: {}\n", d.what, d.id, d.problem)).collect();
    out::data(lines.as_bytes())?;
    let count = if differences.len() == 1 { "1 difference" } else { &format!("{} differences", differences.len()) };
    say.failure(&format!("sitrep: {name}: {count}, the first: {} {}: {}", first.what, first.id, first.problem));
    Ok(Ending::NotVerified)
}

fn differences(record: &Record, args: &VerifyArgs, say: &Say) -> anyhow::Result<Vec<Difference>> {
    if args.quick {
        return Ok(record.verify(None)?);
    }
    let kit = own_actors::given_or_kept(super::kit(&args.places)?, &args.actors, record, say)?;
    let (reading, differences) = verified(record, &kit)?;
    if reading == Reading::OtherEdition {
        let (made, given) = (record.edition()?, kit.edition());
        if made.gazetteer != given.gazetteer {
            say.line(other_places(made.gazetteer.is_some()));
        }
        if made.actors != given.actors {
            say.line(own_actors::other_actors(made.actors.is_some(), given.actors.is_some()));
        }
        say.line(
            "made by another edition of the program: hashes and derivation are checked, reports are not read again",
        );
    }
    Ok(differences)
}

/// The root, and what the log is.
fn about(record: &Record) -> anyhow::Result<String> {
    let log = match record.history()? {
        None => "none: how the record came to be is not known".to_owned(),
        Some(History { n_entries, n_found, is_late, last, .. }) => {
            let entries = if n_entries == 1 { "1 entry".to_owned() } else { format!("{n_entries} entries") };
            let late = if is_late { ", begun later than the record" } else { "" };
            let found = if n_found > 0 { format!(", {n_found} things found without a line") } else { String::new() };
            format!("{entries}{late}{found}, the last {last}")
        }
    };
    let redacted = redact::counted(&record.redactions()?).map_or_else(String::new, |it| format!("{it}\n"));
    Ok(format!("root {}\nlog {log}\n{redacted}", record.root()?))
}

fn prove(record: &Record, args: &VerifyArgs, page: &str) -> anyhow::Result<Ending> {
    let proof = record.prove(&PageId::known(page))?;
    let proof = proof
        .with_context(|| format!("{}: no page {page} in it; `sitrep pages` lists the ids", args.record.display()))?;
    out::data(format!("{}\n", serde_json::to_string_pretty(&proof)?).as_bytes())?;
    Ok(Ending::Done)
}

/// What to do when a record and this run differ in the user's own gazetteer.
pub(super) fn other_places(own: bool) -> &'static str {
    if own {
        "the record was made with a gazetteer of its maker's own, and not with the one given; give that one with --gazetteer DIR"
    } else {
        "the record was made without a gazetteer of its maker's own; leave out --gazetteer"
    }
}
