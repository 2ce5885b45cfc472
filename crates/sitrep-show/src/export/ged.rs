//! UCDP-GED-shaped CSV: the 49 columns, only events in which somebody died.
//!
//! In: contents. Out: `ged.csv` and its codebook. Never an id of UCDP's, never a death no report counts.

use std::io;

use sitrep_model::{Contents, Event};

use super::acled::location;
use super::coded::{self, CodedRow, Column, NOTES, Scheme};
use super::csv::Sheet;
use super::dyads::{Deaths, Dyad};
use super::loss::Lost;
use super::{ExportOptions, Files, Loss, countries};
use crate::index::{Index, outlet};
use crate::words;

const OWN: &str = "empty: a number of UCDP's own";
const COLUMNS: [Column; 49] = [
    ("id", "number made from the id of the event in the record, not one of UCDP's"),
    ("relid", "that id"),
    ("year", "year of the first day"),
    ("active_year", "empty: that takes a whole year's count"),
    ("code_status", "empty"),
    ("type_of_violence", "1 state-based; 2 non-state; 3 one-sided; empty where a side is not named"),
    ("conflict_dset_id", OWN),
    ("conflict_new_id", OWN),
    ("conflict_name", OWN),
    ("dyad_dset_id", OWN),
    ("dyad_new_id", OWN),
    ("dyad_name", "`side A - side B`; empty where a side is not named"),
    ("side_a_dset_id", OWN),
    ("side_a_new_id", OWN),
    ("side_a", "parties of side A, as the record names them"),
    ("side_b_dset_id", OWN),
    ("side_b_new_id", OWN),
    ("side_b", "parties of side B; `Civilians` in one-sided violence"),
    ("number_of_sources", "reports that tell it, readers' comments not counted"),
    ("source_article", "each report: outlet, day, title; separated by “; ”"),
    ("source_office", "outlets, in the same order"),
    ("source_date", "days of publication, in the same order"),
    ("source_headline", "titles, in the same order"),
    ("source_original", "whom the first report cites"),
    (
        "where_prec",
        "1 exact; 2 near a place; 3 district; 4 province; 5 told by another place, or a line; 6 country; 7 sea or air",
    ),
    ("where_coordinates", "name of the place the coordinates are of"),
    ("where_description", "the place as said"),
    ("adm_1", "empty: the record holds no administrative divisions"),
    ("adm_2", "empty"),
    ("latitude", "degrees, 6 decimals; the centre of an area"),
    ("longitude", "degrees, 6 decimals"),
    ("geom_wkt", "`POINT (lon lat)`"),
    ("priogrid_gid", "cell of the PRIO-GRID of half degrees: row × 720 + column + 1, counted from the south-west"),
    ("country", "country of the place"),
    ("country_id", "Gleditsch and Ward's number"),
    ("region", "Africa, Americas, Asia, Europe, Middle East"),
    ("event_clarity", "1 one event; 2 a row made of several, or of several days"),
    ("date_prec", "1 the day; 2 two to six days; 3 a week; 4 a month; 5 a year"),
    ("date_start", "first day"),
    ("date_end", "last day"),
    ("deaths_a", "dead of side A, best estimate"),
    ("deaths_b", "dead of side B"),
    ("deaths_civilians", "dead called civilians"),
    ("deaths_unknown", "dead of whom no side is told"),
    ("best", "all dead, best estimate: the sum of the four"),
    ("high", "highest count of any report"),
    ("low", "lowest count of any report"),
    ("gwnoa", "empty: the record does not hold the states of its parties"),
    ("gwnob", "empty"),
];

/// Every type of event can have dead.
fn any(_: &Event) -> Option<&'static str> {
    Some("")
}

pub(super) fn ged(contents: &Contents, options: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let (mut rows, left) = coded::rows(contents, &index, &Scheme { name: "GED", code: any }, options.aggregate);
    let before: usize = rows.iter().map(|row| row.events.len()).sum();
    rows.retain(|row| row.deaths.is_some_and(|it| it.high > 0));
    let deathless = before - rows.iter().map(|row| row.events.len()).sum::<usize>();
    let header: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    Sheet::new(files.file("ged.csv")?, &header, options.spreadsheet)?
        .rows(rows.iter().map(|row| cells(row).to_vec()))?;
    let title = "UCDP-GED-shaped events: codebook";
    files.file("codebook.md")?.write_all(coded::codebook(title, &COLUMNS, &NOTES).as_bytes())?;
    let mut loss = Loss::default();
    left.report("GED", &mut loss);
    loss.add("events in which no report counts dead (left out: GED holds no others)", deathless);
    loss.parts(contents, &Lost::of_event_rows(Lost::Disputes));
    Ok(loss)
}

