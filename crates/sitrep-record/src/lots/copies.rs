//! Pages that share their words, of a record that is not held at once.
//!
//! In: under what pages may meet. Out: rows of `copy`, and what reports share with others. Reads two documents at a time.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use sitrep_model::{Date, Document, DocumentId, PageCopy, PageId};

use super::gather::Gathered;
use super::shelf::Shelf;
use crate::RecordError;
use crate::copies::{Page, Words, meet};
use crate::fuse::gist::number;
use crate::fuse::shared::SharedText;
use crate::store::write;

/// Pages whose words are kept at hand.
const KEPT_PAGES: usize = if cfg!(test) { 3 } else { 5_000 };

/// Compares the pages that meet, and writes which share their words.
pub(super) fn copies(
    shelf: &Shelf<'_>,
    gathered: &mut Gathered,
    retrieved: &BTreeMap<PageId, Date>,
) -> Result<BTreeMap<DocumentId, Rc<SharedText>>, RecordError> {
    let order: HashMap<u64, i64> = gathered.pages.values().flatten().map(|entry| (entry.claim, entry.order)).collect();
    let n_words = |page: u64| gathered.n_words.get(&page).copied().unwrap_or_default();
    let mut pairs = meet::pairs(std::mem::take(&mut gathered.pages), n_words);
    // Day by day, so that pages come up again while they are at hand.
    pairs.sort_by_key(|&(one, other)| (order.get(&one).copied(), one, other));
    let mut found: Vec<PageCopy> = Vec::new();
    let mut at_hand: HashMap<u64, (Rc<Document>, Rc<Words>)> = HashMap::new();
    for of_one in pairs.chunk_by(|a, b| a.0 == b.0) {
        let wanted = [of_one[0].0].into_iter().chain(of_one.iter().map(|(_, other)| *other));
        if at_hand.len() > KEPT_PAGES {
            at_hand.clear();
        }
        let mut read = Vec::new();
        for page in wanted {
            let known = match at_hand.get(&page) {
                Some(known) => known.clone(),
                None => {
                    let Some(id) = gathered.document_of.get(&page) else { continue };
                    let Some(document) = shelf.document(number(id.as_str()))? else { continue };
                    let words = Rc::new(Words::of(&document));
                    at_hand.insert(page, (Rc::clone(&document), Rc::clone(&words)));
                    (document, words)
                }
            };
            read.push(known);
        }
        let pages: Vec<Page<'_>> = read
            .iter()
            .map(|(document, words)| Page::comparable(document, Rc::clone(words), &gathered.furniture))
            .collect();
        let Some((one, others)) = pages.split_first() else { continue };
        for copy in one.copies(others.iter(), retrieved) {
            write::copy(shelf.reader.connection, &copy).map_err(|e| shelf.error(e))?;
            // What a version changed is told, not needed.
            found.push(PageCopy { changes: Vec::new(), ..copy });
        }
    }
    found.sort_by(|a, b| (&a.page, &a.of).cmp(&(&b.page, &b.of)));
    let document_of = |page: &PageId| gathered.document_of.get(&number(page.as_str()));
    Ok(SharedText::of(document_of, &gathered.originals, &found))
}
