//! Letters: one in a file, a box of them, and web pages saved as one (MHTML).
//!
//! In: an opened carrier. Out: one page for each letter: its HTML part when that holds as much as its text, else its text; sender,
//! subject and day are what the letter's head says. A letter passed on tells who wrote it first and when. Files that came with a
//! letter are named in a remark, and letters attached to it are read as letters. Of an MHTML file the page itself is read, with
//! its address and the day it was saved. Holds one letter at a time.

use std::io::BufRead;

use mailparse::{MailHeaderMap, ParsedMail};
use sitrep_model::{Carrier, MediaType, Page};

use super::mail_parts::{self, Parts};
use super::{Opened, Origin, Pages, when, whole, words};
use crate::ReadError;
use crate::open::{MAX_PAGE_BYTES, page_in};

/// Letters attached to letters attached to letters are read this deep.
const MAX_ATTACHED: usize = 4;
/// Names of attached files that are told one by one.
const MAX_NAMED: usize = 10;

/// Whether an input is a letter or a box of letters.
pub(super) fn fits(name: &str, head: &[u8]) -> bool {
    let lower = name.to_ascii_lowercase();
    let named = [".eml", ".mbox", ".emlx"].iter().any(|ending| lower.ends_with(ending));
    let names = header_names(head);
    let has = |wanted: &str| names.iter().any(|n| n == wanted);
    // A pasted report may open with "From:" and "Date:"; only a mail program writes the others.
    let written = has("received") || has("message-id") || has("mime-version") || has("return-path");
    has("from") && written || named && (has("from") || has("subject") || has("date"))
}

/// Whether an input is a web page saved whole.
pub(super) fn fits_mhtml(name: &str, head: &[u8]) -> bool {
    let lower = name.to_ascii_lowercase();
    let named = lower.ends_with(".mhtml") || lower.ends_with(".mht");
    let names = header_names(head);
    let has = |wanted: &str| names.iter().any(|n| n == wanted);
    has("snapshot-content-location") || named && (has("mime-version") || has("content-type"))
}

/// The names of the fields at the head of a letter; none when `head` does not open like one.
fn header_names(head: &[u8]) -> Vec<String> {
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{FEFF}');
    let mut names = Vec::new();
    let mut n_odd = 0;
    for (i, line) in head.trim_start().lines().enumerate() {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) || i == 0 && line.starts_with("From ") {
            continue;
        }
        match line.split_once(':') {
            Some((name, _)) if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') => {
                names.push(name.to_ascii_lowercase());
            }
            _ if i == 0 => return Vec::new(),
            // The window may end inside a line, and a head may be damaged; what goes on like this is no letter.
            _ if n_odd >= 3 => return names,
            _ => n_odd += 1,
        }
    }
    names
}

/// Its letters, or its page.
pub(super) fn pages(mut opened: Opened<'_>) -> Pages<'_> {
    let is_box = match opened.reader.fill_buf() {
        Ok(head) => head.trim_ascii_start().starts_with(b"From "),
        Err(error) => return opened.origin.none("cannot-read", error.to_string()),
    };
    if is_box {
        let letters =
            Letters { origin: opened.origin, reader: opened.reader, offset_bytes: 0, next: None, done: false };
        return Box::new(letters.flatten());
    }
    let origin = opened.origin;
    let raw = match whole(opened.reader) {
        Ok(raw) => raw,
        Err((code, why)) => return origin.none(code, why),
    };
    let found = if fits_mhtml(&origin.name, raw.get(..8192).unwrap_or(&raw)) {
        vec![saved_page(&origin, &raw)]
    } else {
        letter(&origin, &raw, if origin.within.is_empty() { Place::Alone } else { Place::InBox })
    };
    Box::new(found.into_iter())
}

/// The letters of a box, one after the other; each opens with a line that starts with "From ".
struct Letters<'s, R> {
    origin: Origin<'s>,
    reader: R,
    offset_bytes: u64,
    /// The opening line of the next letter was read.
    next: Option<u64>,
    done: bool,
}

impl<R: BufRead> Iterator for Letters<'_, R> {
    type Item = Vec<Result<Page, ReadError>>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let start = self.next.take();
            let mut raw = Vec::new();
            let mut too_large = false;
            let mut after_blank = true;
            loop {
                let mut line = Vec::new();
                // A line of a letter has at most a thousand bytes; one that has more is read in pieces.
                match std::io::Read::take(&mut self.reader, 65_536).read_until(b'\n', &mut line) {
                    Ok(0) => self.done = true,
                    Ok(_) => {}
                    Err(error) => {
                        self.done = true;
                        let at = Some(self.offset_bytes);
                        return Some(vec![Err(self.origin.failed(None, at, "cannot-read", error.to_string()))]);
                    }
                }
                let opens = after_blank && line.starts_with(b"From ");
                after_blank = line.trim_ascii().is_empty();
                let at = self.offset_bytes;
                self.offset_bytes += line.len() as u64;
                if opens {
                    self.next = Some(at);
                }
                if opens || self.done {
                    break;
                }
                too_large |= (raw.len() + line.len()) as u64 > MAX_PAGE_BYTES;
                if !too_large {
                    raw.extend_from_slice(&line);
                }
            }
            if too_large {
                let why = format!("a letter larger than {} MiB is left out", MAX_PAGE_BYTES / (1024 * 1024));
                return Some(vec![Err(self.origin.failed(None, start, "too-large", why))]);
            }
            if !raw.trim_ascii().is_empty() {
                return Some(letter(&self.origin, &raw, Place::InBox));
            }
        }
        None
    }
}

