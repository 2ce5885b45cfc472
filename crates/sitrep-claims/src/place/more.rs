//! A user's own places, beside the built-in ones.
//!
//! In: whoever answers for them ([`MorePlaces`]). Out: entries like the built-in ones, few of each name. Never opens a file, and
//! never puts a user's place in the stead of a built-in one.

use std::ops::Deref;
use std::sync::OnceLock;

use sitrep_model::Ring;

use super::gazetteer::{Entry, Index, Iso};
use super::key::{KINDS, LONGEST_NAME_BYTES, key};
use super::outlines;
use super::script::{ARABIC, OWN};
use super::shape::{distance_km, holds};

/// Numbers of built-in places are below this one.
pub(crate) const FIRST_ID: u32 = 1 << 24;
/// Lands of one name this near to each other are one land told twice.
const SAME_LAND_KM: f64 = 60.0;
/// Places without people that may be meant by one name, at most; one more for each country in play.
const MOST_EMPTY: usize = 24;

/// Places beyond the built-in ones, looked up by spelling.
pub trait MorePlaces: Send + Sync {
    /// Whether any place is spelt so.
    fn knows(&self, key: &str) -> bool;
    /// Places spelt so, the best known first: a bounded number of all, and of each of `countries`. In the same order at every call.
    fn find(&self, key: &str, countries: &[[u8; 2]]) -> Vec<MorePlace>;
    /// Closed lines around the place of this number.
    fn outline(&self, number: u32) -> Option<Vec<Ring>>;
}

/// A place a user brought.
#[derive(Debug, Clone, PartialEq)]
pub struct MorePlace {
    /// Its number: below 2^32 - 2^24, no other place has it.
    pub number: u32,
    /// Its name; only the first 100 bytes are kept.
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Two letters of the country; `--` for none.
    pub country: [u8; 2],
    /// One of [`place_kinds`].
    pub kind: &'static str,
    /// Base-2 logarithm of the population plus one.
    pub population_log2: f64,
    /// How far it reaches.
    pub radius_km: f64,
    /// Its number in GeoNames.
    pub geonames_id: Option<u64>,
    /// What sort of town it is: 1 a part of one, 2 plain, 3 to 6 the seat of ever larger divisions, 7 a capital, 8 gone.
    pub rank: u8,
}

/// The kinds a place may be of.
#[must_use]
pub fn place_kinds() -> &'static [&'static str] {
    KINDS
}

/// A name that goes with its entry wherever that is copied.
#[derive(Clone, Copy)]
pub(crate) enum PlaceName {
    /// Stands in the program.
    Built(&'static str),
    /// Stands here: bytes and how many of them.
    Own([u8; LONGEST_NAME_BYTES], u8),
}

impl PlaceName {
    fn own(name: &str) -> PlaceName {
        let kept = &name[..name.floor_char_boundary(LONGEST_NAME_BYTES)];
        let mut bytes = [0; LONGEST_NAME_BYTES];
        bytes[..kept.len()].copy_from_slice(kept.as_bytes());
        PlaceName::Own(bytes, kept.len() as u8)
    }
}

impl Deref for PlaceName {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            PlaceName::Built(name) => name,
            PlaceName::Own(bytes, length) => std::str::from_utf8(&bytes[..usize::from(*length)]).unwrap_or(""),
        }
    }
}

impl PartialEq for PlaceName {
    fn eq(&self, other: &PlaceName) -> bool {
        **self == **other
    }
}

impl std::fmt::Debug for PlaceName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self)
    }
}

/// A user's places and what ties them to the built-in ones.
pub(crate) struct More {
    places: Box<dyn MorePlaces>,
    /// GeoNames numbers of the built-in places with the places' own numbers, sorted.
    built: Vec<(u64, u32)>,
    divisions: OnceLock<Vec<Division>>,
}

struct Division {
    country: Iso,
    number: u32,
    /// South, west, north, east.
    reach: [f64; 4],
    rings: Vec<Ring>,
}

impl More {
    pub(crate) fn new(places: Box<dyn MorePlaces>, index: &Index) -> More {
        let mut built: Vec<(u64, u32)> =
            (0..).map_while(|id| index.entry(id)).filter_map(|e| Some((e.geonames_id?, e.id))).collect();
        built.sort_unstable();
        More { places, built, divisions: OnceLock::new() }
    }

    pub(crate) fn knows(&self, key: &str) -> bool {
        self.places.knows(key)
    }

