//! Which claims are worth comparing at all.
//!
//! In: gists. Out: pairs of indices, each once, in order. Claims meet in blocks (family × place or actor × fortnight, a named
//! operation, near-equal words); in a crowded block each meets only its neighbours in time, so the work grows with the number
//! of claims and not with its square.

use super::gist::Gist;
use crate::keys::fnv;

/// In a crowded block each claim meets this many that follow it in time.
const NEIGHBOURS: usize = 48;
/// Pairs to gather before those met twice are dropped.
const MANY_PAIRS: usize = 4_000_000;
/// A claim that may lie anywhere in a long span is entered under its last weeks only.
const WEEKS_AT_MOST: i32 = 6;

/// A claim under a block: the block's key, the claim's index.
type Entry = (u64, u32);

/// Pairs that may be accounts of one event, the lower index first, each once, in order.
pub(crate) fn same_event_pairs(gists: &[&Gist]) -> Vec<(u32, u32)> {
    let mut entries: Vec<Entry> = Vec::new();
    for (index, gist) in numbered(gists) {
        entries.extend(same_event_blocks(gist).into_iter().map(|block| (block, index)));
    }
    pairs(gists, entries)
}

/// Pairs that may bear on each other without being one event: same place or same actor, near in time.
pub(crate) fn bearing_pairs(gists: &[&Gist], wanted: impl Fn(usize) -> bool) -> Vec<(u32, u32)> {
    let mut entries: Vec<Entry> = Vec::new();
    for (index, gist) in numbered(gists).filter(|(index, _)| wanted(*index as usize)) {
        entries.extend(bearing_blocks(gist).into_iter().map(|block| (block, index)));
    }
    pairs(gists, entries)
}

fn numbered<'g>(gists: &[&'g Gist]) -> impl Iterator<Item = (u32, &'g Gist)> {
    gists.iter().enumerate().map(|(index, gist)| (u32::try_from(index).unwrap_or(u32::MAX), *gist))
}

/// Keys of the blocks in which a claim meets those that may tell the same event.
fn same_event_blocks(gist: &Gist) -> Vec<u64> {
    let family = &[&b"family"[..], gist.family.name.as_bytes()];
    let of = |kind: &[u8], what: u64, week: i32| {
        fnv(&[family[0], family[1], kind, &what.to_le_bytes(), &week.to_le_bytes()])
    };
    let mut blocks: Vec<u64> = Vec::new();
    blocks.extend(gist.operation.map(|operation| fnv(&[b"operation", &operation.to_le_bytes()])));
    blocks.extend(smallest_words(gist).into_iter().map(|words| of(b"words", words, 0)));
    let places = places(gist);
    for week in weeks(gist) {
        blocks.extend(places.iter().map(|place| of(b"at", *place, week)));
        blocks.extend(gist.actors.iter().map(|actor| of(b"by", actor, week)));
    }
    blocks
}

fn bearing_blocks(gist: &Gist) -> Vec<u64> {
    let of = |kind: &[u8], what: u64, week: i32| fnv(&[b"bearing", kind, &what.to_le_bytes(), &week.to_le_bytes()]);
    let mut blocks: Vec<u64> = Vec::new();
    let places = places(gist);
    for week in weeks(gist) {
        blocks.extend(places.iter().map(|place| of(b"at", *place, week)));
        blocks.extend(gist.actors.iter().map(|actor| of(b"by", actor, week)));
    }
    blocks
}

/// The weeks a claim is entered under, and the one after each, so that neighbours across a Sunday meet.
fn weeks(gist: &Gist) -> Vec<i32> {
    let Some((first, last)) = gist.assumed_days() else { return vec![i32::MIN] };
    let slack = gist.family.slack_days;
    let (first, last) = (first.saturating_sub(slack).div_euclid(7), last.saturating_add(slack).div_euclid(7));
    let first = first.max(last.saturating_sub(WEEKS_AT_MOST)).min(last);
    (first..=last.saturating_add(1)).collect()
}

/// The places a claim is entered under: names, and the two overlapping cells of a grid its point falls in.
fn places(gist: &Gist) -> Vec<u64> {
    let mut keys = Vec::new();
    for place in [&gist.at, &gist.toward] {
        keys.extend(place.names.iter());
        if let Some((lat, lon)) = place.point.filter(|_| !place.wide) {
            let part = |degrees: f64, shift: f64| ((degrees * 4.0 + shift).floor() as i32).to_le_bytes();
            let cell = |shift: f64| fnv(&[b"cell", &part(shift, 0.0), &part(lat, shift), &part(lon, shift)]);
            keys.extend([cell(0.0), cell(0.5)]);
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Two marks that near-copies of a passage share: the smallest hashes among its content words taken two by two.
fn smallest_words(gist: &Gist) -> Vec<u64> {
    let words: Vec<u64> = gist.sentence_words.iter().collect();
    let mut marks: Vec<u64> =
        words.windows(2).map(|two| fnv(&[&two[0].to_le_bytes(), &two[1].to_le_bytes()])).collect();
    marks.sort_unstable();
    marks.truncate(2);
    marks
}

fn pairs(gists: &[&Gist], mut entries: Vec<Entry>) -> Vec<(u32, u32)> {
    entries.sort_unstable();
    entries.dedup();
    let (mut pairs, mut full) = (Vec::new(), MANY_PAIRS);
    for block in entries.chunk_by_mut(|a, b| a.0 == b.0) {
        if block.len() > NEIGHBOURS {
            block.sort_by_key(|&(_, index)| (gists[index as usize].assumed_days(), index));
        }
        for (at, &(_, one)) in block.iter().enumerate() {
            pairs.extend(block[at + 1..].iter().take(NEIGHBOURS).map(|&(_, other)| (one.min(other), one.max(other))));
        }
        // The same two meet in several blocks; most are dropped before they pile up.
        if pairs.len() > full {
            pairs.sort_unstable();
            pairs.dedup();
            full = MANY_PAIRS.max(pairs.len() * 2);
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuse::fact::Fact;
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
        same_event_pairs(&facts.iter().map(|fact| &fact.gist).collect::<Vec<_>>()).len()
    }

    #[test]
    fn a_crowd_is_not_compared_with_itself_whole() {
        let (ten, twenty) = (n_pairs(10), n_pairs(20));
        assert!(ten > 1000, "they do meet: {ten}");
        assert!(twenty < ten * 5 / 2, "{ten} pairs among 1,000 claims, {twenty} among 2,000");
        assert!(twenty < 2000 * 4 * NEIGHBOURS);
    }
}
