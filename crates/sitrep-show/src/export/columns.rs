//! The columns of `events.csv` and `claims.csv`: names are fixed, new ones are added at the end.
//!
//! In: contents. Out: a header and cells. Several values in a cell are joined by `; `; an unknown value is an empty cell.

use std::fmt::{Display, Write as _};

use csv::StringRecord;
use sitrep_model::{ActorRef, Claim, Contents, Event, Place, Stance, Time};

use super::events;
use crate::index::{Index, outlet};
use crate::list::ListOptions;
use crate::list::jsonl::Outward;
use crate::words;

type Header = &'static [&'static str];

/// A row under construction; the first row names the columns.
#[derive(Default)]
struct Row {
    names: Vec<&'static str>,
    cells: StringRecord,
    /// Where values that are no text yet are written.
    scratch: String,
}

impl Row {
    fn text(&mut self, name: &'static str, cell: &str) {
        if cfg!(debug_assertions) {
            self.names.push(name);
        }
        self.cells.push_field(cell);
    }

    fn put(&mut self, name: &'static str, cell: impl Display) {
        self.many(name, std::iter::once(cell));
    }

    fn maybe(&mut self, name: &'static str, cell: Option<impl AsRef<str>>) {
        self.text(name, cell.as_ref().map_or("", AsRef::as_ref));
    }

    fn number(&mut self, name: &'static str, cell: Option<impl Display>) {
        self.many(name, cell.into_iter());
    }

    fn cells_of(self, names: &[&str]) -> StringRecord {
        debug_assert_eq!(self.names, names, "the columns are fixed");
        self.cells
    }

    fn many(&mut self, name: &'static str, cells: impl Iterator<Item: Display>) {
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        for (at, cell) in cells.enumerate() {
            let gap = if at > 0 { "; " } else { "" };
            write!(text, "{gap}{cell}").expect("writing to memory cannot fail");
        }
        self.text(name, &text);
        self.scratch = text;
    }
}

/// One row an event.
pub(crate) fn event_table(contents: &Contents) -> (Header, impl Iterator<Item = StringRecord>) {
    let index = Index::of(contents);
    (EVENT_COLUMNS, contents.events.iter().map(move |event| event_row(event, &index).cells_of(EVENT_COLUMNS)))
}

/// One row a claim.
pub(crate) fn claim_table<'c>(
    contents: &'c Contents,
    options: &ListOptions<'c>,
) -> (Header, impl Iterator<Item = StringRecord> + use<'c>) {
    let index = Index::of(contents);
    let outward = Outward::of(contents, *options);
    let row = move |claim: &'c Claim| claim_row(claim, &outward, &index).cells_of(CLAIM_COLUMNS);
    (CLAIM_COLUMNS, contents.claims.iter().map(row))
}

const EVENT_COLUMNS: Header = &[
    "event_id",
    "event",
    "summary",
    "date_from",
    "date_to",
    "date_text",
    "date_value",
    "date_anchor",
    "date_prec_ucdp",
    "date_prec_acled",
    "place",
    "place_text",
    "place_status",
    "latitude",
    "longitude",
    "radius_km",
    "country",
    "geonames_id",
    "where_prec_ucdp",
    "geo_prec_acled",
    "actors",
    "actor_ids",
    "targets",
    "target_ids",
    "quantities",
    "accounts",
    "affirm",
    "deny",
    "independent_sources",
    "grade",
    "grade_why",
    "disputed_fields",
    "near_misses",
    "acled",
    "plover",
    "cameo",
    "outlets",
    "claim_ids",
    "status",
];

