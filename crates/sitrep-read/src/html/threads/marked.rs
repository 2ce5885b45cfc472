//! Comment threads in markup: WordPress, wpDiscuz, Disqus as rendered, schema.org, and lists that call themselves comments.
//!
//! In: a tree. Out: comments with their words, and which nodes they take up. Replies are known by nesting, by a named parent, or
//! by a depth in the class name. Names of classes are data: `data/comment_markup.toml`.

use std::collections::{BTreeMap, BTreeSet};

use super::super::names::{COMMENTS, PARTS, POSTS, has_class, hidden, holds, loose_rank, property_rank, rank};
use super::super::tree::Tree;
use super::super::words::{Layout, runs};
use super::fields::name_inside;
use super::{Item, Thread};
use crate::cues;

/// What has more nodes is more than a name or a time.
const MAX_NAME_NODES: usize = 40;

/// Finds the comments of `tree`.
pub(crate) fn find(tree: &Tree, layout: &Layout) -> Thread {
    let mut taken = vec![false; tree.nodes.len()];
    for (i, node) in tree.nodes.iter().enumerate().skip(1) {
        let outer = node.is(&["body", "html", "main", "article"]) || node.name.is_empty();
        taken[i] = !outer && rank(tree, i, &COMMENTS.section_names).is_some();
    }
    let marked = marked(tree);
    let is_item: Vec<bool> = {
        let mut flags = vec![false; tree.nodes.len()];
        marked.iter().for_each(|(i, _)| flags[*i] = true);
        flags
    };
    let (read, exact): (Vec<Item>, Vec<bool>) = marked.iter().map(|(i, _)| item(tree, layout, *i, &is_item)).unzip();
    let has_answers: BTreeSet<usize> = marked.iter().filter_map(|(_, around)| *around).collect();
    // What has neither name nor time, nor marked words, is a wrapper; its comments go to whatever is around it. A notice in
    // place of a comment that was taken away keeps the answers to it together.
    let real: Vec<bool> = (read.iter().zip(&exact).enumerate())
        .map(|(n, (one, exact))| {
            let said = one.author.is_some() || one.time.is_some() || *exact;
            !one.paragraphs.is_empty() && (said || has_answers.contains(&n) && is_removed(&one.paragraphs))
        })
        .collect();
    let named = by_identifier(tree, &marked);
    let indents = indents(tree, &marked);
    let mut place: Vec<Option<usize>> = Vec::with_capacity(read.len());
    let mut items: Vec<Item> = Vec::new();
    let mut depths: Vec<(u32, usize)> = Vec::new();
    for (n, mut one) in read.into_iter().enumerate() {
        let (node, around) = marked[n];
        let nested = around.and_then(|a| place.get(a).copied().flatten());
        if !real[n] {
            place.push(nested);
            continue;
        }
        taken[node] = true;
        let told = told_parent(tree, node, &named).and_then(|p| place.get(p).copied().flatten());
        let by_class = depth_told(tree, node).or(indents[n]).map(|depth| {
            while depths.last().is_some_and(|(d, _)| *d >= depth) {
                depths.pop();
            }
            let parent = depths.last().map(|(_, i)| *i);
            depths.push((depth, items.len()));
            parent
        });
        one.parent = nested.or(told).or(by_class.flatten());
        place.push(Some(items.len()));
        items.push(one);
    }
    Thread { items, taken, ..Thread::default() }
}

/// Nodes that are marked as one comment, with the number of the marked node around each.
fn marked(tree: &Tree) -> Vec<(usize, Option<usize>)> {
    let mut out: Vec<(usize, Option<usize>)> = Vec::new();
    let mut open: Vec<(usize, usize, bool)> = Vec::new();
    let mut lists: Vec<usize> = Vec::new();
    let mut last_list = 0;
    for (i, node) in tree.nodes.iter().enumerate().skip(1) {
        while open.last().is_some_and(|(end, ..)| *end <= i) {
            open.pop();
        }
        while lists.last().is_some_and(|end| *end <= i) {
            lists.pop();
        }
        if node.name.is_empty() {
            if let Some(inner) = open.last_mut() {
                inner.2 |= !node.text.trim().is_empty();
            }
            continue;
        }
        if node.is(&["ul", "ol"]) {
            last_list = i;
        }
        if node.is(&["ul", "ol"]) && is_list(tree, i, !open.is_empty()) {
            lists.push(node.end);
        }
        let in_list =
            node.name == "li" && lists.last().is_some() && tree.nodes[node.parent].end == *lists.last().unwrap_or(&0);
        if !(in_list || is_marked(tree, i)) {
            continue;
        }
        // A second mark before any word of the first is the same comment marked twice.
        if open.last().is_some_and(|(_, _, has_words)| !has_words) {
            continue;
        }
        let around = open.last().map(|(_, n, _)| *n);
        // Replies to a list item stand in a list of their own; a mark outside one is a part of the item.
        if let Some(outer) = around.map(|n| out[n].0)
            && tree.nodes[outer].name == "li"
            && node.name != "li"
            && last_list < outer
        {
            continue;
        }
        open.push((node.end, out.len(), false));
        out.push((i, around));
    }
    out
}

