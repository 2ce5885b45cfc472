//! Regions, deserts, ranges, rivers and countries as places: a centre and how far they reach.
//!
//! In: Natural Earth first-level divisions and physical regions, outlines. Out: rows without population.

use anyhow::Context as _;
use serde_json::Value;

use super::cities::TRANSLITERATED;
use super::outlines::{self, Drawn};
use super::overlay::Country;
use super::pack::Row;

const KM_PER_DEGREE: f64 = 111.2;

fn row(name: &str, aliases: Vec<String>, country: [u8; 2], kind: u8) -> Row {
    Row {
        name: name.to_owned(),
        aliases,
        lat: 0.0,
        lon: 0.0,
        country,
        kind,
        population: 0,
        radius_km: 0.0,
        geonames_id: 0,
        transliterated: std::str::from_utf8(&country).is_ok_and(|c| TRANSLITERATED.contains(&c)),
        admin1: String::new(),
        rank: 0,
        tag: 0,
        within: [0, 0],
    }
}

/// All points of a GeoJSON geometry.
fn points(value: &Value, out: &mut Vec<[f64; 2]>) {
    match value.as_array().map(Vec::as_slice) {
        Some([Value::Number(x), Value::Number(y), ..]) => {
            out.push([x.as_f64().unwrap_or(0.0), y.as_f64().unwrap_or(0.0)])
        }
        Some(inner) => inner.iter().for_each(|v| points(v, out)),
        None => {}
    }
}

/// The middle of the box around `points` as (lat, lon), and the distance to its corner in kilometres.
fn around(points: &[[f64; 2]]) -> Option<(f64, f64, f64)> {
    let fold = |axis: usize, f: fn(f64, f64) -> f64| points.iter().map(|p| p[axis]).reduce(f);
    let (mut west, mut east) = (fold(0, f64::min)?, fold(0, f64::max)?);
    if east - west > 180.0 {
        // Across the date line, longitudes west of it count on from 180.
        let turned = |x: f64| if x < 0.0 { x + 360.0 } else { x };
        west = points.iter().map(|p| turned(p[0])).fold(f64::MAX, f64::min);
        east = points.iter().map(|p| turned(p[0])).fold(f64::MIN, f64::max);
    }
    let (south, north) = (fold(1, f64::min)?, fold(1, f64::max)?);
    let (lat, middle) = ((south + north) / 2.0, (west + east) / 2.0);
    let lon = if middle > 180.0 { middle - 360.0 } else { middle };
    let (height, width) = ((north - south) / 2.0, (east - west) / 2.0 * lat.to_radians().cos());
    Some((lat, lon, height.hypot(width) * KM_PER_DEGREE))
}

/// The outline of a division and what it goes by.
pub(crate) struct Division {
    pub(crate) tag: u32,
    pub(crate) country: [u8; 2],
    /// GeoNames: country, full stop, code.
    pub(crate) code: String,
    pub(crate) names: Vec<String>,
    rings: Vec<Vec<[f64; 2]>>,
    /// West, south, east, north.
    frame: [f64; 4],
}

impl Division {
    /// Whether its outline holds a point (odd number of crossings).
    pub(crate) fn holds(&self, lon: f64, lat: f64) -> bool {
        let [west, south, east, north] = self.frame;
        let crossed = |side: &[[f64; 2]]| {
            let ([ax, ay], [bx, by]) = (side[0], side[1]);
            (ay > lat) != (by > lat) && lon < (bx - ax) * (lat - ay) / (by - ay) + ax
        };
        let crossings = || self.rings.iter().flat_map(|ring| ring.windows(2)).filter(|s| crossed(s)).count();
        (west..=east).contains(&lon) && (south..=north).contains(&lat) && crossings() % 2 == 1
    }
}

/// The rings of a GeoJSON polygon or multipolygon.
fn rings(geometry: &Value) -> Vec<Vec<[f64; 2]>> {
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    let coordinates = list(&geometry["coordinates"]);
    let polygons: Vec<Value> =
        if geometry["type"] == "Polygon" { vec![Value::Array(coordinates)] } else { coordinates };
    let ring = |r: &Value| {
        let mut points = Vec::new();
        self::points(r, &mut points);
        points
    };
    polygons.iter().flat_map(list).map(|r| ring(&r)).filter(|r| r.len() > 3).collect()
}

