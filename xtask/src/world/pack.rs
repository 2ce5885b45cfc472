//! Packs places and their names into the gazetteer file the product reads in place.
//!
//! In: places with all their names. Out: the bytes of `gazetteer.bin` (layout: `crates/sitrep-claims/src/place/gazetteer.rs`).
//! The same places give the same bytes, whatever their order.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;

use super::{key, script};

/// A place about to be packed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) country: [u8; 2],
    /// Index into `KINDS` of the reader.
    pub(crate) kind: u8,
    pub(crate) population: u64,
    pub(crate) radius_km: f64,
    pub(crate) geonames_id: u32,
    /// Whether its names come through a transliteration, so that skeletons help.
    pub(crate) transliterated: bool,
    /// GeoNames code of its first-level division.
    pub(crate) admin1: String,
    /// What sort of town it is; see `within.rs`.
    pub(crate) rank: u8,
    /// What rows inside it call it by; 0 for what holds nothing.
    pub(crate) tag: u32,
    /// Tags of its division and its county; 0 for none.
    pub(crate) within: [u32; 2],
}

/// The bytes of the file.
pub(crate) fn pack(mut rows: Vec<Row>) -> anyhow::Result<Vec<u8>> {
    rows.sort_by(|a, b| (a.country, a.kind, &a.name, a.geonames_id).cmp(&(b.country, b.kind, &b.name, b.geonames_id)));
    let mut names: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    let mut blob = Vec::new();
    let mut records = Vec::new();
    let holders: BTreeMap<u32, u32> =
        rows.iter().zip(1..).filter(|(row, _)| row.tag > 0).map(|(row, number)| (row.tag, number)).collect();
    for (number, row) in rows.iter().enumerate() {
        let number = u32::try_from(number)?;
        record(row, &holders, &mut records, &mut blob)?;
        for name in std::iter::once(&row.name).chain(&row.aliases) {
            let foreign = script::own(name);
            let full = foreign.clone().unwrap_or_else(|| key::key(name));
            if full.len() < 2 {
                continue;
            }
            // Letters of other alphabets are told in Latin ones when they are looked up: what the place is called in Latin is known.
            if row.transliterated && foreign.is_none() {
                let bare = key::bare(&full);
                let skeleton = key::ended_skeleton(&full);
                if !skeleton.is_empty() {
                    names.entry(format!("\u{1}{skeleton}")).or_default().insert(number);
                }
                if bare.len() > 2 {
                    names.entry(bare).or_default().insert(number);
                }
            }
            names.entry(full).or_default().insert(number);
        }
    }
    let mut lists = Vec::new();
    let mut map = fst::MapBuilder::memory();
    for (name, places) in &names {
        // One place stands in the map itself; several stand in a list, which the lowest bit tells.
        let value = if places.len() == 1 {
            u64::from(*places.first().context("a name without a place")?) << 1
        } else {
            let at = lists.len() as u64;
            lists.extend(u16::try_from(places.len())?.to_le_bytes());
            places.iter().for_each(|p| lists.extend(&p.to_le_bytes()[..3]));
            at << 1 | 1
        };
        map.insert(name, value)?;
    }
    let map = map.into_inner()?;
    let mut out = b"SGZ2".to_vec();
    for part in [&records, &blob, &lists, &map] {
        out.extend(u32::try_from(part.len())?.to_le_bytes());
    }
    for part in [records, blob, lists, map] {
        out.extend(part);
    }
    Ok(out)
}

/// 26 bytes a place: latitude, longitude (1/20000 degree, 3 bytes each), country, kind, population and radius (logarithms),
/// GeoNames id (4), where its name ends among the names (4, the start is the end of the one before), rank, its division and its
/// county (3 each: number of the place plus one, 0 for none).
fn record(row: &Row, holders: &BTreeMap<u32, u32>, records: &mut Vec<u8>, blob: &mut Vec<u8>) -> anyhow::Result<()> {
    let fixed = |degrees: f64| ((degrees * 20_000.0).round() as i32).to_le_bytes();
    records.extend(&fixed(row.lat)[..3]);
    records.extend(&fixed(row.lon)[..3]);
    records.extend(row.country);
    records.push(row.kind);
    records.push((((row.population + 1) as f64).log2() * 8.0).round().min(255.0) as u8);
    records.push(((row.radius_km.max(0.05) / 0.05).ln() * 20.0).round().min(255.0) as u8);
    records.extend(row.geonames_id.to_le_bytes());
    blob.extend(row.name.as_bytes());
    records.extend(u32::try_from(blob.len())?.to_le_bytes());
    records.push(row.rank);
    for tag in row.within {
        records.extend(&holders.get(&tag).copied().unwrap_or(0).to_le_bytes()[..3]);
    }
    Ok(())
}
