//! Takes a page, a comment or a name out of a record and leaves a tombstone.
//!
//! In: a record and what is to go. Out: the record without it, its hashes kept, so that it goes on verifying and says what is gone. What
//! is gone is gone: it cannot be undone, and adding the same page again does not bring it back.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::de::DeserializeOwned;
use sitrep_model::{
    Claim, CommentId, Custody, Date, Document, Note, PageId, PageMeta, RedactedKind, RedactedPage, RedactedRuling,
    Redaction, Ruling, Span, sha256_hex,
};

use super::cover::{self, Name};
use super::leaf;
use crate::store::brief::raw_in;
use crate::store::read::Reader;
use crate::store::write::{self, json};
use crate::{Record, RecordError, near, readers};

/// What is to be taken out, by whom and why.
#[derive(Debug, Clone)]
pub struct Redact<'r> {
    /// A page (`p_…`), a comment (`m_…`), or a name.
    pub what: &'r str,
    /// Why. It stays in the record, so it must not say what is taken out.
    pub why: &'r str,
    /// Who does it.
    pub by: &'r str,
    /// The day.
    pub on: Date,
}

impl Record {
    /// Takes a page, a comment or a name out for good, and settles the record so that nothing of it is left in the file.
    ///
    /// # Errors
    /// When there is nothing of that name in it, when the reason names what is taken out, or the file cannot be written.
    pub fn redact(&mut self, what: &Redact<'_>) -> Result<Redaction, RecordError> {
        let refuse = |why: &str| RecordError::Redact { what: what.what.to_owned(), why: why.to_owned() };
        let earlier = self.redactions()?;
        let taken = |subject: &str| earlier.iter().any(|it| it.subject.as_deref() == Some(subject));
        let (kind, changes) = match what.what.get(..2) {
            Some("p_" | "m_") if taken(what.what) => return Err(refuse("it is taken out already")),
            Some("p_") => {
                (RedactedKind::Page, self.without_page(what)?.ok_or_else(|| refuse("there is no such page"))?)
            }
            Some("m_") => (
                RedactedKind::Comment,
                self.without_comment(what.what)?.ok_or_else(|| refuse("there is no such comment"))?,
            ),
            _ => {
                let name = Name::of(what.what).ok_or_else(|| refuse("a name needs three letters or more"))?;
                if name.is_in(what.why) || name.is_in(what.by) {
                    return Err(refuse("the reason and who gives it stay in the record: they must not have the name"));
                }
                let actors = self.actors()?.unwrap_or_default();
                if name.is_in(&String::from_utf8_lossy(&actors)) {
                    return Err(refuse(
                        "it stands in the list of actors the record was made with: build it anew without",
                    ));
                }
                (
                    RedactedKind::Name,
                    self.without_name(&name)?.ok_or_else(|| refuse("it stands nowhere in the record"))?,
                )
            }
        };
        let redaction = Redaction {
            number: earlier.last().map_or(1, |last| last.number + 1),
            kind,
            subject: (kind != RedactedKind::Name).then(|| what.what.to_owned()),
            why: what.why.to_owned(),
            by: what.by.to_owned(),
            on: what.on,
            pages: Vec::new(),
            rulings: Vec::new(),
        };
        let made = self.write(|transaction| {
            leaf::keep_missing(transaction)?;
            let made = changes.make(transaction, redaction)?;
            transaction.execute("INSERT INTO redaction VALUES (?1, ?2)", params![made.number as i64, json(&made)])?;
            readers::forget(transaction)?;
            near::forget(transaction)?;
            write::settled(transaction, false)?;
            Ok(made)
        })?;
        self.settle_whole()?;
        Ok(made)
    }

