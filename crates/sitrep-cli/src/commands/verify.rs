//! `verify`: recomputes every hash and the derivation.
//!
//! In: a record. Out: one line for each difference and exit status 4, or one line that nothing differs. Changes nothing.

use sitrep::model::Filter;
use sitrep::verify::{Reading, verified};
use sitrep::{Access, Record};

use super::own_actors;
use crate::args::VerifyArgs;
use crate::ending::Ending;
use crate::out::{self, Say};

/// `sitrep verify RECORD`
pub(super) fn verify(args: &VerifyArgs, say: &Say) -> anyhow::Result<Ending> {
    let record = Record::open(&args.record, Access::ReadOnly)?;
    let kit = own_actors::given_or_kept(super::kit(&args.places)?, &args.actors, &record, say)?;
    let (reading, differences) = verified(&record, &kit)?;
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

/// What to do when a record and this run differ in the user's own gazetteer.
pub(super) fn other_places(own: bool) -> &'static str {
    if own {
        "the record was made with a gazetteer of its maker's own, and not with the one given; give that one with --gazetteer DIR"
    } else {
        "the record was made without a gazetteer of its maker's own; leave out --gazetteer"
    }
}
