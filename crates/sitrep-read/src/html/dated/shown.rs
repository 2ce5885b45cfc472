//! Dates that elements carry: `<time>`, microdata, and elements whose names say that a date stands in them.
//!
//! In: a view of the page. Out: signs. Never looks inside lists of other pages, navigation or comments.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::View;
use super::marks::MARKS;
use crate::dates::Told;
use crate::html::called::{DATE, ELSEWHERE};
use crate::html::lookup::Lookup;
use crate::html::names::hidden;
use crate::html::tree::{Node, Tree};
use crate::published::{Kind, Signals};

/// An element that shows a date and nothing else holds no more nodes than this.
const MAX_NODES: usize = 40;
/// Nor more words than this has bytes.
const MAX_BYTES: usize = 160;
/// How far from the headline an element still belongs to the article's head, in nodes.
const NEAR_NODES: usize = 160;
/// How near an aside must begin to be the article's own.
const ASIDE_NODES: usize = 40;
/// How far before it.
const NEAR_BEFORE_NODES: usize = 40;

/// For each node whether it lies in comments, navigation or a list of other pages.
pub(super) fn apart(tree: &Tree, in_comments: &[bool], heading: Option<usize>) -> Vec<bool> {
    let mut out = in_comments.to_vec();
    for (i, node) in tree.nodes.iter().enumerate().skip(1) {
        // What stands around the headline is the article's, whatever it is called.
        let around = heading.is_some_and(|h| i <= h && h < node.end);
        let named = || node.end - i < tree.nodes.len() / 3 && elsewhere(node);
        let part = match node.name.as_str() {
            "" | "body" | "html" | "main" | "article" | "meta" | "time" | "h1" => false,
            "nav" | "select" | "template" | "noscript" => true,
            "footer" => !in_header(tree, i),
            "aside" => !heading.is_some_and(|h| i < h + ASIDE_NODES && i + ASIDE_NODES > h) || elsewhere(node),
            _ => named(),
        };
        out[i] |= out[node.parent] || part && !around;
    }
    out
}

/// Whether a name of the element says that other pages are shown in it.
fn elsewhere(node: &Node) -> bool {
    if node.called & ELSEWHERE == 0 {
        return false;
    }
    let names = [node.attribute("class"), node.attribute("id")].into_iter().flatten().flat_map(str::split_whitespace);
    // Page builders call every box a widget.
    let own = names.filter(|name| !name.starts_with("elementor") && !name.starts_with("wp-block")).take(40);
    own.flat_map(|name| name.split(|c: char| !c.is_alphanumeric())).any(|part| CALLED.elsewhere.holds(part))
}

/// The foot of an article's own header is not the foot of the page.
fn in_header(tree: &Tree, i: usize) -> bool {
    let mut at = tree.nodes[i].parent;
    while at != 0 {
        if tree.nodes[at].name == "header" {
            return true;
        }
        at = tree.nodes[at].parent;
    }
    false
}

/// Whether node `i` stands where an article's head does.
pub(super) fn near(view: &View<'_>, i: usize) -> bool {
    view.heading.is_some_and(|h| i < h + NEAR_NODES && i + NEAR_BEFORE_NODES > h)
}

/// What an element's names say about the date in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    Modified,
    Published,
    Plain,
}

/// Reads the elements of the page.
pub(super) fn elements(view: &View<'_>, signals: &mut Signals) {
    for (i, node) in view.tree.nodes.iter().enumerate().skip(1) {
        if node.name.is_empty()
            || node.is(&["meta", "script", "style", "svg", "img", "link", "option"])
            || view.apart[i]
        {
            continue;
        }
        // Custom elements for a time are named after it: "relative-time", "faceplate-timeago".
        let time = node.name == "time" || node.name.contains("-time");
        let property = property(node);
        let says =
            property.or_else(|| if node.attribute("pubdate").is_some() { Some(Says::Published) } else { named(node) });
        let says = match says {
            None if time || node.name == "abbr" => Says::Plain,
            None => continue,
            Some(says) => says,
        };
        if let Some(told) = date_of(view, i) {
            signals.add_at(sign(view, i, (time, property.is_some()), says), told, view.distance(i));
        }
    }
}

