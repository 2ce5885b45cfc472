//! One place on its way into a file: checked, and as bytes that can be sorted.
//!
//! In: what a source says of a place. Out: [`Row`], or what is wrong with it; its bytes, which begin with what identifies it, so
//! that rows of one number and their other names come together. The line it came from stands last and decides nothing.

use sha2::{Digest as _, Sha256};
use sitrep_claims::{place_kinds, spelling_keys};
use sitrep_model::Ring;

use crate::codes::Feature;
use crate::error::RowFault;
use crate::sort::write_number;

/// GeoNames allows this many characters.
const LONGEST_NAME_CHARS: usize = 200;
/// Bytes of a name that are kept.
const KEPT_NAME_BYTES: usize = 100;
/// Bytes of a user's own number for a place, and of the name of its source.
const LONGEST_ID_BYTES: usize = 64;
/// Other names of one place.
const MOST_NAMES: usize = 1_000;
/// Points of an outline.
const MOST_POINTS: usize = 100_000;
/// Numbers of GeoNames have at most ten digits.
pub(crate) const MOST_GEONAMES_ID: u64 = 1 << 40;
const OWN_ID: u64 = 1 << 63;
/// Bytes at the end of an item that tell where it came from: file and line.
pub(crate) const ORIGIN_BYTES: usize = 7;
/// Bytes at its start that say which place it is of, and whether it is the place or another name of it.
pub(crate) const HEAD_BYTES: usize = 9;

/// A place as its source tells it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Row {
    pub(crate) name: String,
    /// Other names as written.
    pub(crate) names: Vec<String>,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) country: [u8; 2],
    /// Number of the kind.
    pub(crate) kind: u8,
    pub(crate) rank: u8,
    pub(crate) radius_km: f64,
    pub(crate) population: u64,
    pub(crate) geonames_id: Option<u64>,
    /// A user's own number for it; empty for none.
    pub(crate) id: String,
    /// Who says so; empty for the source of the whole file.
    pub(crate) source: String,
    /// Whether its names are looked for by their consonants, too.
    pub(crate) sounded: bool,
    pub(crate) outline: Vec<Ring>,
}

/// Where a row came from: the number of its file, its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) file: u16,
    pub(crate) line: u64,
}

impl Row {
    pub(crate) fn set_feature(&mut self, feature: Feature) {
        let kind = place_kinds().iter().position(|kind| *kind == feature.kind).unwrap_or(0);
        (self.kind, self.rank, self.radius_km) = (kind as u8, feature.rank, feature.radius_km);
    }

    /// What is wrong with it, if anything.
    pub(crate) fn check(&self) -> Result<(), RowFault> {
        check_name(&self.name)?;
        check_point(self.lat, self.lon)?;
        for (what, text) in [("id", &self.id), ("source", &self.source)] {
            if text.len() > LONGEST_ID_BYTES || text.chars().any(char::is_control) {
                let why = format!("{what}: longer than {LONGEST_ID_BYTES} bytes, or control characters in it");
                return Err(RowFault::new("id", why));
            }
        }
        if self.geonames_id.is_some_and(|id| id == 0 || id >= MOST_GEONAMES_ID) {
            return Err(RowFault::new("id", "no number of GeoNames"));
        }
        let n_points: usize = self.outline.iter().map(Vec::len).sum();
        if n_points > MOST_POINTS {
            return Err(RowFault::new("outline", format!("an outline of {n_points} points; at most {MOST_POINTS}")));
        }
        self.outline.iter().flatten().try_for_each(|p| check_point(p[1], p[0]))
    }

