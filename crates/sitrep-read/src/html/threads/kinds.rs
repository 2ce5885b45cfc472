//! Posts of forum systems known by name, from `data/forum_kinds.toml`.
//!
//! In: a tree. Out: for the first kind that fits, its posts in order, each up to the first post inside it, with the post around it.
//! A row a kind: no code knows a system by name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::super::called::KIND;
use super::super::lookup::Lookup;
use super::super::tree::Tree;
use super::ranks;
use super::repeated::{Measure, Region};

/// A kind must hold this share of the page's words, in percent.
const MIN_SHARE_PERCENT: usize = 12;

#[derive(Debug, Deserialize)]
struct Row {
    #[cfg_attr(not(test), allow(dead_code))]
    name: String,
    posts: Vec<String>,
    #[serde(default)]
    comments: bool,
    /// The marks are so common that they say little alone.
    #[serde(default)]
    vague: bool,
    /// A post goes on to the next mark beside it.
    #[serde(default)]
    to_next: bool,
    indent: Option<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    kind: Vec<Row>,
}

/// An element with classes and attributes.
#[derive(Debug)]
struct Mark {
    name: String,
    classes: Vec<String>,
    attributes: Vec<(String, Option<String>)>,
}

struct Kind {
    marks: Vec<Mark>,
    row: Row,
}

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../../../data/forum_kinds.toml")).expect("the shipped file is valid: tested");
    file.kind.into_iter().map(|row| Kind { marks: row.posts.iter().map(|m| mark(m)).collect(), row }).collect()
});

fn mark(written: &str) -> Mark {
    let (head, rest) = written.split_once('[').unwrap_or((written, ""));
    let mut names = head.split('.').map(str::to_owned);
    let name = names.next().unwrap_or_default();
    let attribute = |part: &str| match part.trim_end_matches(']').split_once('=') {
        Some((name, value)) => (name.to_owned(), Some(ranks::blotted(value))),
        None => (part.trim_end_matches(']').to_owned(), None),
    };
    Mark {
        name,
        classes: names.collect(),
        attributes: rest.split('[').filter(|p| !p.is_empty()).map(attribute).collect(),
    }
}

impl Mark {
    fn fits(&self, tree: &Tree, i: usize) -> bool {
        let node = &tree.nodes[i];
        (self.name.is_empty() || node.name == self.name)
            && self.classes.iter().all(|wanted| tree.classes(i).any(|c| c == wanted))
            && self.attributes.iter().all(|(name, wanted)| {
                let value = node.attribute(name);
                let fits = |value: &str, wanted: &str| {
                    let value = ranks::blotted(value);
                    value == wanted || name == "itemtype" && value.rsplit('/').next() == Some(wanted)
                };
                value.is_some_and(|v| wanted.as_ref().is_none_or(|w| fits(v, w)))
            })
    }
}

/// Which kinds may have a mark on an element, a bit each, by what the mark asks for first: most elements have none of these.
struct Asked {
    classes: Lookup<&'static str, u64>,
    attributes: Lookup<&'static str, u64>,
}

static ASKED: LazyLock<Asked> = LazyLock::new(|| {
    let (mut classes, mut attributes) = (BTreeMap::new(), BTreeMap::new());
    for (number, kind) in KINDS.iter().enumerate() {
        for mark in &kind.marks {
            let (list, name) = match (mark.classes.first(), mark.attributes.first()) {
                (Some(class), _) => (&mut classes, class),
                (None, attribute) => (&mut attributes, &attribute.expect("marks ask for something: tested").0),
            };
            *list.entry(name.as_str()).or_default() |= 1 << number;
        }
    }
    Asked { classes: Lookup::of(classes), attributes: Lookup::of(attributes) }
});

/// The classes that marks of any kind ask for first.
pub(in crate::html) fn kind_classes() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|kind| &kind.marks).filter_map(|mark| mark.classes.first()).map(String::as_str)
}

impl Asked {
    fn kinds(&self, tree: &Tree, i: usize) -> u64 {
        let by_attribute = tree.nodes[i].attributes.iter().filter_map(|(name, _)| self.attributes.get(name));
        let classes = (tree.nodes[i].called & KIND != 0).then(|| tree.classes(i)).into_iter().flatten();
        by_attribute.chain(classes.filter_map(|class| self.classes.get(class))).fold(0, |all, some| all | some)
    }
}

