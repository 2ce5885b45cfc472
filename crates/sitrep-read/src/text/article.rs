//! The article in the lines above a thread: title, byline, date line, paragraphs, lists, captions.
//!
//! In: lines. Out: [`Article`]. Furniture gives no block and no date; a title said twice is a headline once.

use jiff::civil::Date;
use sitrep_model::{Block, BlockKind, Note, Span};

use super::lines::Line;
use crate::cues::{self, Field, Furniture};
use crate::dates;

/// What was understood of the article.
#[derive(Debug, Default)]
pub(crate) struct Article {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) modified: Option<Date>,
    pub(crate) blocks: Vec<Block>,
}

/// Lines at least this long are whole paragraphs, not wrapped ones.
const UNWRAPPED_CHARS: usize = 110;
/// Wrapped lines are filled at least this far.
const WRAPPED_CHARS: usize = 45;
/// Fields are looked for in this many paragraphs at the top, and at the bottom.
const FIELD_PARAGRAPHS: usize = 8;

/// A paragraph: neighbouring lines that belong together.
#[derive(Debug, Clone, Copy)]
struct Paragraph {
    start: usize,
    end: usize,
    bullet: bool,
    n_lines: usize,
    after_related: bool,
}

impl Paragraph {
    fn words<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// The article in `lines`.
pub(crate) fn read(text: &str, lines: &[Line], notes: &mut Vec<Note>) -> Article {
    let paragraphs = paragraphs(text, lines);
    let mut article = Article::default();
    let mut used = vec![false; paragraphs.len()];
    read_fields(text, &paragraphs, &mut used, &mut article);
    let headline = headline(text, &paragraphs, &used);
    if let Some(i) = headline {
        let span = title_span(text, &paragraphs[i]);
        article.title.get_or_insert_with(|| one_line(span.of(text)));
        article.blocks.push(Block { kind: BlockKind::Headline, span, links: Vec::new(), language: None });
        // What stands above the headline is the site's, not the story's.
        used[..=i].fill(true);
    }
    let title = article.title.as_deref().map(folded_title).unwrap_or_default();
    for (i, paragraph) in paragraphs.iter().enumerate().filter(|(i, _)| !used[*i]) {
        let words = paragraph.words(text);
        if paragraph.n_lines <= 3 && !title.is_empty() && folded_title(words) == title {
            continue;
        }
        if paragraph.after_related && !is_prose(words) {
            continue;
        }
        let next = paragraphs.get(i + 1);
        let kind = kind(words, paragraph, next);
        let mut span = Span::new(paragraph.start, paragraph.end);
        if kind == BlockKind::Heading || kind == BlockKind::Quote {
            span = title_span(text, paragraph);
        }
        article.blocks.push(Block { kind, span, links: Vec::new(), language: None });
    }
    if article.blocks.is_empty() && !lines.is_empty() {
        notes.push(Note::new("no-article", "no line of this page reads as an article"));
    }
    article
}

/// Groups lines: a blank line, a bullet, furniture or a long line parts; wrapped lines join.
fn paragraphs(text: &str, lines: &[Line]) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    let mut after_related = false;
    for line in lines {
        match line.furniture {
            Some(Furniture::Related) => after_related = true,
            Some(_) => {}
            None if line.wordless(text) => {}
            None => {
                let joins = before.is_some_and(|b| wrapped(text, b, line));
                match out.last_mut().filter(|_| joins) {
                    Some(last) => {
                        last.end = line.end;
                        last.n_lines += 1;
                    }
                    None => {
                        after_related &= !is_prose(line.words(text));
                        let bullet = line.bullet.is_some();
                        out.push(Paragraph { start: line.body, end: line.end, bullet, n_lines: 1, after_related });
                    }
                }
                before = Some(line);
                continue;
            }
        }
        before = None;
    }
    out
}

/// Whether `line` goes on with the paragraph of `before`.
fn wrapped(text: &str, before: &Line, line: &Line) -> bool {
    if line.gap > 0 || line.bullet.is_some() || starts_apart(text, before) || starts_apart(text, line) {
        return false;
    }
    let n_chars = before.words(text).chars().count();
    let lower = line.words(text).chars().next().is_some_and(char::is_lowercase);
    n_chars < UNWRAPPED_CHARS && (n_chars >= WRAPPED_CHARS || lower)
}

/// A line that tells a field, or a Markdown heading or quote mark, is a paragraph of its own.
fn starts_apart(text: &str, line: &Line) -> bool {
    let words = line.words(text);
    words.starts_with('#') || cues::field(words).is_some()
}

