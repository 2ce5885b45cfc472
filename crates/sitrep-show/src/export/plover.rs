//! PLOVER, one event a line: the categories and modes of the event type table, quad codes, places, the passage as offsets.
//!
//! In: contents. Out: one JSONL file. Never the text of a report, never an actor code that the record does not hold, and no event whose
//! type PLOVER has no category for.

use std::io;

use serde_json::{Map, Value, json};
use sitrep_model::{ActorRef, Contents, Event, Place};

use super::events::{self, Told};
use super::loss::Lost;
use super::{ExportOptions, Files, Loss, countries};
use crate::index::Index;
use crate::list::{ListOptions, jsonl};
use crate::words;

/// The 16 categories and their quad code: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. The
/// manual lists SANCTION under both 3 and 4; its own section says material.
const CATEGORIES: [(&str, u8); 16] = [
    ("AGREE", 1),
    ("CONSULT", 1),
    ("SUPPORT", 1),
    ("CONCEDE", 1),
    ("COOPERATE", 2),
    ("AID", 2),
    ("RETREAT", 2),
    ("REQUEST", 3),
    ("ACCUSE", 3),
    ("REJECT", 3),
    ("THREATEN", 3),
    ("PROTEST", 4),
    ("SANCTION", 4),
    ("MOBILIZE", 4),
    ("COERCE", 4),
    ("ASSAULT", 4),
];

/// An event's PLOVER category, mode and quad code.
pub(super) struct Coded {
    pub(super) category: &'static str,
    pub(super) mode: Option<&'static str>,
    pub(super) quad: u8,
}

/// What the event type table says; `None` where PLOVER has nothing.
pub(super) fn coded(event: &Event) -> Option<Coded> {
    let code = event.event.leaf().plover?;
    let (category, mode) = code.split_once('/').unwrap_or((code, "-"));
    let quad = CATEGORIES.iter().find(|(name, _)| *name == category)?.1;
    Some(Coded { category, mode: Some(mode).filter(|mode| *mode != "-"), quad })
}

/// What formats of coded events leave out, counted in this order: what no report says was done, what has no category, what has no day.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    undone: usize,
    uncoded: usize,
    undated: usize,
}

