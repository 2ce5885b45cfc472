//! How far reviewers who coded the same items agree, beyond what chance would give.
//!
//! In: the values each reviewer gave each item, some missing. Out: Cohen's kappa for two, Krippendorff's alpha for two or more, both for
//! values without an order. 1 is full agreement, 0 what chance gives, below 0 less than that. Undefined where nothing varies.
//!
//! J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960) 37-46.
//! K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), with its rule that an item counts with at least two values.

use std::collections::BTreeMap;

/// Kappa over the items that both coded, given as pairs; `None` when there are none or both gave one and the same value throughout.
pub(crate) fn cohen_kappa(pairs: &[(&str, &str)]) -> Option<f64> {
    let n = count(pairs.len());
    if pairs.is_empty() {
        return None;
    }
    let (mut one, mut other): (BTreeMap<&str, f64>, BTreeMap<&str, f64>) = (BTreeMap::new(), BTreeMap::new());
    for (a, b) in pairs {
        *one.entry(a).or_default() += 1.0;
        *other.entry(b).or_default() += 1.0;
    }
    let observed = count(pairs.iter().filter(|(a, b)| a == b).count()) / n;
    let by_chance: f64 = one.iter().map(|(value, a)| a / n * other.get(value).copied().unwrap_or_default() / n).sum();
    (by_chance < 1.0).then(|| (observed - by_chance) / (1.0 - by_chance))
}

/// Alpha over items, each with the values given to it; items with fewer than two values say nothing. `None` when no value varies.
pub(crate) fn krippendorff_alpha(items: &[Vec<&str>]) -> Option<f64> {
    let mut totals: BTreeMap<&str, f64> = BTreeMap::new();
    let mut disagreeing = 0.0;
    for values in items.iter().filter(|values| values.len() > 1) {
        let mut here: BTreeMap<&str, f64> = BTreeMap::new();
        for value in values {
            *here.entry(value).or_default() += 1.0;
            *totals.entry(value).or_default() += 1.0;
        }
        // Ordered pairs of different values in the item, each weighted by one over the number of values less one.
        let n_values = count(values.len());
        let alike: f64 = here.values().map(|n| n * (n - 1.0)).sum();
        disagreeing += (n_values * (n_values - 1.0) - alike) / (n_values - 1.0);
    }
    let n: f64 = totals.values().sum();
    let expected: f64 = n * n - totals.values().map(|total| total * total).sum::<f64>();
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * disagreeing / expected)
}

fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::INFINITY, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: Option<f64>, expected: f64) {
        assert!(value.is_some_and(|value| (value - expected).abs() < 5e-4), "{value:?} is not {expected}");
    }

    /// Rows of one coder each, a dot for no value.
    fn items<'t>(coders: &[&'t str]) -> Vec<Vec<&'t str>> {
        let rows: Vec<Vec<&str>> = coders.iter().map(|row| row.split(' ').collect()).collect();
        (0..rows[0].len()).map(|at| rows.iter().map(|row| row[at]).filter(|value| *value != ".").collect()).collect()
    }

    /// The three nominal examples of Krippendorff (2011): alpha .095, .692 and, with values missing, .743.
    #[test]
    fn alpha_is_the_published_one() {
        near(krippendorff_alpha(&items(&["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"])), 0.095);
        near(krippendorff_alpha(&items(&["a a b b d c c c e d d a", "b a b b b c c c e d d d"])), 0.692);
        let four = items(&[
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        ]);
        near(krippendorff_alpha(&four), 0.743);
    }

    /// The textbook table of 50 proposals read by two: 20 both yes, 15 both no, 5 and 10 between them; agreement .7, by chance .5.
    #[test]
    fn kappa_is_the_textbook_one() {
        let mut pairs = vec![("yes", "yes"); 20];
        pairs.extend([("no", "no"); 15]);
        pairs.extend([("yes", "no"); 5]);
        pairs.extend([("no", "yes"); 10]);
        near(cohen_kappa(&pairs), 0.4);
    }

    #[test]
    fn nothing_is_said_where_nothing_varies() {
        assert_eq!(cohen_kappa(&[]), None);
        assert_eq!(cohen_kappa(&[("a", "a"), ("a", "a")]), None);
        assert_eq!(krippendorff_alpha(&[vec!["a", "a"], vec!["b"]]), None);
        near(cohen_kappa(&[("a", "a"), ("b", "b")]), 1.0);
        near(krippendorff_alpha(&[vec!["a", "a"], vec!["b", "b"]]), 1.0);
    }
}
