//! A Parquet file of flat columns and lists of texts, written in row groups.
//!
//! In: a schema, then rows. Out: a file. Its bytes depend on nothing but schema, rows and the program's version.

use std::io::{self, Write};
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use super::failed;
use crate::export::tables::cell::{Cell, Kind, days_since_1970};

/// Rows of one group: what is in memory at once.
const GROUP_ROWS: usize = 1 << 15;

const NEVER_TWICE: [&str; 8] = ["claim_id", "comment_id", "quote", "summary", "text", "criteria", "why", "grade_why"];

/// One column's values of a group, with how often they are absent or repeated.
#[derive(Default)]
struct Column {
    longs: Vec<i64>,
    ints: Vec<i32>,
    floats: Vec<f64>,
    flags: Vec<bool>,
    /// Texts one after the other, and where each ends: no allocation a value.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

impl Column {
    fn put<T>(&mut self, value: Option<T>, into: impl FnOnce(&mut Column) -> &mut Vec<T>) {
        self.defined.push(i16::from(value.is_some()));
        if let Some(value) = value {
            into(self).push(value);
        }
    }

    fn put_bytes(&mut self, value: Option<&[u8]>) {
        self.defined.push(i16::from(value.is_some()));
        if let Some(value) = value {
            self.bytes.extend_from_slice(value);
            self.ends.push(self.bytes.len());
        }
    }

    /// The texts, each a part of one buffer.
    fn texts(&mut self) -> Vec<ByteArray> {
        let all = Bytes::from(std::mem::take(&mut self.bytes));
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| ByteArray::from(all.slice(start..*end))).collect()
    }

    fn take(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::Text(value) => self.put_bytes(value.as_deref().map(str::as_bytes)),
            Cell::Bytes(value) => self.put_bytes(value.as_deref()),
            Cell::Int(value) => self.put(value, |it| &mut it.longs),
            Cell::Float(value) => self.put(value.filter(|it| it.is_finite()), |it| &mut it.floats),
            Cell::Flag(value) => self.put(Some(value), |it| &mut it.flags),
            Cell::Day(value) => self.put(value.and_then(days_since_1970), |it| &mut it.ints),
            Cell::Texts(values) => {
                if values.is_empty() {
                    self.defined.push(0);
                    self.repeated.push(0);
                }
                for (at, value) in values.iter().enumerate() {
                    self.put_bytes(Some(value.as_bytes()));
                    self.repeated.push(i16::from(at > 0));
                }
            }
        }
    }
}

/// A file being written.
pub(super) struct File<'w> {
    writer: SerializedFileWriter<&'w mut (dyn Write + Send)>,
    kinds: Vec<Kind>,
    columns: Vec<Column>,
    n_rows: usize,
}

impl<'w> File<'w> {
    /// Begins the file; `version` is the program's.
    pub(super) fn new(
        out: &'w mut (dyn Write + Send),
        columns: &[(&'static str, Kind)],
        version: &str,
    ) -> io::Result<File<'w>> {
        let schema = Arc::new(parse_message_type(&message(columns)).map_err(failed)?);
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_created_by(format!("sitrep version {version}"));
        // Texts that hardly repeat: a dictionary of them only costs time, and nobody looks for the least of them.
        for (name, _) in columns.iter().filter(|(name, _)| NEVER_TWICE.contains(name)) {
            let column = ColumnPath::from(*name);
            properties = properties
                .set_column_dictionary_enabled(column.clone(), false)
                .set_column_statistics_enabled(column, EnabledStatistics::None);
        }
        let properties = properties.build();
        let writer = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(failed)?;
        let kinds: Vec<Kind> = columns.iter().map(|(_, kind)| *kind).collect();
        let columns = kinds.iter().map(|_| Column::default()).collect();
        Ok(File { writer, kinds, columns, n_rows: 0 })
    }

    /// One row, as long as the schema.
    pub(super) fn row(&mut self, cells: Vec<Cell<'_>>) -> io::Result<()> {
        debug_assert_eq!(cells.len(), self.columns.len(), "a row is as long as the schema");
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.take(cell);
        }
        self.n_rows += 1;
        if self.n_rows == GROUP_ROWS { self.group() } else { Ok(()) }
    }

    /// Something said of the whole file.
    pub(super) fn note(&mut self, key: &str, value: &str) {
        self.writer.append_key_value_metadata(KeyValue::new(key.to_owned(), value.to_owned()));
    }

    /// The end of the file.
    pub(super) fn end(mut self) -> io::Result<()> {
        if self.n_rows > 0 {
            self.group()?;
        }
        self.writer.close().map_err(failed)?;
        Ok(())
    }

    fn group(&mut self) -> io::Result<()> {
        let mut group = self.writer.next_row_group().map_err(failed)?;
        for (column, kind) in self.columns.iter_mut().zip(&self.kinds) {
            let mut it = std::mem::take(column);
            let texts = it.texts();
            let repeated = (*kind == Kind::Texts).then_some(it.repeated.as_slice());
            match kind {
                Kind::Text | Kind::Texts | Kind::Bytes => {
                    write::<ByteArrayType>(&mut group, &texts, &it.defined, repeated)?;
                }
                Kind::Int => write::<Int64Type>(&mut group, &it.longs, &it.defined, repeated)?,
                Kind::Float => write::<DoubleType>(&mut group, &it.floats, &it.defined, repeated)?,
                Kind::Day => write::<Int32Type>(&mut group, &it.ints, &it.defined, repeated)?,
                Kind::Flag => write::<BoolType>(&mut group, &it.flags, &it.defined, repeated)?,
            }
        }
        group.close().map_err(failed)?;
        self.n_rows = 0;
        Ok(())
    }
}

fn write<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, &mut (dyn Write + Send)>,
    values: &[T::T],
    defined: &[i16],
    repeated: Option<&[i16]>,
) -> io::Result<()> {
    let mut column = group.next_column().map_err(failed)?.expect("the schema has a column for each of ours");
    column.typed::<T>().write_batch(values, Some(defined), repeated).map_err(failed)?;
    column.close().map_err(failed)
}

/// The schema in Parquet's own words.
fn message(columns: &[(&str, Kind)]) -> String {
    let field = |(name, kind): &(&str, Kind)| match kind {
        Kind::Text => format!("optional binary {name} (STRING);"),
        Kind::Int => format!("optional int64 {name};"),
        Kind::Float => format!("optional double {name};"),
        Kind::Day => format!("optional int32 {name} (DATE);"),
        Kind::Flag => format!("optional boolean {name};"),
        Kind::Bytes => format!("optional binary {name};"),
        Kind::Texts => {
            format!("required group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }}")
        }
    };
    format!("message schema {{ {} }}", columns.iter().map(field).collect::<Vec<_>>().join(" "))
}
