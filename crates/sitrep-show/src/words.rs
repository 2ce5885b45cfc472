//! The wording every view shares: dates, places, sources and certainty in plain, neutral words.
//!
//! In: nouns. Out: short texts. Never says more than the noun holds: what is unknown is called unknown.

use jiff::civil::Date;
use sitrep_model::{
    AttributionLink, AttributionType, Claim, ControlSide, ControlSideKind, Document, Event, EventType, Place,
    PlaceStatus, Quantity, Relation, SourceStance, Stance, Time, Voice, month_name,
};

/// `26 October 2017`
pub(crate) fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date), date.year())
}

/// `26 October 2017`, `1–3 October 2017`, `30 October – 2 November 2017`
pub(crate) fn days(from: Date, to: Date) -> String {
    if from == to {
        day(from)
    } else if (from.year(), from.month()) == (to.year(), to.month()) {
        format!("{}–{}", from.day(), day(to))
    } else if from.year() == to.year() {
        format!("{} {} – {}", from.day(), month_name(from), day(to))
    } else {
        format!("{} – {}", day(from), day(to))
    }
}

/// A time as understood, in words; the words of the text when it is not placed on the calendar.
pub(crate) fn when(time: &Time) -> String {
    match (time.from, time.to) {
        (Some(from), Some(to)) => days(from, to),
        (None, Some(to)) => format!("by {}", day(to)),
        (Some(from), None) => format!("from {} on", day(from)),
        (None, None) => match &time.text {
            Some(text) => format!("“{text}”, year not known"),
            None => "not known".to_owned(),
        },
    }
}

/// A time for a table: `2017-10-26`, `2017-10-01/03`, `../2017-11-03`, else as said.
pub(crate) fn when_short(time: &Time) -> String {
    match (time.from, time.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from}/{}", shared_left_out(from, to)),
        (None, Some(to)) => format!("../{to}"),
        (Some(from), None) => format!("{from}/.."),
        (None, None) => time.text.clone().unwrap_or_else(|| time.value.clone()),
    }
}

/// The last day of a range without what it shares with the first, as ISO 8601 allows: `2017-10-01/03`.
fn shared_left_out(from: Date, to: Date) -> String {
    let text = to.to_string();
    let shared = match (from.year() == to.year(), from.month() == to.month()) {
        (true, true) => 8,
        (true, false) => 5,
        _ => 0,
    };
    text.get(shared..).unwrap_or(&text).to_owned()
}

/// A number without a needless fraction.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A relation in words: `30 km south of Varnesh`; empty when it says nothing.
pub(crate) fn relation(relation: &Relation) -> String {
    if let Some([one, other]) = &relation.between {
        return format!("between {one} and {other}");
    }
    let Some(anchor) = &relation.anchor else { return String::new() };
    let distance = relation.distance_km.map(|km| format!("{} km ", number(km)));
    let bearing = relation.bearing.map(|bearing| format!("{} of", compass(bearing.as_str())));
    let kind = relation.kind.as_deref().map(|kind| format!("{} of", kind.replace('_', " ")));
    match (distance, bearing, kind) {
        (Some(distance), Some(bearing), _) => format!("{distance}{bearing} {anchor}"),
        (Some(distance), None, _) => format!("{distance}from {anchor}"),
        (None, Some(bearing), _) => format!("{bearing} {anchor}"),
        (None, None, Some(kind)) if kind != "near of" => format!("{kind} {anchor}"),
        (None, None, _) => format!("near {anchor}"),
    }
}

fn compass(code: &str) -> &'static str {
    match code {
        "N" => "north",
        "NE" => "north-east",
        "E" => "east",
        "SE" => "south-east",
        "S" => "south",
        "SW" => "south-west",
        "W" => "west",
        _ => "north-west",
    }
}

/// The short name of a place for lists and labels.
pub(crate) fn place_short(place: &Place) -> String {
    if place.status == PlaceStatus::Relative {
        let words = place.relation.as_ref().map(relation).unwrap_or_default();
        if !words.is_empty() {
            return words;
        }
    }
    place.name.clone().unwrap_or_else(|| place.text.clone())
}

