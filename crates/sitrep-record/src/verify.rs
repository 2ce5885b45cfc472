//! Recomputes a record and says what differs.
//!
//! In: a record and, if given, the way from a page to its document and claims. Out: every [`Difference`]: changed bytes,
//! changed text, quotes that are not where they claim to be, derived rows that do not follow. Changes nothing.

use std::collections::BTreeMap;

use serde::Serialize;
use sitrep_model::{Claim, Document, Media, Page, RedactedPage, Redaction, Span, sha256_hex};

use crate::evidence::leaf;
use crate::store::write::json;
use crate::{Record, RecordError};

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Difference {
    /// What sort of thing: `edition`, `page`, `document`, `claim`, `event`, `dispute`, `link`, `forecast`, `copy`, `log`.
    pub what: String,
    /// Which one.
    pub id: String,
    /// What is wrong, in words.
    pub problem: String,
}

/// The way from a page to its document and claims.
pub type Read<'r> = &'r dyn Fn(&Page) -> (Document, Vec<Claim>);

impl Record {
    /// Recomputes every hash, every quote and the derivation. An empty answer means that nothing differs.
    ///
    /// With `read` (page to document and claims, by the same edition), pages are read again and compared too.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn verify(&self, read: Option<Read<'_>>) -> Result<Vec<Difference>, RecordError> {
        let mut found = Vec::new();
        let reader = self.reader();
        self.compare_actors(&mut found)?;
        let documents: BTreeMap<String, Document> =
            reader.documents()?.into_iter().map(|d| (d.id.to_string(), d)).collect();
        let claims = reader.claims()?;
        let redactions = reader.redactions()?;
        for row in reader.page_rows()? {
            let Some(page) = reader.page(row.id.as_str())? else { continue };
            let changed = redactions.iter().rev().flat_map(|it| &it.pages).find(|it| it.page == row.id);
            if let Some(changed) = changed {
                // What was taken out cannot be hashed or read again; what is left must be what was left.
                self.compare_left(&mut found, changed, &page.raw)?;
                continue;
            }
            if sha256_hex(&page.raw) != row.sha256 {
                push(&mut found, "page", row.id.as_str(), "its bytes do not have the hash noted when it came in");
            } else if page.raw.len() as u64 != row.n_bytes {
                push(&mut found, "page", row.id.as_str(), "its length differs from the one noted");
            }
            self.compare_leaf(&mut found, row.id.as_str())?;
            if let Some(read) = read {
                compare_reading(&mut found, &page, read(&page), &documents, &claims);
            }
        }
        for (id, sha256) in reader.text_hashes()? {
            if documents.get(&id).is_none_or(|document| sha256_hex(document.text.as_bytes()) != sha256) {
                push(&mut found, "document", &id, "its text does not have the hash noted when it was read");
            }
        }
        for claim in &claims {
            check_quote(&mut found, claim, documents.get(claim.document.as_str()));
        }
        self.compare_derived(&mut found)?;
        self.compare_covered_rulings(&mut found, &redactions)?;
        self.compare_log(&mut found)?;
        found.sort();
        found.dedup();
        Ok(found)
    }

    fn compare_actors(&self, found: &mut Vec<Difference>) -> Result<(), RecordError> {
        match (self.edition()?.actors, self.actors()?) {
            (None, None) => {}
            (None, Some(_)) => {
                push(found, "edition", "actors", "a list of actors is kept that the record was not made with")
            }
            (Some(_), None) => {
                push(found, "edition", "actors", "the list of actors the record was made with is missing")
            }
            (Some(hash), Some(list)) if sha256_hex(&list) != hash => {
                push(found, "edition", "actors", "the list of actors kept is not the one the record was made with");
            }
            (Some(_), Some(_)) => {}
        }
        Ok(())
    }

    /// Whether a page and what was read from it still have the hash that was noted when it came in.
    fn compare_leaf(&self, found: &mut Vec<Difference>, id: &str) -> Result<(), RecordError> {
        let reader = self.reader();
        let database = |e| RecordError::database(reader.path, e);
        let noted = leaf::noted(reader.connection, id).map_err(database)?;
        let now = leaf::page(reader.connection, id).map_err(database)?.map(|text| leaf::hash(&text));
        if noted.is_some() && noted != now {
            push(found, "page", id, "what was said of it or read from it was changed since it came in");
        }
        Ok(())
    }

    fn compare_left(&self, found: &mut Vec<Difference>, left: &RedactedPage, raw: &[u8]) -> Result<(), RecordError> {
        let reader = self.reader();
        let id = left.page.as_str();
        let text = leaf::page(reader.connection, id).map_err(|e| RecordError::database(reader.path, e))?;
        let raw_sha256 = (!raw.is_empty()).then(|| sha256_hex(raw));
        if raw_sha256 != left.raw_sha256 || text.is_none_or(|text| leaf::hash(&text) != left.leaf) {
            push(found, "page", id, "what was left of it was changed since something was taken out");
        }
        Ok(())
    }

    fn compare_covered_rulings(
        &self,
        found: &mut Vec<Difference>,
        redactions: &[Redaction],
    ) -> Result<(), RecordError> {
        let rulings = self.reader().rulings()?;
        let covered: BTreeMap<u64, &str> =
            redactions.iter().flat_map(|it| &it.rulings).map(|it| (it.number, it.leaf.as_str())).collect();
        for (number, left) in covered {
            let ruling = rulings.iter().find(|it| it.number == number);
            if ruling.is_none_or(|it| leaf::hash(&leaf::ruling(it)) != left) {
                push(found, "ruling", &number.to_string(), "was changed since a name was taken out of it");
            }
        }
        Ok(())
    }

    fn compare_log(&self, found: &mut Vec<Difference>) -> Result<(), RecordError> {
        for (line, problem) in self.history()?.map_or_else(Vec::new, |history| history.problems) {
            push(found, "log", &format!("line {line}"), &problem);
        }
        Ok(())
    }

    fn compare_derived(&self, found: &mut Vec<Difference>) -> Result<(), RecordError> {
        let reader = self.reader();
        if !reader.is_settled()? {
            push(found, "record", "settled", "pages or rulings came in after events were last computed");
            return Ok(());
        }
        let (stored, fresh) = (reader.derived()?, self.compute()?);
        compare(found, "event", &stored.events, &fresh.events, |e| e.event_id.to_string());
        compare(found, "dispute", &stored.disputes, &fresh.disputes, |d| d.dispute_id.to_string());
        compare(found, "link", &stored.links, &fresh.links, |l| format!("{} {} {}", l.from, l.kind.as_str(), l.to));
        compare(found, "forecast", &stored.forecasts, &fresh.forecasts, |f| f.forecast_id.to_string());
        compare(found, "copy", &stored.copies, &fresh.copies, |c| format!("{} {}", c.page, c.of));
        Ok(())
    }
}