/// First-level divisions (provinces, governorates, oblasts), their outlines, and the same drawn.
pub(crate) fn admin1(json: &[u8]) -> anyhow::Result<(Vec<Row>, Vec<Division>, Vec<Drawn>)> {
    let (mut divisions, mut drawn) = (Vec::new(), Vec::new());
    let file: Value = serde_json::from_slice(json)?;
    let mut rows = Vec::new();
    for region in file["features"].as_array().context("no features")? {
        let about = &region["properties"];
        let text = |field: &str| about[field].as_str().unwrap_or_default().trim().to_owned();
        let (name, english, country) = (text("name"), text("name_en"), text("iso_a2"));
        let main = if english.is_empty() { name.clone() } else { english };
        // Natural Earth's English name of the UN zone on the Golan is a village's; its own name is no region.
        if main.is_empty() || country.len() != 2 || country == "-1" || name == "UNDOF" {
            continue;
        }
        let mut aliases: Vec<String> = text("name_alt").split('|').map(|n| n.trim().to_owned()).collect();
        aliases.extend([name.split(" (").next().unwrap_or_default().to_owned(), text("gn_name"), text("woe_name")]);
        for ending in [
            " Oblast",
            " Governorate",
            " Province",
            " Region",
            " Krai",
            " District",
            " State",
            " Department",
            " oblast",
        ] {
            aliases.extend(main.strip_suffix(ending).map(str::to_owned));
        }
        aliases.retain(|n| n.chars().count() > 2 && *n != main);
        let bytes = country.as_bytes();
        let mut place = row(&main, aliases, [bytes[0], bytes[1]], 3);
        let mut outline = Vec::new();
        points(&region["geometry"]["coordinates"], &mut outline);
        let (lat, lon, radius) = around(&outline).context("a region without outline")?;
        (place.lat, place.lon) =
            (about["latitude"].as_f64().unwrap_or(lat), about["longitude"].as_f64().unwrap_or(lon));
        place.radius_km = radius;
        place.geonames_id = about["gn_id"].as_u64().and_then(|id| id.try_into().ok()).unwrap_or(0);
        place.tag = 1 + u32::try_from(rows.len())?;
        if country == "IE" || country == "GB" {
            place.aliases.extend([format!("County {main}"), format!("Co {main}")]);
        }
        let rings = rings(&region["geometry"]);
        let all = || rings.iter().flatten();
        let edge = |axis: usize, f: fn(f64, f64) -> f64, from: f64| all().map(|p| p[axis]).fold(from, f);
        let frame = [
            edge(0, f64::min, f64::MAX),
            edge(1, f64::min, f64::MAX),
            edge(0, f64::max, f64::MIN),
            edge(1, f64::max, f64::MIN),
        ];
        drawn.extend(outlines::drawn(&format!("{country}\t{main}"), &rings));
        divisions.push(Division {
            tag: place.tag,
            country: place.country,
            code: text("gn_a1_code"),
            names: std::iter::once(&place.name).chain(&place.aliases).cloned().collect(),
            rings,
            frame,
        });
        rows.push(place);
    }
    Ok((rows, divisions, drawn))
}

/// Deserts, ranges, islands.
pub(crate) fn physical(json: &[u8]) -> anyhow::Result<(Vec<Row>, Vec<Drawn>)> {
    let mut drawn = Vec::new();
    let file: Value = serde_json::from_slice(json)?;
    let mut rows = Vec::new();
    for region in file["features"].as_array().context("no features")? {
        let about = &region["properties"];
        let Some(name) = about["name"].as_str().filter(|n| n.len() > 3) else { continue };
        let kind = match about["featurecla"].as_str() {
            Some("Desert") => 7,
            Some("Range/mtn") => 8,
            Some("Island" | "Island group") => 9,
            Some(
                "Peninsula/cape" | "Peninsula" | "Plateau" | "Valley" | "Plain" | "Basin" | "Wetlands" | "Delta"
                | "Geoarea",
            ) => 20,
            _ => continue,
        };
        let mut place = row(&titled(name), Vec::new(), *b"--", kind);
        let mut outline = Vec::new();
        points(&region["geometry"]["coordinates"], &mut outline);
        let Some((lat, lon, radius)) = around(&outline) else { continue };
        (place.lat, place.lon, place.radius_km) = (lat, lon, radius);
        place.aliases.extend(about["namealt"].as_str().map(titled));
        drawn.extend(outlines::drawn(&format!("--\t{}", place.name), &rings(&region["geometry"])));
        rows.push(place);
    }
    Ok((rows, drawn))
}

