//! How well groups match groups: MUC, B³, CEAFe and their mean, the CoNLL F1.
//!
//! In: two labels for every mention, the gold one and ours. Out: figures, 0 to 1. The best matching of CEAFe is found by the Hungarian
//! method.

use std::collections::BTreeMap;

/// F1 of each measure, and their mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Conll {
    pub(super) muc: f64,
    pub(super) b3: f64,
    pub(super) ceafe: f64,
    pub(super) conll: f64,
}

/// Scores `ours` against `gold`.
pub(super) fn conll(gold: &[usize], ours: &[usize]) -> Conll {
    let (keys, answers) = (groups(gold), groups(ours));
    let muc = f1(muc_share(&answers, gold), muc_share(&keys, ours));
    let shared = shared(gold, ours);
    let n = gold.len().max(1) as f64;
    let sum = |of: &dyn Fn((usize, usize)) -> f64| {
        shared.iter().map(|(&pair, &count)| (count * count) as f64 / of(pair)).sum::<f64>() / n
    };
    let b3 = f1(sum(&|(_, b)| answers[&b].len() as f64), sum(&|(a, _)| keys[&a].len() as f64));
    let best = matched(&keys, &answers, &shared);
    let ceafe = f1(best / answers.len().max(1) as f64, best / keys.len().max(1) as f64);
    Conll { muc, b3, ceafe, conll: (muc + b3 + ceafe) / 3.0 }
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

fn groups(labels: &[usize]) -> BTreeMap<usize, Vec<usize>> {
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, label) in labels.iter().enumerate() {
        found.entry(*label).or_default().push(at);
    }
    found
}

/// Share of the links of `groups` that `labels` keeps.
fn muc_share(groups: &BTreeMap<usize, Vec<usize>>, labels: &[usize]) -> f64 {
    let (mut kept, mut all) = (0, 0);
    for members in groups.values() {
        let mut parts: Vec<usize> = members.iter().map(|at| labels[*at]).collect();
        parts.sort_unstable();
        parts.dedup();
        kept += members.len() - parts.len();
        all += members.len() - 1;
    }
    if all == 0 { 0.0 } else { kept as f64 / all as f64 }
}

/// How many mentions each gold group has in common with each of ours.
fn shared(gold: &[usize], ours: &[usize]) -> BTreeMap<(usize, usize), usize> {
    let mut found = BTreeMap::new();
    for pair in gold.iter().copied().zip(ours.iter().copied()) {
        *found.entry(pair).or_default() += 1;
    }
    found
}

/// The likeness of the best matching one to one. Groups that share nothing fall apart into islands, each matched alone.
fn matched(
    keys: &BTreeMap<usize, Vec<usize>>,
    answers: &BTreeMap<usize, Vec<usize>>,
    shared: &BTreeMap<(usize, usize), usize>,
) -> f64 {
    let key_at: BTreeMap<usize, usize> = keys.keys().enumerate().map(|(at, key)| (*key, at)).collect();
    let answer_at: BTreeMap<usize, usize> =
        answers.keys().enumerate().map(|(at, key)| (*key, keys.len() + at)).collect();
    let mut island: Vec<usize> = (0..keys.len() + answers.len()).collect();
    for (key, answer) in shared.keys() {
        let (a, b) = (root(&mut island, key_at[key]), root(&mut island, answer_at[answer]));
        island[a] = b;
    }
    let mut islands: BTreeMap<usize, Vec<(usize, usize, f64)>> = BTreeMap::new();
    for (&(key, answer), &count) in shared {
        let likeness = 2.0 * count as f64 / (keys[&key].len() + answers[&answer].len()) as f64;
        let at = root(&mut island, key_at[&key]);
        islands.entry(at).or_default().push((key, answer, likeness));
    }
    islands.values().map(|pairs| island_sum(pairs)).sum()
}

fn root(island: &mut [usize], mut at: usize) -> usize {
    while island[at] != at {
        island[at] = island[island[at]];
        at = island[at];
    }
    at
}

fn island_sum(pairs: &[(usize, usize, f64)]) -> f64 {
    let index = |of: fn(&(usize, usize, f64)) -> usize| -> BTreeMap<usize, usize> {
        let all: std::collections::BTreeSet<usize> = pairs.iter().map(of).collect();
        all.into_iter().enumerate().map(|(at, key)| (key, at)).collect()
    };
    let (rows, columns) = (index(|pair| pair.0), index(|pair| pair.1));
    let n = rows.len().max(columns.len());
    let mut likeness = vec![vec![0.0; n]; n];
    for (key, answer, value) in pairs {
        likeness[rows[key]][columns[answer]] = *value;
    }
    assigned(&likeness)
}

/// The greatest sum of one entry from each row and column of a square matrix (Hungarian method, O(n³)).
fn assigned(likeness: &[Vec<f64>]) -> f64 {
    let n = likeness.len();
    let cost = |row: usize, column: usize| -likeness[row - 1][column - 1];
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let (mut row_of, mut way) = (vec![0_usize; n + 1], vec![0_usize; n + 1]);
    for row in 1..=n {
        row_of[0] = row;
        let mut column = 0;
        let (mut least, mut used) = (vec![f64::INFINITY; n + 1], vec![false; n + 1]);
        loop {
            used[column] = true;
            let (at, mut delta, mut next) = (row_of[column], f64::INFINITY, 0);
            for other in (1..=n).filter(|other| !used[*other]) {
                let reduced = cost(at, other) - u[at] - v[other];
                if reduced < least[other] {
                    (least[other], way[other]) = (reduced, column);
                }
                if least[other] < delta {
                    (delta, next) = (least[other], other);
                }
            }
            for other in 0..=n {
                if used[other] {
                    u[row_of[other]] += delta;
                    v[other] -= delta;
                } else {
                    least[other] -= delta;
                }
            }
            column = next;
            if row_of[column] == 0 {
                break;
            }
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    (1..=n).map(|column| likeness[row_of[column] - 1][column - 1]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of the reference scorer `score_coref.py` on the same labels.
    #[test]
    fn the_measures_are_those_of_the_reference_scorer() {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-4;
        for (gold, ours, [muc, b3, ceafe]) in CASES {
            let found = conll(gold, ours);
            assert!(near(found.muc, *muc) && near(found.b3, *b3) && near(found.ceafe, *ceafe), "{found:?}");
            assert!(near(found.conll, (muc + b3 + ceafe) / 3.0));
        }
    }

    type Case = (&'static [usize], &'static [usize], [f64; 3]);
    const CASES: &[Case] = &[
        (&[0, 0, 0, 1, 1, 2], &[0, 0, 1, 1, 1, 2], [0.666667, 0.777778, 0.866667]),
        (
            &[1, 4, 4, 1, 2, 4, 3, 4, 0, 4, 0, 3, 2, 4, 1, 1],
            &[5, 3, 4, 4, 3, 3, 5, 1, 1, 5, 1, 4, 3, 5, 0, 5],
            [0.454545, 0.487562, 0.526061],
        ),
        (
            &[1, 2, 0, 4, 0, 4, 7, 6, 6, 6, 7, 2, 5, 1, 0, 2, 7, 3, 4, 6, 4, 6, 8, 6],
            &[2, 3, 1, 2, 0, 2, 1, 2, 0, 1, 2, 2, 0, 0, 3, 3, 0, 2, 0, 3, 1, 0, 2, 3],
            [0.228571, 0.297913, 0.219498],
        ),
    ];
}
