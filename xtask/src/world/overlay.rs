//! The tables written by hand: countries with their adjectives, and places that wars made known.
//!
//! In: `countries.tsv` and `overlay.tsv` (their first lines say what the columns are). Out: countries and rows.

use std::path::Path;

use anyhow::{Context as _, ensure};

use super::cities::TRANSLITERATED;
use super::key::KINDS;
use super::pack::Row;

/// A country of the table.
#[derive(Debug, Clone)]
pub(crate) struct Country {
    pub(crate) iso: String,
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) atlas: String,
    pub(crate) geonames_id: u32,
}

fn table(path: &Path, columns: usize) -> anyhow::Result<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
        let row: Vec<String> = line.split('\t').map(|c| c.trim().to_owned()).collect();
        ensure!(row.len() == columns, "{}:{}: {} columns, not {columns}", path.display(), number + 1, row.len());
        rows.push(row);
    }
    Ok(rows)
}

fn list(cell: &str) -> Vec<String> {
    cell.split('|').map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect()
}

/// Countries: ISO code, name, other names, adjectives and demonyms, name in the atlas, GeoNames id.
pub(crate) fn countries(path: &Path) -> anyhow::Result<Vec<Country>> {
    let rows = table(path, 6)?.into_iter().map(|row| {
        ensure!(row[0].len() == 2, "{} is no country code", row[0]);
        let atlas = if row[4].is_empty() { row[1].clone() } else { row[4].clone() };
        let geonames_id = if row[5].is_empty() { 0 } else { row[5].parse()? };
        Ok(Country { iso: row[0].clone(), name: row[1].clone(), aliases: list(&row[2]), atlas, geonames_id })
    });
    rows.collect()
}

/// Places: name, other names, latitude, longitude, radius in km, country code, kind, source.
pub(crate) fn rows(path: &Path) -> anyhow::Result<Vec<Row>> {
    let rows = table(path, 8)?.into_iter().map(|row| {
        let kind =
            KINDS.iter().position(|k| *k == row[6]).with_context(|| format!("{}: no kind {}", row[0], row[6]))?;
        let country: [u8; 2] =
            row[5].as_bytes().try_into().with_context(|| format!("{}: no country {}", row[0], row[5]))?;
        let (lat, lon): (f64, f64) = (row[2].parse()?, row[3].parse()?);
        ensure!(lat.abs() <= 90.0 && lon.abs() <= 180.0, "{}: no such point", row[0]);
        Ok(Row {
            name: row[0].clone(),
            aliases: list(&row[1]),
            lat,
            lon,
            country,
            kind: u8::try_from(kind)?,
            // Lands are as well known as a large city.
            population: if matches!(row[6].as_str(), "region" | "area" | "sea") { 1 << 20 } else { 3_000 },
            radius_km: row[4].parse()?,
            geonames_id: 0,
            transliterated: TRANSLITERATED.contains(&row[5].as_str()),
            admin1: String::new(),
            rank: 0,
            tag: 0,
            within: [0, 0],
        })
    });
    rows.collect()
}
