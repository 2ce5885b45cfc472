//! Which blocks of a page are its article.
//!
//! In: a tree and what is not article for sure. Out: the article's runs of words. Finds the element that holds the prose, by the
//! page's own markup when it says so and by where the prose is when not, and leaves out furniture inside it.

use sitrep_model::BlockKind;

use super::names::{PARTS, hidden, holds, parts, property_rank, rank};
use super::tree::Tree;
use super::words::{Layout, Run, runs};
use crate::cues::{self, Furniture};

/// A block with this many characters outside links is prose.
const PROSE_CHARS: usize = 60;

/// Marks of nodes that are not article, and the prose in each subtree.
pub(crate) struct Survey {
    pub(crate) skip: Vec<bool>,
    prose: Vec<usize>,
}

impl Survey {
    /// Weighs the page. `skip` comes in with the nodes of the comment thread marked.
    pub(crate) fn of(tree: &Tree, layout: &Layout, mut skip: Vec<bool>) -> Survey {
        for (i, node) in tree.nodes.iter().enumerate() {
            let by_role = node.attribute("role").is_some_and(|r| holds(&PARTS.furniture_roles, &r.to_lowercase()));
            skip[i] |= holds(&PARTS.furniture_elements, &node.name) || by_role || hidden(node);
        }
        let prose = prose(tree, layout, &skip);
        let all = prose[0];
        let sure = skip.clone();
        for (i, node) in tree.nodes.iter().enumerate().skip(1) {
            if node.is(&["body", "html", "article", "main"]) || node.name.is_empty() || skip[i] {
                continue;
            }
            // A name is only a hint: what holds most of the prose is the article, whatever it is called.
            skip[i] = prose[i] * 2 < all.max(1) && parts(node).any(|p| holds(&PARTS.furniture_words, p));
        }
        let left = self::prose(tree, layout, &skip);
        // A page built from "widgets" through and through: then the names say nothing.
        if left[0] * 3 < all { Survey { skip: sure, prose } } else { Survey { skip, prose: left } }
    }
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
        let n_chars = tree.nodes[at].text.split_whitespace().map(|w| w.len() + 1).sum::<usize>();
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

/// The article of the page: its runs of words, furniture left out, in reading order.
pub(crate) fn article(tree: &Tree, layout: &Layout, survey: &Survey) -> Vec<Run> {
    let root = container(tree, survey);
    let mut found = runs(tree, layout, root, tree.nodes[root].end, |i| survey.skip[i]);
    let mut before = None;
    let mut after_related = false;
    found.retain(|run| {
        let kind = cues::furniture(&run.words, before);
        before = kind;
        let n_chars = run.words.chars().count();
        let prose = n_chars >= PROSE_CHARS && run.n_link_chars * 2 < n_chars;
        match kind {
            Some(Furniture::Related) => after_related = true,
            Some(_) => {}
            None => after_related &= !(prose && run.kind == BlockKind::Body),
        }
        let linked = run.n_link_chars * 10 > n_chars * 7 && n_chars < 200;
        kind.is_none() && !after_related && !linked && run.words.chars().any(char::is_alphanumeric)
    });
    // A heading with nothing below it heads something that was left out.
    while found.last().is_some_and(|run| run.kind == BlockKind::Heading) {
        found.pop();
    }
    found
}

/// The element that holds the article.
fn container(tree: &Tree, survey: &Survey) -> usize {
    let all = survey.prose[0];
    let most = |wanted: &dyn Fn(usize) -> bool, share_percent: usize| {
        let fit = (1..tree.nodes.len()).filter(|&i| !tree.nodes[i].name.is_empty() && !survey.skip[i] && wanted(i));
        fit.filter(|&i| survey.prose[i] > 0 && survey.prose[i] * 100 >= all * share_percent)
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
