//! Which page a translation translates.
//!
//! In: documents. Out: for each translation whose original is among them, that page. The user named the original by path or address;
//! a name that fits two pages fits none.

use std::collections::BTreeMap;

use sitrep_model::{Document, PageId};

use crate::copies::address_key;

/// What a page can be named by, and the page it says it translates.
#[derive(Debug)]
pub(crate) struct Named {
    page: PageId,
    path: String,
    url: Option<String>,
    translates: Option<String>,
}

impl Named {
    /// Of one document.
    pub(crate) fn of(document: &Document) -> Named {
        Named {
            page: document.page.clone(),
            path: document.path.clone(),
            url: document.url.clone(),
            translates: document.translation.as_ref().map(|translation| translation.of.clone()),
        }
    }

    /// Whether it says that it translates another.
    pub(crate) fn is_translation(&self) -> bool {
        self.translates.is_some()
    }
}

/// The original of every translation whose original is here.
pub(crate) fn originals(documents: &[Named]) -> BTreeMap<PageId, PageId> {
    let translations = documents.iter().filter_map(|document| Some((document, document.translates.as_deref()?)));
    let mut found = BTreeMap::new();
    let mut by_name: BTreeMap<String, Vec<&Named>> = BTreeMap::new();
    let mut by_address: BTreeMap<String, Vec<&Named>> = BTreeMap::new();
    for (document, translation) in translations {
        if by_name.is_empty() {
            for one in documents {
                by_name.entry(parts(&one.path).last().cloned().unwrap_or_default()).or_default().push(one);
                if let Some(url) = &one.url {
                    by_address.entry(address_key(url)).or_default().push(one);
                }
            }
        }
        let of = translation.trim();
        let known = documents.iter().find(|one| one.page.as_str() == of);
        let addressed = || only(by_address.get(&address_key(of))?, document, |_| true);
        let named = || {
            let asked = parts(of);
            let same_name = by_name.get(asked.last()?)?;
            let exact = only(same_name, document, |one| one.path == of);
            exact.or_else(|| only(same_name, document, |one| ends_alike(&parts(&one.path), &asked)))
        };
        if let Some(original) = known.or_else(addressed).or_else(named) {
            found.insert(document.page.clone(), original.page.clone());
        }
    }
    found
}

/// The one page that fits, other than the translation itself; `None` when none or two do.
fn only<'d>(among: &[&'d Named], but: &Named, fits: impl Fn(&Named) -> bool) -> Option<&'d Named> {
    let mut fitting = among.iter().filter(|one| one.page != but.page && fits(one));
    let first = fitting.next()?;
    fitting.next().is_none().then_some(*first)
}

fn parts(path: &str) -> Vec<String> {
    let path = path.trim().replace('\\', "/");
    path.split('/').filter(|part| !part.is_empty() && *part != ".").map(str::to_owned).collect()
}

fn ends_alike(one: &[String], other: &[String]) -> bool {
    one.iter().rev().zip(other.iter().rev()).all(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use sitrep_model::Translation;

    use super::*;
    use crate::tests::report;

    #[test]
    fn an_original_is_found_by_path_or_address_and_never_guessed() {
        let mut original = report("Post", "2031-05-05", &[("other", "Der Turm fiel am Montag.")]).document;
        original.path = "saved/de/turm.html".to_owned();
        original.url = Some("https://post.example/turm?utm_source=a".to_owned());
        let mut translation = report("Desk", "2031-05-06", &[("other", "The tower fell on Monday.")]).document;
        let mut found = |of: &str| {
            translation.translation = Some(Translation { of: of.to_owned(), by: None, on: None });
            originals(&[Named::of(&original), Named::of(&translation)]).get(&translation.page).cloned()
        };
        for of in [
            "saved/de/turm.html",
            "de/turm.html",
            "./turm.html",
            "http://www.post.example/turm",
            original.page.as_str(),
        ] {
            assert_eq!(found(of), Some(original.page.clone()), "{of}");
        }
        for of in ["turm.htm", "fr/turm.html", "https://post.example/other", ""] {
            assert_eq!(found(of), None, "{of}");
        }
    }
}
