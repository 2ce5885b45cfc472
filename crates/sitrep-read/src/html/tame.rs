//! Takes out of a page, before the tokenizer sees it, what nobody reads and what would hold it up: programs and styles, which are
//! most of the bytes of many pages, and the excess of tags with absurdly many attributes, each of which the tokenizer compares
//! with all before it: hours, for a tag with a million of them.
//!
//! In: HTML text. Out: the same text, or a copy without those. Never touches words, or scripts that hold data (JSON).

use std::borrow::Cow;

const MAX_ATTRIBUTES: usize = 500;

/// `html` without programs, styles and the attributes past the 500th of any tag.
pub(crate) fn tame(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut out: Option<String> = None;
    let (mut at, mut copied) = (0, 0);
    let mut leave_out = |copied: &mut usize, from: usize, to: usize| {
        out.get_or_insert_with(|| String::with_capacity(html.len() / 2)).push_str(&html[*copied..from]);
        *copied = to;
    };
    while let Some(open) = find(bytes, at, b"<") {
        at = open + 1;
        let rest = &bytes[at..];
        if rest.starts_with(b"!--") {
            at = find(bytes, at, b"-->").unwrap_or(bytes.len());
        } else if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            let tag = tag(bytes, at);
            if let Some(cut) = tag.cut {
                leave_out(&mut copied, cut, tag.end);
            }
            at = tag.end;
            for raw in ["script", "style"] {
                if is_named(rest, raw) {
                    let inside = (tag.end + 1).min(bytes.len());
                    let data = rest[..tag.end - open - 1].windows(4).any(|w| w.eq_ignore_ascii_case(b"json"));
                    at = raw_end(bytes, inside, raw.as_bytes());
                    if !data && at > inside {
                        leave_out(&mut copied, inside, at);
                    }
                }
            }
        }
    }
    match out {
        Some(mut out) => {
            out.push_str(&html[copied..]);
            Cow::Owned(out)
        }
        None => Cow::Borrowed(html),
    }
}

/// Where the tag or comment that opens at `open` ends, together with what stands inside when it is one of `raw`.
pub(crate) fn past_tag(html: &str, open: usize, raw: &[&str]) -> usize {
    let bytes = html.as_bytes();
    let (at, rest) = (open + 1, &bytes[open + 1..]);
    let end = if rest.starts_with(b"!--") {
        find(bytes, at, b"-->").map_or(bytes.len(), |e| e + 3)
    } else if rest.first().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?')) {
        let end = tag(bytes, at).end;
        match raw.iter().find(|name| is_named(rest, name)) {
            Some(name) => raw_end(bytes, end, name.as_bytes()),
            None => end + 1,
        }
    } else {
        at
    };
    end.min(bytes.len())
}

/// Whether what follows `<` is the name of this element.
fn is_named(rest: &[u8], name: &str) -> bool {
    rest.len() > name.len()
        && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        && !rest[name.len()].is_ascii_alphanumeric()
}

struct Extent {
    /// Offset of the `>` that ends the tag, or the end of the page.
    end: usize,
    /// Where the attributes become too many.
    cut: Option<usize>,
}

/// How far the tag whose name starts at `from` goes, by HTML's rules for quotes.
fn tag(bytes: &[u8], from: usize) -> Extent {
    let (mut at, mut n_attributes, mut cut) = (from, 0usize, None);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => break,
            b'=' => {
                at += 1;
                while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                    at += 1;
                }
                if let Some(&quote) = bytes.get(at).filter(|q| matches!(q, b'"' | b'\'')) {
                    at = find(bytes, at + 1, &[quote]).map_or(bytes.len(), |q| q + 1);
                } else {
                    while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && *b != b'>') {
                        at += 1;
                    }
                }
            }
            b if b.is_ascii_whitespace() || b == b'/' => {
                n_attributes += 1;
                if n_attributes == MAX_ATTRIBUTES {
                    cut = Some(at);
                }
                while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
                    at += 1;
                }
            }
            _ => at += 1,
        }
    }
    Extent { end: at.min(bytes.len()), cut }
}

/// Where the raw text of a script or style ends.
fn raw_end(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let mut at = from;
    while let Some(close) = find(bytes, at, b"</") {
        if bytes.get(close + 2..close + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return close;
        }
        at = close + 2;
    }
    bytes.len()
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut at = from;
    while let Some(step) = bytes.get(at..)?.iter().position(|b| *b == first) {
        at += step;
        if bytes[at..].starts_with(what) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_pass_untouched() {
        let html =
            "<p class='a > b'>x<!-- <b --><script type='application/ld+json'>{'</p>': 1}</script><a href=x>é</a> 3 < 4";
        assert!(matches!(tame(html), Cow::Borrowed(_)));
    }

    #[test]
    fn programs_and_styles_go() {
        let html =
            "<p>x<script async>if (a<b) { '</p>' }</script >y<STYLE>p{}</STYLE>z<script></script><style>cut short";
        assert_eq!(tame(html), "<p>x<script async></script >y<STYLE></STYLE>z<script></script><style>");
    }

    #[test]
    fn excess_attributes_go() {
        let html = format!("<p {}>words</p>", "a=\"é>\" ".repeat(2000));
        let tamed = tame(&html);
        assert!(tamed.len() < 6000 && tamed.ends_with(">words</p>"), "{}", tamed.len());
    }
}
