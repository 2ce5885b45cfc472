//! The places of the world, read in place from `world/gazetteer.bin`.
//!
//! In: the file made by `cargo xtask world`, compiled in, and `world/countries.tsv`. Out: look-ups by spelling. Unpacks nothing
//! at start: a look-up walks the name map and decodes a few records.
//!
//! Layout: `SGZ2`, four lengths, then records (26 bytes a place), names, lists (a count and 3-byte place numbers) and the name
//! map (an `fst` map: number of the place times two, or the place of its list times two plus one).

use std::collections::{BTreeMap, HashMap};

use super::key::{KINDS, key};
use super::more::{More, MorePlaces, PlaceName};
use super::script::own;
use crate::KitError;

const FILE: &[u8] = include_bytes!("../../world/gazetteer.bin");
const COUNTRIES: &str = include_str!("../../world/countries.tsv");
const RECORD_BYTES: usize = 26;
/// Where in a record it stands how far its name reaches.
const NAME_END: usize = 15;

/// Two letters of ISO 3166-1; `--` for none or several.
pub(crate) type Iso = [u8; 2];

/// A place of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Entry {
    /// Its number in the file.
    pub(crate) id: u32,
    pub(crate) name: PlaceName,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) country: Iso,
    pub(crate) kind: &'static str,
    /// Base-2 logarithm of the population plus one.
    pub(crate) population_log2: f64,
    pub(crate) radius_km: f64,
    pub(crate) geonames_id: Option<u64>,
    /// What sort of town it is: 1 a part of one, 2 plain, 3 to 6 the seat of ever larger divisions, 7 a capital, 8 gone.
    pub(crate) rank: u8,
    /// Numbers of the division and the county it lies in.
    pub(crate) within: [Option<u32>; 2],
}

impl Entry {
    /// Whether a user brought it.
    pub(crate) fn is_own(&self) -> bool {
        self.id >= super::more::FIRST_ID
    }
}

/// The name map and the tables of countries.
pub(crate) struct Index {
    map: fst::Map<&'static [u8]>,
    records: &'static [u8],
    names: &'static [u8],
    lists: &'static [u8],
    /// Adjectives and demonyms, in lower case.
    demonyms: HashMap<String, (Iso, &'static str)>,
    /// The countries' own entries, by name.
    countries: BTreeMap<&'static str, Entry>,
    /// Countries by their name in the atlas.
    atlas: BTreeMap<&'static str, Iso>,
    /// What a user brought.
    more: Option<More>,
}

impl Index {
    pub(crate) fn load() -> Result<Index, KitError> {
        let fault = |message: &str| KitError { file: "world/gazetteer.bin", message: message.to_owned() };
        let length = |n: usize| {
            let bytes = FILE.get(4 + n * 4..8 + n * 4)?;
            Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
        };
        let mut at = 20;
        let mut parts: [&'static [u8]; 4] = [&[]; 4];
        for (n, part) in parts.iter_mut().enumerate() {
            let end = at + length(n).ok_or_else(|| fault("cut short"))?;
            *part = FILE.get(at..end).ok_or_else(|| fault("cut short"))?;
            at = end;
        }
        let [records, names, lists, map] = parts;
        let map = fst::Map::new(map).map_err(|e| fault(&e.to_string()))?;
        let (mut demonyms, mut atlas, mut lands) = (HashMap::new(), BTreeMap::new(), Vec::new());
        for line in COUNTRIES.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let (Some(iso), Some(name), Some(words)) = (cells.first(), cells.get(1), cells.get(3)) else { continue };
            let iso: Iso = iso.as_bytes().try_into().map_err(|_| fault("a country code of two letters"))?;
            atlas.insert(cells.get(4).filter(|c| !c.is_empty()).copied().unwrap_or(*name), iso);
            lands.push(*name);
            demonyms.extend(words.split('|').filter(|w| !w.is_empty()).map(|w| (w.to_lowercase(), (iso, *name))));
        }
        let mut index = Index { map, records, names, lists, demonyms, countries: BTreeMap::new(), atlas, more: None };
        let country = |name: &str| index.built(&key(name)).into_iter().find(|e| e.kind == "country");
        index.countries = lands.into_iter().filter_map(|name| Some((name, country(name)?))).collect();
        Ok(index)
    }

    /// The same with a user's places.
    pub(crate) fn with(mut self, places: Box<dyn MorePlaces>) -> Index {
        self.more = Some(More::new(places, &self));
        self
    }

