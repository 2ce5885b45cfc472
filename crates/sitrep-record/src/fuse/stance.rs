//! How an account stands to its event, and on whose behalf it speaks.
//!
//! In: facts. Out: a [`Stance`], a speaker in words, whether a source speaks against its own interest. Never who is right.

use std::collections::BTreeSet;

use sitrep_model::{AttributionLink, AttributionType, Polarity, SourceStance, Span, Stance};

use super::fact::Fact;
use super::family::Harms;
use crate::keys::Keys;
use crate::names::{actor_name, content_words};

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

/// The same for a claim that tells the event itself: a denial that is about nothing in the record is a deed that took place.
pub(crate) fn as_deed(fact: &Fact<'_>) -> Stance {
    match fact.is(super::ABOUT_ONLY) && fact.claim.polarity == Polarity::Affirmed {
        true => Stance::Affirms,
        false => stance(fact),
    }
}

/// Who speaks, in words: the innermost named source, else the report itself, else a reader.
pub(crate) fn speaker(fact: &Fact<'_>) -> String {
    if !fact.is_reporting {
        return "a reader's comment".to_owned();
    }
    let holders = fact.claim.attribution.iter().rev().filter_map(|link| link.holder.as_deref());
    let named = holders.map(str::trim).find(|name| !super::wording::is_pronoun(name));
    let outlet = fact.document.and_then(|d| d.outlet.as_deref());
    let hearsay = fact.claim.attribution.iter().any(|link| link.kind == AttributionType::Hearsay);
    match (named, outlet, hearsay) {
        (Some(name), ..) => super::wording::plain_start(name),
        (None, Some(outlet), true) => format!("{outlet}, which names no source"),
        (None, None, true) => "the report, which names no source".to_owned(),
        (None, Some(outlet), false) => outlet.to_owned(),
        (None, None, false) => "the report itself".to_owned(),
    }
}

/// Keys of the sources a claim names.
pub(crate) fn holders(fact: &Fact<'_>) -> Keys {
    let key = |link: &AttributionLink| {
        let id = link.actor_id.as_ref().map(|id| format!("#{id}"));
        let name = link.holder.as_deref().map(actor_name).filter(|name| !name.is_empty());
        id.into_iter().chain(name)
    };
    Keys::of(fact.claim.attribution.iter().flat_map(key))
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

/// Whether a denial can be about that claim. A denial with content of its own ("denied that any brigade had crossed") is about
/// nothing that shares neither place, party nor words with it; a bare one ("denied it") is about what was said before.
pub(crate) fn may_deny(denial: &Fact<'_>, denied: &Fact<'_>) -> bool {
    /// More content words than this after the passage say what is denied.
    const BARE_WORDS: usize = 2;
    let content: BTreeSet<String> = match denial.document {
        Some(document) => {
            let rest = Span { start: denial.claim.end, end: denial.claim.sentence_end.max(denial.claim.end) };
            content_words(rest.of(&document.text))
        }
        None => BTreeSet::new(),
    };
    if content.len() <= BARE_WORDS {
        return true;
    }
    let about = &denied.quote_words;
    let names = denied.claim.actors.iter().chain(&denied.claim.targets).map(|actor| actor.name.as_str());
    let place = denied.claim.place.as_ref().and_then(|place| place.name.as_deref());
    let named: BTreeSet<String> = names.chain(place).flat_map(content_words).collect();
    content.iter().any(|word| about.contains(crate::keys::word_key(word)) || named.contains(word))
}
