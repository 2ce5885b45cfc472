//! An analyst's corrections, applied: which claims stand, and as what.
//!
//! In: claims as read and rulings in order. Out: the claims that derivation sees, and those a reader sees. A rejected claim is
//! kept and shown, but nothing is derived from it. Rulings are never changed; a later `undo` takes one out of force.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{Claim, EventType, Polarity, Ruling, Status};

use crate::{RecordError, register};

/// Refuses a ruling that makes no sense.
///
/// # Errors
/// When the action or value is unknown, or the subject is not in the record.
pub(crate) fn check(ruling: &Ruling, known: &[Ruling], subject_is_there: bool) -> Result<(), RecordError> {
    let refuse = |why: &str| {
        Err(RecordError::Ruling { action: ruling.action.clone(), subject: ruling.subject.clone(), why: why.to_owned() })
    };
    match ruling.action.as_str() {
        "undo" => {
            let earlier = ruling.subject.parse().is_ok_and(|number: u64| known.iter().any(|r| r.number == number));
            if earlier { Ok(()) } else { refuse("there is no ruling of that number") }
        }
        register::ACTION if register::is_readable(ruling) => Ok(()),
        register::ACTION => refuse(
            "a source needs a name and one of alignment=…, owner=…, family=…, language=…, reliability=A to F (@DATE)",
        ),
        "accept" | "reject" if subject_is_there => Ok(()),
        "relabel" if ruling.subject.starts_with("e_") => refuse("relabel the event's claims one by one"),
        "relabel" if subject_is_there => match ruling.value.as_deref().and_then(Label::parse) {
            Some(_) => Ok(()),
            None => {
                refuse("the value must be event=CODE, status=CODE or polarity=CODE with a code of the published lists")
            }
        },
        "accept" | "reject" | "relabel" => refuse("the record holds no such claim or event"),
        _ => refuse("the actions are accept, reject, relabel, source and undo"),
    }
}

/// The claims derivation sees: relabelled ones changed, rejected ones left out.
pub(crate) fn standing(claims: &[Claim], rulings: &[Ruling]) -> Vec<Claim> {
    let by_claim = in_force(rulings);
    let mut standing = Vec::with_capacity(claims.len());
    for claim in claims {
        let rulings = by_claim.get(claim.claim_id.as_str()).map_or(&[][..], Vec::as_slice);
        if !is_rejected(rulings) {
            standing.push(relabelled(claim, rulings));
        }
    }
    standing
}

/// The claims a reader sees: all of them, with a note for each ruling in force.
pub(crate) fn shown(claims: &[Claim], rulings: &[Ruling]) -> Vec<Claim> {
    let by_claim = in_force(rulings);
    let mut shown = Vec::with_capacity(claims.len());
    for claim in claims {
        let rulings = by_claim.get(claim.claim_id.as_str()).map_or(&[][..], Vec::as_slice);
        let mut claim = relabelled(claim, rulings);
        for ruling in rulings {
            let value = ruling.value.as_ref().map_or(String::new(), |value| format!(" as {value}"));
            let why = ruling.why.as_ref().map_or(String::new(), |why| format!(": {why}"));
            claim.notes.push(format!("ruling {}: {}{value} by {}{why}", ruling.number, ruling.action, ruling.reviewer));
        }
        shown.push(claim);
    }
    shown
}

/// Rulings not undone, by the claim they are on. An undone undo puts the first one in force again.
pub(crate) fn in_force(rulings: &[Ruling]) -> BTreeMap<&str, Vec<&Ruling>> {
    let mut undone = BTreeSet::new();
    for ruling in rulings.iter().rev() {
        if ruling.action == "undo" && !undone.contains(&ruling.number) {
            undone.extend(ruling.subject.parse::<u64>());
        }
    }
    let mut by_claim: BTreeMap<&str, Vec<&Ruling>> = BTreeMap::new();
    for ruling in rulings.iter().filter(|r| r.action != "undo" && !undone.contains(&r.number)) {
        by_claim.entry(&ruling.subject).or_default().push(ruling);
    }
    by_claim
}

/// The last of accept and reject counts.
fn is_rejected(rulings: &[&Ruling]) -> bool {
    rulings.iter().rev().find(|r| r.action != "relabel").is_some_and(|r| r.action == "reject")
}

fn relabelled(claim: &Claim, rulings: &[&Ruling]) -> Claim {
    let mut claim = claim.clone();
    for ruling in rulings.iter().filter(|r| r.action == "relabel") {
        match ruling.value.as_deref().and_then(Label::parse) {
            Some(Label::Event(event)) => {
                claim.event = event;
                let leaf = event.leaf();
                claim.codes.acled = leaf.acled.map(str::to_owned);
                claim.codes.plover = leaf.plover.map(str::to_owned);
                claim.codes.cameo = leaf.cameo.map(str::to_owned);
            }
            Some(Label::Status(status)) => claim.status = status,
            Some(Label::Polarity(polarity)) => claim.polarity = polarity,
            None => {}
        }
    }
    claim
}

enum Label {
    Event(EventType),
    Status(Status),
    Polarity(Polarity),
}

impl Label {
    fn parse(value: &str) -> Option<Label> {
        let (field, code) = value.split_once('=')?;
        match field {
            "event" => EventType::from_code(code).map(Label::Event),
            "status" => Status::from_code(code).map(Label::Status),
            "polarity" => Polarity::from_code(code).map(Label::Polarity),
            _ => None,
        }
    }
}
