//! Characters that change how text looks without being seen: direction controls, zero-width characters, control codes.
//!
//! In: text from anywhere. Out: the same text with those characters shown as marks like `⟨RLO⟩`, so that nobody can reorder or
//! hide words in a view. Never touches letters, and never the stored text.

use std::borrow::Cow;

/// The text with every invisible control shown; newlines and tabs stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| mark(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match mark(c) {
            Some(name) => {
                out.push('⟨');
                out.push_str(name);
                out.push('⟩');
            }
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The same on one line: runs of white space become one blank.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&visible(word));
    }
    out
}

/// No sentence or passage is longer than this in a view for people; exports keep the whole.
pub(crate) const MOST_SHOWN_CHARS: usize = 600;

/// The text cut to what people read at a glance, the cut shown.
pub(crate) fn brief(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MOST_SHOWN_CHARS) {
        Some((cut, _)) => Cow::Owned(format!("{} …", text[..cut].trim_end())),
        None => Cow::Borrowed(text),
    }
}

fn mark(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{61C}' => "ALM",
        '\u{200B}' => "ZWSP",
        '\u{200E}' => "LRM",
        '\u{200F}' => "RLM",
        '\u{202A}' => "LRE",
        '\u{202B}' => "RLE",
        '\u{202C}' => "PDF",
        '\u{202D}' => "LRO",
        '\u{202E}' => "RLO",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{FEFF}' => "BOM",
        '\u{2028}' => "LS",
        '\u{2029}' => "PS",
        '\u{1B}' => "ESC",
        '\n' | '\t' | '\r' => return None,
        '\u{FFFE}' | '\u{FFFF}' => "NONCHAR",
        c if c.is_control() => "CTRL",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_controls_are_seen_and_plain_text_is_untouched() {
        assert_eq!(visible("a\u{202E}cod.exe"), "a⟨RLO⟩cod.exe");
        assert_eq!(visible("\u{1B}[31mred"), "⟨ESC⟩[31mred");
        assert!(matches!(visible("Dayr az-Zawr دير الزور 🛰"), Cow::Borrowed(_)));
        assert_eq!(one_line(" two\n lines\u{200F} "), "two lines⟨RLM⟩");
    }
}
