//! Word documents (Office Open XML): paragraphs, headings, lists, tables, footnotes.
//!
//! In: the bytes of a .docx file. Out: the document. Deleted text and reviewers' comments are left out, inserted text is kept; nothing
//! the file links to is fetched, no macro is looked at, and no part is unpacked past the limit.

mod body;
mod parts;

use std::io::Cursor;

use sitrep_model::{Document, Note, Noted, Page};

use crate::carriers::zip::directory::Directory;
use crate::office::{self, Paper, Paragraph};
use body::Body;

/// The most that one part of a document may unpack to.
const MAX_PART_BYTES: u64 = 100 * 1024 * 1024;
/// The part that holds the text.
const TEXT: &str = "word/document.xml";

/// The document of a Word file.
pub(crate) fn document(page: &Page) -> Noted<Document> {
    let mut notes = Vec::new();
    let paper = match Directory::of(Box::new(Cursor::new(&page.raw[..]))) {
        Ok(directory) => paper(&directory, &mut notes),
        Err(why) => {
            notes.push(Note::new("docx-damaged", why));
            Paper::default()
        }
    };
    office::document(page, paper, notes)
}

fn paper(directory: &Directory<'_>, notes: &mut Vec<Note>) -> Paper {
    if directory.named(TEXT).is_none() {
        notes.push(Note::new("docx-damaged", "is a zip file without a document in it"));
        return Paper::default();
    }
    let mut read = |name: &str| match part(directory, name) {
        Ok(part) => part.unwrap_or_default(),
        Err((code, why)) => {
            notes.push(Note::new(code, format!("{name} {why}")));
            String::new()
        }
    };
    let styles = parts::styles(&read("word/styles.xml"));
    let links = parts::links(&read("word/_rels/document.xml.rels"));
    let mut paper = parts::properties(&read("docProps/core.xml"));
    let text = Body::read(&read(TEXT), &styles, &links);
    let footnotes = Body::read(&read("word/footnotes.xml"), &styles, &links);
    let endnotes = Body::read(&read("word/endnotes.xml"), &styles, &links);
    if text.n_deleted > 0 {
        let message = format!("{} stretches of deleted text are left out", text.n_deleted);
        notes.push(Note::new("tracked-deletions", message));
    }
    if text.is_cut {
        notes.push(Note::new("docx-damaged", "the text is damaged: read as far as it goes"));
    }
    paper.paragraphs = text.paragraphs;
    paper.paragraphs.extend(numbered(footnotes));
    paper.paragraphs.extend(numbered(endnotes));
    paper
}

/// Notes with the marks by which the text refers to them.
fn numbered(body: Body) -> impl Iterator<Item = Paragraph> {
    let notes = body.notes.into_iter();
    body.paragraphs.into_iter().zip(notes).map(|(paragraph, id)| match id {
        Some(id) => Paragraph { text: format!("[{id}] {}", paragraph.text.trim()), ..paragraph },
        None => paragraph,
    })
}

/// A part's text; `None` when the file has no such part.
fn part(directory: &Directory<'_>, name: &str) -> Result<Option<String>, (&'static str, String)> {
    let Some(entry) = directory.named(name) else { return Ok(None) };
    let unpacked = directory.bytes(entry, MAX_PART_BYTES)?;
    Ok(Some(match String::from_utf8(unpacked.bytes) {
        Ok(text) => text,
        Err(error) => {
            let raw = error.into_bytes();
            let (encoding, _) = encoding_rs::Encoding::for_bom(&raw).unwrap_or((encoding_rs::UTF_8, 0));
            encoding.decode(&raw).0.into_owned()
        }
    }))
}
