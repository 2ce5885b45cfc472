//! Look-ups over contents, built once for each view.
//!
//! In: contents. Out: references by id. Never holds what the contents do not.

use std::collections::BTreeMap;

use crate::names::Authors;
pub(crate) use crate::words::outlet;
use sitrep_model::{Claim, Contents, Dispute, Document, Event, Forecast, PageRow, Span};

/// Things by id.
pub(crate) struct Index<'c> {
    claims: BTreeMap<&'c str, &'c Claim>,
    events: BTreeMap<&'c str, &'c Event>,
    documents: BTreeMap<&'c str, &'c Document>,
    disputes: BTreeMap<&'c str, &'c Dispute>,
    pages: BTreeMap<&'c str, &'c PageRow>,
    event_by_claim: BTreeMap<&'c str, &'c Event>,
    forecast_by_claim: BTreeMap<&'c str, &'c Forecast>,
    pub(crate) authors: Authors<'c>,
}

impl<'c> Index<'c> {
    pub(crate) fn of(contents: &'c Contents) -> Index<'c> {
        let accounts =
            contents.events.iter().flat_map(|event| event.accounts.iter().map(move |account| (account, event)));
        Index {
            claims: contents.claims.iter().map(|it| (it.claim_id.as_str(), it)).collect(),
            events: contents.events.iter().map(|it| (it.event_id.as_str(), it)).collect(),
            documents: contents.documents.iter().map(|it| (it.id.as_str(), it)).collect(),
            disputes: contents.disputes.iter().map(|it| (it.dispute_id.as_str(), it)).collect(),
            pages: contents.pages.iter().map(|it| (it.id.as_str(), it)).collect(),
            event_by_claim: accounts.map(|(account, event)| (account.claim_id.as_str(), event)).collect(),
            forecast_by_claim: contents.forecasts.iter().map(|it| (it.claim_id.as_str(), it)).collect(),
            authors: Authors::of(&contents.documents),
        }
    }

    pub(crate) fn claim(&self, id: &str) -> Option<&'c Claim> {
        self.claims.get(id).copied()
    }

    pub(crate) fn event(&self, id: &str) -> Option<&'c Event> {
        self.events.get(id).copied()
    }

    pub(crate) fn document(&self, id: &str) -> Option<&'c Document> {
        self.documents.get(id).copied()
    }

    pub(crate) fn dispute(&self, id: &str) -> Option<&'c Dispute> {
        self.disputes.get(id).copied()
    }

    pub(crate) fn event_of(&self, claim_id: &str) -> Option<&'c Event> {
        self.event_by_claim.get(claim_id).copied()
    }

    pub(crate) fn forecast_of(&self, claim_id: &str) -> Option<&'c Forecast> {
        self.forecast_by_claim.get(claim_id).copied()
    }

    /// The page a document was read from.
    pub(crate) fn page_of(&self, document: &Document) -> Option<&'c PageRow> {
        self.pages.get(document.page.as_str()).copied()
    }

    /// The whole sentence a claim stands in, on one line; `None` when the document is not in this selection.
    pub(crate) fn sentence_of(&self, claim: &Claim) -> Option<String> {
        let document = self.document(claim.document.as_str())?;
        let sentence = Span { start: claim.sentence_start, end: claim.sentence_end }.of(&document.text);
        let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        (!sentence.is_empty()).then_some(sentence)
    }

    /// The outlet of a claim's document, or the input's name.
    pub(crate) fn outlet_of(&self, claim: &'c Claim) -> &'c str {
        self.document(claim.document.as_str()).map_or(claim.document_path.as_str(), outlet)
    }
}
