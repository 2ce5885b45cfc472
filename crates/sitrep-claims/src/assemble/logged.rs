//! Entries of logs and lists: "0730 Ostrel: car bomb at a checkpoint", "- Varnesh: 651 houses destroyed". What an entry is headed with
//! says where and on which day its deeds happened, unless they say so themselves.
//!
//! In: what is told, in text order. Out: the same, some with the place of their entry's heading and the day of the log. Takes a place
//! only from a heading without a verb, a day only where several entries begin with an hour. Comments have no headings.

use jiff::civil::Date;
use sitrep_model::{Anchor, Place, Time, TimexType};

use crate::actors::Scene;
use crate::assemble::Told;
use crate::attach::place::resolve;
use crate::attach::time::{Clock, From};
use crate::place::PlaceUse;
use crate::tree::Tree;

/// How many tokens a heading has at most.
const LONGEST: usize = 14;
/// How many entries that begin with an hour make a log.
const ENTRIES: usize = 3;
/// How many passages at the head of a document may name the log's day.
const TITLE: usize = 3;

/// Where the entries of every passage begin, by token.
pub(super) struct Entries {
    starts: Vec<Vec<usize>>,
    /// Several entries begin with an hour.
    log: bool,
}

impl Entries {
    pub(super) fn new(scene: &Scene<'_>) -> Entries {
        let starts: Vec<Vec<usize>> = scene.trees.iter().map(starts).collect();
        let hours =
            starts.iter().zip(scene.trees).flat_map(|(starts, tree)| starts.iter().filter(|&&at| timed(tree, at)));
        let log = hours.count() >= ENTRIES;
        Entries { starts, log }
    }

    /// The first token of the entry that token `i` stands in; 0 before the first.
    pub(super) fn of(&self, passage: usize, i: usize) -> usize {
        let starts = &self.starts[passage];
        starts[..starts.partition_point(|&at| at <= i)].last().copied().unwrap_or(0)
    }
}

/// The lines and sentences of a passage that begin an entry: with an hour or a bullet.
fn starts(tree: &Tree<'_>) -> Vec<usize> {
    let line = |i: usize| i > 0 && tree.raw(i - 1).contains('\n');
    let sentence = |i: usize| i == 0 || tree.sentence(i - 1) != tree.sentence(i);
    let bullet = |i: usize| matches!(tree.raw(i), "-" | "*" | "•" | "·" | "–");
    (0..tree.len()).filter(|&i| (line(i) || sentence(i)) && (bullet(i) || timed(tree, i))).collect()
}

/// Gives the deeds of an entry the place and the day it is headed with.
pub(super) fn enter(scene: &Scene<'_>, told: &mut [Told], clock: &Clock, entries: &Entries) {
    let day = if entries.log { day_of(scene, clock, entries) } else { None };
    let mut heading: (usize, usize, Option<Place>) = (usize::MAX, 0, None);
    for one in told {
        let passage = one.deed.passage;
        let tree = &scene.trees[passage];
        if tree.passage.comment.is_some() || one.deed.event.family() == "statement" {
            continue;
        }
        let start = entries.of(passage, one.deed.trigger);
        let hour = entries.log && timed(tree, start);
        if (heading.0, heading.1) != (passage, start) {
            heading = (passage, start, headed(scene, passage, start, hour));
        }
        // "a checkpoint", "a mosque": what has no name is where the heading says.
        let vague = |place: &Place| place.lat.is_none() && !place.text.contains(char::is_uppercase);
        let placeless = one.places.place.as_ref().is_none_or(vague)
            && one.places.origin.is_none()
            && one.places.destination.is_none();
        if placeless
            && !one.mood.future
            && let Some(place) = &heading.2
        {
            one.places.place = Some(place.clone());
            one.places.carried = true;
        }
        // "1140 Poltava": the hour is no year.
        let misread = |time: &Time| time.text.as_deref().is_some_and(|text| hour_at(tree, start) == Some(text.trim()));
        let unsaid = |time: &Time| time.from.is_none() && time.anchor == Anchor::Published || hour && misread(time);
        let open = one.time.as_ref().is_none_or(|(time, _)| unsaid(time));
        if let Some(day) = day.filter(|_| hour && open && !one.mood.future) {
            one.time = Some((on(day), From::Narrative));
        }
    }
}

