//! The tables of a record as Arrow record batches, for dataframes in the same process.
//!
//! In: contents, options, a table's name. Out: batches with the columns of the Parquet files. Writes nothing and knows no other language.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{
    BinaryBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use sitrep_model::Contents;

use super::ExportOptions;
use super::tables::cell::{Cell, Column, Kind, Row, days_since_1970};
use super::tables::geometry::Frame;
use super::tables::{Sheet, TableName};

/// Rows of one batch.
const BATCH_ROWS: usize = 1 << 15;

/// A table: its schema, and its rows in batches.
#[derive(Debug, Clone)]
pub struct Batches {
    /// Names and types of the columns.
    pub schema: SchemaRef,
    /// The rows.
    pub batches: Vec<RecordBatch>,
}

/// The table of that name. With `geometry`, events have their points and areas as well-known binary, marked as GeoArrow does.
#[must_use]
pub fn table(contents: &Contents, name: TableName, geometry: bool, options: &ExportOptions<'_>) -> Batches {
    let sheet = Sheet::of(contents, options);
    if !geometry || name != TableName::Events {
        let mut gathering = Gathering::of(name.columns());
        name.rows(&sheet).for_each(|row| gathering.take(row));
        return gathering.end();
    }
    let mut columns = name.columns().to_vec();
    columns.push(GEOMETRY);
    let mut gathering = Gathering::of(&columns);
    let (mut frame, mut bad_rings) = (Frame::default(), 0);
    for (event, mut row) in contents.events.iter().zip(name.rows(&sheet)) {
        row.push(Cell::Bytes(event.place.as_ref().and_then(|place| frame.shape(place, &mut bad_rings))));
        gathering.take(row);
    }
    gathering.end()
}

/// The table of that name of many contents, one after the other.
#[derive(Debug)]
pub struct Joined {
    name: TableName,
    gathering: Gathering,
}

impl Joined {
    /// Nothing yet.
    #[must_use]
    pub fn new(name: TableName) -> Joined {
        Joined { name, gathering: Gathering::of(name.columns()) }
    }

    /// The rows of these contents, behind those there are; how many.
    pub fn add(&mut self, contents: &Contents, options: &ExportOptions<'_>) -> usize {
        let sheet = Sheet::of(contents, options);
        self.name.rows(&sheet).map(|row| self.gathering.take(row)).count()
    }

    /// The table.
    #[must_use]
    pub fn end(self) -> Batches {
        self.gathering.end()
    }
}

const GEOMETRY: Column = ("geometry", Kind::Bytes);

/// Rows on their way into batches.
#[derive(Debug)]
struct Gathering {
    schema: SchemaRef,
    kinds: Vec<Kind>,
    batches: Vec<RecordBatch>,
    building: Vec<Building>,
    n_rows: usize,
}

impl Gathering {
    fn of(columns: &[Column]) -> Gathering {
        let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()));
        let kinds: Vec<Kind> = columns.iter().map(|(_, kind)| *kind).collect();
        let building = kinds.iter().map(|kind| Building::of(*kind)).collect();
        Gathering { schema, kinds, batches: Vec::new(), building, n_rows: 0 }
    }

    fn take(&mut self, row: Row<'_>) {
        debug_assert_eq!(row.len(), self.building.len(), "a row is as long as the schema");
        self.building.iter_mut().zip(row).for_each(|(column, cell)| column.take(cell));
        self.n_rows += 1;
        if self.n_rows == BATCH_ROWS {
            self.batch();
        }
    }

    fn batch(&mut self) {
        let next = self.kinds.iter().map(|kind| Building::of(*kind)).collect();
        let full = std::mem::replace(&mut self.building, next);
        let arrays: Vec<ArrayRef> = full.into_iter().map(Building::end).collect();
        let exactly = RecordBatchOptions::new().with_row_count(Some(self.n_rows));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&self.schema), arrays, &exactly);
        self.batches.push(batch.expect("the columns were built by the same schema, a value a row"));
        self.n_rows = 0;
    }

    fn end(mut self) -> Batches {
        if self.n_rows > 0 {
            self.batch();
        }
        Batches { schema: self.schema, batches: self.batches }
    }
}

