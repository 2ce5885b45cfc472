//! Where places come from: GeoNames' dumps, tables and GeoJSON, plain or zipped.
//!
//! In: a path. Out: rows, each with the line it begins on, or what is wrong with that row. Holds one row at a time in memory.

mod geojson;
mod geonames;
mod table;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _, Seek as _};
use std::path::Path;

use crate::error::{GazetteerError, RowFault};
use crate::row::{Origin, Row};
pub use table::COLUMNS;

pub(crate) use geonames::alternate_names;

/// No row is longer, in bytes.
const LONGEST_ROW_BYTES: usize = 1 << 20;
const BUFFER_BYTES: usize = 1 << 18;

/// What a file of places is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A dump of GeoNames: `allCountries.txt`, `SY.txt`.
    Geonames,
    /// A table with a header: see [`COLUMNS`].
    Csv,
    /// A collection of features, or one feature a line.
    Geojson,
}

impl Format {
    /// What a file name tells.
    #[must_use]
    pub fn of(name: &str) -> Option<Format> {
        match Path::new(name).extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" => Some(Format::Geonames),
            "csv" | "tsv" => Some(Format::Csv),
            "geojson" | "json" | "geojsonl" | "geojsons" | "jsonl" => Some(Format::Geojson),
            _ => None,
        }
    }

    /// A format by its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Format> {
        match name {
            "geonames" => Some(Format::Geonames),
            "csv" => Some(Format::Csv),
            "geojson" => Some(Format::Geojson),
            _ => None,
        }
    }
}

/// What a row is told to: the line it begins on, and the row or its fault. An error ends the reading.
pub(crate) type Sink<'a> = dyn FnMut(u64, Result<Row, RowFault>) -> io::Result<()> + 'a;

/// Reads every row of a file.
pub(crate) fn rows(path: &Path, format: Option<Format>, sink: &mut Sink<'_>) -> Result<Format, GazetteerError> {
    opened(path, &mut |name, reader| {
        let format = format.or_else(|| Format::of(name)).ok_or_else(|| {
            GazetteerError::format(
                path,
                "not known by its name: .txt is a dump of GeoNames, .csv or .tsv a table, .geojson or .json GeoJSON; or say --format",
            )
        })?;
        told(path, format, reader, sink)?;
        Ok(format)
    })
}

/// How many places bytes in a format hold, and how many rows that cannot be used. Writes nothing.
///
/// # Errors
/// When the bytes are not of that format at all.
pub fn probe(format: Format, mut bytes: &[u8]) -> Result<(u64, u64), GazetteerError> {
    let (mut n_good, mut n_bad) = (0, 0);
    let path = Path::new("bytes");
    told(path, format, &mut bytes, &mut |line, row| {
        let spelt = row.ok().and_then(|row| row.item(Origin { file: 0, line }, false));
        *(if spelt.is_some() { &mut n_good } else { &mut n_bad }) += 1;
        Ok(())
    })?;
    Ok((n_good, n_bad))
}

fn told(path: &Path, format: Format, reader: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), GazetteerError> {
    match format {
        Format::Geonames => geonames::rows(reader, sink).map_err(GazetteerError::file(path)),
        Format::Csv => table::rows(path, reader, sink),
        Format::Geojson => geojson::rows(path, reader, sink),
    }
}

type Reading<'a, T> = dyn FnMut(&str, &mut dyn BufRead) -> Result<T, GazetteerError> + 'a;

/// Opens a file, or the largest one inside a zip, which is how GeoNames ships a dump beside its readme.
pub(crate) fn opened<T>(path: &Path, read: &mut Reading<'_, T>) -> Result<T, GazetteerError> {
    let fault = || GazetteerError::file(path);
    let mut file = File::open(path).map_err(fault())?;
    let mut magic = Vec::new();
    file.by_ref().take(4).read_to_end(&mut magic).map_err(fault())?;
    file.rewind().map_err(fault())?;
    if magic != b"PK\x03\x04" {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return read(&name, &mut BufReader::with_capacity(BUFFER_BYTES, file));
    }
    let odd = |e: zip::result::ZipError| GazetteerError::format(path, format!("not a whole zip file: {e}"));
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(odd)?;
    let mut largest = None;
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(odd)?;
        if entry.is_file() && largest.is_none_or(|(size, _)| entry.size() > size) {
            largest = Some((entry.size(), at));
        }
    }
    let (_, at) = largest.ok_or_else(|| GazetteerError::format(path, "an empty zip file"))?;
    let entry = archive.by_index(at).map_err(odd)?;
    let name = entry.name().map_err(odd)?.into_owned();
    read(&name, &mut BufReader::with_capacity(BUFFER_BYTES, entry))
}

/// What reading a line came to.
pub(crate) enum Line {
    Whole,
    TooLong,
    End,
}

/// The next line without its end, in `line`; one that is too long is passed over.
pub(crate) fn next_line(reader: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    let n = reader.take(LONGEST_ROW_BYTES as u64).read_until(b'\n', line)?;
    if n == 0 {
        return Ok(Line::End);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        return Ok(Line::Whole);
    }
    if n < LONGEST_ROW_BYTES {
        return Ok(Line::Whole);
    }
    reader.skip_until(b'\n')?;
    Ok(Line::TooLong)
}

/// The row that no line can be longer than.
pub(crate) fn too_long() -> RowFault {
    RowFault::new("length", format!("a line longer than {LONGEST_ROW_BYTES} bytes"))
}