    pub(crate) fn outline(&self, entry: &Entry) -> Option<Vec<Ring>> {
        self.places.outline(entry.id.checked_sub(FIRST_ID)?)
    }

    /// Adds the user's places of a name to the built-in ones of it. A place that both know is the built-in one; so is a land of the
    /// same name at the same spot.
    pub(crate) fn add(&self, index: &Index, key: &str, countries: &[Iso], found: &mut Vec<Entry>) {
        let n_built = found.len();
        let mut n_empty = 0;
        for place in self.places.find(key, countries) {
            let twin = place.geonames_id.and_then(|id| {
                let at = self.built.binary_search_by_key(&id, |(geonames, _)| *geonames).ok()?;
                index.entry(self.built[at].1)
            });
            if let Some(twin) = twin {
                if found.iter().all(|e| e.id != twin.id) {
                    found.push(twin);
                }
                continue;
            }
            let empty = place.population_log2 == 0.0;
            n_empty += usize::from(empty);
            let Some(entry) = self.entry(index, place) else { continue };
            let spot = |e: &Entry| (e.lat, e.lon);
            let same_land = |e: &Entry| {
                is_land(e.kind)
                    && e.country == entry.country
                    && distance_km(spot(e), spot(&entry)) < e.radius_km.max(SAME_LAND_KM)
            };
            let told_twice = is_land(entry.kind) && found[..n_built].iter().any(same_land);
            let in_play = countries.contains(&entry.country);
            if !told_twice && (!empty || n_empty <= MOST_EMPTY || in_play) {
                found.push(entry);
            }
        }
    }

    fn entry(&self, index: &Index, place: MorePlace) -> Option<Entry> {
        let mut entry = Entry {
            id: FIRST_ID.checked_add(place.number)?,
            name: PlaceName::own(&place.name),
            lat: place.lat,
            lon: place.lon,
            country: place.country,
            kind: place.kind,
            population_log2: place.population_log2,
            radius_km: place.radius_km,
            geonames_id: place.geonames_id,
            rank: place.rank,
            within: [None; 2],
        };
        if !matches!(entry.kind, "country" | "region" | "sea") {
            entry.within[0] = self.division(index, &entry);
        }
        Some(entry)
    }

    /// The built-in division a place lies in.
    fn division(&self, index: &Index, entry: &Entry) -> Option<u32> {
        let divisions = self.divisions.get_or_init(|| divisions(index));
        let from = divisions.partition_point(|d| d.country < entry.country);
        let own = divisions[from..].iter().take_while(|d| d.country == entry.country);
        let mut near = own.filter(|d| {
            let [south, west, north, east] = d.reach;
            (south..=north).contains(&entry.lat) && (west..=east).contains(&entry.lon)
        });
        near.find(|d| holds(&d.rings, (entry.lat, entry.lon))).map(|d| d.number)
    }
}

fn is_land(kind: &str) -> bool {
    matches!(kind, "country" | "region" | "district" | "area")
}

/// The outlines of the built-in first-level divisions, by country.
fn divisions(index: &Index) -> Vec<Division> {
    let mut divisions: Vec<Division> = (outlines::regions().into_iter())
        .filter_map(|shape| {
            let (iso, name) = shape.name.split_once('\t')?;
            let country: Iso = iso.as_bytes().try_into().ok()?;
            let same = |e: &Entry| e.kind == "region" && e.country == country && *e.name == *name;
            let number = index.built(&key(name)).into_iter().find(same)?.id;
            let points = || shape.rings.iter().flatten();
            let least = |axis: usize| points().map(|p| p[axis]).fold(f64::MAX, f64::min);
            let most = |axis: usize| points().map(|p| p[axis]).fold(f64::MIN, f64::max);
            let reach = [least(1), least(0), most(1), most(0)];
            Some(Division { country, number, reach, rings: shape.rings })
        })
        .collect();
    divisions.sort_by_key(|d| (d.country, d.number));
    divisions
}

/// The countries of the atlas, to tell in which one a point lies.
pub struct CountryMap {
    lands: Vec<Division>,
}

impl CountryMap {
    /// Unpacks the outlines; keep it.
    #[must_use]
    pub fn new() -> CountryMap {
        let Ok(index) = Index::load() else { return CountryMap { lands: Vec::new() } };
        let land = |shape: sitrep_model::Shape| {
            let country = index.atlas(&shape.name)?;
            let points = || shape.rings.iter().flatten();
            let least = |axis: usize| points().map(|p| p[axis]).fold(f64::MAX, f64::min);
            let most = |axis: usize| points().map(|p| p[axis]).fold(f64::MIN, f64::max);
            let reach = [least(1), least(0), most(1), most(0)];
            Some(Division { country, number: 0, reach, rings: shape.rings })
        };
        CountryMap { lands: outlines::outlines().countries.into_iter().filter_map(land).collect() }
    }

