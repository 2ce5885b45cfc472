//! How many origins do the accounts of one event really have?
//!
//! In: the accounts of an event. Out: a root for each: accounts with one root count once. One publisher is one root, and so are
//! one owner or family of outlets in
//! the user's register, near-copies, claims in passages that two pages share, a translation and its original, accounts that name the same source behind them, and reports whose publisher nobody knows: independence must be
//! shown, it is not presumed. Never judges who is right.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::AttributionType;

use super::fact::Fact;
use crate::names::actor_name;
use crate::register::{self, Register};

/// Likeness, in percent, from which a sentence is a copy.
const COPY_PERCENT: u32 = 70;
/// Share of the shorter sentence's words, in percent, from which the longer holds a copy of it.
const WITHIN_PERCENT: usize = 90;
/// Sentences shorter than this many content words are alike by chance.
const COPY_WORDS: usize = 6;

/// The root of every account: `r1`, `r2`, … in the order given; readers' comments share `comments`.
pub(crate) fn roots(accounts: &[&Fact<'_>], register: &Register) -> Vec<String> {
    let mut group: Vec<usize> = (0..accounts.len()).collect();
    let mut first_with: BTreeMap<String, usize> = BTreeMap::new();
    for (index, fact) in accounts.iter().enumerate().filter(|(_, fact)| fact.is_reporting) {
        for mark in marks(fact, register) {
            let with = *first_with.entry(mark).or_insert(index);
            join(&mut group, with, index);
        }
    }
    for (index, fact) in accounts.iter().enumerate() {
        // Near-copies across publishers; a long list is compared with its near neighbours only.
        for (other, earlier) in accounts[..index].iter().enumerate().rev().take(64) {
            if fact.is_reporting && earlier.is_reporting && (is_copy(fact, earlier) || is_reprint(fact, earlier)) {
                join(&mut group, other, index);
            }
        }
    }
    let mut names: BTreeMap<usize, String> = BTreeMap::new();
    let mut named = Vec::with_capacity(accounts.len());
    for (index, fact) in accounts.iter().enumerate() {
        if !fact.is_reporting {
            named.push("comments".to_owned());
            continue;
        }
        let next = format!("r{}", names.len() + 1);
        named.push(names.entry(group[index]).or_insert(next).clone());
    }
    named
}

/// Whether one passage repeats the other nearly word for word, in another document.
pub(crate) fn is_copy(a: &Fact<'_>, b: &Fact<'_>) -> bool {
    let (one, other) = (a.sentence_words(), b.sentence_words());
    let shorter = one.len().min(other.len());
    // A dateline or a clause put in front leaves the rest a copy all the same.
    let within = shorter > COPY_WORDS && one.n_shared(other) * 100 >= shorter * WITHIN_PERCENT;
    a.claim.document != b.claim.document
        && shorter >= COPY_WORDS
        && (within || one.likeness_percent(other) >= COPY_PERCENT)
}

/// Whether the two claims stand in words that their reports share: one reprints the other, or both a third.
fn is_reprint(a: &Fact<'_>, b: &Fact<'_>) -> bool {
    a.shared.holds(a.claim, &b.claim.document) && b.shared.holds(b.claim, &a.claim.document)
}

/// What makes two accounts one root when they share it.
fn marks(fact: &Fact<'_>, register: &Register) -> BTreeSet<String> {
    let publisher = fact.publisher().unwrap_or_else(|| "?".to_owned());
    let mut marks = BTreeSet::from([format!("publisher {publisher}")]);
    marks.extend(belongs(register, &publisher));
    marks.extend(fact.shared.story().map(|story| format!("story {story}")));
    marks.extend(fact.shared.original().map(|page| format!("translated {page}")));
    for link in &fact.claim.attribution {
        if let Some(holder) = link.holder.as_deref().filter(|_| names_someone(link.kind)) {
            marks.insert(format!("source {}", actor_name(holder)));
            marks.extend(belongs(register, &register::key(holder)));
            // A paper quoted by name is the same origin as that paper's own page.
            if link.kind == AttributionType::Media {
                marks.insert(format!("publisher {}", crate::names::words(holder).concat()));
            }
        }
    }
    marks
}

/// What the user's register says the source of this key belongs to: an owner, who may publish himself, and a family.
fn belongs(register: &Register, key: &str) -> BTreeSet<String> {
    let Some(source) = register.get(key) else { return BTreeSet::new() };
    let owner = source.owner.as_deref().map(|owner| format!("publisher {}", register::key(owner)));
    let family = source.family.as_deref().map(|family| format!("family {}", register::key(family)));
    owner.into_iter().chain(family).collect()
}

/// Whether a holder of this sort is one certain body; "local sources" in two papers need not be the same people.
fn names_someone(kind: AttributionType) -> bool {
    use AttributionType::*;
    matches!(kind, OfficialNamed | BelligerentMedia | LinkedAgency | Monitor | Media | Document)
}

fn join(group: &mut [usize], one: usize, other: usize) {
    let (keep, drop) = (group[one].min(group[other]), group[one].max(group[other]));
    for name in group.iter_mut().filter(|name| **name == drop) {
        *name = keep;
    }
}
