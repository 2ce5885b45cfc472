//! The sides of an answer about control: which assertions speak for one party, under whatever name.
//!
//! In: assertions about one place, latest first. Out: [`ControlSide`]s. Two names are one party when they share an id, a name or a
//! body; a state and its forces are one; and a taker called no more than "the army" or "the group" is the only named taker of
//! that day. Whatever else differs stays apart.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{ActorRef, ControlSide, ControlSideKind};

use super::Told;
use crate::fuse::holding::Says;
use crate::fuse::wording::{capitalised, parties};
use crate::names::{actor_keys, actor_name, is_bare_description};

/// Gathers assertions into sides. `is_current` tells which of them the answer rests on.
pub(super) fn sides(told: &[Told], is_current: impl Fn(&Told) -> bool) -> Vec<ControlSide> {
    let groups = gather(told);
    let mut sides: Vec<(usize, ControlSide)> = Vec::new();
    for group in groups {
        let members: Vec<&Told> = group.iter().map(|&at| &told[at]).collect();
        let (holder, also_called) = names_of(&members);
        let reports = members.iter().filter(|one| one.reporting);
        let since = reports.clone().filter(|one| one.says == Says::Taken).filter_map(|one| one.date).max();
        let side = ControlSide {
            kind: kind(members[0]),
            holder,
            also_called,
            current: reports.clone().any(|one| is_current(one)),
            since,
            assertions: members.iter().map(|one| one.assertion.clone()).collect(),
        };
        sides.push((reports.count(), side));
    }
    let last = |side: &ControlSide| side.assertions.iter().filter_map(|it| it.date).max();
    sides.sort_by(|a, b| {
        let holds = |side: &ControlSide| side.kind == ControlSideKind::Holder;
        (b.1.current.cmp(&a.1.current))
            .then_with(|| holds(&b.1).cmp(&holds(&a.1)))
            .then_with(|| last(&b.1).cmp(&last(&a.1)))
            .then(b.0.cmp(&a.0))
            .then_with(|| a.1.holder.cmp(&b.1.holder))
            .then_with(|| a.1.assertions[0].claim_id.cmp(&b.1.assertions[0].claim_id))
    });
    sides.into_iter().map(|(_, side)| side).collect()
}

/// What an assertion makes its side.
fn kind(told: &Told) -> ControlSideKind {
    match told.says {
        Says::Taken | Says::Holds if told.keys.is_empty() => ControlSideKind::Unnamed,
        Says::Taken | Says::Holds => ControlSideKind::Holder,
        Says::NotTaken => ControlSideKind::NotTaken,
        Says::HoldsNoMore => ControlSideKind::HeldNoMore,
        Says::Contested => ControlSideKind::Contested,
    }
}