/// How a place was understood, in one phrase.
pub(crate) fn place_understood(place: &Place) -> String {
    let name = place_short(place);
    let at = match (place.lat, place.lon) {
        (Some(lat), Some(lon)) => format!(" ({})", coordinates(lat, lon)),
        _ => String::new(),
    };
    let radius = place.radius_km.map(|km| format!(", within {} km", number(km))).unwrap_or_default();
    match place.status {
        PlaceStatus::Known => format!("{name}{at}{radius}"),
        PlaceStatus::Relative => format!("{name}, an area rather than a point{at}{radius}"),
        PlaceStatus::Ambiguous => format!("{name}: one of several places of that name, none chosen"),
        PlaceStatus::Unknown => format!("{name}: not found in the gazetteer"),
    }
}

/// `34.453° N, 40.919° E`
pub(crate) fn coordinates(lat: f64, lon: f64) -> String {
    let half = |value: f64, positive: &str, negative: &str| {
        format!("{:.3}° {}", value.abs(), if value < 0.0 { negative } else { positive })
    };
    format!("{}, {}", half(lat, "N", "S"), half(lon, "E", "W"))
}

/// `territory.captured` as `territory captured`.
pub(crate) fn event_type(event: EventType) -> String {
    event.as_str().replace(['.', '_'], " ")
}

/// Who says it, innermost source first, without cue: `Hezbollah media wing`, or the outlet for its own words.
pub(crate) fn holders(claim: &Claim, outlet: &str) -> String {
    let named: Vec<String> = claim.attribution.iter().filter_map(holder).collect();
    if named.is_empty() { format!("{outlet}, in its own words") } else { named.join(", citing ") }
}

/// Who says it, outlet and all: `Varnesh Courier, citing the army's press office`; the outlet alone for its own words.
#[must_use]
pub fn according_to(claim: &Claim, document: Option<&Document>) -> String {
    let outlet = document.map_or(claim.document_path.as_str(), outlet);
    let named: Vec<String> = claim.attribution.iter().filter_map(holder).collect();
    match claim.voice {
        Voice::Comment => format!("a reader of {outlet}"),
        _ if named.is_empty() => outlet.to_owned(),
        _ => format!("{outlet}, citing {}", named.join(", citing ")),
    }
}

/// Who published a document: the outlet, or the input's name when nobody said.
#[must_use]
pub fn outlet(document: &Document) -> &str {
    document.outlet.as_deref().unwrap_or(&document.path)
}

/// The innermost named source, or the outlet; `a reader` for comments.
pub(crate) fn speaker_short(claim: &Claim, outlet: &str) -> String {
    if claim.voice == Voice::Comment {
        return "a reader".to_owned();
    }
    let is_name = |name: &&str| !matches!(name.to_lowercase().as_str(), "he" | "she" | "they" | "it" | "we" | "i");
    let holders = claim.attribution.iter().rev().filter_map(|link| link.holder.as_deref());
    let named = holders.map(str::trim).find(is_name).map(source_name);
    named.unwrap_or_else(|| outlet.to_owned())
}

fn holder(link: &AttributionLink) -> Option<String> {
    match (&link.holder, link.kind) {
        (_, AttributionType::Author) => None,
        (_, AttributionType::Commenter) => Some("a reader".to_owned()),
        (Some(holder), _) => Some(source_name(holder)),
        (None, AttributionType::Hearsay) => Some("unnamed hearsay".to_owned()),
        (None, AttributionType::Inference) => Some("the writer’s inference".to_owned()),
        (None, _) => Some("an unnamed source".to_owned()),
    }
}

/// What sort of source, in words.
#[must_use]
pub fn source_kind(kind: AttributionType) -> &'static str {
    match kind {
        AttributionType::Author => "the report itself",
        AttributionType::OfficialNamed => "named official or state body",
        AttributionType::OfficialAnon => "official without a name",
        AttributionType::BelligerentMedia => "media arm of a fighting party",
        AttributionType::LinkedAgency => "outlet tied to a party",
        AttributionType::AlignedSources => "unnamed sources of one side",
        AttributionType::Local => "local sources",
        AttributionType::Eyewitness => "witness",
        AttributionType::Monitor => "monitoring body",
        AttributionType::Media => "another outlet",
        AttributionType::Social => "social media",
        AttributionType::Document => "document",
        AttributionType::Imagery => "images",
        AttributionType::Unspecified => "unspecified sources",
        AttributionType::Hearsay => "hearsay",
        AttributionType::Inference => "inference",
        AttributionType::Commenter => "reader’s comment",
        AttributionType::SelfRef => "the outlet citing itself",
    }
}