/// Where a letter was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a file of its own.
    Alone,
    InBox,
    /// In a letter, this deep.
    Attached(usize),
}

/// The page of a letter, what came with it, and the letters attached to it.
fn letter(origin: &Origin<'_>, raw: &[u8], place: Place) -> Vec<Result<Page, ReadError>> {
    let tidy = mail_parts::tidy(raw);
    let mail = match mailparse::parse_mail(&tidy) {
        Ok(mail) => mail,
        Err(error) => return vec![Err(origin.failed(None, None, "bad-letter", format!("not a letter: {error}")))],
    };
    let origin = &Origin { files: mail_parts::files(&mail, origin.source).shared(), ..origin.clone() };
    let parts = Parts::of(&mail);
    let id = header(&mail, "Message-ID").map(|id| id.trim_matches(['<', '>']).to_owned());
    let mut out = Vec::new();
    if let Some((media_type, body, charset)) = parts.best() {
        let carrier = carrier(&mail, &parts, id.clone(), charset);
        out.push(Ok(if place == Place::Alone {
            // A file that is one letter is told by its own name.
            let meta = origin.source.meta_of_carried(&origin.name, &origin.name, None);
            origin.lend(page_in(&origin.name, media_type, body, meta, carrier))
        } else {
            origin.page(media_type, body, carrier)
        }));
    }
    let depth = if let Place::Attached(depth) = place { depth + 1 } else { 1 };
    if depth <= MAX_ATTACHED {
        out.extend(parts.letters.iter().flat_map(|raw| letter(origin, raw, Place::Attached(depth))));
    }
    if !parts.files.is_empty() {
        let mut names: Vec<&str> = parts.files.iter().take(MAX_NAMED).map(String::as_str).collect();
        if parts.files.len() > MAX_NAMED {
            names.push("…");
        }
        let which = id.as_deref().filter(|_| place != Place::Alone).map(|id| format!(" of {id}")).unwrap_or_default();
        out.push(Err(origin.left_out(format!("attached files{which} are not read: {}", names.join(", ")))));
    }
    if out.is_empty() {
        out.push(Err(origin.failed(id, None, "no-words", "this letter holds no words")));
    }
    out
}

fn carrier(mail: &ParsedMail<'_>, parts: &Parts, id: Option<String>, charset: Option<String>) -> Carrier {
    let from = header(mail, "From").and_then(|from| mail_parts::sender(&from));
    // What goes to a list is published; a letter from someone to someone has no outlet.
    let list = header(mail, "List-Id").and_then(|list| mail_parts::sender(&list).filter(|name| name.contains(' ')));
    let bulk = ["List-Id", "List-Unsubscribe", "List-Post"].iter().any(|name| header(mail, name).is_some());
    let subject = header(mail, "Subject").and_then(|subject| words::line_of(&subject));
    let mut carrier = Carrier {
        kind: "mail".to_owned(),
        record: id,
        title: subject.map(|s| mail_parts::bare_subject(&s).to_owned()).filter(|s| !s.is_empty()),
        outlet: list.or_else(|| from.clone().filter(|_| bulk)),
        byline: from,
        published: header(mail, "Date").and_then(|date| when::day(&date)),
        language: header(mail, "Content-Language"),
        charset,
        reply_to: header(mail, "In-Reply-To").map(|id| id.trim_matches(['<', '>']).to_owned()),
        ..Carrier::default()
    };
    if let Some(first) = &parts.forwarded {
        // The words are those of the letter that was passed on, and so is the day they speak of.
        carrier.forwarded_from = first.from.clone();
        carrier.published = first.date.or(carrier.published);
        carrier.title = first.subject.clone().or(carrier.title);
    }
    carrier
}

/// The page of an MHTML file.
fn saved_page(origin: &Origin<'_>, raw: &[u8]) -> Result<Page, ReadError> {
    let tidy = mail_parts::tidy(raw);
    let bad = |why: String| origin.failed(None, None, "bad-mhtml", why);
    let mail = mailparse::parse_mail(&tidy).map_err(|error| bad(format!("not a saved page: {error}")))?;
    let origin = &Origin { files: mail_parts::files(&mail, origin.source).shared(), ..origin.clone() };
    let address = header(&mail, "Snapshot-Content-Location").filter(|url| url.starts_with("http"));
    let root = mail_parts::root(&mail, address.as_deref());
    let root = root.ok_or_else(|| bad("no page of HTML or text among its parts".to_owned()))?;
    let location = header(root, "Content-Location").filter(|url| url.starts_with("http"));
    let media_type = if root.ctype.mimetype.contains("html") { MediaType::Html } else { MediaType::Text };
    let carrier = Carrier {
        kind: "mhtml".to_owned(),
        url: address.or(location),
        title: header(&mail, "Subject").and_then(|subject| words::line_of(&subject)),
        retrieved: header(&mail, "Date").and_then(|date| when::day(&date)),
        charset: mail_parts::charset(root),
        ..Carrier::default()
    };
    Ok(origin.page(media_type, mail_parts::body(root), carrier))
}

/// What a field of the head says, when it says something.
fn header(mail: &ParsedMail<'_>, name: &str) -> Option<String> {
    mail.headers.get_first_value(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}
