//! Parquet and GeoParquet: the record as tables with real types, for dataframes and databases.
//!
//! In: contents. Out: one file a table, in row groups, so that memory does not grow with the rows. The same contents give the same bytes.

mod claims;
mod events;
mod table;

use std::io;

use serde_json::json;
use sitrep_model::{Contents, Place, Ring};

use self::table::{Cell, Table};
use super::geojson::pieces;
use super::loss::Lost;
use super::{ExportOptions, Files, Loss};
use crate::index::Index;
use crate::list::ListOptions;

/// A Parquet error as one of writing.
fn failed(error: ::parquet::errors::ParquetError) -> io::Error {
    io::Error::other(error)
}

pub(super) fn parquet(contents: &Contents, options: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let lists = ListOptions { offsets: options.offsets, names: options.names };
    claims::claims(contents, &index, lists, files)?;
    events::events(contents, &index, files)?;
    events::accounts(contents, files)?;
    claims::attributions(contents, lists, files)?;
    claims::quantities(contents, files)?;
    events::disputes(contents, files)?;
    events::links(contents, files)?;
    events::forecasts(contents, files)?;
    claims::documents(contents, &index, files)?;
    claims::comments(contents, options.names, files)?;
    let mut loss = Loss::default();
    loss.parts(contents, &[Lost::Areas, Lost::Texts]);
    Ok(loss)
}

pub(super) fn geoparquet(contents: &Contents, _: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let mut columns = events::COLUMNS.to_vec();
    columns.push(("geometry", table::Kind::Bytes));
    let version = &contents.edition.version;
    let mut table = Table::new(files.file("events.parquet")?, &columns, version)?;
    let mut frame = Frame::default();
    let (mut unlocated, mut bad_rings) = (0, 0);
    for event in &contents.events {
        let mut row = events::row(event, &index);
        let shape = event.place.as_ref().and_then(|place| frame.shape(place, &mut bad_rings));
        unlocated += usize::from(shape.is_none());
        row.push(Cell::Bytes(shape));
        table.row(row)?;
    }
    table.note("geo", &frame.metadata());
    table.end()?;
    let mut loss = Loss::default();
    loss.add("events without a located place (kept, with no geometry)", unlocated);
    loss.add("areas that are not rings (a point is given where one is known)", bad_rings);
    let lost =
        [Lost::Claims, Lost::Attribution, Lost::Sides, Lost::Forecasts, Lost::Links, Lost::Comments, Lost::Texts];
    loss.parts(contents, &lost);
    Ok(loss)
}

/// What the metadata of GeoParquet says of all geometries: which kinds there are and within which box.
#[derive(Default)]
struct Frame {
    kinds: std::collections::BTreeSet<&'static str>,
    bounds: Option<[f64; 4]>,
}

impl Frame {
    /// A place as well-known binary, or `None` when nothing is located.
    fn shape(&mut self, place: &Place, bad_rings: &mut usize) -> Option<Vec<u8>> {
        if let Some(area) = &place.area {
            match pieces(area) {
                Some(pieces) => return Some(self.area(&pieces)),
                None => *bad_rings += 1,
            }
        }
        let (lat, lon) = place.lat.zip(place.lon).filter(|(lat, lon)| lat.is_finite() && lon.is_finite())?;
        self.kinds.insert("Point");
        self.stretch([lon, lat]);
        let mut out = head(1);
        put(&mut out, [lon, lat]);
        Some(out)
    }

    fn area(&mut self, pieces: &[Vec<Ring>]) -> Vec<u8> {
        pieces.iter().flatten().flatten().for_each(|point| self.stretch(*point));
        match pieces {
            [rings] => {
                self.kinds.insert("Polygon");
                polygon(rings)
            }
            _ => {
                self.kinds.insert("MultiPolygon");
                let mut out = head(6);
                out.extend((pieces.len() as u32).to_le_bytes());
                pieces.iter().for_each(|rings| out.extend(polygon(rings)));
                out
            }
        }
    }

    fn stretch(&mut self, [x, y]: [f64; 2]) {
        let [left, bottom, right, top] = self.bounds.unwrap_or([x, y, x, y]);
        self.bounds = Some([left.min(x), bottom.min(y), right.max(x), top.max(y)]);
    }

    fn metadata(&self) -> String {
        let mut column = json!({ "encoding": "WKB", "geometry_types": self.kinds, "orientation": "counterclockwise" });
        if let (Some(bounds), Some(map)) = (self.bounds, column.as_object_mut()) {
            map.insert("bbox".to_owned(), json!(bounds));
        }
        json!({ "version": "1.1.0", "primary_column": "geometry", "columns": { "geometry": column } }).to_string()
    }
}

/// Byte order (little-endian) and kind.
fn head(kind: u32) -> Vec<u8> {
    let mut out = vec![1];
    out.extend(kind.to_le_bytes());
    out
}

fn put(out: &mut Vec<u8>, [x, y]: [f64; 2]) {
    out.extend(x.to_le_bytes());
    out.extend(y.to_le_bytes());
}

fn polygon(rings: &[Ring]) -> Vec<u8> {
    let mut out = head(3);
    out.extend((rings.len() as u32).to_le_bytes());
    for ring in rings {
        out.extend((ring.len() as u32).to_le_bytes());
        ring.iter().for_each(|point| put(&mut out, *point));
    }
    out
}