    /// What a user brought.
    pub(crate) fn more(&self) -> Option<&More> {
        self.more.as_ref()
    }

    /// The places a key stands for: the built-in ones in the file's order, then the best known of a user's.
    pub(crate) fn find(&self, key: &str) -> Vec<Entry> {
        self.find_in(key, &[])
    }

    /// The same, with more of a user's places in these countries.
    pub(crate) fn find_in(&self, key: &str, countries: &[Iso]) -> Vec<Entry> {
        let mut found = self.built(key);
        if let Some(more) = &self.more {
            more.add(self, key, countries, &mut found);
        }
        found
    }

    /// The built-in places a key stands for.
    pub(crate) fn built(&self, key: &str) -> Vec<Entry> {
        let Some(value) = self.map.get(key) else { return Vec::new() };
        if value & 1 == 0 {
            return self.entry((value >> 1) as u32).into_iter().collect();
        }
        let at = (value >> 1) as usize;
        let Some(count) = self.lists.get(at..at + 2) else { return Vec::new() };
        let count = u16::from_le_bytes([count[0], count[1]]) as usize;
        let list = self.lists.get(at + 2..at + 2 + count * 3).unwrap_or(&[]);
        list.chunks_exact(3).filter_map(|id| self.entry(u32::from_le_bytes([id[0], id[1], id[2], 0]))).collect()
    }

    /// Whether a key stands for any place.
    pub(crate) fn knows(&self, key: &str) -> bool {
        self.map.contains_key(key) || self.more.as_ref().is_some_and(|more| more.knows(key))
    }

    /// The key a name is looked up by: that of its own letters where the gazetteer has them, else that of Latin ones.
    pub(crate) fn key_of(&self, name: &str) -> String {
        own(name).filter(|key| self.knows(key)).unwrap_or_else(|| key(name))
    }

    /// The place of a number.
    pub(crate) fn entry(&self, id: u32) -> Option<Entry> {
        let at = id as usize * RECORD_BYTES;
        let r = self.records.get(at..at + RECORD_BYTES)?;
        let degrees = |b: &[u8]| f64::from(i32::from_le_bytes([0, b[0], b[1], b[2]]) >> 8) / 20_000.0;
        let word = |b: &[u8]| u32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        let before = at.checked_sub(RECORD_BYTES).and_then(|b| self.records.get(b + NAME_END..b + NAME_END + 4));
        let start = before.map_or(0, word);
        let name = self.names.get(start as usize..word(&r[15..19]) as usize)?;
        Some(Entry {
            id,
            name: PlaceName::Built(std::str::from_utf8(name).ok()?),
            lat: degrees(&r[0..3]),
            lon: degrees(&r[3..6]),
            country: [r[6], r[7]],
            kind: KINDS.get(usize::from(r[8])).copied().unwrap_or("area"),
            population_log2: f64::from(r[9]) / 8.0,
            radius_km: 0.05 * (f64::from(r[10]) / 20.0).exp(),
            geonames_id: Some(u64::from(word(&r[11..15]))).filter(|id| *id > 0),
            rank: r[19],
            within: [&r[20..23], &r[23..26]].map(|b| u32::from_le_bytes([b[0], b[1], b[2], 0]).checked_sub(1)),
        })
    }

    /// The country an adjective or demonym implies: "Syrian", "Iraqis".
    pub(crate) fn demonym(&self, word: &str) -> Option<(Iso, &'static str)> {
        self.demonyms.get(&word.to_lowercase()).copied()
    }

    /// The country of an outline of the atlas.
    pub(crate) fn atlas(&self, name: &str) -> Option<Iso> {
        self.atlas.get(name).copied()
    }

    /// The country's own entry.
    pub(crate) fn country(&self, name: &str) -> Option<Entry> {
        self.countries.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_places_are_found_where_they_are() {
        let index = Index::load().unwrap_or_else(|e| panic!("{}", e.message));
        for (name, lat, lon) in
            [("Abu Kamal", 34.45, 40.92), ("T-2", 34.38, 40.15), ("Bakhmut", 48.6, 38.0), ("Goma", -1.68, 29.22)]
        {
            let found = index.find(&key(name));
            assert!(found.iter().any(|e| (e.lat - lat).abs() < 0.1 && (e.lon - lon).abs() < 0.1), "{name}: {found:?}");
        }
        assert_eq!(index.demonym("Syrian"), Some((*b"SY", "Syria")));
        assert!(index.find(&"q".repeat(10_000)).is_empty());
    }
}
