//! A user's own list of actors, row by row: what can be used is, what cannot is told and costs only itself.
//!
//! In: bytes in the columns of `actors.tsv`, from a file or out of a record somebody sent. Out: names in front of the built-in ones, and
//! [`OwnRows`]. Never fails; how much one list can cost is bounded.

use std::collections::{BTreeMap, BTreeSet};

use super::{ActorList, items, pieces};

/// Rows that are told one by one; further ones are counted.
const MAX_TOLD: usize = 20;
/// A longer row is no row of names.
const MAX_ROW_BYTES: usize = 10_000;
/// Every name that begins with a word is tried wherever the word stands, so there must not be any number of them.
const MAX_NAMES_OF_A_WORD: usize = 1_000;

/// What became of the rows of a user's list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnRows {
    /// Rows taken in.
    pub n_taken: usize,
    /// Rows left out.
    pub n_odd: usize,
    /// The first of those left out.
    pub odd: Vec<OddRow>,
}

/// A row that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OddRow {
    /// Line of the list, from 1.
    pub line: usize,
    /// Why, in words.
    pub why: String,
}

impl ActorList {
    /// Takes a user's list in. Where a name is in both lists, the user's holds.
    pub(crate) fn add_own(&mut self, list: &[u8]) -> OwnRows {
        let kinds: BTreeSet<String> = self.actors.iter().map(|actor| actor.kind.clone()).collect();
        let mut rows = OwnRows::default();
        let mut lines_of_ids = BTreeMap::new();
        self.in_front(|own| {
            let list = list.strip_prefix(b"\xef\xbb\xbf").unwrap_or(list);
            for (at, bytes) in list.split(|byte| *byte == b'\n').enumerate() {
                let line = at + 1;
                let taken = row(bytes, line, &kinds).and_then(|row| {
                    let Some(row) = row else { return Ok(false) };
                    own.check_room(&row)?;
                    if let Some(first) = lines_of_ids.insert(row[0].to_owned(), line) {
                        lines_of_ids.insert(row[0].to_owned(), first);
                        return Err(format!("the id {} is that of line {first}", row[0]));
                    }
                    own.actor(&row);
                    Ok(true)
                });
                match taken {
                    Ok(taken) => rows.n_taken += usize::from(taken),
                    Err(why) => {
                        rows.n_odd += 1;
                        if rows.odd.len() < MAX_TOLD {
                            rows.odd.push(OddRow { line, why });
                        }
                    }
                }
            }
        });
        rows
    }

    fn check_room(&self, row: &[&str; 6]) -> Result<(), String> {
        for name in std::iter::once(row[1]).chain(items(row[5])) {
            let pieces = pieces(name);
            let Some(first) = pieces.first() else { return Err(format!("the name {name} has no letters")) };
            if self.names.get(first).is_some_and(|names| names.len() >= MAX_NAMES_OF_A_WORD) {
                return Err(format!("more than {MAX_NAMES_OF_A_WORD} names begin with {first}"));
            }
        }
        Ok(())
    }
}

/// One line cut into columns; `None` for an empty line, a remark or a head.
fn row<'t>(bytes: &'t [u8], line: usize, kinds: &BTreeSet<String>) -> Result<Option<[&'t str; 6]>, String> {
    if bytes.len() > MAX_ROW_BYTES {
        return Err(format!("longer than {MAX_ROW_BYTES} bytes"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())?;
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.trim().is_empty() || text.starts_with('#') {
        return Ok(None);
    }
    if text
        .chars()
        .any(|c| (c.is_control() && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
    {
        return Err("a character that cannot be seen is in it".to_owned());
    }
    let mut row = [""; 6];
    let mut columns = 0;
    for column in text.split('\t') {
        if let Some(place) = row.get_mut(columns) {
            *place = column.trim();
        }
        columns += 1;
    }
    let [id, name, kind, country, ..] = row;
    if line == 1 && (id, name, kind) == ("id", "name", "kind") {
        return Ok(None);
    }
    if !(3..=6).contains(&columns) {
        let noun = if columns == 1 { "column" } else { "columns" };
        return Err(format!("{columns} {noun} instead of 3 to 6; columns are parted by tabs"));
    }
    if id.is_empty() || name.is_empty() || kind.is_empty() {
        return Err("id, name and kind are needed".to_owned());
    }
    if !id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')) {
        return Err(format!("the id {id} has other characters than letters, digits, - _ ."));
    }
    if !kinds.contains(kind) {
        let known: Vec<&str> = kinds.iter().map(String::as_str).collect();
        return Err(format!("the kind {kind} is none of: {}", known.join(", ")));
    }
    if !(country.is_empty() || country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase())) {
        return Err(format!("the country {country} is not two capital letters, as in SY"));
    }
    Ok(Some(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(list: &[u8]) -> (usize, Vec<(usize, String)>) {
        let mut actors = ActorList::load().unwrap();
        let rows = actors.add_own(list);
        (rows.n_taken, rows.odd.into_iter().map(|row| (row.line, row.why)).collect())
    }

    #[test]
    fn odd_rows_are_told_and_cost_only_themselves() {
        let list = b"\xef\xbb\xbfid\tname\tkind\r\n# remark\n\nhand\tHidden Hand\trebels\tSY\t\tHH\r\nonly-an-id\n\
            a\tA Band\tgang\nb\tB Band\trebels\tSyria\nc\tC \xff Band\trebels\nhand\tOther Hand\trebels\n\
            d\t...\trebels\ne\tE\trebels\t\t\t\tx\nf f\tF Band\trebels\ng\tG\xe2\x80\xaeBand\trebels\nlast\tLast Band\tmilitia";
        let (n_taken, odd) = told(list);
        assert_eq!(n_taken, 2);
        let expected = [
            (5, "1 column instead of"),
            (6, "the kind gang is none of: "),
            (7, "the country Syria"),
            (8, "not UTF-8"),
            (9, "the id hand is that of line 4"),
            (10, "has no letters"),
            (11, "7 columns"),
            (12, "the id f f"),
            (13, "cannot be seen"),
        ];
        assert_eq!(odd.len(), expected.len(), "{odd:?}");
        for ((line, why), (at, part)) in odd.iter().zip(expected) {
            assert!(*line == at && why.contains(part), "{line}: {why}");
        }
    }

    #[test]
    fn a_hostile_list_stays_small() {
        let mut list: Vec<u8> = (0..50_000).flat_map(|n| format!("i{n}\tx y{n}\trebels\n").into_bytes()).collect();
        list.extend(b"\n\0".repeat(100_000));
        list.extend(vec![b'z'; 1 << 20]);
        let mut actors = ActorList::load().unwrap();
        let rows = actors.add_own(&list);
        assert_eq!((rows.n_taken, rows.odd.len()), (MAX_NAMES_OF_A_WORD, MAX_TOLD));
        assert_eq!(rows.n_odd, 50_000 - MAX_NAMES_OF_A_WORD + 100_000);
        assert_eq!(actors.add_own(b"").n_taken, 0);
    }
}
