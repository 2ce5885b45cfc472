//! Two records into one: pages of both, rulings of both.
//!
//! In: two records made with the same edition. Out: a new record, the same byte for byte whichever is named first. Ids are content hashes,
//! so what both hold is there once. Rulings keep their reviewers; those that stand against each other are both kept, and told by
//! `conflicts`. Changes neither of the two.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sitrep_model::{Claim, Document, DocumentId, Note, Page, PageId, Ruling, Thumbnail, content_id};

use crate::store::write::{self, json};
use crate::{Record, RecordError};

/// A page with all that was read from it.
struct Taken {
    page: Page,
    document: Document,
    claims: Vec<Claim>,
    notes: Vec<Note>,
}

/// What one record holds, ready to be asked page by page.
struct Side<'r> {
    record: &'r Record,
    documents: BTreeMap<PageId, Document>,
    claims: BTreeMap<DocumentId, Vec<Claim>>,
    notes: BTreeMap<PageId, Vec<Note>>,
}

impl Record {
    /// Makes the record `path` from all that `one` and `other` hold.
    ///
    /// # Errors
    /// When they were made with different editions, `path` is there already, or a file cannot be read or written. A record that was begun
    /// is taken away again.
    pub fn merged(one: &Record, other: &Record, path: &Path) -> Result<Record, RecordError> {
        let edition = one.edition()?;
        if edition != other.edition()? {
            let [one, other] = [one, other].map(|record| record.path.clone());
            return Err(RecordError::OtherEdition { one, other });
        }
        for side in [one, other] {
            if !side.redactions()?.is_empty() {
                return Err(RecordError::Redacted { path: side.path.clone() });
            }
        }
        let mut record = Record::create(path, &edition)?;
        if let Err(error) = fill(&mut record, one, other) {
            drop(record);
            // What was begun is of no use; the first error is the one to tell.
            let _ = std::fs::remove_file(path);
            return Err(error);
        }
        Ok(record)
    }
}

fn fill(record: &mut Record, one: &Record, other: &Record) -> Result<(), RecordError> {
    if let Some(actors) = one.actors()?.or(other.actors()?) {
        record.keep_actors(&actors)?;
    }
    let sides = [Side::of(one)?, Side::of(other)?];
    let pages: BTreeSet<&PageId> = sides.iter().flat_map(|side| side.notes.keys()).collect();
    for id in pages {
        let mut taken = Vec::new();
        for side in &sides {
            taken.extend(side.take(id)?);
        }
        // The same bytes may have come under two names or with other words about them: one of the two, whichever record is named first.
        taken.sort_by_cached_key(Taken::key);
        let Some(first) = taken.first() else { continue };
        let stills = stills(&sides, &first.document)?;
        record.add_with_thumbnails(&first.page, &first.document, &first.claims, &first.notes, &stills)?;
    }
    let rulings = rulings(&one.reader().rulings()?, &other.reader().rulings()?);
    record.write(|transaction| rulings.iter().try_for_each(|ruling| write::ruling(transaction, ruling)))?;
    record.settle()
}

