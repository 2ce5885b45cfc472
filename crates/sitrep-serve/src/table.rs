//! Every operation of the API.
//!
//! In: nothing. Out: [`OPERATIONS`]. What is not in it is not served under `/api/`.

use axum::routing::{get, post};
use sitrep::model::{AttributionType, EventType, ForecastState, Status, Voice};
use sitrep::show::list::List;

use crate::answers::{
    About, Accepted, ClaimView, Compare, ControlMap, DocumentView, Documents, EventView, Explore, Forecasts, Found,
    IngestStep, Marks, Queue, Ruled, Rulings, SourceLine, ThreadBrief,
};
use crate::app::App;
use crate::operations::{Answered, Does, Kind, Operation, Parameter, Verb};
use crate::problem::Wrong;
use crate::routes::{Asked, json};
use crate::{brief, compare, explore, exports, ledgers, reading, routes};

/// Items of one page of a list.
pub(crate) const MOST_ITEMS: usize = 1000;
/// Items when nobody says how many.
pub(crate) const ITEMS: usize = 100;

fn events() -> Vec<&'static str> {
    let mut codes: Vec<&str> = EventType::LEAVES.iter().map(|leaf| leaf.code).collect();
    codes.extend(EventType::LEAVES.iter().filter_map(|leaf| leaf.code.split('.').next()));
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn statuses() -> Vec<&'static str> {
    Status::ALL.iter().map(|it| it.as_str()).collect()
}

fn voices() -> Vec<&'static str> {
    Voice::ALL.iter().map(|it| it.as_str()).collect()
}

fn attributions() -> Vec<&'static str> {
    AttributionType::ALL.iter().map(|it| it.as_str()).collect()
}

fn certainties() -> Vec<&'static str> {
    vec!["-3", "-2", "-1", "0", "1", "2", "3", "unknown"]
}

fn forecast_states() -> Vec<&'static str> {
    ForecastState::ALL.iter().map(|it| it.as_str()).collect()
}

const PLACE: &str = "part of a place's name, upper or lower case alike";
const ACTOR: &str = "part of an actor's name";
const SOURCE: &str = "part of the name of an outlet or of a holder";
const TYPE: &str = "an event type (`territory.captured`) or a family (`territory`)";

/// The filter of the command line: one value a name.
const FILTER: &[Parameter] = &[
    Parameter::new("place", Kind::Text, PLACE),
    Parameter::new("actor", Kind::Text, ACTOR),
    Parameter::new("type", Kind::OneOf(events), TYPE),
    Parameter::new("source", Kind::Text, SOURCE),
    Parameter::new("since", Kind::Day, "not before this day"),
    Parameter::new("until", Kind::Day, "not after this day"),
    Parameter::new("status", Kind::OneOf(statuses), "with that status"),
    Parameter::new("voice", Kind::OneOf(voices), "in that voice"),
];

/// The filter of the workbench: any of the values of a name, all of the names.
const WANTED: &[Parameter] = &[
    Parameter::many("place", Kind::Text, PLACE),
    Parameter::many("actor", Kind::Text, ACTOR),
    Parameter::many("type", Kind::OneOf(events), TYPE),
    Parameter::many("source", Kind::Text, SOURCE),
    Parameter::new("since", Kind::Day, "not before this day"),
    Parameter::new("until", Kind::Day, "not after this day"),
    Parameter::many("status", Kind::OneOf(statuses), "with that status"),
    Parameter::many("voice", Kind::OneOf(voices), "in that voice"),
    Parameter::many("attribution", Kind::OneOf(attributions), "whose innermost link has that type"),
    Parameter::many("certainty", Kind::OneOf(certainties), "whose certainty is that number, or `unknown`"),
    Parameter::new("disputed", Kind::OneOf(|| vec!["0", "1"]), "`1`: whose event is in dispute"),
    Parameter::new("q", Kind::Text, "whose quote, sentence or names have all these words"),
];

const AS_OF: &[Parameter] = &[Parameter::new(
    "as_of",
    Kind::Day,
    "the record as known on this day: only pages published by then (`--as-known` of the command line)",
)];

const PAGE: &[Parameter] = &[
    Parameter::new("limit", Kind::Number { least: 1, most: MOST_ITEMS, unless: ITEMS }, "items of this page"),
    Parameter::new("cursor", Kind::Cursor, "goes on where an answer ended: its `next`"),
    Parameter::new("offsets", Kind::OneOf(|| vec!["bytes", "chars", "utf16"]), "unit of offsets into texts; `chars`"),
];

