//! Finds time expressions in a passage: which words, by which rule, with what captured.
//!
//! In: the rules and a text. Out: non-overlapping matches in text order. Never says which day is meant.

use std::collections::BTreeMap;

use regex_automata::util::captures::Captures;
use regex_automata::{Anchored, Input, PatternID};

use super::rules::{Gives, Rule, Rules};

/// The words caught by a rule's named groups.
pub(crate) type Caught<'t> = BTreeMap<&'t str, &'t str>;

/// One match.
#[derive(Debug, Clone)]
pub(crate) struct Found<'t> {
    pub(crate) rule: &'t Rule,
    /// Byte range in the passage.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) caught: Caught<'t>,
    /// The year its neighbour states for both.
    pub(crate) year: Option<i16>,
}

impl Found<'_> {
    /// The year of the common era its own words state, or its neighbour's.
    pub(crate) fn stated_year(&self) -> Option<i16> {
        let own = ["year", "y"].iter().find_map(|g| self.caught.get(g)).filter(|y| y.len() == 4);
        own.and_then(|y| y.parse().ok()).or(self.year)
    }
}

/// All expressions of `text`: of overlapping matches the longest, of equally long ones the first rule's.
pub(crate) fn find<'t>(rules: &'t Rules, text: &'t str, bc: bool) -> Vec<Found<'t>> {
    let mut all = Vec::new();
    for (order, stretch) in rules.triggers.stretches(text) {
        let rule = &rules.rules[order];
        if rule.only_bc && !bc {
            continue;
        }
        let mut captures: Option<Captures> = None;
        let mut at = stretch.start;
        while let Some(found) = rule.regex.search(&Input::new(text).range(at..stretch.end)) {
            at = found.end().max(at + 1);
            let captures = captures.get_or_insert_with(|| rule.regex.create_captures());
            rule.regex.search_captures(&Input::new(text).range(found.range()).anchored(Anchored::Yes), captures);
            let x = captures.get_group_by_name("x").map_or(found.range(), |x| x.range());
            if x.is_empty() || !rule.neighbours.allow(text, x.start.min(found.start()), x.end) {
                continue;
            }
            let caught: Caught<'t> = (rule.regex.group_info().pattern_names(PatternID::ZERO).enumerate())
                .filter_map(|(group, name)| Some((name?, &text[captures.get_group(group)?.range()])))
                .collect();
            all.push((x.len(), order, x, pair(captures), caught));
        }
    }
    all.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.start.cmp(&b.2.start)));
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (_, order, range, parts, caught) in all {
        let clash = taken.range(..range.end).next_back().is_some_and(|(_, end)| *end > range.start);
        if clash {
            continue;
        }
        taken.insert(range.start, range.end);
        let rule = &rules.rules[order];
        match (rule.gives, parts) {
            (Gives::Pair | Gives::Years | Gives::Lengths, Some((first, second))) => {
                found.push(Found { rule, start: first.start, end: first.end, caught: caught.clone(), year: None });
                found.push(Found { rule, start: second.start, end: second.end, caught: seconds(caught), year: None });
            }
            _ => found.push(Found { rule, start: range.start, end: range.end, caught, year: None }),
        }
    }
    found.sort_by_key(|f| f.start);
    found
}

type Range = std::ops::Range<usize>;

fn pair(captures: &Captures) -> Option<(Range, Range)> {
    Some((captures.get_group_by_name("first")?.range(), captures.get_group_by_name("second")?.range()))
}

/// The captures of the second half of a pair: `dom2` speaks for `dom`.
fn seconds(mut caught: Caught<'_>) -> Caught<'_> {
    for (first, second) in [("dom", "dom2"), ("month", "month2"), ("first", "second"), ("n", "n2")] {
        if let Some(word) = caught.get(second).copied() {
            caught.insert(first, word);
        }
    }
    caught
}
