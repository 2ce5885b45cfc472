//! What a format could not hold: counted, in words, for people and programs.
//!
//! In: contents and what a format keeps. Out: [`Loss`]. Never an item of nothing.

use serde::Serialize;
use sitrep_model::{Contents, Place};

/// Something a format could not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LossItem {
    /// What: `events without a located place`.
    pub what: String,
    /// How many.
    pub count: usize,
}

/// What a format could not hold; empty when it holds everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// In the order found.
    pub items: Vec<LossItem>,
}

/// A part of a record that a format has no place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// Areas of events; centre and radius are kept.
    Areas,
    /// Claims as such; events carry them.
    Claims,
    /// The claims' own chains of speakers and certainty.
    Attribution,
    /// Sides of disputes; which fields are disputed is told.
    Sides,
    /// Disputes altogether.
    Disputes,
    Forecasts,
    Links,
    Comments,
    Texts,
    NearMisses,
}

impl Lost {
    /// What a list of events, one row each, has no place for; `disagreement` says whether it tells at least which fields are disputed.
    pub(super) fn of_event_rows(disagreement: Lost) -> [Lost; 8] {
        use Lost::{Areas, Attribution, Claims, Comments, Forecasts, Links, Texts};
        [Areas, Claims, Attribution, disagreement, Forecasts, Links, Comments, Texts]
    }
}

impl Loss {
    /// Counts something left out; nothing when there is none of it.
    pub(crate) fn add(&mut self, what: &str, count: usize) {
        if count > 0 {
            self.items.push(LossItem { what: what.to_owned(), count });
        }
    }

    /// Counts the parts of a record that the format has no place for.
    pub(super) fn parts(&mut self, contents: &Contents, lost: &[Lost]) {
        let has_area = |place: &Option<Place>| place.as_ref().is_some_and(|place| place.area.is_some());
        for part in lost {
            let (what, count) = match part {
                Lost::Areas => (
                    "shapes of places (centre and radius are kept)",
                    contents.events.iter().filter(|it| has_area(&it.place)).count(),
                ),
                Lost::Claims => ("claims as rows of their own", contents.claims.len()),
                Lost::Attribution => (
                    "chains of speakers and how sure they were",
                    contents.claims.iter().filter(|it| !it.attribution.is_empty()).count(),
                ),
                Lost::Sides => ("sides of disputes (the disputed fields are named)", contents.disputes.len()),
                Lost::Disputes => ("disputes", contents.disputes.len()),
                Lost::Forecasts => ("forecasts", contents.forecasts.len()),
                Lost::Links => ("links between claims", contents.links.len()),
                Lost::Comments => ("readers’ comments", contents.documents.iter().map(|it| it.comments.len()).sum()),
                Lost::Texts => ("stored texts of documents (quotes are kept)", contents.documents.len()),
                Lost::NearMisses => (
                    "pairs of events that are perhaps the same",
                    contents.events.iter().map(|it| it.near_misses.len()).sum::<usize>() / 2,
                ),
            };
            self.add(what, count);
        }
    }

    /// One line an item, for people: `not in this format: forecasts: 2`. Empty when nothing was lost.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.items.iter().map(|item| format!("not in this format: {}: {}\n", item.what, item.count)).collect()
    }
}
