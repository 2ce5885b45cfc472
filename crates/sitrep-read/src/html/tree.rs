//! A web page as a flat tree: nodes in document order, each knowing where its subtree ends.
//!
//! In: HTML text. Out: [`Tree`]. Built over a tokenizer, not a tree builder (see [`grow`]): a page nested a hundred thousand deep
//! makes the full algorithm quadratic, while a flat tree is built in one pass, needs no recursion to read, and is all that
//! finding an article takes. Never runs or fetches anything.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use super::{called, grow};

pub(crate) use super::known::BLOCKS;

/// Nodes past this number are not read.
pub(crate) const MAX_NODES: usize = 1_000_000;
/// Elements nested deeper than this are read as if they stood side by side.
pub(crate) const MAX_DEPTH: usize = 1_000;
/// Nodes of a subtree whose text is read for a name, a title or a date.
const MAX_WORDS_NODES: usize = 400;
/// Class names of an element that are looked at.
const MAX_CLASSES: usize = 40;

/// The name of an element in lower case; empty for text. A `str` that is only copied when nobody has heard of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name(Cow<'static, str>);

impl Name {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is one of these, and not that of a text.
    pub(crate) fn is(&self, names: &[&str]) -> bool {
        !self.is_empty() && names.contains(&self.as_str())
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<String> for Name {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl From<&'static str> for Name {
    fn from(name: &'static str) -> Name {
        Name(Cow::Borrowed(name))
    }
}

impl From<String> for Name {
    fn from(name: String) -> Name {
        Name(Cow::Owned(name))
    }
}

/// An element or a run of text.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) name: Name,
    pub(crate) attributes: Vec<(&'static str, String)>,
    /// Whether it stands on lines of its own: one of [`BLOCKS`].
    pub(crate) block: bool,
    /// The words of a text node; the source of a JSON-LD script.
    pub(crate) text: String,
    /// What lists of names may know of it; see [`called`].
    pub(crate) called: called::Bit,
    pub(crate) parent: usize,
    /// One past the last node of the subtree: the subtree of node `i` is `i..end`.
    pub(crate) end: usize,
}

impl Node {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
    }

    /// Whether this is an element of one of these names.
    pub(crate) fn is(&self, names: &[&str]) -> bool {
        self.name.is(names)
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
        let name = Name::from("#root");
        let root =
            Node { name, attributes: Vec::new(), block: true, text: String::new(), called: 0, parent: 0, end: 1 };
        let mut tree = Tree { nodes: vec![root], too_deep: false, too_large: false };
        grow::grow(html, &mut tree);
        let called = called::bits(&tree.nodes);
        tree.nodes.iter_mut().zip(called).for_each(|(node, bits)| node.called = bits);
        tree
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

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(html: &str) -> String {
        let tree = Tree::of(html);
        let mut out = String::new();
        for (i, node) in tree.nodes.iter().enumerate().skip(1) {
            let shown = if node.name.is_empty() { node.text.clone() } else { node.name.to_string() };
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
            tree.nodes[tree.nodes[i].parent].name.to_string()
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
            tree.nodes[tree.nodes[i].parent].name.to_string()
        };
        assert_eq!(parent("<p><i class='x'/>words</p><div><a name='1'/></div>"), "p");
        assert_eq!(parent("<p><i class='x'/>words</i></p>"), "i");
    }

    #[test]
    fn scripts_are_not_words() {
        assert_eq!(Tree::of("<p>a<script>if (a<b) {}</script> b &amp; c</p>").words(0), "a b & c");
    }
}
