//! How an account stands to its event, and on whose behalf it speaks.
//!
//! In: facts. Out: a [`Stance`], a speaker in words, whether a source speaks against its own interest. Never who is right.

use std::collections::BTreeSet;

use sitrep_model::{AttributionLink, AttributionType, Polarity, SourceStance, Stance};

use super::fact::Fact;
use super::family::Harms;
use crate::names::actor_name;

/// How a claim stands to the event it is an account of.
pub(crate) fn stance(fact: &Fact<'_>) -> Stance {
    let claim = fact.claim;
    let last = claim.attribution.last().map(|link| link.stance);
    match (claim.event.as_str(), claim.polarity, last) {
        ("statement.no_comment", ..) | (_, _, Some(SourceStance::Decline)) => Stance::NoComment,
        // "Could not be verified" denies nothing, and neither does "did not deny".
        ("statement.confirmed" | "statement.denied", Polarity::Negated, _) => Stance::NoComment,
        ("statement.confirmed", Polarity::Affirmed, _) => Stance::Affirms,
        ("statement.denied", Polarity::Affirmed, _) => Stance::Denies,
        (_, Polarity::Negated, _) | (_, _, Some(SourceStance::Deny | SourceStance::Retract)) => Stance::Denies,
        (_, _, Some(SourceStance::Doubt)) => Stance::Doubts,
        _ => Stance::Affirms,
    }
}

/// Who speaks, in words: the innermost named source, else the report itself, else a reader.
pub(crate) fn speaker(fact: &Fact<'_>) -> String {
    if !fact.is_reporting {
        return "a reader's comment".to_owned();
    }
    let named = fact.claim.attribution.iter().rev().find_map(|link| link.holder.as_deref());
    let outlet = fact.document.and_then(|d| d.outlet.as_deref());
    let hearsay = fact.claim.attribution.iter().any(|link| link.kind == AttributionType::Hearsay);
    match (named, outlet, hearsay) {
        (Some(name), ..) => match name.trim().strip_prefix("The ") {
            Some(rest) => format!("the {rest}"),
            None => name.trim().to_owned(),
        },
        (None, Some(outlet), true) => format!("{outlet}, which names no source"),
        (None, None, true) => "the report, which names no source".to_owned(),
        (None, Some(outlet), false) => outlet.to_owned(),
        (None, None, false) => "the report itself".to_owned(),
    }
}

/// Keys of the sources a claim names.
pub(crate) fn holders(fact: &Fact<'_>) -> BTreeSet<String> {
    let key = |link: &AttributionLink| {
        let id = link.actor_id.as_ref().map(|id| format!("#{id}"));
        let name = link.holder.as_deref().map(actor_name).filter(|name| !name.is_empty());
        id.into_iter().chain(name)
    };
    fact.claim.attribution.iter().flat_map(key).collect()
}

/// Whether the source tells of something that harms its own side.
pub(crate) fn against_interest(fact: &Fact<'_>) -> bool {
    let harmed = match fact.family.harms {
        Some(Harms::Target) => &fact.targets,
        Some(Harms::Actor) => &fact.actors,
        None => return false,
    };
    stance(fact) == Stance::Affirms && !holders(fact).is_disjoint(harmed)
}