const EXPORT: &[Parameter] = &[
    Parameter::new("file", Kind::OneOf(exports::files), "which of the format's files; its main one when absent"),
    Parameter::new("profile", Kind::OneOf(|| vec!["public", "spreadsheet"]), "`public`: what everybody may see"),
    Parameter::new("aggregate", Kind::OneOf(|| vec!["0", "1"]), "`1`: a row for each day, place and dyad (acled, ged)"),
    Parameter::new("offsets", Kind::OneOf(|| vec!["bytes", "chars", "utf16"]), "unit of offsets into texts; `chars`"),
];

const SINCE: &[Parameter] = &[Parameter::new(
    "updated_since",
    Kind::Time,
    "only what was added, read anew or ruled on since, with tombstones of what was rejected or redacted",
)];

const ON: &[Parameter] = &[Parameter::new("on", Kind::Day, "the day; the last one when absent")];
const NEXT_EVENTS: &[Parameter] = &[
    Parameter::new("limit", Kind::Number { least: 1, most: 500, unless: 50 }, "events of this answer"),
    Parameter::new("cursor", Kind::Skip, "events to leave out: the `next` of an answer"),
];
const NEXT_OPEN: &[Parameter] = &[
    Parameter::new("limit", Kind::Number { least: 1, most: 200, unless: 20 }, "things of this answer"),
    Parameter::new("cursor", Kind::Skip, "things to leave out: the `next` of an answer"),
    Parameter::new("about", Kind::Text, "only what bears on this claim, event or dispute"),
];
const LEDGER: &[Parameter] = &[
    Parameter::new("state", Kind::OneOf(forecast_states), "what came of it"),
    Parameter::new("id", Kind::Text, "a forecast that is to be among them"),
    Parameter::new("limit", Kind::Number { least: 1, most: MOST_ITEMS, unless: ITEMS }, "forecasts of this answer"),
    Parameter::new("cursor", Kind::Skip, "forecasts to leave out: the `next` of an answer"),
];
const DOCUMENTS: &[Parameter] = &[
    Parameter::new("q", Kind::Text, "only those with these words in outlet, title, day or file name"),
    Parameter::many("id", Kind::Text, "a document that is to be among them"),
    Parameter::new("limit", Kind::Number { least: 1, most: MOST_ITEMS, unless: ITEMS }, "documents of this answer"),
    Parameter::new("cursor", Kind::Skip, "documents to leave out: the `next` of an answer"),
];
const LOOK_FOR: &[Parameter] = &[
    Parameter::new("q", Kind::Text, "the words"),
    Parameter::new("limit", Kind::Number { least: 1, most: 100, unless: 20 }, "hits of this answer"),
];
const NAME: &[Parameter] = &[Parameter::new("q", Kind::Text, "the name")];
const TWO: &[Parameter] = &[
    Parameter::needed("a", Kind::Text, "the id of a document"),
    Parameter::needed("b", Kind::Text, "the id of another document"),
    Parameter::new("words", Kind::OneOf(|| vec!["0", "1"]), "`1`: word for word, even where neither is a copy"),
];
const FILE: &[Parameter] = &[
    Parameter::new("name", Kind::Text, "the file's name; its ending tells what it is"),
    Parameter::new("url", Kind::Text, "where it was published"),
    Parameter::new("outlet", Kind::Text, "who published it"),
    Parameter::new("published", Kind::Day, "when it was published"),
];

/// A screen: read from the record, as of any day.
const fn screen(
    path: &'static str,
    id: &'static str,
    says: &'static str,
    query: &'static [&'static [Parameter]],
    answer: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
    does: fn(&Asked<'_>) -> Result<Vec<u8>, Wrong>,
) -> Operation {
    let (answer, does) = (Answered::Json(answer), Does::Read(does));
    Operation { verb: Verb::Get, path, id, says, query, names: "the id", answer, does }
}

/// A list of the command line.
const fn list(path: &'static str, id: &'static str, says: &'static str, what: List) -> Operation {
    let query: &[&[Parameter]] = match what {
        List::Claims | List::Pages => &[FILTER, PAGE, AS_OF, SINCE],
        _ => &[FILTER, PAGE, AS_OF],
    };
    Operation {
        verb: Verb::Get,
        path,
        id,
        says,
        query,
        names: "",
        answer: Answered::Page(what),
        does: Does::List(what),
    }
}

