//! RSS 0.9 to 2.0 and Atom, as feeds really come: bare `&`, wrong nesting, cut short.
//!
//! In: the text of a feed. Out: [`Feed`]. A pull parser goes through it once and is told to forgive; where it cannot go on, the
//! next entry is looked for. References that are not XML's own stay as written, for the reader of the entry's HTML: nothing a
//! document type declares is ever expanded.

use std::sync::LazyLock;

use jiff::civil::Date;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use regex::Regex;

use super::{when, words};

/// Places where the parser may stumble before the rest of a feed is left.
const MAX_TROUBLES: usize = 50;
/// Elements nested deeper than this inside an entry's markup are still its markup, but are not looked at.
const MAX_DEPTH: usize = 200;
/// Families of elements that speak of pictures, sounds and counters, under names that mean the text elsewhere.
const OTHER_FAMILIES: [&str; 8] = ["media", "itunes", "googleplay", "podcast", "slash", "wfw", "thr", "image"];

/// The words of an entry as found.
#[derive(Debug, Clone)]
pub(super) enum Body {
    Html(String),
    Text(String),
}

/// An entry of a feed.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) title: Option<String>,
    pub(super) content: Option<Body>,
    pub(super) summary: Option<Body>,
    pub(super) author: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) updated: Option<Date>,
    pub(super) language: Option<String>,
    /// The feed it was first in.
    pub(super) source: Option<String>,
}

/// A feed.
#[derive(Debug, Default)]
pub(super) struct Feed {
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
    pub(super) entries: Vec<Entry>,
    /// Where it could not be read, and why.
    pub(super) troubles: Vec<(Option<u64>, String)>,
    pub(super) remark: Option<String>,
}

/// Whether a text opens with the root element of a feed.
pub(super) fn opens(head: &str) -> bool {
    static ROOT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?s)^\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*<(?:\w+:)?(?P<name>rss|feed|RDF|channel)[\s>/]")
            .expect("a constant checked by the tests")
    });
    let Some(found) = ROOT.captures(head) else { return false };
    // Much that is no feed is written in RDF.
    &found["name"] != "RDF" || head.contains("purl.org/rss") || head.contains("netscape.com/rdf")
}

/// The encoding an XML declaration names.
pub(super) fn declared_encoding(raw: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(raw.get(..200).unwrap_or(raw)).into_owned();
    let declaration = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0.to_owned();
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start().to_owned();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split_once(quote).map(|(name, _)| name.trim().to_owned())
}

/// The feed in `source`.
pub(super) fn read(source: &str) -> Feed {
    static NO_TAG: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"<(?P<next>[\s\d=<])").expect("a constant checked by the tests"));
    // "3 < 4": what follows the sign begins no tag.
    let source = NO_TAG.replace_all(source, "&lt;$next");
    let source = source.as_ref();
    let mut builder = Builder { source, open: Vec::new(), entry: None, feed: Feed::default() };
    let mut base = 0;
    while let Some(stumbled_at) = builder.run(base) {
        // What could be made of the entry is lost with the place where it ends.
        builder.entry = None;
        builder.open.clear();
        let rest = builder.source.get(stumbled_at..).unwrap_or("");
        let next = ["<item>", "<item ", "<entry>", "<entry "].iter().filter_map(|tag| rest.find(tag)).min();
        match next {
            Some(at) if builder.feed.troubles.len() < MAX_TROUBLES => base = stumbled_at + at,
            _ => break,
        }
    }
    builder.feed
}

/// An element not closed yet.
struct Open {
    family: String,
    name: String,
    /// `type`, for what may be text or markup.
    kind: String,
    href: Option<String>,
    rel: Option<String>,
    permanent: bool,
    text: String,
    /// Markup stands in it as it is, not written as text.
    has_children: bool,
    /// Where its content starts.
    inner_start: usize,
}

struct Builder<'s> {
    source: &'s str,
    open: Vec<Open>,
    /// The entry being read, and how many elements are open around its parts.
    entry: Option<(Entry, usize)>,
    feed: Feed,
}

