//! Misspelt names: one slip away from a place the document knows.
//!
//! In: what the names of a document mean. Out: the same, with names nobody knows that are another's misspelling. Never looks beyond
//! the places of the document itself.

use std::collections::BTreeMap;

use super::gazetteer::Entry;
use super::key::{bare, skeleton};
use super::resolve::{Sense, plain};

/// Longer names are not compared letter by letter.
const MISSPELT_MAX_BYTES: usize = 32;

/// A name nobody knows that is one slip away from a place this document knows is that place, misspelt.
pub(crate) fn near_spellings(chosen: &mut BTreeMap<String, Sense>) {
    let known: Vec<(String, Entry)> = (chosen.iter())
        .filter_map(|(key, sense)| if let Sense::Known(e) = sense { Some((bare(plain(key)), *e)) } else { None })
        .filter(|(key, e)| (5..MISSPELT_MAX_BYTES).contains(&key.len()) && e.kind != "country")
        .take(256)
        .collect();
    for (key, sense) in chosen.iter_mut().filter(|(_, sense)| **sense == Sense::Unknown) {
        let key = bare(plain(key));
        if !(6..MISSPELT_MAX_BYTES).contains(&key.len()) {
            continue;
        }
        let slips = match key.len() {
            ..7 => 0,
            7 | 8 => 1,
            _ => 2,
        };
        let bones = skeleton(&key);
        let like = known.iter().filter(|(other, _)| key.chars().next() == other.chars().next());
        let same = |other: &str| !bones.is_empty() && bones == skeleton(other) || slips_between(&key, other) <= slips;
        let near: Vec<&Entry> = like.filter(|(other, _)| same(other)).map(|(_, e)| e).collect();
        if let [first, rest @ ..] = near.as_slice()
            && rest.iter().all(|e| e.id == first.id)
        {
            *sense = Sense::Known(**first);
        }
    }
}

/// Letters put in, left out, changed or swapped with a neighbour, at least (optimal string alignment).
fn slips_between(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let first = |i: usize| (0..=b.len()).map(|j| if j == 0 { i } else { j }).collect::<Vec<_>>();
    let mut rows: Vec<Vec<usize>> = (0..=a.len()).map(first).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        assert_eq!(slips_between("bukmala", "bukamal"), 2);
        assert_eq!(slips_between("mosul", "mousl"), 1);
        assert_eq!(slips_between("raqqa", "raqaq"), 1);
    }
}