fn sign(view: &View<'_>, i: usize, (time, property): (bool, bool), says: Says) -> Kind {
    let near = near(view, i);
    match says {
        Says::Modified if near => Kind::ChangedNear,
        Says::Modified => Kind::Changed,
        _ if hidden(&view.tree.nodes[i]) && !property => Kind::NamedFar,
        Says::Published if property => Kind::Microdata,
        Says::Published if time && near => Kind::TimePublished,
        Says::Published if near => Kind::NamedNear,
        Says::Published if time => Kind::TimeFar,
        Says::Plain if time && near => Kind::TimeNear,
        Says::Plain if near => Kind::PlainNear,
        Says::Plain if time => Kind::TimeFar,
        _ => Kind::NamedFar,
    }
}

/// What microdata or RDFa calls the date.
fn property(node: &Node) -> Option<Says> {
    let named = [node.attribute("itemprop"), node.attribute("property")];
    named.into_iter().flatten().find_map(|names| {
        names.to_lowercase().split_whitespace().find_map(|name| match name.rsplit([':', '/']).next().unwrap_or(name) {
            "datepublished" | "pubdate" | "issued" => Some(Says::Published),
            "datemodified" | "modified" => Some(Says::Modified),
            "datecreated" | "created" | "date" => Some(Says::Plain),
            _ => None,
        })
    })
}

/// What classes and id call the date: all words of one cell among the parts of one name.
fn named(node: &Node) -> Option<Says> {
    if node.called & DATE == 0 {
        return None;
    }
    let names = [node.attribute("class"), node.attribute("id"), node.attribute("data-testid"), node.attribute("name")];
    let (mut modified, mut published, mut plain) = (false, false, false);
    for name in names.into_iter().flatten().flat_map(str::split_whitespace).take(40) {
        let parts = || name.split(|c: char| !c.is_alphanumeric());
        for (says, rest) in parts().filter_map(|part| CALLED.dates.get(part)).flatten() {
            if rest.iter().all(|word| parts().any(|part| part == *word)) {
                match says {
                    Says::Modified => modified = true,
                    Says::Published => published = true,
                    Says::Plain => plain = true,
                }
            }
        }
    }
    match (modified, published, plain) {
        (_, true, _) => Some(Says::Published),
        (true, ..) => Some(Says::Modified),
        (.., plain) => plain.then_some(Says::Plain),
    }
}

/// The names of elements that matter here, ready to be asked for.
struct Called {
    /// By the first word of a cell: what the cell says, and its other words.
    dates: Lookup<&'static str, Vec<(Says, Vec<&'static str>)>>,
    elsewhere: Lookup<&'static str, ()>,
}

static CALLED: LazyLock<Called> = LazyLock::new(|| {
    let names = &MARKS.shown;
    let lists = [(Says::Modified, &names.modified), (Says::Published, &names.published), (Says::Plain, &names.plain)];
    let mut dates: BTreeMap<&str, Vec<(Says, Vec<&str>)>> = BTreeMap::new();
    for (says, cells) in lists {
        for mut words in cells.iter().map(|cell| cell.split(' ')) {
            dates.entry(words.next().unwrap_or_default()).or_default().push((says, words.collect()));
        }
    }
    Called { dates: Lookup::of(dates), elsewhere: Lookup::of(names.elsewhere.iter().map(|word| (word.as_str(), ()))) }
});

/// Words that say that other pages are shown, and the first words of the names of dates.
pub(in crate::html) fn elsewhere_words() -> impl Iterator<Item = &'static str> {
    MARKS.shown.elsewhere.iter().map(String::as_str)
}

pub(in crate::html) fn first_words() -> impl Iterator<Item = &'static str> {
    let names = &MARKS.shown;
    let cells = names.modified.iter().chain(&names.published).chain(&names.plain);
    cells.filter_map(|cell| cell.split(' ').next())
}

/// The date an element carries in an attribute, else in its words when they are few.
fn date_of(view: &View<'_>, i: usize) -> Option<Told> {
    let node = &view.tree.nodes[i];
    let told = MARKS.shown.attributes.iter().filter_map(|name| node.attribute(name)).find_map(|text| view.told(text));
    if told.is_some() {
        return told;
    }
    if node.end - i > MAX_NODES {
        return None;
    }
    let words = view.tree.words(i);
    (words.len() <= MAX_BYTES).then(|| view.told(&words)).flatten()
}
