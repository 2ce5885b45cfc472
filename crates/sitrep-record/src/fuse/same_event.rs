//! Are two claims accounts of one event? And which claims together?
//!
//! In: gists, sorted by claim id. Out: groups of indices. Pairs are weighed in `weigh.rs`; groups grow from the surest pair down, and
//! never take in a member that is forbidden with any other, so the answer does not depend on the order of arrival.

use std::collections::BTreeMap;

use super::blocks::{self, Purpose};
use super::gist::Gist;
use super::tied::Tied;
use super::weigh::{Verdict, compare};
use super::weights::threshold;

/// Pairs that an analyst ties come first, those that a text ties next.
const BY_RULING: i32 = i32::MIN;
const BY_TEXT: i32 = i32::MIN + 1;

/// Pairs of gists that are alike, by index, the lower first.
#[derive(Debug, Default)]
pub(crate) struct Alike {
    /// Alike enough for one event, with their points.
    pub same: Vec<(i32, u32, u32)>,
    /// Nearly so.
    pub nearly: Vec<(u32, u32)>,
}

/// Groups of accounts, and pairs of groups that are perhaps one.
pub(crate) struct Groups {
    /// Indices of gists, each group in order, groups by their first.
    pub groups: Vec<Vec<usize>>,
    /// Pairs of gists that nearly made it.
    pub nearly: Vec<(u32, u32)>,
}

impl Alike {
    /// The pairs among `gists` that are alike, of those that meet.
    pub(crate) fn among(gists: &[&Gist]) -> Alike {
        let mut alike = Alike::default();
        blocks::pairs(gists, Purpose::SameEvent, |lot| {
            for &(one, other) in lot {
                alike.note(one, other, compare(gists[one as usize], gists[other as usize]));
            }
        });
        alike
    }

    /// Keeps a pair if its verdict is worth it.
    pub(crate) fn note(&mut self, one: u32, other: u32, verdict: Verdict) {
        let enough = threshold();
        match verdict {
            Verdict::Points(points) if points >= enough.same => self.same.push((points, one, other)),
            Verdict::Points(points) if points >= enough.perhaps => self.nearly.push((one, other)),
            _ => {}
        }
    }
}

/// Groups `gists` into events by the pairs that are alike. `bound` are pairs that a text itself ties together, `tied` what an analyst ties
/// or tells apart: that goes before all else.
pub(crate) fn group(gists: &[&Gist], alike: Alike, bound: &[(usize, usize)], tied: &Tied) -> Groups {
    let Alike { same, mut nearly } = alike;
    let mut edges = same;
    edges.iter_mut().for_each(|(points, ..)| *points = -*points);
    let edge = |by: i32, &(one, other): &(usize, usize)| (by, one.min(other) as u32, one.max(other) as u32);
    edges.extend(tied.bound.iter().map(|pair| edge(BY_RULING, pair)));
    edges.extend(bound.iter().map(|pair| edge(BY_TEXT, pair)));
    edges.sort_unstable();
    edges.dedup();
    let mut group_of: Vec<usize> = (0..gists.len()).collect();
    let mut members: BTreeMap<usize, Vec<usize>> = (0..gists.len()).map(|i| (i, vec![i])).collect();
    for (points, one, other) in edges {
        let (of_one, of_other) = (group_of[one as usize], group_of[other as usize]);
        let (a, b) = (of_one.min(of_other), of_one.max(of_other));
        let forbidden = || points != BY_RULING && tied.forbids(&members[&a], &members[&b]);
        let may_join = || points <= BY_TEXT || may_join(gists, &members[&a], &members[&b]);
        if a == b || forbidden() || !may_join() {
            if a != b {
                nearly.push((one, other));
            }
            continue;
        }
        let joining = members.remove(&b).unwrap_or_default();
        for &index in &joining {
            group_of[index] = a;
        }
        let group = members.entry(a).or_default();
        group.extend(joining);
        group.sort_unstable();
    }
    nearly.retain(|&(one, other)| group_of[one as usize] != group_of[other as usize]);
    nearly.sort_unstable();
    nearly.dedup();
    Groups { groups: members.into_values().collect(), nearly }
}

fn may_join(gists: &[&Gist], a: &[usize], b: &[usize]) -> bool {
    a.iter().all(|&one| b.iter().all(|&other| compare(gists[one], gists[other]) != Verdict::Never))
}
