//! ACLED-shaped CSV: the 31 columns of the dyadic file, sub-event types from the event type table.
//!
//! In: contents. Out: `acled.csv` and its codebook. Never ACLED's own ids, and nothing where the reports are silent.

use std::io;

use sitrep_model::{ActorRef, Contents, Event, PlaceStatus};

use super::coded::{self, CodedRow, Column, NOTES, Scheme};
use super::csv::Sheet;
use super::dyads::{Body, Dyad, body, is_named};
use super::events;
use super::loss::Lost;
use super::{ExportOptions, Files, Loss, countries};
use crate::index::Index;
use crate::words;

const COLUMNS: [Column; 31] = [
    ("event_id_cnty", "id of the event in the record, not one of ACLED's"),
    ("event_date", "first day, YYYY-MM-DD"),
    ("year", "its year"),
    ("time_precision", "1 the day; 2 a week; 3 a month"),
    ("disorder_type", "by the sub-event type"),
    ("event_type", "by the sub-event type"),
    (
        "sub_event_type",
        "from the event type table; of a capture it depends on the taker's kind and is empty where that is not known",
    ),
    (
        "actor1",
        "first named party of side A; no direction implied; empty where the reports only say “militants” or the like",
    ),
    ("assoc_actor_1", "its other parties, separated by “; ”"),
    ("inter1", "1 state forces; 2 rebels; 3 militias; 7 civilians; 8 external or other"),
    ("actor2", "first party of side B; `Civilians (Country)` where they are the target"),
    ("assoc_actor_2", "its other parties"),
    ("inter2", "as inter1"),
    ("interaction", "both codes, the lower first; one code and 0 where there is one party"),
    ("civilian_targeting", "`Civilian targeting` where side B is civilians"),
    ("iso", "ISO 3166-1 numeric code of the country of the place"),
    ("region", "as ACLED divides the world"),
    ("country", "country of the place"),
    ("admin1", "empty: the record holds no administrative divisions"),
    ("admin2", "empty"),
    ("admin3", "empty"),
    ("location", "the place, or the place it is told by"),
    ("latitude", "degrees, 4 decimals; the centre of an area"),
    ("longitude", "degrees, 4 decimals"),
    ("geo_precision", "1 the town; 2 near it or part of a region; 3 a larger region"),
    ("source", "outlets, separated by “; ”"),
    ("source_scale", "empty: the record does not hold it"),
    ("notes", "`On DAY: ` and one sentence an event"),
    ("fatalities", "best estimate; 0 when no report counts dead"),
    ("tags", "event ids, grade, independent sources, disputed fields; `reported, not verified`"),
    ("timestamp", "empty: a record has no clock"),
];

/// Sub-event types by event type, with their disorder type.
const TYPES: [(&str, &str, &[&str]); 7] = [
    (
        "Battles",
        "Political violence",
        &["Armed clash", "Government regains territory", "Non-state actor overtakes territory"],
    ),
    (
        "Explosions/Remote violence",
        "Political violence",
        &[
            "Chemical weapon",
            "Air/drone strike",
            "Suicide bomb",
            "Shelling/artillery/missile attack",
            "Remote explosive/landmine/IED",
            "Grenade",
        ],
    ),
    (
        "Violence against civilians",
        "Political violence",
        &["Sexual violence", "Attack", "Abduction/forced disappearance"],
    ),
    ("Protests", "Demonstrations", &["Peaceful protest", "Protest with intervention"]),
    ("Riots", "Demonstrations", &["Violent demonstration"]),
    ("Riots", "Political violence", &["Mob violence"]),
    (
        "Strategic developments",
        "Strategic developments",
        &[
            "Agreement",
            "Arrests",
            "Change to group/activity",
            "Disrupted weapons use",
            "Headquarters or base established",
            "Looting/property destruction",
            "Non-violent transfer of territory",
            "Other",
        ],
    ),
];

/// Event type and disorder type of a sub-event type.
fn kind_of(sub: &str) -> Option<(&'static str, &'static str)> {
    TYPES.iter().find(|(_, _, subs)| subs.contains(&sub)).map(|(kind, disorder, _)| (*kind, *disorder))
}

fn event_type(event: &Event) -> Option<&'static str> {
    let sub = event.event.leaf().acled?;
    kind_of(sub.split(" / ").next().unwrap_or(sub)).map(|(kind, _)| kind)
}

/// The sub-event type; of two the taker's kind decides, and nothing where that is not known.
fn sub_event_type(event: &Event) -> &'static str {
    let Some(code) = event.event.leaf().acled else { return "" };
    let Some((state, other)) = code.split_once(" / ") else { return code };
    match event.actors.iter().find_map(body) {
        Some(Body::State) => state,
        Some(_) => other,
        None => "",
    }
}

pub(super) fn acled(contents: &Contents, options: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let scheme = Scheme { name: "ACLED", code: event_type };
    let (rows, left) = coded::rows(contents, &index, &scheme, options.aggregate);
    let header: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    Sheet::new(files.file("acled.csv")?, &header, options.spreadsheet)?
        .rows(rows.iter().map(|row| cells(row, &index).to_vec()))?;
    let title = "ACLED-shaped events: codebook";
    files.file("codebook.md")?.write_all(coded::codebook(title, &COLUMNS, &NOTES).as_bytes())?;
    let mut loss = Loss::default();
    left.report(scheme.name, &mut loss);
    let ranges = rows.iter().filter(|row| row.days().is_some_and(|(from, to)| from != to)).count();
    loss.add("ranges of days (the first day is given)", ranges);
    loss.add("lowest and highest counts of dead", rows.iter().filter(|row| row.deaths.is_some()).count());
    loss.parts(contents, &Lost::of_event_rows(Lost::Sides));
    Ok(loss)
}

