//! Which claims tell which event, before anything is said of it.
//!
//! In: gists in the order of their ids, and which of them are alike. Out: [`Group`]s, each with the id of its event, and the groups that
//! are perhaps the same. Needs no claim: a large record is grouped as a whole, and its events are made lot by lot.

use std::collections::BTreeMap;

use sitrep_model::{EventId, EventType};

use super::fact::{Fact, Reality};
use super::gist::{Gist, claim_id, id_text, number};
use super::same_event::{self, Alike};
use super::tied::Tied;
use super::{ABOUT_ONLY, NEAR_MISSES, stance};
use crate::rulings::ties::Ties;

/// "About an account about an account": followed so many steps.
const ABOUT_STEPS: usize = 8;

/// The claims of one event, by their places.
#[derive(Debug, Default)]
pub(crate) struct Group {
    /// The event's id as a number.
    pub id: u64,
    /// Those that tell it.
    pub members: Vec<usize>,
    /// Those that speak about it without telling it.
    pub speaking: Vec<usize>,
    /// Those that only foresee it.
    foreseeing: Vec<usize>,
}

/// Every group with a member, and which claims of two groups are nearly alike.
#[derive(Debug, Default)]
pub(crate) struct Grouping {
    /// By the first that tells or foresees it.
    pub groups: Vec<Group>,
    /// Pairs of claims, by their places.
    pub nearly: Vec<(u32, u32)>,
}

/// For each claim of whole reports the one it is about in the end, if that can stand in an event, by its place.
pub(crate) fn subjects(facts: &[Fact<'_>]) -> Vec<Option<usize>> {
    (0..facts.len()).map(|at| subject_of(facts, at)).collect()
}

fn subject_of(facts: &[Fact<'_>], i: usize) -> Option<usize> {
    let mut at = i;
    for _ in 0..ABOUT_STEPS {
        let about = facts[at].about.and_then(|id| facts.binary_search_by_key(&id, |fact| fact.id).ok());
        match about {
            Some(next) if next != at && next != i => at = next,
            _ => break,
        }
        if !facts[at].is(ABOUT_ONLY) {
            break;
        }
    }
    if facts[i].is(&["statement.denied"]) && !stance::may_deny(&facts[i], &facts[at]) {
        return None;
    }
    let stands = at != i && !facts[at].is(ABOUT_ONLY) && facts[at].reality != Reality::Foreseen;
    stands.then_some(at)
}

/// Groups gists by the pairs that are alike, by what each is about, and by what an analyst ties or tells apart.
pub(crate) fn grouped(gists: &[&Gist], mut subject: Vec<Option<usize>>, alike: Alike, ties: &Ties) -> Grouping {
    let tied = Tied::of(ties, |id| gists.binary_search_by_key(&number(id.as_str()), |gist| gist.id).ok());
    tied.redirect(&mut subject, |i| gists[i].is(ABOUT_ONLY));
    let is_attached = |i: usize| gists[i].is(ABOUT_ONLY) && subject[i].is_some();
    let bound: Vec<(usize, usize)> = (0..gists.len())
        .filter(|&i| !gists[i].is(ABOUT_ONLY))
        .filter_map(|i| subject[i].map(|other| (i, other)))
        .filter(|&(i, other)| gists[i].family == gists[other].family && gists[i].reality == gists[other].reality)
        .collect();
    let mut attached: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in (0..gists.len()).filter(|&i| is_attached(i)) {
        attached.entry(subject[i].unwrap_or(i)).or_default().push(i);
    }
    let same_event::Groups { groups, nearly } = same_event::group(gists, alike, &bound, &tied);
    let group = |all: Vec<usize>| {
        let speaking = all.iter().filter_map(|i| attached.get(i)).flatten().copied().collect();
        let telling = all.into_iter().filter(|&i| !is_attached(i));
        let (foreseeing, members): (Vec<_>, Vec<_>) = telling.partition(|&i| gists[i].reality == Reality::Foreseen);
        let id = id_of(&members.iter().map(|&i| gists[i]).collect::<Vec<_>>())?;
        Some(Group { id, members, speaking, foreseeing })
    };
    Grouping { groups: groups.into_iter().filter_map(group).collect(), nearly }
}

/// The id of the event of these claims, as a number; `None` when there are none.
fn id_of(members: &[&Gist]) -> Option<u64> {
    let smallest = claim_id(members.iter().map(|gist| gist.id).min()?);
    Some(number(EventId::of(&[smallest.as_str(), leaf(members)?.as_str()]).as_str()))
}

/// The type most accounts give; among equals the first in the published table.
pub(super) fn leaf(members: &[&Gist]) -> Option<EventType> {
    let mut votes: BTreeMap<EventType, (bool, usize)> = BTreeMap::new();
    for gist in members {
        let vote = votes.entry(gist.event).or_default();
        vote.0 |= gist.is_reporting;
        vote.1 += 1;
    }
    votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(event, _)| event)
}

impl Group {
    /// The event's id.
    pub(crate) fn event_id(&self) -> EventId {
        event_id(self.id)
    }
}

fn event_id(number: u64) -> EventId {
    EventId::known(&id_text('e', number))
}

impl Grouping {
    /// For each group the ids of some that are perhaps the same event, `n_claims` being all there are.
    pub(crate) fn near_misses(&self, n_claims: usize) -> Vec<Vec<EventId>> {
        let mut group_of: Vec<Option<u32>> = vec![None; n_claims];
        for (at, group) in (0..).zip(&self.groups) {
            group.members.iter().chain(&group.foreseeing).for_each(|&claim| group_of[claim] = Some(at));
        }
        let group_of = |claim: u32| group_of[claim as usize];
        let pairs = self.nearly.iter().filter_map(|&(one, other)| group_of(one).zip(group_of(other)));
        let id = |group: u32| self.groups[group as usize].id;
        let mut missed: Vec<(u32, u64)> = pairs
            .filter(|(one, other)| one != other)
            .flat_map(|(one, other)| [(one, id(other)), (other, id(one))])
            .collect();
        missed.sort_unstable();
        missed.dedup();
        let mut found = vec![Vec::new(); self.groups.len()];
        for near in missed.chunk_by(|a, b| a.0 == b.0) {
            found[near[0].0 as usize] = near.iter().take(NEAR_MISSES).map(|(_, id)| event_id(*id)).collect();
        }
        found
    }
}
