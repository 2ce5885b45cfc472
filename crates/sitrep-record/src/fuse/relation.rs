//! How one claim stands to another: the row that becomes a link.
//!
//! In: two facts, a kind, a reason. Out: [`Relation`].

use sitrep_model::{ClaimId, Link, LinkKind};

use super::fact::Fact;

/// A relation between two claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relation {
    /// The one.
    pub from: ClaimId,
    /// The other.
    pub to: ClaimId,
    /// How they stand.
    pub kind: LinkKind,
    /// The field that decides it.
    pub field: String,
    /// Why.
    pub why: String,
}

impl Relation {
    /// The relation of `from` to `to`.
    pub(crate) fn new(from: &Fact<'_>, to: &Fact<'_>, kind: LinkKind, field: &str, why: String) -> Relation {
        let (from, to) = (from.claim.claim_id.clone(), to.claim.claim_id.clone());
        Relation { from, to, kind, field: field.to_owned(), why }
    }

    /// As a row of the record.
    pub(crate) fn link(self) -> Link {
        let field = (!self.field.is_empty()).then_some(self.field);
        Link { from: self.from, to: self.to, kind: self.kind, field, why: self.why }
    }
}
