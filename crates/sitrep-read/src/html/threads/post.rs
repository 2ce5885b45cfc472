//! One forum post: who, when, its own words and the words it quotes.
//!
//! In: where its parts are. Out: a [`Post`]; signatures, buttons, counts and edit notes are left out, quotations set apart.

use sitrep_model::BlockKind;

use super::super::names::hidden;
use super::super::tree::Tree;
use super::super::words::{Layout, Run, runs};
use super::fields::Fields;
use super::quotes::{self, Quote};
use super::ranks::DROP;
use super::repeated::Region;
use super::{Item, Opener};
use crate::cues;

/// A time as shown is no longer than this.
const MAX_TIME_CHARS: usize = 80;

/// A post as read.
pub(super) struct Post {
    pub(super) author: Option<String>,
    time: Option<String>,
    datetime: Option<String>,
    own: Vec<Run>,
    pub(super) quotes: Vec<Quote>,
}

impl Post {
    /// Reads the post whose parts are at `fields`.
    pub(super) fn read(tree: &Tree, layout: &Layout, fields: &Fields) -> Post {
        let Region { from, to } = fields.body;
        let quotes = quotes::quotes(tree, layout, fields.body);
        let one = from < tree.nodes.len() && tree.nodes[from].end == to;
        let skip = |i: usize| {
            let top = one && i == from;
            !top && (is_furniture(tree, i)
                || Some(i) == fields.author
                || Some(i) == fields.time
                || quotes.binary_search_by_key(&i, |q| q.node).is_ok())
        };
        let mut own = runs(tree, layout, from, to, skip);
        own.retain(|run| {
            !cues::is_post_note(&run.words) && run.words.chars().any(char::is_alphanumeric) || is_mark(&run.words)
        });
        let author =
            fields.author.map(|i| tree.nodes[i].attribute("content").map_or_else(|| tree.words(i), str::to_owned));
        Post {
            author: author.as_deref().and_then(super::marked::author_name),
            time: fields.time.and_then(|i| shown(tree, i)),
            datetime: fields.time.and_then(|i| written(tree, i)),
            own,
            quotes,
        }
    }

    /// Whether it says nothing, not even in the words of another.
    pub(super) fn is_empty(&self) -> bool {
        self.own.is_empty() && self.quotes.iter().all(|q| q.paragraphs.is_empty())
    }

    fn words_of_quotes(&self) -> Vec<String> {
        let mut out = Vec::new();
        for quote in &self.quotes {
            let head = quote.head.clone().or_else(|| quote.author.as_ref().map(|a| format!("{a}:")));
            out.extend(head.iter().chain(&quote.paragraphs).map(|line| format!("> {line}")));
        }
        out
    }

    /// The post as a comment.
    pub(super) fn item(self, parent: Option<usize>) -> Item {
        let quoted = self.words_of_quotes();
        let mut item = Item { parent, author: self.author, datetime: self.datetime, quoted, ..Item::default() };
        item.time = self.time;
        for run in self.own {
            item.links.extend(run.links);
            item.paragraphs.push(run.words);
        }
        // Who only passes words on still wrote the post.
        if item.paragraphs.is_empty() {
            item.paragraphs = std::mem::take(&mut item.quoted);
        }
        item
    }

    /// The post as the page's article.
    pub(super) fn opener(self) -> Opener {
        let quoted = self.quotes.iter().flat_map(|quote| {
            let run = |words: &String| Run {
                node: quote.node,
                kind: BlockKind::Quote,
                words: words.clone(),
                links: Vec::new(),
                n_link_chars: 0,
            };
            quote.paragraphs.iter().map(run)
        });
        let mut runs: Vec<Run> = quoted.chain(self.own).collect();
        runs.sort_by_key(|run| run.node);
        Opener { author: self.author, time: self.datetime.or(self.time), runs }
    }
}

/// A post may be one sign: "!", ":)".
fn is_mark(words: &str) -> bool {
    words.chars().count() <= 8
}

/// What is never a post's words: scripts, buttons, signatures, edit notes, counts.
pub(super) fn is_furniture(tree: &Tree, i: usize) -> bool {
    const NEVER: &[&str] = &[
        "script", "style", "form", "button", "select", "svg", "iframe", "template", "nav", "input", "textarea",
        "option",
    ];
    let node = &tree.nodes[i];
    !node.name.is_empty() && (node.is(NEVER) || hidden(node) || DROP.rank(tree, i).is_some())
}

/// The time as people see it.
pub(super) fn shown(tree: &Tree, i: usize) -> Option<String> {
    let mut words = tree.words(i);
    if words.chars().count() > MAX_TIME_CHARS || tree.nodes[i].name == "time" {
        // Two spellings side by side, one shown on small screens.
        let first =
            (i..tree.nodes[i].end).map(|t| tree.nodes[t].text.trim()).find(|t| t.bytes().any(|b| b.is_ascii_digit()));
        words = first.map_or(words, str::to_owned);
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '.' | '\'')).to_owned();
    (!words.is_empty() && words.chars().count() <= MAX_TIME_CHARS).then_some(words)
}

/// The time as a machine wrote it.
pub(super) fn written(tree: &Tree, i: usize) -> Option<String> {
    let at = if tree.nodes[i].name.is_empty() { tree.nodes[i].parent } else { i };
    let inner = (at..tree.nodes[at].end).take(6).map(|n| &tree.nodes[n]);
    let mut told =
        inner.filter_map(|node| node.attribute("datetime").or(node.attribute("title")).or(node.attribute("content")));
    told.find(|t| t.bytes().any(|b| b.is_ascii_digit())).map(str::to_owned)
}

/// Numbers a post goes by: its own and those of the marks at its top.
pub(super) fn numbers(tree: &Tree, region: Region) -> Vec<String> {
    let mut out = Vec::new();
    for node in tree.nodes[region.from..region.to].iter().take(80) {
        for name in ["id", "name", "data-content", "data-post-id", "data-post", "data-comment-id", "data-pid"] {
            out.extend(node.attribute(name).and_then(quotes::last_number));
        }
    }
    out.truncate(12);
    out
}
