//! Parquet and GeoParquet: the record as tables with real types, for dataframes and databases.
//!
//! In: contents. Out: one file a table, in row groups, so that memory does not grow with the rows. The same contents give the same bytes.

mod file;

use std::io;

use sitrep_model::Contents;

use self::file::File;
use super::loss::Lost;
use super::tables::cell::{Cell, Kind};
use super::tables::geometry::Frame;
use super::tables::{Sheet, TableName};
use super::{ExportOptions, Files, Loss};

/// A Parquet error as one of writing.
fn failed(error: ::parquet::errors::ParquetError) -> io::Error {
    io::Error::other(error)
}

pub(super) fn parquet(contents: &Contents, options: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let sheet = Sheet::of(contents, options);
    for name in TableName::ALL {
        let out = files.file(&format!("{}.parquet", name.name()))?;
        let mut file = File::new(out, name.columns(), &contents.edition.version)?;
        name.rows(&sheet).try_for_each(|row| file.row(row))?;
        file.end()?;
    }
    let mut loss = Loss::default();
    loss.parts(contents, &[Lost::Areas, Lost::Texts]);
    Ok(loss)
}

pub(super) fn geoparquet(contents: &Contents, options: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let sheet = Sheet::of(contents, options);
    let mut columns = TableName::Events.columns().to_vec();
    columns.push(("geometry", Kind::Bytes));
    let mut file = File::new(files.file("events.parquet")?, &columns, &contents.edition.version)?;
    let mut frame = Frame::default();
    let (mut unlocated, mut bad_rings) = (0, 0);
    for (event, mut row) in contents.events.iter().zip(TableName::Events.rows(&sheet)) {
        let shape = event.place.as_ref().and_then(|place| frame.shape(place, &mut bad_rings));
        unlocated += usize::from(shape.is_none());
        row.push(Cell::Bytes(shape));
        file.row(row)?;
    }
    file.note("geo", &frame.metadata());
    file.end()?;
    let mut loss = Loss::default();
    loss.add("events without a located place (kept, with no geometry)", unlocated);
    loss.add("areas that are not rings (a point is given where one is known)", bad_rings);
    let lost =
        [Lost::Claims, Lost::Attribution, Lost::Sides, Lost::Forecasts, Lost::Links, Lost::Comments, Lost::Texts];
    loss.parts(contents, &lost);
    Ok(loss)
}
