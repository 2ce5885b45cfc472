//! Who, when and what in each post of a group.
//!
//! In: the regions of a group. Out: for each the nodes that name its author, its time and its words. Names in the markup go
//! first; where they say nothing, the same place in every post does.

use std::collections::BTreeMap;

use super::super::names::POSTS;
use super::super::tree::Tree;
use super::ranks::{self, AUTHOR, BODY, DROP, QUOTE, TIME};
use super::repeated::{Measure, Region, is_time, siblings};

const MAX_NAME_CHARS: usize = 50;
/// Where sites tell about a member: the day of joining is not the day of the post.
const MEMBER_NAMES: &[&str] = &[
    "userinfo",
    "user-info",
    "userinfo-extra",
    "postprofile",
    "poster-info",
    "author-info",
    "signature",
    "sig",
    "author-statistics",
    "userstats",
];
/// How deep the search for the words of posts goes.
const MAX_STEPS: usize = 40;

/// Where the parts of one post are.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) region: Region,
    /// The nodes that hold its words.
    pub(super) body: Region,
    /// Whether the markup named them.
    pub(super) named_body: bool,
    pub(super) author: Option<usize>,
    pub(super) time: Option<usize>,
}

/// The fields of every post; `times` are the times the posts were found by, if they were.
pub(super) fn read(tree: &Tree, measure: &Measure, regions: &[Region], times: &[usize]) -> Vec<Fields> {
    let named = named_bodies(tree, measure, regions);
    let named_body = named.is_some();
    let bodies = named.unwrap_or_else(|| widest(tree, measure, regions).into_iter().map(Some).collect());
    let mut out: Vec<Fields> = Vec::with_capacity(regions.len());
    for (n, (region, body)) in regions.iter().zip(bodies).enumerate() {
        let named_body = named_body && body.is_some();
        let body = body.unwrap_or(Region { from: region.to, to: region.to });
        let inside = |i: usize| named_body && body.from <= i && i < body.to;
        let author = author(tree, *region, inside);
        let time = post_time(tree, *region, inside)
            .or_else(|| times.get(n).copied())
            .or_else(|| written_time(tree, *region, inside));
        out.push(Fields { region: *region, body, named_body, author, time });
    }
    if out.iter().filter(|f| f.author.is_some()).count() * 10 < out.len() * 6 {
        same_place_authors(tree, &mut out);
    }
    out
}

/// The node of each post that bears the best of the names sites give to a post's words.
fn named_bodies(tree: &Tree, measure: &Measure, regions: &[Region]) -> Option<Vec<Option<Region>>> {
    // For each name: how many posts have it, and with how many characters.
    let mut known: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for region in regions {
        for (rank, i) in first_named(tree, *region) {
            let (n, n_chars) = known.entry(rank).or_default();
            *n += 1;
            *n_chars += measure.chars(i, tree.nodes[i].end);
        }
    }
    known.retain(|_, (n, _)| *n * 10 >= regions.len() * 7);
    let most = known.values().map(|(_, c)| *c).max()?;
    let all: usize = regions.iter().map(|r| measure.chars(r.from, r.to)).sum();
    // The narrowest that still holds the words: around it stand names, signatures and buttons. Names used for much else must
    // hold nearly all of them.
    let narrow = |rank: usize| rank < POSTS.body_names.len();
    let mut fit: Vec<(usize, usize, usize)> = known.iter().map(|(rank, (n, c))| (*c, *n, *rank)).collect();
    fit.retain(|(c, _, rank)| {
        let (of_most, of_all) = if narrow(*rank) { (20, 4) } else { (75, 20) };
        *c * 100 >= most * of_most && *c * 100 >= all * of_all
    });
    fit.sort_unstable();
    fit.first()?;
    // A post that lacks the name has the next one: systems mark the opening post in another way than the answers.
    let found = |region: &Region| {
        let here = first_named(tree, *region);
        let i = fit.iter().find_map(|(.., rank)| here.get(rank).copied())?;
        Some(Region { from: i, to: tree.nodes[i].end })
    };
    Some(regions.iter().map(found).collect())
}