fn cells(row: &CodedRow<'_>, index: &Index<'_>) -> [String; 31] {
    let event = row.first();
    let (day, _) = row.days().map_or((None, None), |(from, to)| (Some(from), Some(to)));
    let place = row.place();
    let country = place.and_then(|it| it.country.as_deref()).and_then(countries::of);
    let sub = sub_event_type(event);
    let (kind, disorder) =
        kind_of(sub).or_else(|| event_type(event).map(|kind| (kind, disorder(kind)))).unwrap_or_default();
    let (one, other) = (inter(&row.dyad.a), inter(&row.dyad.b));
    let against_civilians = row.dyad.b.first().is_some_and(|it| body(it) == Some(Body::Civilians));
    let text = |value: Option<String>| value.unwrap_or_default();
    let country_name = country.map(|it| it.name).unwrap_or_default();
    [
        row.id.clone(),
        text(day.map(|day| day.to_string())),
        text(day.map(|day| day.year().to_string())),
        text(event.time.as_ref().and_then(|it| it.precision).map(|it| it.acled.to_string())),
        disorder.to_owned(),
        kind.to_owned(),
        sub.to_owned(),
        party(&row.dyad.a, country_name),
        others(&row.dyad.a),
        text(one.map(|code| code.to_string())),
        party(&row.dyad.b, country_name),
        others(&row.dyad.b),
        text(other.map(|code| code.to_string())),
        interaction(&row.dyad, one, other),
        if against_civilians { "Civilian targeting".to_owned() } else { String::new() },
        text(country.and_then(|it| it.numeric).map(|it| it.to_string())),
        country.map(|it| it.acled_region).unwrap_or_default().to_owned(),
        country_name.to_owned(),
        String::new(),
        String::new(),
        String::new(),
        place.map(location).unwrap_or_default(),
        text(place.and_then(|it| it.lat).map(|it| format!("{it:.4}"))),
        text(place.and_then(|it| it.lon).map(|it| format!("{it:.4}"))),
        text(place.and_then(|it| it.precision).map(|it| it.acled.to_string())),
        row.outlets().join("; "),
        String::new(),
        format!("{}{}", text(day.map(|day| format!("On {}: ", words::day(day)))), row.summary()),
        row.deaths.map_or(0, |it| it.best()).to_string(),
        tags(row, index),
        String::new(),
    ]
}

fn disorder(kind: &str) -> &'static str {
    TYPES.iter().find(|(name, _, _)| *name == kind).map(|(_, disorder, _)| *disorder).unwrap_or_default()
}

/// The place, or the one it is told by.
pub(super) fn location(place: &sitrep_model::Place) -> String {
    let anchor =
        place.relation.as_ref().and_then(|it| it.anchor.clone()).filter(|_| place.status == PlaceStatus::Relative);
    anchor.or_else(|| place.name.clone()).unwrap_or_else(|| place.text.clone())
}

fn inter(side: &[&ActorRef]) -> Option<u8> {
    Some(match body(side.first()?)? {
        Body::State => 1,
        Body::Rebels => 2,
        Body::Militia => 3,
        Body::Civilians => 7,
        Body::Outside => 8,
        Body::Armed => return None,
    })
}

fn interaction(dyad: &Dyad<'_>, one: Option<u8>, other: Option<u8>) -> String {
    match (one, other) {
        (Some(a), Some(b)) => format!("{}{}", a.min(b), a.max(b)),
        (Some(a), None) if dyad.b.is_empty() => format!("{a}0"),
        (None, Some(b)) if dyad.a.is_empty() => format!("{b}0"),
        _ => String::new(),
    }
}

fn party(side: &[&ActorRef], country: &str) -> String {
    match side.iter().find(|it| is_named(it) || body(it) == Some(Body::Civilians)) {
        Some(actor) if body(actor) == Some(Body::Civilians) && !country.is_empty() => format!("Civilians ({country})"),
        Some(actor) if body(actor) == Some(Body::Civilians) => "Civilians".to_owned(),
        Some(actor) => actor.name.clone(),
        None => String::new(),
    }
}

fn others(side: &[&ActorRef]) -> String {
    let named = || side.iter().filter(|actor| is_named(actor));
    let rest = named().skip(1).map(|actor| actor.name.as_str());
    let bodies = named().take(1).flat_map(|actor| &actor.member_of).map(String::as_str);
    let mut names: Vec<&str> = Vec::new();
    for name in rest.chain(bodies) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}

fn tags(row: &CodedRow<'_>, index: &Index<'_>) -> String {
    let ids: Vec<&str> = row.events.iter().map(|event| event.event_id.as_str()).collect();
    let mut tags = vec![
        "reported, not verified".to_owned(),
        format!("events={}", ids.join(" ")),
        format!("grade={}", row.first().grade.information),
        format!("independent_sources={}", row.events.iter().map(|event| event.roots).max().unwrap_or(0)),
    ];
    let disputed: Vec<String> =
        row.events.iter().map(|event| events::disputed(event, index)).filter(|it| !it.is_empty()).collect();
    if !disputed.is_empty() {
        tags.push(format!("disputed={}", disputed.join(", ")));
    }
    tags.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitrep_model::EventType;

    #[test]
    fn every_sub_event_type_of_the_table_is_one_of_acleds() {
        for leaf in EventType::LEAVES {
            for sub in leaf.acled.into_iter().flat_map(|code| code.split(" / ")) {
                assert!(kind_of(sub).is_some(), "{}: {sub}", leaf.code);
            }
        }
    }
}
