//! Words of others shown inside a post.
//!
//! In: the nodes of a post's words. Out: which of them are quoted, from whom, from which post. A quotation is never the post's own.

use super::super::tree::Tree;
use super::super::words::{Layout, runs};
use super::ranks::{BODY, QUOTE, QUOTE_HEAD};
use super::repeated::Region;
use crate::cues;

/// A quotation in a post.
#[derive(Debug, Default)]
pub(super) struct Quote {
    pub(super) node: usize,
    pub(super) author: Option<String>,
    /// The line above it, as written.
    pub(super) head: Option<String>,
    /// The number of the post quoted, when the markup tells.
    pub(super) source: Option<String>,
    pub(super) paragraphs: Vec<String>,
}

/// Whether node `i` is the top of a quotation.
pub(super) fn is_quote(tree: &Tree, i: usize) -> bool {
    let node = &tree.nodes[i];
    // Some systems keep a post's own words in a blockquote.
    let quoted = || node.name == "blockquote" && BODY.rank(tree, i).is_none();
    !node.name.is_empty() && (QUOTE.rank(tree, i).is_some() || quoted())
}

/// The outermost quotations among `body`.
pub(super) fn quotes(tree: &Tree, layout: &Layout, body: Region) -> Vec<Quote> {
    let mut out = Vec::new();
    let one = tree.nodes.get(body.from).is_some_and(|n| n.end == body.to);
    let mut at = if one { body.from + 1 } else { body.from };
    while at < body.to {
        if is_quote(tree, at) {
            out.push(quote(tree, layout, at));
            at = tree.nodes[at].end;
        } else {
            at += 1;
        }
    }
    out
}

fn quote(tree: &Tree, layout: &Layout, node: usize) -> Quote {
    let end = tree.nodes[node].end;
    let mut out = Quote { node, ..Quote::default() };
    for i in (node..end).take(60) {
        let at = &tree.nodes[i];
        for name in ["data-quote", "data-ipsquote-username", "data-username", "data-author"] {
            let told = at.attribute(name).map(str::trim).filter(|t| !t.is_empty() && t.len() <= 80);
            out.author = out.author.or_else(|| told.map(str::to_owned));
        }
        for name in ["data-source", "data-ipsquote-contentcommentid", "data-post", "data-post-id", "cite", "href"] {
            // The first address inside is the way to the post quoted, or to its author: a number that is no post's finds nothing.
            let told = at.attribute(name).and_then(last_number);
            out.source = out.source.or(told);
        }
    }
    let is_head = |i: usize| tree.nodes[i].name == "cite" || QUOTE_HEAD.rank(tree, i).is_some();
    let mut heads = (node + 1..end).take(60).filter(|&i| is_head(i));
    let head = heads.find_map(|i| cues::quote_header(&tree.words(i)).map(|author| (i, author)));
    let skip = |i: usize| head.as_ref().is_some_and(|(h, _)| *h == i) || super::post::is_furniture(tree, i);
    let mut found = runs(tree, layout, node, end, skip);
    if let Some((i, author)) = head {
        out.head = Some(tree.words(i));
        out.author = out.author.or(author);
    } else if let Some(author) = found.first().and_then(|first| cues::quote_header(&first.words)) {
        out.head = Some(found.remove(0).words);
        out.author = out.author.or(author);
    }
    out.paragraphs = found.into_iter().map(|run| run.words).collect();
    out
}

/// The last run of two figures and more.
pub(super) fn last_number(text: &str) -> Option<String> {
    let number = text.rsplit(|c: char| !c.is_ascii_digit()).find(|part| part.len() >= 2)?;
    (number.len() <= 20).then(|| number.to_owned())
}
