//! Steps over the tags and comments of a page's source.
//!
//! In: HTML text and where a tag opens. Out: where it ends. Reads no names but those it is asked to step over whole.

/// Where the tag or comment that opens at `open` ends, together with what stands inside when it is one of `raw`.
pub(crate) fn past_tag(html: &str, open: usize, raw: &[&str]) -> usize {
    let bytes = html.as_bytes();
    let (at, rest) = (open + 1, &bytes[open + 1..]);
    let end = if rest.starts_with(b"!--") {
        find(bytes, at, b"-->").map_or(bytes.len(), |e| e + 3)
    } else if rest.first().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?')) {
        let end = tag_end(bytes, at);
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

/// The offset of the `>` that ends the tag whose name starts at `from`, by HTML's rules for quotes, or of the end of the page.
fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
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
            _ => at += 1,
        }
    }
    at.min(bytes.len())
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
    memchr::memmem::find(bytes.get(from..)?, what).map(|step| from + step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_comments_and_raw_text_are_stepped_over() {
        let past = |html: &str, raw: &[&str]| html[past_tag(html, 0, raw)..].to_owned();
        assert_eq!(past("<p class='a > b'>x", &[]), "x");
        assert_eq!(past("<!-- <b> -->x", &[]), "x");
        assert_eq!(past("<SCRIPT async>if (a<b) { '</p>' }</script >x", &["script"]), "</script >x");
        assert_eq!(past("<style>cut short", &["style"]), "");
        assert_eq!(past("< 4", &[]), " 4");
        assert_eq!(past("<p cut short", &[]), "");
    }
}
