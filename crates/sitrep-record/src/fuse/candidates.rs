//! Which claims are worth comparing at all.
//!
//! In: facts. Out: pairs of indices, each once, in order. Claims meet in blocks (family × place or actor × fortnight, a named
//! operation, near-equal words); in a crowded block each meets only its neighbours in time, so the work grows with the number
//! of claims and not with its square.

use std::collections::{BTreeMap, BTreeSet};

use super::fact::Fact;

/// In a crowded block each claim meets this many that follow it in time.
const NEIGHBOURS: usize = 48;
/// A claim that may lie anywhere in a long span is entered under its last weeks only.
const WEEKS_AT_MOST: i32 = 6;

type Blocks = BTreeMap<String, Vec<usize>>;

/// Pairs that may be accounts of one event.
pub(crate) fn same_event_pairs(facts: &[Fact<'_>]) -> BTreeSet<(usize, usize)> {
    let mut blocks = Blocks::new();
    for (index, fact) in facts.iter().enumerate() {
        let family = &fact.family.name;
        let mut put = |key: String| blocks.entry(key).or_default().push(index);
        if let Some(operation) = &fact.operation {
            put(format!("operation {operation}"));
        }
        for words in smallest_words(fact) {
            put(format!("{family} words {words}"));
        }
        for week in weeks(fact) {
            for place in places(fact) {
                put(format!("{family} {place} {week}"));
            }
            for actor in &fact.actors {
                put(format!("{family} by {actor} {week}"));
            }
        }
    }
    pairs(facts, blocks)
}

/// Pairs that may bear on each other without being one event: same place or same actor, near in time.
pub(crate) fn bearing_pairs(facts: &[Fact<'_>], wanted: impl Fn(&Fact<'_>) -> bool) -> BTreeSet<(usize, usize)> {
    let mut blocks = Blocks::new();
    for (index, fact) in facts.iter().enumerate().filter(|(_, fact)| wanted(fact)) {
        for week in weeks(fact) {
            for place in places(fact) {
                blocks.entry(format!("{place} {week}")).or_default().push(index);
            }
            for actor in &fact.actors {
                blocks.entry(format!("by {actor} {week}")).or_default().push(index);
            }
        }
    }
    pairs(facts, blocks)
}

/// The weeks a claim is entered under, and the one after each, so that neighbours across a Sunday meet.
fn weeks(fact: &Fact<'_>) -> Vec<i32> {
    let Some((first, last)) = fact.assumed_days() else { return vec![i32::MIN] };
    let slack = fact.family.slack_days;
    let (first, last) = (first.saturating_sub(slack).div_euclid(7), last.saturating_add(slack).div_euclid(7));
    let first = first.max(last.saturating_sub(WEEKS_AT_MOST)).min(last);
    (first..=last.saturating_add(1)).collect()
}

/// The places a claim is entered under: names, and the two overlapping cells of a grid its point falls in.
fn places(fact: &Fact<'_>) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for place in [&fact.at, &fact.toward] {
        keys.extend(place.names.iter().map(|name| format!("at {name}")));
        if let Some((lat, lon)) = place.point.filter(|_| !place.wide) {
            let cell = |shift: f64| {
                format!("cell {shift} {:.0} {:.0}", (lat * 4.0 + shift).floor(), (lon * 4.0 + shift).floor())
            };
            keys.extend([cell(0.0), cell(0.5)]);
        }
    }
    keys
}

/// Two marks that near-copies of a passage share: the smallest hashes among its content words taken two by two.
fn smallest_words(fact: &Fact<'_>) -> Vec<u64> {
    let words: Vec<&String> = fact.sentence_words.iter().collect();
    let mut marks: Vec<u64> = words.windows(2).map(|two| fnv(&[two[0].as_bytes(), two[1].as_bytes()])).collect();
    marks.sort_unstable();
    marks.truncate(2);
    marks
}

/// FNV-1a: the same on every machine, unlike the library's own hasher.
pub(super) fn fnv(parts: &[&[u8]]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.iter().flat_map(|part| part.iter().chain(&[0])) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

fn pairs(facts: &[Fact<'_>], blocks: Blocks) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    for mut block in blocks.into_values() {
        block.sort_by_key(|&index| (facts[index].assumed_days(), &facts[index].claim.claim_id));
        block.dedup();
        for (at, &one) in block.iter().enumerate() {
            for &other in block[at + 1..].iter().take(NEIGHBOURS) {
                pairs.insert((one.min(other), one.max(other)));
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{Says, report};

    /// Air strikes on two towns in one month, 100 a report, each outlet telling its own.
    fn n_pairs(n_reports: usize) -> usize {
        let lines: Vec<String> = (0..100).map(|n| format!("Strike {n} was told of at length by the desk.")).collect();
        let lines: Vec<(&str, &str)> = lines.iter().map(|line| ("air_strike", line.as_str())).collect();
        let mut reports = Vec::new();
        for number in 0..n_reports {
            let mut one = report(&format!("Outlet {number}"), "2031-05-20", &lines);
            for (at, claim) in one.claims.iter_mut().enumerate() {
                claim.by(&["Air Force"]).at(["Varnesh", "Korma"][at % 2]).on(&format!("2031-05-{:02}", 1 + at % 18));
            }
            reports.push(one);
        }
        let facts: Vec<Fact<'_>> =
            reports.iter().flat_map(|r| r.claims.iter().map(|claim| Fact::new(claim, Some(&r.document)))).collect();
        same_event_pairs(&facts).len()
    }

    #[test]
    fn a_crowd_is_not_compared_with_itself_whole() {
        let (ten, twenty) = (n_pairs(10), n_pairs(20));
        assert!(ten > 1000, "they do meet: {ten}");
        assert!(twenty < ten * 5 / 2, "{ten} pairs among 1,000 claims, {twenty} among 2,000");
        assert!(twenty < 2000 * 4 * NEIGHBOURS);
    }
}
