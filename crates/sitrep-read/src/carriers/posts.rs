//! Posts of any platform as JSON: one object a line, or a list of them in one JSON text.
//!
//! In: an opened carrier, and the user's own mapping of fields if there is one. Out: one page for each post with words. Streams:
//! one post is held at a time. A line that cannot be read costs only itself. Which field is what is data: see `post_fields`.

use std::io::{BufRead, SeekFrom};

use serde_json::Value;
use sitrep_model::{Carrier, MediaType, Page, sha256_hex};

use super::items::{Item, Items, Trouble, paths};
use super::post_fields::{self, Told, Words};
use super::telegram::Left;
use super::words::{self, Stretch};
use super::{Opened, Origin, Pages, ReadSeek};
use crate::ReadError;

/// The longest line that is read, in bytes.
const MAX_LINE_BYTES: usize = 16 * 1024 * 1024;
/// The first line is looked for in this much of a file that may be one JSON text.
const FIRST_LINE_BYTES: u64 = 1024 * 1024;

/// Whether an input is a file of posts: by its ending, or because it opens like JSON with words in it.
pub(super) fn fits(name: &str, head: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{FEFF}').trim_start();
    let object = head.starts_with('{');
    let list = head.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'));
    let says =
        ["\"text\"", "\"body\"", "\"content\"", "\"message\"", "\"full_text\"", "\"selftext\"", "\"rawContent\""];
    let lines = [".jsonl", ".ndjson", ".jsonl.txt"].iter().any(|ending| name.ends_with(ending));
    lines || (object || list) && (name.ends_with(".json") || says.iter().any(|key| head.contains(key)))
}

/// Its posts.
pub(super) fn pages(mut opened: Opened<'_>) -> Pages<'_> {
    let lower = opened.origin.name.to_ascii_lowercase();
    let named_lines = lower.ends_with(".jsonl") || lower.ends_with(".ndjson");
    match layout(&mut opened.reader, named_lines, opened.origin.source.post_fields.as_ref()) {
        Ok(Layout::Lines) => posts(opened.origin, Lines { reader: opened.reader, offset_bytes: 0 }),
        Ok(Layout::Lists) => {
            let wanted = post_fields::lists(opened.origin.source.post_fields.as_ref());
            posts(opened.origin, Items::new(opened.reader, wanted))
        }
        Ok(Layout::Whole) => posts(opened.origin, Items::new(opened.reader, paths(&[""]))),
        Err(error) => opened.origin.none("cannot-read", error.to_string()),
    }
}

/// How posts stand in a file.
enum Layout {
    Lines,
    /// In lists inside one JSON text.
    Lists,
    /// The text is a post itself, or several texts stand one after the other.
    Whole,
}

/// Looks how posts stand, and winds the file back.
fn layout(
    reader: &mut Box<dyn ReadSeek + '_>,
    named_lines: bool,
    own: Option<&post_fields::PostFields>,
) -> std::io::Result<Layout> {
    if named_lines {
        return Ok(Layout::Lines);
    }
    let start = reader.stream_position()?;
    let mut first = Vec::new();
    std::io::Read::take(&mut *reader, FIRST_LINE_BYTES).read_until(b'\n', &mut first)?;
    let lines = first.ends_with(b"\n") && serde_json::from_slice::<Value>(&first).is_ok_and(|v| v.is_object());
    reader.seek(SeekFrom::Start(start))?;
    if lines {
        return Ok(Layout::Lines);
    }
    let listed = Items::new(&mut *reader, post_fields::lists(own)).next().is_some_and(|item| item.is_ok());
    reader.seek(SeekFrom::Start(start))?;
    Ok(if listed { Layout::Lists } else { Layout::Whole })
}

/// The lines of a file as items.
struct Lines<R> {
    reader: R,
    offset_bytes: u64,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Item, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let offset_bytes = self.offset_bytes;
            let mut raw = Vec::new();
            // One byte more than allowed is enough to know that a line is too long.
            match std::io::Read::take(&mut self.reader, MAX_LINE_BYTES as u64 + 1).read_until(b'\n', &mut raw) {
                Ok(0) => return None,
                Ok(n_bytes) => self.offset_bytes += n_bytes as u64,
                Err(error) => {
                    return Some(Err(Trouble { offset_bytes, code: "cannot-read", why: error.to_string() }));
                }
            }
            if raw.len() > MAX_LINE_BYTES {
                let rest = self.reader.skip_until(b'\n').unwrap_or(0);
                self.offset_bytes += rest as u64;
                let why = format!("a line longer than {} MiB is left out", MAX_LINE_BYTES / (1024 * 1024));
                return Some(Err(Trouble { offset_bytes, code: "too-large", why }));
            }
            let bare = raw.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&raw).trim_ascii();
            if !bare.is_empty() {
                return Some(Ok(Item { raw: bare.to_vec(), offset_bytes, about: Default::default() }));
            }
        }
    }
}

