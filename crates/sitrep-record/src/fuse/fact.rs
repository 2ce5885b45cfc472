//! A claim made ready for comparing with others, with the claim itself and its document at hand.
//!
//! In: one claim and its document. Out: [`Fact`]. Looks at no other claim.

use std::ops::Deref;
use std::rc::Rc;

use sitrep_model::{Claim, Date, Document, Span};

pub(crate) use super::gist::{Gist, Reality};
use super::shared::SharedText;
use crate::names::PlaceKey;

/// One claim, ready for comparing. What comparing needs is its [`Gist`], to which it dereferences.
#[derive(Debug, Clone)]
pub(crate) struct Fact<'c> {
    /// What comparing needs.
    pub gist: Gist,
    /// The claim.
    pub claim: &'c Claim,
    /// Its document, when the record has it.
    pub document: Option<&'c Document>,
    /// Where it came from.
    pub origin: PlaceKey,
    /// What its report shares with others; nothing unless told.
    pub shared: Rc<SharedText>,
}

impl Deref for Fact<'_> {
    type Target = Gist;

    fn deref(&self) -> &Gist {
        &self.gist
    }
}

impl<'c> Fact<'c> {
    /// A claim that was made ready before.
    pub(crate) fn again(gist: Gist, claim: &'c Claim, document: Option<&'c Document>) -> Fact<'c> {
        Fact { gist, claim, document, origin: PlaceKey::of(claim.origin.as_ref()), shared: Rc::default() }
    }

    /// The same with what its report shares with others.
    pub(crate) fn sharing(self, shared: Rc<SharedText>) -> Fact<'c> {
        Fact { shared, ..self }
    }

    /// Makes a claim ready.
    pub(crate) fn new(claim: &'c Claim, document: Option<&'c Document>) -> Fact<'c> {
        let sentence = Span { start: claim.sentence_start, end: claim.sentence_end };
        let sentence = document.map_or("", |d| sentence.of(&d.text));
        let published = document.and_then(|d| d.published.as_ref()).map(|p| day_number(p.date));
        let gist = Gist::of(claim, sentence, published);
        let mut fact = Fact::again(gist, claim, document);
        fact.gist.says = super::holding::says(&fact);
        fact.gist.tells_of_movement = crate::progress::tells(&fact);
        fact
    }

    /// Who published it: the outlet, or the host of the address.
    pub(crate) fn publisher(&self) -> Option<String> {
        let document = self.document?;
        let host = || {
            let address = document.url.as_deref()?;
            let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
            rest.split(['/', '?', '#']).next().map(|host| host.trim_start_matches("www.").to_owned())
        };
        let outlet = document.outlet.clone().or_else(host)?;
        Some(crate::names::words(&outlet).concat()).filter(|name| !name.is_empty())
    }
}

/// The claims of one report made ready, each once, in the order of their ids.
pub(crate) fn of_report<'c>(claims: &'c [Claim], document: &'c Document) -> Vec<Fact<'c>> {
    let mut facts: Vec<Fact<'_>> = claims.iter().map(|claim| Fact::new(claim, Some(document))).collect();
    facts.sort_by_key(|fact| fact.id);
    facts.dedup_by_key(|fact| fact.id);
    facts
}

/// The fact of a number among facts that stand in the order of their ids.
pub(crate) fn among<'f, 'c>(facts: &'f [Fact<'c>], id: u64) -> Option<&'f Fact<'c>> {
    facts.binary_search_by_key(&id, |fact| fact.id).ok().map(|at| &facts[at])
}

/// Days since 1970-01-01.
pub(crate) fn day_number(date: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    (date - epoch).get_days()
}
