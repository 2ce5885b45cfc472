//! The parts of a letter: which one is its words, what is attached, who wrote it first when it was passed on.
//!
//! In: a parsed letter. Out: [`Parts`]. Never fails: a part that cannot be decoded gives what can be.

use std::borrow::Cow;
use std::sync::LazyLock;

use jiff::civil::Date;
use mailparse::body::Body;
use mailparse::{DispositionType, MailAddr, MailHeaderMap, ParsedMail};
use regex::Regex;
use sitrep_model::MediaType;

use super::files::{Files, is_media};
use super::{when, words};
use crate::html::tree::Tree;
use crate::{Source, charset};

/// Parts of one letter that are looked at.
const MAX_PARTS: usize = 1_000;
/// A letter passed on has at most this much of the sender's own above it, in bytes.
const MAX_COVER_BYTES: usize = 600;
/// Words of HTML, in percent of those of the text beside it, from which on the HTML is the letter.
const ENOUGH_PERCENT: usize = 90;

/// What the pictures, videos and sounds of a letter or saved page say, by the names its HTML calls them by.
pub(super) fn files(mail: &ParsedMail<'_>, source: &Source) -> Files {
    let mut files = Files::of_page(source);
    for part in mail.parts().take(MAX_PARTS).filter(|part| is_media(&part.ctype.mimetype.to_ascii_lowercase())) {
        let header = |name: &str| part.headers.get_first_value(name).filter(|value| !value.trim().is_empty());
        let id = header("Content-ID").map(|id| format!("cid:{}", id.trim().trim_matches(['<', '>'])));
        let names: Vec<String> = header("Content-Location").into_iter().chain(id).collect();
        if !names.is_empty() {
            let bytes = body(part);
            names.iter().for_each(|name| files.add(name, &bytes));
        }
    }
    files
}

/// Who wrote a letter first, as it says in the body of the one that passed it on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct First {
    pub(super) from: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) subject: Option<String>,
}

/// What a letter holds.
#[derive(Debug, Default)]
pub(super) struct Parts {
    html: Option<(Vec<u8>, Option<String>)>,
    text: Option<(Vec<u8>, Option<String>)>,
    n_html_words: usize,
    n_text_words: usize,
    /// Letters attached, as bytes.
    pub(super) letters: Vec<Vec<u8>>,
    /// Names of other files.
    pub(super) files: Vec<String>,
    pub(super) forwarded: Option<First>,
}

impl Parts {
    /// The parts of `mail`.
    pub(super) fn of(mail: &ParsedMail<'_>) -> Parts {
        let mut parts = Parts::default();
        // Nesting is bounded by the parser.
        for part in mail.parts().take(MAX_PARTS) {
            let kind = part.ctype.mimetype.to_ascii_lowercase();
            let disposition = part.get_content_disposition();
            let name = disposition.params.get("filename").or(part.ctype.params.get("name"));
            let attached = disposition.disposition == DispositionType::Attachment;
            match kind.as_str() {
                _ if kind.starts_with("multipart/") => {}
                "message/rfc822" | "message/global" => parts.letters.push(body(part)),
                "text/html" if !attached && parts.html.is_none() => parts.html = Some((body(part), charset(part))),
                "text/plain" if !attached && parts.text.is_none() => parts.text = Some((body(part), charset(part))),
                // Pictures of a newsletter's own layout have no name, and what reports on delivery is no file.
                _ if attached || name.is_some_and(|_| !kind.starts_with("image/")) => {
                    parts.files.push(name.cloned().unwrap_or(kind));
                }
                _ => {}
            }
        }
        let decoded = |part: &Option<(Vec<u8>, Option<String>)>, media_type| {
            let part = part.as_ref()?;
            Some(charset::decode(&part.0, media_type, part.1.as_deref()).text)
        };
        let text = decoded(&parts.text, MediaType::Text).unwrap_or_default();
        let html = decoded(&parts.html, MediaType::Html).map(|html| shown(&html)).unwrap_or_default();
        parts.n_text_words = n_words(&text);
        parts.n_html_words = n_words(&html);
        parts.forwarded = forwarded(&text).or_else(|| forwarded(&html));
        parts
    }

