//! Which claims an analyst tied into one event, and which he told apart.
//!
//! In: rulings in force, in order. Out: [`Ties`] between ids of claims, which outlive any rebuild. Of two rulings that stand against
//! each other the later holds; what of the earlier is lost is told. Knows nothing of events: their ids change with their accounts.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{ClaimId, Ruling};

/// Ties between claims, free of contradictions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ties {
    /// Claims of one event, each group in order.
    pub together: Vec<Vec<ClaimId>>,
    /// No claim of the first list is in one event with one of the second.
    pub apart: Vec<[Vec<ClaimId>; 2]>,
    /// Rulings that do not hold as far as a later one says otherwise: its number, the later one's.
    pub overruled: Vec<(u64, u64)>,
}

/// The claims a ruling names: those of its subject's side, and those told apart from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// Of one event, or leaving one.
    pub these: Vec<ClaimId>,
    /// What a split leaves behind; nothing of a merge.
    pub others: Vec<ClaimId>,
}

/// The value of a merge of `these`, or of a split of `these` from `others`; the first of `these` is the subject.
pub(crate) fn value(these: &[String], others: &[String]) -> String {
    let with = these.get(1..).unwrap_or_default().join(",");
    match others.is_empty() {
        true => format!("with={with}"),
        false => format!("with={with};from={}", others.join(",")),
    }
}

/// What a `merge` or `split` names; `None` for other rulings and for values that cannot be read.
pub(crate) fn named(ruling: &Ruling) -> Option<Named> {
    let value = ruling.value.as_deref()?.strip_prefix("with=")?;
    let (with, from) = match ruling.action.as_str() {
        "merge" if !value.contains(';') => (value, ""),
        "split" => value.split_once(";from=")?,
        _ => return None,
    };
    let ids = |list: &str| -> BTreeSet<ClaimId> {
        list.split(',').map(str::trim).filter(|id| id.starts_with("c_")).map(ClaimId::known).collect()
    };
    let mut these = ids(with);
    these.insert(ClaimId::known(&ruling.subject));
    let others: BTreeSet<ClaimId> = ids(from).difference(&these).cloned().collect();
    let enough = if ruling.action == "merge" { these.len() > 1 } else { !others.is_empty() };
    enough.then(|| Named { these: these.into_iter().collect(), others: others.into_iter().collect() })
}

impl Ties {
    /// The ties that these rulings make together. They are read from the latest to the first.
    pub(crate) fn of<'r>(rulings: impl Iterator<Item = &'r Ruling>) -> Ties {
        let mut told: Vec<(u64, Named)> = rulings.filter_map(|ruling| Some((ruling.number, named(ruling)?))).collect();
        told.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
        let mut knot = Knot::default();
        for (number, named) in told {
            match named.others.is_empty() {
                true => knot.tie(number, &named.these),
                false => knot.part(number, named),
            }
        }
        knot.ties()
    }
}

/// A side of a split: which one, and whether it is what left.
type Side = (usize, bool);

/// Ties being gathered, the latest ruling first.
#[derive(Default)]
struct Knot {
    parent: BTreeMap<ClaimId, ClaimId>,
    /// By the head of a group: the latest ruling that tied it, and the sides of splits it stands on.
    tied_by: BTreeMap<ClaimId, u64>,
    sides: BTreeMap<ClaimId, BTreeSet<Side>>,
    splits: Vec<(u64, [Vec<ClaimId>; 2])>,
    overruled: BTreeSet<(u64, u64)>,
}

impl Knot {
    fn head(&self, id: &ClaimId) -> ClaimId {
        let mut at = id;
        while let Some(next) = self.parent.get(at) {
            at = next;
        }
        at.clone()
    }

    /// The later split that keeps two groups apart.
    fn parted_by(&self, one: &ClaimId, other: &ClaimId) -> Option<u64> {
        let others = self.sides.get(other)?;
        let sides = self.sides.get(one)?;
        let split = sides.iter().find(|(split, left)| others.contains(&(*split, !left)))?.0;
        self.splits.get(split).map(|(number, _)| *number)
    }