/// The verb for what a source commits to.
pub(crate) fn stance_verb(stance: SourceStance) -> &'static str {
    match stance {
        SourceStance::Assert => "says",
        SourceStance::Confirm => "confirms",
        SourceStance::Deny => "denies",
        SourceStance::Doubt => "doubts",
        SourceStance::Speculate => "thinks it likely",
        SourceStance::Predict => "foresees",
        SourceStance::Plan => "announces a plan",
        SourceStance::Threaten => "threatens",
        SourceStance::Order => "orders",
        SourceStance::Warn => "warns",
        SourceStance::Accuse => "accuses",
        SourceStance::ClaimResponsibility => "claims responsibility",
        SourceStance::Retract => "takes back",
        SourceStance::Decline => "gives no comment",
        SourceStance::Ask => "asks",
    }
}

/// A value of the −3 to +3 scale in words.
pub(crate) fn certainty(value: Option<i8>) -> &'static str {
    match value {
        None => "not said",
        Some(3..) => "certain",
        Some(2) => "probable",
        Some(1) => "possible",
        Some(0) => "left open",
        Some(-1) => "possibly not",
        Some(-2) => "probably not",
        Some(_) => "certainly not",
    }
}

/// How an account stands to its event.
pub(crate) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Affirms => "affirms",
        Stance::Denies => "denies",
        Stance::Doubts => "doubts",
        Stance::NoComment => "no comment",
    }
}

/// Which voice on the page.
pub(crate) fn voice(voice: Voice) -> &'static str {
    match voice {
        Voice::Headline => "headline",
        Voice::Article => "article",
        Voice::Caption => "caption",
        Voice::Comment => "reader’s comment",
    }
}

/// A quantity in words: `12 killed (10–15)`.
pub(crate) fn quantity(quantity: &Quantity) -> String {
    let kind = quantity.kind.replace('_', " ");
    let range = match (quantity.low, quantity.best, quantity.high) {
        (Some(low), Some(best), Some(high)) if low == best && best == high => number(best),
        (low, Some(best), high) => {
            format!("{} ({}–{})", number(best), low.map_or("?".to_owned(), number), high.map_or("?".to_owned(), number))
        }
        (Some(low), None, None) => format!("at least {}", number(low)),
        (None, None, Some(high)) => format!("at most {}", number(high)),
        (Some(low), None, Some(high)) => format!("{}–{}", number(low), number(high)),
        (None, None, None) => format!("“{}”", quantity.text),
    };
    let of = quantity.of.as_deref().map(|of| format!(" of {of}")).unwrap_or_default();
    let total = if quantity.cumulative { ", running total" } else { "" };
    match quantity.kind.strip_suffix("_km") {
        Some(measure) => format!("{} {range} km{total}", measure.replace('_', " ")),
        None => format!("{kind} {range}{of}{total}"),
    }
}

/// What a side of an answer about control asserts: the holder, or what is said of one.
pub(crate) fn control_side(side: &ControlSide) -> String {
    let named = side.holder.as_deref();
    match side.kind {
        ControlSideKind::Holder => named.unwrap_or("A holder not named").to_owned(),
        ControlSideKind::Unnamed => "Taken or held, no holder named".to_owned(),
        ControlSideKind::NotTaken => "Not taken".to_owned(),
        ControlSideKind::HeldNoMore => format!("No longer held by {}", named.unwrap_or("its holder")),
        ControlSideKind::Contested => "Fighting inside".to_owned(),
    }
}

/// The name of a source within a sentence: "The commander" is "the commander".
pub(crate) fn source_name(name: &str) -> String {
    match name.trim().split_once(' ') {
        Some((first @ ("The" | "A" | "An" | "Several" | "Some" | "Local" | "Residents"), rest)) => {
            format!("{} {rest}", first.to_lowercase())
        }
        _ => name.trim().to_owned(),
    }
}

/// How well an event is supported, in two or three words.
pub(crate) fn support(event: &Event) -> String {
    match event.roots {
        0 => "readers only".to_owned(),
        1 => "single source".to_owned(),
        n => format!("{n} independent sources"),
    }
}

/// The first `most` of `names`, and how many more there are.
pub(crate) fn some_of(names: &[String], most: usize) -> String {
    match names.len().saturating_sub(most) {
        0 => names.join("; "),
        n_more => format!("{}; and {n_more} more", names[..most].join("; ")),
    }
}

/// `1 claim`, `2 claims`
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
