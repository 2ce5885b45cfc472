//! What the parts of pages and comments are called in markup, from `data/page_parts.toml` and `data/comment_markup.toml`.
//!
//! In: nothing. Out: word lists, loaded once. Holds no rule.

use std::sync::LazyLock;

use serde::Deserialize;

use super::called::{Bit, COMMENT_LISTS, HIDDEN, PART_LISTS};
use super::lookup::Lookup;
use super::tree::{Node, Tree};

/// A list of names, best first, ready to be asked for one.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct Names {
    list: Vec<String>,
    places: Lookup<String, usize>,
    /// Set on nodes that may have one of them; 0 for a list that is asked of every node.
    bit: Bit,
}

impl From<Vec<String>> for Names {
    fn from(list: Vec<String>) -> Names {
        Names { places: Lookup::of(list.iter().cloned().zip(0..)), list, bit: 0 }
    }
}

impl Names {
    pub(crate) fn list(&self) -> &[String] {
        &self.list
    }

    pub(crate) fn bit(&self) -> Bit {
        self.bit
    }

    /// Whether `node` may have one of them.
    fn may_name(&self, node: &Node) -> bool {
        self.bit == 0 || node.called & self.bit != 0
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct PageParts {
    pub(crate) furniture_elements: Names,
    pub(crate) furniture_roles: Names,
    pub(crate) furniture_words: Names,
    pub(crate) furniture_names: Names,
    pub(crate) article_properties: Names,
    pub(crate) article_names: Names,
    pub(crate) article_elements: Names,
    pub(crate) lead_names: Vec<String>,
    pub(crate) byline_names: Vec<String>,
    pub(crate) post_names: Names,
    pub(crate) meta: MetaNames,
}

#[derive(Debug, Deserialize)]
pub(crate) struct MetaNames {
    pub(crate) title: Vec<String>,
    pub(crate) outlet: Vec<String>,
    pub(crate) byline: Vec<String>,
    pub(crate) url: Vec<String>,
    pub(crate) description: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct CommentMarkup {
    pub(crate) item_names: Names,
    pub(crate) item_types: Vec<String>,
    pub(crate) item_ids: Names,
    pub(crate) item_elements: Names,
    pub(crate) indent_names: Names,
    pub(crate) removed_openings: Vec<String>,
    pub(crate) list_names: Names,
    pub(crate) section_names: Names,
    pub(crate) body_names: Names,
    pub(crate) body_fallback_names: Names,
    pub(crate) body_properties: Names,
    pub(crate) author_names: Names,
    pub(crate) author_properties: Names,
    pub(crate) time_names: Names,
    pub(crate) time_properties: Names,
    pub(crate) button_names: Names,
}

/// What the parts of forum posts are called.
#[derive(Debug, Deserialize)]
pub(crate) struct ForumPosts {
    pub(crate) body_names: Vec<String>,
    pub(crate) body_wide_names: Vec<String>,
    pub(crate) author_names: Vec<String>,
    pub(crate) author_links: Vec<String>,
    pub(crate) time_names: Vec<String>,
    pub(crate) drop_names: Vec<String>,
    pub(crate) quote_names: Vec<String>,
    pub(crate) quote_head_names: Vec<String>,
}

pub(crate) static POSTS: LazyLock<ForumPosts> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/forum_posts.toml")).expect("the shipped file is valid: tested")
});
pub(crate) static PARTS: LazyLock<PageParts> = LazyLock::new(|| {
    let mut parts: PageParts =
        toml::from_str(include_str!("../../data/page_parts.toml")).expect("the shipped file is valid: tested");
    let lists = [&mut parts.furniture_names, &mut parts.article_names, &mut parts.post_names];
    lists.into_iter().zip(PART_LISTS..).for_each(|(names, n)| names.bit = 1 << n);
    parts
});
pub(crate) static COMMENTS: LazyLock<CommentMarkup> = LazyLock::new(|| {
    let mut markup: CommentMarkup =
        toml::from_str(include_str!("../../data/comment_markup.toml")).expect("the shipped file is valid: tested");
    let lists = [
        &mut markup.item_names,
        &mut markup.indent_names,
        &mut markup.list_names,
        &mut markup.section_names,
        &mut markup.body_names,
        &mut markup.body_fallback_names,
        &mut markup.author_names,
        &mut markup.time_names,
        &mut markup.button_names,
    ];
    lists.into_iter().zip(COMMENT_LISTS..).for_each(|(names, n)| names.bit = 1 << n);
    markup
});

impl PageParts {
    /// The lists that have a bit.
    pub(crate) fn numbered(&self) -> [&Names; 3] {
        [&self.furniture_names, &self.article_names, &self.post_names]
    }
}

impl CommentMarkup {
    /// The lists that have a bit.
    pub(crate) fn numbered(&self) -> [&Names; 9] {
        let [items, indents, lists] = [&self.item_names, &self.indent_names, &self.list_names];
        let [sections, bodies, fallbacks] = [&self.section_names, &self.body_names, &self.body_fallback_names];
        [items, indents, lists, sections, bodies, fallbacks, &self.author_names, &self.time_names, &self.button_names]
    }
}

/// Whether `names` holds `word`.
pub(crate) fn holds(names: &Names, word: &str) -> bool {
    names.places.holds(word)
}

/// Whether `names` holds a class name of node `i`.
pub(crate) fn has_class(tree: &Tree, i: usize, names: &Names) -> bool {
    names.may_name(&tree.nodes[i]) && tree.classes(i).any(|class| holds(names, class))
}

/// The best (earliest) place in `names` of any class name or id of node `i`.
pub(crate) fn rank(tree: &Tree, i: usize, names: &Names) -> Option<usize> {
    if !names.may_name(&tree.nodes[i]) {
        return None;
    }
    let id = tree.nodes[i].attribute("id").into_iter();
    tree.classes(i).chain(id).filter_map(|name| names.places.get(name)).min().copied()
}

/// As [`rank`], but a name of several words also fits at the end of a longer one: "wp-block-comment-content"; exact fits
/// come first.
pub(crate) fn loose_rank(tree: &Tree, i: usize, names: &Names) -> Option<usize> {
    if !names.may_name(&tree.nodes[i]) {
        return None;
    }
    let ends = |name: &str, word: &str| {
        word.contains('-') && name.strip_suffix(word).is_some_and(|head| head.ends_with(['-', '_']))
    };
    let exact = rank(tree, i, names).map(|r| r * 2);
    let place = |name: &str| names.list.iter().position(|w| ends(name, w));
    exact.or_else(|| tree.classes(i).filter_map(place).min().map(|r| r * 2 + 1))
}

/// The best place in `names` of the node's `itemprop`, lower case.
pub(crate) fn property_rank(node: &Node, names: &Names) -> Option<usize> {
    let property = node.attribute("itemprop")?.to_lowercase();
    property.split_whitespace().filter_map(|p| names.places.get(p)).min().copied()
}

/// The parts of class names and id: "entry-content__body" gives entry, content, body.
pub(crate) fn parts(node: &Node) -> impl Iterator<Item = &str> {
    let named = [node.attribute("class"), node.attribute("id")];
    named.into_iter().flatten().flat_map(|n| n.split(|c: char| !c.is_alphanumeric())).filter(|p| !p.is_empty()).take(60)
}

/// Whether no reader sees the node.
pub(crate) fn hidden(node: &Node) -> bool {
    node.called & HIDDEN != 0
}