impl LeftOut {
    /// Whether the format takes the event; counted when it does not.
    pub(super) fn takes(&mut self, event: &Event, told: &[Told<'_>], is_coded: bool) -> bool {
        let reason = match (events::is_done(told), is_coded, events::days(event)) {
            (false, ..) => &mut self.undone,
            (_, false, _) => &mut self.uncoded,
            (_, _, None) => &mut self.undated,
            _ => return true,
        };
        *reason += 1;
        false
    }

    pub(super) fn report(&self, scheme: &str, loss: &mut Loss) {
        loss.add(
            "events that no report says were done: planned, foreseen, denied, told by readers only (left out)",
            self.undone,
        );
        loss.add(&format!("events of a type that {scheme} has no code for (left out)"), self.uncoded);
        loss.add("events without a day (left out)", self.undated);
    }
}

pub(super) fn plover(contents: &Contents, options: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let lists = ListOptions { offsets: options.offsets, names: options.names };
    let outward = jsonl::Outward::of(contents, lists);
    let out = files.file("plover.jsonl")?;
    let (mut unnamed, mut left) = (0, LeftOut::default());
    for event in &contents.events {
        let told = events::told(event, &index);
        let taken = left.takes(event, &told, coded(event).is_some());
        if let Some(row) = row(event, told.first(), &outward, &contents.edition.version).filter(|_| taken) {
            unnamed += usize::from(event.actors.is_empty());
            jsonl::line(&row, out)?;
        }
    }
    let mut loss = Loss::default();
    left.report("PLOVER", &mut loss);
    loss.add("events without a named actor (kept, the list of actors is empty)", unnamed);
    let lost =
        [Lost::Claims, Lost::Attribution, Lost::Disputes, Lost::Forecasts, Lost::Links, Lost::Comments, Lost::Texts];
    loss.parts(contents, &lost);
    Ok(loss)
}

fn row(event: &Event, first: Option<&Told<'_>>, outward: &jsonl::Outward<'_>, version: &str) -> Option<Value> {
    let coded = coded(event)?;
    let (from, to) = events::days(event)?;
    let mut row = Map::new();
    let mut put = |name: &str, value: Value| row.insert(name.to_owned(), value);
    put("id", json!(event.event_id));
    put("date", json!(from));
    if from != to {
        put("enddate", json!(to));
    }
    put("actor", event.actors.iter().map(entity).collect());
    if !event.targets.is_empty() {
        put("recipient", event.targets.iter().map(entity).collect());
    }
    put("event", json!(coded.category));
    if let Some(mode) = coded.mode {
        put("mode", json!([mode]));
    }
    put("quad_code", json!(coded.quad));
    put("event_text", json!(event.summary));
    if let Some(place) = &event.place {
        put("event_loc", location(place));
    }
    let counts = [("dead", "killed"), ("injured", "wounded")];
    let size: Map<String, Value> = counts
        .into_iter()
        .filter_map(|(name, kind)| Some((name.to_owned(), json!(events::count(event, kind)?[1]))))
        .collect();
    if !size.is_empty() {
        put("size", Value::Object(size));
    }
    if let Some(it) = first {
        let at = |byte: u32| outward.at(it.document.id.as_str(), byte);
        put("text_info", json!({ "start": at(it.claim.start), "end": at(it.claim.end) }));
        put("cite_info", citation(it, version));
        if let Some(url) = &it.document.url {
            put("link", json!(url));
        }
    }
    Some(Value::Object(row))
}

fn entity(actor: &ActorRef) -> Value {
    let mut entity = Map::new();
    if let Some(sector) = sector(actor) {
        entity.insert("sector".to_owned(), json!(sector));
    }
    entity.insert("entity_text".to_owned(), json!(actor.text));
    entity.insert("identifier_text".to_owned(), json!(actor.name));
    if let Some(id) = &actor.actor_id {
        entity.insert("identifier_id".to_owned(), json!(id));
    }
    Value::Object(entity)
}

/// The sector of an actor, by its kind; `None` where the kind decides nothing.
pub(super) fn sector(actor: &ActorRef) -> Option<&'static str> {
    Some(match actor.kind.as_deref()? {
        "state forces" => "MIL",
        "government" => "GOV",
        "rebels" => "REB",
        "militia" => "PRM",
        "civilians" => "CVL",
        "international" => "IGO",
        "police" => "COP",
        "media" => "JRN",
        _ => return None,
    })
}

fn location(place: &Place) -> Value {
    let mut found = Map::new();
    let mut put = |name: &str, value: Value| found.insert(name.to_owned(), value);
    put("extracted_place", json!(place.text));
    put("resolved_place", json!(words::place_short(place)));
    if let Some(id) = place.geonames_id {
        put("geonameid", json!(id.to_string()));
    }
    if let Some((lat, lon)) = place.lat.zip(place.lon) {
        put("lat", json!(lat));
        put("lon", json!(lon));
    }
    if let Some(country) = place.country.as_deref().and_then(countries::of) {
        put("country", json!(country.name));
        put("country_code", json!(country.alpha3));
    }
    if let Some(resolution) = resolution(place) {
        put("resolution", json!(resolution));
    }
    Value::Object(found)
}

/// 5 within a town, 4 a town, 2 a province, 1 a country; districts and provinces are not told apart in the record.
fn resolution(place: &Place) -> Option<u8> {
    Some(match place.kind.as_deref()? {
        "neighbourhood" | "facility" => 5,
        "city" | "town" | "village" => 4,
        "district" => 3,
        "region" => 2,
        "country" => 1,
        _ => return None,
    })
}

fn citation(it: &Told<'_>, version: &str) -> Value {
    let mut cite = Map::new();
    let mut put = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            cite.insert(name.to_owned(), json!(value));
        }
    };
    put("url", it.document.url.as_deref());
    put("title", it.document.title.as_deref());
    put("language", it.document.language.as_deref());
    put("publication", it.document.outlet.as_deref());
    put("coder", Some("sitrep"));
    put("version", Some(version));
    Value::Object(cite)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitrep_model::EventType;

    #[test]
    fn every_category_of_the_event_type_table_is_known_but_one() {
        let unknown = EventType::LEAVES.iter().filter_map(|leaf| leaf.plover).filter(|code| {
            let category = code.split('/').next().unwrap_or_default();
            !CATEGORIES.iter().any(|(name, _)| *name == category)
        });
        assert_eq!(unknown.collect::<Vec<_>>(), ["INVESTIGATE/-"], "the manual has 16 categories, without this one");
    }
}