/// Reads byline, date lines and labels at the top and the bottom.
fn read_fields(text: &str, paragraphs: &[Paragraph], used: &mut [bool], article: &mut Article) {
    let n = paragraphs.len();
    let mut prose_seen = 0;
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let words = paragraph.words(text);
        let near = i < FIELD_PARAGRAPHS && prose_seen < 2 || i + 3 >= n;
        prose_seen += usize::from(is_prose(words));
        if !near || paragraph.n_lines > 2 {
            continue;
        }
        let Some((field, value)) = cues::field(words) else { continue };
        let day = || dates::first_full_date(words).map(|f| f.date);
        match field {
            Field::Caption => continue,
            Field::Title => {
                article.title.get_or_insert(value);
            }
            Field::Byline => {
                article.byline.get_or_insert(value);
                if let Some(day) = day() {
                    article.published.get_or_insert(day);
                }
            }
            Field::Published => article.published = article.published.or_else(day),
            Field::Modified => article.modified = article.modified.or_else(day),
            Field::Outlet => {
                article.outlet.get_or_insert(value);
            }
            Field::Url => {
                article.url.get_or_insert(value);
            }
        }
        used[i] = true;
    }
    if article.published.is_none() {
        article.published = paragraphs.iter().take(FIELD_PARAGRAPHS).find_map(|p| dateline_day(p.words(text)));
    }
}

/// The day of a dateline with a year, "VARNESH, Nov. 9, 2017 (VC) – Troops …": place in capitals, date, dash.
fn dateline_day(words: &str) -> Option<Date> {
    let head_end = words.char_indices().take(90).find(|(_, c)| matches!(c, '–' | '—' | '-')).map(|(i, _)| i);
    let found = dates::first_full_date(words).filter(|f| f.end <= 80)?;
    let place = words.get(..found.start)?.trim_end_matches([' ', ',', '(', '/', '|']);
    let capitals =
        place.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && place.chars().any(char::is_alphabetic);
    let dash = words.get(found.end..)?.chars().take(25).any(|c| matches!(c, '–' | '—' | '-'));
    (capitals && place.len() <= 60 && dash && head_end.is_some()).then_some(found.date)
}

/// The paragraph that is the headline: the first short one that is no field; a lone word above a longer one is the site's name.
fn headline(text: &str, paragraphs: &[Paragraph], used: &[bool]) -> Option<usize> {
    let mut first = None;
    for (i, paragraph) in paragraphs.iter().enumerate() {
        if used[i] {
            continue;
        }
        let words = paragraph.words(text);
        if is_prose(words) || paragraph.bullet || cues::field(words).is_some() || words.chars().count() > 250 {
            break;
        }
        if words.split_whitespace().count() >= 4 {
            return Some(i);
        }
        first = first.or(Some(i));
    }
    first.filter(|_| paragraphs.len() > 1)
}

/// Full sentences: long, or ending like one.
fn is_prose(words: &str) -> bool {
    let n_words = words.split_whitespace().count();
    let end = words.trim_end_matches(['"', '”', '’', '\'', ')', '»']).chars().next_back().unwrap_or(' ');
    n_words > 32
        || sentence(words, n_words)
        || (n_words >= 8 && matches!(end, '.' | '!' | '?' | '…' | ':' | ';') && !words.starts_with('#'))
}

/// A short sentence: headlines have capitals all along or no full stop; "Army units entered the town." has a stop and a common word.
fn sentence(words: &str, n_words: usize) -> bool {
    let lower = words.split_whitespace().skip(1).any(|w| w.len() > 3 && w.starts_with(char::is_lowercase));
    n_words >= 4 && words.ends_with('.') && !words.ends_with("..") && lower && words.starts_with(char::is_uppercase)
}

fn kind(words: &str, paragraph: &Paragraph, next: Option<&Paragraph>) -> BlockKind {
    if paragraph.bullet {
        return BlockKind::List;
    }
    if matches!(cues::field(words), Some((Field::Caption, _))) {
        return BlockKind::Caption;
    }
    if words.starts_with('>') {
        return BlockKind::Quote;
    }
    let n_words = words.split_whitespace().count();
    let last = words.chars().next_back().unwrap_or(' ');
    let open = !matches!(last, '.' | '!' | '…' | ',' | ';' | '”' | '"' | ')');
    let upper = words.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    // "Three roads lead there:" and "The minister said:" open something and say something; "Background:" only heads it.
    let open = open && !(last == ':' && (n_words > 2 || next.is_some_and(|n| n.bullet)));
    let heads = words.starts_with('#') || (n_words <= 12 && open && upper && paragraph.n_lines == 1 && next.is_some());
    if heads { BlockKind::Heading } else { BlockKind::Body }
}

/// The span without Markdown's marks at its start.
fn title_span(text: &str, paragraph: &Paragraph) -> Span {
    let words = paragraph.words(text);
    let bare = words.trim_start_matches(['#', '>', ' ']);
    Span::new(paragraph.end - bare.len(), paragraph.end)
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title for comparing: words only, a label before a colon and a remark in brackets left out.
fn folded_title(title: &str) -> String {
    let title = title.trim_start_matches(['#', ' ']);
    let bare = match (title.rfind('('), title.ends_with(')')) {
        (Some(at), true) if at > 0 => &title[..at],
        _ => title,
    };
    let bare = match bare.split_once(": ") {
        Some((label, rest)) if label.split_whitespace().count() <= 2 && rest.split_whitespace().count() >= 3 => rest,
        _ => bare,
    };
    let words: Vec<String> =
        bare.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}
