//! Rows of coded event sets as claims: UCDP GED, ACLED, and tables coded by hand.
//!
//! In: a document that is the head of a table and one row of it. Out: claims whose values are the row's own columns and whose quote
//! is the row's own words. Reads no sentence and fills nothing in: an empty column is an unknown. A column that cannot be read is
//! noted and left out.

mod acled;
mod cells;
mod ged;
mod hand;
mod names;

use jiff::civil::Date;
use sitrep_model::{
    ActorRef, Anchor, AttributionForm, AttributionLink, AttributionType, AuthorStance, Basis, Certainty, Claim,
    ClaimId, Codes, Document, EventType, Note, Noted, Place, PlacePrecision, PlaceStatus, Polarity, Quantity,
    SourceStance, Status, Time, TimePrecision, TimexType, Voice,
};

use crate::Kit;
use cells::Row;

/// A deed as a row tells it.
struct Coded {
    event: EventType,
    actors: Vec<ActorRef>,
    targets: Vec<ActorRef>,
    place: Option<Place>,
    time: Option<Time>,
    quantities: Vec<Quantity>,
    /// The column whose words are quoted.
    quoted: &'static str,
    /// Whom the row cites.
    source: Option<String>,
}

/// The claims of a row of the set called `scheme`: `ged`, `acled` or `hand`. Cannot fail: an odd row gives fewer claims and notes.
#[must_use]
pub fn coded(kit: &Kit, document: &Document, scheme: &str) -> Noted<Vec<Claim>> {
    let mut notes = Vec::new();
    let Some(row) = Row::of(&document.text) else {
        notes.push(Note::new("row-unread", "this is no row of a table".to_owned()));
        return Noted { value: Vec::new(), notes };
    };
    let told = match scheme {
        "ged" => ged::told(kit, &row, &mut notes),
        "acled" => acled::told(kit, &row, &mut notes),
        _ => hand::told(kit, &row, &mut notes),
    };
    let claims = told.into_iter().enumerate().filter_map(|(at, one)| claim(document, &row, one, scheme, at)).collect();
    Noted { value: claims, notes }
}

fn claim(document: &Document, row: &Row<'_>, told: Coded, scheme: &str, at: usize) -> Option<Claim> {
    let span = row.span(told.quoted).or_else(|| row.whole())?;
    let (start, end) = (u32::try_from(span.start).ok()?, u32::try_from(span.end).ok()?);
    let quote = document.text.get(span)?.to_owned();
    let key = format!("{start} {end} {} {at}", told.event.as_str());
    let leaf = told.event.leaf();
    let acled = row.value("sub_event_type").filter(|_| scheme == "acled").map(str::to_owned);
    let set = AttributionLink { kind: AttributionType::Author, holder: None, ..link(None) };
    let cited = told.source.map(|source| link(Some(source)));
    Some(Claim {
        claim_id: ClaimId::of(&[document.id.as_str(), &key]),
        document: document.id.clone(),
        document_path: document.path.clone(),
        voice: Voice::Article,
        comment_id: None,
        start,
        end,
        quote,
        sentence_start: start,
        sentence_end: end,
        event: told.event,
        codes: Codes { acled, plover: leaf.plover.map(str::to_owned), cameo: leaf.cameo.map(str::to_owned) },
        actors: told.actors,
        targets: told.targets,
        things: Vec::new(),
        instruments: Vec::new(),
        operation: None,
        place: told.place,
        time: told.time,
        origin: None,
        destination: None,
        quantities: told.quantities,
        status: Status::Occurred,
        polarity: Polarity::Affirmed,
        again: false,
        attribution: std::iter::once(set).chain(cited).collect(),
        certainty: Certainty { author: Some(3), source: None, word: None },
        condition: None,
        condition_text: None,
        about: None,
        forecast: None,
        extraction: 1.0,
        rule: format!("coded-{scheme}"),
        notes: vec![format!("coded: values are columns of a row of {}", name_of(scheme))],
    })
}

fn name_of(scheme: &str) -> &'static str {
    match scheme {
        "ged" => "a table in the columns of UCDP GED",
        "acled" => "a table in the columns of ACLED",
        _ => "a table coded by hand",
    }
}

fn link(holder: Option<String>) -> AttributionLink {
    AttributionLink {
        holder,
        kind: AttributionType::Media,
        cue: None,
        stance: SourceStance::Assert,
        author_stance: AuthorStance::Neutral,
        form: AttributionForm::Adjunct,
        basis: Basis::Unstated,
        actor_id: None,
        holder_span: None,
        cue_span: None,
    }
}