impl Builder<'_> {
    /// Reads from `base` on; the answer is where to look for the next entry when something could not be read.
    fn run(&mut self, base: usize) -> Option<usize> {
        let source = self.source;
        let mut reader = Reader::from_str(&source[base..]);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let before = base + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let event = reader.read_event();
            let after = base + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match event {
                Ok(Event::Start(tag)) => self.start(&tag, after),
                Ok(Event::Empty(tag)) => {
                    self.start(&tag, after);
                    self.end_last(after);
                }
                Ok(Event::End(tag)) => self.end(tag.name().as_ref(), before),
                Ok(Event::Text(text)) => self.text(&text.xml10_content()),
                Ok(Event::CData(text)) => self.text(&text.into_inner()),
                Ok(Event::GeneralRef(reference)) => self.reference(&reference),
                Ok(Event::Eof) => {
                    if self.entry.is_some() {
                        self.trouble(after, "the feed ends inside an entry, which is left out");
                    }
                    return None;
                }
                Ok(_) => {}
                Err(error) => {
                    let at = usize::try_from(reader.error_position()).unwrap_or(0) + base;
                    self.trouble(at, &format!("not well-formed: {error}"));
                    // Past the tag it stumbled over, so that the same entry is not begun again and again.
                    return Some(next_boundary(source, at.max(before).max(base) + 1));
                }
            }
        }
    }

    fn trouble(&mut self, at: usize, why: &str) {
        self.feed.troubles.push((Some(at as u64), why.to_owned()));
    }

    fn text(&mut self, text: &str) {
        if let Some(last) = self.open.last_mut() {
            last.text.push_str(text);
        }
    }

    /// A reference: XML's own five and numbers are what they stand for; others stay for the reader of HTML.
    fn reference(&mut self, reference: &BytesRef<'_>) {
        let name = reference.xml10_content();
        let sign = match name.as_ref() {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => reference.resolve_char_ref().ok().flatten(),
        };
        match sign {
            Some(sign) => self.text(sign.encode_utf8(&mut [0; 4])),
            None => self.text(&format!("&{name};")),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, inner_start: usize) {
        if let Some(parent) = self.open.last_mut() {
            parent.has_children = true;
        }
        if self.open.len() >= MAX_DEPTH {
            return;
        }
        let full = tag.name();
        let (family, name) = full.as_ref().rsplit_once(':').unwrap_or(("", full.as_ref()));
        let (family, name) = (family.to_ascii_lowercase(), name.to_ascii_lowercase());
        let mut element = Open {
            family,
            name,
            kind: String::new(),
            href: None,
            rel: None,
            permanent: true,
            text: String::new(),
            has_children: false,
            inner_start,
        };
        let mut about = None;
        let mut language = None;
        for attribute in tag.html_attributes().flatten() {
            let value = words::line_of(&attribute.value).unwrap_or_default();
            match attribute.key.as_ref() {
                "type" => element.kind = value.to_ascii_lowercase(),
                "href" => element.href = Some(value),
                "rel" => element.rel = Some(value),
                "isPermaLink" => element.permanent = value != "false",
                "rdf:about" => about = Some(value),
                "xml:lang" => language = Some(value),
                _ => {}
            }
        }
        self.close_forgotten(&element.name, inner_start);
        let is_entry = matches!(element.name.as_str(), "item" | "entry") && element.family != "media";
        if is_entry && self.entry.is_none() {
            let entry = Entry { id: about, language, ..Entry::default() };
            self.entry = Some((entry, self.open.len() + 1));
        } else if self.open.is_empty() {
            self.feed.language = self.feed.language.take().or(language);
        }
        self.open.push(element);
    }

    /// Closes what was left open before a new part of an entry, or a new entry, begins.
    fn close_forgotten(&mut self, next: &str, before: usize) {
        let Some((_, at)) = self.entry.as_ref() else { return };
        let at = *at;
        let Some(part) = self.open.get(at) else {
            if matches!(next, "item" | "entry") {
                self.end_last(before);
            }
            return;
        };
        // These hold no markup, so another part inside them is not theirs.
        let plain = ["title", "link", "guid", "id", "pubdate", "published", "updated", "creator", "date"];
        let parts = ["item", "entry", "description", "encoded", "summary", "content"];
        let begins = parts.contains(&next) || plain.contains(&next);
        if begins && plain.contains(&part.name.as_str()) && !part.kind.contains("xhtml") {
            let keep = if matches!(next, "item" | "entry") { at - 1 } else { at };
            while self.open.len() > keep {
                self.end_last(before);
            }
        }
    }

    fn end(&mut self, full: &str, before: usize) {
        let name = full.rsplit_once(':').map_or(full, |(_, name)| name).to_ascii_lowercase();
        // An end without a start is passed over; one that reaches past others closes them too.
        let Some(at) = self.open.iter().rposition(|o| o.name == name) else { return };
        while self.open.len() > at {
            self.end_last(before);
        }
    }

    /// Closes the last open element; its content ends at `inner_end`.
    fn end_last(&mut self, inner_end: usize) {
        let Some(element) = self.open.pop() else { return };
        let depth = self.open.len();
        match self.entry.as_mut() {
            Some((entry, at)) if depth == *at => {
                let inner = self.source.get(element.inner_start..inner_end).unwrap_or("");
                field(entry, element, inner);
            }
            Some((entry, at)) if depth == *at + 1 => {
                let parent = self.open.last().map_or("", |o| o.name.as_str());
                match (parent, element.name.as_str()) {
                    ("author", "name") => entry.author = entry.author.take().or(some(&element.text)),
                    ("source", "title") => entry.source = entry.source.take().or(some(&element.text)),
                    _ => {}
                }
            }
            Some((_, at)) if depth + 1 == *at => {
                if let Some((entry, _)) = self.entry.take() {
                    self.feed.entries.push(entry);
                }
            }
            Some(_) => {}
            None if depth <= 2 && !OTHER_FAMILIES.contains(&element.family.as_str()) => {
                let parent = self.open.last().map_or("", |o| o.name.as_str());
                match (parent, element.name.as_str()) {
                    ("channel" | "feed", "title") => self.feed.title = self.feed.title.take().or(some(&element.text)),
                    ("channel" | "feed", "language") => self.feed.language = some(&element.text),
                    _ => {}
                }
            }
            None => {}
        }
    }
}