fn field((name, kind): &Column) -> Field {
    let data_type = match kind {
        Kind::Text => DataType::Utf8,
        Kind::Int => DataType::Int64,
        Kind::Float => DataType::Float64,
        Kind::Day => DataType::Date32,
        Kind::Flag => DataType::Boolean,
        Kind::Bytes => DataType::Binary,
        Kind::Texts => DataType::List(element()),
    };
    let field = Field::new(*name, data_type, *kind != Kind::Texts);
    if *kind != Kind::Bytes {
        return field;
    }
    let said = [("ARROW:extension:name", "geoarrow.wkb"), ("ARROW:extension:metadata", r#"{"crs":"OGC:CRS84"}"#)];
    field.with_metadata(
        said.map(|(key, value)| (key.to_owned(), value.to_owned())).into_iter().collect::<HashMap<_, _>>(),
    )
}

fn element() -> Arc<Field> {
    Arc::new(Field::new("element", DataType::Utf8, false))
}

/// A column under construction.
#[derive(Debug)]
enum Building {
    Text(StringBuilder),
    Int(Int64Builder),
    Float(Float64Builder),
    Day(Date32Builder),
    Flag(BooleanBuilder),
    Texts(ListBuilder<StringBuilder>),
    Bytes(BinaryBuilder),
}

impl Building {
    fn of(kind: Kind) -> Building {
        match kind {
            Kind::Text => Building::Text(StringBuilder::new()),
            Kind::Int => Building::Int(Int64Builder::new()),
            Kind::Float => Building::Float(Float64Builder::new()),
            Kind::Day => Building::Day(Date32Builder::new()),
            Kind::Flag => Building::Flag(BooleanBuilder::new()),
            Kind::Texts => Building::Texts(ListBuilder::new(StringBuilder::new()).with_field(element())),
            Kind::Bytes => Building::Bytes(BinaryBuilder::new()),
        }
    }

    fn take(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Building::Text(column), Cell::Text(value)) => column.append_option(value),
            (Building::Int(column), Cell::Int(value)) => column.append_option(value),
            (Building::Float(column), Cell::Float(value)) => column.append_option(value.filter(|it| it.is_finite())),
            (Building::Day(column), Cell::Day(value)) => column.append_option(value.and_then(days_since_1970)),
            (Building::Flag(column), Cell::Flag(value)) => column.append_value(value),
            (Building::Bytes(column), Cell::Bytes(value)) => column.append_option(value),
            (Building::Texts(column), Cell::Texts(values)) => column.append_value(values.into_iter().map(Some)),
            (column, _) => {
                debug_assert!(false, "a cell is of its column's kind");
                column.absent();
            }
        }
    }

    fn absent(&mut self) {
        match self {
            Building::Text(column) => column.append_null(),
            Building::Int(column) => column.append_null(),
            Building::Float(column) => column.append_null(),
            Building::Day(column) => column.append_null(),
            Building::Flag(column) => column.append_null(),
            Building::Texts(column) => column.append(true),
            Building::Bytes(column) => column.append_null(),
        }
    }

    fn end(self) -> ArrayRef {
        match self {
            Building::Text(mut column) => Arc::new(column.finish()),
            Building::Int(mut column) => Arc::new(column.finish()),
            Building::Float(mut column) => Arc::new(column.finish()),
            Building::Day(mut column) => Arc::new(column.finish()),
            Building::Flag(mut column) => Arc::new(column.finish()),
            Building::Texts(mut column) => Arc::new(column.finish()),
            Building::Bytes(mut column) => Arc::new(column.finish()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_values_are_absent_and_lists_are_empty() {
        let columns: &[Column] = &[("name", Kind::Text), ("day", Kind::Day), ("places", Kind::Texts)];
        let day = jiff::civil::date(1970, 1, 3);
        let rows = vec![
            vec![Cell::text("one"), Cell::Day(Some(day)), Cell::Texts(vec!["a".into(), "b".into()])],
            vec![Cell::Text(None), Cell::Day(None), Cell::Texts(Vec::new())],
        ];
        let mut gathering = Gathering::of(columns);
        rows.into_iter().for_each(|row| gathering.take(row));
        let table = gathering.end();
        let batch = &table.batches[0];
        assert_eq!((batch.num_rows(), batch.num_columns()), (2, 3));
        let nulls: Vec<usize> = batch.columns().iter().map(|column| column.null_count()).collect();
        assert_eq!(nulls, [1, 1, 0]);
        assert_eq!(format!("{:?}", batch.schema().field(2).is_nullable()), "false");
    }

    #[test]
    fn no_rows_are_no_batches_but_columns_all_the_same() {
        let table = Joined::new(TableName::Claims).end();
        assert!(table.batches.is_empty());
        assert_eq!(table.schema.fields().len(), TableName::Claims.columns().len());
    }
}
