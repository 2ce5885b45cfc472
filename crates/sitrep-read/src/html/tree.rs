//! A web page as a flat tree: nodes in document order, each knowing where its subtree ends.
//!
//! In: HTML text. Out: [`Tree`]. Built over html5ever's tokenizer, not its tree builder: a page nested a hundred thousand deep
//! makes the full algorithm quadratic, while a flat tree is built in one pass, needs no recursion to read, and is all that
//! finding an article takes. Never runs or fetches anything.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// Nodes past this number are not read.
pub(crate) const MAX_NODES: usize = 1_000_000;
/// Elements nested deeper than this are read as if they stood side by side.
pub(crate) const MAX_DEPTH: usize = 1_000;
/// How far down the stack of open elements a tag may reach; bounds the work of one tag.
const REACH: usize = 256;
/// Nodes of a subtree whose text is read for a name, a title or a date.
const MAX_WORDS_NODES: usize = 400;
/// Class names of an element that are looked at.
const MAX_CLASSES: usize = 40;
const MAX_ATTRIBUTE_BYTES: usize = 4_000;

/// Attributes that are kept; the rest says nothing to us.
const KEPT: [&str; 57] = [
    "id",
    "class",
    "href",
    "itemprop",
    "itemtype",
    "rel",
    "datetime",
    "content",
    "name",
    "property",
    "type",
    "role",
    "lang",
    "hidden",
    "aria-hidden",
    "style",
    "pubdate",
    "title",
    "charset",
    "value",
    "data-datetime",
    "data-date",
    "data-time",
    "data-timestamp",
    "data-published",
    "data-publish-date",
    "data-utime",
    "data-epoch",
    "data-testid",
    "ts",
    "created-timestamp",
    "http-equiv",
    "data-parent",
    "data-parent-id",
    "data-comment-id",
    "data-author",
    "data-content",
    "data-quote",
    "data-source",
    "data-post",
    "data-post-id",
    "data-username",
    "data-user",
    "data-quotedata",
    "data-ipsquote-username",
    "data-ipsquote-contentcommentid",
    "cite",
    "component",
    "data-role",
    "data-pid",
    "indent",
    "itemscope",
    "src",
    "data-src",
    "alt",
    "width",
    "height",
];

/// An element or a run of text.
#[derive(Debug)]
pub(crate) struct Node {
    /// Element name in lower case; empty for text.
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// Whether it stands on lines of its own: one of [`BLOCKS`].
    pub(crate) block: bool,
    /// The words of a text node; the source of a JSON-LD script.
    pub(crate) text: String,
    pub(crate) parent: usize,
    /// One past the last node of the subtree: the subtree of node `i` is `i..end`.
    pub(crate) end: usize,
}

impl Node {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Whether this is an element of one of these names.
    pub(crate) fn is(&self, names: &[&str]) -> bool {
        !self.name.is_empty() && names.contains(&self.name.as_str())
    }
}

/// A page; node 0 is the root.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    /// Whether something was flattened or left out.
    pub(crate) too_deep: bool,
    pub(crate) too_large: bool,
}

