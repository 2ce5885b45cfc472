//! Rows of coded event sets: one an event, or one for a day, a place and a dyad, and the codebook beside them.
//!
//! In: events that a report says were done. Out: [`CodedRow`]s in the order of the events. Events without a day or a place are never
//! joined with others.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sitrep_model::{Contents, Event, Place, content_id};

use super::dyads::{Deaths, Dyad};
use super::events::{self, Told};
use super::plover::LeftOut;
use crate::index::{Index, outlet};
use crate::words;

/// A column: its name and what stands in it, for the header and the codebook.
pub(super) type Column = (&'static str, &'static str);

/// One row: the events it is made of, the first one giving what is not counted.
pub(super) struct CodedRow<'c> {
    pub(super) id: String,
    pub(super) events: Vec<&'c Event>,
    pub(super) told: Vec<Told<'c>>,
    pub(super) dyad: Dyad<'c>,
    pub(super) deaths: Option<Deaths>,
}

/// How rows are made.
#[derive(Clone, Copy)]
pub(super) struct Scheme {
    /// Its name, for the loss report.
    pub(super) name: &'static str,
    /// What of an event besides day, place and dyad must be the same in one row; `None` when the scheme has no code for it.
    pub(super) code: fn(&Event) -> Option<&'static str>,
}

impl<'c> CodedRow<'c> {
    fn of(event: &'c Event, told: Vec<Told<'c>>) -> CodedRow<'c> {
        let dyad = Dyad::of(event);
        let deaths = Deaths::of(event, &told, &dyad);
        CodedRow { id: event.event_id.to_string(), events: vec![event], told, dyad, deaths }
    }

    pub(super) fn first(&self) -> &'c Event {
        self.events[0]
    }

    pub(super) fn days(&self) -> Option<(Date, Date)> {
        events::days(self.first())
    }

    pub(super) fn place(&self) -> Option<&'c Place> {
        self.first().place.as_ref()
    }

    /// Outlets of its reports, each once, in order of their names.
    pub(super) fn outlets(&self) -> Vec<&'c str> {
        let reports = self.told.iter().filter(|it| it.claim.is_reporting());
        let mut outlets: Vec<&str> = reports.map(|it| outlet(it.document)).collect();
        outlets.sort_unstable();
        outlets.dedup();
        outlets
    }

    /// Its summaries, one sentence an event.
    pub(super) fn summary(&self) -> String {
        let all: Vec<String> =
            self.events.iter().map(|event| crate::report::phrases::full_stop(&event.summary)).collect();
        all.join(" ")
    }

    /// Everything that may happen on one day at one place between two sides.
    fn key(&self) -> Option<(Date, String, [String; 2])> {
        let (from, to) = self.days()?;
        let place = self.place()?;
        let at = place.lat.zip(place.lon).map(|(lat, lon)| format!("{lat:.4} {lon:.4}"));
        let at = place.geonames_id.map(|id| id.to_string()).or(at)?;
        (from == to && self.dyad.is_whole())
            .then(|| (from, format!("{} {at}", words::place_short(place)), self.dyad.key()))
    }

    /// Takes the events of `others` in. A count of dead on its own and the deeds of the day are likely the same dead: the larger of the
    /// two sums counts.
    fn absorb(&mut self, others: Vec<CodedRow<'c>>) {
        let mut deeds: Option<Deaths> = None;
        let mut counts: Option<Deaths> = None;
        for row in std::iter::once(&*self).chain(&others) {
            let sum = if row.first().event.family() == "casualties" { &mut counts } else { &mut deeds };
            if let Some(deaths) = &row.deaths {
                *sum = Some(sum.map_or(*deaths, |sum| sum.and(deaths)));
            }
        }
        self.deaths = match (deeds, counts) {
            (Some(deeds), Some(counts)) if counts.best() > deeds.best() => Some(counts),
            (deeds, counts) => deeds.or(counts),
        };
        for row in others {
            self.events.extend(row.events);
            self.told.extend(row.told);
        }
        if self.events.len() > 1 {
            let mut ids: Vec<&str> = self.events.iter().map(|event| event.event_id.as_str()).collect();
            ids.sort_unstable();
            self.id = content_id("g", &ids);
        }
    }
}

