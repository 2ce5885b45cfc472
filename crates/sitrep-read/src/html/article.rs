//! Which blocks of a page are its article.
//!
//! In: a tree and what is not article for sure. Out: the article's runs of words. Finds the element that holds the prose, by the
//! page's own markup when it says so and by where the prose is when not, and leaves out furniture inside it.

use std::collections::BTreeSet;

use sitrep_model::BlockKind;

use super::called::FURNITURE;
use super::names::{PARTS, has_class, hidden, holds, parts, property_rank, rank};
use super::tree::Tree;
use super::words::{Layout, Run, runs};
use crate::cues::{self, Furniture};

/// A block with this many characters outside links is prose.
const PROSE_CHARS: usize = 60;
/// A paragraph of this many characters is not written twice; the page shows a second copy of it.
const TWICE_CHARS: usize = 120;
/// Blocks at the top of an article among which its standfirst is looked for.
const LEAD_RUNS: usize = 4;
/// What is shorter is a label, not a standfirst.
const LEAD_BYTES: usize = 30;

/// Marks of nodes that are not article, and the prose in each subtree.
pub(crate) struct Survey {
    pub(crate) skip: Vec<bool>,
    prose: Vec<usize>,
}

impl Survey {
    /// Weighs the page. `thread` marks the nodes of the comment thread.
    pub(crate) fn of(tree: &Tree, layout: &Layout, thread: Vec<bool>) -> Survey {
        let mut shown = thread;
        for (i, node) in tree.nodes.iter().enumerate() {
            let by_role = || node.attribute("role").is_some_and(|r| holds(&PARTS.furniture_roles, &r.to_lowercase()));
            shown[i] |= !node.name.is_empty() && by_role() || holds(&PARTS.furniture_elements, &node.name);
        }
        let (mut skip, mut n_hidden) = (shown.clone(), 0);
        for (i, node) in tree.nodes.iter().enumerate() {
            let unseen = !skip[i] && hidden(node);
            skip[i] |= unseen;
            n_hidden += usize::from(unseen);
        }
        // A page whose article a script unfolds, or moves into place, hides most of its prose until then.
        let folded = n_hidden > 0 && prose(tree, layout, &skip)[0] * 2 < prose(tree, layout, &shown)[0];
        let survey = named(tree, layout, skip);
        if !folded {
            return survey;
        }
        let unfolded = named(tree, layout, shown);
        if survey.prose[0] * 3 < unfolded.prose[0] { unfolded } else { survey }
    }
}

/// The survey of a page when what has a furniture's name is left out as well, and that leaves enough.
fn named(tree: &Tree, layout: &Layout, sure: Vec<bool>) -> Survey {
    let before = prose(tree, layout, &sure);
    let all = before[0];
    // A name is only a hint: what holds most of the prose is the article, whatever it is called.
    let may = |i: usize| {
        let node = &tree.nodes[i];
        let outer = node.name.is_empty() || node.is(&["body", "html", "article", "main"]);
        !outer && !sure[i] && before[i] * 2 < all.max(1)
    };
    // Some systems call every paragraph a widget; then that name says nothing.
    let boxes: Vec<usize> =
        (1..tree.nodes.len()).filter(|&i| may(i) && has_class(tree, i, &PARTS.furniture_names)).collect();
    let n_boxed: usize = boxes.iter().map(|&i| before[i]).sum();
    let mut skip = sure.clone();
    if n_boxed * 10 < all.max(1) * 3 {
        boxes.iter().for_each(|&i| skip[i] = true);
    }
    for (i, skip) in skip.iter_mut().enumerate().skip(1) {
        let named = tree.nodes[i].called & FURNITURE != 0;
        *skip |= named && may(i) && parts(&tree.nodes[i]).any(|p| holds(&PARTS.furniture_words, p));
    }
    let left = prose(tree, layout, &skip);
    // A page built from "widgets" through and through: then the names say nothing.
    if left[0] * 3 < all { Survey { skip: sure, prose: before } } else { Survey { skip, prose: left } }
}

