//! Fuse.

use sitrep_model::{Claim, Date, Dispute, Document, Event, Forecast, Link};

/// Everything that follows from many claims together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Derived {
    /// Events by day, then id.
    pub events: Vec<Event>,
    /// Disputes by event.
    pub disputes: Vec<Dispute>,
    /// Links by claim.
    pub links: Vec<Link>,
    /// Forecasts by claim.
    pub forecasts: Vec<Forecast>,
}

/// Derives events, disputes, links and forecasts from all claims.
#[must_use]
pub fn derive(_claims: &[Claim], _documents: &[Document], _today: Option<Date>) -> Derived {
    Derived::default()
}
