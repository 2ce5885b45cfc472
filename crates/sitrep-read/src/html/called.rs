//! What lists of names say of a node, asked once: a bit for each list that may hold one of its names.
//!
//! In: the attributes of a node. Out: bits. A page gives the same names to its nodes a thousand times, and two dozen lists want to
//! know; a bit that is not set spares the list the question. A bit that is set promises nothing: the list is asked then.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use hashbrown::HashMap;

use super::dated::{elsewhere_words, first_words};
use super::lookup::Lookup;
use super::names::{COMMENTS, PARTS};
use super::threads::{kind_classes, plain, post_names};
use super::tree::Node;

/// A bit that says which list may hold a name of the node.
pub(crate) type Bit = u64;

/// The first of the lists of `comment_markup.toml`, of `page_parts.toml` and of `forum_posts.toml`, in the order they are numbered.
pub(crate) const COMMENT_LISTS: u32 = 0;
pub(crate) const PART_LISTS: u32 = 16;
pub(crate) const POST_LISTS: u32 = 24;
/// A part of a name is one of furniture, of lists of other pages, of a caption, of a button to answer with, of a date.
pub(crate) const FURNITURE: Bit = 1 << 40;
pub(crate) const ELSEWHERE: Bit = 1 << 41;
pub(crate) const CAPTION: Bit = 1 << 42;
pub(crate) const ANSWER: Bit = 1 << 43;
pub(crate) const DATE: Bit = 1 << 44;
/// A name ends as those of bylines do.
pub(crate) const BYLINE: Bit = 1 << 45;
/// A class is one that posts of a known kind have.
pub(crate) const KIND: Bit = 1 << 46;
/// No reader sees the node.
pub(crate) const HIDDEN: Bit = 1 << 47;

/// Parts of names that make a caption, and a button to answer with.
pub(crate) const CAPTIONS: &[&str] = &["caption", "wp-caption", "figcaption"];
pub(crate) const ANSWERS: &[&str] = &["reply", "quote", "report", "postcount", "permalink"];
/// Names of one attribute, and parts of them, that are looked at.
const MAX_NAMES: usize = 60;
/// Attributes that hold names.
const NAMED: &[&str] = &["id", "itemprop", "component", "data-role", "data-testid", "name"];

struct Lists {
    whole: Lookup<&'static str, Bit>,
    /// The same for names with their figures blotted out.
    plain: Lookup<String, Bit>,
    /// What a name may end with.
    ends: Lookup<&'static str, Bit>,
    parts: Lookup<&'static str, Bit>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut whole: BTreeMap<&str, Bit> = BTreeMap::new();
    for names in COMMENTS.numbered().into_iter().chain(PARTS.numbered()) {
        names.list().iter().for_each(|name| *whole.entry(name.as_str()).or_default() |= names.bit());
    }
    kind_classes().for_each(|class| *whole.entry(class).or_default() |= KIND);
    let mut plain: BTreeMap<String, Bit> = BTreeMap::new();
    post_names().for_each(|(name, bit)| *plain.entry(name).or_default() |= bit);
    let mut parts: BTreeMap<&str, Bit> = BTreeMap::new();
    let listed = |bit: Bit| move |word: &'static str| (word, bit);
    let words = (PARTS.furniture_words.list().iter().map(String::as_str).map(listed(FURNITURE)))
        .chain(elsewhere_words().map(listed(ELSEWHERE)))
        .chain(first_words().map(listed(DATE)))
        .chain(CAPTIONS.iter().copied().map(listed(CAPTION)))
        .chain(ANSWERS.iter().copied().map(listed(ANSWER)));
    words.for_each(|(word, bit)| *parts.entry(word).or_default() |= bit);
    let loose = [&COMMENTS.author_names, &COMMENTS.time_names, &COMMENTS.body_names];
    let loose = loose.into_iter().flat_map(|names| names.list().iter().map(|name| (name.as_str(), names.bit())));
    let mut ends: BTreeMap<&str, Bit> = BTreeMap::new();
    let all = loose.chain(PARTS.byline_names.iter().map(|name| (name.as_str(), BYLINE)));
    all.for_each(|(end, bit)| *ends.entry(end).or_default() |= bit);
    Lists { whole: Lookup::of(whole), plain: Lookup::of(plain), ends: Lookup::of(ends), parts: Lookup::of(parts) }
});

/// The bits of each node.
pub(crate) fn bits(nodes: &[Node]) -> Vec<Bit> {
    let lists = &*LISTS;
    let mut seen: HashMap<&str, Bit> = HashMap::new();
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        let mut bits = if is_hidden(node) { HIDDEN } else { 0 };
        for (name, value) in &node.attributes {
            if *name == "class" {
                bits |= *seen.entry(value.as_str()).or_insert_with(|| lists.bits(value));
            } else if NAMED.contains(name) {
                bits |= lists.bits(value);
            }
        }
        out.push(bits);
    }
    out
}

impl Lists {
    fn bits(&self, names: &str) -> Bit {
        if !names.is_ascii() {
            return Bit::MAX ^ HIDDEN;
        }
        let mut bits = 0;
        let said = |list: &Lookup<&'static str, Bit>, name: &str| list.get(name).copied().unwrap_or(0);
        for name in names.split_ascii_whitespace().take(MAX_NAMES) {
            bits |= said(&self.whole, name) | self.plain.get(&plain(name)).copied().unwrap_or(0);
            let mut from = 0;
            for (at, sign) in name.bytes().enumerate().filter(|(_, b)| !b.is_ascii_alphanumeric()) {
                bits |= said(&self.parts, &name[from..at]);
                from = at + 1;
                if matches!(sign, b'-' | b'_') {
                    bits |= said(&self.ends, &name[from..]);
                }
            }
            bits |= said(&self.ends, name) | said(&self.parts, &name[from..]);
        }
        bits
    }
}

fn is_hidden(node: &Node) -> bool {
    node.attribute("hidden").is_some()
        || node.attribute("style").is_some_and(|s| {
            let s: String = s.split_ascii_whitespace().collect::<String>().to_ascii_lowercase();
            s.contains("display:none") || s.contains("visibility:hidden")
        })
}
