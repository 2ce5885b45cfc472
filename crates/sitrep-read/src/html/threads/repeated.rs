//! What repeats down a page with a time each: the posts of a thread, whatever the site calls them.
//!
//! In: a tree. Out: groups of regions, best first; a region is a run of nodes that holds one time of its group. Found by climbing
//! from each time to the largest element that holds no other time of the same kind. Never reads names for their meaning.

use std::collections::BTreeMap;

use super::super::names::{PARTS, hidden, holds};
use super::super::tree::Tree;
use super::super::words::Layout;
use super::ranks;
use crate::cues;

/// A time line is no longer than this.
const MAX_TIME_CHARS: usize = 60;
/// How lines begin that tell a time of the member, not of the post.
const MEMBER_TIMES: [&str; 10] = [
    "joined",
    "join date",
    "registered",
    "registriert",
    "dabei seit",
    "inscrit",
    "member since",
    "last visit",
    "last seen",
    "last active",
];
/// Groups that are weighed.
const MAX_GROUPS: usize = 40;

/// One post's nodes, `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Regions of one kind.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) regions: Vec<Region>,
    /// The time each region was found by.
    pub(super) times: Vec<usize>,
    /// Characters outside links.
    pub(super) n_chars: usize,
}

/// Characters outside links before each node; scripts, menus and forms not counted.
pub(super) struct Measure {
    before: Vec<usize>,
    pub(super) silent: Vec<bool>,
}

impl Measure {
    pub(super) fn of(tree: &Tree, layout: &Layout) -> Measure {
        let n = tree.nodes.len();
        let (mut before, mut silent) = (vec![0; n + 1], vec![false; n]);
        for (i, node) in tree.nodes.iter().enumerate() {
            let own = !matches!(
                node.name.as_str(),
                "noscript" | "aside" | "form" | "label" | "object" | "map" | "footer" | "menu"
            );
            silent[i] =
                i > 0 && silent[node.parent] || own && holds(&PARTS.furniture_elements, &node.name) || hidden(node);
            let counts = !silent[i] && !layout.in_link[i] && node.name.is_empty();
            before[i + 1] =
                before[i] + if counts { node.text.split_whitespace().map(|w| w.chars().count()).sum() } else { 0 };
        }
        Measure { before, silent }
    }

    /// Characters among nodes `from..to`.
    pub(super) fn chars(&self, from: usize, to: usize) -> usize {
        self.before[to.max(from)] - self.before[from]
    }
}

/// The groups of `tree`, the one with most words first.
pub(super) fn groups(tree: &Tree, measure: &Measure) -> Vec<Group> {
    let mut anchors: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for i in 1..tree.nodes.len() {
        if !measure.silent[i] && is_time(tree, i) {
            anchors.entry(key(tree, i)).or_default().push(i);
        }
    }
    let mut lists: Vec<Vec<usize>> = anchors.into_values().filter(|a| a.len() >= 2).collect();
    lists.sort_by_key(|a| std::cmp::Reverse(a.len()));
    lists.truncate(MAX_GROUPS);
    let mut out: Vec<Group> = lists.iter().filter_map(|anchors| group(tree, measure, anchors)).collect();
    // Two times split a page in two halves more easily than twenty in twenty posts.
    out.sort_by_key(|g| std::cmp::Reverse(g.n_chars - g.n_chars / g.regions.len()));
    out
}

