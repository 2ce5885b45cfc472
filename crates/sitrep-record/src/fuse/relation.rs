//! How one claim stands to another: the row that becomes a link.
//!
//! In: two facts, a kind, a reason. Out: [`Relation`].

use sitrep_model::{Link, LinkKind};

use super::gist::{Gist, claim_id};

/// A relation between two claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relation {
    /// The one.
    pub from: u64,
    /// The other.
    pub to: u64,
    /// How they stand.
    pub kind: LinkKind,
    /// The field that decides it.
    pub field: String,
    /// Why.
    pub why: String,
}

impl Relation {
    /// The relation of `from` to `to`.
    pub(crate) fn new(from: &Gist, to: &Gist, kind: LinkKind, field: &str, why: String) -> Relation {
        Relation { from: from.id, to: to.id, kind, field: field.to_owned(), why }
    }

    /// The relation of two claims of which only the numbers are at hand; no field decides it.
    pub(crate) fn between(from: u64, to: u64, kind: LinkKind, why: String) -> Relation {
        Relation { from, to, kind, field: String::new(), why }
    }

    /// As a row of the record.
    pub(crate) fn link(self) -> Link {
        let field = (!self.field.is_empty()).then_some(self.field);
        Link { from: claim_id(self.from), to: claim_id(self.to), kind: self.kind, field, why: self.why }
    }
}