/// What one part of an entry tells.
fn field(entry: &mut Entry, element: Open, inner: &str) {
    if OTHER_FAMILIES.contains(&element.family.as_str()) {
        return;
    }
    let text = element.text.trim();
    let address = |text: &str| Some(text.trim()).filter(|t| t.starts_with("http")).map(str::to_owned);
    match element.name.as_str() {
        "title" => entry.title = entry.title.take().or(some(text)),
        "link" if element.href.is_some() => {
            let main = element.rel.as_deref().is_none_or(|rel| rel == "alternate");
            entry.url = entry.url.take().or(element.href.as_deref().filter(|_| main).and_then(address));
        }
        "link" => entry.url = entry.url.take().or_else(|| address(text)),
        // A service that counts clicks puts the page's own address here.
        "origlink" => entry.url = address(text).or(entry.url.take()),
        "guid" | "id" => {
            entry.id = some(text).or(entry.id.take());
            if element.permanent && element.name == "guid" {
                entry.url = entry.url.take().or_else(|| address(text));
            }
        }
        "encoded" | "content" | "full-text" => entry.content = body(&element, inner).or(entry.content.take()),
        "description" | "summary" | "abstract" => {
            entry.summary = entry.summary.take().or_else(|| body(&element, inner))
        }
        "creator" => entry.author = some(text).or(entry.author.take()),
        "author" => entry.author = entry.author.take().or_else(|| some(person(text))),
        "source" => entry.source = entry.source.take().or(some(text)),
        "pubdate" | "published" | "issued" | "date" | "created" => {
            entry.published = entry.published.or_else(|| when::day(text));
        }
        "updated" | "modified" => entry.updated = entry.updated.or_else(|| when::day(text)),
        "language" => entry.language = some(text),
        _ => {}
    }
}

/// The words of an element: markup inside it as it stands, text that is markup, or text.
fn body(element: &Open, inner: &str) -> Option<Body> {
    if element.kind.contains("xhtml") || element.has_children {
        return some(inner).map(Body::Html);
    }
    let text = some(&element.text)?;
    let html = element.kind.contains("html") || words::looks_like_html(&text);
    Some(if html { Body::Html(text) } else { Body::Text(text) })
}

/// The name in "ana@courier.example (Ana Tarn)".
fn person(text: &str) -> &str {
    let name = text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(name, _)| name.trim());
    name.filter(|name| !name.is_empty() && text.contains('@')).unwrap_or(text)
}

fn some(text: &str) -> Option<String> {
    Some(text.trim()).filter(|t| !t.is_empty()).map(str::to_owned)
}

fn next_boundary(source: &str, mut at: usize) -> usize {
    while at < source.len() && !source.is_char_boundary(at) {
        at += 1;
    }
    at.min(source.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_and_declarations() {
        for head in [
            "<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'>",
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
            "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>",
            "<rdf:RDF xmlns='http://purl.org/rss/1.0/'>",
        ] {
            assert!(opens(head), "{head}");
        }
        for head in ["<html><rss>", "<rdf:RDF xmlns:foaf='x'>", "<feedback>", "<!DOCTYPE html><p>a feed", ""] {
            assert!(!opens(head), "{head}");
        }
        assert_eq!(
            declared_encoding(b"<?xml version=\"1.0\" encoding='windows-1251'?>").as_deref(),
            Some("windows-1251")
        );
        assert_eq!(declared_encoding(b"<rss>"), None);
        assert_eq!(person("ana@courier.example (Ana Tarn)"), "Ana Tarn");
        assert_eq!(person("Ana Tarn (Varnesh)"), "Ana Tarn (Varnesh)");
    }
}
