//! GeoJSON (RFC 7946): collections of features, or one feature a line.
//!
//! In: text, read feature by feature. Out: rows: points as they are, polygons as outlines with their centroid. Other geometries are
//! reported, not drawn.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::path::Path;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use sitrep_claims::CountryMap;
use sitrep_model::Ring;

use super::{Sink, table};
use crate::error::{GazetteerError, RowFault};
use crate::row::{self, Row};

/// No feature is longer, in bytes.
const LONGEST_FEATURE_BYTES: u64 = 1 << 26;
const KM_PER_DEGREE: f64 = 111.2;

/// Reads every feature of a file.
pub(super) fn rows(path: &Path, reader: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), GazetteerError> {
    let told = Told { line: Cell::new(1), left: Cell::new(LONGEST_FEATURE_BYTES) };
    let mut json = serde_json::Deserializer::from_reader(Counted { reader, told: &told });
    let mut failed = None;
    let mut walk = Walk { told: &told, map: CountryMap::new(), sink, failed: &mut failed, n_features: 0 };
    loop {
        match json.end() {
            Ok(()) => break,
            Err(e) if e.is_io() || e.is_eof() => return Err(fault(path, failed, &e)),
            Err(_) => {}
        }
        if let Err(e) = Top(&mut walk).deserialize(&mut json) {
            return Err(fault(path, failed, &e));
        }
    }
    if walk.n_features == 0 {
        return Err(GazetteerError::format(path, "no features: wanted is a FeatureCollection, or one Feature a line"));
    }
    Ok(())
}

fn fault(path: &Path, failed: Option<io::Error>, error: &serde_json::Error) -> GazetteerError {
    match failed {
        Some(cause) => GazetteerError::File { path: path.to_path_buf(), cause },
        None => GazetteerError::format(path, format!("not GeoJSON: {error}")),
    }
}

/// The line reading has come to, and how long the feature may go on.
struct Told {
    line: Cell<u64>,
    left: Cell<u64>,
}

struct Counted<'a> {
    reader: &'a mut dyn BufRead,
    told: &'a Told,
}

impl Read for Counted<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.reader.read(out)?;
        let lines = out[..n].iter().filter(|b| **b == b'\n').count();
        self.told.line.set(self.told.line.get() + lines as u64);
        let left = self.told.left.get().checked_sub(n as u64);
        self.told.left.set(left.ok_or_else(|| io::Error::other("a feature longer than 64 MiB"))?);
        Ok(n)
    }
}

struct Walk<'a, 'b> {
    told: &'a Told,
    map: CountryMap,
    sink: &'a mut Sink<'b>,
    /// An error of the sink, kept from being taken for bad JSON.
    failed: &'a mut Option<io::Error>,
    n_features: u64,
}

impl Walk<'_, '_> {
    fn feature<E: serde::de::Error>(&mut self, line: u64, value: &Value) -> Result<(), E> {
        self.n_features += 1;
        self.told.left.set(LONGEST_FEATURE_BYTES);
        (self.sink)(line, feature(value, &self.map)).map_err(|e| {
            *self.failed = Some(e);
            E::custom("stopped")
        })
    }
}

/// A collection, whose features are told one by one, or a single feature.
struct Top<'w, 'a, 'b>(&'w mut Walk<'a, 'b>);

impl<'de> DeserializeSeed<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a FeatureCollection or a Feature")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let line = self.0.told.line.get();
        let mut single = serde_json::Map::new();
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "features" => map.next_value_seed(Features(self.0))?,
                "geometry" | "properties" | "id" | "type" => {
                    single.insert(name, map.next_value()?);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if single.get("type").and_then(Value::as_str) == Some("Feature") {
            self.0.feature(line, &Value::Object(single))?;
        }
        Ok(())
    }
}

struct Features<'w, 'a, 'b>(&'w mut Walk<'a, 'b>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        // Reading is one sign ahead at most, so this is the line the feature ends on; most stand on one.
        while let Some(value) = list.next_element::<Value>()? {
            self.0.feature(self.0.told.line.get(), &value)?;
        }
        Ok(())
    }
}

fn feature(value: &Value, map: &CountryMap) -> Result<Row, RowFault> {
    let told =
        |names: &[&str]| names.iter().find_map(|name| value.get("properties")?.get(name)).filter(|v| !v.is_null());
    let text = |names: &[&str]| match told(names) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let id = match value.get("id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => text(&["id"]),
    };
    let names = match told(&["alternate_names", "alternatenames"]) {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(list)) => list.split('|').map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect(),
        _ => Vec::new(),
    };
    let mut place = Row {
        name: text(&["name"]),
        names,
        country: row::country(&text(&["country", "country_code"]))?,
        population: row::population(&text(&["population"]))?,
        id,
        source: text(&["source"]),
        ..Row::default()
    };
    let number = text(&["geonames_id", "geonameid"]);
    if !number.is_empty() {
        let fault = || RowFault::new("id", format!("geonames_id {:?}: a number", row::short(&number)));
        place.geonames_id = Some(number.parse().map_err(|_| fault())?);
    }
    geometry(value.get("geometry"), &mut place)?;
    let mut kind = text(&["kind", "feature_code"]);
    if kind.is_empty() && !place.outline.is_empty() {
        kind = "area".to_owned();
    }
    table::finish(&mut place, &kind, map)?;
    Ok(place)
}

