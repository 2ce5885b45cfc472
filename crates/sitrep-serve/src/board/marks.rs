//! Events as marks on the map and on the timeline.
//!
//! In: events that pass. Out: [`Marks`]. Bounded whatever the number of events: places are marked once, days are binned once single
//! marks would be too many to draw.

use std::collections::BTreeMap;

use jiff::Span;
use sitrep::model::{Contents, Date, Event};

use crate::answers::{Marks, PlaceMark, TimeBin, TimeMark};
use crate::brief;

/// So many events are still drawn one by one.
const MOST_SINGLE: usize = 1_500;
/// Ids told of a place.
const MOST_IDS: usize = 30;
/// An event that may have been on any of so many steps says nothing about one of them.
const MOST_STEPS: usize = 400;

/// Days since 1 January 1970.
pub(crate) fn day_number(date: Date) -> i32 {
    let since = date.duration_since(Date::constant(1970, 1, 1));
    i32::try_from(since.as_hours().div_euclid(24)).unwrap_or(i32::MAX)
}

/// Length of a step, by how many days are shown.
fn unit(n_days: i32) -> &'static str {
    match n_days {
        ..=150 => "day",
        151..=900 => "week",
        901..=4_500 => "month",
        _ => "year",
    }
}

/// The first day of the step that `date` falls into.
fn step(date: Date, unit: &str) -> Date {
    let first = match unit {
        "day" => return date,
        "week" => return date - in_days(i64::from(date.weekday().to_monday_zero_offset())),
        "month" => Date::new(date.year(), date.month(), 1),
        _ => Date::new(date.year(), 1, 1),
    };
    first.unwrap_or(date)
}

fn in_days(n: i64) -> Span {
    Span::new().days(n)
}

/// The step after `date`'s.
fn next(date: Date, unit: &str) -> Option<Date> {
    let span = match unit {
        "day" => in_days(1),
        "week" => in_days(7),
        "month" => Span::new().months(1),
        _ => Span::new().years(1),
    };
    date.checked_add(span).ok()
}

/// The days asked for; either end may be open.
type Between = (Option<Date>, Option<Date>);

/// The marks of the events at `rows`, with steps `between` two days alone.
pub(crate) fn marks(contents: &Contents, rows: &[usize], between: Between) -> Marks {
    let events: Vec<&Event> = rows.iter().map(|row| &contents.events[*row]).collect();
    let spans = events.iter().filter_map(|it| it.time.as_ref());
    let days = spans.flat_map(|time| [time.from, time.to]).flatten();
    let numbers: Vec<i32> = days.map(|day| day_number(within(day, between))).collect();
    let n_days = numbers.iter().max().zip(numbers.iter().min()).map_or(1, |(last, first)| last - first + 1);
    let unit = unit(n_days);
    let single = events.len() <= MOST_SINGLE;
    Marks {
        places: places(&events),
        unit: unit.to_owned(),
        bins: bins(&events, unit, between),
        events: if single { events.iter().map(|event| time_mark(event)).collect() } else { Vec::new() },
        n_undated: events.iter().filter(|it| ends(it) == (None, None)).count(),
        n_unplaced: events.iter().filter(|it| key(it).is_none()).count(),
    }
}

fn ends(event: &Event) -> (Option<Date>, Option<Date>) {
    event.time.as_ref().map_or((None, None), |time| (time.from, time.to))
}

fn key(event: &Event) -> Option<String> {
    event.place.as_ref().and_then(brief::place_key)
}

fn time_mark(event: &Event) -> TimeMark {
    let (from, to) = ends(event);
    TimeMark {
        id: event.event_id.to_string(),
        event: event.event.to_string(),
        from,
        to,
        disputed: !event.disputes.is_empty(),
        place: key(event),
    }
}

fn places(events: &[&Event]) -> Vec<PlaceMark> {
    let mut marks: BTreeMap<String, PlaceMark> = BTreeMap::new();
    for event in events {
        let Some((place, key)) = event.place.as_ref().zip(key(event)) else { continue };
        let mark = marks.entry(key.clone()).or_insert_with(|| PlaceMark {
            key,
            place: brief::place(place),
            area: place.area.clone(),
            n: 0,
            n_disputed: 0,
            events: Vec::new(),
        });
        mark.n += 1;
        mark.n_disputed += usize::from(!event.disputes.is_empty());
        if mark.events.len() < MOST_IDS {
            mark.events.push(event.event_id.to_string());
        }
    }
    let mut marks: Vec<PlaceMark> = marks.into_values().collect();
    marks.sort_by(|a, b| (b.n, &a.key).cmp(&(a.n, &b.key)));
    marks
}

/// The day itself, or the nearest one asked for.
fn within(day: Date, (since, until): Between) -> Date {
    let day = since.map_or(day, |since| day.max(since));
    until.map_or(day, |until| day.min(until))
}

fn bins(events: &[&Event], unit: &str, between: Between) -> Vec<TimeBin> {
    let mut bins: BTreeMap<Date, TimeBin> = BTreeMap::new();
    for event in events {
        let (from, to) = ends(event);
        let (Some(first), Some(last)) = (from.or(to), to.or(from)) else { continue };
        let sure = step(first, unit) == step(last, unit) && from.is_some() && to.is_some();
        let (first, last) = (step(within(first, between), unit), step(within(last, between), unit));
        let mut at = Some(first);
        for _ in 0..MOST_STEPS {
            let Some(day) = at.filter(|day| *day <= last) else { break };
            let bin = bins.entry(day).or_insert(TimeBin { from: day, n: 0, n_perhaps: 0, n_disputed: 0 });
            bin.n += usize::from(sure);
            bin.n_perhaps += usize::from(!sure);
            bin.n_disputed += usize::from(!event.disputes.is_empty());
            at = next(day, unit);
        }
    }
    bins.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let number = |text: &str| day_number(text.parse().unwrap());
        assert_eq!((number("1970-01-01"), number("1969-12-31"), number("2000-03-01")), (0, -1, 11_017));
        assert_eq!(number("2017-11-02") - number("2016-11-02"), 365);
    }

    #[test]
    fn steps_begin_on_mondays_and_firsts() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(step(day("2017-11-02"), "week"), day("2017-10-30"));
        assert_eq!(step(day("2017-11-02"), "month"), day("2017-11-01"));
        assert_eq!(next(day("2017-12-01"), "month"), Some(day("2018-01-01")));
    }
}
