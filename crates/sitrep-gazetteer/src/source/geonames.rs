//! Dumps of GeoNames: 19 columns a place, and the table of alternate names.
//!
//! In: lines as <https://download.geonames.org/export/dump/readme.txt> describes them. Out: rows; names by the number of their
//! place. Leaves out codes and links.

use std::io::{self, BufRead};
use std::path::Path;

use super::{Line, Sink, next_line, opened, too_long};
use crate::codes::{feature, is_transliterated};
use crate::error::{GazetteerError, RowFault};
use crate::row::{self, MOST_GEONAMES_ID, Row};

const COLUMNS: usize = 19;
/// "Languages" of alternate names that are codes and links.
const NO_NAMES: &[&str] = &["link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "abbr"];

/// Reads every place of a dump.
pub(super) fn rows(reader: &mut dyn BufRead, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut line = Vec::new();
    for number in 1.. {
        let row = match next_line(reader, &mut line)? {
            Line::End => return Ok(()),
            Line::TooLong => Err(too_long()),
            Line::Whole if line.is_empty() => continue,
            Line::Whole => text(&line).and_then(place),
        };
        sink(number, row)?;
    }
    Ok(())
}

fn text(line: &[u8]) -> Result<&str, RowFault> {
    std::str::from_utf8(line).map_err(|e| RowFault::new("utf8", format!("not UTF-8 at byte {}", e.valid_up_to() + 1)))
}

fn number(text: &str) -> Result<u64, RowFault> {
    let fault = || RowFault::new("id", format!("geonameid {:?}: a number", row::short(text)));
    text.parse().ok().filter(|id| (1..MOST_GEONAMES_ID).contains(id)).ok_or_else(fault)
}

/// The place of one line.
fn place(line: &str) -> Result<Row, RowFault> {
    let mut cells = [""; COLUMNS];
    let mut n = 0;
    for cell in line.split('\t') {
        if let Some(slot) = cells.get_mut(n) {
            *slot = cell;
        }
        n += 1;
    }
    if n != COLUMNS {
        return Err(RowFault::new("columns", format!("{n} columns; a dump of GeoNames has {COLUMNS}")));
    }
    let population = row::population(cells[14])?;
    let country = row::country(cells[8])?;
    let mut place = Row {
        name: cells[1].to_owned(),
        lat: row::degrees("latitude", cells[4])?,
        lon: row::degrees("longitude", cells[5])?,
        country,
        population,
        geonames_id: Some(number(cells[0])?),
        sounded: cells[6] == "P" && is_transliterated(country),
        ..Row::default()
    };
    place.names.extend((!cells[2].is_empty() && cells[2] != cells[1]).then(|| cells[2].to_owned()));
    place.names.extend(cells[3].split(',').filter(|name| is_name(name)).map(str::to_owned));
    // A place without a code is kept: it is somewhere.
    let code = if cells[7].is_empty() { "LCTY" } else { cells[7] };
    let feature = feature(code, population)
        .ok_or_else(|| RowFault::new("kind", format!("feature code {:?}", row::short(code))))?;
    place.set_feature(feature);
    place.check()?;
    Ok(place)
}

/// Whether an alternative name is one a text may hold: capitalised Latin, no code, or in other letters.
fn is_name(name: &str) -> bool {
    let code = name.len() <= 4 && name.bytes().all(|c| c.is_ascii_uppercase());
    let latin = |c: char| (c as u32) < 0x250 || (0x1e00..0x1f00).contains(&(c as u32)) || "‘’ʿʾʼʻ".contains(c);
    let capital = name.trim_start_matches(|c: char| !c.is_alphabetic()).chars().next().is_some_and(char::is_uppercase)
        || ["al-", "ar-", "as-", "ash-", "at-", "az-", "ad-", "an-"].iter().any(|a| name.starts_with(a));
    let sort = if name.chars().all(latin) { capital } else { !name.contains(|c: char| c.is_ascii_alphanumeric()) };
    !code && sort && !name.starts_with("Http") && name.chars().count() >= 2
}

/// What the table of alternate names is told to: the line, and the number of a place with a name of it.
pub(crate) type NameSink<'a> = dyn FnMut(u64, Result<(u64, &str), RowFault>) -> io::Result<()> + 'a;

/// Reads `alternateNamesV2.txt`, plain or zipped.
pub(crate) fn alternate_names(path: &Path, sink: &mut NameSink<'_>) -> Result<(), GazetteerError> {
    opened(path, &mut |_, reader| {
        let mut line = Vec::new();
        let mut read = || -> io::Result<()> {
            for number in 1.. {
                let name = match next_line(reader, &mut line)? {
                    Line::End => break,
                    Line::TooLong => Err(too_long()),
                    Line::Whole if line.is_empty() => continue,
                    Line::Whole => text(&line).and_then(name_of),
                };
                match name {
                    Ok(None) => {}
                    Ok(Some(name)) => sink(number, Ok(name))?,
                    Err(fault) => sink(number, Err(fault))?,
                }
            }
            Ok(())
        };
        read().map_err(GazetteerError::file(path))
    })
}

/// The place's number and the name of one line; nothing for codes.
fn name_of(line: &str) -> Result<Option<(u64, &str)>, RowFault> {
    let mut cells = line.split('\t');
    let (Some(_), Some(id), Some(language), Some(name)) = (cells.next(), cells.next(), cells.next(), cells.next())
    else {
        return Err(RowFault::new("columns", "fewer than 4 columns; the table of alternate names has 8 or 10"));
    };
    let id = number(id)?;
    Ok((!NO_NAMES.contains(&language) && is_name(name)).then_some((id, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "900001\tTell Varnesh\tTell Varnesh\tTall Farnish,VRN,تل ورنش,tell\t34.5\t40.1\tP\tPPL\tSY\t\t07\t\t\t\t1200\t\t210\tAsia/Damascus\t2031-01-01";

    #[test]
    fn a_line_is_a_place() {
        let row = place(LINE).unwrap();
        assert_eq!((row.name.as_str(), row.lat, row.lon, row.country), ("Tell Varnesh", 34.5, 40.1, *b"SY"));
        assert_eq!(row.names, ["Tall Farnish", "تل ورنش"]);
        assert!(row.sounded && row.geonames_id == Some(900_001));
    }

    #[test]
    fn a_bad_line_is_named() {
        for (line, code) in [
            (LINE.replace("34.5", "134.5"), "coordinates"),
            (LINE.replace("34.5", "north"), "coordinates"),
            (LINE.replace("\tSY\t", "\tSyria\t"), "country"),
            (LINE.replace("\t1200\t", "\tmany\t"), "population"),
            (LINE.replace("900001", "x"), "id"),
            ("900001\tTell".to_owned(), "columns"),
        ] {
            assert_eq!(place(&line).unwrap_err().code, code, "{line}");
        }
        assert_eq!(text(b"a\xff").unwrap_err().code, "utf8");
    }

    #[test]
    fn names_that_are_codes_are_left_out() {
        assert_eq!(name_of("1\t900001\ten\tVarnesh Hill\t1\t\t\t"), Ok(Some((900_001, "Varnesh Hill"))));
        assert_eq!(name_of("1\t900001\tlink\thttps://varnesh.example\t\t\t\t"), Ok(None));
        assert_eq!(name_of("1\t900001\tiata\tVRN\t\t\t\t"), Ok(None));
        assert_eq!(name_of("1\t900001\tar\tتل\t\t\t\t"), Ok(Some((900_001, "تل"))));
        assert!(name_of("1\t2").is_err());
    }
}
