//! The history of a record: one line of JSON for each change, each line bound to the one before by its hash.
//!
//! In: the text of a log, what the record holds. Out: new lines; what is wrong with old ones. Lines are only ever appended. Never tells
//! what a page says or who wrote it, so that nothing has to be taken out of it when something is taken out of the record.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sitrep_model::sha256_hex;

/// What stands before the first line.
const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// Where the hash of a line begins: everything before is hashed.
const HASH: &str = ",\"hash\":\"";

/// Who changes a record, and when; told by the program, as the library never reads the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The time in UTC, as `2031-05-09T06:30:00Z`.
    pub time: String,
    /// Program and version.
    pub tool: String,
}

/// One line of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Counts up from 1.
    pub number: u64,
    /// When the command began, in UTC.
    pub time: String,
    /// Program and version.
    pub tool: String,
    /// `created`, `began`, `added`, `ruled`, `redacted`, `found`, `mended`, `changed`, `locked`, `unlocked`.
    pub did: String,
    /// Of what: a page's id, `ruling 3`, `edition`, `record`, `log`.
    pub id: String,
    /// SHA-256 of the thing: of a page's bytes, of a ruling's leaf.
    pub sha256: String,
    /// The record's root after this line; only on the last line of each command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
    /// The hash of the line before.
    pub previous: String,
}

/// Something a record holds that has a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Thing {
    /// What a line calls it.
    pub id: String,
    /// Its hash.
    pub sha256: String,
    /// What is said when it comes in.
    pub did: &'static str,
}

/// What a log says, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Lines in it.
    pub n_entries: u64,
    /// Things that were noticed in the record without a line of their own.
    pub n_found: u64,
    /// Whether it begins later than the record.
    pub is_late: bool,
    /// The hash of the last line; a stranger who has it can tell whether lines before it were changed later.
    pub last: String,
    /// What does not fit, with the line's number.
    pub problems: Vec<(u64, String)>,
    /// The root after the last line that tells one.
    pub(crate) root: Option<String>,
    /// What must be in the record, by id.
    pub(crate) known: BTreeMap<String, String>,
}

/// Where the log of `record` is.
pub(crate) fn path(record: &Path) -> PathBuf {
    let mut name = record.as_os_str().to_owned();
    name.push(".log");
    PathBuf::from(name)
}

/// The text of the log of `record`, or `None` when there is none. A line cut short at its end is part of it.
pub(crate) fn text(record: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path(record)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads a log through: its chain, and what it says the record holds.
pub(crate) fn history(text: &[u8]) -> History {
    let mut told = History { last: NOTHING.to_owned(), ..History::default() };
    let (whole, torn) = split(text);
    for (line, number) in whole.split_inclusive(|byte| *byte == b'\n').zip(1..) {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        told.n_entries = number;
        let Some((entry, hash)) = read(line) else {
            told.problems.push((number, "cannot be read".to_owned()));
            told.last = sha256_hex(line);
            continue;
        };
        let mut wrong = |what: &str| told.problems.push((number, what.to_owned()));
        if hashed(line).as_deref() != Some(hash.as_str()) {
            wrong("does not have the hash it tells: it was changed after it was written");
        }
        if entry.previous != told.last {
            wrong("does not follow from the line before: a line was changed, added or taken out");
        }
        if entry.number != number {
            wrong("has another number than its place");
        }
        told.last = hash;
        told.take(entry);
    }
    if !torn.is_empty() {
        told.problems.push((told.n_entries + 1, "was cut short; the next change mends it".to_owned()));
    }
    told
}

impl History {
    fn take(&mut self, entry: Entry) {
        match entry.did.as_str() {
            "created" => self.known.clear(),
            "began" => self.is_late = true,
            "found" => self.n_found += 1,
            "mended" | "changed" | "locked" | "unlocked" => {
                self.root = entry.root.or(self.root.take());
                return;
            }
            _ => {}
        }
        self.known.insert(entry.id, entry.sha256);
        self.root = entry.root.or(self.root.take());
    }
}

/// Whole lines, and what stands behind the last of them.
fn split(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    text.split_at(end)
}

fn read(line: &[u8]) -> Option<(Entry, String)> {
    #[derive(Deserialize)]
    struct Hashed {
        #[serde(flatten)]
        entry: Entry,
        hash: String,
    }
    let Hashed { entry, hash } = serde_json::from_slice(line).ok()?;
    Some((entry, hash))
}

/// The hash a line ought to have.
fn hashed(line: &[u8]) -> Option<String> {
    let line = std::str::from_utf8(line).ok()?;
    let (before, _) = line.rsplit_once(HASH)?;
    Some(sha256_hex(before.as_bytes()))
}

/// A line, without its end, and its hash.
fn written(entry: &Entry) -> (String, String) {
    let mut line = crate::store::write::json(entry);
    line.pop();
    let hash = sha256_hex(line.as_bytes());
    line.push_str(&format!("{HASH}{hash}\"}}"));
    (line, hash)
}

/// Appends a line for each of `things`, the last with `root`, and makes them durable. A line that was cut short before is taken off
/// first, and told.
pub(crate) fn append(record: &Path, things: Vec<Thing>, root: &str, stamp: &Stamp) -> io::Result<()> {
    let path = path(record);
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path)?;
    let text = fs::read(&path)?;
    let (whole, torn) = split(&text);
    let mut things = things;
    if !torn.is_empty() {
        file.set_len(whole.len() as u64)?;
        things.insert(0, Thing { id: "log".to_owned(), sha256: sha256_hex(torn), did: "mended" });
    }
    let (mut number, mut previous) = last(whole);
    let n = things.len();
    let mut lines = String::new();
    for (at, thing) in things.into_iter().enumerate() {
        number += 1;
        let (time, tool) = (stamp.time.clone(), stamp.tool.clone());
        let root = (at + 1 == n).then(|| root.to_owned());
        let Thing { id, sha256, did } = thing;
        let (line, hash) = written(&Entry { number, time, tool, did: did.to_owned(), id, sha256, root, previous });
        lines.push_str(&line);
        lines.push('\n');
        previous = hash;
    }
    file.write_all(lines.as_bytes())?;
    file.sync_all()
}

