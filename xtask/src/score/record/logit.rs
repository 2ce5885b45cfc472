//! Weights of outcomes, fitted by logistic regression.
//!
//! In: pairs as lists of outcomes, and whether each is right. Out: a weight for each outcome. The order of the pairs is theirs, so the
//! same input gives the same weights.

use std::collections::BTreeMap;

const ROUNDS: usize = 8;
const STEP: f64 = 0.15;
/// Pulls every weight towards nothing.
const PULL: f64 = 2e-6;
/// Outcomes met seldomer are left out.
const MET_AT_LEAST: usize = 15;

/// Fitted weights.
#[derive(Debug, Default)]
pub(super) struct Weights {
    base: f64,
    of: BTreeMap<String, f64>,
}

impl Weights {
    /// The natural logarithm of the odds.
    pub(super) fn score(&self, outcomes: &[String]) -> f64 {
        self.base + outcomes.iter().filter_map(|outcome| self.of.get(outcome)).sum::<f64>()
    }
}

/// Fits weights to pairs, by AdaGrad.
pub(super) fn fit<'p>(pairs: impl Iterator<Item = (&'p [String], bool)> + Clone) -> Weights {
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    let mut n_right = 0_usize;
    let mut n = 0_usize;
    for (outcomes, right) in pairs.clone() {
        outcomes.iter().for_each(|outcome| *met.entry(outcome).or_default() += 1);
        n_right += usize::from(right);
        n += 1;
    }
    let index: BTreeMap<&str, usize> = met
        .iter()
        .filter(|(_, times)| **times >= MET_AT_LEAST)
        .enumerate()
        .map(|(at, (name, _))| (*name, at))
        .collect();
    let rows: Vec<(Vec<usize>, f64)> = pairs
        .map(|(outcomes, right)| {
            let at = outcomes.iter().filter_map(|outcome| index.get(outcome.as_str()).copied()).collect();
            (at, f64::from(u8::from(right)))
        })
        .collect();
    let share = (n_right as f64 + 1.0) / (n as f64 + 2.0);
    let mut base = (share / (1.0 - share)).ln();
    let (mut weight, mut seen) = (vec![0.0; index.len()], vec![1e-3; index.len()]);
    let mut base_seen = 1e-3;
    // Spread over the pairs, so that a round does not end on one topic.
    let stride =
        [7919, 104_729, 15_485_863].into_iter().find(|stride| !rows.len().is_multiple_of(*stride)).unwrap_or(1);
    for _ in 0..ROUNDS {
        for turn in 0..rows.len() {
            let (outcomes, right) = &rows[turn * stride % rows.len().max(1)];
            let sum: f64 = base + outcomes.iter().map(|at| weight[*at]).sum::<f64>();
            let slope = 1.0 / (1.0 + (-sum).exp()) - right;
            base_seen += slope * slope;
            base -= STEP * slope / f64::sqrt(base_seen);
            for at in outcomes {
                let slope = slope + PULL * rows.len() as f64 * weight[*at] / 100.0;
                seen[*at] += slope * slope;
                weight[*at] -= STEP * slope / f64::sqrt(seen[*at]);
            }
        }
    }
    Weights { base, of: index.into_iter().map(|(name, at)| (name.to_owned(), weight[at])).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_weighs() {
        let pairs: Vec<(Vec<String>, bool)> = (0..200)
            .map(|n| {
                (vec![if n % 2 == 0 { "same" } else { "other" }.to_owned(), format!("noise{}", n % 3)], n % 2 == 0)
            })
            .collect();
        let weights = fit(pairs.iter().map(|(outcomes, right)| (outcomes.as_slice(), *right)));
        assert!(weights.score(&["same".into()]) > 1.0 && weights.score(&["other".into()]) < -1.0);
    }
}