/// Characters of prose in the subtree of each node.
fn prose(tree: &Tree, layout: &Layout, skip: &[bool]) -> Vec<usize> {
    let n = tree.nodes.len();
    let (mut own, mut linked) = (vec![0usize; n], vec![0usize; n]);
    let mut at = 0;
    while at < n {
        if skip[at] {
            at = tree.nodes[at].end;
            continue;
        }
        let n_chars = if tree.nodes[at].text.is_empty() { 0 } else { n_word_bytes(&tree.nodes[at].text) };
        if n_chars > 0 {
            let block = layout.block[at];
            if layout.in_link[at] { linked[block] += n_chars } else { own[block] += n_chars }
        }
        at += 1;
    }
    let is_prose = |i: usize| own[i] >= PROSE_CHARS && own[i] > linked[i];
    let mut sums: Vec<usize> = (0..n).map(|i| if is_prose(i) { own[i] } else { 0 }).collect();
    for i in (1..n).rev() {
        sums[tree.nodes[i].parent] += sums[i];
    }
    sums
}

/// Bytes of the words of `text` and one for the gap after each.
fn n_word_bytes(text: &str) -> usize {
    let (mut n, mut inside) = (0, false);
    for byte in text.bytes() {
        let space = byte.is_ascii_whitespace();
        n += usize::from(!space) + usize::from(space && inside);
        inside = !space;
    }
    n + usize::from(inside)
}

/// The article of the page: its runs of words, furniture left out, in reading order.
pub(crate) fn article(tree: &Tree, layout: &Layout, survey: &Survey) -> Vec<Run> {
    let root = container(tree, survey);
    let mut found = sifted(runs(tree, layout, root, tree.nodes[root].end, |i| survey.skip[i]));
    let first = found.first().map_or(root, |run| run.node);
    let mut above = standfirst(tree, layout, survey, root.min(first));
    above.retain(|lead| found.iter().take(LEAD_RUNS).all(|run| run.words != lead.words));
    for run in found.iter_mut().take(LEAD_RUNS) {
        let plain = matches!(run.kind, BlockKind::Body | BlockKind::Heading);
        if plain && run.words.len() >= LEAD_BYTES && named_lead(tree, run.node, root) {
            run.kind = BlockKind::Lead;
        }
    }
    above.append(&mut found);
    above
}

/// The standfirst where it stands between the headline and the element that holds the article, before node `to`.
fn standfirst(tree: &Tree, layout: &Layout, survey: &Survey, to: usize) -> Vec<Run> {
    let Some(h1) = (1..to).rev().find(|&i| tree.nodes[i].name == "h1") else { return Vec::new() };
    let from = tree.nodes[h1].end;
    if from >= to {
        return Vec::new();
    }
    let mut found = runs(tree, layout, from, to, |i| survey.skip[i]);
    found.retain(|run| {
        run.words.len() >= LEAD_BYTES
            && !mostly_linked(run)
            && matches!(run.kind, BlockKind::Body | BlockKind::Heading)
            && named_lead(tree, run.node, h1)
            && cues::furniture(&run.words, None).is_none()
            && cues::field(&run.words).is_none()
    });
    found.truncate(2);
    found.iter_mut().for_each(|run| run.kind = BlockKind::Lead);
    found
}

/// Whether the node or one close around it, below `outer`, is called a standfirst.
fn named_lead(tree: &Tree, i: usize, outer: usize) -> bool {
    let mut at = i;
    for _ in 0..3 {
        if at <= outer {
            return false;
        }
        let fits =
            |class: &str, name: &str| class.strip_suffix(name).is_some_and(|h| h.is_empty() || h.ends_with(['-', '_']));
        if tree.classes(at).any(|class| PARTS.lead_names.iter().any(|name| fits(class, name))) {
            return true;
        }
        at = tree.nodes[at].parent;
    }
    false
}

/// What is being left out while going down the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aside {
    None,
    /// Titles of other pages, until prose comes.
    Related,
    /// The author's life, until another heading comes.
    About,
}

