//! A row coded by hand: `coder,event,from,to,place,lat,lon,radius_km,actors,targets,killed,wounded,source,text`.
//!
//! In: a row. Out: one deed of the type that `event` names. Only `coder`, `event` and `text` are needed; `text` is what is quoted.

use sitrep_model::{Note, PlacePrecision};

use super::cells::Row;
use super::{Coded, coordinates, day, event, names, number, people, place, time};
use crate::Kit;

pub(super) fn told(kit: &Kit, row: &Row<'_>, notes: &mut Vec<Note>) -> Vec<Coded> {
    let Some(event) = row.value("event").and_then(|code| event(code, notes)) else { return Vec::new() };
    let mut quantities = Vec::new();
    for kind in ["killed", "wounded"] {
        let n = number(row, kind, notes).filter(|n| *n >= 0.0);
        quantities.extend(n.map(|n| people(kind, row.value(kind).unwrap_or_default(), n, n, n, None)));
    }
    vec![Coded {
        event,
        actors: names::parties(kit, row.value("actors")),
        targets: names::parties(kit, row.value("targets")),
        place: where_(kit, row, notes),
        time: when(row, notes),
        quantities,
        quoted: "text",
        source: row.value("source").map(str::to_owned),
    }]
}

fn where_(kit: &Kit, row: &Row<'_>, notes: &mut Vec<Note>) -> Option<sitrep_model::Place> {
    let name = row.value("place")?;
    let radius_km = number(row, "radius_km", notes).filter(|it| (0.0..=1000.0).contains(it)).unwrap_or(2.0);
    let precision = match radius_km {
        it if it <= 5.0 => PlacePrecision { ucdp: 1, acled: 1 },
        it if it <= 25.0 => PlacePrecision { ucdp: 2, acled: 2 },
        _ => PlacePrecision { ucdp: 4, acled: 3 },
    };
    let at = coordinates(row, "lat", "lon", notes);
    Some(place(kit, name, at, precision, radius_km))
}

fn when(row: &Row<'_>, notes: &mut Vec<Note>) -> Option<sitrep_model::Time> {
    let text = row.value("from").or_else(|| row.value("to"))?;
    let Some(from) = day(text) else {
        notes.push(Note::new("column-unread", "from: no day".to_owned()));
        return None;
    };
    let to = row.value("to").and_then(day).filter(|to| *to >= from).unwrap_or(from);
    let days = from.until(to).map_or(0, |span| span.get_days());
    let (ucdp, acled) = match days {
        0 => (1, 1),
        1..=5 => (2, 2),
        6 => (3, 2),
        7..=31 => (4, 3),
        _ => (5, 3),
    };
    Some(time(text, from, to, ucdp, acled))
}
