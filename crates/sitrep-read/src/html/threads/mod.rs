//! The people's part of a page: comments under an article, or the posts of a forum thread.
//!
//! In: a tree. Out: what each said, when, in answer to whom, and which nodes that takes up. On a forum page the first post is the
//! article and the others are comments. Ways of finding them, best first: by the names sites give to comments ([`marked`]), by what
//! repeats down the page with a time each ([`repeated`]), by what the page tells programs ([`linked`]). Never decides what the
//! article is elsewhere.

mod fields;
mod kinds;
mod linked;
mod marked;
mod post;
mod posts;
mod quotes;
mod ranks;
mod repeated;

use super::tree::Tree;
use super::words::{Layout, Run};
pub(super) use kinds::kind_classes;
pub(super) use ranks::{plain, post_names};

/// One comment or post.
#[derive(Debug, Default)]
pub(crate) struct Item {
    pub(crate) parent: Option<usize>,
    pub(crate) author: Option<String>,
    pub(crate) time: Option<String>,
    pub(crate) datetime: Option<String>,
    pub(crate) paragraphs: Vec<String>,
    /// Words of others it shows before its own, a line each.
    pub(crate) quoted: Vec<String>,
    pub(crate) links: Vec<String>,
}

/// The first post of a forum thread: the page's article.
#[derive(Debug, Default)]
pub(crate) struct Opener {
    pub(crate) author: Option<String>,
    /// The time as a machine wrote it, or as shown.
    pub(crate) time: Option<String>,
    pub(crate) runs: Vec<Run>,
}

/// The comments of a page.
#[derive(Debug, Default)]
pub(crate) struct Thread {
    pub(crate) items: Vec<Item>,
    /// The first post, when the page is a forum thread that begins here.
    pub(crate) opener: Option<Opener>,
    /// The first post as the page tells programs of it, for when it shows no article.
    pub(crate) told: Option<Opener>,
    /// Whether the comments were told to programs; the page may show them, too, unmarked.
    pub(crate) linked: bool,
    /// For each node whether it is the top of something that is no article: a comment, a comment section.
    pub(crate) taken: Vec<bool>,
}

/// Finds the comments or posts of `tree`.
pub(crate) fn find(tree: &Tree, layout: &Layout) -> Thread {
    let marked = marked::find(tree, layout);
    let mut thread = posts::find(tree, layout, &marked).unwrap_or(marked);
    if thread.items.is_empty() && thread.opener.is_none() {
        let linked::Linked { items, told } = linked::find(tree);
        thread.linked = !items.is_empty();
        (thread.items, thread.told) = (items, told);
    }
    thread
}