    /// The spellings it is found by, of its name and its other names, sorted.
    fn keys(&self) -> Vec<String> {
        let names = std::iter::once(&self.name).chain(self.names.iter().take(MOST_NAMES));
        let mut keys: Vec<String> = names.filter_map(|name| spelling_keys(name, false).pop()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Its bytes; `None` for a place without a letter or figure in its names.
    pub(crate) fn item(&self, origin: Origin, more_names_follow: bool) -> Option<Vec<u8>> {
        let keys = self.keys();
        if keys.is_empty() && !more_names_follow {
            return None;
        }
        let mut body = Vec::with_capacity(96);
        body.extend(micro(self.lat).to_le_bytes());
        body.extend(micro(self.lon).to_le_bytes());
        body.extend(self.country);
        body.extend([self.kind, self.rank, quantised(self.radius_km), u8::from(self.sounded)]);
        let geonames_id = self.geonames_id.unwrap_or(0);
        for number in [self.population, geonames_id, keys.len() as u64] {
            number_into(&mut body, number);
        }
        let name = &self.name[..self.name.floor_char_boundary(KEPT_NAME_BYTES)];
        for text in [name, &self.id, &self.source].into_iter().chain(keys.iter().map(String::as_str)) {
            number_into(&mut body, text.len() as u64);
            body.extend(text.as_bytes());
        }
        let outline = encode_outline(&self.outline);
        number_into(&mut body, outline.len() as u64);
        body.extend(outline);
        let id = match (self.geonames_id, self.id.as_str()) {
            (Some(id), _) => id,
            (None, "") => own_id(&body),
            (None, id) => own_id(id.as_bytes()),
        };
        Some([&id.to_be_bytes()[..], &[0], &body, &origin.bytes()].concat())
    }
}

/// Another name of the place of this number, as bytes that sort after the place; `None` for one without letters.
pub(crate) fn name_item(geonames_id: u64, name: &str) -> Option<Vec<u8>> {
    let key = spelling_keys(name, false).pop()?;
    Some([&geonames_id.to_be_bytes()[..], &[1], key.as_bytes()].concat())
}

fn own_id(bytes: &[u8]) -> u64 {
    let hash = Sha256::digest(bytes);
    u64::from_be_bytes([hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]]) | OWN_ID
}

fn micro(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

fn quantised(radius_km: f64) -> u8 {
    ((radius_km.max(0.05) / 0.05).ln() * 20.0).round().min(255.0) as u8
}

impl Origin {
    fn bytes(self) -> [u8; ORIGIN_BYTES] {
        let line = self.line.to_be_bytes();
        let file = self.file.to_be_bytes();
        [file[0], file[1], line[3], line[4], line[5], line[6], line[7]]
    }

    pub(crate) fn of(item: &[u8]) -> Option<Origin> {
        let b = item.get(item.len().checked_sub(ORIGIN_BYTES)?..)?;
        let line = u64::from_be_bytes([0, 0, 0, b[2], b[3], b[4], b[5], b[6]]);
        Some(Origin { file: u16::from_be_bytes([b[0], b[1]]), line })
    }
}

fn number_into(out: &mut Vec<u8>, value: u64) {
    write_number(out, value).expect("a vector takes all it is given");
}

/// What a place's bytes hold once it is sorted.
pub(crate) struct Sorted<'a> {
    /// Latitude, longitude, country, kind, rank, radius.
    pub(crate) fixed: &'a [u8],
    pub(crate) country: [u8; 2],
    pub(crate) kind: u8,
    pub(crate) rank: u8,
    pub(crate) sounded: bool,
    pub(crate) population: u64,
    pub(crate) geonames_id: u64,
    pub(crate) name: &'a [u8],
    pub(crate) id: &'a [u8],
    pub(crate) source: &'a [u8],
    pub(crate) keys: Vec<&'a [u8]>,
    pub(crate) outline: &'a [u8],
}

impl<'a> Sorted<'a> {
    pub(crate) fn of(item: &'a [u8]) -> Option<Sorted<'a>> {
        let body = item.get(HEAD_BYTES..item.len().checked_sub(ORIGIN_BYTES)?)?;
        let fixed = body.get(..13)?;
        let mut reader = Bytes { bytes: body, at: 14 };
        let (population, geonames_id, n_keys) = (reader.number()?, reader.number()?, reader.number()?);
        let (name, id, source) = (reader.text()?, reader.text()?, reader.text()?);
        let keys = (0..n_keys).map(|_| reader.text()).collect::<Option<_>>()?;
        let outline = reader.text()?;
        let country = [fixed[8], fixed[9]];
        let (kind, rank, sounded) = (fixed[10], fixed[11], body.get(13) == Some(&1));
        Some(Sorted { fixed, country, kind, rank, sounded, population, geonames_id, name, id, source, keys, outline })
    }
}

/// Reads numbers and texts from bytes; never past their end.
pub(crate) struct Bytes<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) at: usize,
}

impl<'a> Bytes<'a> {
    /// A number of seven bits a byte, lowest first.
    pub(crate) fn number(&mut self) -> Option<u64> {
        let (mut value, mut shift) = (0_u64, 0);
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 || shift > 56 {
                return Some(value);
            }
        }
    }

    /// As many bytes as a number before them says.
    pub(crate) fn text(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        self.take(length)
    }

    pub(crate) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(taken)
    }
}

fn check_point(lat: f64, lon: f64) -> Result<(), RowFault> {
    if lat.is_finite() && lon.is_finite() && lat.abs() <= 90.0 && lon.abs() <= 180.0 {
        return Ok(());
    }
    let why = format!("latitude {lat}, longitude {lon}: out of range (-90 to 90, -180 to 180)");
    Err(RowFault::new("coordinates", why))
}

fn check_name(name: &str) -> Result<(), RowFault> {
    let length = name.chars().count();
    if name.trim().is_empty() {
        return Err(RowFault::new("name", "no name"));
    }
    if length > LONGEST_NAME_CHARS {
        return Err(RowFault::new("name", format!("a name of {length} characters; at most {LONGEST_NAME_CHARS}")));
    }
    let odd = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if let Some(c) = name.chars().find(|c| odd(*c)) {
        let what = if c.is_control() { "a control character" } else { "a sign that turns the direction of writing" };
        return Err(RowFault::new("name", format!("{what} (U+{:04X}) in the name", c as u32)));
    }
    Ok(())
}

