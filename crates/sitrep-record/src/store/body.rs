//! Rows packed small: the JSON of a claim is mostly the names of its fields, which every row would repeat.
//!
//! In: JSON. Out: bytes, deflated against a dictionary of what rows usually hold, and JSON again. The same text gives the same
//! bytes. The dictionary (`scripts/rows_dictionary.py` makes one) is part of the format: a change of it needs another first byte.

use std::cell::RefCell;
use std::collections::HashMap;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use rusqlite::Row;
use rusqlite::types::ValueRef;

/// The first byte of a packed row: which dictionary it was packed with.
const FORMAT: u8 = 2;
/// What rows usually hold, the commonest last.
static DICTIONARY: &[u8] = include_bytes!("../../data/rows.dictionary");
/// That of format 1, which older rows have.
static EARLIER: &[u8] = include_bytes!("../../data/rows_1.dictionary");
/// No row is larger unpacked: a row that says so is damaged or hostile.
const LARGEST_BYTES: usize = 512 << 20;

/// Rows of so few bytes (why two claims are linked) are often the same: the last ones are kept at hand.
const SHORT_BYTES: usize = 160;
const MOST_SHORT: usize = 4_096;

thread_local! {
    static SHORT: RefCell<HashMap<String, Vec<u8>>> = RefCell::default();
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(6), false));
    static UNPACKER: RefCell<Decompress> = RefCell::new(Decompress::new(false));
}

/// `json` as it is kept in a row.
pub(crate) fn packed(json: &str) -> Vec<u8> {
    if json.len() > SHORT_BYTES {
        return deflated(json);
    }
    SHORT.with_borrow_mut(|known| {
        if known.len() >= MOST_SHORT {
            known.clear();
        }
        known.entry(json.to_owned()).or_insert_with(|| deflated(json)).clone()
    })
}

fn deflated(json: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len() / 2 + 64);
    out.push(FORMAT);
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        packer.set_dictionary(DICTIONARY).expect("raw deflate takes a dictionary before the first byte");
        loop {
            let rest = &json.as_bytes()[usize::try_from(packer.total_in()).unwrap_or(usize::MAX).min(json.len())..];
            let status = packer.compress_vec(rest, &mut out, FlushCompress::Finish);
            match status.expect("deflating to memory meets no error") {
                Status::StreamEnd => break,
                Status::Ok | Status::BufError => out.reserve(out.capacity()),
            }
        }
    });
    out
}

/// The JSON in a column that may hold it plain, as earlier programs wrote it. Of a damaged row nothing comes, which is no JSON: whoever
/// parses it tells which row it was.
pub(crate) fn json_in(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    match row.get_ref(column)? {
        ValueRef::Blob(bytes) => Ok(unpacked(bytes).unwrap_or_default()),
        _ => row.get(column),
    }
}

/// The JSON of a packed row; `None` when it is damaged.
pub(crate) fn unpacked(row: &[u8]) -> Option<String> {
    let (format, body) = row.split_first()?;
    let dictionary = match *format {
        FORMAT => DICTIONARY,
        1 => EARLIER,
        _ => return None,
    };
    let mut out = Vec::with_capacity(body.len() * 5 + 256);
    UNPACKER.with_borrow_mut(|unpacker| {
        unpacker.reset(false);
        unpacker.set_dictionary(dictionary).ok()?;
        loop {
            let read = usize::try_from(unpacker.total_in()).ok()?;
            let before = (read, out.len());
            let status = unpacker.decompress_vec(body.get(read..)?, &mut out, FlushDecompress::Finish).ok()?;
            match status {
                Status::StreamEnd => return Some(()),
                _ if out.len() > LARGEST_BYTES => return None,
                // Nothing read and nothing written with room to spare: the row ends too early.
                _ if before == (usize::try_from(unpacker.total_in()).ok()?, out.len())
                    && out.capacity() > out.len() =>
                {
                    return None;
                }
                _ => out.reserve(out.capacity().max(256)),
            }
        }
    })?;
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let long = "{\"quote\":\"Колонна вошла в город\"}".repeat(9000);
        for text in ["", "{}", "{\"claim_id\":\"c_0011803955d37ad1\",\"voice\":\"article\"}", &long] {
            let row = packed(text);
            assert_eq!(unpacked(&row).as_deref(), Some(text));
            assert_eq!(packed(text), row, "the same bytes each time");
        }
    }

    #[test]
    fn rows_of_an_earlier_format_are_read() {
        let row = [
            1, 67, 171, 194, 12, 12, 12, 13, 45, 12, 140, 45, 77, 77, 83, 140, 205, 19, 83, 12, 177, 87, 89, 8, 47,
            130, 189, 1, 0,
        ];
        assert_eq!(
            unpacked(&row).as_deref(),
            Some("{\"claim_id\":\"c_0011803955d37ad1\",\"voice\":\"article\",\"certainty\":null}")
        );
    }

    #[test]
    fn the_names_of_fields_cost_next_to_nothing() {
        let claim = "{\"claim_id\":\"c_0011803955d37ad1\",\"document\":\"d_8eaf2f4948094caf\",\"document_path\":\"a.txt\",\"voice\":\"article\",\"comment_id\":null,\"start\":356,\"end\":505,\"quote\":\"\"";
        assert!(packed(claim).len() * 2 < claim.len(), "{} of {}", packed(claim).len(), claim.len());
    }

    #[test]
    fn damaged_rows_are_told() {
        let row = packed("{\"claim_id\":\"c_0011803955d37ad1\"}");
        for cut in 0..row.len() {
            assert_eq!(unpacked(&row[..cut]), None, "cut at {cut}");
        }
        assert_eq!(unpacked(&[9, 1, 2, 3]), None, "another format");
        for at in 0..row.len() {
            let mut bent = row.clone();
            bent[at] ^= 0x55;
            let _ = unpacked(&bent);
        }
    }
}