    /// The country around a point, degrees north and east.
    #[must_use]
    pub fn country_at(&self, lat: f64, lon: f64) -> Option<[u8; 2]> {
        let mut near = self.lands.iter().filter(|d| {
            let [south, west, north, east] = d.reach;
            (south..=north).contains(&lat) && (west..=east).contains(&lon)
        });
        near.find(|d| holds(&d.rings, (lat, lon))).map(|d| d.country)
    }
}

impl Default for CountryMap {
    fn default() -> CountryMap {
        CountryMap::new()
    }
}

/// The keys a place is to be found by under one of its names: its spelling, and where names reach English through a transliteration
/// (`transliterated`) also that without articles and its consonants. Empty for what has no letters, and for too long ones.
#[must_use]
pub fn spelling_keys(name: &str, transliterated: bool) -> Vec<String> {
    related_keys(key(name), transliterated)
}

/// The same from the key of the name's spelling.
#[must_use]
pub fn related_keys(full: String, transliterated: bool) -> Vec<String> {
    if full.len() < 2 {
        return Vec::new();
    }
    let mut keys = Vec::new();
    if transliterated && !full.starts_with([ARABIC, OWN]) {
        let bare = super::key::bare(&full);
        let skeleton = super::key::ended_skeleton(&full);
        keys.extend((!skeleton.is_empty()).then(|| format!("\u{1}{skeleton}")));
        keys.extend((bare.len() > 2 && bare != full).then_some(bare));
    }
    keys.push(full);
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Few(Vec<MorePlace>);

    impl MorePlaces for Few {
        fn knows(&self, wanted: &str) -> bool {
            self.0.iter().any(|p| key(&p.name) == wanted)
        }

        fn find(&self, wanted: &str, _: &[[u8; 2]]) -> Vec<MorePlace> {
            self.0.iter().filter(|p| key(&p.name) == wanted).cloned().collect()
        }

        fn outline(&self, _: u32) -> Option<Vec<Ring>> {
            None
        }
    }

    fn place(number: u32, name: &str, (lat, lon): (f64, f64), geonames_id: Option<u64>) -> MorePlace {
        let (country, kind) = (*b"SY", "village");
        let name = name.to_owned();
        MorePlace { number, name, lat, lon, country, kind, population_log2: 0.0, radius_km: 1.0, geonames_id, rank: 2 }
    }

    fn index(places: Vec<MorePlace>) -> Index {
        Index::load().unwrap_or_else(|e| panic!("{}", e.message)).with(Box::new(Few(places)))
    }

    #[test]
    fn a_users_place_stands_beside_the_built_in_ones_and_knows_its_division() {
        let index = index(vec![place(7, "Tell Varnesh", (34.9, 40.5), None)]);
        assert!(index.knows("tell varnesh") && index.built("tell varnesh").is_empty());
        let found = index.find("tell varnesh");
        let division = found[0].within[0].and_then(|id| index.entry(id)).unwrap();
        assert_eq!((&*found[0].name, division.kind, division.country), ("Tell Varnesh", "region", *b"SY"));
    }

    #[test]
    fn a_place_both_know_is_the_built_in_one() {
        let raqqa = Index::load().unwrap_or_else(|e| panic!("{}", e.message)).find("raqqa").into_iter();
        let raqqa = raqqa.max_by(|a, b| a.population_log2.total_cmp(&b.population_log2)).unwrap();
        let index = index(vec![
            place(1, "Raqqa", (0.0, 0.0), raqqa.geonames_id),
            place(2, "Raqqaville", (0.0, 0.0), raqqa.geonames_id),
        ]);
        assert_eq!(index.find("raqqa"), index.built("raqqa"));
        assert_eq!(index.find("raqqaville"), [raqqa]);
    }

    #[test]
    fn of_a_hundred_hamlets_few_are_candidates() {
        let index = index((0..100).map(|n| place(n, "Varnesh", (34.0, 40.0), None)).collect());
        assert_eq!(index.find("varnesh").len(), MOST_EMPTY);
    }

    #[test]
    fn a_point_tells_its_country() {
        let map = CountryMap::new();
        assert_eq!(map.country_at(35.0, 38.0), Some(*b"SY"));
        assert_eq!(map.country_at(0.0, -30.0), None);
    }
}