/// The pages of `items`, as they are asked for.
fn posts<'s>(origin: Origin<'s>, items: impl Iterator<Item = Result<Item, Trouble>> + Send + 's) -> Pages<'s> {
    Box::new(Posts { origin, items, left: Left::default(), n_unknown: 0, n_pages: 0, ending: Ending::Open })
}

#[derive(PartialEq, Eq)]
enum Ending {
    Open,
    Unknown,
    Left,
    Done,
}

struct Posts<'s, I> {
    origin: Origin<'s>,
    items: I,
    left: Left,
    n_unknown: usize,
    n_pages: usize,
    ending: Ending,
}

impl<I: Iterator<Item = Result<Item, Trouble>>> Iterator for Posts<'_, I> {
    type Item = Result<Page, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ending == Ending::Open {
            match self.items.next() {
                Some(Ok(item)) => {
                    if let Some(found) = self.post(&item) {
                        return Some(found);
                    }
                }
                Some(Err(Trouble { offset_bytes, code, why })) => {
                    return Some(Err(self.origin.failed(None, Some(offset_bytes), code, why)));
                }
                None => self.ending = Ending::Unknown,
            }
        }
        if self.ending == Ending::Unknown {
            self.ending = Ending::Left;
            if let Some(told) = self.unknown() {
                return Some(Err(told));
            }
        }
        if self.ending == Ending::Left {
            self.ending = Ending::Done;
            return self.left.remark(&self.origin).map(Err);
        }
        None
    }
}

impl<I> Posts<'_, I> {
    /// The page of one post; `None` when it is none.
    fn post(&mut self, item: &Item) -> Option<Result<Page, ReadError>> {
        let at = Some(item.offset_bytes);
        let value: Value = match serde_json::from_slice(&item.raw) {
            Ok(value) => value,
            Err(error) => {
                let why = format!("not a JSON object: {error}");
                return Some(Err(self.origin.failed(None, at, "bad-record", why)));
            }
        };
        let own = self.origin.source.post_fields.as_ref();
        let Some(told) = Some(&value).filter(|v| v.is_object()).and_then(|v| post_fields::told(v, &item.about, own))
        else {
            self.n_unknown += 1;
            return None;
        };
        let Some(raw) = raw(&told) else {
            self.left.n_wordless += 1;
            return None;
        };
        self.n_pages += 1;
        Some(Ok(self.origin.page(MediaType::Html, raw, carrier(told, item))))
    }

    /// What is said of records that are no posts of any known shape.
    fn unknown(&self) -> Option<ReadError> {
        if self.n_pages == 0 && self.left.n_wordless == 0 {
            let why = "holds no post of a shape that is known: name its fields with --post-fields";
            // Any program keeps its settings in .json; only lines are surely meant to be read.
            let lines = self.origin.name.ends_with("l") || self.n_unknown > 1;
            let failed = || self.origin.failed(None, None, "no-posts", why);
            return Some(if lines { failed() } else { self.origin.left_out(why) });
        }
        let n = self.n_unknown;
        (n > 0).then(|| {
            self.origin.left_out(format!("left out {n} record{} without words", if n == 1 { "" } else { "s" }))
        })
    }
}

/// The bytes of a post's page; `None` when it says nothing.
fn raw(told: &Told) -> Option<Vec<u8>> {
    match (&told.words, &told.title) {
        (Some(Words::Html(html)), _) if words::looks_like_html(html) => Some(html.clone().into_bytes()),
        (Some(Words::Html(text) | Words::Text(text)), _) => {
            let stretches = [Stretch::plain(text.clone())];
            (!words::wordless(&stretches) || told.title.is_some()).then(|| words::page(&stretches, &[]))
        }
        (None, Some(title)) => Some(words::headline(title)),
        (None, None) => None,
    }
}

fn carrier(told: Told, item: &Item) -> Carrier {
    Carrier {
        kind: told.carrier,
        // A post without a number is told by its content, so that its page is the same wherever in a file it stands.
        record: told.id.or_else(|| sha256_hex(&item.raw).get(..12).map(str::to_owned)),
        url: told.url,
        title: told.title.and_then(|title| words::line_of(&title)),
        byline: told.author,
        outlet: told.outlet,
        published: told.created,
        modified: told.edited,
        language: told.language,
        reply_to: told.reply_to,
        forwarded_from: told.forwarded_from,
        ..Carrier::default()
    }
}
