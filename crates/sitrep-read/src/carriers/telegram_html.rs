//! Telegram's pages of posts: the HTML export (`messages.html`), and the public face of a channel (`t.me/s/…`) as saved.
//!
//! In: a page that holds many posts. Out: the same pages as [`super::telegram`] gives for the JSON export. One file of an export
//! holds about a thousand posts, so it is read whole, up to the size of a page. Never follows a link to the next file.

use sitrep_model::{Carrier, MediaType, Page};

use super::telegram::Left;
use super::words;
use super::{Opened, Origin, Pages, when, whole};
use crate::charset;
use crate::html::tree::Tree;
use crate::{ReadError, dates};

/// Whether a page that begins with `head` is of either kind.
pub(super) fn fits(head: &str) -> bool {
    let export = head.contains("<title>Exported Data</title>") && head.contains("page_wrap");
    let channel =
        head.contains("telegram.org/css/") && (head.contains("widget-frame.css") || head.contains("telegram-web.css"));
    head.trim_start_matches('\u{FEFF}').trim_start().starts_with('<')
        && (export || channel || head.contains("tgme_widget_message"))
}

/// The posts of the page.
pub(super) fn pages(opened: Opened<'_>) -> Pages<'_> {
    let origin = opened.origin;
    let raw = match whole(opened.reader) {
        Ok(raw) => raw,
        Err((code, why)) => return origin.none(code, why),
    };
    let source = charset::decode(&raw, MediaType::Html, None).text;
    let tree = Tree::of(&source);
    let mut left = Left::default();
    let mut posts = if source.contains("tgme_widget_message") {
        channel_posts(&tree, &origin, &mut left)
    } else {
        exported_posts(&tree, &origin, &mut left)
    };
    if posts.is_empty() {
        return origin.none("no-posts", "no post with words on this page of Telegram");
    }
    if tree.too_large {
        posts.push(Err(origin.failed(
            None,
            None,
            "cut-short",
            "the page is too long: the posts at its end are not read",
        )));
    }
    posts.extend(left.remark(&origin).map(Err));
    Box::new(posts.into_iter())
}

type Found = Vec<Result<Page, ReadError>>;

/// What is asked of the nodes of one post.
struct Post<'t> {
    tree: &'t Tree,
    start: usize,
    end: usize,
}

impl Post<'_> {
    fn has_class(&self, i: usize, class: &str) -> bool {
        self.tree.classes(i).any(|c| c == class)
    }

    /// The first node of that class after `from`.
    fn first_after(&self, from: usize, class: &str) -> Option<usize> {
        (from..self.end).find(|&i| self.has_class(i, class))
    }

    fn first(&self, class: &str) -> Option<usize> {
        self.first_after(self.start + 1, class)
    }

    fn words(&self, i: usize) -> Option<String> {
        Some(self.tree.words(i)).filter(|w| !w.is_empty())
    }

    fn links(&self, classes: &[&str]) -> Vec<String> {
        let named = (self.start..self.end).filter(|&i| classes.iter().any(|c| self.has_class(i, c)));
        named
            .filter_map(|i| self.tree.nodes[i].attribute("href"))
            .filter(|h| !h.starts_with("http"))
            .map(str::to_owned)
            .collect()
    }
}

/// Nodes that have `class`, none of them inside another.
fn tops<'t>(tree: &'t Tree, class: &str) -> Vec<Post<'t>> {
    let mut out: Vec<Post<'t>> = Vec::new();
    for i in 1..tree.nodes.len() {
        if out.last().is_none_or(|p| i >= p.end) && tree.classes(i).any(|c| c == class) {
            out.push(Post { tree, start: i, end: tree.nodes[i].end });
        }
    }
    out
}

