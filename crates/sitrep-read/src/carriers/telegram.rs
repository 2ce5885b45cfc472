//! Telegram's own export of a chat or an account as JSON (`result.json`), and its pages of posts ([`super::telegram_html`]).
//!
//! In: an opened carrier. Out: one page for each post with words, in the file's order: the channel is its outlet, the signature
//! its byline, the day (in UTC) its date; forwards and answers are told in its carrier. The file streams: one post is held at a
//! time. Notices of the service and posts without words give no page; how many is remarked at the end.

use serde::Deserialize;
use serde_json::Value;
use sitrep_model::{Carrier, MediaType, Page};

use super::items::{Item, Items, paths};
use super::words::{self, Stretch};
use super::{Opened, Origin, Pages, telegram_html, when};
use crate::ReadError;

/// Where messages stand in the export of one chat and of a whole account.
const MESSAGES: [&str; 3] = ["messages.*", "chats.list.*.messages.*", "left_chats.list.*.messages.*"];

/// Whether an input is an export or a page of a channel.
pub(super) fn fits(_name: &str, head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let json = head.trim_start_matches('\u{FEFF}').trim_start().starts_with('{');
    let has = |key: &str| head.contains(key);
    let one_chat = has("\"messages\"")
        && has("\"type\"")
        && has("\"id\"")
        && (has("_channel\"") || has("_chat\"") || has("group\""));
    let account = has("Here is the data you requested") || has("\"personal_information\"") && has("\"chats\"");
    json && (one_chat || account) || telegram_html::fits(&head)
}

/// Its posts.
pub(super) fn pages(mut opened: Opened<'_>) -> Pages<'_> {
    let json = loop {
        match opened.reader.fill_buf().map(|b| b.first().copied()) {
            Ok(Some(b)) if b.is_ascii_whitespace() || matches!(b, 0xEF | 0xBB | 0xBF) => opened.reader.consume(1),
            Ok(first) => break first == Some(b'{'),
            Err(error) => return opened.origin.none("cannot-read", error.to_string()),
        }
    };
    if !json {
        return telegram_html::pages(opened);
    }
    let items = Items::new(opened.reader, paths(&MESSAGES));
    Box::new(Posts { origin: opened.origin, items, left: Left::default(), done: false })
}

/// What gives no page.
#[derive(Debug, Default)]
pub(super) struct Left {
    pub(super) n_notices: usize,
    pub(super) n_wordless: usize,
}

impl Left {
    /// The remark on it, if there is anything to remark.
    pub(super) fn remark(&self, origin: &Origin<'_>) -> Option<ReadError> {
        let say = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}{}", if n == 1 { "" } else { "s" }));
        let parts = [say(self.n_notices, "notice"), say(self.n_wordless, "wordless post")];
        let told: Vec<String> = parts.into_iter().flatten().collect();
        (!told.is_empty()).then(|| origin.left_out(format!("left out {}", told.join(" and "))))
    }
}

struct Posts<'s, R> {
    origin: Origin<'s>,
    items: Items<R>,
    left: Left,
    done: bool,
}

impl<R: std::io::BufRead> Iterator for Posts<'_, R> {
    type Item = Result<Page, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.items.next() {
                Some(Ok(item)) => {
                    if let Some(found) = self.post(&item) {
                        return Some(found);
                    }
                }
                Some(Err(trouble)) => {
                    return Some(Err(self.origin.failed(None, Some(trouble.offset_bytes), trouble.code, trouble.why)));
                }
                None => {
                    self.done = true;
                    return self.left.remark(&self.origin).map(Err);
                }
            }
        }
        None
    }
}

/// A message as exported. What is not needed is not read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Message {
    id: Value,
    r#type: Option<String>,
    date: Value,
    date_unixtime: Value,
    edited: Value,
    edited_unixtime: Value,
    from: Value,
    author: Value,
    forwarded_from: Value,
    saved_from: Value,
    reply_to_message_id: Value,
    text: Value,
    photo: Value,
    file: Value,
}

impl<R> Posts<'_, R> {
    /// The page of one message; `None` when it is none.
    fn post(&mut self, item: &Item) -> Option<Result<Page, ReadError>> {
        let message: Message = match serde_json::from_slice(&item.raw) {
            Ok(message) => message,
            Err(error) => {
                let why = format!("this message cannot be read: {error}");
                return Some(Err(self.origin.failed(None, Some(item.offset_bytes), "bad-record", why)));
            }
        };
        if message.r#type.as_deref() == Some("service") {
            self.left.n_notices += 1;
            return None;
        }
        let stretches = stretches(&message.text);
        if words::wordless(&stretches) {
            self.left.n_wordless += 1;
            return None;
        }
        let media: Vec<String> = [&message.photo, &message.file].into_iter().filter_map(file_name).collect();
        let raw = words::page(&stretches, &media);
        Some(Ok(self.origin.page(MediaType::Html, raw, carrier(&message, item))))
    }
}

fn carrier(message: &Message, item: &Item) -> Carrier {
    let outlet = item.about.get("name").cloned().filter(|n| !n.trim().is_empty());
    let from = said(&message.from).filter(|from| outlet.as_ref() != Some(from));
    // Numbers are given within a chat, and an account holds many chats.
    let whole_account = item.about.contains_key("about");
    let chat = item.about.get("id").filter(|_| whole_account);
    let numbered = |value: &Value| said(value).map(|n| chat.map_or(n.clone(), |chat| format!("{chat}/{n}")));
    Carrier {
        kind: "telegram".to_owned(),
        record: numbered(&message.id),
        byline: said(&message.author).or(from),
        outlet,
        published: when::day_of(&message.date_unixtime).or_else(|| when::day_of(&message.date)),
        modified: when::day_of(&message.edited_unixtime).or_else(|| when::day_of(&message.edited)),
        reply_to: numbered(&message.reply_to_message_id),
        forwarded_from: said(&message.forwarded_from).or_else(|| said(&message.saved_from)),
        ..Carrier::default()
    }
}

/// A string that says something, or a number.
fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The name of a file in the export; an export without files says so in brackets.
fn file_name(value: &Value) -> Option<String> {
    said(value).filter(|name| !name.starts_with('('))
}

/// The text of a message: a string, or a list of strings and of stretches with a type.
fn stretches(text: &Value) -> Vec<Stretch> {
    let one = |part: &Value| match part {
        Value::String(text) => Some(Stretch::plain(text.clone())),
        Value::Object(part) => {
            let text = part.get("text")?.as_str()?.to_owned();
            let told = part.get("href").and_then(Value::as_str);
            let own = (part.get("type").and_then(Value::as_str) == Some("link")).then_some(text.as_str());
            let href = told.or(own).filter(|h| h.starts_with("http")).map(str::to_owned);
            Some(Stretch { text, href })
        }
        _ => None,
    };
    match text {
        Value::Array(parts) => parts.iter().filter_map(one).collect(),
        other => one(other).into_iter().collect(),
    }
}