/// The table.
pub(crate) static OPERATIONS: &[Operation] = &[
    Operation {
        verb: Verb::Get,
        path: "/api/openapi.json",
        id: "openapi",
        says: "This description",
        query: &[],
        names: "",
        answer: Answered::Json(|_| schemars::json_schema!({"type": "object"})),
        does: Does::Other(|| get(routes::openapi)),
    },
    screen(
        "/api/about",
        "about",
        "What is served",
        &[AS_OF],
        |it| it.subschema_for::<About>(),
        |asked| json(&explore::about(asked.app, asked.snapshot)),
    ),
    screen(
        "/api/explore",
        "explore",
        "The part of the record that a filter asks for: counts, facets, events",
        &[WANTED, NEXT_EVENTS, AS_OF],
        |it| it.subschema_for::<Explore>(),
        |asked| json(&explore::explore(asked.snapshot, asked.query, asked.reviewed)?),
    ),
    screen(
        "/api/marks",
        "marks",
        "The same part as marks on map and timeline",
        &[WANTED, AS_OF],
        |it| it.subschema_for::<Marks>(),
        |asked| json(&*explore::marks(asked.snapshot, asked.query)?),
    ),
    screen(
        "/api/search",
        "search",
        "Everything that has the words",
        &[LOOK_FOR, AS_OF],
        |it| it.subschema_for::<Found>(),
        |asked| json(&explore::search(asked.snapshot, asked.query)?),
    ),
    Operation {
        verb: Verb::Get,
        path: "/api/outlines",
        id: "outlines",
        says: "Countries and rivers, `[lon, lat]` degrees; the same for every record",
        query: &[],
        names: "",
        answer: Answered::Json(|_| schemars::json_schema!({"type": "object"})),
        does: Does::Other(|| get(routes::outlines)),
    },
    screen(
        "/api/event/{id}",
        "event",
        "An event with everything it rests on; the id may be that of a claim, dispute or forecast of it",
        &[AS_OF],
        |it| it.subschema_for::<EventView>(),
        |asked| json(&reading::event(asked.snapshot, asked.id, asked.reviewed)?),
    ),
    screen(
        "/api/claim/{id}",
        "claim",
        "A claim with what one needs to read it",
        &[AS_OF],
        |it| it.subschema_for::<ClaimView>(),
        |asked| {
            let claim = asked.snapshot.claim(asked.id).ok_or_else(|| Wrong::Missing(format!("claim {}", asked.id)))?;
            json(&brief::claim(asked.snapshot, claim, asked.reviewed))
        },
    ),
    screen(
        "/api/document/{id}",
        "document",
        "The stored text with its passages, comments and provenance",
        &[AS_OF],
        |it| it.subschema_for::<DocumentView>(),
        |asked| json(&reading::document(asked.snapshot, asked.id, asked.reviewed)?),
    ),
    screen(
        "/api/documents",
        "documents",
        "Documents, short, by their days",
        &[DOCUMENTS, AS_OF],
        |it| it.subschema_for::<Documents>(),
        |asked| json(&reading::documents(asked.snapshot, asked.query)?),
    ),
    screen(
        "/api/compare",
        "compare",
        "Two reports side by side",
        &[TWO, AS_OF],
        |it| it.subschema_for::<Compare>(),
        |asked| json(&compare::compare(asked.snapshot, asked.query, asked.reviewed)?),
    ),
    screen(
        "/api/control",
        "controlMap",
        "Asserted control of every place",
        &[ON, AS_OF],
        |it| it.subschema_for::<ControlMap>(),
        |asked| json(&ledgers::control_map(asked.snapshot, asked.query)?),
    ),
    screen(
        "/api/control/{place}",
        "control",
        "Who is said to have held a place, according to whom",
        &[ON, AS_OF],
        |it| it.subschema_for::<sitrep::model::ControlAnswer>(),
        |asked| json(&ledgers::control(asked.snapshot, asked.id, asked.query)?),
    ),
    screen(
        "/api/threads",
        "threads",
        "Documents with readers' comments",
        &[AS_OF],
        |it| it.subschema_for::<Vec<ThreadBrief>>(),
        |asked| json(&reading::threads(asked.snapshot)),
    ),
    screen(
        "/api/forecasts",
        "forecasts",
        "The ledger of forecasts and how good they were",
        &[LEDGER, AS_OF],
        |it| it.subschema_for::<Forecasts>(),
        |asked| json(&ledgers::forecasts(asked.snapshot, asked.query, asked.reviewed)?),
    ),
    screen(
        "/api/sources",
        "sources",
        "Every source, what the user noted of it and what became of its claims",
        &[AS_OF],
        |it| it.subschema_for::<Vec<SourceLine>>(),
        |asked| json(&asked.snapshot.sources()),
    ),
    screen(
        "/api/queue",
        "queue",
        "What waits for review",
        &[NEXT_OPEN, AS_OF],
        |it| it.subschema_for::<Queue>(),
        |asked| json(&ledgers::queue(asked.snapshot, asked.query, asked.reviewed)?),
    ),
    screen(
        "/api/places",
        "placesCalled",
        "The gazetteer's places of a name, the largest first",
        &[NAME],
        |it| it.subschema_for::<Vec<sitrep::model::Place>>(),
        |asked| {
            let app: &App = asked.app;
            let kit = app.jobs.kit(app.options.kit, &app.record()?)?;
            json(&sitrep::places::called(&kit, asked.query.value("q").unwrap_or_default()))
        },
    ),
    screen(
        "/api/rulings",
        "rulings",
        "The audit log, latest first",
        &[],
        |it| it.subschema_for::<Rulings>(),
        |asked| json(&ledgers::rulings(asked.snapshot, asked.reviewed)),
    ),
    Operation {
        verb: Verb::Post,
        path: "/api/rulings",
        id: "rule",
        says: "Rules on a claim, an event or a source; 409 with the ruling that came between when `seen` is older",
        query: &[],
        names: "",
        answer: Answered::Json(|it| it.subschema_for::<Ruled>()),
        does: Does::Other(|| post(routes::rule)),
    },
    Operation {
        verb: Verb::Post,
        path: "/api/ingest",
        id: "ingest",
        says: "Reads a page, feed, archive or text in the background; at most 64 MB",
        query: &[FILE],
        names: "",
        answer: Answered::Json(|it| it.subschema_for::<Accepted>()),
        does: Does::Other(|| post(routes::begin)),
    },
    Operation {
        verb: Verb::Get,
        path: "/api/ingest/{job}",
        id: "ingestSteps",
        says: "What became of it, step by step, until all is done",
        query: &[],
        names: "the number of a job",
        answer: Answered::Events(|it| it.subschema_for::<IngestStep>()),
        does: Does::Other(|| get(routes::steps)),
    },
    Operation {
        verb: Verb::Get,
        path: "/api/live",
        id: "live",
        says: "The record's version now and whenever it changes; never ends",
        query: &[],
        names: "",
        answer: Answered::Events(|it| it.subschema_for::<String>()),
        does: Does::Other(|| get(routes::live)),
    },
    Operation {
        verb: Verb::Get,
        path: "/api/export/{format}",
        id: "export",
        says: "A file of an export, as `sitrep export` writes it, made while it is sent",
        query: &[FILTER, EXPORT, AS_OF],
        names: "the name of a format",
        answer: Answered::File,
        does: Does::File(exports::stream),
    },
    list("/api/lists/claims", "listClaims", "Claims, as `sitrep claims` lists them", List::Claims),
    list("/api/lists/events", "listEvents", "Events", List::Events),
    list("/api/lists/disputes", "listDisputes", "Disputes", List::Disputes),
    list("/api/lists/forecasts", "listForecasts", "Forecasts", List::Forecasts),
    list("/api/lists/links", "listLinks", "How claims stand to each other", List::Links),
    list("/api/lists/threads", "listThreads", "Readers' comments, under pseudonyms", List::Threads),
    list("/api/lists/places", "listPlaces", "Places that claims name", List::Places),
    list("/api/lists/actors", "listActors", "Actors that claims name", List::Actors),
    list("/api/lists/sources", "listSources", "Outlets and holders", List::Sources),
    list("/api/lists/pages", "listPages", "Pages, with their copies", List::Pages),
];