    /// What was taken out, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn redactions(&self) -> Result<Vec<Redaction>, RecordError> {
        self.reader().redactions()
    }

    fn without_page(&self, what: &Redact<'_>) -> Result<Option<Changes>, RecordError> {
        let reader = self.reader();
        let Some(page) = reader.page(what.what)? else { return Ok(None) };
        let note = Note::new("redacted", format!("redacted on {} by {}: {}", what.on, what.by, what.why));
        let shown = |document: &Document| document.media.iter().filter_map(|it| it.sha256.clone()).collect::<Vec<_>>();
        let (of_it, others): (Vec<_>, Vec<_>) = reader.documents()?.into_iter().partition(|it| it.page == page.id);
        let others: BTreeSet<String> = others.iter().flat_map(shown).collect();
        let pictures = of_it.iter().flat_map(shown).filter(|sha256| !others.contains(sha256)).collect();
        let tombstone = Tombstone { tool: page.custody.tool, pictures, note };
        Ok(Some(Changes { gone: Some((page.id, tombstone)), ..Changes::default() }))
    }

    fn without_comment(&self, id: &str) -> Result<Option<Changes>, RecordError> {
        let reader = self.reader();
        let Some(document) = reader.documents()?.into_iter().find(|it| it.comments.iter().any(|c| c.id.as_str() == id))
        else {
            return Ok(None);
        };
        let mut covered = document.clone();
        let spans = without(&mut covered, &CommentId::known(id));
        covered.text = with_marks(&document.text, &spans);
        let (mut kept, mut dropped) = (Vec::new(), BTreeSet::new());
        for claim in reader.claims_of(document.id.as_str())? {
            let is_of_it = claim.comment_id.as_ref().is_some_and(|of| of.as_str() == id)
                || spans.iter().any(|span| claim.start < span.end && span.start < claim.end);
            if is_of_it {
                dropped.insert(claim.claim_id.to_string());
            } else {
                kept.push(claim);
            }
        }
        let page = document.page.clone();
        let raw = raw_left(&reader, &document, &covered)?;
        Ok(Some(Changes {
            documents: vec![covered],
            dropped,
            raw: BTreeMap::from([(page, raw)]),
            ..Changes::default()
        }))
    }

    fn without_name(&self, name: &Name) -> Result<Option<Changes>, RecordError> {
        let reader = self.reader();
        let mut changes = Changes::default();
        for document in reader.documents()? {
            let before = json(&document);
            let covered = name.cover_json(&before).map(|body| again::<Document>(&body));
            let covered = covered.transpose()?;
            let text = covered.as_ref().map_or(&document.text, |it| &it.text);
            for claim in reader.claims_of(document.id.as_str())? {
                let before = json(&claim);
                let body = name.cover_json(&before).unwrap_or_else(|| before.clone());
                let mut covered = again::<Claim>(&body)?;
                // A quote may begin or end inside the name.
                covered.quote = Span { start: claim.start, end: claim.end }.of(text).to_owned();
                if json(&covered) != before {
                    changes.claims.push(covered);
                }
            }
            let raw = reader.page_bytes(document.page.as_str())?.unwrap_or_default();
            let in_raw = !raw.is_empty() && name.is_in(&String::from_utf8_lossy(&raw));
            if in_raw || covered.as_ref().is_some_and(|it| it.text != document.text) {
                let raw = raw_left(&reader, &document, covered.as_ref().unwrap_or(&document))?;
                changes.raw.insert(document.page.clone(), raw);
            }
            changes.documents.extend(covered);
        }
        changes.columns = reader.given_columns()?.into_iter().filter_map(|it| it.covered(name)).collect();
        for ruling in reader.rulings()? {
            let covered = name.cover_json(&json(&ruling)).map(|body| again::<Ruling>(&body));
            changes.rulings.extend(covered.transpose()?.map(|covered| (ruling, covered)));
        }
        Ok((!changes.is_empty()).then_some(changes))
    }
}

/// A row with a name covered in it, read again.
fn again<T: DeserializeOwned>(body: &str) -> Result<T, RecordError> {
    serde_json::from_str(body).map_err(|_| RecordError::Redact {
        what: "the name".to_owned(),
        why: "it is a word the record itself is written in; give the whole name".to_owned(),
    })
}

/// Takes a comment's words and author out of its document; the spans to be covered.
fn without(document: &mut Document, id: &CommentId) -> Vec<Span> {
    let Some(at) = document.comments.iter().position(|comment| comment.id == *id) else { return Vec::new() };
    let span = document.comments[at].span;
    let mut spans = vec![span];
    // The author's name stands between the comment before and the one behind.
    let others = document.comments.iter().filter(|comment| comment.id != *id).map(|comment| comment.span);
    let blocks = document.blocks.iter().map(|block| block.span);
    let (mut from, mut to) = (0, document.text.len() as u32);
    for other in others.chain(blocks) {
        if other.end <= span.start {
            from = from.max(other.end);
        } else if other.start >= span.end {
            to = to.min(other.start);
        }
    }
    let comment = &mut document.comments[at];
    if let Some(author) = comment.author.take() {
        for window in [Span { start: from, end: span.start }, Span { start: span.end, end: to }] {
            let text = window.of(&document.text);
            spans.extend(text.match_indices(author.as_str()).map(|(at, it)| {
                let start = window.start + at as u32;
                Span { start, end: start + it.len() as u32 }
            }));
        }
    }
    (comment.time, comment.date, comment.language) = (None, None, None);
    comment.links.clear();
    comment.labels.clear();
    comment.reasons.clear();
    spans.sort_by_key(|span| span.start);
    spans
}

/// `text` with marks over `spans`, which are sorted and do not overlap.
fn with_marks(text: &str, spans: &[Span]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for span in spans {
        out.push_str(text.get(done..span.start as usize).unwrap_or_default());
        out.push_str(&cover::marks(span.of(text)));
        done = span.end as usize;
    }
    out + text.get(done..).unwrap_or_default()
}

/// What is left of a page's bytes: of plain text the covered text, of anything else nothing, as words may hide in it in many ways.
fn raw_left(reader: &Reader<'_>, before: &Document, covered: &Document) -> Result<Vec<u8>, RecordError> {
    let raw = reader.page_bytes(before.page.as_str())?.unwrap_or_default();
    Ok(if raw == before.text.as_bytes() && covered.text != before.text {
        covered.text.clone().into_bytes()
    } else {
        Vec::new()
    })
}

/// What is left of a page that is gone.
struct Tombstone {
    tool: String,
    /// Pictures that no other page shows.
    pictures: BTreeSet<String>,
    note: Note,
}

