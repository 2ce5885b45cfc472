//! Where and when, as a user types it.
//!
//! In: `--date`, `--place`. Out: the values of rulings. A name is looked up in the gazetteer; where it has several places none is
//! chosen, and they are told.

use std::fmt::Write as _;

use sitrep::model::Place;
use sitrep::places;

use crate::args::PinArgs;
use crate::ending::Usage;

/// Places of one name that are told at most.
const TOLD_PLACES: usize = 8;

/// One value for the date, one for the place.
pub(super) fn values(args: &PinArgs) -> anyhow::Result<Vec<String>> {
    let date = args.date.as_ref().map(|date| format!("date={date}"));
    let place = match args.place.as_deref().map(str::trim) {
        None => None,
        Some("") => Some("place=".to_owned()),
        Some(point) if is_point(point) => Some(format!("place={point}")),
        Some(name) => Some(called(args, name)?),
    };
    Ok(date.into_iter().chain(place).collect())
}

fn is_point(text: &str) -> bool {
    text.split(';').next().is_some_and(|point| point.split(',').all(|part| part.trim().parse::<f64>().is_ok()))
}

fn called(args: &PinArgs, name: &str) -> anyhow::Result<String> {
    let kit = super::super::kit(&args.places)?;
    let mut found = places::called(&kit, name);
    if args.geonames.is_some() {
        found.retain(|place| place.geonames_id == args.geonames);
    }
    match &found[..] {
        [] => Err(Usage(format!("the gazetteer has no such place {name}; give LAT,LON,RADIUS_KM")).into()),
        [place] => Ok(value(place)),
        several => {
            let mut told = format!("the gazetteer has {} places {name}; choose one with --geonames:", several.len());
            for place in several.iter().take(TOLD_PLACES) {
                let id = place.geonames_id.map_or("no id".to_owned(), |id| id.to_string());
                let (kind, country) =
                    (place.kind.as_deref().unwrap_or("place"), place.country.as_deref().unwrap_or("--"));
                let _ = write!(told, "\n  {id}  {kind}, {country} {}", point(place));
            }
            if several.len() > TOLD_PLACES {
                let _ = write!(told, "\n  and {} more", several.len() - TOLD_PLACES);
            }
            Err(Usage(told).into())
        }
    }
}

fn point(place: &Place) -> String {
    // A village without a size is taken to be a few kilometres wide.
    let radius_km = place.radius_km.filter(|km| *km > 0.0).unwrap_or(3.0);
    format!("{},{},{radius_km}", place.lat.unwrap_or_default(), place.lon.unwrap_or_default())
}

fn value(place: &Place) -> String {
    let mut value = format!("place={}", point(place));
    let id = place.geonames_id.map(|id| id.to_string());
    for (key, said) in [("name", &place.name), ("geonames", &id), ("country", &place.country), ("kind", &place.kind)] {
        if let Some(said) = said {
            let _ = write!(value, ";{key}={}", said.replace(';', " "));
        }
    }
    value
}