/// The first node of each body name in a region, quotes and signatures left out.
fn first_named(tree: &Tree, region: Region) -> BTreeMap<usize, usize> {
    let mut out = BTreeMap::new();
    let mut at = region.from;
    while at < region.to {
        let node = &tree.nodes[at];
        if node.name.is_empty() {
            at += 1;
            continue;
        }
        let body = BODY.rank(tree, at);
        if at != region.from && body.is_none() && (DROP.rank(tree, at).is_some() || QUOTE.rank(tree, at).is_some()) {
            at = node.end;
            continue;
        }
        if let Some(rank) = body.filter(|_| at != region.from) {
            out.entry(rank).or_insert(at);
        }
        at += 1;
    }
    out
}

/// Where the words are when no name tells: step by step into the child that, over all posts, holds most of them.
fn widest(tree: &Tree, measure: &Measure, regions: &[Region]) -> Vec<Region> {
    let mut now: Vec<Region> = regions.to_vec();
    for _ in 0..MAX_STEPS {
        let all: usize = now.iter().map(|r| measure.chars(r.from, r.to)).sum();
        // For each kind of child its characters and in how many posts it stands.
        let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        let inner = |r: &Region| {
            let one = tree.nodes[r.from].end == r.to && !tree.nodes[r.from].name.is_empty();
            if one { (r.from + 1, r.to) } else { (r.from, r.to) }
        };
        for region in &now {
            let (from, to) = inner(region);
            let mut largest: BTreeMap<String, usize> = BTreeMap::new();
            for (place, child) in placed(tree, from, to) {
                largest.insert(place, measure.chars(child, tree.nodes[child].end));
            }
            for (kind, n_chars) in largest {
                let (sum, n) = kinds.entry(kind).or_default();
                *sum += n_chars;
                *n += 1;
            }
        }
        let best = kinds.into_iter().filter(|(_, (_, n))| *n * 10 >= now.len() * 7).max_by_key(|(_, (sum, _))| *sum);
        let Some((kind, (sum, _))) = best else { break };
        if sum * 10 < all * 6 || kind.starts_with("p.") || kind.starts_with("span.") && sum * 10 < all * 9 {
            break;
        }
        for region in &mut now {
            let (from, to) = inner(region);
            if let Some((_, c)) = placed(tree, from, to).into_iter().find(|(place, _)| *place == kind) {
                *region = Region { from: c, to: tree.nodes[c].end };
            }
        }
    }
    now
}

/// The children among `from..to`, each by its kind and which of that kind it is.
fn placed(tree: &Tree, from: usize, to: usize) -> Vec<(String, usize)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let place = |child: usize| {
        let kind = ranks::kind(&tree.nodes[child]);
        let n = seen.entry(kind.clone()).or_default();
        *n += 1;
        (format!("{kind} {n}"), child)
    };
    siblings(tree, from, to).take(100).map(place).collect()
}

/// The node that names the author: by its name, or by a link to a member's page.
fn author(tree: &Tree, region: Region, inside: impl Fn(usize) -> bool) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    let mut at = region.from;
    let mut n_seen = 0;
    while at < region.to && n_seen < 3_000 {
        n_seen += 1;
        let node = &tree.nodes[at];
        if node.name.is_empty() || inside(at) {
            at += 1;
            continue;
        }
        if at != region.from && QUOTE.rank(tree, at).is_some() {
            at = node.end;
            continue;
        }
        let by_name = AUTHOR.rank(tree, at).map(|r| r * 2);
        let by_link = node.attribute("href").filter(|_| node.name == "a").and_then(|href| {
            let href = href.to_lowercase();
            POSTS.author_links.iter().any(|l| href.contains(l.as_str())).then_some(9)
        });
        if let Some(rank) = by_name.into_iter().chain(by_link).min()
            && best.is_none_or(|(known, _)| rank < known)
            && is_name(&tree.words(at))
        {
            best = Some((rank, at));
        }
        at += 1;
    }
    best.map(|(_, i)| name_inside(tree, i))
}