    fn tie(&mut self, number: u64, these: &[ClaimId]) {
        let mut groups: Vec<ClaimId> = Vec::new();
        for id in these {
            let head = self.head(id);
            let mut stands_alone = true;
            for group in &groups {
                let group = self.head(group);
                if let Some(later) = self.parted_by(&group, &head) {
                    self.overruled.insert((number, later));
                } else {
                    self.join(number, &group, &head);
                    stands_alone = false;
                    break;
                }
            }
            if stands_alone {
                groups.push(head);
            }
        }
    }

    fn join(&mut self, number: u64, one: &ClaimId, other: &ClaimId) {
        let (keep, drop) = if one <= other { (one, other) } else { (other, one) };
        if keep == drop {
            return;
        }
        self.parent.insert(drop.clone(), keep.clone());
        let sides = self.sides.remove(drop).unwrap_or_default();
        self.sides.entry(keep.clone()).or_default().extend(sides);
        let by = self.tied_by.remove(drop).into_iter().chain(self.tied_by.get(keep).copied()).chain([number]).max();
        self.tied_by.insert(keep.clone(), by.unwrap_or(number));
    }

    fn part(&mut self, number: u64, named: Named) {
        let leaving: BTreeSet<ClaimId> = named.these.iter().map(|id| self.head(id)).collect();
        let mut others = Vec::new();
        for id in named.others {
            let head = self.head(&id);
            match leaving.contains(&head) {
                true => {
                    let later = self.tied_by.get(&head).copied().unwrap_or(number);
                    self.overruled.insert((number, later));
                }
                false => others.push(id),
            }
        }
        if others.is_empty() {
            return;
        }
        let split = self.splits.len();
        for head in leaving {
            self.sides.entry(head).or_default().insert((split, true));
        }
        for id in &others {
            let head = self.head(id);
            self.sides.entry(head).or_default().insert((split, false));
        }
        self.splits.push((number, [named.these, others]));
    }

    fn ties(self) -> Ties {
        let mut groups: BTreeMap<ClaimId, BTreeSet<ClaimId>> = BTreeMap::new();
        for id in self.parent.keys() {
            let head = self.head(id);
            groups.entry(head.clone()).or_default().extend([head, id.clone()]);
        }
        Ties {
            together: groups.into_values().map(|group| group.into_iter().collect()).collect(),
            apart: self.splits.into_iter().map(|(_, sides)| sides).collect(),
            overruled: self.overruled.into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruling(number: u64, action: &str, subject: &str, value: &str) -> Ruling {
        let [action, subject, reviewer] = [action, subject, "desk"].map(str::to_owned);
        Ruling { number, action, subject, value: Some(value.to_owned()), reviewer, why: None }
    }

    fn ids(names: &[&str]) -> Vec<ClaimId> {
        names.iter().map(|name| ClaimId::known(name)).collect()
    }

    #[test]
    fn the_later_of_two_rulings_holds() {
        let merge = ruling(1, "merge", "c_1", "with=c_2,c_3");
        let split = ruling(2, "split", "c_3", "with=;from=c_1,c_2");
        let ties = Ties::of([&merge, &split].into_iter());
        assert_eq!(ties.together, [ids(&["c_1", "c_2"])]);
        assert_eq!(ties.apart, [[ids(&["c_3"]), ids(&["c_1", "c_2"])]]);
        assert_eq!(ties.overruled, [(1, 2)]);
        let again = ruling(3, "merge", "c_2", "with=c_3");
        let ties = Ties::of([&merge, &split, &again].into_iter());
        assert_eq!(ties.together, [ids(&["c_2", "c_3"])]);
        assert_eq!(ties.apart, [[ids(&["c_3"]), ids(&["c_1"])]]);
        assert_eq!(ties.overruled, [(1, 2), (2, 3)]);
    }

    #[test]
    fn values_are_written_and_read() {
        let names = ["c_1", "c_2"].map(str::to_owned);
        assert_eq!(value(&names, &[]), "with=c_2");
        assert_eq!(value(&names[..1], &names[1..]), "with=;from=c_2");
        assert!(named(&ruling(1, "merge", "c_1", "with=")).is_none(), "one claim is nothing to merge");
        assert!(named(&ruling(1, "split", "c_1", "with=;from=c_1")).is_none());
        assert!(named(&ruling(1, "merge", "c_1", "with=c_2;from=c_3")).is_none());
    }
}
