//! TimeMap: events, sources and associations as that viewer loads them. It knows one day an event and coordinates as text.
//!
//! In: contents. Out: three JSON files. Never half a pair of coordinates, never an event with neither day nor coordinates.

use std::collections::BTreeMap;
use std::io;

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use sitrep_model::{Contents, Document, Event};

use super::events;
use super::loss::Lost;
use super::{ExportOptions, Files, Loss};
use crate::index::{Index, outlet};
use crate::list::jsonl;
use crate::words;

pub(super) fn timemap(contents: &Contents, _: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let rows: Vec<Value> = contents.events.iter().filter_map(|event| row(event, &index)).collect();
    let ranges = contents.events.iter().filter(|it| events::days(it).is_some_and(|(from, to)| from != to)).count();
    let mut loss = Loss::default();
    loss.add("events with neither day nor coordinates (left out)", contents.events.len() - rows.len());
    loss.add("ranges of days (the first day is given, the range stands in time_display)", ranges);
    loss.parts(contents, &Lost::of_event_rows(Lost::Sides));
    jsonl::line(&rows, files.file("events.json")?)?;
    let sources: Map<String, Value> =
        contents.documents.iter().map(|document| (document.id.to_string(), source(document))).collect();
    jsonl::line(&sources, files.file("sources.json")?)?;
    jsonl::line(&associations(contents), files.file("associations.json")?)?;
    Ok(loss)
}

fn row<'c>(event: &'c Event, index: &Index<'c>) -> Option<Value> {
    let point = event.place.as_ref().and_then(|place| place.lat.zip(place.lon));
    let point = point.filter(|(lat, lon)| lat.is_finite() && lon.is_finite());
    let day = events::days(event).map(|(from, _)| from);
    if day.is_none() && point.is_none() {
        return None;
    }
    let (latitude, longitude) =
        point.map_or_else(Default::default, |(lat, lon)| (format!("{lat:.6}"), format!("{lon:.6}")));
    let told = events::told(event, index);
    let mut sources: Vec<&str> = told.iter().map(|it| it.document.id.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    let disputed = events::disputed(event, index);
    let comments = match disputed.is_empty() {
        true => words::support(event),
        false => format!("{}; disputed: {disputed}", words::support(event)),
    };
    Some(json!({
        "id": event.event_id,
        "description": event.summary,
        "date": day.map(american).unwrap_or_default(),
        "time": "",
        "time_precision": event.time.as_ref().and_then(|it| it.text.clone()).unwrap_or_default(),
        "time_display": event.time.as_ref().map(words::when).unwrap_or_default(),
        "location": event.place.as_ref().map(words::place_short).unwrap_or_default(),
        "latitude": latitude,
        "longitude": longitude,
        "type": event.event.as_str(),
        "category": event.event.family(),
        "category_full": words::event_type(event.event),
        "associations": [event.event.family()],
        "sources": sources,
        "comments": comments,
        "status": events::status(&told),
    }))
}

/// The format's own default: MM/DD/YYYY.
fn american(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.month(), day.day(), day.year())
}

fn source(document: &Document) -> Value {
    json!({
        "id": document.id,
        "title": document.title.as_deref().unwrap_or(&document.path),
        "paths": [],
        "type": "article",
        "affil_s": [outlet(document)],
        "url": document.url.as_deref().unwrap_or_default(),
        "description": "",
        "author": document.byline.as_deref().unwrap_or_default(),
        "date": document.published.as_ref().map(|it| american(it.date)).unwrap_or_default(),
        "notes": "",
    })
}

/// A filter for each family of events in the export.
fn associations(contents: &Contents) -> Vec<Value> {
    let families: BTreeMap<&str, usize> = contents.events.iter().fold(BTreeMap::new(), |mut families, event| {
        *families.entry(event.event.family()).or_default() += 1;
        families
    });
    let one = |(family, n): (&str, usize)| {
        json!({
            "id": family,
            "title": family.replace('_', " "),
            "desc": words::count(n, "event", "events"),
            "mode": "FILTER",
            "filter_paths": ["What happened", family.replace('_', " ")],
        })
    };
    families.into_iter().map(one).collect()
}