/// "SYRIAN DESERT" as it is written in a text.
fn titled(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let words = name.split(' ').map(|w| {
        let mut letters = w.chars();
        letters.next().map_or_else(String::new, |first| first.to_string() + &letters.as_str().to_lowercase())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Rivers: a line has no point, but a middle and a reach.
pub(crate) fn rivers(rivers: &[Drawn]) -> Vec<Row> {
    let mut rows = Vec::new();
    for river in rivers {
        let all: Vec<[f64; 2]> = river.lines.iter().flatten().copied().collect();
        let Some((lat, lon, radius)) = around(&all) else { continue };
        let mut place = row(&river.name, river.aliases.clone(), *b"--", 5);
        place.aliases.push(format!("{} River", river.name));
        (place.lat, place.lon, place.radius_km) = (lat, lon, radius);
        rows.push(place);
    }
    rows
}

/// The middle of a country's rings, each weighing as much as its box is large, and how far the boxes reach from it.
fn centre(rings: &[Vec<[f64; 2]>]) -> Option<(f64, f64, f64)> {
    let boxes: Vec<(f64, f64, f64)> = rings.iter().filter_map(|r| around(r)).collect();
    let biggest = boxes.iter().copied().max_by(|a, b| a.2.total_cmp(&b.2))?;
    let near = |lon: f64| {
        let turn = lon - biggest.1;
        if turn > 180.0 {
            lon - 360.0
        } else if turn < -180.0 {
            lon + 360.0
        } else {
            lon
        }
    };
    // Overseas parts are elsewhere: Guiana does not move the middle of France.
    const OVERSEAS_KM: f64 = 3_500.0;
    let away =
        |b: &(f64, f64, f64)| (b.0 - biggest.0).hypot((near(b.1) - biggest.1) * b.0.to_radians().cos()) * KM_PER_DEGREE;
    let boxes: Vec<(f64, f64, f64)> = boxes.into_iter().filter(|b| away(b) < OVERSEAS_KM).collect();
    let total: f64 = boxes.iter().map(|b| b.2 * b.2).sum();
    let lat = boxes.iter().map(|b| b.0 * b.2 * b.2).sum::<f64>() / total;
    let lon = boxes.iter().map(|b| near(b.1) * b.2 * b.2).sum::<f64>() / total;
    let away =
        |b: &(f64, f64, f64)| ((b.0 - lat).hypot((near(b.1) - lon) * lat.to_radians().cos())) * KM_PER_DEGREE + b.2;
    let reach = boxes.iter().filter(|b| b.2 * b.2 * 20.0 > total).map(away).fold(biggest.2, f64::max);
    Some((lat, if lon > 180.0 { lon - 360.0 } else { lon }, reach))
}

/// Countries with the names of the table.
pub(crate) fn countries(table: &[Country], atlas: &[Drawn]) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for country in table {
        let bytes = country.iso.as_bytes();
        let mut place = row(&country.name, country.aliases.clone(), [bytes[0], bytes[1]], 4);
        place.geonames_id = country.geonames_id;
        let shape = atlas.iter().find(|s| s.name == country.atlas);
        let Some((lat, lon, radius)) = shape.and_then(|s| centre(&s.lines)) else { continue };
        (place.lat, place.lon, place.radius_km) = (lat, lon, radius);
        place.population = 1 << 20;
        rows.push(place);
    }
    Ok(rows)
}
