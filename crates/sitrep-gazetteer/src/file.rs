//! The file that places are kept in: written once from front to back, read in place.
//!
//! Layout of a `.places` file: places (variable length, at multiples of four bytes), outlines, names (blocks of about two
//! kilobytes, front-coded, with long lists of places between them), the first name of each block, a filter of names, the manifest as
//! JSON, and a trailer of fixed length: where each part ends, the SHA-256 of all before it, and eight letters. What is cut short has no
//! trailer. All numbers are little-endian.

mod filter;
mod read;
mod write;

use serde::{Deserialize, Serialize};

pub(crate) use read::Volume;
pub(crate) use write::{Head, Writer};

/// First and last bytes of a file.
pub(crate) const MAGIC: &[u8; 8] = b"SITPLC01";
/// Ends of six parts, hash, letters.
pub(crate) const TRAILER_BYTES: usize = 6 * 8 + 32 + 8;
/// Fixed bytes of a place: latitude, longitude (millionths of a degree), country, kind, rank, radius, population, source, length of
/// its name, length of its id, flags.
pub(crate) const FIXED_BYTES: usize = 22;
/// A place with all that belongs to it is not longer.
pub(crate) const LONGEST_PLACE_BYTES: usize = 22 + 5 + 9 + 100 + 64;
/// Places stand at multiples of this.
pub(crate) const SLOT_BYTES: u64 = 4;
/// Bytes of a block of names, about.
pub(crate) const BLOCK_BYTES: usize = 2048;
/// More places than this stand in a list of their own.
pub(crate) const FEW_PLACES: usize = 16;
/// Places a list begins with, whatever their country.
pub(crate) const BEST_OF_ALL: usize = 32;
/// Places of each country in a list.
pub(crate) const BEST_OF_COUNTRY: usize = 128;
/// Flags of a place.
pub(crate) const HAS_GEONAMES_ID: u8 = 1;
pub(crate) const HAS_OUTLINE: u8 = 2;

/// What a file tells of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// What the user calls it.
    pub name: String,
    /// Files it was made from, without their folders.
    pub files: Vec<String>,
    /// Who says what is in it.
    pub sources: Vec<Source>,
    /// How it may be used, as the user told it.
    pub licence: String,
    /// Places.
    pub n_places: u64,
    /// Spellings they are found by.
    pub n_names: u64,
    /// Rows that could not be used.
    pub n_failed: u64,
    /// Kinds of place by their numbers in this file.
    pub(crate) kinds: Vec<String>,
    /// Tells whether names are still spelt as when the file was made.
    pub(crate) spelling: String,
}

/// Who says that some of the places are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name; empty when the rows name none.
    pub name: String,
    /// Places it tells of.
    pub n_places: u64,
}

/// A place of a file, as `sitrep gazetteer find` shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// The file it stands in.
    pub gazetteer: String,
    /// What it is called.
    pub name: String,
    /// One of the kinds of place.
    pub kind: &'static str,
    /// Two letters; `--` for none.
    pub country: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// People; 0 when nobody knows.
    pub population: u64,
    /// A user's own number for it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Its number in GeoNames.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geonames_id: Option<u64>,
    /// Who says so.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// What today's program makes of a few names: a file whose names were spelt otherwise cannot be searched.
pub(crate) fn spelling() -> String {
    use sha2::{Digest as _, Sha256};
    const NAMES: &[&str] = &[
        "Al-Mayādīn",
        "Dayr az-Zawr",
        "St. Louis",
        "Mt. Varnesh",
        "Ft. Worth",
        "Abou Kamal",
        "Albu Kamal",
        "Łódź",
        "Qāʼim",
        "Humaymah",
        "Kamishly",
        "Al-Qamishli",
        "Straße",
        "Æbeltoft",
        "Œuilly",
        "Þingvellir",
        "Ciudad Juárez",
        "Khan Shaykhun",
        "Ash Shaddadi",
        "Jisr ash-Shughur",
        "Mesraba",
        "Misrab",
        "N'Djamena",
        "O’Higgins",
        "Kyïv",
        "Thessaloníki",
        "Phnom Penh",
        "Quetzaltenango",
        "Dzhankoy",
        "Tsetserleg",
        "Ouagadougou",
        "A/B_C. D,E",
    ];
    let mut hash = Sha256::new();
    for key in NAMES.iter().flat_map(|name| sitrep_claims::spelling_keys(name, true)) {
        hash.update(key.as_bytes());
        hash.update([0]);
    }
    hex(&hash.finalize()[..8])
}

/// Bytes as two letters each.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
