//! Cuts a document into passages and has each analysed: one passage per article block and per comment paragraph.
//!
//! In: a document. Out: passages with voice, place in the text and analysis. Never joins text across blocks.

use sitrep_language::Analysis;
use sitrep_model::{BlockKind, Document, Span, Voice};

use crate::Kit;

/// One block or comment paragraph, analysed.
pub(crate) struct Passage {
    /// Who speaks.
    pub(crate) voice: Voice,
    /// What part of the article, when it is the article.
    pub(crate) block: Option<BlockKind>,
    /// Index into the document's comments, when a reader speaks.
    pub(crate) comment: Option<usize>,
    /// Where it stands in the document's text.
    pub(crate) span: Span,
    /// Tokens, trees and entities; their spans are relative to the passage.
    pub(crate) analysis: Analysis,
}

impl Passage {
    /// The passage's own text.
    pub(crate) fn text<'d>(&self, document: &'d Document) -> &'d str {
        self.span.of(&document.text)
    }

    /// The place in the document's text of tokens `first..end`.
    pub(crate) fn span_of(&self, first: usize, end: usize) -> Span {
        let tokens = &self.analysis.tokens;
        Span { start: tokens[first].start, end: tokens[end - 1].end }.shifted(self.span.start)
    }
}

/// Analyses every passage of `document` that is in English.
pub(crate) fn parse(kit: &Kit, document: &Document) -> Vec<Passage> {
    let mut passages = Vec::new();
    for block in document.blocks.iter().filter(|block| english(block.language.as_ref().or(document.language.as_ref())))
    {
        let voice = match block.kind {
            BlockKind::Headline => Voice::Headline,
            BlockKind::Caption => Voice::Caption,
            _ => Voice::Article,
        };
        let mut span = block.span;
        if voice == Voice::Article {
            span = Span::new(span.start as usize + crate::dateline::length(span.of(&document.text)), span.end as usize);
        }
        push(kit, document, &mut passages, (voice, Some(block.kind), None), span);
    }
    if !english(document.language.as_ref()) {
        return passages;
    }
    for (index, comment) in document.comments.iter().enumerate() {
        for span in paragraphs(&document.text, comment.span) {
            push(kit, document, &mut passages, (Voice::Comment, None, Some(index)), span);
        }
    }
    passages
}

/// Whether a text in that language is analysed; a text of unknown language is taken for English.
fn english(tag: Option<&String>) -> bool {
    tag.is_none_or(|tag| tag == "en" || tag.starts_with("en-"))
}

type Part = (Voice, Option<BlockKind>, Option<usize>);

fn push(kit: &Kit, document: &Document, passages: &mut Vec<Passage>, (voice, block, comment): Part, span: Span) {
    let text = span.of(&document.text);
    if !text.trim().is_empty() {
        passages.push(Passage { voice, block, comment, span, analysis: kit.language.analyze(text) });
    }
}

/// The non-empty lines inside `span`, without the white space around them.
fn paragraphs(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let mut at = span.start as usize;
    span.of(text).split_inclusive('\n').filter_map(move |line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let trimmed = line.trim();
        (!trimmed.is_empty()).then(|| Span::new(start, start + trimmed.len()))
    })
}