/// Whether node `i` is a time: a `<time>`, or a short text that says one.
pub(super) fn is_time(tree: &Tree, i: usize) -> bool {
    let node = &tree.nodes[i];
    if node.name == "time" {
        return true;
    }
    if !node.name.is_empty() || tree.nodes[node.parent].name == "time" {
        return false;
    }
    let words = node.text.trim();
    let short = words.len() <= MAX_TIME_CHARS * 2 && words.chars().count() <= MAX_TIME_CHARS;
    let of_member = |opening: &&str| words.get(..opening.len()).is_some_and(|head| head.eq_ignore_ascii_case(opening));
    short
        && !MEMBER_TIMES.iter().any(of_member)
        && words.bytes().any(|b| b.is_ascii_digit())
        && cues::is_post_time(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What times of one kind share: the elements around them, and the class of the nearest.
fn key(tree: &Tree, i: usize) -> String {
    let first = if tree.nodes[i].name.is_empty() { tree.nodes[i].parent } else { i };
    let mut out = ranks::kind(&tree.nodes[first]);
    let mut at = first;
    for _ in 0..2 {
        at = tree.nodes[at].parent;
        out.push('<');
        out.push_str(&tree.nodes[at].name);
    }
    out
}

fn group(tree: &Tree, measure: &Measure, anchors: &[usize]) -> Option<Group> {
    let tops: Vec<usize> = (0..anchors.len()).map(|n| alone(tree, anchors, n)).collect();
    let (tops, times) = of_one_kind(tree, tops, anchors);
    if tops.len() < 2 {
        return None;
    }
    let whole: usize = tops.iter().map(|&i| measure.chars(i, tree.nodes[i].end)).sum();
    let segments: Vec<Region> = segments(tree, &tops);
    let stretched: usize = segments.iter().map(|r| measure.chars(r.from, r.to)).sum();
    let regions = if whole * 10 >= stretched * 6 {
        tops.iter().map(|&from| Region { from, to: tree.nodes[from].end }).collect()
    } else {
        segments
    };
    let n_chars = whole.max(if whole * 10 >= stretched * 6 { 0 } else { stretched });
    Some(Group { regions, times, n_chars })
}

/// The largest element around time `n` that holds no other time of the group.
fn alone(tree: &Tree, anchors: &[usize], n: usize) -> usize {
    let before = if n == 0 { 0 } else { anchors[n - 1] };
    let after = anchors.get(n + 1).copied().unwrap_or(usize::MAX);
    let mut at = anchors[n];
    loop {
        let up = tree.nodes[at].parent;
        let node = &tree.nodes[up];
        if up == 0 || node.is(&["body", "html", "main"]) || up <= before && before > 0 || node.end > after {
            return at;
        }
        at = up;
    }
}

/// The tops that are alike: same element, and the class most of them share.
fn of_one_kind(tree: &Tree, tops: Vec<usize>, anchors: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_class: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for &i in &tops {
        let name = tree.nodes[i].name.as_str();
        *by_name.entry(name).or_default() += 1;
        tree.classes(i).for_each(|c| *by_class.entry((name, c)).or_default() += 1);
    }
    let Some((name, n)) = by_name.into_iter().max_by_key(|(_, n)| *n) else { return (Vec::new(), Vec::new()) };
    let shared =
        by_class.into_iter().filter(|((of, _), count)| *of == name && count * 10 >= n * 8).max_by_key(|(_, n)| *n);
    let fits = |i: usize| {
        tree.nodes[i].name == name && shared.is_none_or(|((_, class), _)| tree.classes(i).any(|c| c == class))
    };
    tops.iter().zip(anchors).filter(|(top, _)| fits(**top)).map(|(top, time)| (*top, *time)).unzip()
}

/// From each top to the next, or to the end of what holds it.
fn segments(tree: &Tree, tops: &[usize]) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::with_capacity(tops.len());
    for (n, &from) in tops.iter().enumerate() {
        let end = tree.nodes[tree.nodes[from].parent].end;
        let next = tops.get(n + 1).copied().unwrap_or(usize::MAX);
        out.push(Region { from, to: end.min(next).max(tree.nodes[from].end) });
    }
    // What follows the last post on the page is as long as the posts before it were, in elements.
    let n_siblings = |r: &Region| siblings(tree, r.from, r.to).count();
    if let Some((last, rest)) = out.split_last_mut() {
        let most = rest.iter().map(n_siblings).max().unwrap_or(1);
        if let Some(end) = siblings(tree, last.from, last.to).nth(most) {
            last.to = end;
        }
    }
    out
}

/// The elements side by side among `from..to`, text left out.
pub(super) fn siblings(tree: &Tree, from: usize, to: usize) -> impl Iterator<Item = usize> {
    let mut at = from;
    std::iter::from_fn(move || {
        while at < to {
            let here = at;
            at = tree.nodes[at].end.max(at + 1);
            if !tree.nodes[here].name.is_empty() {
                return Some(here);
            }
        }
        None
    })
}