fn event_row<'c>(event: &'c Event, index: &Index<'c>) -> Row {
    let leaf = event.event.leaf();
    let claims: Vec<&Claim> = event.accounts.iter().filter_map(|it| index.claim(it.claim_id.as_str())).collect();
    let stances = |stance: Stance| event.accounts.iter().filter(|it| it.stance == stance).count();
    let mut outlets: Vec<&str> = claims.iter().map(|claim| index.outlet_of(claim)).collect();
    outlets.sort_unstable();
    outlets.dedup();
    let mut row = Row::default();
    row.text("event_id", event.event_id.as_str());
    row.text("event", event.event.as_str());
    row.text("summary", &event.summary);
    put_time(&mut row, event.time.as_ref());
    put_place(&mut row, event.place.as_ref());
    put_actors(&mut row, &event.actors, ["actors", "actor_ids"]);
    put_actors(&mut row, &event.targets, ["targets", "target_ids"]);
    row.many("quantities", event.quantities.iter().map(words::quantity));
    row.put("accounts", event.accounts.len());
    row.put("affirm", stances(Stance::Affirms));
    row.put("deny", stances(Stance::Denies));
    row.put("independent_sources", event.roots);
    row.put("grade", event.grade.information);
    row.text("grade_why", &event.grade.why);
    let disputes = event.disputes.iter().filter_map(|id| index.dispute(id.as_str()));
    row.many("disputed_fields", disputes.map(|dispute| dispute.field.as_str()));
    row.many("near_misses", event.near_misses.iter());
    row.maybe("acled", leaf.acled);
    row.maybe("plover", leaf.plover);
    row.maybe("cameo", leaf.cameo);
    row.many("outlets", outlets.into_iter());
    row.many("claim_ids", event.accounts.iter().map(|it| &it.claim_id));
    row.put("status", events::status(&events::told(event, index)));
    row
}

const CLAIM_COLUMNS: Header = &[
    "claim_id",
    "event_id",
    "document",
    "document_path",
    "outlet",
    "url",
    "published",
    "page_sha256",
    "voice",
    "comment_id",
    "start",
    "end",
    "quote",
    "event",
    "acled",
    "plover",
    "cameo",
    "actors",
    "actor_ids",
    "targets",
    "target_ids",
    "instruments",
    "operation",
    "date_from",
    "date_to",
    "date_text",
    "date_value",
    "date_anchor",
    "date_prec_ucdp",
    "date_prec_acled",
    "place",
    "place_text",
    "place_status",
    "latitude",
    "longitude",
    "radius_km",
    "country",
    "geonames_id",
    "where_prec_ucdp",
    "geo_prec_acled",
    "relation",
    "origin",
    "destination",
    "quantities",
    "status",
    "polarity",
    "again",
    "holders",
    "attribution_types",
    "cues",
    "stances",
    "certainty_author",
    "certainty_source",
    "certainty_word",
    "condition",
    "condition_text",
    "about",
    "extraction",
    "rule",
    "notes",
];

fn claim_row(claim: &Claim, outward: &Outward<'_>, index: &Index<'_>) -> Row {
    let mut row = Row::default();
    row.text("claim_id", claim.claim_id.as_str());
    row.maybe("event_id", index.event_of(claim.claim_id.as_str()).map(|event| event.event_id.as_str()));
    put_document(&mut row, claim, index);
    row.text("voice", claim.voice.as_str());
    row.maybe("comment_id", claim.comment_id.as_ref().map(|it| it.as_str()));
    row.put("start", outward.at(claim.document.as_str(), claim.start));
    row.put("end", outward.at(claim.document.as_str(), claim.end));
    row.text("quote", &claim.quote);
    row.text("event", claim.event.as_str());
    row.maybe("acled", claim.codes.acled.as_ref());
    row.maybe("plover", claim.codes.plover.as_ref());
    row.maybe("cameo", claim.codes.cameo.as_ref());
    put_actors(&mut row, &claim.actors, ["actors", "actor_ids"]);
    put_actors(&mut row, &claim.targets, ["targets", "target_ids"]);
    row.many("instruments", claim.instruments.iter().map(|it| &it.text));
    row.maybe("operation", claim.operation.as_ref());
    put_time(&mut row, claim.time.as_ref());
    put_place(&mut row, claim.place.as_ref());
    row.maybe("relation", claim.place.as_ref().and_then(|it| it.relation.as_ref()).map(words::relation));
    row.maybe("origin", claim.origin.as_ref().map(words::place_short));
    row.maybe("destination", claim.destination.as_ref().map(words::place_short));
    row.many("quantities", claim.quantities.iter().map(words::quantity));
    row.text("status", claim.status.as_str());
    row.text("polarity", claim.polarity.as_str());
    row.put("again", claim.again);
    put_attribution(&mut row, claim, outward);
    row.maybe("condition", claim.condition.as_ref().map(|it| it.as_str()));
    row.maybe("condition_text", claim.condition_text.as_ref());
    row.maybe("about", claim.about.as_ref().map(|it| it.as_str()));
    row.put("extraction", claim.extraction);
    row.text("rule", &claim.rule);
    row.many("notes", claim.notes.iter());
    row
}