/// Whether the entry that begins at `start` has its hour first: "0730", "* 1145,".
fn timed(tree: &Tree<'_>, start: usize) -> bool {
    hour_at(tree, start).is_some()
}

/// The hour the entry that begins at `start` has first.
fn hour_at<'t>(tree: &'t Tree<'_>, start: usize) -> Option<&'t str> {
    let word = |i: &usize| tree.raw(*i).starts_with(|c: char| c.is_alphanumeric());
    let first = (start..tree.len().min(start + 3)).find(word)?;
    Some(tree.raw(first)).filter(|word| hour(word))
}

fn hour(word: &str) -> bool {
    let digits: String = word.trim_end_matches(['h', 'H', 'Z', 'L']).replace([':', '.'], "");
    let value = digits.parse::<u32>().ok().filter(|_| (3..=4).contains(&digits.len()));
    let apart = word.contains(':') || digits.len() == 4;
    apart && value.is_some_and(|n| n / 100 < 24 && n % 100 < 60)
}

/// The one day the log's title names, or the day it was written.
fn day_of(scene: &Scene<'_>, clock: &Clock, entries: &Entries) -> Option<Date> {
    let first = entries.starts.iter().position(|starts| !starts.is_empty()).unwrap_or(0);
    let before = |at: usize, token: usize| at < first || entries.starts[at].first().is_none_or(|&start| token < start);
    let title = scene.times.iter().enumerate().take(first.clamp(1, TITLE) + 1);
    let title = title.flat_map(|(at, times)| times.iter().filter(move |m| before(at, m.first)));
    let mut days: Vec<Date> = title.filter_map(|m| m.time.from.filter(|_| m.time.from == m.time.to)).collect();
    days.sort_unstable();
    days.dedup();
    match days.as_slice() {
        [] => clock.written,
        [day] => Some(*day),
        _ => None,
    }
}

/// The place in the heading of a passage: names and figures up to a colon or a full stop, no verb among them.
fn headed(scene: &Scene<'_>, passage: usize, start: usize, entry: bool) -> Option<Place> {
    let tree = &scene.trees[passage];
    let end = (start..tree.len().min(start + LONGEST)).find(|&i| {
        let stop = matches!(tree.word(i), "." | "–" | "—") && i > start && tree.raw(i - 1).chars().count() > 2;
        tree.word(i) == ":" || stop && i + 1 < tree.len()
    })?;
    let plain = |i: usize| {
        let word = tree.raw(i);
        let name = tree.is_noun(i) || word.starts_with(char::is_uppercase);
        name || !word.starts_with(char::is_alphabetic)
            || matches!(
                tree.word(i),
                "of" | "the" | "and" | "near" | "district" | "province" | "north" | "south" | "east" | "west"
            )
            || word.chars().count() == 1
    };
    if !(start..end).all(plain) {
        return None;
    }
    let mentions = &scene.places[passage];
    let first =
        mentions.iter().find(|m| m.usage == PlaceUse::Literal && !m.anchor_only && m.first >= start && m.end <= end);
    let last = end.checked_sub(1)?;
    let Some(first) = first else {
        // "0810 Karrada: two bombs": in a log a name after the hour is a place, whether a gazetteer knows it or not.
        let named = tree.is_proper(last) && scene.hit(passage, last).is_none();
        let unlisted = scene.lexicon.classes.of(tree.lemma(last)).is_empty();
        return if entry && named && unlisted { resolve(scene, passage, last) } else { None };
    };
    // "Army statement: ", "Kabul police: ": who speaks, not where.
    let names = scene.hit(passage, first.head).is_none() && tree.raw(first.head).starts_with(char::is_uppercase);
    let speaks = scene.is_actor(passage, last) && scene.place_at(passage, last).is_none();
    (names && !speaks).then(|| first.place.clone())
}

/// That day.
fn on(day: Date) -> Time {
    Time {
        text: None,
        kind: TimexType::Date,
        value: day.to_string(),
        modifier: None,
        from: Some(day),
        to: Some(day),
        anchor: Anchor::Previous,
        precision: crate::when::precision(Some(day), Some(day)),
    }
}
