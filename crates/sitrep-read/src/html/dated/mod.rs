//! Every sign of when a page was published or changed: markup for machines, what readers see, scripts as a last resort.
//!
//! In: a page's source and tree. Out: [`Signals`], each with the kind of sign it is. Decides nothing between them: see
//! `published`. Never takes a sign from readers' comments, lists of other pages, or a line of copyright.

mod lines;
mod linked;
mod marks;
mod script;
mod shown;

use jiff::civil::Date;

use super::head::Head;
use super::linked::Linked;
use super::title::folded;
use super::tree::Tree;
use super::words::Layout;
use crate::dates::{self, Order};
use crate::published::{Kind, Signals};

pub(super) use shown::{elsewhere_words, first_words};

/// Headings of one rank that are looked at.
const MAX_HEADINGS: usize = 40;

/// What the readers of signs look at.
pub(super) struct View<'p> {
    pub(super) tree: &'p Tree,
    pub(super) layout: &'p Layout,
    pub(super) order: Order,
    /// Nodes of comments, navigation and lists of other pages.
    pub(super) apart: Vec<bool>,
    /// The day the page was saved, when someone said.
    pub(super) retrieved: Option<Date>,
    /// The headline's node, when the page has one.
    pub(super) heading: Option<usize>,
}

impl View<'_> {
    /// The date in a string written for machines: an ISO date, or a count of seconds.
    pub(super) fn told(&self, text: &str) -> Option<dates::Told> {
        dates::told(text, self.order)
    }

    /// How far node `i` is from the headline; above it counts twice.
    pub(super) fn distance(&self, i: usize) -> usize {
        match self.heading {
            Some(heading) if i >= heading => i - heading,
            Some(heading) => (heading - i) * 2,
            None => i,
        }
    }
}

/// The signs of `tree`, made from `source`; `in_comments` marks nodes of readers' comments, `html_lang` is what the page says.
pub(crate) fn read(
    source: &str,
    tree: &Tree,
    layout: &Layout,
    in_comments: &[bool],
    (head, known): (&Head, &Linked),
    (address, retrieved): (Option<&str>, Option<Date>),
) -> Signals {
    let heading = heading(tree, in_comments, head.page_title.as_deref());
    let apart = shown::apart(tree, in_comments, heading);
    let order = order(tree, head.language.as_deref(), address);
    let view = View { tree, layout, order, apart, retrieved, heading };
    let mut signals = Signals::default();
    linked::read(&view, known, &mut signals);
    marks::meta(&view, &mut signals);
    shown::elements(&view, &mut signals);
    lines::read(&view, &mut signals);
    if !signals.published().any(|s| s.kind <= Kind::TimePublished) {
        script::read(source, order, &mut signals);
    }
    signals
}

/// The headline: the heading that says most of what the page's title says, else the first of the highest rank. On some sites the
/// first rank is the outlet's name, and that stands in the title, too: a second-rank heading that says half of the title beats it.
fn heading(tree: &Tree, in_comments: &[bool], page_title: Option<&str>) -> Option<usize> {
    let title = page_title.map(folded).unwrap_or_default();
    let headings = |name: &'static str| {
        (1..tree.nodes.len()).filter(move |&i| tree.nodes[i].name == name && !in_comments[i]).take(MAX_HEADINGS)
    };
    let said = |i: usize| {
        let n_bytes = Some(folded(&tree.words(i))).filter(|w| w.len() >= 8 && title.contains(w))?.len();
        Some((n_bytes * 2 >= title.len(), tree.nodes[i].name == "h1", n_bytes, std::cmp::Reverse(i)))
    };
    let best = headings("h1").chain(headings("h2")).filter_map(said).max().map(|(.., i)| i.0);
    best.or_else(|| headings("h1").next()).or_else(|| headings("h2").next())
}

/// Which number is the day in this page's dates: by its other dates, by its declared locale, by the country of its address.
fn order(tree: &Tree, html_lang: Option<&str>, address: Option<&str>) -> Order {
    let texts = tree.nodes.iter().filter(|n| n.name.is_empty() && n.text.len() >= 8 && n.text.len() <= 200);
    let (mut day_first, mut month_first) = (false, false);
    for text in texts {
        match dates::betrayed_order(&text.text) {
            Order::DayFirst => day_first = true,
            Order::MonthFirst => month_first = true,
            Order::Unknown => {}
        }
    }
    match (day_first, month_first) {
        (true, false) => Order::DayFirst,
        (false, true) => Order::MonthFirst,
        (true, true) => Order::Unknown,
        (false, false) => dates::order_of_place(html_lang, address),
    }
}