fn is_list(tree: &Tree, i: usize, inside_comment: bool) -> bool {
    let generic = ["children", "replies", "post-list"];
    has_class(tree, i, &COMMENTS.list_names)
        && tree.classes(i).any(|c| holds(&COMMENTS.list_names, c) && (inside_comment || !generic.contains(&c)))
}

fn is_marked(tree: &Tree, i: usize) -> bool {
    let node = &tree.nodes[i];
    if holds(&COMMENTS.item_elements, &node.name) {
        return true;
    }
    if !node.is(&["li", "div", "article", "section", "tr", "dd"])
        || tree.classes(i).any(|c| matches!(c, "pingback" | "trackback"))
    {
        return false;
    }
    let by_type = node.attribute("itemtype").is_some_and(|t| {
        let t = t.to_lowercase();
        COMMENTS.item_types.iter().any(|known| t.ends_with(known.as_str()))
    });
    let by_id = node.attribute("id").and_then(|id| id.rsplit_once('-')).is_some_and(|(word, number)| {
        let plain = word != "post" && word != "c" || node.name == "li";
        plain && holds(&COMMENTS.item_ids, word) && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
    });
    by_type || by_id || has_class(tree, i, &COMMENTS.item_names)
}

/// Marked nodes by the number in their identifier.
fn by_identifier(tree: &Tree, marked: &[(usize, Option<usize>)]) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for (n, (i, _)) in marked.iter().enumerate() {
        let node = &tree.nodes[*i];
        let number = |id: &str| id.rsplit(['-', '_']).next().map(str::to_owned).filter(|d| !d.is_empty());
        let told = node.attribute("data-comment-id").or(node.attribute("thingid")).map(str::to_owned);
        for id in [told, node.attribute("id").and_then(number)].into_iter().flatten() {
            out.entry(id).or_insert(n);
        }
    }
    out
}

fn told_parent(tree: &Tree, i: usize, named: &BTreeMap<String, usize>) -> Option<usize> {
    let node = &tree.nodes[i];
    let told = ["data-parent-id", "data-parent", "parentid"].iter().find_map(|name| node.attribute(name))?;
    named.get(told).or_else(|| named.get(told.rsplit(['-', '_']).next().unwrap_or(told))).copied()
}

/// The number in a class such as `depth-2` or `wpd_comment_level-3`, or in an attribute of that name.
fn depth_told(tree: &Tree, i: usize) -> Option<u32> {
    let by_class = tree.classes(i).find_map(|class| {
        let (word, number) = class.rsplit_once(['-', '_'])?;
        let told = ["depth", "level", "indent"].iter().any(|w| word.ends_with(w));
        if told { number.parse().ok() } else { None }
    });
    by_class.or_else(|| ["depth", "data-depth"].iter().find_map(|name| tree.nodes[i].attribute(name)?.parse().ok()))
}

/// For each comment in how many elements that only push answers to the right it stands, on a page that has such.
fn indents(tree: &Tree, marked: &[(usize, Option<usize>)]) -> Vec<Option<u32>> {
    let mut out: Vec<Option<u32>> = Vec::with_capacity(marked.len());
    let mut open: Vec<usize> = Vec::new();
    let (mut at, mut any) = (0, false);
    for (i, _) in marked {
        while at < *i {
            if !tree.nodes[at].name.is_empty() && has_class(tree, at, &COMMENTS.indent_names) {
                open.push(tree.nodes[at].end);
                any = true;
            }
            at += 1;
        }
        // Ends of nested elements stand innermost last.
        while open.last().is_some_and(|end| end <= i) {
            open.pop();
        }
        out.push(u32::try_from(open.len()).ok());
    }
    if any { out } else { vec![None; marked.len()] }
}

/// Whether a comment is nothing but the notice that it was taken away.
fn is_removed(paragraphs: &[String]) -> bool {
    let [only] = paragraphs else { return false };
    let words = only.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    words.len() <= 120 && COMMENTS.removed_openings.iter().any(|opening| words.starts_with(opening.as_str()))
}

/// The best-named node for one part of a comment: its rank, lower is better, and its place.
type Best = Option<(usize, usize)>;

fn better(best: &mut Best, rank: Option<usize>, i: usize) {
    if let Some(rank) = rank
        && best.is_none_or(|(known, _)| rank < known)
    {
        *best = Some((rank, i));
    }
}

