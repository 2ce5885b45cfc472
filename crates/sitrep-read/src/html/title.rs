//! The headline of a page, apart from the name of the site.
//!
//! In: what the page says about itself, and its `<h1>` elements. Out: title and, when the title carried it, the outlet.

use super::head::Head;
use super::tree::Tree;

/// Signs that part a headline from the name of the site.
const SEPARATORS: [&str; 8] = [" | ", " – ", " — ", " - ", " » ", " :: ", " · ", " • "];

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Title {
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
}

/// The title of the page; `skip` tells nodes that are not the article's.
pub(crate) fn title(tree: &Tree, head: &Head, skip: impl Fn(usize) -> bool) -> Title {
    let firsts = tree.nodes.iter().enumerate().filter(|(i, n)| n.name == "h1" && !skip(*i)).take(8);
    let shown: Vec<String> = firsts.map(|(i, _)| tree.words(i)).filter(|w| !w.is_empty() && w.len() <= 400).collect();
    let outlet = head.outlet.as_deref();
    let told: Vec<&str> = [head.headline.as_deref(), head.page_title.as_deref()].into_iter().flatten().collect();
    let (cut, suffix) = split(told.first().copied().unwrap_or(""), outlet);
    let (page_cut, page_suffix) = split(head.page_title.as_deref().unwrap_or(""), outlet);
    let sites: Vec<String> = [outlet, suffix, page_suffix].into_iter().flatten().map(folded).collect();
    // The words on the page are the headline; what the head says only picks among them. A site's name is often an h1 too.
    let fits = |s: &&String| {
        let s = folded(s);
        s.len() >= 8 && !sites.contains(&s) && told.iter().any(|t| folded(t).contains(&s))
    };
    let agreed = shown.iter().filter(fits).max_by_key(|s| s.len());
    let cut = if cut.is_empty() { page_cut } else { cut };
    let title = match (agreed, shown.as_slice()) {
        (Some(shown), _) => shown.clone(),
        (None, [only]) if cut.is_empty() || only.split_whitespace().count() >= 4 => only.clone(),
        _ if !cut.is_empty() => cut.to_owned(),
        (None, all) => all.first().cloned().unwrap_or_default(),
    };
    let beside = agreed.and_then(|shown| head.page_title.as_deref().and_then(|t| after(t, shown)));
    let named = suffix.or(page_suffix).or(beside).filter(|s| folded(s) != folded(&title)).map(str::to_owned);
    Title { title: (!title.is_empty()).then_some(title), outlet: named }
}

/// A title and the site's name after its last separator: the known outlet, or a short tail after a longer head.
fn split<'t>(title: &'t str, outlet: Option<&str>) -> (&'t str, Option<&'t str>) {
    let last = SEPARATORS.iter().filter_map(|s| title.rfind(s).map(|at| (at, s.len()))).max();
    let Some((at, length)) = last else { return (title.trim(), None) };
    let (before, after) = (title[..at].trim(), title[at + length..].trim());
    let known = outlet.is_some_and(|o| folded(o) == folded(after));
    let n_words = |t: &str| t.split_whitespace().count();
    if known || (n_words(after) <= 4 && n_words(before) >= 4) { (before, Some(after)) } else { (title.trim(), None) }
}

/// What a title says after `headline` and a separator, when that is short.
fn after<'t>(title: &'t str, headline: &str) -> Option<&'t str> {
    let at = SEPARATORS.iter().filter_map(|s| title.rfind(s).map(|at| (at, s.len()))).max()?;
    let (before, after) = (title[..at.0].trim(), title[at.0 + at.1..].trim());
    (folded(before) == folded(headline) && after.split_whitespace().count() <= 5).then_some(after)
}

/// Words only, lower case: for comparing titles.
pub(crate) fn folded(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_not_the_headline() {
        assert_eq!(
            split("Bridge at Varnesh reopened today | Courier", None),
            ("Bridge at Varnesh reopened today", Some("Courier"))
        );
        assert_eq!(split("War - and peace in the valley of Varnesh", None).1, None);
        assert_eq!(split("Fire - Varnesh Courier", Some("Varnesh Courier")), ("Fire", Some("Varnesh Courier")));
    }
}