/// The posts of an export's page.
fn exported_posts(tree: &Tree, origin: &Origin<'_>, left: &mut Left) -> Found {
    let header = tops(tree, "page_header").into_iter().next();
    let outlet = header.and_then(|h| h.first("text").and_then(|i| h.words(i)));
    let mut from: Option<String> = None;
    let mut out = Vec::new();
    for post in tops(tree, "message") {
        if post.has_class(post.start, "service") {
            left.n_notices += 1;
            continue;
        }
        let forward = post.first("forwarded");
        let forward_end = forward.map_or(post.start, |i| tree.nodes[i].end);
        let in_forward = |i: usize| forward.is_some_and(|f| (f..forward_end).contains(&i));
        let name = (post.start..post.end).find(|&i| post.has_class(i, "from_name") && !in_forward(i));
        // A post that follows one of the same writer does not say the name again.
        if let Some(i) = name {
            from = post.words(i);
        }
        let Some(text) = post.first("text") else {
            left.n_wordless += 1;
            continue;
        };
        let stretches = words::stretches(tree, text, |_| false);
        if words::wordless(&stretches) {
            left.n_wordless += 1;
            continue;
        }
        let first_sender = forward.and_then(|f| post.first_after(f + 1, "from_name"));
        let forwarded_from = first_sender.and_then(|i| {
            let said: String =
                words::stretches(tree, i, |n| post.has_class(n, "date")).into_iter().map(|s| s.text).collect();
            words::line_of(&said)
        });
        let time = (post.start..post.end).find(|&i| post.has_class(i, "date") && !in_forward(i));
        let reply =
            post.first("reply_to").and_then(|r| (r..tree.nodes[r].end).find_map(|i| tree.nodes[i].attribute("href")));
        let carrier = Carrier {
            kind: "telegram".to_owned(),
            record: tree.nodes[post.start].attribute("id").and_then(number_at_end),
            byline: post
                .first("signature")
                .and_then(|i| post.words(i))
                .or(from.clone().filter(|f| outlet.as_ref() != Some(f))),
            outlet: outlet.clone(),
            published: time.and_then(|i| tree.nodes[i].attribute("title")).and_then(when::telegram_day),
            reply_to: reply.and_then(number_at_end),
            forwarded_from,
            ..Carrier::default()
        };
        let media = post.links(&["photo_wrap", "video_file_wrap", "media_video", "media_photo", "animated_wrap"]);
        out.push(Ok(origin.page(MediaType::Html, words::page(&stretches, &media), carrier)));
    }
    out
}

/// The posts on the public face of a channel.
fn channel_posts(tree: &Tree, origin: &Origin<'_>, left: &mut Left) -> Found {
    let mut out = Vec::new();
    for post in tops(tree, "tgme_widget_message") {
        let quoted = post.first("tgme_widget_message_reply");
        let quoted_end = quoted.map_or(post.start, |i| tree.nodes[i].end);
        let in_quoted = |i: usize| quoted.is_some_and(|q| (q..quoted_end).contains(&i));
        let own = |class: &str| (post.start..post.end).find(|&i| post.has_class(i, class) && !in_quoted(i));
        let text = own("js-message_text").or_else(|| own("tgme_widget_message_text"));
        let stretches = text.map(|i| words::stretches(tree, i, |_| false)).unwrap_or_default();
        if words::wordless(&stretches) {
            left.n_wordless += 1;
            continue;
        }
        let address = |i: Option<usize>| i.and_then(|i| tree.nodes[i].attribute("href")).map(str::to_owned);
        let url = address(own("tgme_widget_message_date")).filter(|u| u.starts_with("http"));
        let time = (post.start..post.end).filter(|&i| !in_quoted(i)).find_map(|i| {
            let node = &tree.nodes[i];
            (node.name == "time").then(|| node.attribute("datetime")).flatten()
        });
        let sender =
            own("tgme_widget_message_forwarded_from_name").or_else(|| own("tgme_widget_message_forwarded_from_author"));
        let carrier = Carrier {
            kind: "telegram".to_owned(),
            record: url.as_deref().and_then(number_at_end),
            byline: own("tgme_widget_message_from_author").and_then(|i| post.words(i)),
            outlet: own("tgme_widget_message_owner_name").and_then(|i| post.words(i)),
            published: time.and_then(dates::first_full_date).map(|f| f.date),
            reply_to: address(quoted).as_deref().and_then(number_at_end),
            forwarded_from: sender.and_then(|i| post.words(i)),
            url,
            ..Carrier::default()
        };
        out.push(Ok(origin.page(MediaType::Html, words::page(&stretches, &[]), carrier)));
    }
    out
}

/// The number a message's mark ends with: `message12`, `#go_to_message12`, `https://t.me/channel/12?single`.
fn number_at_end(mark: &str) -> Option<String> {
    let mark = mark.split_once('?').map_or(mark, |(before, _)| before);
    let digits = mark.len() - mark.bytes().rev().take_while(u8::is_ascii_digit).count();
    Some(mark[digits..].to_owned()).filter(|n| !n.is_empty())
}