/// One comment, and whether its words are marked as such.
fn item(tree: &Tree, layout: &Layout, root: usize, is_item: &[bool]) -> (Item, bool) {
    let names = &*COMMENTS;
    let (mut author, mut time, mut body, mut fallback): (Best, Best, Best, Best) = (None, None, None, None);
    let end = tree.nodes[root].end;
    let mut at = root;
    while at < end {
        let node = &tree.nodes[at];
        if at != root && is_item[at] {
            at = node.end;
            continue;
        }
        if !node.name.is_empty() {
            let by_name = loose_rank(tree, at, &names.author_names);
            let by_property = property_rank(node, &names.author_properties).map(|r| r * 2 + 1);
            let by_cite = (node.name == "cite").then_some(5);
            let by_any = [by_name, by_property, by_cite].into_iter().flatten().min();
            // A line called after the author may hold nothing but the time.
            let better_named = |rank: &usize| author.is_none_or(|(known, _)| *rank < known);
            let fits = |_: &usize| node.end - at > MAX_NAME_NODES || !cues::is_post_time(&tree.words(at));
            let by_any = by_any.filter(better_named).filter(fits);
            better(&mut author, by_any, at);
            let by_element = (node.name == "time").then_some(0);
            let by_name = loose_rank(tree, at, &names.time_names).map(|r| r + 2);
            let by_property = property_rank(node, &names.time_properties).map(|_| 1);
            better(&mut time, [by_element, by_name, by_property].into_iter().flatten().min(), at);
            let by_property = property_rank(node, &names.body_properties).map(|_| 2);
            let by_slot = (node.attribute("slot") == Some("comment")).then_some(0);
            let by_name = loose_rank(tree, at, &names.body_names);
            better(&mut body, [by_slot, by_name, by_property].into_iter().flatten().min(), at);
            if at != root {
                better(&mut fallback, rank(tree, at, &names.body_fallback_names), at);
            }
        }
        at += 1;
    }
    let inner = || own_nodes(tree, root, is_item);
    let author_node = author.map(|(_, i)| name_inside(tree, i));
    let author_node = author_node.or_else(|| inner().find(|&i| links_to_member(&tree.nodes[i])));
    let time_node = time.map(|(_, i)| i).or_else(|| inner().find(|&i| super::repeated::is_time(tree, i)));
    let words_of = |i: usize| tree.nodes[i].attribute("content").map_or_else(|| tree.words(i), str::to_owned);
    let whole = body.or(fallback).map_or(root, |(_, i)| i);
    let exact = body.is_some();
    let skip = |i: usize| {
        let node = &tree.nodes[i];
        (i != root && is_item[i])
            || Some(i) == author_node && i != whole
            || Some(i) == time_node && i != whole
            || holds(&PARTS.furniture_elements, &node.name) && i != whole
            || hidden(node)
            || has_class(tree, i, &names.button_names) && i != whole
            || !exact && i != whole && !node.name.is_empty() && loose_rank(tree, i, &names.time_names).is_some()
            || !exact && i != whole && loose_rank(tree, i, &names.author_names).is_some()
    };
    let found = runs(tree, layout, whole, tree.nodes[whole].end, skip);
    let mut links: Vec<String> = Vec::new();
    let mut paragraphs: Vec<String> = Vec::new();
    // Marked words are kept whatever they say; buttons are looked for only where the markup does not tell them from words.
    let loading = |words: &str| words.trim_end_matches(['.', '…']) == "Loading";
    for run in found.into_iter().filter(|run| exact || cues::furniture(&run.words, None).is_none()) {
        if loading(&run.words) {
            continue;
        }
        links.extend(run.links);
        paragraphs.push(run.words);
    }
    let datetime = time_node.and_then(|i| {
        let node = &tree.nodes[i];
        node.attribute("datetime").or(node.attribute("title")).or(node.attribute("content")).map(str::to_owned)
    });
    let own = tree.nodes[root].attribute("author").or(tree.nodes[root].attribute("data-author"));
    let item = Item {
        parent: None,
        author: author_node.and_then(|i| author_name(&words_of(i))).or_else(|| author_name(own?)),
        time: time_node.map(|i| tree.words(i)).filter(|t| !t.is_empty() && t.chars().count() <= 80),
        datetime,
        paragraphs,
        quoted: Vec::new(),
        links,
    };
    (item, exact)
}

/// The nodes of a comment, those of the comments inside it left out.
fn own_nodes<'t>(tree: &'t Tree, root: usize, is_item: &'t [bool]) -> impl Iterator<Item = usize> + 't {
    let mut at = root;
    std::iter::from_fn(move || {
        while at < tree.nodes[root].end {
            if at != root && is_item[at] {
                at = tree.nodes[at].end;
                continue;
            }
            at += 1;
            return Some(at - 1);
        }
        None
    })
    .take(200)
}

fn links_to_member(node: &super::super::tree::Node) -> bool {
    let to = node.attribute("href").filter(|_| node.name == "a").map(str::to_lowercase);
    to.is_some_and(|to| POSTS.author_links.iter().any(|part| to.contains(part.as_str())))
}

/// A name without "says:" and the like.
pub(super) fn author_name(words: &str) -> Option<String> {
    let name = match cues::comment_header(words) {
        Some(header) => header.author.unwrap_or_default(),
        None => words.to_owned(),
    };
    let ends = [':', ',', '•', '·', ' '];
    let name = name.trim_start_matches("By ").trim_end_matches(ends);
    let name = [" says", " said"].iter().find_map(|verb| name.strip_suffix(verb)).unwrap_or(name).trim().to_owned();
    ((1..=80).contains(&name.chars().count())).then_some(name)
}