/// One post of a known kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Post {
    pub(super) region: Region,
    /// Which of the kind's marks it has.
    pub(super) mark: usize,
    /// The post around it, by number.
    pub(super) around: Option<usize>,
}

/// The posts of a page.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) posts: Vec<Post>,
    /// Whether all of them are comments on something else.
    pub(super) comments: bool,
    /// Whether the marks alone say little.
    pub(super) vague: bool,
}

/// The posts of the first kind that fits the page.
pub(super) fn find(tree: &Tree, measure: &Measure) -> Option<Known> {
    let mut found: Vec<Vec<(usize, usize)>> = KINDS.iter().map(|_| Vec::new()).collect();
    for (i, node) in tree.nodes.iter().enumerate() {
        let bare = node.name.is_empty() || node.attributes.is_empty();
        if bare || measure.silent[i] {
            continue;
        }
        let asked = ASKED.kinds(tree, i);
        for (number, (kind, list)) in KINDS.iter().zip(&mut found).enumerate().filter(|_| asked != 0) {
            if asked & 1 << number != 0
                && let Some(mark) = kind.marks.iter().position(|m| m.fits(tree, i))
            {
                list.push((i, mark));
            }
        }
    }
    let all = measure.chars(0, tree.nodes.len());
    for (kind, list) in KINDS.iter().zip(found) {
        if list.is_empty() || kind.row.vague && list.len() < 2 {
            continue;
        }
        let mut posts = posts(tree, &list, kind.row.to_next);
        let n_chars: usize = posts.iter().map(|p| measure.chars(p.region.from, p.region.to)).sum();
        if n_chars * 100 < all * MIN_SHARE_PERCENT {
            continue;
        }
        if let Some(attribute) = &kind.row.indent {
            by_indent(tree, &mut posts, attribute);
        }
        return Some(Known { posts, comments: kind.row.comments, vague: kind.row.vague });
    }
    None
}

fn posts(tree: &Tree, list: &[(usize, usize)], to_next: bool) -> Vec<Post> {
    let mut out: Vec<Post> = Vec::with_capacity(list.len());
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (n, &(from, mark)) in list.iter().enumerate() {
        let end = tree.nodes[if to_next { tree.nodes[from].parent } else { from }].end;
        while open.last().is_some_and(|(end, _)| *end <= from) {
            open.pop();
        }
        let next = list.get(n + 1).map_or(usize::MAX, |(next, _)| *next);
        let around = open.last().map(|(_, n)| *n).filter(|_| !to_next);
        // A mark with no word before the same mark inside it is one post marked twice.
        if let Some(outer) = around
            && out[outer].mark == mark
            && tree.nodes[out[outer].region.from..from].iter().all(|n| n.text.trim().is_empty())
        {
            out[outer].region = Region { from, to: end.min(next) };
            continue;
        }
        open.push((end, out.len()));
        out.push(Post { region: Region { from, to: end.min(next) }, mark, around });
    }
    out
}

fn by_indent(tree: &Tree, posts: &mut [Post], attribute: &str) {
    let mut above: Vec<(u32, usize)> = Vec::new();
    for (n, post) in posts.iter_mut().enumerate() {
        let Region { from, to } = post.region;
        let told = tree.nodes[from..to].iter().take(40).find_map(|node| node.attribute(attribute)?.parse::<u32>().ok());
        let Some(depth) = told else { continue };
        while above.last().is_some_and(|(d, _)| *d >= depth) {
            above.pop();
        }
        post.around = above.last().map(|(_, n)| *n);
        above.push((depth, n));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_and_marks_that_ask_for_something() {
        assert!(KINDS.len() < 64, "kinds are kept as bits");
        for kind in KINDS.iter() {
            assert!(!kind.row.name.is_empty() && !kind.marks.is_empty());
            for mark in &kind.marks {
                assert!(!(mark.classes.is_empty() && mark.attributes.is_empty()), "{}: {mark:?}", kind.row.name);
            }
        }
    }
}
