//! A user's table of places: CSV or tab-separated, with a header.
//!
//! In: text with the columns of [`COLUMNS`] in any order; others are passed over. Out: rows. Never guesses a coordinate.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::path::Path;

use sitrep_claims::CountryMap;

use super::{LONGEST_ROW_BYTES, Sink, too_long};
use crate::codes::{is_transliterated, told};
use crate::error::{GazetteerError, RowFault};
use crate::row::{self, Row};

/// The columns, the first three needed, and what each holds.
pub const COLUMNS: &[(&str, &str)] = &[
    ("name", "what the place is called"),
    ("lat", "degrees north, decimal, WGS 84"),
    ("lon", "degrees east"),
    ("kind", "village, town, city, district, region, airbase, camp, … or a feature code of GeoNames (PPL, AIRB)"),
    ("country", "two letters of ISO 3166-1; when empty, the country of the map around the point"),
    ("admin1", "its division; passed over, as the coordinates tell it"),
    ("alternate_names", "other names, separated by |"),
    ("population", "whole number"),
    ("id", "your own number for it; a second row of the same number is reported"),
    ("geonames_id", "its number in GeoNames; a place that is built in, too, is the built-in one"),
    ("source", "who says so"),
];

/// Other words for the same columns.
const SYNONYMS: &[(&str, &str)] = &[
    ("latitude", "lat"),
    ("longitude", "lon"),
    ("lng", "lon"),
    ("long", "lon"),
    ("feature_code", "kind"),
    ("type", "kind"),
    ("alternatenames", "alternate_names"),
    ("other_names", "alternate_names"),
    ("geonameid", "geonames_id"),
    ("country_code", "country"),
];

/// Reads every row of a table.
pub(super) fn rows(path: &Path, reader: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), GazetteerError> {
    let fault = || GazetteerError::file(path);
    let start = reader.fill_buf().map_err(fault())?;
    let bom = start.starts_with(b"\xef\xbb\xbf");
    let header = start.split(|b| *b == b'\n').next().unwrap_or_default();
    let has = |byte: u8| header.contains(&byte);
    let delimiter = if has(b'\t') {
        b'\t'
    } else if has(b';') && !has(b',') {
        b';'
    } else {
        b','
    };
    if bom {
        reader.consume(3);
    }
    let left = Cell::new(LONGEST_ROW_BYTES);
    let mut table =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(Bounded { reader, left: &left });
    let columns = columns(path, table.byte_headers().map_err(|e| csv_fault(path, e))?)?;
    let map = CountryMap::new();
    let mut record = csv::ByteRecord::new();
    loop {
        left.set(LONGEST_ROW_BYTES);
        match table.read_byte_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            // A quotation that never ends: what follows cannot be told apart.
            Err(_) if left.get() == 0 => {
                let line = table.position().line();
                let why = format!("line {line}: {}; is a quotation mark open?", too_long().why);
                return Err(GazetteerError::format(path, why));
            }
            Err(e) => return Err(csv_fault(path, e)),
        }
        let line = record.position().map_or(0, csv::Position::line);
        sink(line, place(&columns, &record, &map)).map_err(fault())?;
    }
}

fn csv_fault(path: &Path, error: csv::Error) -> GazetteerError {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => GazetteerError::File { path: path.to_path_buf(), cause },
        other => GazetteerError::format(path, format!("{other:?}")),
    }
}

/// Reads on only while a row is not too long.
struct Bounded<'a> {
    reader: &'a mut dyn BufRead,
    left: &'a Cell<usize>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::Error::other("a row too long"));
        }
        let most = out.len().min(self.left.get());
        let n = self.reader.read(&mut out[..most])?;
        self.left.set(self.left.get() - n);
        Ok(n)
    }
}

/// Where each of [`COLUMNS`] stands.
fn columns(path: &Path, header: &csv::ByteRecord) -> Result<Vec<Option<usize>>, GazetteerError> {
    let titles: Vec<String> =
        header.iter().map(|t| String::from_utf8_lossy(t).trim().to_lowercase().replace([' ', '-'], "_")).collect();
    let known = |title: &str| {
        let synonym = SYNONYMS.iter().find(|(word, _)| *word == title);
        synonym.map_or(title.to_owned(), |(_, column)| (*column).to_owned())
    };
    let at = |column: &str| titles.iter().position(|title| known(title) == column);
    let found: Vec<Option<usize>> = COLUMNS.iter().map(|(column, _)| at(column)).collect();
    if found[..3].iter().all(Option::is_some) {
        return Ok(found);
    }
    let all: Vec<&str> = COLUMNS.iter().map(|(column, _)| *column).collect();
    let seen: Vec<&str> = titles.iter().take(12).map(|t| row::short(t)).collect();
    let why = format!(
        "the first line must name the columns name, lat and lon (and may name {}); it says: {}",
        all[3..].join(", "),
        seen.join(", ")
    );
    Err(GazetteerError::format(path, why))
}

