//! Pages as a list shows them: what was read from each, its copies, what it translates.
//!
//! In: contents. Out: [`PageEntry`]s in the order of the documents, and the words for a copy or a translation. Computes nothing that the
//! record does not hold.

use std::collections::BTreeMap;

use sitrep_model::{Contents, CopyEntry, CopyKind, Document, Note, PageCopy, PageEntry, PageId, PageRow, Translated};

use crate::words;

/// Every page, by publication date, then path.
pub(crate) fn entries(contents: &Contents) -> Vec<PageEntry> {
    let documents: BTreeMap<&PageId, &Document> = contents.documents.iter().map(|it| (&it.page, it)).collect();
    let mut n_claims: BTreeMap<&str, u64> = BTreeMap::new();
    for claim in &contents.claims {
        *n_claims.entry(claim.document.as_str()).or_default() += 1;
    }
    let mut copies: BTreeMap<&PageId, Vec<CopyEntry>> = BTreeMap::new();
    for copy in &contents.copies {
        for page in [&copy.page, &copy.of] {
            copies.entry(page).or_default().push(copy_entry(copy, page));
        }
    }
    let rows: BTreeMap<&PageId, &PageRow> = contents.pages.iter().map(|row| (&row.id, row)).collect();
    let read = contents.documents.iter().filter_map(|document| rows.get(&document.page));
    let unread = contents.pages.iter().filter(|row| !documents.contains_key(&row.id));
    let entry = |row: &PageRow| {
        let document = documents.get(&row.id).copied();
        let n_claims = document.and_then(|it| n_claims.get(it.id.as_str())).copied().unwrap_or(0);
        one(row, document, n_claims, copies.get(&row.id).cloned().unwrap_or_default())
    };
    read.copied().chain(unread).map(entry).collect()
}

fn one(row: &PageRow, document: Option<&Document>, n_claims: u64, copies: Vec<CopyEntry>) -> PageEntry {
    let translation = document.and_then(|it| translated(it, Some(row)));
    let mut notes = row.notes.clone();
    notes.extend(translation.as_ref().filter(|it| it.page.is_none()).map(unresolved));
    PageEntry {
        id: row.id.clone(),
        document: document.map(|it| it.id.clone()),
        path: row.path.clone(),
        url: document.and_then(|it| it.url.clone()),
        outlet: document.and_then(|it| it.outlet.clone()),
        title: document.and_then(|it| it.title.clone()),
        published: document.and_then(|it| it.published.clone()),
        modified: document.and_then(|it| it.modified),
        retrieved: row.retrieved,
        collector: row.collector.clone(),
        tool: row.tool.clone(),
        language: document.and_then(|it| it.language.clone()),
        media_type: row.media_type,
        carrier: row.carrier.clone(),
        sha256: row.sha256.clone(),
        n_bytes: row.n_bytes,
        n_comments: document.map_or(0, |it| it.comments.len() as u64),
        n_claims,
        copies,
        translation,
        media: document.map_or_else(Vec::new, |it| it.media.clone()),
        notes,
    }
}

fn unresolved(translation: &Translated) -> Note {
    let message = format!("it translates {}, which is no single page of this record", translation.of);
    Note::new("original-not-in-record", message)
}

/// What a document translates, with the original's page when the record has it.
pub(crate) fn translated(document: &Document, row: Option<&PageRow>) -> Option<Translated> {
    let translation = document.translation.as_ref()?;
    Some(Translated {
        of: translation.of.clone(),
        by: translation.by.clone(),
        on: translation.on,
        page: row.and_then(|row| row.original.clone()),
    })
}

/// What every claim of a translation cites besides its own page, by document.
pub(crate) fn translations(contents: &Contents) -> BTreeMap<&str, Translated> {
    let rows: BTreeMap<&PageId, &PageRow> = contents.pages.iter().map(|row| (&row.id, row)).collect();
    let one = |document: &'_ Document| translated(document, rows.get(&document.page).copied());
    contents.documents.iter().filter_map(|document| Some((document.id.as_str(), one(document)?))).collect()
}

/// "a translation of saved/turm.html (p_…) by A. Weber, 6 May 2031"
pub(crate) fn translation_says(translation: &Translated) -> String {
    let page = match &translation.page {
        Some(page) => format!(" ({page})"),
        None => " (not in this record)".to_owned(),
    };
    let by = translation.by.as_deref().map_or(", translator not named".to_owned(), |by| format!(" by {by}"));
    let on = translation.on.map(|day| format!(", {}", words::day(day))).unwrap_or_default();
    format!("a translation of {}{page}{by}{on}", translation.of)
}

/// The copies that `page` takes part in.
pub(crate) fn copies_of<'c>(contents: &'c Contents, page: &'c PageId) -> impl Iterator<Item = &'c PageCopy> {
    contents.copies.iter().filter(move |copy| copy.page == *page || copy.of == *page)
}

fn copy_entry(copy: &PageCopy, page: &PageId) -> CopyEntry {
    let is_page = copy.page == *page;
    let (own_percent, other_percent) =
        if is_page { (copy.page_percent, copy.of_percent) } else { (copy.of_percent, copy.page_percent) };
    CopyEntry {
        kind: copy.kind,
        with: if is_page { copy.of.clone() } else { copy.page.clone() },
        is_page,
        own_percent,
        other_percent,
        n_words: copy.n_words,
        says: copy_says(copy, page),
        changes: copy.changes.clone(),
    }
}

/// How `page` stands to the other page of a copy, the other named by its id.
pub(crate) fn copy_says(copy: &PageCopy, page: &PageId) -> String {
    let is_page = copy.page == *page;
    let other = if is_page { &copy.of } else { &copy.page };
    let own_percent = if is_page { copy.page_percent } else { copy.of_percent };
    match (copy.kind, is_page) {
        (CopyKind::Same, _) => format!("same text as {other}"),
        (CopyKind::Newer, true) => format!("newer version of {other}"),
        (CopyKind::Newer, false) => format!("older version of {other}"),
        (CopyKind::OtherVersion, _) => format!("another version of {other}"),
        (CopyKind::Holds, true) => format!("holds {} % of {other}", copy.of_percent),
        (CopyKind::Holds, false) => format!("{own_percent} % stand in {other}, a longer page"),
        (CopyKind::Partial, _) => format!("{own_percent} % stand in {other} too"),
    }
}

/// How much the two pages share, from both sides.
pub(crate) fn shares(copy: &PageCopy, page: &PageId) -> String {
    let (own, other) = match copy.page == *page {
        true => (copy.page_percent, copy.of_percent),
        false => (copy.of_percent, copy.page_percent),
    };
    format!("{} words in common: {own} % of this page, {other} % of the other", copy.n_words)
}

/// The documents of a copy: this page's and the other's.
pub(crate) fn sides<'c>(
    contents: &'c Contents,
    copy: &PageCopy,
    page: &PageId,
) -> Option<(&'c Document, &'c Document)> {
    let of = |id: &PageId| contents.documents.iter().find(|document| document.page == *id);
    let other = if copy.page == *page { &copy.of } else { &copy.page };
    of(page).zip(of(other))
}
