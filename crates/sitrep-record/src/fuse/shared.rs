//! What one report shares with others, for telling origins apart.
//!
//! In: which documents pages are, and the copies among them. Out: a [`SharedText`] for each report that shares anything. Two reports of which either
//! stands half in the other are one text with changes; of less, only the claims inside the shared passages have one origin.

use std::collections::BTreeMap;
use std::rc::Rc;

use sitrep_model::{Claim, CopyKind, DocumentId, PageCopy, PageId, Span};

use crate::copies;

/// Share of both reports from which all they say has one origin.
const REPRINT_PERCENT: u8 = 40;

/// What one report has in common with others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SharedText {
    story: Option<PageId>,
    original: Option<PageId>,
    with: BTreeMap<DocumentId, With>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum With {
    All,
    Passages(Vec<Span>),
}

impl SharedText {
    /// For each document what it shares, by the document of each page; documents that share nothing are left out.
    pub(crate) fn of<'d>(
        document_of: impl Fn(&PageId) -> Option<&'d DocumentId>,
        originals: &BTreeMap<PageId, PageId>,
        copies: &[PageCopy],
    ) -> BTreeMap<DocumentId, Rc<SharedText>> {
        let mut found: BTreeMap<DocumentId, SharedText> = BTreeMap::new();
        for (page, story) in copies::stories(copies) {
            if let Some(id) = document_of(&page) {
                found.entry(id.clone()).or_default().story = Some(story);
            }
        }
        for (translation, original) in originals {
            for page in [translation, original] {
                if let Some(id) = document_of(page) {
                    found.entry(id.clone()).or_default().original.get_or_insert(original.clone());
                }
            }
        }
        for copy in copies {
            let (Some(page), Some(of)) = (document_of(&copy.page), document_of(&copy.of)) else { continue };
            let is_version = matches!(copy.kind, CopyKind::Newer | CopyKind::OtherVersion);
            let all = is_version || copy.page_percent.min(copy.of_percent) >= REPRINT_PERCENT;
            let with = |span: fn(&sitrep_model::SharedPassage) -> Span| match all {
                true => With::All,
                false => With::Passages(copy.passages.iter().map(span).collect()),
            };
            found.entry(page.clone()).or_default().with.insert(of.clone(), with(|passage| passage.at));
            found.entry(of.clone()).or_default().with.insert(page.clone(), with(|passage| passage.of));
        }
        found.into_iter().map(|(id, shared)| (id, Rc::new(shared))).collect()
    }

    /// The text it is a print of, by the smallest id among its prints.
    pub(crate) fn story(&self) -> Option<&PageId> {
        self.story.as_ref()
    }

    /// The page it translates, or itself when it is what another translates.
    pub(crate) fn original(&self) -> Option<&PageId> {
        self.original.as_ref()
    }

    /// Whether most of a claim's sentence stands in words shared with `other`.
    pub(crate) fn holds(&self, claim: &Claim, other: &DocumentId) -> bool {
        match self.with.get(other) {
            Some(With::All) => true,
            Some(With::Passages(passages)) => {
                let (start, end) = (claim.sentence_start, claim.sentence_end);
                let inside = |span: &Span| span.end.min(end).saturating_sub(span.start.max(start));
                passages.iter().map(inside).sum::<u32>() * 2 > end.saturating_sub(start)
            }
            None => false,
        }
    }
}
