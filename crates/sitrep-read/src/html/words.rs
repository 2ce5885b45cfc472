//! Runs of words on a page: the text of each block element, white space run together, with its links.
//!
//! In: a tree, a range of nodes, what to leave out. Out: [`Run`]s in reading order. Judges nothing.

use sitrep_model::BlockKind;

use super::called::{CAPTION, CAPTIONS};
use super::names::{PARTS, has_class};
use super::tree::Tree;

/// Links of one block that are kept.
const MAX_LINKS: usize = 40;

/// A part of the page larger than this is not a caption.
const MAX_CAPTION_NODES: usize = 40;

/// The words of one block.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// The block element they stand in.
    pub(crate) node: usize,
    pub(crate) kind: BlockKind,
    pub(crate) words: String,
    pub(crate) links: Vec<String>,
    /// Characters that stand inside links.
    pub(crate) n_link_chars: usize,
}

/// What every node inherits from those around it.
pub(crate) struct Layout {
    /// The nearest block element.
    pub(crate) block: Vec<usize>,
    pub(crate) kind: Vec<BlockKind>,
    pub(crate) in_link: Vec<bool>,
}

impl Layout {
    pub(crate) fn of(tree: &Tree) -> Layout {
        let n = tree.nodes.len();
        let mut layout = Layout { block: vec![0; n], kind: vec![BlockKind::Body; n], in_link: vec![false; n] };
        for (i, node) in tree.nodes.iter().enumerate().skip(1) {
            let parent = node.parent;
            layout.block[i] = if node.block { i } else { layout.block[parent] };
            layout.in_link[i] = layout.in_link[parent] || node.name == "a";
            // What a quoted post is made of stays the post.
            layout.kind[i] = match layout.kind[parent] {
                BlockKind::Post => BlockKind::Post,
                around => own_kind(tree, i).unwrap_or(around),
            };
        }
        layout
    }
}

fn own_kind(tree: &Tree, i: usize) -> Option<BlockKind> {
    let node = &tree.nodes[i];
    match node.name.as_str() {
        "" => None,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
        "li" | "dd" | "dt" => Some(BlockKind::List),
        "blockquote" if is_post(tree, i) => Some(BlockKind::Post),
        "blockquote" => Some(BlockKind::Quote),
        "div" | "section" | "article" if is_post(tree, i) => Some(BlockKind::Post),
        "figcaption" | "caption" => Some(BlockKind::Caption),
        // A name is only a hint: what holds many nodes is no line under a picture, whatever it is called.
        _ => (node.end - i <= MAX_CAPTION_NODES
            && node.called & CAPTION != 0
            && super::names::parts(node).any(|p| CAPTIONS.contains(&p)))
        .then_some(BlockKind::Caption),
    }
}

/// Whether the node shows a post of another platform.
fn is_post(tree: &Tree, i: usize) -> bool {
    has_class(tree, i, &PARTS.post_names)
}

/// The runs of words among nodes `from..to`; `skip` names nodes whose whole subtree is left out.
pub(crate) fn runs(tree: &Tree, layout: &Layout, from: usize, to: usize, skip: impl Fn(usize) -> bool) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut fresh = true;
    let mut breaks = 0;
    let mut at = from;
    while at < to {
        let node = &tree.nodes[at];
        if skip(at) {
            // What was left out parts the words around it only when it stood on lines of its own.
            fresh |= node.block;
            at = node.end;
            continue;
        }
        let block = layout.block[at];
        if out.last().is_none_or(|run| run.node != block) {
            fresh = true;
        }
        match node.name.as_str() {
            "" => {
                if !node.text.trim().is_empty() {
                    fresh |= breaks >= 2;
                    breaks = 0;
                }
                if fresh && !node.text.trim().is_empty() {
                    out.push(Run {
                        node: block,
                        kind: layout.kind[at],
                        words: String::new(),
                        links: Vec::new(),
                        n_link_chars: 0,
                    });
                    fresh = false;
                }
                if let Some(run) = out.last_mut().filter(|_| !fresh) {
                    push_words(run, &node.text);
                    run.n_link_chars += if layout.in_link[at] { node.text.trim().chars().count() } else { 0 };
                }
            }
            "br" => {
                breaks += 1;
                if let Some(run) = out.last_mut().filter(|_| !fresh) {
                    push_words(run, " ");
                }
            }
            "td" | "th" => {
                if let Some(run) = out.last_mut().filter(|_| !fresh) {
                    push_words(run, " ");
                }
            }
            "a" => {
                if let Some(href) = node.attribute("href").filter(|h| h.starts_with("http"))
                    && let Some(run) = start(&mut out, &mut fresh, block, layout.kind[at])
                    && run.links.len() < MAX_LINKS
                {
                    run.links.push(href.to_owned());
                }
            }
            _ => {}
        }
        at += 1;
    }
    for run in &mut out {
        run.words.truncate(run.words.trim_end().len());
    }
    out.retain(|run| !run.words.is_empty());
    out
}

/// The run now open, opened if need be.
fn start<'o>(out: &'o mut Vec<Run>, fresh: &mut bool, block: usize, kind: BlockKind) -> Option<&'o mut Run> {
    if *fresh {
        out.push(Run { node: block, kind, words: String::new(), links: Vec::new(), n_link_chars: 0 });
        *fresh = false;
    }
    out.last_mut()
}

/// Adds `text`, each stretch of white space as one space, none at the start. A no-break space stays what it is.
fn push_words(run: &mut Run, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() && c != '\u{A0}' {
            if !run.words.is_empty() && !run.words.ends_with(' ') {
                run.words.push(' ');
            }
        } else {
            run.words.push(c);
        }
    }
}
