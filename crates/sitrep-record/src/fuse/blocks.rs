//! Which claims are worth comparing at all.
//!
//! In: gists. Out: the entries a claim stands under, and pairs that stand close together under one key. Claims meet under family ×
//! place or actor, a named operation, near-equal words, in the order of their days; each is compared with those next to it only, so
//! the work grows with the number of claims and not with its square, and a new claim changes only what stands next to it.

use super::gist::Gist;
use crate::keys::fnv;

/// Under one key a claim meets this many before it and as many after it.
pub(crate) const NEIGHBOURS: usize = 48;
/// Pairs to gather before those met twice are dropped and the rest is handed on.
const MANY_PAIRS: usize = 4_000_000;

/// What a pair is looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// Whether both are accounts of one event.
    SameEvent,
    /// How two words about who holds a place stand to each other.
    Holding,
    /// How two words about a movement stand to each other.
    Movement,
}

/// A claim under a key. Entries sort as claims meet: by key, then day, then what else tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// What it stands under.
    pub key: u64,
    /// Its last possible day, and within a day what sorts those of one place or actor together.
    pub order: i64,
    /// The claim's id as a number.
    pub claim: u64,
}

/// A key of 48 bits: two that meet by chance cost a comparison, and each saves two bytes.
pub(crate) fn short(key: u64) -> u64 {
    key >> 16
}

/// Every entry of a claim for one purpose; none when it takes no part.
pub(crate) fn entries(gist: &Gist, purpose: Purpose) -> Vec<Entry> {
    let takes_part = match purpose {
        Purpose::SameEvent => true,
        Purpose::Holding => gist.says.is_some(),
        Purpose::Movement => gist.tells_of_movement,
    };
    if !takes_part {
        return Vec::new();
    }
    let (places, day) = (places(gist), gist.assumed_days().map_or(i32::MIN, |(_, last)| last));
    let kind: &[u8] = match purpose {
        Purpose::SameEvent => gist.family.name.as_bytes(),
        Purpose::Holding => b"#holding",
        Purpose::Movement => b"#movement",
    };
    let of = |by: &[u8], what: u64| fnv(&[kind, by, &what.to_le_bytes()]);
    let sorted_by = |other: Option<u64>| i64::from(day) << 16 | i64::from(other.unwrap_or(0) as u16);
    let at = |key: u64, order: i64| Entry { key: short(key), order, claim: gist.id };
    let (first_place, first_actor) = (places.first().copied(), gist.actors.iter().next());
    let mut found: Vec<Entry> = Vec::new();
    found.extend(places.iter().map(|place| at(of(b"at", *place), sorted_by(first_actor))));
    found.extend(gist.actors.iter().map(|actor| at(of(b"by", actor), sorted_by(first_place))));
    if purpose == Purpose::SameEvent {
        found.extend(smallest_words(gist).into_iter().map(|words| at(of(b"words", words), sorted_by(None))));
        let operation = gist.operation.map(|operation| fnv(&[b"operation", &operation.to_le_bytes()]));
        found.extend(operation.map(|key| at(key, sorted_by(None))));
    }
    found.sort_unstable();
    found.dedup();
    found
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
    let words: Vec<u64> = gist.sentence_words().iter().collect();
    let mut marks: Vec<u64> =
        words.windows(2).map(|two| fnv(&[&two[0].to_le_bytes(), &two[1].to_le_bytes()])).collect();
    marks.sort_unstable();
    marks.truncate(2);
    marks
}

/// Pairs that meet for a purpose, as places in `gists` (which stand in the order of their ids), the lower first. They are handed to
/// `each` in lots, sorted; a pair may come again in a later lot.
pub(crate) fn pairs(gists: &[&Gist], purpose: Purpose, mut each: impl FnMut(&[(u32, u32)])) {
    let mut entries: Vec<(u64, i64, u32)> = Vec::new();
    for (index, gist) in gists.iter().enumerate() {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        // In the order of ids, places sort as ids do.
        entries.extend(self::entries(gist, purpose).into_iter().map(|entry| (entry.key, entry.order, index)));
    }
    entries.sort_unstable();
    let mut lot = Vec::new();
    let mut hand_on = |lot: &mut Vec<(u32, u32)>| {
        lot.sort_unstable();
        lot.dedup();
        each(lot);
        lot.clear();
    };
    for block in entries.chunk_by(|a, b| a.0 == b.0) {
        for (at, &(.., one)) in block.iter().enumerate() {
            let next = block[at + 1..].iter().take(NEIGHBOURS);
            lot.extend(next.map(|&(.., other)| (one.min(other), one.max(other))));
        }
        if lot.len() > MANY_PAIRS {
            hand_on(&mut lot);
        }
    }
    hand_on(&mut lot);
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
        let mut n = 0;
        pairs(&facts.iter().map(|fact| &fact.gist).collect::<Vec<_>>(), Purpose::SameEvent, |lot| n += lot.len());
        n
    }

    #[test]
    fn a_crowd_is_not_compared_with_itself_whole() {
        let (ten, twenty) = (n_pairs(10), n_pairs(20));
        assert!(ten > 1000, "they do meet: {ten}");
        assert!(twenty < ten * 5 / 2, "{ten} pairs among 1,000 claims, {twenty} among 2,000");
        assert!(twenty < 2000 * 4 * NEIGHBOURS);
    }
}
