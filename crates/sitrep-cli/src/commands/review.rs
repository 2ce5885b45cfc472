//! `review`: rulings from the shell.
//!
//! In: a record, an action, an id. Out: the ruling in the record, with its number. Rulings are appended; undoing is one more.

use sitrep::model::{EventType, Ruling};

use super::custody;
use crate::args::{ReviewAction, ReviewArgs};
use crate::ending::{Ending, Usage};
use crate::out::Say;

/// `sitrep review RECORD accept|reject|relabel|undo ID`
pub(super) fn review(args: &ReviewArgs, say: &Say) -> anyhow::Result<Ending> {
    let (action, subject, value) = match &args.action {
        ReviewAction::Accept { id } => ("accept", id.clone(), None),
        ReviewAction::Reject { id } => ("reject", id.clone(), None),
        ReviewAction::Relabel { id, event } => ("relabel", id.clone(), Some(relabelled(event)?)),
        ReviewAction::Undo { number } => ("undo", number.to_string(), None),
    };
    let ruling = Ruling {
        number: 0,
        action: action.to_owned(),
        subject,
        value,
        reviewer: args.reviewer.clone(),
        why: args.why.clone(),
    };
    let mut record = custody::writing(&args.record)?;
    let number = record.rule(&ruling)?;
    record.settle()?;
    say.line(&format!("ruling {number}: {action} {}", ruling.subject));
    Ok(Ending::Done)
}

/// A claim gets a leaf, not a family.
fn relabelled(event: &str) -> Result<String, Usage> {
    match EventType::from_code(event) {
        Some(leaf) => Ok(format!("event={leaf}")),
        None => Err(Usage(format!("{event} is a family; name one event type of it"))),
    }
}
