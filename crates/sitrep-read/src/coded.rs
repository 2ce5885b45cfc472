//! The document of a row of a coded event set.
//!
//! In: a page that is a table's head and one row. Out: its text as it is, with the row as its one block. Looks for no comments, no
//! byline and no date in it: the row says what it says in columns.

use sitrep_model::{Block, BlockKind, Document, DocumentId, Noted, Page, Span};

use crate::charset;
use crate::published::Signals;

/// The document.
pub(crate) fn document(page: &Page) -> Noted<Document> {
    let charset::Decoded { text, mut notes } = charset::decode_page(page);
    let start = text.find('\n').map_or(0, |at| at + 1);
    let end = start + text[start..].trim_end().len();
    let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    let row = Block {
        kind: BlockKind::Body,
        span: Span { start: at(start), end: at(end) },
        links: Vec::new(),
        language: None,
    };
    let document = Document {
        page: page.id.clone(),
        path: page.path.clone(),
        url: page.meta.url.clone(),
        title: None,
        byline: None,
        outlet: page.meta.outlet.clone(),
        language: None,
        published: Signals::given(page).best(&mut notes),
        modified: None,
        blocks: if end > start { vec![row] } else { Vec::new() },
        comments: Vec::new(),
        media: Vec::new(),
        reply_to: None,
        forwarded_from: None,
        translation: None,
        id: DocumentId::of(&[page.id.as_str(), &text]),
        text,
    };
    Noted { value: document, notes }
}
