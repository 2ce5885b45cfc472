//! `review`: rulings from the shell, and lists about them.
//!
//! In: a record, an action, ids. Out: the ruling in the record, with its number; or a list. Rulings are appended; undoing is one more.

mod import;
mod lists;
mod pin;

pub(super) use lists::write;

use sitrep::model::{EventType, Ruling};

use super::custody;
use crate::args::{ReviewAction, ReviewArgs};
use crate::ending::{Ending, Usage};
use crate::out::Say;

/// `sitrep review RECORD …`
pub(super) fn review(args: &ReviewArgs, say: &Say) -> anyhow::Result<Ending> {
    let rulings = match &args.action {
        ReviewAction::List => return lists::list(args),
        ReviewAction::Conflicts => return lists::conflicts(args),
        ReviewAction::Queue { limit } => return lists::queue(args, *limit),
        ReviewAction::Import { file } => return import::import(args, file, say),
        ReviewAction::Accept { id } => vec![("accept", id.clone(), None)],
        ReviewAction::Reject { id } => vec![("reject", id.clone(), None)],
        ReviewAction::Relabel { id, event } => vec![("relabel", id.clone(), Some(relabelled(event)?))],
        ReviewAction::Merge { ids } => vec![("merge", ids[0].clone(), Some(ids[1..].join(",")))],
        ReviewAction::Split { event, claims } => vec![("split", event.clone(), Some(claims.join(",")))],
        ReviewAction::Pin(args) => {
            pin::values(args)?.into_iter().map(|value| ("pin", args.id.clone(), Some(value))).collect()
        }
        ReviewAction::Name { subject, name, said, id } => {
            vec![("name", subject.clone(), Some(named(subject, name, said.as_deref(), id.as_deref())?))]
        }
        ReviewAction::Undo { number } => vec![("undo", number.to_string(), None)],
    };
    let ruling = |(action, subject, value): (&str, String, Option<String>)| Ruling {
        number: 0,
        action: action.to_owned(),
        subject,
        value,
        reviewer: args.reviewer.clone(),
        why: args.why.clone(),
    };
    let rulings: Vec<Ruling> = rulings.into_iter().map(ruling).collect();
    let mut record = custody::writing(&args.record)?;
    let numbers = record.rule_many(&rulings)?.into_iter().collect::<Result<Vec<u64>, _>>()?;
    record.settle()?;
    for (number, ruling) in numbers.into_iter().zip(&rulings) {
        say.line(&format!("ruling {number}: {} {}", ruling.action, ruling.subject));
    }
    Ok(Ending::Done)
}

/// A claim gets a leaf, not a family.
fn relabelled(event: &str) -> Result<String, Usage> {
    match EventType::from_code(event) {
        Some(leaf) => Ok(format!("event={leaf}")),
        None => Err(Usage(format!("{event} is a family; name one event type of it"))),
    }
}

fn named(subject: &str, name: &str, said: Option<&str>, id: Option<&str>) -> Result<String, Usage> {
    let said = match said {
        Some(_) if !subject.starts_with("c_") => {
            return Err(Usage("--said goes with a claim; the words of the texts are given already".to_owned()));
        }
        Some(said) => format!("{said} -> "),
        None => String::new(),
    };
    let id = id.map(|id| format!(";id={id}")).unwrap_or_default();
    Ok(format!("actor={said}{name}{id}"))
}