/// Number and hash of the last line.
fn last(whole: &[u8]) -> (u64, String) {
    let lines = whole.strip_suffix(b"\n").unwrap_or(whole);
    let start = lines.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    match read(&lines[start..]) {
        Some((entry, hash)) => (entry.number, hash),
        None if lines.is_empty() => (0, NOTHING.to_owned()),
        None => (lines.iter().filter(|byte| **byte == b'\n').count() as u64 + 1, sha256_hex(&lines[start..])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp() -> Stamp {
        Stamp { time: "2031-05-09T06:30:00Z".to_owned(), tool: "sitrep 0".to_owned() }
    }

    fn thing(id: &str, did: &'static str) -> Thing {
        Thing { id: id.to_owned(), sha256: sha256_hex(id.as_bytes()), did }
    }

    fn three() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("r");
        append(&record, vec![thing("edition", "created"), thing("p_1", "added")], "r1", &stamp()).unwrap();
        append(&record, vec![thing("ruling 1", "ruled")], "r2", &stamp()).unwrap();
        (folder, record)
    }

    #[test]
    fn lines_follow_from_each_other_and_tell_the_root_once_a_command() {
        let (_folder, record) = three();
        let told = history(&text(&record).unwrap().unwrap());
        assert_eq!((told.problems.as_slice(), told.n_entries, told.root.as_deref()), (&[][..], 3, Some("r2")));
        assert_eq!(told.known.keys().collect::<Vec<_>>(), ["edition", "p_1", "ruling 1"]);
        let text = fs::read_to_string(path(&record)).unwrap();
        let roots: Vec<bool> = text.lines().map(|line| line.contains("\"root\"")).collect();
        assert_eq!(roots, [false, true, true]);
    }

    #[test]
    fn a_line_changed_added_or_taken_out_is_told_by_its_number() {
        let (_folder, record) = three();
        let text = fs::read_to_string(path(&record)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let told = |lines: &[&str]| -> Vec<u64> {
            let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
            history(text.as_bytes()).problems.into_iter().map(|(number, _)| number).collect()
        };
        assert_eq!(told(&[lines[0], &lines[1].replace("p_1", "p_2"), lines[2]]), [2]);
        assert_eq!(told(&[lines[0], lines[2]]), [2, 2]);
        assert_eq!(told(&[lines[0], lines[0], lines[1], lines[2]]), [2, 2, 3, 4]);
        assert_eq!(told(&[lines[0], "not a line", lines[2]]), [2, 3]);
    }

    #[test]
    fn a_line_cut_short_is_mended_and_told() {
        let (_folder, record) = three();
        let whole = fs::read(path(&record)).unwrap();
        fs::write(path(&record), &whole[..whole.len() - 9]).unwrap();
        assert_eq!(history(&text(&record).unwrap().unwrap()).problems.len(), 1);
        append(&record, vec![thing("ruling 1", "found")], "r2", &stamp()).unwrap();
        let told = history(&text(&record).unwrap().unwrap());
        assert_eq!((told.problems.as_slice(), told.n_entries, told.n_found), (&[][..], 4, 1));
        assert!(fs::read_to_string(path(&record)).unwrap().contains("\"did\":\"mended\",\"id\":\"log\""));
    }

    #[test]
    fn a_record_made_anew_under_the_same_name_starts_over_in_the_same_log() {
        let (_folder, record) = three();
        append(&record, vec![thing("edition", "created"), thing("p_9", "added")], "r3", &stamp()).unwrap();
        let told = history(&text(&record).unwrap().unwrap());
        assert_eq!(
            (told.problems.as_slice(), told.known.keys().map(String::as_str).collect()),
            (&[][..], vec!["edition", "p_9"])
        );
    }
}
