//! An analyst's corrections, applied: which claims stand, and as what.
//!
//! In: claims as read and rulings in order. Out: the claims that derivation sees, and those a reader sees. A rejected claim is
//! kept and shown, but nothing is derived from it. Rulings are never changed; a later `undo` takes one out of force.

pub(crate) mod audit;
pub(crate) mod change;
pub(crate) mod proposed;
mod rule;
pub(crate) mod ties;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{Claim, Ruling};

use crate::names::words;
use crate::{RecordError, coding, register};
use change::Change;

/// Refuses a ruling that makes no sense. Its subject and value are as they will be kept; `last` is the number of the last ruling.
///
/// # Errors
/// When the action or value is unknown, or the subject is not in the record.
pub(crate) fn check(ruling: &Ruling, last: u64, subject_is_there: bool) -> Result<(), RecordError> {
    let refuse = |why: &str| Err(refused(ruling, why));
    let value = ruling.value.as_deref().unwrap_or_default();
    match ruling.action.as_str() {
        "undo" => {
            let earlier = ruling.subject.parse().is_ok_and(|number: u64| (1..=last).contains(&number));
            if earlier { Ok(()) } else { refuse("there is no ruling of that number") }
        }
        register::ACTION if register::is_readable(ruling) => Ok(()),
        register::ACTION => refuse(
            "a source needs a name and one of alignment=…, owner=…, family=…, language=…, reliability=A to F (@DATE)",
        ),
        coding::SAMPLE | coding::CODE if subject_is_there && coding::is_readable(ruling) => Ok(()),
        coding::SAMPLE | coding::CODE => refuse("no coding of a claim of this record can be read from it"),
        "name" if !ruling.subject.starts_with("c_") && words(&ruling.subject).is_empty() => {
            refuse("say whose name it is: a claim's id or the words of the text")
        }
        "name" if Change::parse("name", value).is_none() => {
            refuse("the value must be actor=NAME or actor=WORDS OF THE TEXT -> NAME, and perhaps ;id=ID")
        }
        "name" if !ruling.subject.starts_with("c_") => Ok(()),
        "accept" | "reject" if subject_is_there => Ok(()),
        "relabel" | "pin" if ruling.subject.starts_with("e_") => refuse("rule on the event's claims one by one"),
        "relabel" | "pin" | "name" if subject_is_there => match Change::parse(&ruling.action, value) {
            Some(_) => Ok(()),
            None if ruling.action == "pin" => refuse(
                "the value must be date=DAY, date=FROM..TO or place=LAT,LON,RADIUS_KM (;name=…;geonames=…;country=…;kind=…)",
            ),
            None => {
                refuse("the value must be event=CODE, status=CODE or polarity=CODE with a code of the published lists")
            }
        },
        "merge" | "split" if subject_is_there => match ties::named(ruling) {
            Some(_) => Ok(()),
            None if ruling.action == "merge" => refuse("a merge needs two claims or events at least"),
            None => refuse("a split needs claims that leave the event and some that stay in it"),
        },
        "accept" | "reject" | "relabel" | "pin" | "name" | "merge" | "split" => {
            refuse("the record holds no such claim or event")
        }
        _ => refuse("the actions are accept, reject, relabel, merge, split, pin, name, source and undo"),
    }
}

/// The error of a ruling that makes no sense.
pub(crate) fn refused(ruling: &Ruling, why: &str) -> RecordError {
    RecordError::Ruling { action: ruling.action.clone(), subject: ruling.subject.clone(), why: why.to_owned() }
}

/// The claims derivation sees: corrected ones changed, rejected ones left out.
pub(crate) fn standing(claims: &[Claim], rulings: &[Ruling]) -> Vec<Claim> {
    let corrections = Corrections::of(rulings);
    claims.iter().filter_map(|claim| corrections.standing(claim)).collect()
}

/// The claims a reader sees: all of them, with a note for each ruling in force.
pub(crate) fn shown(claims: &[Claim], rulings: &[Ruling]) -> Vec<Claim> {
    let corrections = Corrections::of(rulings);
    claims.iter().map(|claim| corrections.shown(claim)).collect()
}

/// Numbers of the rulings that were taken back, each with the `undo` that did. An undone undo puts the first one in force again.
pub(crate) fn undone(rulings: &[Ruling]) -> BTreeMap<u64, u64> {
    let mut undone = BTreeMap::new();
    for ruling in rulings.iter().rev() {
        if ruling.action == "undo"
            && !undone.contains_key(&ruling.number)
            && let Ok(number) = ruling.subject.parse::<u64>()
        {
            undone.entry(number).or_insert(ruling.number);
        }
    }
    undone
}

