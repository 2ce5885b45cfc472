//! A row of UCDP GED: dead, in how many estimates, of which sides.
//!
//! In: a row. Out: one deed, `casualties.killed`: the set counts dead and does not say by what deed. `where_prec` and `date_prec` are kept.

use sitrep_model::{EventType, Note, PlacePrecision};

use super::cells::Row;
use super::{Coded, coordinates, day, names, number, people, place, time};
use crate::Kit;

/// Kilometres within which a place lies, by `where_prec` 1 to 7.
const RADIUS_KM: [f64; 7] = [2.0, 25.0, 40.0, 120.0, 60.0, 500.0, 200.0];

pub(super) fn told(kit: &Kit, row: &Row<'_>, notes: &mut Vec<Note>) -> Vec<Coded> {
    let Some(event) = EventType::from_code("casualties.killed") else { return Vec::new() };
    let (side_a, side_b) = (names::parties(kit, row.value("side_a")), names::parties(kit, row.value("side_b")));
    let one_sided = row.value("type_of_violence") == Some("3");
    let dead = number(row, "best", notes);
    let mut quantities = Vec::new();
    if let Some(best) = dead {
        let (low, high) = (number(row, "low", notes).unwrap_or(best), number(row, "high", notes).unwrap_or(best));
        quantities.push(people("killed", row.value("best").unwrap_or_default(), low, best, high, None));
    }
    let (a, b) = (row.value("side_a"), row.value("side_b"));
    for (column, of) in [("deaths_a", a), ("deaths_b", b), ("deaths_civilians", Some("civilians"))] {
        let known = number(row, column, notes).filter(|n| *n > 0.0);
        quantities.extend(known.map(|n| people("killed", row.value(column).unwrap_or_default(), n, n, n, of)));
    }
    let (actors, targets) = match one_sided {
        true => (side_a, side_b),
        false => (side_a.into_iter().chain(side_b).collect(), Vec::new()),
    };
    let quoted = ["source_headline", "source_article", "where_description"];
    vec![Coded {
        event,
        actors,
        targets,
        place: where_(kit, row, notes),
        time: when(row, notes),
        quantities,
        quoted: quoted.into_iter().find(|column| row.value(column).is_some()).unwrap_or("id"),
        source: row.value("source_original").map(str::to_owned),
    }]
}

fn where_(kit: &Kit, row: &Row<'_>, notes: &mut Vec<Note>) -> Option<sitrep_model::Place> {
    let name = row.value("where_coordinates").or_else(|| row.value("where_description"))?;
    let code = row.value("where_prec").and_then(|text| text.parse::<u8>().ok()).filter(|code| (1..=7).contains(code));
    if code.is_none() {
        notes.push(Note::new(
            "column-unread",
            "where_prec: a code from 1 to 7; the place is taken as near its name".to_owned(),
        ));
    }
    let ucdp = code.unwrap_or(2);
    let acled = match ucdp {
        1 => 1,
        2 => 2,
        _ => 3,
    };
    let at = coordinates(row, "latitude", "longitude", notes);
    let radius_km = RADIUS_KM[usize::from(ucdp) - 1];
    Some(place(kit, name, at, PlacePrecision { ucdp, acled }, radius_km))
}

fn when(row: &Row<'_>, notes: &mut Vec<Note>) -> Option<sitrep_model::Time> {
    let text = row.value("date_start")?;
    let Some(from) = day(text) else {
        notes.push(Note::new("column-unread", "date_start: no day".to_owned()));
        return None;
    };
    let to = row.value("date_end").and_then(day).filter(|to| *to >= from).unwrap_or(from);
    let days = from.until(to).map_or(0, |span| span.get_days());
    let by_days = match days {
        0 => 1,
        1..=5 => 2,
        6 => 3,
        7..=31 => 4,
        _ => 5,
    };
    let ucdp = row.value("date_prec").and_then(|text| text.parse().ok()).filter(|code| (1..=5).contains(code));
    let ucdp: u8 = ucdp.unwrap_or(by_days);
    let acled = match ucdp {
        1 => 1,
        2 | 3 => 2,
        _ => 3,
    };
    Some(time(text, from, to, ucdp, acled))
}
