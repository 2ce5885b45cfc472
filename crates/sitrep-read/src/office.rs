//! Papers: what PDF files and Word documents have in common once their text is out.
//!
//! In: paragraphs in reading order and what the file says about itself. Out: the document; its text is the paragraphs, a blank line
//! between them. Never takes the day a file was made for the day of publication when the paper itself names one.

use jiff::civil::Date;
use sitrep_model::{Block, BlockKind, Document, DocumentId, Note, Noted, Page, Span};

use crate::cues::{self, Field};
use crate::dates;
use crate::published::{Kind, Signals};

/// Paragraphs at the top of a paper in which its byline and date are looked for.
const TOP_PARAGRAPHS: usize = 10;
/// The longest line that can be a date or byline on its own.
const FIELD_BYTES: usize = 120;
/// Programs' own names for a file nobody named.
const NO_TITLES: [&str; 5] = ["untitled", "document", "microsoft word - ", "powerpoint presentation", "slide 1"];

/// What programs put where nobody gave an author.
const NO_AUTHORS: [&str; 8] =
    ["(anonymous)", "anonymous", "unknown", "author", "user", "admin", "administrator", "python-docx"];

/// One paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
    pub(crate) links: Vec<String>,
}

impl Paragraph {
    pub(crate) fn new(kind: BlockKind, text: String) -> Paragraph {
        Paragraph { kind, text, links: Vec::new() }
    }
}

/// What a file says.
#[derive(Debug, Default)]
pub(crate) struct Paper {
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) created: Option<Date>,
    pub(crate) modified: Option<Date>,
    pub(crate) language: Option<String>,
    pub(crate) paragraphs: Vec<Paragraph>,
}

/// The document of a paper.
pub(crate) fn document(page: &Page, paper: Paper, mut notes: Vec<Note>) -> Noted<Document> {
    let mut paragraphs = paper.paragraphs;
    let shown = paragraphs.iter().find(|p| p.kind == BlockKind::Headline).map(|p| p.text.clone());
    let named = paper.title.filter(|title| is_title(title));
    let mut byline = None;
    let mut signals = Signals::given(page);
    let mut shown_day = None;
    let mut modified = None;
    let mut at = 0;
    paragraphs.retain(|paragraph| {
        at += 1;
        if at > TOP_PARAGRAPHS || paragraph.text.len() > FIELD_BYTES || paragraph.kind == BlockKind::Headline {
            return true;
        }
        let day = dates::first_full_date(&paragraph.text).map(|found| found.date);
        match cues::field(&paragraph.text) {
            Some((Field::Byline, name)) => {
                byline.get_or_insert(name);
                shown_day = shown_day.or(day);
                false
            }
            Some((Field::Published, _)) => {
                shown_day = shown_day.or(day);
                false
            }
            Some((Field::Modified, _)) => {
                modified = modified.or(day);
                false
            }
            // A line that is little but a date, as papers have below their title, is kept: it may be a dateline.
            _ => {
                if shown_day.is_none() && paragraph.text.len() <= 40 {
                    shown_day = day;
                }
                true
            }
        }
    });
    signals_of(&mut signals, shown_day, paper.created, &mut notes);
    let title = shown.or(named);
    let (text, blocks) = written(paragraphs);
    if blocks.is_empty() {
        notes.push(Note::new("no-article", "no text in this file"));
    }
    let id = DocumentId::of(&[page.id.as_str(), &text]);
    let document = Document {
        page: page.id.clone(),
        path: page.path.clone(),
        url: page.meta.url.clone(),
        title,
        byline: byline.or(paper.author.filter(|name| !NO_AUTHORS.contains(&name.to_lowercase().as_str()))),
        outlet: page.meta.outlet.clone(),
        language: paper.language,
        published: signals.best(&mut notes),
        modified: modified.or(paper.modified.filter(|day| Some(*day) != paper.created)),
        blocks,
        comments: Vec::new(),
        media: Vec::new(),
        reply_to: None,
        forwarded_from: None,
        translation: None,
        id,
        text,
    };
    Noted { value: document, notes }
}

/// A paper's own date beats the day its file was made: files are exported, scanned and converted years later.
fn signals_of(signals: &mut Signals, shown: Option<Date>, created: Option<Date>, notes: &mut Vec<Note>) {
    match (shown, created) {
        (Some(shown), Some(created)) if (shown - created).get_days().abs() > 1 => {
            signals.add_day(Kind::CueNear, shown);
            let message =
                format!("dated {shown} on its first page, but the file was made on {created}; kept the first");
            notes.push(Note::new("publication-dates-differ", message));
        }
        (Some(shown), _) => signals.add_day(Kind::CueNear, shown),
        (None, Some(created)) => signals.add_day(Kind::MetaDated, created),
        (None, None) => {}
    }
}

fn written(paragraphs: Vec<Paragraph>) -> (String, Vec<Block>) {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for paragraph in paragraphs {
        let words = paragraph.text.trim();
        if words.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(words);
        let span = Span::new(start, text.len());
        blocks.push(Block { kind: paragraph.kind, span, links: paragraph.links, language: None });
    }
    (text, blocks)
}

/// Whether a title in a file's properties is one: not a file's name, and not what a program calls it by itself.
fn is_title(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    let file = [".doc", ".docx", ".pdf", ".indd", ".qxd", ".tmp", ".rtf"].iter().any(|ending| lower.ends_with(ending));
    let words = lower.split_whitespace().count();
    !file && words > 1 && !NO_TITLES.iter().any(|no| lower.starts_with(no))
}
