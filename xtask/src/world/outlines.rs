//! Outlines of countries and lines of rivers, simplified for a map.
//!
//! In: the world atlas (TopoJSON) and Natural Earth rivers (GeoJSON). Out: named shapes, and the bytes of `outlines.bin`.

use anyhow::Context as _;
use serde_json::Value;

use super::thin::simplified;

/// A named shape.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Drawn {
    pub(crate) name: String,
    /// Other names: for rivers.
    pub(crate) aliases: Vec<String>,
    pub(crate) lines: Vec<Vec<[f64; 2]>>,
}

const COUNTRY_TOLERANCE_DEGREES: f64 = 0.01;
const RIVER_TOLERANCE_DEGREES: f64 = 0.01;
/// Rivers of a higher rank are brooks on a map of a theatre of war.
const RIVER_RANK_MAX: f64 = 9.0;

/// The countries of a TopoJSON atlas.
pub(crate) fn countries(json: &[u8]) -> anyhow::Result<Vec<Drawn>> {
    let atlas: Value = serde_json::from_slice(json)?;
    let number = |v: &Value| v.as_f64().unwrap_or(0.0);
    let (scale, shift) = (&atlas["transform"]["scale"], &atlas["transform"]["translate"]);
    let (sx, sy, tx, ty) = (number(&scale[0]), number(&scale[1]), number(&shift[0]), number(&shift[1]));
    let arcs: Vec<Vec<[f64; 2]>> = (atlas["arcs"].as_array().context("no arcs")?.iter())
        .map(|arc| {
            let (mut x, mut y) = (0.0, 0.0);
            let points = arc.as_array().into_iter().flatten().map(|p| {
                x += number(&p[0]);
                y += number(&p[1]);
                [x * sx + tx, y * sy + ty]
            });
            simplified(&points.collect::<Vec<_>>(), COUNTRY_TOLERANCE_DEGREES)
        })
        .collect();
    let ring = |indices: &Value| {
        let mut line: Vec<[f64; 2]> = Vec::new();
        for index in indices.as_array().into_iter().flatten().filter_map(Value::as_i64) {
            let turned = index < 0;
            let arc = &arcs[(if turned { !index } else { index }) as usize];
            let mut points = arc.clone();
            if turned {
                points.reverse();
            }
            line.extend(points.into_iter().skip(usize::from(!line.is_empty())));
        }
        line
    };
    let mut shapes = Vec::new();
    for shape in atlas["objects"]["countries"]["geometries"].as_array().context("no countries")? {
        let name = shape["properties"]["name"].as_str().unwrap_or_default().to_owned();
        let arcs = shape["arcs"].as_array().into_iter().flatten();
        let rings: Vec<_> = match shape["type"].as_str() {
            Some("Polygon") => arcs.map(ring).collect(),
            _ => arcs.flat_map(|p| p.as_array().into_iter().flatten()).map(ring).collect(),
        };
        shapes.push(Drawn { name, aliases: Vec::new(), lines: rings.into_iter().filter(|r| r.len() > 3).collect() });
    }
    shapes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(shapes)
}

/// The rivers of a GeoJSON file, pieces of one name together.
pub(crate) fn rivers(json: &[u8]) -> anyhow::Result<Vec<Drawn>> {
    let file: Value = serde_json::from_slice(json)?;
    let mut rivers: std::collections::BTreeMap<String, Drawn> = std::collections::BTreeMap::new();
    for river in file["features"].as_array().context("no features")? {
        let about = &river["properties"];
        let Some(name) = about["name_en"].as_str().or(about["name"].as_str()) else { continue };
        if about["scalerank"].as_f64().unwrap_or(0.0) > RIVER_RANK_MAX {
            continue;
        }
        // Upstream it is "Al Furat" here, downstream "Euphrates".
        let name = if name == "Al Furat" { "Euphrates" } else { name };
        let lines: Vec<&Value> = match river["geometry"]["type"].as_str() {
            Some("LineString") => vec![&river["geometry"]["coordinates"]],
            _ => river["geometry"]["coordinates"].as_array().into_iter().flatten().collect(),
        };
        let point = |p: &Value| [p[0].as_f64().unwrap_or(0.0), p[1].as_f64().unwrap_or(0.0)];
        let lines = lines.into_iter().map(|l| l.as_array().into_iter().flatten().map(point).collect::<Vec<_>>());
        let drawn = rivers.entry(name.to_owned()).or_insert(Drawn {
            name: name.to_owned(),
            aliases: Vec::new(),
            lines: Vec::new(),
        });
        drawn.lines.extend(lines.map(|l| simplified(&l, RIVER_TOLERANCE_DEGREES)).filter(|l| l.len() > 1));
        let others = [about["name"].as_str(), about["name_alt"].as_str()].into_iter().flatten();
        drawn
            .aliases
            .extend(others.flat_map(|n| n.split(['|', ','])).map(|n| n.trim().to_owned()).filter(|n| n != name));
        drawn.aliases.sort();
        drawn.aliases.dedup();
    }
    Ok(rivers.into_values().collect())
}

/// The outline of a region, as fine as the region is large: a thousandth of a degree is lost on a town, a twentieth on a desert.
pub(crate) fn drawn(name: &str, rings: &[Vec<[f64; 2]>]) -> Option<Drawn> {
    let lats = || rings.iter().flatten().map(|p| p[1]);
    let height = lats().fold(f64::MIN, f64::max) - lats().fold(f64::MAX, f64::min);
    let tolerance = (height / 100.0).clamp(0.003, 0.05);
    let lines: Vec<_> = rings.iter().map(|r| around(r, tolerance)).filter(|r| r.len() > 3).collect();
    (!lines.is_empty()).then(|| Drawn { name: name.to_owned(), aliases: Vec::new(), lines })
}

/// A closed ring simplified in two halves, so that its ends may move apart.
fn around(ring: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    let away = |at: usize| (ring[at][0] - ring[0][0]).hypot(ring[at][1] - ring[0][1]);
    let Some(far) = (0..ring.len()).max_by(|a, b| away(*a).total_cmp(&away(*b))) else { return Vec::new() };
    let mut out = simplified(&ring[..=far], tolerance);
    out.extend(simplified(&ring[far..], tolerance).into_iter().skip(1));
    out
}

/// The bytes of `outlines.bin`, two lists of shapes, or of `regions.bin`, one; a shape is a name and lines of steps of 1/1000 degree.
pub(crate) fn pack(lists: &[&[Drawn]]) -> anyhow::Result<Vec<u8>> {
    let mut out = b"SGO1".to_vec();
    for list in lists {
        varint(&mut out, list.len() as u64);
        for shape in *list {
            varint(&mut out, shape.name.len() as u64);
            out.extend(shape.name.as_bytes());
            varint(&mut out, shape.lines.len() as u64);
            for line in &shape.lines {
                varint(&mut out, line.len() as u64);
                let mut last = [0_i64; 2];
                for point in line {
                    for axis in 0..2 {
                        let here = (point[axis] * 1000.0).round() as i64;
                        let step = here - last[axis];
                        varint(&mut out, ((step << 1) ^ (step >> 63)) as u64);
                        last[axis] = here;
                    }
                }
            }
        }
    }
    Ok(out)
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
