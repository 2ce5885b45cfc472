//! Plain text: a report saved or pasted as text, often with its comment thread and the page's furniture.
//!
//! In: a page of plain text. Out: the document; its text is the file as given. Never drops a comment it does not like.
//!
//! Lines are read once ([`lines`]); [`thread`] says where the comments begin; [`article`] reads what stands above them;
//! [`bullets`] and [`pasted`] read the comments in the two layouts threads survive in.

mod article;
mod bullets;
mod lines;
mod pasted;
mod thread;

use sitrep_model::{Document, DocumentId, Note, Noted, Page};

use crate::published::{Kind, Signals};
use crate::{charset, comments};

/// The document of a plain-text page.
pub(crate) fn document(page: &Page) -> Noted<Document> {
    let charset::Decoded { text, mut notes } = charset::decode_page(page);
    let (lines, all) = lines::lines(&text);
    if !all {
        let message = format!("more than {} lines: the rest is kept but not read", lines::MAX_LINES);
        notes.push(Note::new("page-too-long", message));
    }
    let found = thread::find(&text, &lines);
    let article = article::read(&text, &lines[..found.article_end], &mut notes);
    let mut signals = Signals::given(page);
    if let Some(date) = article.published {
        signals.add_day(Kind::CueNear, date);
    }
    if let Some(date) = article.url.as_deref().and_then(crate::dates::date_in_url) {
        signals.add_day(Kind::Url, date);
    }
    let raw = match found.layout {
        thread::Layout::None => Vec::new(),
        thread::Layout::Bullets => bullets::read(&text, &lines[found.start..found.end]),
        thread::Layout::Pasted => pasted::read(&text, &lines[found.start..found.end]),
    };
    let id = DocumentId::of(&[page.id.as_str(), &text]);
    let comments = comments::finished(&id, &text, raw, page.meta.retrieved);
    let document = Document {
        page: page.id.clone(),
        path: page.path.clone(),
        url: page.meta.url.clone().or(article.url),
        title: article.title,
        byline: article.byline,
        outlet: page.meta.outlet.clone().or(article.outlet),
        language: None,
        published: signals.best(&mut notes),
        modified: article.modified,
        blocks: article.blocks,
        comments,
        media: Vec::new(),
        reply_to: None,
        forwarded_from: None,
        translation: None,
        id,
        text,
    };
    Noted { value: document, notes }
}
