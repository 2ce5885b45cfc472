//! The text of a Word document, paragraph by paragraph.
//!
//! In: the XML of the text, of footnotes or of endnotes. Out: [`Body`]: paragraphs with their kinds and links. Rows of a table become a
//! line each, cells apart by a bar. Never keeps deleted or moved-away text, nor field codes.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use sitrep_model::BlockKind;

use super::parts::{Links, Styles, attribute, kind_of, referred};
use crate::office::Paragraph;

/// Paragraphs inside paragraphs (text boxes) deeper than this are read as if side by side.
const MAX_DEPTH: usize = 32;

/// What was read of one part.
#[derive(Default)]
pub(super) struct Body {
    pub(super) paragraphs: Vec<Paragraph>,
    /// For each paragraph the note it begins, by its mark.
    pub(super) notes: Vec<Option<String>>,
    /// Stretches of deleted text left out.
    pub(super) n_deleted: usize,
    /// Whether damage ended the part early.
    pub(super) is_cut: bool,
}

#[derive(Default)]
struct Open {
    text: String,
    links: Vec<String>,
    kind: Option<BlockKind>,
    is_item: bool,
}

struct State<'x> {
    styles: &'x Styles,
    links: &'x Links,
    body: Body,
    /// Paragraphs begun and not ended: more than one inside a text box.
    open: Vec<Open>,
    /// Elements begun whose content is left out.
    n_skipped: usize,
    /// Cells of the rows begun: one list for each table inside a table.
    rows: Vec<Vec<String>>,
    in_text: bool,
    note: Option<String>,
}

impl Body {
    /// Reads a part.
    pub(super) fn read(xml: &str, styles: &Styles, links: &Links) -> Body {
        let mut state = State {
            styles,
            links,
            body: Body::default(),
            open: Vec::new(),
            n_skipped: 0,
            rows: Vec::new(),
            in_text: false,
            note: None,
        };
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => state.start(&element),
                Ok(Event::Empty(element)) => state.empty(&element),
                Ok(Event::End(element)) => state.end(element.local_name().as_ref()),
                Ok(Event::Text(text)) => state.text(&text),
                Ok(Event::CData(text)) => state.text(&text),
                Ok(Event::GeneralRef(reference)) => {
                    if let Some(c) = referred(&reference) {
                        state.text(c.encode_utf8(&mut [0; 4]));
                    }
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(_) => {
                    state.body.is_cut = true;
                    break;
                }
            }
        }
        while !state.open.is_empty() {
            state.end("p");
        }
        state.body
    }
}

impl State<'_> {
    fn start(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name = name.as_ref();
        if self.n_skipped > 0 {
            self.n_skipped += 1;
            return;
        }
        match name {
            "del" | "moveFrom" => {
                self.body.n_deleted += 1;
                self.n_skipped = 1;
            }
            // The same once more, for programs that do not know the first way to say it.
            "Fallback" | "instrText" | "delText" => self.n_skipped = 1,
            "footnote" | "endnote" => {
                // Separators between text and notes are no notes.
                match attribute(element, "type").as_deref() {
                    None | Some("normal") => self.note = attribute(element, "id"),
                    Some(_) => self.n_skipped = 1,
                }
            }
            "p" if self.open.len() < MAX_DEPTH => self.open.push(Open::default()),
            "t" => self.in_text = true,
            "tr" => self.rows.push(Vec::new()),
            "tc" => {
                if let Some(cells) = self.rows.last_mut() {
                    cells.push(String::new());
                }
            }
            _ => self.empty(element),
        }
    }

    fn empty(&mut self, element: &BytesStart<'_>) {
        if self.n_skipped > 0 {
            return;
        }
        let Some(open) = self.open.last_mut() else { return };
        match element.local_name().as_ref() {
            "pStyle" => {
                let style = attribute(element, "val").unwrap_or_default();
                open.kind = self.styles.get(&style).copied().or_else(|| kind_of(&style));
            }
            "numPr" => open.is_item = true,
            "tab" => open.text.push('\t'),
            "br" | "cr" => open.text.push('\n'),
            "noBreakHyphen" => open.text.push('-'),
            "hyperlink" => {
                open.links.extend(attribute(element, "id").and_then(|id| self.links.get(&id)).cloned());
            }
            "footnoteReference" | "endnoteReference" => {
                if let Some(id) = attribute(element, "id") {
                    open.text.push_str(&format!("[{id}]"));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, words: &str) {
        if self.in_text
            && self.n_skipped == 0
            && let Some(open) = self.open.last_mut()
        {
            open.text.push_str(words);
        }
    }

    fn end(&mut self, name: &str) {
        if self.n_skipped > 0 {
            self.n_skipped -= 1;
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" => self.paragraph(),
            "tr" => {
                let cells = self.rows.pop().unwrap_or_default();
                let cells: Vec<String> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
                let row = cells.join(" | ");
                match self.rows.last_mut().and_then(|cells| cells.last_mut()) {
                    Some(outer) => joined(outer, &row),
                    None => self.push(Paragraph::new(BlockKind::Body, row)),
                }
            }
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let text = tidy(&open.text);
        if let Some(cell) = self.rows.last_mut().and_then(|cells| cells.last_mut()) {
            joined(cell, &text);
            return;
        }
        let kind = match open.kind {
            Some(kind) => kind,
            None if open.is_item => BlockKind::List,
            None => BlockKind::Body,
        };
        self.push(Paragraph { kind, text, links: open.links });
    }

    fn push(&mut self, paragraph: Paragraph) {
        if !paragraph.text.is_empty() {
            self.body.paragraphs.push(paragraph);
            self.body.notes.push(self.note.take());
        }
    }
}

fn joined(cell: &mut String, words: &str) {
    if !cell.is_empty() && !words.is_empty() {
        cell.push(' ');
    }
    cell.push_str(words);
}

/// A paragraph's words: lines kept apart, other white space one space.
fn tidy(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
