//! POLECAT: its 40 columns, separated by tabs, one row an event. Tabs and line ends inside a cell become blanks, so that every row has
//! 40 cells whoever reads it.
//!
//! In: contents. Out: one TSV file. A column the record knows nothing for (intensity, Wikipedia ids) stays empty.

use std::io;

use sitrep_model::{ActorRef, Contents, Event};

use super::events::{self, Told, one_line};
use super::loss::Lost;
use super::plover::{LeftOut, coded, sector};
use super::{ExportOptions, Files, Loss, countries};
use crate::index::Index;
use crate::words;

const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

pub(super) fn polecat(contents: &Contents, _: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let out = files.file("polecat.tsv")?;
    out.write_all(format!("{}\n", COLUMNS.join("\t")).as_bytes())?;
    let (mut ranges, mut left) = (0, LeftOut::default());
    for event in &contents.events {
        let told = events::told(event, &index);
        let taken = left.takes(event, &told, coded(event).is_some());
        if let Some(cells) = cells(event, told.first(), &contents.edition.version).filter(|_| taken) {
            let cells: Vec<String> = cells.iter().map(|cell| one_line(cell)).collect();
            out.write_all(format!("{}\n", cells.join("\t")).as_bytes())?;
            ranges += usize::from(events::days(event).is_some_and(|(from, to)| from != to));
        }
    }
    let mut loss = Loss::default();
    left.report("PLOVER", &mut loss);
    loss.add("ranges of days (the first day is given)", ranges);
    loss.parts(contents, &Lost::of_event_rows(Lost::Disputes));
    Ok(loss)
}

fn cells(event: &Event, first: Option<&Told<'_>>, version: &str) -> Option<[String; 40]> {
    let coded = coded(event)?;
    let (from, _) = events::days(event)?;
    let place = event.place.as_ref();
    let point = place.and_then(|it| it.lat.zip(it.lon));
    let country = place.and_then(|it| it.country.as_deref()).and_then(countries::of);
    let kind = place.and_then(|it| it.kind.clone()).unwrap_or_default();
    let name = place.map(words::place_short).unwrap_or_default();
    let is_town = matches!(kind.as_str(), "city" | "town" | "village");
    let named = |wanted: bool| if wanted { name.clone() } else { String::new() };
    let document = first.map(|it| it.document);
    let [actor_name, actor_sector, actor_sectors, actor_raw] = people(&event.actors);
    let [target_name, target_sector, target_sectors, target_raw] = people(&event.targets);
    let none = String::new;
    Some([
        event.event_id.to_string(),
        from.to_string(),
        coded.category.to_owned(),
        coded.mode.unwrap_or_default().to_owned(),
        none(),
        coded.quad.to_string(),
        none(),
        actor_name,
        none(),
        none(),
        actor_sector,
        actor_sectors,
        none(),
        actor_raw,
        none(),
        target_name,
        none(),
        none(),
        target_sector,
        target_sectors,
        none(),
        target_raw,
        none(),
        name.clone(),
        named(is_town),
        named(kind == "district"),
        named(kind == "region"),
        country.map(|it| it.alpha3.to_owned()).unwrap_or_default(),
        point.map(|(lat, _)| format!("{lat:.4}")).unwrap_or_default(),
        point.map(|(_, lon)| format!("{lon:.4}")).unwrap_or_default(),
        place.and_then(|it| it.geonames_id).map(|id| id.to_string()).unwrap_or_default(),
        place.map(|it| it.text.clone()).unwrap_or_default(),
        kind,
        document.and_then(|it| it.outlet.clone()).unwrap_or_default(),
        document.and_then(|it| it.published.as_ref()).map(|it| it.date.to_string()).unwrap_or_default(),
        none(),
        none(),
        none(),
        document.and_then(|it| it.language.clone()).unwrap_or_default(),
        format!("sitrep {version}"),
    ])
}

/// Names, first sector, all sectors, names as said.
fn people(actors: &[ActorRef]) -> [String; 4] {
    let joined = |texts: Vec<&str>| texts.join("; ");
    let sectors: Vec<&str> = actors.iter().filter_map(sector).collect();
    [
        joined(actors.iter().map(|it| it.name.as_str()).collect()),
        sectors.first().copied().unwrap_or_default().to_owned(),
        joined(sectors),
        joined(actors.iter().map(|it| it.text.as_str()).collect()),
    ]
}
