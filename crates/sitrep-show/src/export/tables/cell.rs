//! What stands in a table: kinds of columns, and values.
//!
//! In: a value, perhaps unknown. Out: a cell, which borrows the record's own words. An unknown value is absent, never zero or an empty text.

use std::borrow::Cow;

/// A column: its name and what it holds.
pub(crate) type Column = (&'static str, Kind);
/// A row, as long as the columns of its table.
pub(crate) type Row<'c> = Vec<Cell<'c>>;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// UTF-8.
    Text,
    /// 64-bit.
    Int,
    /// Double precision.
    Float,
    /// Days since 1970-01-01.
    Day,
    /// Yes or no.
    Flag,
    /// A list, perhaps empty, never absent.
    Texts,
    /// Bytes without a meaning of Parquet's own.
    Bytes,
}

/// A value; absent where nothing is known.
pub(crate) enum Cell<'c> {
    Text(Option<Cow<'c, str>>),
    Int(Option<i64>),
    Float(Option<f64>),
    Day(Option<jiff::civil::Date>),
    Flag(bool),
    Texts(Vec<Cow<'c, str>>),
    Bytes(Option<Vec<u8>>),
}

impl<'c> Cell<'c> {
    pub(crate) fn text(value: impl Into<Cow<'c, str>>) -> Cell<'c> {
        Cell::Text(Some(value.into()))
    }

    pub(crate) fn maybe(value: Option<impl Into<Cow<'c, str>>>) -> Cell<'c> {
        Cell::Text(value.map(Into::into))
    }

    pub(crate) fn texts(values: impl IntoIterator<Item: Into<Cow<'c, str>>>) -> Cell<'c> {
        Cell::Texts(values.into_iter().map(Into::into).collect())
    }

    pub(crate) fn int(value: impl TryInto<i64>) -> Cell<'c> {
        Cell::Int(value.try_into().ok())
    }
}

/// Days since 1970-01-01.
pub(crate) fn days_since_1970(day: jiff::civil::Date) -> Option<i32> {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(day).ok().map(|span| span.get_days())
}