/// The methods that the table has for an address, as `Allow` says them.
pub(crate) fn allowed(path: &str) -> &'static str {
    let is_at = |operation: &&Operation| {
        let (asked, known) = (path.split('/'), operation.path.split('/'));
        asked.clone().count() == known.clone().count()
            && asked.zip(known).all(|(asked, known)| known.starts_with('{') || asked == known)
    };
    let verbs: Vec<Verb> = OPERATIONS.iter().filter(is_at).map(|it| it.verb).collect();
    match (verbs.contains(&Verb::Get), verbs.contains(&Verb::Post)) {
        (true, true) => "GET, HEAD, POST",
        (false, true) => "POST",
        _ => "GET, HEAD",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_the_command_line_is_an_operation() {
        for what in List::ALL {
            let path = format!("/api/lists/{}", what.name());
            assert!(OPERATIONS.iter().any(|it| it.path == path), "{path}");
        }
    }

    #[test]
    fn names_are_unique_and_methods_are_told() {
        let mut ids: Vec<&str> = OPERATIONS.iter().map(|it| it.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), OPERATIONS.len());
        assert_eq!(allowed("/api/rulings"), "GET, HEAD, POST");
        assert_eq!(
            (allowed("/api/ingest"), allowed("/api/event/e_0"), allowed("/")),
            ("POST", "GET, HEAD", "GET, HEAD")
        );
    }
}
