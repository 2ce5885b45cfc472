//! Are two claims accounts of one event? And which claims together?
//!
//! In: gists, sorted by claim id. Out: groups of indices. Some things forbid (days apart, other places, a moved front line, real
//! against foreseen); the rest is weighed in whole points. Groups grow from the surest pair down, and never take in a member
//! that is forbidden with any other, so the answer does not depend on the order of arrival.

use std::collections::BTreeMap;

use super::candidates::same_event_pairs;
use super::gist::{Gist, Reality};
use super::tied::Tied;
use crate::names::PlaceMatch;

/// Points from which two claims are one event.
const ENOUGH: i32 = 7;
/// Points from which they are perhaps one.
const NEARLY: i32 = 5;
/// Pairs that an analyst ties come first, those that a text ties next.
const BY_RULING: i32 = i32::MIN;
const BY_TEXT: i32 = i32::MIN + 1;
/// Publication of two undated accounts of one event lies within so many days.
const UNDATED_APART_DAYS: i32 = 14;
/// A dated event and an undated account of it lie within so many days.
const RETOLD_AFTER_DAYS: i32 = 60;

/// What comparing two claims says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Not one event, whatever else agrees.
    Never,
    /// So many points for one event.
    Points(i32),
}

/// Groups of accounts, and pairs of groups that are perhaps one.
pub(crate) struct Groups {
    /// Indices of gists, each group in order, groups by their first.
    pub groups: Vec<Vec<usize>>,
    /// Pairs of gists that nearly made it.
    pub nearly: Vec<(usize, usize)>,
}