/// Two letters; `--` for none.
pub(crate) fn country(code: &str) -> Result<[u8; 2], RowFault> {
    match code.trim().as_bytes() {
        [] => Ok(*b"--"),
        [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
            Ok([a.to_ascii_uppercase(), b.to_ascii_uppercase()])
        }
        _ => Err(RowFault::new("country", format!("country {:?}: two letters of ISO 3166-1", short(code)))),
    }
}

/// A number, or what is wrong with it; nothing is 0.
pub(crate) fn population(text: &str) -> Result<u64, RowFault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(0);
    }
    text.parse().map_err(|_| RowFault::new("population", format!("population {:?}: a whole number", short(text))))
}

/// Degrees, or what is wrong with them.
pub(crate) fn degrees(what: &str, text: &str) -> Result<f64, RowFault> {
    text.trim().parse().map_err(|_| RowFault::new("coordinates", format!("{what} {:?}: decimal degrees", short(text))))
}

/// The start of what a user wrote, for a message.
pub(crate) fn short(text: &str) -> &str {
    &text[..text.floor_char_boundary(40)]
}

/// Rings with their steps in hundred-thousandths of a degree.
fn encode_outline(rings: &[Ring]) -> Vec<u8> {
    let mut out = Vec::new();
    if rings.is_empty() {
        return out;
    }
    number_into(&mut out, rings.len() as u64);
    let mut last = [0_i64; 2];
    for ring in rings {
        number_into(&mut out, ring.len() as u64);
        for point in ring {
            for (axis, last) in last.iter_mut().enumerate() {
                let now = (point[axis] * 1e5).round() as i64;
                let step = now - *last;
                number_into(&mut out, ((step << 1) ^ (step >> 63)) as u64);
                *last = now;
            }
        }
    }
    out
}

/// The rings back; `None` for damaged bytes.
pub(crate) fn decode_outline(bytes: &[u8]) -> Option<Vec<Ring>> {
    let mut reader = Bytes { bytes, at: 0 };
    let mut rings = Vec::new();
    let mut last = [0_i64; 2];
    for _ in 0..reader.number()? {
        let mut ring = Ring::new();
        for _ in 0..reader.number()? {
            for axis in &mut last {
                let step = reader.number()?;
                *axis = axis.checked_add((step >> 1) as i64 ^ -((step & 1) as i64))?;
            }
            ring.push(last.map(|v| v as f64 / 1e5));
        }
        rings.push(ring);
    }
    Some(rings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, lat: f64, lon: f64) -> Row {
        Row { name: name.to_owned(), lat, lon, country: *b"SY", ..Row::default() }
    }

    #[test]
    fn odd_rows_are_named() {
        let cases = [
            (row("Varnesh", 91.0, 0.0), "coordinates"),
            (row("Varnesh", f64::NAN, 0.0), "coordinates"),
            (row(" ", 0.0, 0.0), "name"),
            (row("Var\u{202e}nesh", 0.0, 0.0), "name"),
            (row("Var\0nesh", 0.0, 0.0), "name"),
            (row(&"x".repeat(10_000), 0.0, 0.0), "name"),
        ];
        for (row, code) in cases {
            assert_eq!(row.check().unwrap_err().code, code, "{row:?}");
        }
        assert!(row("Varnesh", 90.0, -180.0).check().is_ok());
    }

    #[test]
    fn a_row_comes_back_from_its_bytes() {
        let mut row = row("Tell Varnesh", 34.5, 40.25);
        row.names = vec!["Varnesh Hill".into(), "تل".into()];
        (row.population, row.id, row.source) = (1200, "v-1".into(), "own survey".into());
        row.outline = vec![vec![[40.0, 34.0], [41.0, 34.0], [41.0, 35.0], [40.0, 34.0]]];
        let item = row.item(Origin { file: 3, line: 77 }, false).unwrap();
        let back = Sorted::of(&item).unwrap();
        assert_eq!((back.name, back.id, back.source), (&b"Tell Varnesh"[..], &b"v-1"[..], &b"own survey"[..]));
        assert_eq!(
            back.keys,
            [&b"\x04tl"[..], b"tell varnesh", b"varnesh hill"],
            "an Arabic name goes by its consonants"
        );
        assert_eq!(decode_outline(back.outline).unwrap(), row.outline);
        assert_eq!(Origin::of(&item), Some(Origin { file: 3, line: 77 }));
        for cut in 0..item.len() {
            let _ = Sorted::of(&item[..cut]);
        }
    }

    #[test]
    fn a_place_whose_names_have_no_letters_has_no_bytes() {
        assert_eq!(row("…", 0.0, 0.0).item(Origin { file: 0, line: 1 }, false), None);
        assert!(row("東京", 0.0, 0.0).item(Origin { file: 0, line: 1 }, false).is_some());
    }
}
