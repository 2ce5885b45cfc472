//! Short forms in which rows of the file keep what is long: ids as numbers, the bytes of pages deflated.
//!
//! In: ids and bytes. Out: what stands in a column, and the ids and bytes again. The same input gives the same column. Both forms can be read
//! without this program: `printf('c_%016x', n)` is a claim's id, and pages are in zlib's format.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, ToSql};

use crate::fuse::gist;

/// No page is larger: a row that says so is damaged or hostile.
const LARGEST_BYTES: u64 = 1 << 30;

/// A claim's id as a column of many rows keeps it: its digits as an integer; an id of another form as it is.
pub(crate) struct Brief<'a>(pub &'a str);

impl ToSql for Brief<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match claim_number(self.0) {
            Some(number) => number.into(),
            None => self.0.into(),
        })
    }
}

fn claim_number(id: &str) -> Option<i64> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let digits = id.strip_prefix("c_").filter(|digits| digits.len() == 16 && digits.bytes().all(is_digit))?;
    u64::from_str_radix(digits, 16).ok().map(u64::cast_signed)
}

/// The text in a column; a number there is that of a claim.
pub(crate) fn text_in(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    match row.get_ref(column)? {
        ValueRef::Integer(number) => Ok(gist::id_text('c', number.cast_unsigned())),
        _ => row.get(column),
    }
}

/// The number under which the row of a page or document stands.
pub(crate) fn row_number(id: &str) -> i64 {
    gist::number(id).cast_signed()
}

/// The bytes of a page as a row keeps them, and whether they are deflated: only what shrinks by an eighth is.
pub(crate) fn shrunk(raw: &[u8]) -> (bool, Vec<u8>) {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(raw.len() / 3), Compression::new(6));
    let small = encoder.write_all(raw).and_then(|()| encoder.finish()).unwrap_or_default();
    match !small.is_empty() && small.len() < raw.len() / 8 * 7 {
        true => (true, small),
        false => (false, raw.to_vec()),
    }
}

/// The bytes of a page out of the columns `zlib` and `raw`, which stand in this order. Of a damaged row nothing comes: its hash tells.
pub(crate) fn raw_in(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<u8>> {
    let raw = row.get_ref(column + 1)?.as_blob()?;
    if !row.get::<_, bool>(column)? {
        return Ok(raw.to_vec());
    }
    let mut whole = Vec::new();
    let read = ZlibDecoder::new(raw).take(LARGEST_BYTES).read_to_end(&mut whole);
    Ok(read.map(|_| whole).unwrap_or_default())
}

/// Makes the functions known by which an older layout is brought up to date.
pub(crate) fn functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    let id = |context: &Context<'_>| context.get::<String>(0);
    let raw = |context: &Context<'_>| context.get_raw(0).as_blob().map(shrunk).unwrap_or_default();
    connection
        .create_scalar_function("row_number_of", 1, flags, move |context| id(context).map(|id| row_number(&id)))?;
    connection.create_scalar_function("brief", 1, flags, move |context| {
        let id = id(context)?;
        Ok(claim_number(&id).map_or(rusqlite::types::Value::Text(id), rusqlite::types::Value::Integer))
    })?;
    connection.create_scalar_function("shrinks", 1, flags, move |context| Ok(raw(context).0))?;
    connection.create_scalar_function("shrunk", 1, flags, move |context| Ok(raw(context).1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_as_they_were() {
        let connection = Connection::open_in_memory().unwrap();
        for (id, is_number) in [
            ("c_0123456789abcdef", true),
            ("c_fedcba9876543210", true),
            ("c_0000000000000000", true),
            ("c_0123456789ABCDEF", false),
            ("c_+123456789abcdef", false),
            ("c_made-by-hand", false),
            ("e_0123456789abcdef", false),
            ("", false),
        ] {
            let read = |row: &Row<'_>| Ok((text_in(row, 0)?, row.get::<_, String>(1)?));
            let (back, kind) = connection.query_row("SELECT ?1, typeof(?1)", [Brief(id)], read).unwrap();
            assert_eq!((back.as_str(), kind == "integer"), (id, is_number));
        }
        let told =
            connection.query_row("SELECT printf('c_%016x', ?1)", [Brief("c_fedcba9876543210")], |row| row.get(0));
        assert_eq!(told, Ok("c_fedcba9876543210".to_owned()), "as SQL gives it back");
    }

    #[test]
    fn pages_come_back_to_the_byte() {
        let connection = Connection::open_in_memory().unwrap();
        let long = b"<p>The column entered the town on Sunday.</p>".repeat(900);
        let noise: Vec<u8> = (0_u64..500).flat_map(|n| crate::keys::fnv(&[&n.to_le_bytes()]).to_le_bytes()).collect();
        for (raw, shrinks) in [(&b""[..], false), (b"short", false), (&long, true), (&noise, false)] {
            let (zlib, kept) = shrunk(raw);
            let back =
                connection.query_row("SELECT ?1, ?2", rusqlite::params![zlib, kept], |row| raw_in(row, 0)).unwrap();
            assert!(back == raw && zlib == shrinks, "{} bytes", raw.len());
            assert!(shrunk(raw).1 == kept, "the same bytes each time");
        }
        let damaged = connection.query_row("SELECT 1, x'789c00'", [], |row| raw_in(row, 0));
        assert_eq!(damaged, Ok(Vec::new()));
    }
}