/// Groups `gists` into events. `bound` are pairs that a text itself ties together, `tied` what an analyst ties or tells apart: that
/// goes before all else.
pub(crate) fn group(gists: &[&Gist], bound: &[(usize, usize)], tied: &Tied) -> Groups {
    let mut edges: Vec<(i32, usize, usize)> = Vec::new();
    let mut nearly = Vec::new();
    for (one, other) in same_event_pairs(gists) {
        let (one, other) = (one as usize, other as usize);
        match compare(gists[one], gists[other]) {
            Verdict::Points(points) if points >= ENOUGH => edges.push((-points, one, other)),
            Verdict::Points(points) if points >= NEARLY => nearly.push((one, other)),
            _ => {}
        }
    }
    edges.extend(tied.bound.iter().map(|&(one, other)| (BY_RULING, one.min(other), one.max(other))));
    edges.extend(bound.iter().map(|&(one, other)| (BY_TEXT, one.min(other), one.max(other))));
    edges.sort_unstable();
    let mut group_of: Vec<usize> = (0..gists.len()).collect();
    let mut members: BTreeMap<usize, Vec<usize>> = (0..gists.len()).map(|i| (i, vec![i])).collect();
    for (points, one, other) in edges {
        let (a, b) = (group_of[one].min(group_of[other]), group_of[one].max(group_of[other]));
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
    nearly.retain(|&(one, other)| group_of[one] != group_of[other]);
    nearly.sort_unstable();
    Groups { groups: members.into_values().collect(), nearly }
}

fn may_join(gists: &[&Gist], a: &[usize], b: &[usize]) -> bool {
    a.iter().all(|&one| b.iter().all(|&other| compare(gists[one], gists[other]) != Verdict::Never))
}

/// Compares two claims.
pub(crate) fn compare(a: &Gist, b: &Gist) -> Verdict {
    if a.reality == Reality::Foreseen || b.reality == Reality::Foreseen {
        return Verdict::Never;
    }
    // A named operation is one operation, whatever date and wording each report gives it; the date is then in dispute.
    if let (Some(one), Some(other)) = (&a.operation, &b.operation) {
        let of_operation = |fact: &Gist| fact.event().family() == "operation" || fact.is(&["attack"]);
        return match one == other && of_operation(a) && of_operation(b) {
            true => Verdict::Points(ENOUGH + 6),
            false if one == other && a.family == b.family => Verdict::Points(ENOUGH),
            false => Verdict::Never,
        };
    }
    // One account names the operation and the other does not: only a shared day, place and actor, or the same words, make
    // them one.
    let half_named = a.operation.is_some() != b.operation.is_some();
    if a.reality != b.reality || a.family != b.family || apart_in_amount(a, b) || are_two_takings(a, b) {
        return Verdict::Never;
    }
    let (Some(date), Some(place)) = (date_points(a, b), place_points(a, b)) else { return Verdict::Never };
    let (actors, targets) = (actor_points(a, b), target_points(a, b));
    let words = word_points(a, b);
    if half_named && words < 4 && !(date == 3 && place >= 2 && actors >= 2) {
        return Verdict::Never;
    }
    let leaf = if a.event() == b.event() { 2 } else { 1 };
    let once = if a.family.once && place == 3 { 2 } else { 0 };
    let firm = [place >= 2, date >= 2, actors >= 2, words >= 3, once > 0].iter().filter(|is| **is).count();
    let place = place + once;
    // How things stand at two places, or at one not given, is not one state unless the words say so.
    let placeless_state = a.family.state && place < 2 && words < 4;
    if firm < 2 || (a.family.repeats && date < 2 && words < 3) || placeless_state {
        return Verdict::Points((leaf + date + place + actors + targets + words).min(ENOUGH - 1));
    }
    Verdict::Points(leaf + date + place + actors + targets + words)
}

/// Whether two rival parties each took the place: one took it again, or the days are not given as the same one. Rival claims to
/// one taking name one day; a town that changes hands within days is taken twice.
fn are_two_takings(a: &Gist, b: &Gist) -> bool {
    if !a.family.once || a.actors.is_empty() || b.actors.is_empty() || a.shares_actor(b) {
        return false;
    }
    let day = |fact: &Gist| fact.days.last.or(fact.published);
    let one_day = day(a).zip(day(b)).is_none_or(|(one, other)| one == other);
    !one_day && (a.again != b.again || a.is_listed && b.is_listed)
}

/// Whether the two tell different distances of a thing that moves: a later state, not another account of this one.
fn apart_in_amount(a: &Gist, b: &Gist) -> bool {
    let apart = |(one, other): (f64, f64)| (one - other).abs() > 0.05 * one.max(other);
    a.family.moves && a.distance_km().zip(b.distance_km()).is_some_and(apart)
}

/// 3 the same day · 2 within one span of days · 1 not ruled out by days given · 0 unknown, or a day apart where that happens.
fn date_points(a: &Gist, b: &Gist) -> Option<i32> {
    let (one, other) = (a.days, b.days);
    let is_dated = |days: super::gist::Days| days.first.is_some() || days.last.is_some();
    if a.event().as_str() == "static.location" {
        return Some(0);
    }
    match (is_dated(one), is_dated(other)) {
        (true, true) => {}
        (true, false) => return undated_points(one, b.published),
        (false, true) => return undated_points(other, a.published),
        (false, false) => {
            let apart = a.published.zip(b.published).map_or(0, |(one, other)| (one - other).abs());
            return (apart <= UNDATED_APART_DAYS).then_some(0);
        }
    }
    let first = one.first.unwrap_or(i32::MIN).max(other.first.unwrap_or(i32::MIN));
    let last = one.last.unwrap_or(i32::MAX).min(other.last.unwrap_or(i32::MAX));
    if first > last {
        return (first.saturating_sub(last) <= a.family.slack_days).then_some(0);
    }
    // "By the 9th" is told of what lies shortly before it, not of years ago.
    let long_before = |open: super::gist::Days, other: super::gist::Days| {
        open.first.is_none()
            && open.last.zip(other.last).is_some_and(|(by, day)| day < by.saturating_sub(RETOLD_AFTER_DAYS))
    };
    if long_before(one, other) || long_before(other, one) {
        return None;
    }
    let day = |days: super::gist::Days| days.first.filter(|first| Some(*first) == days.last);
    let closed = [one.first, one.last, other.first, other.last].iter().all(Option::is_some);
    Some(match (day(one), day(other)) {
        (Some(one), Some(other)) if one == other => 3,
        _ if closed && (a.family.state || last - first <= 7) => 2,
        _ => 1,
    })
}

fn undated_points(days: super::gist::Days, published: Option<i32>) -> Option<i32> {
    let Some(published) = published else { return Some(0) };
    let after = days.first.is_some_and(|first| first > published.saturating_add(1));
    let long_before = days.last.is_some_and(|last| last < published.saturating_sub(RETOLD_AFTER_DAYS));
    (!after && !long_before).then_some(0)
}

fn place_points(a: &Gist, b: &Gist) -> Option<i32> {
    // What is being attacked or reached may stand as the goal in one account and as the place in the other.
    let crossed = || a.at.compare(&b.toward).max(a.toward.compare(&b.at)) == PlaceMatch::Same;
    match a.at.compare(&b.at) {
        PlaceMatch::Same if a.event().as_str() == "static.location" => match (&a.at.lies, &b.at.lies) {
            // Told by the same other place, it is one fact; another distance is then in dispute.
            (Some(one), Some(other)) => (one.0 == other.0).then_some(6),
            _ => Some(if a.at.distance_km.is_some() && b.at.distance_km.is_some() { 6 } else { 3 }),
        },
        // "In the country" narrows nothing down.
        PlaceMatch::Same if a.at.wide || b.at.wide => Some(1),
        PlaceMatch::Same => Some(3),
        // "45 km away" and "45 km west": the one only says less.
        PlaceMatch::Near if a.at.distance_km.is_some() && b.at.distance_km.is_some() => Some(2),
        PlaceMatch::Near => Some(if a.at.same_base(&b.at) || a.at.wide || b.at.wide { 0 } else { 1 }),
        PlaceMatch::Unknown => Some(if crossed() { 2 } else { 0 }),
        PlaceMatch::Different => crossed().then_some(1),
    }
}

/// 3 a shared actor · 2 one's body is the other's · 0 unknown · −2 others.
fn actor_points(a: &Gist, b: &Gist) -> i32 {
    if a.actors.is_empty() || b.actors.is_empty() {
        return 0;
    }
    if !a.actors.is_disjoint(&b.actors) {
        return 3;
    }
    // In a clash without an attacker, either report may put either side first.
    let crossed = !a.actors.is_disjoint(&b.targets) && !b.actors.is_disjoint(&a.targets);
    match (a.shares_actor(b) || crossed, a.family.open_actor) {
        (true, _) => 2,
        (false, true) => 0,
        (false, false) => -2,
    }
}

fn target_points(a: &Gist, b: &Gist) -> i32 {
    match (a.targets.is_empty() || b.targets.is_empty(), a.targets.is_disjoint(&b.targets)) {
        (true, _) => 0,
        (false, false) => 2,
        (false, true) => -1,
    }
}

/// 0 to 4 by the likeness of passage or sentence. Two passages of one sentence are compared by themselves alone.
fn word_points(a: &Gist, b: &Gist) -> i32 {
    let quotes = a.quote_words.likeness_percent(&b.quote_words);
    let sentences = match a.same_sentence(b) {
        true => 0,
        false => a.sentence_words.likeness_percent(&b.sentence_words),
    };
    match quotes.max(sentences) {
        60.. => 4,
        40..60 => 3,
        25..40 => 1,
        _ => 0,
    }
}
