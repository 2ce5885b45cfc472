//! How many events pass with each value of each facet.
//!
//! In: lines and the parts of the filter each fails. Out: [`Facet`]s. A value is counted under all other filters, so that choosing a
//! second value of the same facet widens what passes.

use sitrep::model::{AttributionType, EventType, Status, Voice};

use super::{Board, Line, NO_EVENT, part};
use crate::answers::{Facet, FacetValue};
use crate::query::Wanted;

/// Values shown of a facet.
const MOST_VALUES: usize = 40;

/// Events with a value, and the last one counted: an event's lines stand together.
#[derive(Debug, Clone, Copy)]
struct Count {
    n: usize,
    last: u32,
}

/// Counts of one facet.
#[derive(Debug, Clone)]
struct Counter {
    part: u16,
    name: &'static str,
    counts: Vec<Count>,
}

impl Counter {
    fn new(part: u16, name: &'static str, n_values: usize) -> Counter {
        Counter { part, name, counts: vec![Count { n: 0, last: NO_EVENT }; n_values] }
    }

    fn add(&mut self, value: usize, event: u32) {
        if let Some(count) = self.counts.get_mut(value).filter(|count| count.last != event) {
            *count = Count { n: count.n + 1, last: event };
        }
    }
}

/// Counts of every facet.
#[derive(Debug)]
pub(super) struct Counts {
    counters: [Counter; 8],
}

const CERTAINTIES: usize = 8;

fn of_certainty(value: Option<i8>) -> usize {
    value.map_or(0, |value| usize::from((value.clamp(-3, 3) + 4).unsigned_abs()))
}

fn at<T: PartialEq>(all: &[T], value: &T) -> usize {
    all.iter().position(|it| it == value).unwrap_or(usize::MAX)
}

impl Counts {
    pub(super) fn new(board: &Board) -> Counts {
        Counts {
            counters: [
                Counter::new(part::TYPE, "type", EventType::LEAVES.len()),
                Counter::new(part::PLACE, "place", board.places.len()),
                Counter::new(part::ACTOR, "actor", board.actors.len()),
                Counter::new(part::SOURCE, "source", board.sources.len()),
                Counter::new(part::ATTRIBUTION, "attribution", AttributionType::ALL.len()),
                Counter::new(part::CERTAINTY, "certainty", CERTAINTIES),
                Counter::new(part::STATUS, "status", Status::ALL.len()),
                Counter::new(part::VOICE, "voice", Voice::ALL.len()),
            ],
        }
    }

    pub(super) fn count(&mut self, board: &Board, line: &Line, failed: u16) {
        if line.event == NO_EVENT {
            return;
        }
        for counter in &mut self.counters {
            if failed & !counter.part != 0 {
                continue;
            }
            let many = match counter.part {
                part::PLACE => board.places.facet(line.places),
                part::ACTOR => board.actors.facet(line.actors),
                part::SOURCE => board.sources.facet(line.sources),
                _ => &[],
            };
            many.iter().for_each(|value| counter.add(*value as usize, line.event));
            let one = match counter.part {
                part::TYPE => line.kind.row(),
                part::ATTRIBUTION => at(AttributionType::ALL, &line.attribution),
                part::CERTAINTY => of_certainty(line.certainty),
                part::STATUS => at(Status::ALL, &line.status),
                part::VOICE => at(Voice::ALL, &line.voice),
                _ => continue,
            };
            counter.add(one, line.event);
        }
    }

    /// Takes the counts of one facet from others.
    pub(super) fn take_own(&mut self, part: u16, from: &Counts) {
        if let Some(at) = self.counters.iter().position(|counter| counter.part == part) {
            self.counters[at] = from.counters[at].clone();
        }
    }

    /// The facets: values most events have first; chosen ones always among them.
    pub(super) fn facets(self, board: &Board, wanted: &Wanted) -> Vec<Facet> {
        self.counters.into_iter().map(|counter| facet(&counter, board, wanted)).collect()
    }
}

fn facet(counter: &Counter, board: &Board, wanted: &Wanted) -> Facet {
    let value = |(number, count): (usize, &Count)| {
        let (value, chosen) = value(counter.part, number, board, wanted);
        FacetValue { label: value.clone(), value, n: count.n, chosen }
    };
    let mut values: Vec<FacetValue> = counter.counts.iter().enumerate().map(value).collect();
    values.retain(|it| it.n > 0 || it.chosen);
    values.sort_by(|a, b| (b.chosen, b.n, &a.value).cmp(&(a.chosen, a.n, &b.value)));
    let n_chosen = values.iter().filter(|it| it.chosen).count();
    let n_more = values.len().saturating_sub(MOST_VALUES.max(n_chosen));
    values.truncate(MOST_VALUES.max(n_chosen));
    Facet { name: counter.name.to_owned(), values, n_more }
}

/// What a value is called in an address, and whether it is chosen.
fn value(part: u16, number: usize, board: &Board, wanted: &Wanted) -> (String, bool) {
    let named = |names: &super::Names, parts: &[String]| {
        let name = names.name(u32::try_from(number).unwrap_or_default()).to_owned();
        let chosen = parts.contains(&name.to_lowercase());
        (name, chosen)
    };
    match part {
        part::PLACE => named(&board.places, &wanted.place),
        part::ACTOR => named(&board.actors, &wanted.actor),
        part::SOURCE => named(&board.sources, &wanted.source),
        part::TYPE => {
            let code = EventType::LEAVES[number].code.to_owned();
            let chosen = wanted.event.contains(&code);
            (code, chosen)
        }
        part::ATTRIBUTION => {
            let kind = AttributionType::ALL[number];
            (kind.as_str().to_owned(), wanted.attribution.contains(&kind))
        }
        part::STATUS => (Status::ALL[number].as_str().to_owned(), wanted.status.contains(&Status::ALL[number])),
        part::VOICE => (Voice::ALL[number].as_str().to_owned(), wanted.voice.contains(&Voice::ALL[number])),
        _ => {
            let certainty = (number > 0).then(|| i8::try_from(number).unwrap_or_default() - 4);
            (certainty.map_or("unknown".to_owned(), |it| it.to_string()), wanted.certainty.contains(&certainty))
        }
    }
}