fn cells(row: &CodedRow<'_>) -> [String; 49] {
    let event = row.first();
    let place = row.place();
    let country = place.and_then(|it| it.country.as_deref()).and_then(countries::of);
    let point = place.and_then(|it| it.lat.zip(it.lon));
    let deaths = row.deaths.unwrap_or_default();
    let (side_a, side_b) = (Dyad::name(&row.dyad.a), Dyad::name(&row.dyad.b));
    let days = row.days();
    let [articles, offices, dates, headlines, number] = sources(row);
    let text = |value: Option<String>| value.unwrap_or_default();
    let none = String::new;
    [
        number_of(&row.id).to_string(),
        row.id.clone(),
        text(days.map(|(from, _)| from.year().to_string())),
        none(),
        none(),
        text(row.dyad.type_of_violence().map(|it| it.to_string())),
        none(),
        none(),
        none(),
        none(),
        none(),
        if row.dyad.is_whole() { format!("{side_a} - {side_b}") } else { none() },
        none(),
        none(),
        side_a,
        none(),
        none(),
        side_b,
        number,
        articles,
        offices,
        dates,
        headlines,
        text(row.told.first().map(|it| words::holders(it.claim, outlet(it.document)))),
        text(place.and_then(|it| it.precision).map(|it| it.ucdp.to_string())),
        text(place.map(location)),
        text(place.map(|it| it.text.clone())),
        none(),
        none(),
        text(point.map(|(lat, _)| format!("{lat:.6}"))),
        text(point.map(|(_, lon)| format!("{lon:.6}"))),
        text(point.map(|(lat, lon)| format!("POINT ({lon:.6} {lat:.6})"))),
        text(point.and_then(|(lat, lon)| priogrid_gid(lat, lon)).map(|it| it.to_string())),
        text(country.map(|it| it.name.to_owned())),
        text(country.and_then(|it| it.gwno).map(|it| it.to_string())),
        text(country.and_then(|it| it.ged_region()).map(str::to_owned)),
        clarity(row).to_owned(),
        text(event.time.as_ref().and_then(|it| it.precision).map(|it| it.ucdp.to_string())),
        text(days.map(|(from, _)| from.to_string())),
        text(days.map(|(_, to)| to.to_string())),
        deaths.a.to_string(),
        deaths.b.to_string(),
        deaths.civilians.to_string(),
        deaths.unknown.to_string(),
        deaths.best().to_string(),
        deaths.high.max(deaths.best()).to_string(),
        low(&deaths).to_string(),
        none(),
        none(),
    ]
}

fn low(deaths: &Deaths) -> u64 {
    deaths.low.min(deaths.best())
}

fn clarity(row: &CodedRow<'_>) -> &'static str {
    let one_day = row.days().is_some_and(|(from, to)| from == to);
    if one_day && row.events.len() == 1 { "1" } else { "2" }
}

/// Articles, offices, dates, headlines, and how many.
fn sources(row: &CodedRow<'_>) -> [String; 5] {
    let mut documents: Vec<&sitrep_model::Document> = Vec::new();
    for it in row.told.iter().filter(|it| it.claim.is_reporting()) {
        if !documents.iter().any(|document| document.id == it.document.id) {
            documents.push(it.document);
        }
    }
    let date = |document: &sitrep_model::Document| {
        document.published.as_ref().map(|it| it.date.to_string()).unwrap_or_default()
    };
    let title = |document: &sitrep_model::Document| document.title.clone().unwrap_or_default();
    let all = |part: &dyn Fn(&sitrep_model::Document) -> String| {
        documents.iter().map(|document| part(document)).collect::<Vec<_>>().join("; ")
    };
    let article = |document: &sitrep_model::Document| {
        let parts = [outlet(document).to_owned(), date(document), title(document)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    [all(&article), all(&|it| outlet(it).to_owned()), all(&date), all(&title), documents.len().to_string()]
}

/// A number that programs without 64-bit integers can hold, from the hash in an id.
fn number_of(id: &str) -> u64 {
    let digits = id.split_once('_').map_or("", |(_, digits)| digits);
    u64::from_str_radix(digits.get(..12).unwrap_or_default(), 16).unwrap_or_default()
}

/// The cell of the PRIO-GRID a point lies in; `None` when it is on no map.
fn priogrid_gid(lat: f64, lon: f64) -> Option<u32> {
    if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
        return None;
    }
    let cell = |degrees: f64, n: u32| ((degrees * 2.0).floor() as u32).min(n - 1);
    Some(cell(lat + 90.0, 360) * 720 + cell(lon + 180.0, 720) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_the_grid_are_counted_from_the_south_west() {
        assert_eq!(priogrid_gid(-90.0, -180.0), Some(1));
        assert_eq!(priogrid_gid(90.0, 180.0), Some(259_200), "720 columns and 360 rows");
        assert_eq!(priogrid_gid(0.0, 0.0), Some(180 * 720 + 361));
        assert_eq!(priogrid_gid(91.0, 0.0), None);
        assert_eq!(priogrid_gid(f64::NAN, 0.0), None);
    }

    #[test]
    fn ids_become_numbers_that_fit_a_double() {
        assert_eq!(number_of("e_0000000000ff1234"), 0xff);
        assert!(number_of("e_ffffffffffffffff") < 1 << 53);
        assert_eq!(number_of("odd"), 0);
    }
}