/// The rows, with what was left out.
pub(super) fn rows<'c>(
    contents: &'c Contents,
    index: &Index<'c>,
    scheme: &Scheme,
    aggregate: bool,
) -> (Vec<CodedRow<'c>>, LeftOut) {
    let mut left = LeftOut::default();
    let mut rows: Vec<CodedRow<'c>> = Vec::new();
    let mut counts: Vec<CodedRow<'c>> = Vec::new();
    for event in &contents.events {
        let told = events::told(event, index);
        let is_coded = (scheme.code)(event).is_some();
        // A count of dead has no code of its own, but belongs to a deed of that day.
        if aggregate && !is_coded && event.event.as_str() == "casualties.killed" && events::is_done(&told) {
            counts.push(CodedRow::of(event, told));
        } else if left.takes(event, &told, is_coded) {
            rows.push(CodedRow::of(event, told));
        }
    }
    if aggregate {
        rows = joined(rows, counts, scheme, &mut left);
    }
    (rows, left)
}

fn joined<'c>(
    rows: Vec<CodedRow<'c>>,
    counts: Vec<CodedRow<'c>>,
    scheme: &Scheme,
    left: &mut LeftOut,
) -> Vec<CodedRow<'c>> {
    let mut groups: Vec<(CodedRow<'c>, Vec<CodedRow<'c>>)> = Vec::new();
    let mut by_key = BTreeMap::new();
    let mut by_day = BTreeMap::new();
    for row in rows {
        let Some(key) = row.key() else {
            groups.push((row, Vec::new()));
            continue;
        };
        let at = *by_key.entry((key.clone(), (scheme.code)(row.first()))).or_insert(groups.len());
        by_day.entry(key).or_insert(at);
        match groups.get_mut(at) {
            Some((_, others)) => others.push(row),
            None => groups.push((row, Vec::new())),
        }
    }
    for count in counts {
        match count.key().and_then(|key| by_day.get(&key)).and_then(|at| groups.get_mut(*at)) {
            Some((_, others)) => others.push(count),
            None => _ = left.takes(count.first(), &count.told, false),
        }
    }
    let whole = |(mut row, others): (CodedRow<'c>, Vec<CodedRow<'c>>)| {
        row.absorb(others);
        row
    };
    groups.into_iter().map(whole).collect()
}

/// The codebook of a scheme: every column with what stands in it.
pub(super) fn codebook(title: &str, columns: &[Column], notes: &[&str]) -> String {
    let mut out = format!(
        "# {title}\n\nReported, not verified. Made from the record by `sitrep export`; this file goes with the rows.\n\n"
    );
    for note in notes {
        out.push_str(&format!("- {note}\n"));
    }
    out.push_str("\n| # | column | what stands in it |\n|---|---|---|\n");
    for (at, (name, what)) in columns.iter().enumerate() {
        out.push_str(&format!("| {} | {name} | {what} |\n", at + 1));
    }
    out
}

/// What codebooks say of both schemes.
pub(super) const NOTES: [&str; 6] = [
    "A cell is empty where the reports do not say, or where the column is a number of that project's own (conflicts, dyads, actors). Nothing is filled in.",
    "Only events that at least one report, not only a reader, affirms as done or going on; what was planned, foreseen, threatened or only denied is left out and counted in the loss report.",
    "Dead: the total most reports give, the lower of two given equally often, with the sides of the first report that gives it; low and high are the lowest and highest of all reports. Running totals and readers' numbers do not count. “People” of whom no report says that they were civilians are of unknown side.",
    "Side A is the state's where one side is a state's; otherwise who did the deed. Both columns name parties as the record does.",
    "With `--aggregate`, one row for each day, place and dyad (and event type): the dead of its deeds are added up; dead told on their own of the same day, place and dyad are taken for the same dead, and the larger sum counts. Events without a single day, a place or a second side stay rows of their own.",
    "Ids that begin with `e_` are events of the record (`sitrep why RECORD ID` shows every quote behind them); those that begin with `g_` are hashes of the events a row was made of.",
];