fn place(columns: &[Option<usize>], record: &csv::ByteRecord, map: &CountryMap) -> Result<Row, RowFault> {
    let cell = |name: &str| -> Result<&str, RowFault> {
        let number = COLUMNS.iter().position(|(column, _)| *column == name);
        let bytes = number.and_then(|n| columns[n]).and_then(|at| record.get(at)).unwrap_or_default();
        let text = std::str::from_utf8(bytes).map_err(|_| RowFault::new("utf8", format!("{name}: not UTF-8")))?;
        Ok(text.trim())
    };
    if columns[..3].iter().flatten().any(|at| *at >= record.len()) {
        return Err(RowFault::new("columns", format!("{} columns, too few for name, lat and lon", record.len())));
    }
    let population = row::population(cell("population")?)?;
    let mut place = Row {
        name: cell("name")?.to_owned(),
        names: cell("alternate_names")?.split('|').map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect(),
        lat: row::degrees("lat", cell("lat")?)?,
        lon: row::degrees("lon", cell("lon")?)?,
        country: row::country(cell("country")?)?,
        population,
        id: cell("id")?.to_owned(),
        source: cell("source")?.to_owned(),
        ..Row::default()
    };
    let number = cell("geonames_id")?;
    if !number.is_empty() {
        let fault = || RowFault::new("id", format!("geonames_id {:?}: a number", row::short(number)));
        place.geonames_id = Some(number.parse().map_err(|_| fault())?);
    }
    finish(&mut place, cell("kind")?, map)?;
    Ok(place)
}

/// Kind, country by the map when none is told, and the checks.
pub(super) fn finish(place: &mut Row, kind: &str, map: &CountryMap) -> Result<(), RowFault> {
    let feature = told(kind, place.population).ok_or_else(|| {
        let kinds = sitrep_claims::place_kinds().join(", ");
        RowFault::new("kind", format!("kind {:?}: a feature code of GeoNames, or one of {kinds}", row::short(kind)))
    })?;
    let reach = place.radius_km;
    place.set_feature(feature);
    if reach > 0.0 {
        place.radius_km = reach;
    }
    place.check()?;
    if place.country == *b"--" {
        place.country = map.country_at(place.lat, place.lon).unwrap_or(*b"--");
    }
    place.sounded = is_transliterated(place.country);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rows = Vec<(u64, Result<Row, RowFault>)>;

    fn read(text: &str) -> Result<Rows, GazetteerError> {
        let mut out = Vec::new();
        rows(Path::new("own.csv"), &mut text.as_bytes(), &mut |line, row| {
            out.push((line, row));
            Ok(())
        })?;
        Ok(out)
    }

    #[test]
    fn columns_stand_in_any_order_and_the_map_tells_the_country() {
        let read = read("Latitude,Name,lng,Alternate names,kind\n34.9,Tell Varnesh,40.5,Varnesh Hill|Tall Farnish,\n")
            .unwrap();
        let row = read[0].1.as_ref().unwrap();
        assert_eq!((read[0].0, row.name.as_str(), row.country), (2, "Tell Varnesh", *b"SY"));
        assert_eq!(row.names, ["Varnesh Hill", "Tall Farnish"]);
    }

    #[test]
    fn a_wrong_header_is_told_with_the_columns_wanted() {
        let why = read("place;where\nx;y\n").unwrap_err().to_string();
        assert!(why.contains("name, lat and lon") && why.contains("place, where"), "{why}");
    }

    #[test]
    fn a_bad_row_costs_only_itself() {
        let found = read("name\tlat\tlon\nA\t1\t1\nB\t100\t1\nC\n\"D\nE\"\t1\t1\nF\t2\t2\n").unwrap();
        let codes: Vec<(u64, &str)> =
            found.iter().map(|(line, row)| (*line, row.as_ref().err().map_or("", |f| f.code))).collect();
        assert_eq!(codes, [(2, ""), (3, "coordinates"), (4, "columns"), (5, "name"), (7, "")]);
    }

    #[test]
    fn an_open_quotation_does_not_fill_memory() {
        let text = format!("name,lat,lon\n\"{}", "x\n".repeat(LONGEST_ROW_BYTES));
        assert!(read(&text).unwrap_err().to_string().contains("quotation"));
    }
}
