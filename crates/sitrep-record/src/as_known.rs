//! The record as it was known on a day: only what pages published by then say.
//!
//! In: documents, claims and a day. Out: those that were there. A page whose day of publication nobody knows counts from the day it was
//! saved; one without either day was never known to be there, and is left out. Rulings are kept: they are read as today's reading.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{Claim, Date, Document, DocumentId, PageId};

/// Leaves what was known by `day`.
pub(crate) fn known_by(
    day: Date,
    documents: &mut Vec<Document>,
    claims: &mut Vec<Claim>,
    retrieved: &BTreeMap<PageId, Date>,
) {
    documents.retain(|document| known_since(document, retrieved).is_some_and(|since| since <= day));
    let there: BTreeSet<&DocumentId> = documents.iter().map(|document| &document.id).collect();
    claims.retain(|claim| there.contains(&claim.document));
}

/// The day from which a document was known.
pub(crate) fn known_since(document: &Document, retrieved: &BTreeMap<PageId, Date>) -> Option<Date> {
    document.published.as_ref().map(|it| it.date).or_else(|| retrieved.get(&document.page).copied())
}