fn put_document(row: &mut Row, claim: &Claim, index: &Index<'_>) {
    let document = index.document(claim.document.as_str());
    row.text("document", claim.document.as_str());
    row.text("document_path", &claim.document_path);
    row.maybe("outlet", document.and_then(|it| it.outlet.as_ref().map(|_| outlet(it))));
    row.maybe("url", document.and_then(|it| it.url.as_ref()));
    row.number("published", document.and_then(|it| it.published.as_ref()).map(|it| it.date));
    row.maybe("page_sha256", document.and_then(|it| index.page_of(it)).map(|it| &it.sha256));
}

fn put_attribution(row: &mut Row, claim: &Claim, outward: &Outward<'_>) {
    row.many("holders", claim.attribution.iter().map(|link| outward.holder(claim, link).unwrap_or_default()));
    row.many("attribution_types", claim.attribution.iter().map(|link| link.kind.as_str()));
    row.many("cues", claim.attribution.iter().map(|link| link.cue.as_deref().unwrap_or_default()));
    row.many("stances", claim.attribution.iter().map(|link| link.stance.as_str()));
    row.number("certainty_author", claim.certainty.author);
    row.number("certainty_source", claim.certainty.source);
    row.maybe("certainty_word", claim.certainty.word.as_ref());
}

fn put_actors(row: &mut Row, actors: &[ActorRef], [names, ids]: [&'static str; 2]) {
    row.many(names, actors.iter().map(|actor| &actor.name));
    row.many(ids, actors.iter().map(|actor| actor.actor_id.as_deref().unwrap_or_default()).filter(|id| !id.is_empty()));
}

fn put_time(row: &mut Row, time: Option<&Time>) {
    row.number("date_from", time.and_then(|it| it.from));
    row.number("date_to", time.and_then(|it| it.to));
    row.maybe("date_text", time.and_then(|it| it.text.as_ref()));
    row.maybe("date_value", time.map(|it| &it.value));
    row.maybe("date_anchor", time.map(|it| it.anchor.as_str()));
    row.number("date_prec_ucdp", time.and_then(|it| it.precision).map(|it| it.ucdp));
    row.number("date_prec_acled", time.and_then(|it| it.precision).map(|it| it.acled));
}

fn put_place(row: &mut Row, place: Option<&Place>) {
    let degrees = |value: Option<f64>| value.map(Degrees);
    row.maybe("place", place.map(words::place_short));
    row.maybe("place_text", place.map(|it| &it.text));
    row.maybe("place_status", place.map(|it| it.status.as_str()));
    row.number("latitude", degrees(place.and_then(|it| it.lat)));
    row.number("longitude", degrees(place.and_then(|it| it.lon)));
    row.maybe("radius_km", place.and_then(|it| it.radius_km).map(words::number));
    row.maybe("country", place.and_then(|it| it.country.as_ref()));
    row.number("geonames_id", place.and_then(|it| it.geonames_id));
    row.number("where_prec_ucdp", place.and_then(|it| it.precision).map(|it| it.ucdp));
    row.number("geo_prec_acled", place.and_then(|it| it.precision).map(|it| it.acled));
}

/// Four decimals: some ten metres.
struct Degrees(f64);

impl Display for Degrees {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.4}", self.0)
    }
}