/// The runs that are article. Lines are judged by what they say, by their links and by the lines around them.
fn sifted(found: Vec<Run>) -> Vec<Run> {
    let mut keep: Vec<bool> = Vec::with_capacity(found.len());
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut before = None;
    let mut aside = Aside::None;
    let n_all: usize = found.iter().map(|r| r.words.len()).sum();
    let mut n_passed = 0;
    for (i, run) in found.iter().enumerate() {
        let kind = cues::furniture(&run.words, before);
        before = kind;
        let n_chars = run.words.chars().count();
        let prose = n_chars >= PROSE_CHARS && run.n_link_chars * 2 < n_chars;
        let heading = run.kind == BlockKind::Heading;
        match kind {
            Some(Furniture::Related) => aside = Aside::Related,
            // Who writes about the author first introduces himself; the note on the author stands below the article.
            Some(Furniture::About) if n_passed * 2 > n_all => aside = Aside::About,
            Some(_) => {}
            None if aside == Aside::Related && prose && !heading => {
                aside = Aside::None;
                let above = found[..i].iter().rposition(|r| r.kind != BlockKind::Heading).map_or(0, |p| p + 1);
                (above..i)
                    .filter(|&a| !mostly_linked(&found[a]) && cues::furniture(&found[a].words, None).is_none())
                    .for_each(|a| keep[a] = true);
            }
            None if aside == Aside::About && heading => aside = Aside::None,
            None => {}
        }
        n_passed += run.words.len();
        let leads =
            heading && found.get(i + 1).is_some_and(|next| next.words.len() >= PROSE_CHARS && !mostly_linked(next));
        let again = prose && n_chars >= TWICE_CHARS && run.kind == BlockKind::Body && !seen.insert(&run.words);
        let fits = kind.is_none_or(|k| k == Furniture::About && aside != Aside::About)
            && aside == Aside::None
            && (leads || !mostly_linked(run))
            && !again
            && run.words.chars().any(char::is_alphanumeric);
        keep.push(fits);
    }
    // A heading with nothing below it heads something that was left out.
    for i in (0..found.len()).rev() {
        if keep[i] {
            if found[i].kind != BlockKind::Heading {
                break;
            }
            keep[i] = false;
        }
    }
    let mut flags = keep.into_iter();
    found.into_iter().filter(|_| flags.next().unwrap_or_default()).collect()
}

/// Whether a short line is nearly all links.
fn mostly_linked(run: &Run) -> bool {
    let n_chars = run.words.chars().count();
    run.n_link_chars * 10 > n_chars * 7 && n_chars < 200
}

/// The element that holds the article.
pub(crate) fn container(tree: &Tree, survey: &Survey) -> usize {
    let all = survey.prose[0];
    let most = |wanted: &dyn Fn(usize) -> bool, share_percent: usize| {
        let holds_enough = |i: &usize| survey.prose[*i] > 0 && survey.prose[*i] * 100 >= all * share_percent;
        (1..tree.nodes.len())
            .filter(holds_enough)
            .filter(|&i| !tree.nodes[i].name.is_empty() && !survey.skip[i] && wanted(i))
            .max_by_key(|&i| (survey.prose[i], std::cmp::Reverse(i)))
    };
    let marked = most(&|i| property_rank(&tree.nodes[i], &PARTS.article_properties).is_some(), 20)
        .or_else(|| most(&|i| rank(tree, i, &PARTS.article_names).is_some(), 30))
        .or_else(|| most(&|i| holds(&PARTS.article_elements, &tree.nodes[i].name), 40));
    let mut at = marked.unwrap_or(0);
    loop {
        let mut child = at + 1;
        let mut next = None;
        while child < tree.nodes[at].end {
            if survey.prose[child] * 100 >= survey.prose[at] * 85 && survey.prose[child] > 0 && !survey.skip[child] {
                next = Some(child);
                break;
            }
            child = tree.nodes[child].end;
        }
        match next {
            // One paragraph that is nearly all of the prose is not a container.
            Some(child) if tree.nodes[child].end - child > 2 && !tree.nodes[child].is(&["p", "li", "blockquote"]) => {
                at = child
            }
            _ => return at,
        }
    }
}
