//! How far the information about an event can be judged, 1 (confirmed) to 6 (cannot be judged), and why.
//!
//! In: the accounts of one event with roots, and its disputes. Out: a [`Grade`]. Readers' comments never move it.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{Dispute, DisputeField, Grade, Stance};

use super::dispute::Told;
use crate::keys::Keys;
use crate::register::{self, Register};

use super::stance::{against_interest, holders, speaker};

/// Independent roots among the affirming reports, and the grade they earn.
pub(crate) fn grade(
    accounts: &[Told<'_, '_>],
    roots: &[String],
    disputes: &[Dispute],
    register: &Register,
) -> (u32, Grade) {
    let affirming = voices(accounts, roots, Stance::Affirms);
    let denying = voices(accounts, roots, Stance::Denies);
    let denying_only = denying.keys().filter(|root| !affirming.contains_key(*root)).count();
    let n_roots = affirming.len();
    let given = |information: u8, why: String| (n_roots as u32, Grade { information, why });
    match (n_roots, denying_only) {
        (0, 0) => given(6, "no report affirms it: only readers or silence".to_owned()),
        (0, _) => given(6, format!("only denied, by {}", names(&denying))),
        (1, 0) if !denying.is_empty() => given(
            6,
            format!("a single root alone: {}, which also tells of a denial by {}", names(&affirming), names(&denying)),
        ),
        (1, 0) => given(6, format!("a single root alone: {}", names(&affirming))),
        (1, 1) => given(4, format!("affirmed by {}, denied by {}", names(&affirming), names(&denying))),
        (1, _) => given(5, format!("affirmed by {} alone, denied by {}", names(&affirming), names(&denying))),
        (_, 1..) => given(3, format!("affirmed by {n_roots} roots, denied by {}", names(&denying))),
        (_, 0) => agreeing(accounts, roots, disputes, n_roots, register),
    }
}

fn agreeing(
    accounts: &[Told<'_, '_>],
    roots: &[String],
    disputes: &[Dispute],
    n_roots: usize,
    register: &Register,
) -> (u32, Grade) {
    let n = n_roots as u32;
    let disputed: BTreeSet<&str> =
        disputes.iter().filter(|d| d.field != DisputeField::Happened).map(|d| d.field.as_str()).collect();
    if !disputed.is_empty() {
        let fields: Vec<&str> = disputed.into_iter().collect();
        let why = format!("{n_roots} independent roots agree that it happened and differ on {}", fields.join(" and "));
        return (n, Grade { information: 3, why });
    }
    if are_opposed(accounts, roots) {
        let why = format!("{n_roots} independent roots, among them both sides or one against its own interest");
        return (n, Grade { information: 1, why });
    }
    let alignments = alignments(accounts, roots, register);
    let sides: BTreeSet<&String> = alignments.values().flatten().collect();
    let named = || sides.iter().map(|side| side.as_str()).collect::<Vec<_>>().join(", ");
    let apart = alignments.values().any(|one| alignments.values().any(|other| one.is_disjoint(other)));
    let (information, why) = match sides.len() {
        2.. if apart => (1, format!("{n_roots} independent roots of different alignment ({})", named())),
        1 if alignments.len() == n_roots => {
            (2, format!("{n_roots} independent roots agree, all of one alignment ({})", named()))
        }
        _ => (2, format!("{n_roots} independent roots agree; their alignment is not known to differ")),
    };
    (n, Grade { information, why })
}

/// The alignments that the user's register gives the sources of each affirming root, where it gives any: that of the innermost holder
/// it knows, else that of the outlet.
fn alignments<'r>(
    accounts: &[Told<'_, '_>],
    roots: &'r [String],
    register: &Register,
) -> BTreeMap<&'r String, BTreeSet<String>> {
    let mut found: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
    for ((fact, stance), root) in accounts.iter().zip(roots) {
        let aligned = |key: &str| register.get(key)?.alignment.clone();
        let holders = fact.claim.attribution.iter().rev().filter_map(|link| link.holder.as_deref());
        let held = holders.filter_map(|holder| aligned(&register::key(holder))).next();
        let source = held.or_else(|| aligned(&fact.publisher()?));
        if let Some(side) = source.filter(|_| fact.is_reporting && *stance == Stance::Affirms) {
            found.entry(root).or_default().insert(side.to_lowercase());
        }
    }
    found
}

/// Whether the roots stand on different sides of the event: one speaks for the actor and another for the target, or one tells
/// of its own side's loss.
fn are_opposed(accounts: &[Told<'_, '_>], roots: &[String]) -> bool {
    let told =
        || accounts.iter().zip(roots).filter(|((fact, stance), _)| fact.is_reporting && *stance == Stance::Affirms);
    let actors: Keys = told().flat_map(|((fact, _), _)| fact.actors.iter()).collect();
    let targets: Keys = told().flat_map(|((fact, _), _)| fact.targets.iter()).collect();
    let speaks_for = |side: &Keys| -> BTreeSet<&String> {
        told().filter(|((fact, _), _)| !holders(fact).is_disjoint(side)).map(|(_, root)| root).collect()
    };
    let (ours, theirs) = (speaks_for(&actors), speaks_for(&targets));
    let both = ours.iter().any(|one| theirs.iter().any(|other| one != other));
    both || told().any(|((fact, _), _)| against_interest(fact))
}

/// Who speaks, by root, among the reports of that stance.
fn voices(accounts: &[Told<'_, '_>], roots: &[String], wanted: Stance) -> BTreeMap<String, BTreeSet<String>> {
    let mut voices: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for ((fact, stance), root) in accounts.iter().zip(roots) {
        if fact.is_reporting && *stance == wanted {
            voices.entry(root.clone()).or_default().insert(speaker(fact));
        }
    }
    voices
}

fn names(voices: &BTreeMap<String, BTreeSet<String>>) -> String {
    let all: BTreeSet<&str> = voices.values().flatten().map(String::as_str).collect();
    all.into_iter().take(4).collect::<Vec<_>>().join(", ")
}
