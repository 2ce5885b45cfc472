//! The product in one screen: pages in, documents, claims, and at the end the record.
//!
//! In: a [`Source`], a [`Kit`], a [`Record`] to bring up to date. Out: the record, and one [`Outcome`] for each input. Reports are
//! understood side by side and added in order; how many cores took part never shows in the result.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use sitrep_model::{Document, Noted, Page, PageId};
use sitrep_read::{ReadError, Source};
use sitrep_record::Record;

use crate::outcome::{Outcome, Understood, isolated};
use crate::{Error, Kit, parallel::in_order};

/// Reads `source`, adds what it says to `record`, and brings events, disputes and forecasts up to date.
///
/// # Errors
/// When the record cannot be written, or was made with another list of actors than the kit's. An input that cannot be read is told to `seen` and costs only itself.
pub fn build(
    record: &mut Record,
    kit: &Kit,
    source: &Source,
    jobs: NonZeroUsize,
    seen: impl FnMut(Outcome),
) -> Result<(), Error> {
    build_from(record, kit, source, sitrep_read::pages(source), jobs, seen)
}

/// The same with pages that are in hand already; `source` says where the pictures beside them are.
///
/// # Errors
/// As [`build`].
pub fn build_from(
    record: &mut Record,
    kit: &Kit,
    source: &Source,
    pages: impl Iterator<Item = Result<Page, ReadError>> + Send,
    jobs: NonZeroUsize,
    mut seen: impl FnMut(Outcome),
) -> Result<(), Error> {
    if let Some(list) = kit.actors() {
        record.keep_actors(list)?;
    }
    let mut added = Ok(());
    let known: BTreeSet<PageId> = record.page_ids()?.into_iter().collect();
    let read = |page: Result<Page, ReadError>| match page {
        // What the record has need not be understood again.
        Ok(page) if known.contains(&page.id) => Outcome::AlreadyThere(Box::new(page)),
        Ok(page) => isolated(page.path.clone(), || read_with_files(kit, page, source)),
        Err(error) => Outcome::Unread(error),
    };
    let size = |page: &Result<Page, ReadError>| page.as_ref().map_or(0, |page| page.raw.len());
    in_order(pages, jobs, size, read, |outcome| match kit.check().and_then(|()| Ok(outcome.add_to(record)?)) {
        Ok(outcome) => {
            seen(outcome);
            ControlFlow::Continue(())
        }
        Err(error) => {
            added = Err(error);
            ControlFlow::Break(())
        }
    });
    added?;
    kit.check()?;
    record.settle()?;
    Ok(())
}

/// One report with what the picture and video files say that were saved beside it, or why there is none.
fn read_with_files(kit: &Kit, page: Page, source: &Source) -> Result<Understood, ReadError> {
    let mut document = sitrep_read::document(&page);
    if let Some(error) = sitrep_read::refused(&page, &document) {
        return Err(error);
    }
    let thumbnails = sitrep_read::media(&mut document.value, &page, source);
    Ok(Understood { thumbnails, ..claimed(kit, page, document) })
}

/// One report, from bytes to claims.
#[must_use]
pub fn understand(kit: &Kit, page: Page) -> Understood {
    let document = sitrep_read::document(&page);
    claimed(kit, page, document)
}

fn claimed(kit: &Kit, page: Page, document: Noted<Document>) -> Understood {
    let claims = match sitrep_read::coded_as(&page) {
        Some(set) => sitrep_claims::coded(&kit.claims, &document.value, set),
        None => sitrep_claims::claims(&kit.claims, &document.value),
    };
    let notes = [document.notes, claims.notes].concat();
    Understood { page, document: document.value, claims: claims.value, notes, thumbnails: Vec::new() }
}
