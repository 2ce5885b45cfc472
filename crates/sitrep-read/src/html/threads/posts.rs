//! The posts of a forum thread, made into one opener and its comments.
//!
//! In: a tree and what the names of comments already found. Out: a [`Thread`], when the page is one. A list of other pages'
//! openings looks much the same, with a link to each as its heading: that is no thread.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::called::{ANSWER, ANSWERS};
use super::super::names::{self, POSTS};
use super::super::tree::Tree;
use super::super::words::{Layout, Run, runs};
use super::fields::{self, Fields};
use super::post::{self, Post};
use super::ranks;
use super::repeated::{self, Group, Measure, Region};
use super::{Thread, kinds};
use crate::{cues, dates};

/// Groups that are read to the end.
const MAX_TRIED: usize = 6;
/// More prose than this before the first post is an article.
const MAX_LEAD_CHARS: usize = 500;
/// Posts make up this share of a page's words, in percent; where names and times say they are posts, the lower one does.
const SHARE_PERCENT: usize = 35;
const SURE_SHARE_PERCENT: usize = 12;

/// What posts are numbered as, in identifiers and anchors.
const POST_NUMBERS: &[&str] = &[
    "p#",
    "post#",
    "post-#",
    "post_#",
    "msg#",
    "msg-#",
    "msg_#",
    "message-#",
    "message_#",
    "reply-#",
    "comment-#",
    "pid#",
];

/// Parts of addresses that lead to a form for answering, quoting or reporting a post.
const ANSWER_LINKS: &[&str] =
    &["mode=quote", "mode=reply", "do=newreply", "do=quote", "action=quote", "quote=", "replyto", "reply_to"];

/// The thread of a forum page, `None` when the page is no such thing.
pub(super) fn find(tree: &Tree, layout: &Layout, marked: &Thread) -> Option<Thread> {
    let measure = Measure::of(tree, layout);
    match known(tree, layout, &measure, marked) {
        Reading::Thread(thread) => Some(thread),
        Reading::Marked => None,
        Reading::Nothing => unknown(tree, layout, &measure, marked),
    }
}

/// What came of looking for posts.
enum Reading {
    Thread(Thread),
    /// What names of comments found is the better reading: it knows who answers whom.
    Marked,
    Nothing,
}

/// Characters of the comments that names found.
fn n_marked_chars(marked: &Thread) -> usize {
    marked.items.iter().flat_map(|i| &i.paragraphs).map(|p| p.chars().count()).sum()
}

/// The thread of a forum system known by name.
fn known(tree: &Tree, layout: &Layout, measure: &Measure, marked: &Thread) -> Reading {
    let Some(known) = kinds::find(tree, measure) else { return Reading::Nothing };
    let mut fields: Vec<Option<Fields>> = known.posts.iter().map(|_| None).collect();
    let last = known.posts.iter().map(|p| p.mark).max().unwrap_or(0);
    for mark in 0..=last {
        let numbers: Vec<usize> = (0..known.posts.len()).filter(|&n| known.posts[n].mark == mark).collect();
        let regions: Vec<Region> = numbers.iter().map(|&n| known.posts[n].region).collect();
        for (n, read) in numbers.into_iter().zip(fields::read(tree, measure, &regions, &[])) {
            fields[n] = Some(read);
        }
    }
    let posts: Vec<Fields> = fields.into_iter().flatten().collect();
    let said = |f: &&Fields| f.author.is_some() || f.time.is_some();
    if posts.iter().filter(said).count() * 10 < posts.len() * 6 {
        return Reading::Nothing;
    }
    let n_words: usize = posts.iter().map(|f| measure.chars(f.body.from, f.body.to)).sum();
    let n_marked = marked.items.len();
    let as_far = n_marked_chars(marked) * 10 >= n_words * if known.vague { 5 } else { 3 };
    if as_far && (known.vague && n_marked + 1 >= posts.len() || n_marked > posts.len()) {
        return Reading::Marked;
    }
    let around: Vec<Option<usize>> = known.posts.iter().map(|p| p.around).collect();
    Reading::Thread(thread(tree, layout, &posts, &around, !known.comments, marked))
}

/// The thread of a forum nobody told us about.
fn unknown(tree: &Tree, layout: &Layout, measure: &Measure, marked: &Thread) -> Option<Thread> {
    let all = measure.chars(0, tree.nodes.len());
    for group in repeated::groups(tree, measure).iter().take(MAX_TRIED) {
        if group.n_chars * 100 < all * SURE_SHARE_PERCENT || is_list(tree, group) {
            continue;
        }
        let posts = fields::read(tree, measure, &group.regions, &group.times);
        let n_authors = posts.iter().filter(|f| f.author.is_some()).count();
        let n_bodies: Vec<usize> = posts.iter().map(|f| measure.chars(f.body.from, f.body.to)).collect();
        let n_said = n_bodies.iter().filter(|n| **n > 0).count();
        if n_authors * 10 < posts.len() * 6 || n_said * 10 < posts.len() * 6 {
            continue;
        }
        let n_answerable = group.regions.iter().filter(|r| is_answerable(tree, **r)).count();
        if posts.len() < 3 && n_answerable < posts.len()
            || n_answerable * 10 < posts.len() * 6
            || !in_order(tree, &posts)
        {
            continue;
        }
        let sure = posts.len() >= 3
            && n_authors * 10 >= posts.len() * 8
            && posts.iter().filter(|f| f.named_body).count() * 10 >= posts.len() * 8;
        if group.n_chars * 100 < all * if sure { SURE_SHARE_PERCENT } else { SHARE_PERCENT } {
            continue;
        }
        // What is marked as comments and goes as far is a better reading: it knows who answers whom.
        let n_words: usize = n_bodies.iter().sum();
        if marked.items.len() + 1 >= posts.len() && n_marked_chars(marked) * 10 >= n_words * 5 {
            return None;
        }
        let lead = lead_chars(tree, layout, measure, posts[0].region.from);
        if lead > MAX_LEAD_CHARS && !marked.items.is_empty() {
            return None;
        }
        return Some(thread(tree, layout, &posts, &[], lead <= MAX_LEAD_CHARS, marked));
    }
    None
}

