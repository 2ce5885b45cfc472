//! Lists of names as look-up tables, and the names of a node with their numbers blotted out.
//!
//! In: names from `data/forum_posts.toml`. Out: how good a name a node has. Holds no rule.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::super::called::{Bit, POST_LISTS};
use super::super::lookup::Lookup;
use super::super::names::POSTS;
use super::super::tree::{Node, Tree};

/// Place of each name in its list, best first.
pub(super) struct Ranks {
    places: Lookup<String, usize>,
    bit: Bit,
}

impl Ranks {
    fn of(list: &[String], number: u32) -> Ranks {
        let places = Lookup::of(list.iter().map(|name| plain(name).into_owned()).zip(0..));
        Ranks { places, bit: 1 << (POST_LISTS + number) }
    }

    /// The best rank of any class, identifier or property of node `i`.
    pub(super) fn rank(&self, tree: &Tree, i: usize) -> Option<usize> {
        if tree.nodes[i].called & self.bit == 0 {
            return None;
        }
        names(&tree.nodes[i]).filter_map(|name| self.places.get(&name).copied()).min()
    }
}

/// All names of the lists below, each with the bit of its list.
pub(in crate::html) fn post_names() -> impl Iterator<Item = (String, Bit)> {
    [&BODY, &AUTHOR, &TIME, &DROP, &QUOTE, &QUOTE_HEAD]
        .into_iter()
        .flat_map(|ranks| ranks.places.names().map(|name| (name.to_owned(), ranks.bit)))
}

pub(super) static BODY: LazyLock<Ranks> =
    LazyLock::new(|| Ranks::of(&[POSTS.body_names.as_slice(), &POSTS.body_wide_names].concat(), 0));
pub(super) static AUTHOR: LazyLock<Ranks> = LazyLock::new(|| Ranks::of(&POSTS.author_names, 1));
pub(super) static TIME: LazyLock<Ranks> = LazyLock::new(|| Ranks::of(&POSTS.time_names, 2));
pub(super) static DROP: LazyLock<Ranks> = LazyLock::new(|| Ranks::of(&POSTS.drop_names, 3));
pub(super) static QUOTE: LazyLock<Ranks> = LazyLock::new(|| Ranks::of(&POSTS.quote_names, 4));
pub(super) static QUOTE_HEAD: LazyLock<Ranks> = LazyLock::new(|| Ranks::of(&POSTS.quote_head_names, 5));

/// Class names, identifier and microdata properties, lower case, runs of figures as `#`.
pub(super) fn names(node: &Node) -> impl Iterator<Item = Cow<'_, str>> {
    let named = ["class", "id", "itemprop", "component", "data-role", "data-testid"].map(|name| node.attribute(name));
    named.into_iter().flatten().flat_map(str::split_whitespace).take(20).map(plain)
}

/// Element name and first class: what siblings of one kind share.
pub(super) fn kind(node: &Node) -> String {
    let first = node.attribute("class").and_then(|c| c.split_whitespace().next()).map(plain).unwrap_or_default();
    format!("{}.{first}", node.name)
}

/// `name` in lower case, `_` as `-`, runs of figures as `#`.
pub(in crate::html) fn plain(name: &str) -> Cow<'_, str> {
    // Most names are so already.
    match name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        true => Cow::Borrowed(name),
        false => Cow::Owned(blotted(name).replace('_', "-")),
    }
}

/// `name` in lower case, runs of figures as `#`.
pub(super) fn blotted(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_digit() || c == '#' {
            if !out.ends_with('#') {
                out.push('#');
            }
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}
