//! A row of ACLED: the deed by its sub-event type, and its dead.
//!
//! In: a row. Out: the deed, and `casualties.killed` when `fatalities` counts any: that number is the set's best estimate and has no
//! bounds. Which type of ours a sub-event type is stands in `lang/coded/acled.tsv`. `geo_precision` and `time_precision` are kept.

use jiff::ToSpan as _;
use jiff::civil::Date;
use sitrep_model::{EventType, Note, PlacePrecision};

use super::cells::Row;
use super::{Coded, coordinates, day, event, names, number, people, place, time};
use crate::Kit;

const TYPES: &str = include_str!("../../lang/coded/acled.tsv");

/// Our type of a sub-event type.
fn ours(sub: &str) -> Option<&'static str> {
    let rows = TYPES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    rows.into_iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(sub)).map(|(_, code)| code)
}

pub(super) fn told(kit: &Kit, row: &Row<'_>, notes: &mut Vec<Note>) -> Vec<Coded> {
    let sub = row.value("sub_event_type").unwrap_or_default();
    let deed = event(ours(sub).unwrap_or(sub), notes);
    let dead = number(row, "fatalities", notes).filter(|n| *n > 0.0);
    let killed = dead.and(EventType::from_code("casualties.killed"));
    let actors = names::parties(kit, row.value("actor1"));
    let others = names::parties(kit, row.value("actor2"));
    let directed = row.value("civilian_targeting").is_some();
    // The set gives its two actors no direction but where civilians are the target.
    let (actors, targets) = match directed {
        true => (actors, others),
        false => (actors.into_iter().chain(others).collect(), Vec::new()),
    };
    let (place, time) = (where_(kit, row, notes), when(row, notes));
    let source = row.value("source").map(str::to_owned);
    let one = |event: EventType| Coded {
        event,
        actors: actors.clone(),
        targets: targets.clone(),
        place: place.clone(),
        time: time.clone(),
        quantities: Vec::new(),
        quoted: "notes",
        source: source.clone(),
    };
    let quantity = dead.map(|n| people("killed", row.value("fatalities").unwrap_or_default(), n, n, n, None));
    let quantities: Vec<_> = quantity.into_iter().collect();
    deed.map(one).into_iter().chain(killed.map(|event| Coded { quantities, ..one(event) })).collect()
}

fn where_(kit: &Kit, row: &Row<'_>, notes: &mut Vec<Note>) -> Option<sitrep_model::Place> {
    let name = row.value("location")?;
    let code = row.value("geo_precision").and_then(|text| text.parse::<u8>().ok());
    let (precision, radius_km) = match code {
        Some(1) => (PlacePrecision { ucdp: 1, acled: 1 }, 2.0),
        Some(3) => (PlacePrecision { ucdp: 4, acled: 3 }, 120.0),
        _ => (PlacePrecision { ucdp: 2, acled: 2 }, 25.0),
    };
    let at = coordinates(row, "latitude", "longitude", notes);
    Some(place(kit, name, at, precision, radius_km))
}

/// Of a week the day given is somewhere in it; of a month it stands for all of it.
fn when(row: &Row<'_>, notes: &mut Vec<Note>) -> Option<sitrep_model::Time> {
    let text = row.value("event_date")?;
    let Some(on) = day(text) else {
        notes.push(Note::new("column-unread", "event_date: no day".to_owned()));
        return None;
    };
    let around = |days: i32| on.checked_add(days.days()).unwrap_or(on);
    let (from, to, ucdp, acled): (Date, Date, u8, u8) = match row.value("time_precision") {
        Some("2") => (around(-6), around(6), 3, 2),
        Some("3") => (on.first_of_month(), on.last_of_month(), 4, 3),
        _ => (on, on, 1, 1),
    };
    Some(time(text, from, to, ucdp, acled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_table_is_one_of_ours() {
        let rows: Vec<&str> = TYPES.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(rows.len() > 20);
        for row in rows {
            let (_, code) = row.split_once('\t').unwrap();
            assert!(EventType::from_code(code).is_some(), "{row}");
        }
        assert_eq!((ours("armed clash"), ours("Other")), (Some("clash"), None));
    }
}