fn geometry(geometry: Option<&Value>, place: &mut Row) -> Result<(), RowFault> {
    let odd = |why: &str| RowFault::new("geometry", why.to_owned());
    let kind = geometry.and_then(|g| g.get("type")).and_then(Value::as_str).unwrap_or("none");
    let coordinates = geometry.and_then(|g| g.get("coordinates"));
    match kind {
        "Point" => {
            let [lon, lat] = coordinates.and_then(point).ok_or_else(|| odd("a point without two numbers"))?;
            (place.lat, place.lon) = (lat, lon);
        }
        "Polygon" | "MultiPolygon" => {
            let pieces: Option<Vec<Vec<Ring>>> = if kind == "Polygon" {
                coordinates.and_then(rings).map(|rings| vec![rings])
            } else {
                coordinates.and_then(Value::as_array).and_then(|all| all.iter().map(rings).collect())
            };
            place.outline = pieces.ok_or_else(|| odd("an outline that is no list of rings"))?.concat();
            let fits = |p: &[f64; 2]| p[0].abs() <= 180.0 && p[1].abs() <= 90.0;
            if !place.outline.iter().flatten().all(fits) {
                return Err(RowFault::new("coordinates", "an outline with points out of range"));
            }
            let centre = centroid(&place.outline).ok_or_else(|| odd("an outline without an area"))?;
            (place.lat, place.lon) = (centre[1], centre[0]);
            let away = |p: &[f64; 2]| (p[1] - centre[1]).hypot((p[0] - centre[0]) * centre[1].to_radians().cos());
            place.radius_km = place.outline.iter().flatten().map(away).fold(0.0, f64::max) * KM_PER_DEGREE;
        }
        other => {
            return Err(RowFault::new("geometry", format!("geometry {:?}: a point or a polygon", row::short(other))));
        }
    }
    Ok(())
}

fn point(value: &Value) -> Option<[f64; 2]> {
    let list = value.as_array()?;
    Some([list.first()?.as_f64()?, list.get(1)?.as_f64()?])
}

fn rings(value: &Value) -> Option<Vec<Ring>> {
    let ring = |ring: &Value| -> Option<Ring> {
        let mut points: Ring = ring.as_array()?.iter().map(point).collect::<Option<_>>()?;
        if points.first() != points.last() {
            points.extend(points.first().copied());
        }
        (points.len() >= 4).then_some(points)
    };
    value.as_array()?.iter().map(ring).collect()
}

/// The centre of the area inside the rings; holes run the other way round and count against it.
fn centroid(rings: &[Ring]) -> Option<[f64; 2]> {
    let origin = *rings.first()?.first()?;
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for side in rings.iter().flat_map(|ring| ring.windows(2)) {
        let [ax, ay] = [side[0][0] - origin[0], side[0][1] - origin[1]];
        let [bx, by] = [side[1][0] - origin[0], side[1][1] - origin[1]];
        let cross = ax * by - bx * ay;
        area += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    (area.abs() > 1e-12).then(|| [origin[0] + x / (3.0 * area), origin[1] + y / (3.0 * area)])
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rows = Vec<(u64, Result<Row, RowFault>)>;

    fn read(text: &str) -> Result<Rows, GazetteerError> {
        let mut out = Vec::new();
        rows(Path::new("own.geojson"), &mut text.as_bytes(), &mut |line, row| {
            out.push((line, row));
            Ok(())
        })?;
        Ok(out)
    }

    const POINT: &str = r#"{"type":"Feature","id":5,"geometry":{"type":"Point","coordinates":[40.5,34.9,12]},"properties":{"name":"Tell Varnesh","alternate_names":["Varnesh Hill"]}}"#;
    const SQUARE: &str = r#"{"properties":{"name":"Varnesh Plain"},"geometry":{"coordinates":[[[40,34],[41,34],[41,35],[40,35]]],"type":"Polygon"},"type":"Feature"}"#;

    #[test]
    fn points_and_polygons_become_rows() {
        let found = read(&format!("{{\"type\":\"FeatureCollection\",\"crs\":null,\"features\":[{POINT},\n{SQUARE}]}}"))
            .unwrap();
        let (point, square) = (found[0].1.as_ref().unwrap(), found[1].1.as_ref().unwrap());
        assert_eq!((point.lat, point.lon, point.id.as_str(), point.country), (34.9, 40.5, "5", *b"SY"));
        assert!((square.lat - 34.5).abs() < 1e-9 && (square.lon - 40.5).abs() < 1e-9, "{square:?}");
        assert_eq!((square.outline[0].len(), found[1].0), (5, 2));
        assert!((60.0..90.0).contains(&square.radius_km));
    }

    #[test]
    fn one_feature_a_line_is_read_too() {
        assert_eq!(read(&format!("{POINT}\n{SQUARE}\n")).unwrap().len(), 2);
    }

    #[test]
    fn a_bad_feature_costs_only_itself_and_bad_json_the_file() {
        let line = r#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[]},"properties":{"name":"R"}}"#;
        let none = r#"{"type":"Feature","geometry":null,"properties":null}"#;
        let found = read(&format!("{{\"features\":[{line},{none},{POINT},7]}}")).unwrap();
        let bad: Vec<bool> = found.iter().map(|(_, row)| row.is_err()).collect();
        assert_eq!(bad, [true, true, false, true]);
        assert!(read("{\"features\":[{]}").unwrap_err().to_string().contains("line 1"));
        assert!(read("[]").is_err() && read("{}").is_err() && read("").is_err());
    }
}