/// Whether a region has what only posts have: a way to answer, quote or report it, a number, a member's page.
fn is_answerable(tree: &Tree, region: Region) -> bool {
    tree.nodes[region.from..region.to].iter().take(2_000).any(|node| {
        if node.name.is_empty() {
            let words = node.text.trim();
            return words.len() <= 60 && (is_number(words) || cues::is_post_note(words));
        }
        let by_link = node.attribute("href").filter(|_| node.name == "a").map(str::to_lowercase);
        let links = &POSTS.author_links;
        let numbered =
            |name: &str| node.attribute(name).is_some_and(|v| POST_NUMBERS.contains(&ranks::blotted(v).as_str()));
        by_link.is_some_and(|to| {
            links.iter().any(|l| to.contains(l.as_str())) || ANSWER_LINKS.iter().any(|part| to.contains(part))
        }) || numbered("id")
            || numbered("name")
            || node.called & ANSWER != 0 && names::parts(node).any(|part| ANSWERS.contains(&part))
    })
}

/// "#12"
fn is_number(words: &str) -> bool {
    let figures = words.strip_prefix('#').map(|rest| rest.split_whitespace().next().unwrap_or(""));
    figures.is_some_and(|f| (1..=6).contains(&f.len()) && f.bytes().all(|b| b.is_ascii_digit()))
}

/// Posts stand in order of time, first or last first; where the times say nothing, so be it.
fn in_order(tree: &Tree, posts: &[Fields]) -> bool {
    let days: Vec<Date> = posts
        .iter()
        .filter_map(|f| f.time.and_then(|i| post::written(tree, i).or_else(|| post::shown(tree, i))))
        .filter_map(|time| dates::first_full_date(&time).map(|f| f.date))
        .collect();
    let pairs = days.len().saturating_sub(1);
    let n_up = days.windows(2).filter(|w| w[0] <= w[1]).count();
    let n_down = days.windows(2).filter(|w| w[0] >= w[1]).count();
    pairs < 2 || n_up.max(n_down) * 10 >= pairs * 8
}

/// Whether most regions have a heading of their own that links away: teasers.
fn is_list(tree: &Tree, group: &Group) -> bool {
    let mut headings: BTreeMap<String, usize> = BTreeMap::new();
    let mut n = 0;
    for region in &group.regions {
        let heading = (region.from..region.to).take(2_000).find(|&i| {
            let holds = |names: &[&str]| (i..tree.nodes[i].end).take(40).any(|l| tree.nodes[l].is(names));
            tree.nodes[i].is(&["h1", "h2", "h3", "h4"]) && holds(&["a"])
                || tree.nodes[i].name == "a" && holds(&["h2", "h3", "h4"])
        });
        if let Some(i) = heading {
            let words = tree.words(i);
            if words.chars().count() >= 15 && !words.starts_with("Re:") {
                *headings.entry(words).or_default() += 1;
                n += 1;
            }
        }
    }
    n * 10 >= group.regions.len() * 6 && headings.len() * 10 >= n * 7 && n >= 2
}

/// Characters of prose before node `end`: paragraphs, not menus.
fn lead_chars(tree: &Tree, layout: &Layout, measure: &Measure, end: usize) -> usize {
    let outer = |i: usize| measure.silent[i] || tree.nodes[i].is(&["head", "noscript", "footer", "aside", "form"]);
    let prose = |run: &Run| {
        let n = run.words.chars().count();
        if n >= 80 && run.n_link_chars * 3 < n { n } else { 0 }
    };
    runs(tree, layout, 0, end, outer).iter().map(prose).sum()
}

/// Posts made into a thread. A post answers the one it stands in, else the first one it quotes; quotes of the opener are answers
/// to the page itself.
fn thread(
    tree: &Tree,
    layout: &Layout,
    posts: &[Fields],
    around: &[Option<usize>],
    with_opener: bool,
    marked: &Thread,
) -> Thread {
    let mut out = Thread { taken: marked.taken.clone(), ..Thread::default() };
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_author: BTreeMap<String, usize> = BTreeMap::new();
    // Where each post went: nowhere when it is the opener or says nothing.
    let mut place: Vec<Option<usize>> = Vec::with_capacity(posts.len());
    for (n, post) in posts.iter().enumerate() {
        for top in repeated::siblings(tree, post.region.from, post.region.to) {
            out.taken[top] = true;
        }
        let read = Post::read(tree, layout, post);
        let from_quote = read.quotes.iter().find_map(|q| {
            let by_number = q.source.as_ref().and_then(|s| numbers.get(s));
            by_number.or_else(|| q.author.as_ref().and_then(|a| by_author.get(&folded(a)))).copied()
        });
        for number in post::numbers(tree, post.region) {
            numbers.entry(number).or_insert(n);
        }
        if let Some(author) = &read.author {
            by_author.insert(folded(author), n);
        }
        if with_opener && out.opener.is_none() && n == 0 {
            out.opener = Some(read.opener());
            place.push(None);
            continue;
        }
        if read.is_empty() {
            place.push(around.get(n).copied().flatten().and_then(|a| place[a]));
            continue;
        }
        let parent = around.get(n).copied().flatten().or(from_quote).and_then(|p| place[p]);
        place.push(Some(out.items.len()));
        out.items.push(read.item(parent));
    }
    out
}

fn folded(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