/// The day at the head of `text`: `2031-05-09`, with or without a time behind, or `09 May 2031`.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Some(Ok(day)) = text.get(..10).map(str::parse) {
        return Some(day);
    }
    let mut parts = text.split_whitespace();
    let (number, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let short = month.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|it| *it == short)? + 1;
    Date::new(year.parse().ok()?, i8::try_from(month).ok()?, number.parse().ok()?).ok()
}

/// The days a row gives.
fn time(text: &str, from: Date, to: Date, ucdp: u8, acled: u8) -> Time {
    let value = if from == to { from.to_string() } else { format!("{from}/{to}") };
    Time {
        text: Some(text.to_owned()),
        kind: if from == to { TimexType::Date } else { TimexType::Duration },
        value,
        modifier: None,
        from: Some(from),
        to: Some(to),
        anchor: Anchor::Calendar,
        precision: Some(TimePrecision { ucdp, acled }),
    }
}

/// A place by a row's coordinates. Where the gazetteer has a place of that name there, the two are the same.
fn place(kit: &Kit, name: &str, at: Option<(f64, f64)>, precision: PlacePrecision, radius_km: f64) -> Place {
    let mut place = Place::unlocated(name.to_owned(), names::bare(name).to_owned());
    let Some((lat, lon)) = at else { return place };
    (place.status, place.lat, place.lon) = (PlaceStatus::Known, Some(lat), Some(lon));
    (place.radius_km, place.precision) = (Some(radius_km), Some(precision));
    let near =
        |it: &Place| it.lat.zip(it.lon).is_some_and(|there| apart_km((lat, lon), there) <= NEAR_KM.max(radius_km));
    let known = crate::places_called(kit, names::bare(name)).into_iter().find(near);
    if let Some(known) = known.filter(|_| precision.ucdp <= 2) {
        (place.name, place.geonames_id, place.country, place.kind) =
            (known.name, known.geonames_id, known.country, known.kind);
    }
    place
}

/// Two sets give a town's centre this far apart at most.
const NEAR_KM: f64 = 15.0;

/// Over ground, near enough for towns.
fn apart_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (north, east) = (b.0 - a.0, (b.1 - a.1) * a.0.to_radians().cos());
    north.hypot(east) * 111.2
}

/// Latitude and longitude, when both are on the globe.
fn coordinates(row: &Row<'_>, lat: &str, lon: &str, notes: &mut Vec<Note>) -> Option<(f64, f64)> {
    let (lat, lon) = (number(row, lat, notes)?, number(row, lon, notes)?);
    let on_globe = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
    if !on_globe {
        notes.push(Note::new("column-unread", format!("{lat}, {lon} is nowhere on the globe")));
    }
    on_globe.then_some((lat, lon))
}

fn number(row: &Row<'_>, column: &str, notes: &mut Vec<Note>) -> Option<f64> {
    let text = row.value(column)?;
    let number: Option<f64> = text.parse().ok().filter(|it: &f64| it.is_finite());
    if number.is_none() {
        let text: String = text.chars().take(40).collect();
        notes.push(Note::new("column-unread", format!("{column}: {text} is no number")));
    }
    number
}

/// So many people.
fn people(kind: &str, text: &str, low: f64, best: f64, high: f64, of: Option<&str>) -> Quantity {
    Quantity {
        text: text.to_owned(),
        kind: kind.to_owned(),
        low: Some(low.min(best)),
        best: Some(best),
        high: Some(high.max(best)),
        of: of.map(str::to_owned),
        cumulative: false,
    }
}

/// An event type of the published list, or nothing.
fn event(code: &str, notes: &mut Vec<Note>) -> Option<EventType> {
    let known = EventType::from_code(code);
    if known.is_none() {
        let code: String = code.chars().take(60).collect();
        notes.push(Note::new("column-unread", format!("no event type of ours is sure for {code}")));
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_the_sets_write_them() {
        let may: Option<Date> = "2031-05-09".parse().ok();
        assert_eq!((day("2031-05-09"), day("2031-05-09 00:00:00.000"), day("09 May 2031")), (may, may, may));
        assert!(
            day("May 2031").is_none()
                && day("").is_none()
                && day("31 June 2031").is_none()
                && day("ありがとう").is_none()
        );
    }
}
