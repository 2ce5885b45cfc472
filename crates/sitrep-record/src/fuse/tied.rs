//! An analyst's ties between claims, made ready for grouping.
//!
//! In: ties by claim id, and where each claim stands among the facts. Out: [`Tied`]: pairs to bind before all else, and which groups
//! may not become one. Claims that are no longer there tie nothing.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::ClaimId;

use crate::rulings::ties::Ties;

/// A side of a split: which one, and whether it is what left.
type Side = (usize, bool);

/// Ties between facts, by index.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tied {
    /// Pairs that are one event because an analyst says so.
    pub bound: Vec<(usize, usize)>,
    groups: Vec<Vec<usize>>,
    sides: BTreeMap<usize, BTreeSet<Side>>,
}

impl Tied {
    /// The ties among claims that stand where `place` says.
    pub(crate) fn of(ties: &Ties, place: impl Fn(&ClaimId) -> Option<usize>) -> Tied {
        let mut tied = Tied::default();
        for group in &ties.together {
            let here: Vec<usize> = group.iter().filter_map(&place).collect();
            tied.bound.extend(here.windows(2).map(|pair| (pair[0], pair[1])));
            tied.groups.push(here);
        }
        for (split, [leaving, others]) in ties.apart.iter().enumerate() {
            for (list, left) in [(leaving, true), (others, false)] {
                for at in list.iter().filter_map(&place) {
                    tied.sides.entry(at).or_default().insert((split, left));
                }
            }
        }
        tied
    }

    /// Points what only speaks about another claim (`is_about` by index) at the one an analyst ties it to, and away from one he tells
    /// it apart from.
    pub(crate) fn redirect(&self, subject: &mut [Option<usize>], is_about: impl Fn(usize) -> bool) {
        for (at, about) in subject.iter_mut().enumerate() {
            if about.is_some_and(|about| self.forbids(&[at], &[about])) {
                *about = None;
            }
        }
        for group in &self.groups {
            let Some(told) = group.iter().copied().find(|at| !is_about(*at)) else { continue };
            for at in group.iter().copied().filter(|at| is_about(*at)) {
                if subject[at].is_none_or(|about| !group.contains(&about)) {
                    subject[at] = Some(told);
                }
            }
        }
    }

    /// Whether an analyst tells a member of `a` apart from one of `b`.
    pub(crate) fn forbids(&self, a: &[usize], b: &[usize]) -> bool {
        if self.sides.is_empty() {
            return false;
        }
        let sides = |group: &[usize]| -> BTreeSet<Side> {
            group.iter().filter_map(|at| self.sides.get(at)).flatten().copied().collect()
        };
        let others = sides(b);
        !others.is_empty() && sides(a).iter().any(|(split, left)| others.contains(&(*split, !left)))
    }
}