impl Tree {
    /// The tree of `html`.
    pub(crate) fn of(html: &str) -> Tree {
        let root = Node {
            name: "#root".to_owned(),
            attributes: Vec::new(),
            block: true,
            text: String::new(),
            parent: 0,
            end: 1,
        };
        let tree = Tree { nodes: vec![root], too_deep: false, too_large: false };
        let sink = Sink(RefCell::new(Builder { tree, open: vec![0], flattened: 0, slash_closes: slash_closes(html) }));
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from(super::tame::tame(html).as_ref()));
        // The sink never asks to stop, so one call reads all.
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        let mut builder = tokenizer.sink.0.into_inner();
        let n_nodes = builder.tree.nodes.len();
        for i in builder.open {
            builder.tree.nodes[i].end = n_nodes;
        }
        builder.tree
    }

    /// The text below node `i`, white space run together, without scripts and styles. For names, titles and dates: of a large
    /// subtree only the opening is read, so that asking each of a thousand nested elements stays cheap.
    pub(crate) fn words(&self, i: usize) -> String {
        let mut out = String::new();
        let mut at = i;
        let mut n_seen = 0;
        while at < self.nodes[i].end && n_seen < MAX_WORDS_NODES {
            n_seen += 1;
            let node = &self.nodes[at];
            if node.is(&["script", "style", "noscript", "template"]) {
                at = node.end;
                continue;
            }
            if node.block || node.name == "br" {
                out.push(' ');
            }
            out.push_str(&node.text);
            at += 1;
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The class names of node `i`, lower case.
    pub(crate) fn classes(&self, i: usize) -> impl Iterator<Item = &str> {
        self.nodes[i].attribute("class").unwrap_or("").split_whitespace().take(MAX_CLASSES)
    }
}

/// Elements that stand on lines of their own.
pub(crate) const BLOCKS: &[&str] = &[
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "aside",
    "main",
    "table",
    "tr",
    "form",
    "pre",
    "figure",
    "figcaption",
    "fieldset",
    "details",
    "summary",
    "address",
    "center",
    "hr",
    "body",
    "html",
    "#root",
    "tbody",
    "thead",
    "tfoot",
    "caption",
    "hgroup",
    "video",
];
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
const SCOPES: &[&str] = &["table", "td", "th", "caption", "button", "html", "#root", "template", "object"];

struct Builder {
    tree: Tree,
    open: Vec<usize>,
    /// Open elements that were not pushed because the page is too deep.
    flattened: usize,
    /// Whether `<div/>` is a whole element here.
    slash_closes: bool,
}

struct Sink(RefCell<Builder>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return builder.start(&tag),
            Token::TagToken(tag) => builder.end(&tag.name),
            Token::CharacterTokens(text) => builder.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Builder {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        self.close_implied(name);
        let slashed =
            tag.self_closing && (self.slash_closes || matches!(name, "path" | "use" | "circle" | "rect" | "g"));
        let void = VOID.contains(&name) || slashed;
        if let Some(i) = self.add(name, kept(tag), String::new())
            && !void
        {
            if self.open.len() < MAX_DEPTH {
                self.open.push(i);
            } else {
                self.tree.too_deep = true;
                self.flattened += 1;
            }
        }
        if slashed {
            return TokenSinkResult::Continue;
        }
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn add(&mut self, name: &str, attributes: Vec<(String, String)>, text: String) -> Option<usize> {
        let i = self.tree.nodes.len();
        if i >= MAX_NODES {
            self.tree.too_large = true;
            return None;
        }
        let parent = self.open.last().copied().unwrap_or(0);
        self.tree.nodes.push(Node {
            name: name.to_owned(),
            attributes,
            block: BLOCKS.contains(&name),
            text,
            parent,
            end: i + 1,
        });
        Some(i)
    }

    fn text(&mut self, text: &str) {
        let parent = self.open.last().copied().unwrap_or(0);
        let at = &self.tree.nodes[parent];
        let silent =
            at.name == "style" || (at.name == "script" && !at.attribute("type").is_some_and(|t| t.contains("json")));
        if silent || text.is_empty() {
            return;
        }
        // The tokenizer hands out text in pieces; pieces that touch are one node.
        if let Some(last) = self.tree.nodes.last_mut()
            && last.name.is_empty()
            && last.parent == parent
        {
            last.text.push_str(text);
            return;
        }
        self.add("", Vec::new(), text.to_owned());
    }

    /// Closes what a start tag closes without saying so: `<li>` after `<li>`, a block inside `<p>`.
    fn close_implied(&mut self, name: &str) {
        let (closes, walls): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tr" => (&["tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            "option" => (&["option"], &["select"]),
            _ if BLOCKS.contains(&name) => (&["p"], SCOPES),
            _ => return,
        };
        if self.flattened > 0 {
            return;
        }
        self.close(|n| n.is(closes), |n| n.is(walls));
    }

    fn end(&mut self, name: &str) {
        if matches!(name, "body" | "html" | "br") || VOID.contains(&name) {
            return;
        }
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        // A stray end tag of running text must not close the block around it.
        let block = BLOCKS.contains(&name) || matches!(name, "td" | "th");
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
                    self.tree.nodes[i].end = n_nodes;
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
    while let Some(found) = bytes[at..].iter().position(|b| *b == b'<') {
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

fn kept(tag: &Tag) -> Vec<(String, String)> {
    let useful = tag.attrs.iter().filter(|a| KEPT.contains(&&*a.name.local));
    let cut = |value: &str| {
        let mut end = value.len().min(MAX_ATTRIBUTE_BYTES);
        while !value.is_char_boundary(end) {
            end -= 1;
        }
        value[..end].to_owned()
    };
    let lowered =
        |name: &str, value: &str| if matches!(name, "class" | "id") { cut(value).to_lowercase() } else { cut(value) };
    useful.map(|a| (a.name.local.to_string(), lowered(&a.name.local, &a.value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(html: &str) -> String {
        let tree = Tree::of(html);
        let mut out = String::new();
        for (i, node) in tree.nodes.iter().enumerate().skip(1) {
            let shown = if node.name.is_empty() { node.text.clone() } else { node.name.clone() };
            out.push_str(&format!("{}{shown} ", if tree.nodes[node.parent].end < node.end { "!" } else { "" }));
            assert!(node.parent < i && node.end > i);
        }
        out.trim_end().to_owned()
    }

    #[test]
    fn tags_that_close_others() {
        let tree = Tree::of("<ul><li>a<li>b</ul><p>c<div>d</div>");
        let parent = |name: &str| {
            let i = tree.nodes.iter().position(|n| n.text == name).unwrap();
            tree.nodes[tree.nodes[i].parent].name.clone()
        };
        assert_eq!(outline("<ul><li>a<li>b</ul><p>c<div>d</div>"), "ul li a li b p c div d");
        assert_eq!((parent("a").as_str(), parent("b").as_str(), parent("d").as_str()), ("li", "li", "div"));
        let div = tree.nodes.iter().find(|n| n.name == "div").unwrap();
        assert_eq!(div.parent, 0);
    }

    #[test]
    fn a_page_nested_a_hundred_thousand_deep_is_flattened() {
        let html = format!("{}words{}", "<div><b>".repeat(100_000), "</b></div>".repeat(100_000));
        let tree = Tree::of(&html);
        assert!(tree.too_deep);
        assert!(tree.nodes.iter().any(|n| n.text == "words"));
    }

    #[test]
    fn a_slash_closes_on_pages_written_as_xml() {
        let parent = |html: &str| {
            let tree = Tree::of(html);
            let i = tree.nodes.iter().position(|n| n.text == "words").unwrap();
            tree.nodes[tree.nodes[i].parent].name.clone()
        };
        assert_eq!(parent("<p><i class='x'/>words</p><div><a name='1'/></div>"), "p");
        assert_eq!(parent("<p><i class='x'/>words</i></p>"), "i");
    }

    #[test]
    fn scripts_are_not_words() {
        assert_eq!(Tree::of("<p>a<script>if (a<b) {}</script> b &amp; c</p>").words(0), "a b & c");
    }
}
