//! Grows a tree from the tags and words of a page, in one pass.
//!
//! In: what the tokenizer (`html5gum`, WHATWG's rules) finds, piece by piece. Out: the nodes of a [`Tree`]. Follows the tags that
//! close others without saying so; keeps no attribute that nobody asks for. Never goes deeper or further than its limits.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer};

use super::known::{self, Sort};
use super::tree::{MAX_DEPTH, MAX_NODES, Name, Node, Tree};

/// How far down the stack of open elements a tag may reach; bounds the work of one tag.
const REACH: usize = 256;
/// What of an attribute's value is kept.
const MAX_ATTRIBUTE_BYTES: usize = 4_000;
/// Elements that an open paragraph does not reach out of.
const SCOPES: &[&str] = &["table", "td", "th", "caption", "button", "html", "#root", "template", "object"];

/// Grows `tree`, which holds its root alone, from `html`.
pub(super) fn grow(html: &str, tree: &mut Tree) {
    let builder = Builder {
        tree,
        open: vec![0],
        n_open_paragraphs: 0,
        flattened: 0,
        slash_closes: slash_closes(html),
        text: Vec::new(),
        tag: Tag::default(),
        last_start: Vec::new(),
    };
    match Tokenizer::new_with_emitter(html, builder).finish() {
        Ok(()) => {}
    }
}

struct Builder<'t> {
    tree: &'t mut Tree,
    open: Vec<usize>,
    /// How many of the open elements are `<p>`.
    n_open_paragraphs: usize,
    /// Open elements that were not pushed because the page is too deep.
    flattened: usize,
    /// Whether `<div/>` is a whole element here.
    slash_closes: bool,
    /// Words since the last tag.
    text: Vec<u8>,
    tag: Tag,
    last_start: Vec<u8>,
}

/// The tag being read.
#[derive(Default)]
struct Tag {
    is_end: bool,
    is_slashed: bool,
    name: Vec<u8>,
    /// The attribute being read.
    key: Vec<u8>,
    value: Vec<u8>,
    attributes: Vec<(&'static str, String)>,
    /// Which of the known attributes it has, a bit each: of several of one name the first counts.
    seen: u128,
}

impl Tag {
    fn begin(&mut self, is_end: bool) {
        self.is_end = is_end;
        self.is_slashed = false;
        self.name.clear();
        self.key.clear();
        self.value.clear();
        self.attributes.clear();
        self.seen = 0;
    }

    /// Keeps the attribute just read, if anybody asks for it.
    fn keep(&mut self) {
        if let Some((name, number)) = known::attribute(&self.key)
            && self.seen & 1 << number == 0
            && !self.is_end
        {
            self.seen |= 1 << number;
            let value = words(&self.value);
            let lower = matches!(name, "class" | "id") && value.bytes().any(|b| b.is_ascii_uppercase() || b >= 0x80);
            self.attributes.push((name, if lower { value.to_lowercase() } else { value }));
        }
        self.key.clear();
        self.value.clear();
    }
}

/// Bytes of a page that is valid UTF-8, but for a character cut in two at the end.
fn words(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(words) => words.to_owned(),
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned()
        }
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

impl Emitter for Builder<'_> {
    type Token = Infallible;

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_string(&mut self, words: &[u8]) {
        // HTML drops a NUL among words; elsewhere the tokenizer has put a sign in its place.
        if words != b"\0" {
            self.text.extend_from_slice(words);
        }
    }

    fn init_start_tag(&mut self) {
        self.tag.begin(false);
    }

    fn init_end_tag(&mut self) {
        self.tag.begin(true);
    }

    fn push_tag_name(&mut self, part: &[u8]) {
        self.tag.name.extend_from_slice(part);
    }

    fn set_self_closing(&mut self) {
        self.tag.is_slashed = true;
    }

    fn init_attribute(&mut self) {
        self.tag.keep();
    }

    fn push_attribute_name(&mut self, part: &[u8]) {
        self.tag.key.extend_from_slice(part);
    }

    fn push_attribute_value(&mut self, part: &[u8]) {
        let room = MAX_ATTRIBUTE_BYTES - self.tag.value.len();
        self.tag.value.extend_from_slice(&part[..part.len().min(room)]);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.tag.keep();
        self.write();
        if self.tag.is_end {
            self.end();
            return None;
        }
        self.last_start.clone_from(&self.tag.name);
        self.start()
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.is_end && !self.last_start.is_empty() && self.tag.name == self.last_start
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start = name.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {
        self.write();
        let n_nodes = self.tree.nodes.len();
        for i in self.open.drain(..) {
            self.tree.nodes[i].end = n_nodes;
        }
    }

    // Remarks, document types and mistakes say nothing to us.
    fn emit_error(&mut self, _: Error) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn emit_current_comment(&mut self) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn emit_current_doctype(&mut self) {}
}

impl Builder<'_> {
    fn tag_name(&self) -> (Name, Sort) {
        match known::element(&self.tag.name) {
            Some((name, sort)) => (Name::from(name), sort),
            None => (Name::from(words(&self.tag.name)), Sort { block: false, void: false }),
        }
    }

