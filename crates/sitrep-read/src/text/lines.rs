//! A text as lines: where each begins and ends, how far it is indented, whether it is a list item or furniture.
//!
//! In: text. Out: the lines that are not blank, in order. Understands no sentence.

use crate::cues::{self, Furniture};

/// Lines past this number are kept in the text but not read: a bound on memory, far above any report.
pub(crate) const MAX_LINES: usize = 200_000;
const TAB_COLUMNS: usize = 4;

/// A line with something on it. Offsets are bytes of the whole text; `start..end` leaves out leading and trailing space.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Where the words begin: after the bullet, when there is one.
    pub(crate) body: usize,
    /// Columns of space before `start`.
    pub(crate) indent_columns: usize,
    pub(crate) bullet: Option<char>,
    /// Blank lines before it.
    pub(crate) gap: usize,
    pub(crate) furniture: Option<Furniture>,
}

impl Line {
    /// The words of the line, without its bullet.
    pub(crate) fn words<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.body..self.end).unwrap_or("")
    }

    /// Whether the line has no letter and no digit: a rule, a smiley.
    pub(crate) fn wordless(&self, text: &str) -> bool {
        !self.words(text).chars().any(char::is_alphanumeric)
    }
}

/// The lines of `text`, and whether all of them were read.
pub(crate) fn lines(text: &str) -> (Vec<Line>, bool) {
    let mut out: Vec<Line> = Vec::new();
    let (mut at, mut gap) = (0, 0);
    let mut before = None;
    for whole in text.split_inclusive(['\n', '\r']) {
        let from = at;
        at += whole.len();
        let bare = whole.trim_end_matches(is_space);
        if bare.trim_start_matches(is_space).is_empty() {
            // "\r\n" is one line end, not a line end and a blank line.
            gap += usize::from(whole != "\n" || !text[..from].ends_with('\r'));
            continue;
        }
        if out.len() == MAX_LINES {
            return (out, false);
        }
        let line = line(bare, from, gap, before);
        before = line.furniture;
        out.push(line);
        gap = 0;
    }
    (out, true)
}

fn line(bare: &str, from: usize, gap: usize, before: Option<Furniture>) -> Line {
    let inner = bare.trim_start_matches(is_space);
    let lead = &bare[..bare.len() - inner.len()];
    let indent_columns = lead.chars().map(|c| if c == '\t' { TAB_COLUMNS } else { usize::from(c != '\u{FEFF}') }).sum();
    let start = from + lead.len();
    let end = from + bare.len();
    let (bullet, body) = match bullet(inner) {
        Some((mark, skip)) => (Some(mark), start + skip),
        None => (None, start),
    };
    let words = &inner[body - start..];
    let furniture =
        cues::furniture(inner, before).or_else(|| if bullet.is_some() { cues::furniture(words, before) } else { None });
    Line { start, end, body, indent_columns, bullet, gap, furniture }
}

/// White space, and the marks that look like none.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{200E}' | '\u{200F}')
}

/// The bullet a line opens with and how many bytes to skip to its words. A dash, star or plus is one only before a space.
fn bullet(inner: &str) -> Option<(char, usize)> {
    let mark = inner.chars().next()?;
    let rest = &inner[mark.len_utf8()..];
    let words = rest.trim_start_matches(is_space);
    let spaced = words.len() < rest.len() || rest.is_empty();
    let is_one = match mark {
        '•' | '◦' | '‣' | '▪' | '▫' | '●' | '○' | '∙' | '⁃' | '■' | '□' | '◆' | '◇' | '➢' | '➤' | '▸' | '▶' | '►' => {
            true
        }
        '-' | '*' | '+' | '–' | '—' | '·' | 'o' => spaced && words.chars().any(char::is_alphanumeric),
        _ => false,
    };
    // "o" is how a word processor's round bullet survives as text, but only with the space it left.
    let is_one = is_one && (mark != 'o' || rest.starts_with(['\t', '\u{A0}']) || rest.starts_with("  "));
    is_one.then(|| (mark, inner.len() - words.len()))
}

/// Whether `words` could be the name a reader goes by: short, and not a sentence.
pub(crate) fn name_like(words: &str) -> bool {
    let n_words = words.split_whitespace().count();
    let n_chars = words.chars().count();
    let last = words.chars().next_back().unwrap_or(' ');
    let sentence = matches!(last, '!' | '?' | '…' | ',' | ';' | ':') || (last == '.' && n_words > 2);
    (1..=6).contains(&n_words) && n_chars <= 50 && !sentence && words.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indents_bullets_and_gaps() {
        let text = "\u{FEFF}Title\r\n\r\n\t* one\n  • two \n\n\n- \n--- x\n-5 degrees";
        let (lines, all) = lines(text);
        assert!(all);
        let seen: Vec<_> = lines.iter().map(|l| (l.words(text), l.indent_columns, l.bullet, l.gap)).collect();
        assert_eq!(
            seen,
            [
                ("Title", 0, None, 0),
                ("one", 4, Some('*'), 1),
                ("two", 2, Some('•'), 0),
                ("-", 0, None, 2),
                ("--- x", 0, None, 0),
                ("-5 degrees", 0, None, 0)
            ]
        );
    }

    #[test]
    fn names_and_sentences() {
        for name in ["quill_7", "You can call me Al", "John D.", "محمود"] {
            assert!(name_like(name), "{name}");
        }
        for sentence in ["wrong news !", "They left at dawn.", "What a mess this whole long affair is", "?"] {
            assert!(!name_like(sentence), "{sentence}");
        }
    }
}