/// The name alone, where its element also holds a rank, a count of posts or a picture.
pub(super) fn name_inside(tree: &Tree, i: usize) -> usize {
    let inner = || (i + 1..tree.nodes[i].end).take(60);
    let is_link = |at: usize| {
        let to = tree.nodes[at].attribute("href").filter(|_| tree.nodes[at].name == "a").map(str::to_lowercase);
        to.is_some_and(|to| POSTS.author_links.iter().any(|l| to.contains(l.as_str()))) && is_name(&tree.words(at))
    };
    let is_text = |at: usize| tree.nodes[at].name.is_empty() && !tree.nodes[at].text.trim().is_empty();
    if inner().filter(|&at| is_text(at)).count() < 2 {
        return i;
    }
    let named = || inner().find(|&at| tree.nodes[at].attribute("itemprop") == Some("name") && is_name(&tree.words(at)));
    let has_blocks = inner().any(|at| tree.nodes[at].is(&["li", "div", "br", "dd", "p"]));
    let first = || inner().find(|&at| has_blocks && is_text(at) && is_name(&tree.nodes[at].text));
    inner().find(|&at| is_link(at)).or_else(named).or_else(first).unwrap_or(i)
}

fn is_name(words: &str) -> bool {
    let n = words.chars().count();
    (1..=MAX_NAME_CHARS).contains(&n)
        && words.split_whitespace().count() <= 6
        && words.chars().any(char::is_alphabetic)
        && !crate::cues::is_post_time(words)
}

/// The node that tells the time of a post, best named first.
fn post_time(tree: &Tree, region: Region, inside: impl Fn(usize) -> bool) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for at in (region.from..region.to).take(3_000).filter(|&i| !inside(i)) {
        let node = &tree.nodes[at];
        let rank = if node.name == "time" { Some(0) } else { None };
        let rank = rank.or_else(|| if node.name.is_empty() { None } else { TIME.rank(tree, at).map(|r| r + 1) });
        if let Some(rank) = rank
            && best.is_none_or(|(known, _)| rank < known)
        {
            let words = tree.words(at);
            let fits = node.name == "time" || words.len() <= 120 && crate::cues::is_post_time(&words);
            if fits {
                best = Some((rank, at));
            }
        }
    }
    best.map(|(_, i)| i)
}

/// The first text that says a time, best one with a clock; days on which members joined are not among them.
fn written_time(tree: &Tree, region: Region, inside: impl Fn(usize) -> bool) -> Option<usize> {
    let mut first = None;
    let mut at = region.from;
    while at < region.to {
        let node = &tree.nodes[at];
        if node.is(&["dl", "dd"]) || at != region.from && ranks::names(node).any(|n| MEMBER_NAMES.contains(&&*n)) {
            at = node.end;
            continue;
        }
        if !inside(at) && is_time(tree, at) {
            if node.text.contains(':') {
                return Some(at);
            }
            first = first.or(Some(at));
        }
        at += 1;
    }
    first
}

/// The place that holds a short text in nearly every post, not the same in all of them, before the words.
fn same_place_authors(tree: &Tree, posts: &mut [Fields]) {
    let mut places: BTreeMap<String, (usize, BTreeMap<String, usize>)> = BTreeMap::new();
    let found: Vec<BTreeMap<String, usize>> = posts.iter().map(|f| places_of(tree, f)).collect();
    for (n, of_post) in found.iter().enumerate() {
        for (place, i) in of_post {
            let (count, texts) = places.entry(place.clone()).or_default();
            *count += 1;
            *texts.entry(tree.words(*i)).or_default() += n.min(1);
        }
    }
    let n = posts.len();
    // Who would be the same in every post is no author but a heading.
    let varies = |texts: usize| texts >= 2 && texts * 4 >= n.min(8);
    let likely = places.iter().filter(|(_, (count, texts))| count * 10 >= n * 8 && varies(texts.len()));
    let best = likely
        .filter_map(|(place, _)| found.iter().find_map(|f| f.get(place)).map(|i| (*i, place.clone())))
        .min_by_key(|(i, _)| *i);
    let Some((_, place)) = best else { return };
    for (post, of_post) in posts.iter_mut().zip(found) {
        post.author = post.author.or(of_post.get(&place).copied());
    }
}

fn places_of(tree: &Tree, post: &Fields) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for i in (post.region.from..post.region.to.min(post.region.from + 400)).filter(|&i| tree.nodes[i].name.is_empty()) {
        if i >= post.body.from && post.named_body || is_time(tree, i) {
            continue;
        }
        let words = tree.nodes[i].text.trim();
        if words.len() < 2 || words.contains(':') || !is_name(words) {
            continue;
        }
        let up = tree.nodes[i].parent;
        let place = format!("{}<{}", ranks::kind(&tree.nodes[up]), ranks::kind(&tree.nodes[tree.nodes[up].parent]));
        out.entry(place).or_insert(up);
    }
    out
}
