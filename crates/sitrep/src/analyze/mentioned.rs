//! Times, places and attributions of one report as JSON.
//!
//! In: a document, its claims, perhaps the places to resolve. Out: one object a mention, in text order. Never a point for a place that
//! was not understood.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sitrep_claims::{PlaceSaid, PlaceUse};
use sitrep_model::{AttributionType, Claim, Document, Offsets, Place, Span};

use super::{Layer, Options};
use crate::Kit;

/// The layers `times` and `places`, as far as they are asked for; `told` is the document with readers' names covered.
pub(super) fn layers(
    kit: &Kit,
    document: &Document,
    told: &Document,
    toponyms: Option<&[[usize; 2]]>,
    options: &Options,
    out: &mut Map<String, Value>,
) {
    let offsets = Offsets::new(&document.text, options.offsets);
    if options.layers.contains(&Layer::Times) {
        let found = sitrep_claims::times(&kit.claims, document);
        let times = found.iter().map(|(span, time)| {
            json!({
                "start": offsets.at(span.start),
                "end": offsets.at(span.end),
                "text": span.of(&told.text),
                "type": time.kind,
                "value": time.value,
                "mod": time.modifier,
                "from": time.from,
                "to": time.to,
                "anchor": time.anchor,
                "precision": time.precision,
            })
        });
        out.insert("times".to_owned(), times.collect());
    }
    if options.layers.contains(&Layer::Places) {
        if let Some(asked) = toponyms {
            let spans = asked_for(document, &offsets, asked);
            let places = sitrep_claims::places_at(&kit.claims, document, &spans);
            let one = |(span, it): (&Span, &Place)| place(told, *span, it, PlaceUse::Literal, &offsets);
            out.insert("places".to_owned(), spans.iter().zip(&places).map(one).collect());
            return;
        }
        let found = sitrep_claims::mentions(&kit.claims, document).places;
        let (lands, named): (Vec<&PlaceSaid>, Vec<&PlaceSaid>) = found.iter().partition(|said| implied(said));
        let one = |said: &&PlaceSaid| place(told, said.span, &said.place, said.usage, &offsets);
        out.insert("places".to_owned(), named.iter().map(one).collect());
        out.insert("implied_countries".to_owned(), lands.iter().map(|said| land(told, said, &offsets)).collect());
    }
}

/// A word that implies a country: “Iranian”, “the Kremlin”.
fn land(document: &Document, said: &PlaceSaid, offsets: &Offsets<'_>) -> Value {
    json!({
        "start": offsets.at(said.span.start),
        "end": offsets.at(said.span.end),
        "text": said.span.of(&document.text),
        "name": said.place.name,
        "country": said.place.country,
        "use": said.usage.as_str(),
    })
}

/// Spans given in the unit of `offsets`, in bytes. One that runs backwards or beyond the text is cut to what fits.
fn asked_for(document: &Document, offsets: &Offsets<'_>, asked: &[[usize; 2]]) -> Vec<Span> {
    let n_bytes = document.text.len();
    let starts: Vec<u32> = document
        .text
        .char_indices()
        .map(|(at, _)| at)
        .chain([n_bytes])
        .filter_map(|at| u32::try_from(at).ok())
        .collect();
    let byte = |at: usize| {
        let index = starts.partition_point(|start| offsets.at(*start) < at);
        starts.get(index).map_or(n_bytes, |start| *start as usize)
    };
    asked.iter().map(|[start, end]| Span::new(byte(*start), byte(*end).max(byte(*start)))).collect()
}

/// Whether the words only imply a country and name no place: “Iranian”, “the Kremlin”.
fn implied(said: &PlaceSaid) -> bool {
    matches!(said.usage, PlaceUse::Demonym | PlaceUse::Seat)
}

fn place(document: &Document, span: Span, place: &Place, usage: PlaceUse, offsets: &Offsets<'_>) -> Value {
    json!({
        "start": offsets.at(span.start),
        "end": offsets.at(span.end),
        "text": span.of(&document.text),
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "geonames_id": place.geonames_id,
        "status": place.status,
        "use": usage.as_str(),
    })
}

/// One object for each holder and cue, with all that is said by them; the report's own voice is left out.
pub(super) fn attributions(claims: &[Claim], offsets: &Offsets<'_>) -> Value {
    let mut said: BTreeMap<(Option<Span>, Option<Span>), Span> = BTreeMap::new();
    for claim in claims {
        let content = Span { start: claim.start, end: claim.end };
        for link in claim.attribution.iter().filter(|link| link.kind != AttributionType::Author) {
            let whole = said.entry((link.holder_span, link.cue_span)).or_insert(content);
            *whole = Span { start: whole.start.min(content.start), end: whole.end.max(content.end) };
        }
    }
    let told = |span: Span| json!([offsets.at(span.start), offsets.at(span.end)]);
    let mut rows: Vec<_> = said.into_iter().filter(|((holder, cue), _)| holder.is_some() || cue.is_some()).collect();
    rows.sort_by_key(|(_, content)| *content);
    let rows = rows.into_iter().map(|((holder, cue), content)| {
        json!({ "source": holder.map(told), "cue": cue.map(told), "content": told(content) })
    });
    rows.collect()
}