/// What a redaction changes, found before the first row is touched.
#[derive(Default)]
struct Changes {
    gone: Option<(PageId, Tombstone)>,
    documents: Vec<Document>,
    claims: Vec<Claim>,
    dropped: BTreeSet<String>,
    raw: BTreeMap<PageId, Vec<u8>>,
    columns: Vec<Columns>,
    rulings: Vec<(Ruling, Ruling)>,
}

/// What was said of a page, as its row has it.
pub(crate) struct Columns {
    /// The page.
    pub page: String,
    /// The name of the input.
    pub path: String,
    /// JSON.
    pub meta: String,
    /// JSON.
    pub custody: String,
    /// JSON.
    pub notes: String,
}

impl Columns {
    fn covered(self, name: &Name) -> Option<Columns> {
        let path = name.cover(&self.path);
        let [meta, custody, notes] = [&self.meta, &self.custody, &self.notes].map(|json| name.cover_json(json));
        if path.is_none() && meta.is_none() && custody.is_none() && notes.is_none() {
            return None;
        }
        Some(Columns {
            path: path.unwrap_or(self.path),
            meta: meta.unwrap_or(self.meta),
            custody: custody.unwrap_or(self.custody),
            notes: notes.unwrap_or(self.notes),
            page: self.page,
        })
    }
}

impl Changes {
    fn is_empty(&self) -> bool {
        self.documents.is_empty()
            && self.claims.is_empty()
            && self.raw.is_empty()
            && self.columns.is_empty()
            && self.rulings.is_empty()
    }

    /// Makes them, and fills in the hashes of what is left.
    fn make(self, connection: &Connection, mut redaction: Redaction) -> rusqlite::Result<Redaction> {
        let mut pages: BTreeSet<PageId> = BTreeSet::new();
        for document in &self.documents {
            write::document_again(connection, document)?;
            pages.insert(document.page.clone());
        }
        for claim in &self.claims {
            connection.execute("DELETE FROM claim WHERE id = ?1", [claim.claim_id.as_str()])?;
            write::claim(connection, claim)?;
            pages.insert(page_of(connection, claim)?);
        }
        for id in &self.dropped {
            connection.execute("DELETE FROM claim WHERE id = ?1", [id])?;
        }
        for (page, raw) in &self.raw {
            write::raw(connection, page.as_str(), raw)?;
            pages.insert(page.clone());
        }
        for it in &self.columns {
            let sql = "UPDATE page SET path = ?2, meta = ?3, custody = ?4, notes = ?5 WHERE id = ?1";
            connection.execute(sql, params![it.page, it.path, it.meta, it.custody, it.notes])?;
            pages.insert(PageId::known(&it.page));
        }
        if let Some((page, tombstone)) = &self.gone {
            bury(connection, page, tombstone)?;
            pages.insert(page.clone());
        }
        for (before, covered) in &self.rulings {
            let [was, leaf] = [before, covered].map(|it| leaf::hash(&leaf::ruling(it)));
            write::ruling_again(connection, covered)?;
            redaction.rulings.push(RedactedRuling { number: before.number, was, leaf });
        }
        for page in pages {
            let raw: Option<Vec<u8>> = connection
                .query_row("SELECT zlib, raw FROM page_bytes WHERE page = ?1", [page.as_str()], |row| raw_in(row, 0))
                .optional()?;
            let text = leaf::page(connection, page.as_str())?.unwrap_or_default();
            let raw_sha256 = raw.filter(|raw| !raw.is_empty()).map(|raw| sha256_hex(&raw));
            redaction.pages.push(RedactedPage { page, leaf: leaf::hash(&text), raw_sha256 });
        }
        Ok(redaction)
    }
}

fn page_of(connection: &Connection, claim: &Claim) -> rusqlite::Result<PageId> {
    let sql = "SELECT page FROM document WHERE id = ?1";
    connection.query_row(sql, [claim.document.as_str()], |row| Ok(PageId::known(&row.get::<_, String>(0)?)))
}

/// Takes everything of a page away but its id, its hash and its length.
fn bury(connection: &Connection, page: &PageId, tombstone: &Tombstone) -> rusqlite::Result<()> {
    let of_page = "document IN (SELECT id FROM document WHERE page = ?1)";
    connection.execute(&format!("DELETE FROM claim WHERE {of_page}"), [page.as_str()])?;
    connection.execute("DELETE FROM document WHERE page = ?1", [page.as_str()])?;
    write::raw(connection, page.as_str(), &[])?;
    let custody = Custody { method: "redacted".to_owned(), tool: tombstone.tool.clone(), ..Custody::default() };
    let sql = "UPDATE page SET path = 'redacted', meta = ?2, custody = ?3, notes = ?4 WHERE id = ?1";
    let note = json(&[&tombstone.note]);
    connection.execute(sql, params![page.as_str(), json(&PageMeta::default()), json(&custody), note])?;
    for sha256 in &tombstone.pictures {
        connection.execute("DELETE FROM thumbnail WHERE sha256 = ?1", [sha256])?;
    }
    Ok(())
}