    /// The words of the letter: kind, bytes, encoding. `None` when it has none.
    pub(super) fn best(&self) -> Option<(MediaType, Vec<u8>, Option<String>)> {
        let html = self.html.as_ref().filter(|_| self.n_html_words > 0);
        let html = html.filter(|_| self.n_html_words * 100 >= self.n_text_words * ENOUGH_PERCENT);
        let text = self.text.as_ref().filter(|_| self.n_text_words > 0);
        let html = html.map(|(raw, charset)| (MediaType::Html, raw.clone(), charset.clone()));
        html.or_else(|| text.map(|(raw, charset)| (MediaType::Text, raw.clone(), charset.clone())))
    }
}

/// The words an HTML part shows, line by line.
fn shown(html: &str) -> String {
    words::stretches(&Tree::of(html), 0, |_| false).into_iter().map(|s| s.text).collect()
}

/// Words with letters, addresses left out: the text beside HTML spells out its links.
fn n_words(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric) && !w.contains("://")).count()
}

/// Who wrote first, when `text` opens with the head of another letter below a mark that it was passed on.
fn forwarded(text: &str) -> Option<First> {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?im)^[ >]*(?:-+ ?forwarded message ?-+|begin forwarded message:|-+ ?original message ?-+|-+ ?fwd: .{0,80}-+)[ \r]*$")
            .expect("a constant checked by the tests")
    });
    static LINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^[ >*]*(?P<name>from|date|sent|subject|to|cc|reply-to):\**\s*(?P<value>.*)$")
            .expect("a constant checked by the tests")
    });
    let mark = MARK.find(text).filter(|mark| mark.start() <= MAX_COVER_BYTES)?;
    let mut first = First::default();
    let mut n_fields = 0;
    for line in text[mark.end()..].lines().skip(1).take(20) {
        let line = line.trim_end();
        let Some(found) = LINE.captures(line) else {
            if line.trim_matches([' ', '>']).is_empty() && n_fields == 0 {
                continue;
            }
            break;
        };
        n_fields += 1;
        let value = found["value"].trim().trim_end_matches('*');
        match found["name"].to_ascii_lowercase().as_str() {
            "from" => first.from = sender(value),
            "date" | "sent" => first.date = when::day(value),
            "subject" => first.subject = Some(bare_subject(value).to_owned()).filter(|s| !s.is_empty()),
            _ => {}
        }
    }
    (n_fields >= 2 && first.from.is_some()).then_some(first)
}

/// The name of a sender; the address when no name is given.
pub(super) fn sender(from: &str) -> Option<String> {
    let parsed = mailparse::addrparse(from).ok().and_then(|list| list.iter().next().cloned());
    let said = match parsed {
        Some(MailAddr::Single(one)) => one.display_name.filter(|n| !n.trim().is_empty()).unwrap_or(one.addr),
        Some(MailAddr::Group(group)) => group.group_name,
        None => from.split('<').next().unwrap_or(from).to_owned(),
    };
    words::line_of(said.trim().trim_matches(['"', '\''])).filter(|name| !name.is_empty())
}

/// A subject without "Re:" and "Fwd:".
pub(super) fn bare_subject(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':') {
        if !["re", "fw", "fwd", "aw", "wg", "tr", "rv"].contains(&mark.trim().to_ascii_lowercase().as_str()) {
            break;
        }
        rest = after.trim();
    }
    rest
}

/// The part of an MHTML file that is the page: the one its head names, else the one at `address`, else the first of HTML or text.
pub(super) fn root<'m>(mail: &'m ParsedMail<'m>, address: Option<&str>) -> Option<&'m ParsedMail<'m>> {
    let leaves: Vec<&ParsedMail<'_>> = mail
        .parts()
        .take(MAX_PARTS)
        .filter(|p| p.subparts.is_empty() && p.ctype.mimetype.starts_with("text/"))
        .collect();
    let is = |part: &ParsedMail<'_>, name: &str, wanted: &str| {
        part.headers.get_first_value(name).is_some_and(|v| v.trim() == wanted)
    };
    let start = mail.ctype.params.get("start").filter(|s| !s.is_empty());
    let named = start.and_then(|start| leaves.iter().find(|p| is(p, "Content-ID", start)));
    let at = || address.and_then(|address| leaves.iter().find(|p| is(p, "Content-Location", address)));
    let kind = |kind: &str| leaves.iter().find(|p| p.ctype.mimetype == kind);
    named.or_else(at).or_else(|| kind("text/html")).or_else(|| kind("text/plain")).copied()
}

