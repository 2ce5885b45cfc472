//! What feeds say about pages that are among the inputs themselves.
//!
//! In: the feeds among the inputs, then every page on its way. Out: the pages, those that a feed links to with the title, author
//! and day of their entry where they say none of their own; an entry whose page came by is no page of its own. Feeds are walked
//! last, so which input was named first never shows. Holds the facts of the feeds' entries, not their words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::bytes::Regex;
use sitrep_model::{Carrier, MediaType, Page};

/// How far into a page its own address is looked for.
const HEAD_BYTES: usize = 65_536;

/// The facts of entries by the address of their page.
#[derive(Debug, Default)]
pub(crate) struct Lending {
    facts: BTreeMap<String, Carrier>,
    met: BTreeSet<String>,
}

impl Lending {
    /// Adds what one feed says. Of two entries for one page the earlier is kept, whichever feed was read first.
    pub(crate) fn add(&mut self, facts: Vec<Carrier>) {
        for entry in facts {
            let Some(address) = entry.url.as_deref().map(bare) else { continue };
            match self.facts.get_mut(&address) {
                Some(known) if order(&entry) < order(known) => *known = entry,
                Some(_) => {}
                None => {
                    self.facts.insert(address, entry);
                }
            }
        }
    }

    /// The page with what its entry says; `None` for an entry whose page came by.
    pub(crate) fn pass(&mut self, mut page: Page) -> Option<Page> {
        if self.facts.is_empty() {
            return Some(page);
        }
        if let Some(carrier) = page.custody.carrier.as_deref().filter(|carrier| carrier.kind == "feed") {
            let came_by = carrier.url.as_deref().is_some_and(|url| self.met.contains(&bare(url)));
            return (!came_by).then_some(page);
        }
        let address = addresses(&page).into_iter().map(|url| bare(&url)).find(|url| self.facts.contains_key(url));
        if let Some(address) = address
            && let Some(entry) = self.facts.get(&address)
        {
            page.custody.carrier = Some(Box::new(match page.custody.carrier.take() {
                Some(own) => filled(*own, entry),
                None => entry.clone(),
            }));
            self.met.insert(address);
        }
        Some(page)
    }
}

type Order<'c> = (bool, Option<jiff::civil::Date>, [Option<&'c str>; 4]);

/// What decides between two entries for one page.
fn order(entry: &Carrier) -> Order<'_> {
    let words = [&entry.outlet, &entry.title, &entry.byline, &entry.record].map(|field| field.as_deref());
    (entry.published.is_none(), entry.published, words)
}

/// `own`, with what it leaves open taken from `entry`.
fn filled(own: Carrier, entry: &Carrier) -> Carrier {
    Carrier {
        title: own.title.or_else(|| entry.title.clone()),
        byline: own.byline.or_else(|| entry.byline.clone()),
        outlet: own.outlet.or_else(|| entry.outlet.clone()),
        published: own.published.or(entry.published),
        modified: own.modified.or(entry.modified),
        language: own.language.or_else(|| entry.language.clone()),
        ..own
    }
}

/// The addresses a page goes by: the user's, its carrier's, and those its head names.
fn addresses(page: &Page) -> Vec<String> {
    static OWN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)<link\s[^>]*rel\s*=\s*["']?canonical[^>]*>|<meta\s[^>]*property\s*=\s*["']?og:url[^>]*>"#)
            .expect("a constant checked by the tests")
    });
    static VALUE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)\s(?:href|content)\s*=\s*(?:"(?P<a>https?://[^"]+)"|'(?P<b>https?://[^']+)'|(?P<c>https?://[^\s"'>]+))"#)
            .expect("a constant checked by the tests")
    });
    let told = [page.meta.url.clone(), page.custody.carrier.as_deref().and_then(|c| c.url.clone())];
    let mut out: Vec<String> = told.into_iter().flatten().collect();
    if page.media_type == MediaType::Html {
        let head = page.raw.get(..HEAD_BYTES).unwrap_or(&page.raw);
        out.extend(OWN.find_iter(head).take(4).filter_map(|tag| {
            let found = VALUE.captures(tag.as_bytes())?;
            let url = ["a", "b", "c"].iter().find_map(|name| found.name(name))?;
            Some(String::from_utf8_lossy(url.as_bytes()).replace("&amp;", "&"))
        }));
    }
    out
}

/// An address as far as it names a page: no scheme, no `www.`, no fragment, no last slash, no marks of where a click came from.
fn bare(url: &str) -> String {
    let url = url.trim();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let url = url.split_once('#').map_or(url, |(page, _)| page);
    let (place, query) = url.split_once('?').unwrap_or((url, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_ascii_lowercase();
    let tracking = |part: &&str| {
        let name = part.split('=').next().unwrap_or("").to_ascii_lowercase();
        name.is_empty()
            || name.starts_with("utm_")
            || name.starts_with("at_")
            || ["fbclid", "gclid", "cmpid", "ref", "source", "traffic_source", "cmp", "rss"].contains(&name.as_str())
    };
    let query: Vec<&str> = query.split('&').filter(|part| !tracking(part)).collect();
    let place = format!("{}/{}", host.strip_prefix("www.").unwrap_or(&host), path.trim_end_matches('/'));
    if query.is_empty() { place } else { format!("{place}?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_bare() {
        let same = [
            "https://www.Courier.example/2031/05/09/town/?utm_source=rss&id=7#comments",
            "http://courier.example/2031/05/09/town?id=7",
        ];
        assert_eq!(bare(same[0]), bare(same[1]));
        assert_ne!(bare("https://c.example/?p=1"), bare("https://c.example/?p=2"));
        assert_eq!(bare("c.example"), bare("https://c.example/"));
    }
}
