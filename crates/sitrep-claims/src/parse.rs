//! Cuts a document into passages and has each analysed: one passage per article block and per comment paragraph.
//!
//! In: a document. Out: passages with voice, place in the text and analysis. Never joins text across blocks.

use sitrep_language::Analysis;
use sitrep_model::{BlockKind, Document, Span, Voice};

use crate::mend::mend;
use crate::{Kit, case};

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
    /// The passage in ordinary case, byte for byte as long, when it is written in capitals.
    pub(crate) recased: Option<String>,
    /// Tokens, trees and entities; their spans are relative to the passage.
    pub(crate) analysis: Analysis,
}

impl Passage {
    /// The passage's own text, in ordinary case.
    pub(crate) fn text<'d>(&'d self, document: &'d Document) -> &'d str {
        self.recased.as_deref().unwrap_or_else(|| self.span.of(&document.text))
    }

    /// The place in the document's text of tokens `first..end`.
    pub(crate) fn span_of(&self, first: usize, end: usize) -> Span {
        let tokens = &self.analysis.tokens;
        Span { start: tokens[first].start, end: tokens[end - 1].end }.shifted(self.span.start)
    }
}

/// Analyses every passage of `document` that is in English.
pub(crate) fn parse(kit: &Kit, document: &Document) -> Vec<Passage> {
    let spoken: Vec<Stretch> = stretches(document).into_iter().filter(|s| !s.dateline).collect();
    let shouts = spoken.iter().any(|s| case::shouted(s.span.of(&document.text)));
    let restorer = kit.restorer();
    let learnt = if shouts { restorer.learn(document, spoken.iter().map(|s| s.span)) } else { case::Learnt::default() };
    spoken
        .into_iter()
        .map(|Stretch { voice, block, comment, span, .. }| {
            let text = span.of(&document.text);
            let recased = case::shouted(text).then(|| restorer.restored(text, &learnt));
            let read = recased.as_deref().unwrap_or(text);
            let mut analysis = kit.language.analyze(read);
            mend(&mut analysis, read);
            Passage { voice, block, comment, span, recased, analysis }
        })
        .collect()
}

/// A piece of a document one voice speaks, before its analysis.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    pub(crate) voice: Voice,
    pub(crate) block: Option<BlockKind>,
    pub(crate) comment: Option<usize>,
    /// Place and day before a report's first word: no passage of its own.
    pub(crate) dateline: bool,
    pub(crate) span: Span,
}

/// The pieces of `document` in reading order that are in English, none of them blank.
pub(crate) fn stretches(document: &Document) -> Vec<Stretch> {
    let mut all = Vec::with_capacity(document.blocks.len());
    let mut push = |stretch: Stretch| {
        if !stretch.span.of(&document.text).trim().is_empty() {
            all.push(stretch);
        }
    };
    let blocks = document.blocks.iter();
    for block in blocks.filter(|b| english(b.language.as_ref().or(document.language.as_ref()))) {
        let voice = match block.kind {
            BlockKind::Headline => Voice::Headline,
            BlockKind::Caption => Voice::Caption,
            _ => Voice::Article,
        };
        let (mut span, kind) = (block.span, Some(block.kind));
        if voice == Voice::Article {
            let (start, end) = (span.start as usize, span.end as usize);
            let body = start + crate::dateline::length(span.of(&document.text));
            push(Stretch { voice, block: kind, comment: None, dateline: true, span: Span::new(start, body) });
            span = Span::new(body, end);
        }
        push(Stretch { voice, block: kind, comment: None, dateline: false, span });
    }
    let comments = document.comments.iter().enumerate();
    for (index, comment) in comments.filter(|(_, c)| english(c.language.as_ref().or(document.language.as_ref()))) {
        for span in paragraphs(&document.text, comment.span) {
            push(Stretch { voice: Voice::Comment, block: None, comment: Some(index), dateline: false, span });
        }
    }
    all
}

/// Whether a text in that language is analysed; a text of unknown language is taken for English.
fn english(tag: Option<&String>) -> bool {
    tag.is_none_or(|tag| tag == "en" || tag.starts_with("en-"))
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
