//! Pictures, videos and sounds that a carrier brought beside its pages: what each says of itself, by address.
//!
//! In: the bytes of such files as their carrier is read. Out: [`Files`], and [`Saved`], which keeps them for the pages under way. Keeps
//! no bytes of theirs, facts of no more files than a limit, and thumbnails up to a limit when they are wanted.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use sitrep_model::Thumbnail;

use crate::Source;
use crate::media::{Facts, facts, unescaped};
use crate::thumbnail::Album;

/// Files of one carrier of which something is kept.
const MOST_FILES: usize = 50_000;
const LONGEST_ADDRESS_BYTES: usize = 2_000;
/// Pages whose files are kept for them; those under way are far fewer.
const MOST_PAGES: usize = 4_096;

/// What the files of one carrier say, by address without its scheme.
#[derive(Debug)]
pub(crate) struct Files {
    facts: BTreeMap<String, Facts>,
    album: Album,
}

impl Files {
    /// None yet, of an archive that may hold the files of many pages.
    pub(crate) fn of_archive(source: &Source) -> Files {
        Files { facts: BTreeMap::new(), album: Album::of_archive(source) }
    }

    /// None yet, of one letter or saved page.
    pub(crate) fn of_page(source: &Source) -> Files {
        Files { facts: BTreeMap::new(), album: Album::of_page(source) }
    }

    /// Looks at the file that stood at `address`: of the web, of a letter's part (`cid:`), or inside a zip file.
    pub(crate) fn add(&mut self, address: &str, bytes: &[u8]) {
        if self.facts.len() < MOST_FILES && address.len() <= LONGEST_ADDRESS_BYTES && !bytes.is_empty() {
            let facts = self.facts.entry(key(address)).or_insert_with(|| facts(bytes));
            self.album.add(facts, bytes);
        }
    }

    /// What the file says that a page at `base` calls `src`.
    pub(crate) fn of(&self, base: &str, src: &str) -> Option<&Facts> {
        self.facts.get(&named(base, src)?)
    }

    /// The thumbnail of the file that says so.
    pub(crate) fn thumbnail(&self, facts: &Facts) -> Option<&Thumbnail> {
        self.album.of(facts)
    }

    /// The same to be shared by the pages of the carrier; `None` when there is nothing to share.
    pub(crate) fn shared(self) -> Option<Arc<Files>> {
        (!self.facts.is_empty()).then(|| Arc::new(self))
    }
}

/// Whether something of this type is looked at.
pub(crate) fn is_media(media_type: &str) -> bool {
    ["image/", "video/", "audio/"].iter().any(|family| media_type.starts_with(family))
}

/// Whether a file of this ending is looked at.
pub(crate) fn is_media_ending(ending: &str) -> bool {
    const ENDINGS: [&str; 20] = [
        "jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "avif", "tif", "tiff", "mp4", "m4v", "mov", "webm", "3gp",
        "mp3", "m4a", "ogg", "oga", "wav",
    ];
    ENDINGS.contains(&ending)
}

/// An address as far as it names a file: without scheme and fragment, its host in small letters, `.` and `..` followed.
fn key(address: &str) -> String {
    let address = address.trim().trim_matches(['<', '>']);
    if address.starts_with("cid:") {
        return unescaped(address).unwrap_or_else(|| address.to_owned());
    }
    let (scheme, rest) = address.split_once("://").map_or(("", address), |(scheme, rest)| (scheme, rest));
    let rest = rest.split_once('#').map_or(rest, |(file, _)| file);
    let (place, query) = rest.split_once('?').map_or((rest, None), |(place, query)| (place, Some(query)));
    let place = unescaped(place).unwrap_or_else(|| place.to_owned());
    let mut steps: Vec<&str> = Vec::new();
    for step in place.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    let mut out = steps.join("/");
    if !scheme.is_empty()
        && let Some(host) = steps.first()
    {
        out.replace_range(..host.len(), &host.to_ascii_lowercase());
    }
    if let Some(query) = query {
        out.push('?');
        out.push_str(query);
    }
    out
}

/// The key of what a page at `base` calls `src`.
fn named(base: &str, src: &str) -> Option<String> {
    if src.contains("://") || src.starts_with("cid:") {
        return Some(key(src));
    }
    let (scheme, place) = base.split_once("://").map_or(("", base), |(scheme, rest)| (scheme, rest));
    let place = place.split(['?', '#']).next().unwrap_or_default();
    let with_scheme = |rest: String| if scheme.is_empty() { key(&rest) } else { key(&format!("{scheme}://{rest}")) };
    if let Some(other_host) = src.strip_prefix("//") {
        return Some(key(&format!("https://{other_host}")));
    }
    if src.starts_with('/') {
        let host = place.split('/').next()?;
        return Some(with_scheme(format!("{host}{src}")));
    }
    let folder = place.rsplit_once('/').map_or(if scheme.is_empty() { "" } else { place }, |(folder, _)| folder);
    Some(with_scheme(format!("{folder}/{src}")))
}

/// Files for the pages under way, by a page's path.
#[derive(Debug, Clone, Default)]
pub struct Saved(Arc<Mutex<VecDeque<Kept>>>);

/// A page's path, and the files of its carrier.
type Kept = (String, Arc<Files>);

impl Saved {
    pub(crate) fn put(&self, page: &str, files: &Arc<Files>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_PAGES {
            kept.pop_front();
        }
        kept.push_back((page.to_owned(), Arc::clone(files)));
    }

    pub(crate) fn take(&self, page: &str) -> Option<Arc<Files>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(path, _)| path == page)?;
        kept.remove(at).map(|(_, files)| files)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_files_in_many_ways() {
        let page = "https://Courier.example/news/bridge?x=1";
        for src in [
            "/pics/a%20b.jpg",
            "../pics/./a b.jpg#top",
            "//courier.example/pics/a b.jpg",
            "http://COURIER.example/pics/a%20b.jpg",
        ] {
            assert_eq!(named(page, src).unwrap(), key("https://courier.example/pics/a%20b.jpg"), "{src}");
        }
        assert_ne!(named(page, "a.jpg?w=1"), named(page, "a.jpg?w=2"));
        assert_eq!(named("https://courier.example", "a.jpg").unwrap(), "courier.example/a.jpg");
        assert_eq!(named("saved/a.html", "a_files/x.jpg").unwrap(), "saved/a_files/x.jpg");
        assert_eq!(named("a.html", "x.jpg").unwrap(), "x.jpg");
        assert_eq!(named(page, "cid:p1@x").unwrap(), "cid:p1@x");
    }
}