/// Groups of indices that speak for one party. Fighting inside and "not taken" are one side each, whoever fights.
fn gather(told: &[Told]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(ControlSideKind, BTreeSet<String>, Vec<usize>)> = Vec::new();
    for (at, one) in told.iter().enumerate() {
        let kind = kind(one);
        let by_party = matches!(kind, ControlSideKind::Holder | ControlSideKind::HeldNoMore) && !one.keys.is_empty();
        let meets = |group: &(ControlSideKind, BTreeSet<String>, Vec<usize>)| {
            let known =
                || !group.1.is_disjoint(&one.keys) || group.2.iter().any(|&other| same_party(one, &told[other]));
            group.0 == kind && (!by_party || known())
        };
        let (joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(meets);
        groups = apart;
        let mut keys = one.keys.clone();
        let mut members = vec![at];
        for (_, more, others) in joined {
            keys.extend(more);
            members.extend(others);
        }
        members.sort_unstable();
        groups.push((kind, keys, members));
    }
    groups.into_iter().map(|(_, _, members)| members).collect()
}

/// The keys of a named taker, and its kind.
type Taker = (BTreeSet<String>, Option<String>);

/// Whether two assertions speak of one party.
pub(super) fn same_party(one: &Told, other: &Told) -> bool {
    let first = one.actors.first().zip(other.actors.first());
    !one.keys.is_disjoint(&other.keys) || first.is_some_and(|(a, b)| are_of_one_state(a, b))
}

/// A taker described by no more than "the army", "its forces", "the group" is the one named taker of that day, where there is one.
pub(super) fn name_the_bare(told: &mut [Told]) {
    let mut named: BTreeMap<i32, Vec<Taker>> = BTreeMap::new();
    for one in told.iter().filter(|one| one.says == Says::Taken && one.reporting) {
        let listed: Vec<&ActorRef> = one.actors.iter().filter(|actor| actor.actor_id.is_some()).collect();
        if let (Some(day), Some(first)) = (one.day, listed.first()) {
            let takers = named.entry(day).or_default();
            if !takers.iter().any(|(keys, _)| !keys.is_disjoint(&one.keys)) {
                takers.push((one.keys.clone(), first.kind.clone()));
            }
        }
    }
    for one in told.iter_mut().filter(|one| one.says == Says::Taken && !one.actors.is_empty()) {
        let is_bare = one.actors.iter().all(|actor| actor.actor_id.is_none() && is_bare_description(&actor.name));
        let Some([(keys, kind)]) = one.day.and_then(|day| named.get(&day)).map(Vec::as_slice) else { continue };
        let fits = one.actors.iter().all(|actor| actor.kind.is_none() || actor.kind == *kind);
        if is_bare && fits {
            one.keys.extend(keys.iter().cloned());
        }
    }
}

/// Whether one is a state and the other its forces, by the state's name: "Ostria" and "Ostrian Army".
fn are_of_one_state(a: &ActorRef, b: &ActorRef) -> bool {
    let is_state = |actor: &ActorRef| actor.kind.as_deref() == Some("state forces") && actor.actor_id.is_some();
    let shorter_first = |one: &ActorRef, other: &ActorRef| {
        let name = one.name.to_lowercase();
        let stem = name.trim_end_matches(['e', 'a']);
        let first = other.name.to_lowercase();
        let first = first.split(' ').next().unwrap_or_default();
        !one.name.contains(' ') && stem.len() >= 4 && first.starts_with(stem) && first.len() <= name.len() + 3
    };
    is_state(a) && is_state(b) && (shorter_first(a, b) || shorter_first(b, a))
}

/// The name of a side and the other names it goes by: a listed name before a description, the fuller before the shorter.
fn names_of(members: &[&Told]) -> (Option<String>, Vec<String>) {
    let mut names: BTreeMap<String, (bool, usize, String)> = BTreeMap::new();
    for one in members.iter().filter(|one| !one.actors.is_empty()) {
        let said = parties(&one.actors);
        let said = capitalised(said.strip_prefix("the ").unwrap_or(&said).to_owned());
        let is_listed = one.actors.iter().any(|actor| actor.actor_id.is_some());
        names.entry(actor_name(&said)).or_insert((is_listed, said.len(), said));
    }
    let mut names: Vec<(bool, usize, String)> = names.into_values().collect();
    names.sort_by(|a, b| (b.0, b.1, &a.2).cmp(&(a.0, a.1, &b.2)));
    let mut names = names.into_iter().map(|(_, _, name)| name);
    let definite = |name: String| match name.strip_prefix("A ").or_else(|| name.strip_prefix("An ")) {
        Some(rest) => format!("the {rest}"),
        None => name,
    };
    (names.next(), names.map(definite).collect())
}

/// The keys of those an assertion speaks of, without their allies: an ally of two parties makes them one no more than a friend.
pub(super) fn keys(actors: &[ActorRef]) -> BTreeSet<String> {
    let own = actors.iter().filter(|actor| !actor.name.starts_with("allies of "));
    let mut keys: BTreeSet<String> = own.flat_map(actor_keys).collect();
    if keys.is_empty() {
        keys = actors.iter().flat_map(actor_keys).collect();
    }
    keys
}