fn compare_reading(
    found: &mut Vec<Difference>,
    page: &Page,
    (document, fresh): (Document, Vec<Claim>),
    documents: &BTreeMap<String, Document>,
    claims: &[Claim],
) {
    let id = document.id.to_string();
    match documents.get(&id) {
        None => push(found, "page", page.id.as_str(), "read again, it gives another document"),
        Some(stored) if json(&without_files(stored)) != json(&without_files(&document)) => {
            push(found, "document", &id, "read again, the page gives other words about it");
        }
        Some(_) => {}
    }
    let stored: Vec<Claim> = claims.iter().filter(|claim| claim.document == document.id).cloned().collect();
    compare(found, "claim", &stored, &fresh, |claim| claim.claim_id.to_string());
}

/// The document less what files beside the page told: they are no part of the record and may be gone.
fn without_files(document: &Document) -> Document {
    let mut out = document.clone();
    for item in &mut out.media {
        let (kind, src) = (item.kind, std::mem::take(&mut item.src));
        let (caption, credit) = (item.caption.take(), item.credit.take());
        let (width_px, height_px, file_says) = (None, None, None);
        *item = Media { kind, src, caption, credit, sha256: None, n_bytes: None, width_px, height_px, file_says };
    }
    out
}

fn check_quote(found: &mut Vec<Difference>, claim: &Claim, document: Option<&Document>) {
    let id = claim.claim_id.as_str();
    let Some(document) = document else {
        return push(found, "claim", id, "its document is not in the record");
    };
    let span = Span { start: claim.start, end: claim.end };
    if claim.quote.is_empty() || span.of(&document.text) != claim.quote {
        push(found, "claim", id, "its quote is not what stands at its place in the document");
    }
}

fn compare<T: Serialize>(
    found: &mut Vec<Difference>,
    what: &str,
    stored: &[T],
    fresh: &[T],
    id: impl Fn(&T) -> String,
) {
    let by_id = |list: &[T]| list.iter().map(|one| (id(one), json(one))).collect::<BTreeMap<_, _>>();
    let (stored, fresh) = (by_id(stored), by_id(fresh));
    for (id, body) in &stored {
        match fresh.get(id) {
            None => push(found, what, id, "is in the record but does not follow from it"),
            Some(computed) if computed != body => push(found, what, id, "differs from what follows from the record"),
            Some(_) => {}
        }
    }
    for id in fresh.keys().filter(|id| !stored.contains_key(*id)) {
        push(found, what, id, "follows from the record but is not in it");
    }
}

fn push(found: &mut Vec<Difference>, what: &str, id: &str, problem: &str) {
    found.push(Difference { what: what.to_owned(), id: id.to_owned(), problem: problem.to_owned() });
}