impl<'r> Side<'r> {
    fn of(record: &'r Record) -> Result<Side<'r>, RecordError> {
        let reader = record.reader();
        let mut claims: BTreeMap<DocumentId, Vec<Claim>> = BTreeMap::new();
        for claim in reader.claims()? {
            claims.entry(claim.document.clone()).or_default().push(claim);
        }
        let documents = reader.documents()?.into_iter().map(|document| (document.page.clone(), document)).collect();
        let notes = reader.page_rows()?.into_iter().map(|row| (row.id, row.notes)).collect();
        Ok(Side { record, documents, claims, notes })
    }

    fn take(&self, id: &PageId) -> Result<Option<Taken>, RecordError> {
        let (Some(page), Some(document)) = (self.record.reader().page(id.as_str())?, self.documents.get(id)) else {
            return Ok(None);
        };
        let claims = self.claims.get(&document.id).cloned().unwrap_or_default();
        let notes = self.notes.get(id).cloned().unwrap_or_default();
        Ok(Some(Taken { page, document: document.clone(), claims, notes }))
    }
}

impl Taken {
    fn key(&self) -> String {
        json(&(&self.page.path, &self.page.meta, &self.page.custody, &self.notes, &self.document, &self.claims))
    }
}

/// Stills of the pictures a document shows, from either record.
fn stills(sides: &[Side<'_>], document: &Document) -> Result<Vec<Thumbnail>, RecordError> {
    let mut found = Vec::new();
    let hashes: BTreeSet<&String> = document.media.iter().filter_map(|item| item.sha256.as_ref()).collect();
    for sha256 in hashes {
        let mut all = Vec::new();
        for side in sides {
            let reader = side.record.reader();
            if let Some((jpeg, (width_px, height_px))) = reader.thumbnail(sha256)?.zip(reader.thumbnail_size(sha256)?) {
                all.push(Thumbnail { sha256: sha256.clone(), width_px, height_px, jpeg });
            }
        }
        found.extend(all.into_iter().min_by(|a, b| a.jpeg.cmp(&b.jpeg)));
    }
    Ok(found)
}

/// A ruling of one record, known by what it says and for the how-manieth time.
struct Said<'r> {
    identity: String,
    content: String,
    number: u64,
    ruling: &'r Ruling,
    /// What an `undo` takes back.
    undoes: Option<String>,
}

/// The rulings of both, in one order: by the number they had, then by what they say. The same ruling by the same reviewer is there
/// once; what an `undo` takes back is numbered anew with it.
fn rulings(one: &[Ruling], other: &[Ruling]) -> Vec<Ruling> {
    let mut all: BTreeMap<String, Said<'_>> = BTreeMap::new();
    for said in said(one).into_iter().chain(said(other)) {
        match all.get(&said.identity) {
            Some(known) if known.number <= said.number => {}
            _ => drop(all.insert(said.identity.clone(), said)),
        }
    }
    let mut ordered: Vec<Said<'_>> = all.into_values().collect();
    ordered.sort_by(|a, b| (a.number, &a.content, &a.identity).cmp(&(b.number, &b.content, &b.identity)));
    let numbers: BTreeMap<&str, u64> =
        ordered.iter().zip(1..).map(|(said, number)| (said.identity.as_str(), number)).collect();
    let renumbered = ordered.iter().zip(1..).map(|(said, number)| {
        let undone = said.undoes.as_deref().and_then(|identity| numbers.get(identity));
        let subject = undone.map_or_else(|| said.ruling.subject.clone(), u64::to_string);
        Ruling { number, subject, ..said.ruling.clone() }
    });
    renumbered.collect()
}

fn said(rulings: &[Ruling]) -> Vec<Said<'_>> {
    let mut identities: BTreeMap<u64, String> = BTreeMap::new();
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    let mut all = Vec::new();
    for ruling in rulings {
        let undone = (ruling.action == "undo").then(|| ruling.subject.parse().ok()).flatten();
        let undoes = undone.and_then(|number: u64| identities.get(&number).cloned());
        let subject = undoes.as_deref().unwrap_or(&ruling.subject);
        let content = json(&(&ruling.action, subject, &ruling.value, &ruling.reviewer, &ruling.why));
        let nth = times.entry(content.clone()).or_default();
        *nth += 1;
        let identity = content_id("r", &[&content, &nth.to_string()]);
        identities.insert(ruling.number, identity.clone());
        all.push(Said { identity, content, number: ruling.number, ruling, undoes });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruling(number: u64, action: &str, subject: &str, reviewer: &str) -> Ruling {
        let [action, subject, reviewer] = [action, subject, reviewer].map(str::to_owned);
        Ruling { number, action, subject, value: None, reviewer, why: None }
    }

    #[test]
    fn rulings_of_both_are_kept_once_and_undos_follow() {
        let north =
            [ruling(1, "accept", "c_1", "north"), ruling(2, "reject", "c_2", "north"), ruling(3, "undo", "2", "north")];
        let south =
            [ruling(1, "reject", "c_1", "south"), ruling(2, "accept", "c_1", "north"), ruling(3, "undo", "1", "south")];
        let merged = rulings(&north, &south);
        assert_eq!(merged, rulings(&south, &north), "whichever comes first");
        let told: Vec<(u64, &str, &str)> =
            merged.iter().map(|it| (it.number, it.action.as_str(), it.reviewer.as_str())).collect();
        assert_eq!(merged.len(), 5, "the acceptance by north is one ruling: {told:?}");
        let number = |action: &str, reviewer: &str| {
            merged.iter().find(|it| it.action == action && it.reviewer == reviewer).unwrap().number.to_string()
        };
        for reviewer in ["north", "south"] {
            let undo = merged.iter().find(|it| it.action == "undo" && it.reviewer == reviewer).unwrap();
            assert_eq!(undo.subject, number("reject", reviewer), "{told:?}");
        }
        assert_eq!(rulings(&north, &north), north, "merging with itself changes nothing");
    }

    #[test]
    fn the_same_ruling_given_twice_stays_twice() {
        let north = [
            ruling(1, "accept", "c_1", "north"),
            ruling(2, "reject", "c_1", "north"),
            ruling(3, "accept", "c_1", "north"),
        ];
        assert_eq!(rulings(&north, &north[..2]), north);
    }
}
