//! Feeds: RSS, Atom, JSON feeds.
//!
//! In: an opened carrier. Out: one page for each entry with words or a title: its content if the feed gives it, else its summary.
//! A feed that is not well-formed gives the entries that can be read, and says where it could not be. An entry whose page is
//! among the inputs gives its facts to that page instead (see `lending`). Feeds are small: one is read whole, up to the size of
//! a page. Entities a feed declares are never expanded, and nothing it links to is fetched.

use serde::Deserialize;
use serde_json::Value;
use sitrep_model::{Carrier, MediaType, Page};

use super::feed_xml::{self, Body, Entry, Feed};
use super::items::{Items, paths};
use super::words::{self, Stretch};
use super::{Opened, Pages, when, whole};
use crate::{ReadError, charset};

/// Whether an input is a feed.
pub(crate) fn fits(name: &str, head: &[u8]) -> bool {
    let head = charset::decode(head, MediaType::Text, None).text;
    let head = head.trim_start_matches('\u{FEFF}').trim_start();
    if head.starts_with('{') {
        return head.contains("jsonfeed.org/version");
    }
    let name = name.to_ascii_lowercase();
    let named = [".rss", ".atom", ".rdf", ".xml", ".feed"].iter().any(|ending| name.ends_with(ending));
    // Some feeds have a warning of the server's above them.
    feed_xml::opens(head) || named && ["<rss", "<feed", "<rdf:RDF"].iter().any(|root| head.contains(root))
}

/// Its entries.
pub(super) fn pages(opened: Opened<'_>) -> Pages<'_> {
    let origin = opened.origin.clone();
    let feed = match read(opened) {
        Ok(feed) => feed,
        Err((code, why)) => return origin.none(code, why),
    };
    let troubles = feed.troubles.clone();
    let mut n_empty = 0;
    let mut out: Vec<Result<Page, ReadError>> = Vec::with_capacity(feed.entries.len());
    for entry in &feed.entries {
        match raw(entry) {
            Some(raw) => out.push(Ok(origin.page(MediaType::Html, raw, carrier(entry, &feed)))),
            None => n_empty += 1,
        }
    }
    let said = |(at, why): (Option<u64>, String)| Err(origin.failed(None, at, "bad-feed", why));
    out.extend(troubles.into_iter().map(said));
    out.extend(feed.remark.map(|why| Err(origin.left_out(why))));
    if n_empty > 0 {
        let entries = if n_empty == 1 { "entry" } else { "entries" };
        out.push(Err(origin.left_out(format!("left out {n_empty} {entries} without words"))));
    }
    if out.is_empty() {
        out.push(Err(origin.left_out("this feed has no entry")));
    }
    Box::new(out.into_iter())
}

/// What the entries of a feed say about the pages they link to.
pub(crate) fn facts(opened: Opened<'_>) -> Vec<Carrier> {
    match read(opened) {
        Ok(feed) => feed.entries.iter().map(|entry| carrier(entry, &feed)).filter(|c| c.url.is_some()).collect(),
        // The walk over the inputs comes to the same feed and says what is wrong.
        Err(_) => Vec::new(),
    }
}

fn read(opened: Opened<'_>) -> Result<Feed, (&'static str, String)> {
    let raw = whole(opened.reader)?;
    let start = raw.iter().position(|b| !(b.is_ascii_whitespace() || matches!(b, 0xEF | 0xBB | 0xBF)));
    if start.is_some_and(|start| raw[start] == b'{') {
        return Ok(json(&raw));
    }
    let declared = feed_xml::declared_encoding(&raw);
    let charset::Decoded { text, notes } = charset::decode(&raw, MediaType::Text, declared.as_deref());
    let mut feed = feed_xml::read(&text);
    feed.remark = notes.into_iter().next().map(|note| note.message);
    Ok(feed)
}

/// The bytes of an entry's page; `None` when it says nothing.
fn raw(entry: &Entry) -> Option<Vec<u8>> {
    let says = |body: &&Body| match body {
        Body::Html(html) => words::line_of(html).is_some_and(|line| line.chars().any(char::is_alphanumeric)),
        Body::Text(text) => text.chars().any(char::is_alphanumeric),
    };
    let body = [&entry.content, &entry.summary].into_iter().flatten().find(says);
    match body {
        Some(Body::Html(html)) => Some(html.clone().into_bytes()),
        Some(Body::Text(text)) => Some(words::page(&[Stretch::plain(text.clone())], &[])),
        None => entry.title.as_deref().and_then(words::line_of).map(|title| words::headline(&title)),
    }
}

fn carrier(entry: &Entry, feed: &Feed) -> Carrier {
    let name = |name: &Option<String>| name.as_deref().and_then(words::line_of);
    let published = entry.published.or(entry.updated);
    Carrier {
        kind: "feed".to_owned(),
        record: entry.id.clone().or_else(|| entry.url.clone()),
        url: entry.url.clone(),
        title: name(&entry.title),
        byline: name(&entry.author),
        // A feed of feeds names the outlet of each entry.
        outlet: name(&entry.source).or_else(|| name(&feed.title)),
        published,
        modified: entry.updated.filter(|day| Some(*day) != published),
        language: entry.language.clone().or_else(|| feed.language.clone()),
        ..Carrier::default()
    }
}

/// An entry of a JSON feed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct JsonEntry {
    id: Value,
    url: Value,
    external_url: Value,
    title: Value,
    content_html: Value,
    content_text: Value,
    summary: Value,
    date_published: Value,
    date_modified: Value,
    language: Value,
    author: Value,
    authors: Value,
}

fn json(raw: &[u8]) -> Feed {
    let mut feed = Feed::default();
    for item in Items::new(raw, paths(&["items.*"])) {
        let item = match item {
            Ok(item) => item,
            Err(trouble) => {
                feed.troubles.push((Some(trouble.offset_bytes), trouble.why));
                continue;
            }
        };
        match serde_json::from_slice::<JsonEntry>(&item.raw) {
            Ok(entry) => feed.entries.push(json_entry(&entry)),
            Err(error) => feed.troubles.push((Some(item.offset_bytes), format!("this entry cannot be read: {error}"))),
        }
        feed.title = feed.title.or_else(|| item.about.get("title").cloned());
        feed.language = feed.language.or_else(|| item.about.get("language").cloned());
    }
    feed
}

fn json_entry(entry: &JsonEntry) -> Entry {
    let said = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let author = entry.authors.get(0).unwrap_or(&entry.author);
    let url = said(&entry.url).or_else(|| said(&entry.external_url));
    Entry {
        id: said(&entry.id),
        url: url.or_else(|| said(&entry.id)).filter(|url| url.starts_with("http")),
        title: said(&entry.title),
        content: said(&entry.content_html).map(Body::Html).or_else(|| said(&entry.content_text).map(Body::Text)),
        summary: said(&entry.summary).map(Body::Text),
        author: author.get("name").and_then(said),
        published: when::day_of(&entry.date_published),
        updated: when::day_of(&entry.date_modified),
        language: said(&entry.language),
        source: None,
    }
}
