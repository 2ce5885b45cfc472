//! GeoJSON (RFC 7946): one feature an event; an area where the place is an area, a point where it is a point, and no geometry
//! where nobody knows. GeoJSONSeq (RFC 8142) is the same features, each after a record separator.
//!
//! In: contents. Out: one file and its losses, written feature by feature. Never turns an area into a point.

use std::io;

use serde_json::{Value, json};
use sitrep_model::{Area, Contents, Event, Place, Ring};

use super::events;
use super::loss::Lost;
use super::{ExportOptions, Files, Loss};
use crate::index::{Index, outlet};
use crate::list::jsonl;
use crate::words;

pub(super) fn geojson(contents: &Contents, _: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let mut bad_rings = 0;
    let out = files.file("events.geojson")?;
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (at, event) in contents.events.iter().enumerate() {
        out.write_all(if at > 0 { b",\n" } else { b"\n" })?;
        serde_json::to_writer(&mut *out, &feature(event, &index, &mut bad_rings))?;
    }
    out.write_all(b"\n]}\n")?;
    Ok(loss(contents, bad_rings))
}

pub(super) fn geojsonseq(contents: &Contents, _: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let mut bad_rings = 0;
    let out = files.file("events.geojsons")?;
    for event in &contents.events {
        out.write_all(b"\x1E")?;
        jsonl::line(&feature(event, &index, &mut bad_rings), out)?;
    }
    Ok(loss(contents, bad_rings))
}

fn loss(contents: &Contents, bad_rings: usize) -> Loss {
    let mut loss = Loss::default();
    let unlocated = contents.events.iter().filter(|it| geometry(it.place.as_ref(), &mut 0).is_null()).count();
    loss.add("events without a located place (kept, with no geometry)", unlocated);
    loss.add("areas that are not rings (a point is given where one is known)", bad_rings);
    loss.parts(contents, &[Lost::Sides, Lost::Forecasts, Lost::Links, Lost::Comments]);
    loss
}

fn feature<'c>(event: &'c Event, index: &Index<'c>, bad_rings: &mut usize) -> Value {
    let place = event.place.as_ref();
    let time = event.time.as_ref();
    let disputed = event.disputes.iter().filter_map(|id| index.dispute(id.as_str())).map(|it| it.field.as_str());
    let names = |actors: &[sitrep_model::ActorRef]| actors.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    let mut properties = json!({
        "event": event.event.as_str(),
        "status": events::status(&events::told(event, index)),
        "summary": event.summary,
        "from": time.and_then(|it| it.from),
        "to": time.and_then(|it| it.to),
        "time_text": time.and_then(|it| it.text.clone()),
        "place": place.map(words::place_short),
        "place_text": place.map(|it| it.text.clone()),
        "place_status": place.map(|it| it.status.as_str()),
        "radius_km": place.and_then(|it| it.radius_km),
        "actors": names(&event.actors),
        "targets": names(&event.targets),
        "independent_sources": event.roots,
        "grade": event.grade.information,
        "disputed": disputed.collect::<Vec<_>>(),
        "accounts": event.accounts.iter().map(|it| account(it, index)).collect::<Vec<_>>(),
    });
    if let (Some(Place { lat: Some(lat), lon: Some(lon), area: Some(_), .. }), Some(map)) =
        (place, properties.as_object_mut())
    {
        map.insert("centre".to_owned(), json!([degrees(*lon), degrees(*lat)]));
    }
    json!({
        "type": "Feature",
        "id": event.event_id,
        "geometry": geometry(place, bad_rings),
        "properties": properties,
    })
}

fn account(account: &sitrep_model::Account, index: &Index<'_>) -> Value {
    let claim = index.claim(account.claim_id.as_str());
    let document = index.document(account.document.as_str());
    json!({
        "claim_id": account.claim_id,
        "stance": account.stance,
        "outlet": document.map(outlet),
        "published": document.and_then(|it| it.published.as_ref()).map(|it| it.date),
        "quote": claim.map(|it| it.quote.as_str()),
        "page_sha256": document.and_then(|it| index.page_of(it)).map(|it| it.sha256.as_str()),
    })
}

pub(super) fn geometry(place: Option<&Place>, bad_rings: &mut usize) -> Value {
    let Some(place) = place else { return Value::Null };
    if let Some(area) = &place.area {
        match pieces(area) {
            Some(pieces) if pieces.len() == 1 => return json!({"type": "Polygon", "coordinates": pieces[0]}),
            Some(pieces) => return json!({"type": "MultiPolygon", "coordinates": pieces}),
            None => *bad_rings += 1,
        }
    }
    match (place.lat, place.lon) {
        (Some(lat), Some(lon)) if lat.is_finite() && lon.is_finite() => {
            json!({"type": "Point", "coordinates": [degrees(lon), degrees(lat)]})
        }
        _ => Value::Null,
    }
}

/// The pieces of an area, outer rings counter-clockwise and holes clockwise, or `None` when any of them is no ring or crosses the
/// antimeridian.
pub(super) fn pieces(area: &Area) -> Option<Vec<Vec<Ring>>> {
    let piece =
        |rings: &Vec<Ring>| rings.iter().enumerate().map(|(at, line)| ring(line, at == 0)).collect::<Option<Vec<_>>>();
    let pieces: Vec<Vec<Ring>> = area.pieces().iter().map(piece).collect::<Option<_>>()?;
    (!pieces.is_empty() && pieces.iter().all(|rings| !rings.is_empty())).then_some(pieces)
}

fn ring(line: &[[f64; 2]], outer: bool) -> Option<Ring> {
    let mut ring: Ring = line.iter().map(|[lon, lat]| [degrees(*lon), degrees(*lat)]).collect();
    if ring.first() != ring.last() {
        ring.push(*ring.first()?);
    }
    let sides = || ring.windows(2).map(|pair| (pair[0], pair[1]));
    let crosses = sides().any(|(a, b)| (a[0] - b[0]).abs() > 180.0);
    let finite = ring.iter().flatten().all(|value| value.is_finite());
    let twice_area: f64 = sides().map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum();
    if ring.len() < 4 || crosses || !finite || twice_area == 0.0 {
        return None;
    }
    if (twice_area > 0.0) != outer {
        ring.reverse();
    }
    Some(ring)
}

/// Six decimals: a tenth of a metre, and the same text everywhere.
pub(super) fn degrees(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_are_closed_and_turn_to_the_left_and_holes_to_the_right() {
        let clockwise = vec![[0.0, 0.0], [0.0, 1.0], [1.0, 1.0]];
        let found = pieces(&Area::Polygon(vec![clockwise.clone(), clockwise.clone()])).unwrap();
        let turned: Vec<[f64; 2]> = vec![[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]];
        assert_eq!(found[0][0], turned);
        assert_eq!(found[0][1], vec![[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]]);
    }

    #[test]
    fn what_is_no_ring_is_left_out() {
        let alone = |ring: Vec<[f64; 2]>| pieces(&Area::Polygon(vec![ring]));
        assert!(pieces(&Area::MultiPolygon(vec![])).is_none());
        assert!(alone(vec![]).is_none());
        assert!(alone(vec![[1.0, 1.0], [2.0, 2.0]]).is_none());
        assert!(alone(vec![[179.0, 1.0], [-179.0, 1.0], [-179.0, 2.0], [179.0, 1.0]]).is_none());
    }
}
