//! What elements and attributes are called, as far as it matters to us.
//!
//! In: the bytes of a name. Out: the same name as a constant, with what is known of it. A page names the same forty things
//! ten thousand times: none of these names is ever copied. Holds no rule.

use std::sync::LazyLock;

use super::lookup::Lookup;

/// Elements that stand on lines of their own.
pub(crate) const BLOCKS: &[&str] = &[
    "div",
    "li",
    "p",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "aside",
    "main",
    "table",
    "tr",
    "form",
    "pre",
    "figure",
    "figcaption",
    "fieldset",
    "details",
    "summary",
    "address",
    "center",
    "hr",
    "body",
    "html",
    "#root",
    "tbody",
    "thead",
    "tfoot",
    "caption",
    "hgroup",
    "video",
];
/// Elements that hold nothing and need no end tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Other elements that pages are full of.
const COMMON: &[&str] = &[
    "a", "abbr", "b", "button", "circle", "cite", "code", "defs", "em", "font", "g", "head", "i", "iframe", "label",
    "noscript", "option", "path", "picture", "rect", "s", "script", "select", "small", "span", "strong", "style",
    "sub", "sup", "svg", "symbol", "td", "template", "textarea", "th", "time", "title", "tt", "u", "use",
];

/// Attributes that are kept; the rest says nothing to us.
const KEPT: [&str; 63] = [
    "id",
    "class",
    "href",
    "itemprop",
    "itemtype",
    "rel",
    "datetime",
    "content",
    "name",
    "property",
    "type",
    "role",
    "lang",
    "hidden",
    "aria-hidden",
    "style",
    "pubdate",
    "title",
    "charset",
    "value",
    "data-datetime",
    "data-date",
    "data-time",
    "data-timestamp",
    "data-published",
    "data-publish-date",
    "data-utime",
    "data-epoch",
    "data-testid",
    "ts",
    "created-timestamp",
    "http-equiv",
    "data-parent",
    "data-parent-id",
    "data-comment-id",
    "data-author",
    "data-content",
    "data-quote",
    "data-source",
    "data-post",
    "data-post-id",
    "data-username",
    "data-user",
    "data-quotedata",
    "data-ipsquote-username",
    "data-ipsquote-contentcommentid",
    "cite",
    "component",
    "data-role",
    "data-pid",
    "indent",
    "itemscope",
    "src",
    "data-src",
    "alt",
    "width",
    "height",
    "author",
    "slot",
    "thingid",
    "parentid",
    "depth",
    "data-depth",
];

/// What is known of an element by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sort {
    /// One of [`BLOCKS`].
    pub(crate) block: bool,
    /// It holds nothing and needs no end tag.
    pub(crate) void: bool,
}

/// A known element's name and sort.
pub(crate) fn element(name: &[u8]) -> Option<(&'static str, Sort)> {
    static ELEMENTS: LazyLock<Lookup<&str, Sort>> = LazyLock::new(|| {
        let sort = |name: &&'static str| (*name, Sort { block: BLOCKS.contains(name), void: VOID.contains(name) });
        let only_void = VOID.iter().filter(|name| !BLOCKS.contains(name));
        Lookup::of(BLOCKS.iter().chain(only_void).chain(COMMON).map(sort))
    });
    ELEMENTS.find(name).copied()
}

/// The name of an attribute that is kept, and its number among those, below 128.
pub(crate) fn attribute(name: &[u8]) -> Option<(&'static str, u32)> {
    static ATTRIBUTES: LazyLock<Lookup<&str, u32>> = LazyLock::new(|| Lookup::of(KEPT.into_iter().zip(0..)));
    ATTRIBUTES.find(name).copied()
}