/// The encoding a part names.
pub(super) fn charset(part: &ParsedMail<'_>) -> Option<String> {
    part.ctype.params.get("charset").cloned()
}

/// The bytes of a part, its transfer encoding undone as far as it can be.
pub(super) fn body(part: &ParsedMail<'_>) -> Vec<u8> {
    match part.get_body_encoded() {
        Body::Base64(body) => body.get_decoded().unwrap_or_else(|_| base64(body.get_raw())),
        Body::QuotedPrintable(body) => body.get_decoded().unwrap_or_else(|_| body.get_raw().to_vec()),
        Body::SevenBit(body) | Body::EightBit(body) => body.get_raw().to_vec(),
        Body::Binary(body) => body.get_raw().to_vec(),
    }
}

/// Base64 that is cut short or has other signs in it, as far as it goes.
fn base64(encoded: &[u8]) -> Vec<u8> {
    let value = |b: u8| match b {
        b'A'..=b'Z' => Some(u32::from(b - b'A')),
        b'a'..=b'z' => Some(u32::from(b - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(b - b'0') + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let digits: Vec<u32> = encoded.iter().filter_map(|b| value(*b)).collect();
    let mut out = Vec::with_capacity(digits.len() / 4 * 3 + 3);
    for group in digits.chunks(4) {
        let bits = group.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - group.len()));
        out.extend_from_slice(&bits.to_be_bytes()[1..group.len().max(1)]);
    }
    out
}

/// A letter as the parser wants it: no line before the head, and no line in the head that is no field.
pub(super) fn tidy(raw: &[u8]) -> Cow<'_, [u8]> {
    let raw = raw.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(raw).trim_ascii_start();
    let mut at = 0;
    let mut bad = Vec::new();
    for (i, line) in raw.split_inclusive(|b| *b == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            break;
        }
        let follows = i > 0 && line.starts_with(b" ") || line.starts_with(b"\t");
        let name = line.split(|b| *b == b':').next().unwrap_or(line);
        let is_field = name.len() < line.len() && !name.is_empty() && name.iter().all(|b| b.is_ascii_graphic());
        if !follows && !is_field {
            bad.push((at, at + line.len()));
        }
        at += line.len();
    }
    if bad.is_empty() {
        return Cow::Borrowed(raw);
    }
    let mut out = Vec::with_capacity(raw.len());
    let mut from = 0;
    for (start, end) in bad {
        out.extend_from_slice(&raw[from..start]);
        from = end;
    }
    out.extend_from_slice(&raw[from..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_far_as_it_goes() {
        for (encoded, expected) in
            [("SGVsbG8h", "Hello!"), ("SGVsbG8", "Hello"), ("SGVs\n!bG", "Hell"), ("S", ""), ("", "")]
        {
            assert_eq!(String::from_utf8_lossy(&base64(encoded.as_bytes())), expected, "{encoded}");
        }
    }

    #[test]
    fn senders_and_subjects() {
        assert_eq!(sender("\"Tarn, Ana\" <ana@a.example>").as_deref(), Some("Tarn, Ana"));
        assert_eq!(sender("ana@a.example").as_deref(), Some("ana@a.example"));
        assert_eq!(sender("Varnesh Courier <broken").as_deref(), Some("Varnesh Courier"));
        assert_eq!(sender(""), None);
        assert_eq!(bare_subject("Re: FWD: Valley: day 3"), "Valley: day 3");
    }

    #[test]
    fn a_letter_passed_on_says_who_wrote_it() {
        let text = "For the file.\n\n---------- Forwarded message ---------\nFrom: Varnesh Courier <news@c.example>\nDate: Fri, 9 May 2031 at 06:00\nSubject: Fwd: Valley, day 3\nTo: <x@y.example>\n\nTroops left.";
        let first = forwarded(text).unwrap();
        assert_eq!(first.from.as_deref(), Some("Varnesh Courier"));
        assert_eq!(first.date.map(|d| d.to_string()).as_deref(), Some("2031-05-09"));
        assert_eq!(first.subject.as_deref(), Some("Valley, day 3"));
        assert_eq!(forwarded("Forwarded message\nFrom: x\nDate: y"), None);
        assert_eq!(forwarded("Begin forwarded message:\n\nTroops left: all."), None);
    }
}