/// Rulings not undone, in order. Blind codings and what a machine proposed are none of them: they change nothing.
pub(crate) fn standing_rulings(rulings: &[Ruling]) -> impl Iterator<Item = &Ruling> {
    let undone = undone(rulings);
    let rules =
        |ruling: &Ruling| !matches!(ruling.action.as_str(), "undo" | coding::SAMPLE | coding::CODE | proposed::PROPOSE);
    rulings.iter().filter(move |r| rules(r) && !undone.contains_key(&r.number))
}

/// Rulings not undone, by their subject.
pub(crate) fn in_force(rulings: &[Ruling]) -> BTreeMap<&str, Vec<&Ruling>> {
    let mut by_subject: BTreeMap<&str, Vec<&Ruling>> = BTreeMap::new();
    for ruling in standing_rulings(rulings) {
        by_subject.entry(&ruling.subject).or_default().push(ruling);
    }
    by_subject
}

fn is_tie(ruling: &Ruling) -> bool {
    matches!(ruling.action.as_str(), "merge" | "split")
}

/// What the rulings in force change, ready to be asked claim by claim.
/// What rulings correct, ready for claim after claim.
pub(crate) struct Corrections<'r> {
    by_claim: BTreeMap<String, Vec<&'r Ruling>>,
    /// Who is meant by words wherever they stand, by the words in small letters without gaps.
    named: BTreeMap<String, Change>,
}

impl<'r> Corrections<'r> {
    pub(crate) fn of(rulings: &'r [Ruling]) -> Corrections<'r> {
        let mut by_claim: BTreeMap<String, Vec<&Ruling>> = BTreeMap::new();
        let mut named = BTreeMap::new();
        for ruling in standing_rulings(rulings) {
            if let Some(tied) = ties::named(ruling) {
                for id in tied.these {
                    by_claim.entry(id.to_string()).or_default().push(ruling);
                }
            } else if ruling.subject.starts_with("c_") {
                by_claim.entry(ruling.subject.clone()).or_default().push(ruling);
            } else if let ("name", Some(value)) = (ruling.action.as_str(), ruling.value.as_deref())
                && let Some(Change::Actor { name, id, .. }) = Change::parse("name", value)
            {
                let said = ruling.subject.clone();
                named.insert(words(&said).concat(), Change::Actor { said, name, id });
            }
        }
        Corrections { by_claim, named }
    }

    fn on(&self, claim: &Claim) -> &[&'r Ruling] {
        self.by_claim.get(claim.claim_id.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The last of accept and reject counts.
    fn rejects(&self, claim: &Claim) -> bool {
        let last = self.on(claim).iter().rev().find(|r| matches!(r.action.as_str(), "accept" | "reject"));
        last.is_some_and(|ruling| ruling.action == "reject")
    }

    /// The claim derivation sees; `None` when it is rejected.
    pub(crate) fn standing(&self, claim: &Claim) -> Option<Claim> {
        (!self.rejects(claim)).then(|| self.corrected(claim).into_owned())
    }

    /// The claim a reader sees.
    pub(crate) fn shown(&self, claim: &Claim) -> Claim {
        let mut claim = self.corrected(claim).into_owned();
        for ruling in self.on(&claim) {
            let value = ruling.value.as_ref().map_or(String::new(), |value| format!(" as {value}"));
            let value = if is_tie(ruling) { String::new() } else { value };
            let why = ruling.why.as_ref().map_or(String::new(), |why| format!(": {why}"));
            claim.notes.push(format!("ruling {}: {}{value} by {}{why}", ruling.number, ruling.action, ruling.reviewer));
        }
        claim
    }

    /// What is said wherever it stands goes first, what is said of this claim last.
    pub(crate) fn corrected<'c>(&self, claim: &'c Claim) -> Cow<'c, Claim> {
        let mut out = Cow::Borrowed(claim);
        if !self.named.is_empty() {
            let actors = claim.actors.iter().chain(&claim.targets);
            let said: BTreeSet<String> =
                actors.flat_map(|it| [&it.text, &it.name]).map(|it| words(it).concat()).collect();
            for change in said.iter().filter_map(|said| self.named.get(said)) {
                change.apply(out.to_mut());
            }
        }
        for ruling in self.on(claim) {
            if let Some(change) = ruling.value.as_deref().and_then(|value| Change::parse(&ruling.action, value)) {
                match change {
                    // Without words of the text, the only actor is meant.
                    Change::Actor { said, name, id } if said.is_empty() => {
                        let said = claim.actors.first().map_or(String::new(), |actor| actor.text.clone());
                        Change::Actor { said, name, id }.apply(out.to_mut());
                    }
                    change => change.apply(out.to_mut()),
                }
            }
        }
        out
    }
}