    fn start(&mut self) -> Option<State> {
        let (name, Sort { block, void }) = self.tag_name();
        self.close_implied(&name, block);
        let drawing = || name.is(&["path", "use", "circle", "rect", "g"]);
        let slashed = self.tag.is_slashed && (self.slash_closes || drawing());
        let raw = match name.as_str() {
            _ if slashed => None,
            "script" => Some(State::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(State::RawText),
            "title" | "textarea" => Some(State::RcData),
            _ => None,
        };
        let is_paragraph = name == "p";
        let attributes = std::mem::take(&mut self.tag.attributes);
        if let Some(i) = self.add(Node { name, attributes, block, text: String::new(), called: 0, parent: 0, end: 0 })
            && !void
            && !slashed
        {
            if self.open.len() < MAX_DEPTH {
                self.open.push(i);
                self.n_open_paragraphs += usize::from(is_paragraph);
            } else {
                self.tree.too_deep = true;
                self.flattened += 1;
            }
        }
        raw
    }

    fn add(&mut self, mut node: Node) -> Option<usize> {
        let i = self.tree.nodes.len();
        if i >= MAX_NODES {
            self.tree.too_large = true;
            return None;
        }
        node.parent = self.open.last().copied().unwrap_or(0);
        node.end = i + 1;
        self.tree.nodes.push(node);
        Some(i)
    }

    /// Writes down the words since the last tag.
    fn write(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let parent = self.open.last().copied().unwrap_or(0);
        let at = &self.tree.nodes[parent];
        let silent =
            at.name == "style" || (at.name == "script" && !at.attribute("type").is_some_and(|t| t.contains("json")));
        if !silent {
            let text = words(&self.text);
            // A remark or a stray tag between two pieces does not part them.
            match self.tree.nodes.last_mut() {
                Some(last) if last.name.is_empty() && last.parent == parent => last.text.push_str(&text),
                _ => {
                    let name = Name::from("");
                    self.add(Node { name, attributes: Vec::new(), block: false, text, called: 0, parent, end: 0 });
                }
            }
        }
        self.text.clear();
    }

    /// Closes what a start tag closes without saying so: `<li>` after `<li>`, a block inside `<p>`.
    fn close_implied(&mut self, name: &str, block: bool) {
        let (closes, walls): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tr" => (&["tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            "option" => (&["option"], &["select"]),
            _ if block && self.n_open_paragraphs > 0 => (&["p"], SCOPES),
            _ => return,
        };
        if self.flattened > 0 {
            return;
        }
        self.close(|n| n.is(closes), |n| n.is(walls));
    }

    fn end(&mut self) {
        let (name, Sort { block, void }) = self.tag_name();
        if void || name.is(&["body", "html"]) {
            return;
        }
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        // A stray end tag of running text must not close the block around it.
        let block = block || name.is(&["td", "th"]);
        self.close(|n| n.name == name, |n| (!block && n.block) || (n.name == "table" && name != "table"));
    }

    /// Closes open elements down to the first that `wanted` names, if `wall` names none above it.
    fn close(&mut self, wanted: impl Fn(&Node) -> bool, wall: impl Fn(&Node) -> bool) {
        let n_nodes = self.tree.nodes.len();
        for back in 1..=self.open.len().saturating_sub(1).min(REACH) {
            let at = self.open.len() - back;
            let node = &self.tree.nodes[self.open[at]];
            if wanted(node) {
                for i in self.open.drain(at..) {
                    let node = &mut self.tree.nodes[i];
                    node.end = n_nodes;
                    self.n_open_paragraphs -= usize::from(node.name == "p");
                }
                return;
            }
            if wall(node) {
                return;
            }
        }
    }
}

/// Whether the page was written as XML, where `<div/>` is a whole element: then end tags match start tags only when those with
/// a slash are left out of the count.
fn slash_closes(html: &str) -> bool {
    let bytes = html.as_bytes();
    let (mut n_open, mut n_slashed, mut n_closed) = (0i64, 0i64, 0i64);
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found + 1;
        at = start;
        let closing = bytes.get(start) == Some(&b'/');
        let name = &bytes[start + usize::from(closing)..bytes.len().min(start + usize::from(closing) + 6)];
        let is = |wanted: &[u8]| {
            name.len() > wanted.len()
                && name[..wanted.len()].eq_ignore_ascii_case(wanted)
                && !name[wanted.len()].is_ascii_alphanumeric()
        };
        if !(is(b"div") || is(b"span") || is(b"a") || is(b"i")) {
            continue;
        }
        if closing {
            n_closed += 1;
            continue;
        }
        let end = bytes[start..].iter().take(MAX_ATTRIBUTE_BYTES).position(|b| matches!(b, b'>' | b'<'));
        if end.is_some_and(|e| bytes[start + e - 1] == b'/') { n_slashed += 1 } else { n_open += 1 }
    }
    n_slashed > 0 && (n_open - n_closed).abs() < (n_open + n_slashed - n_closed).abs()
}
