//! Where an outlet corrects its own earlier report.
//!
//! In: facts. Out: which claims of a correction speak of which earlier claims. The correction is the outlet's own word, so this is
//! no judgement; what it corrects stays in the record.

use std::collections::BTreeMap;

use sitrep_model::{LinkKind, Span};

use super::fact::{Fact, Gist};
use super::relation::Relation;
use crate::names::{PlaceMatch, is_correction};

/// Earlier claims of one outlet and family a correction is compared with, the latest first.
pub(crate) const LOOK_BACK: usize = 64;
/// Likeness of two sentences, in percent, from which the one speaks of what the other told.
const ALIKE_PERCENT: u32 = 25;

/// A link from every claim of a correction to the earlier claim of the same outlet it corrects.
pub(crate) fn relations(facts: &[Fact<'_>]) -> Vec<Relation> {
    let mut earlier: BTreeMap<(String, &str), Vec<&Fact<'_>>> = BTreeMap::new();
    let mut correcting = Vec::new();
    for fact in facts.iter().filter(|fact| fact.is_reporting) {
        let Some(publisher) = fact.publisher() else { continue };
        let key = (publisher, fact.family.name.as_str());
        if stands_in_correction(fact) {
            correcting.push((key.clone(), fact));
        }
        earlier.entry(key).or_default().push(fact);
    }
    for told in earlier.values_mut() {
        told.sort_by(|a, b| (b.published, &a.claim.claim_id).cmp(&(a.published, &b.claim.claim_id)));
    }
    let best = |(key, fact): &((String, &str), &Fact<'_>)| {
        let told = earlier.get(key)?.iter().filter(|other| is_before(other, fact)).take(LOOK_BACK);
        let alike = told.filter(|other| corrects(fact, other));
        let words = |other: &Fact<'_>| fact.sentence_words().likeness_percent(other.sentence_words());
        let other = alike.max_by_key(|other| (words(other), &other.claim.claim_id))?;
        let why = "a later report of the same outlet corrects it".to_owned();
        Some(Relation::new(fact, other, LinkKind::Correction, "", why))
    };
    correcting.iter().filter_map(best).collect()
}

/// Whether `later` stands in a correction and speaks of what `earlier`, of the same outlet, told.
pub(super) fn corrects(later: &Fact<'_>, earlier: &Fact<'_>) -> bool {
    let one_outlet = later.publisher().is_some_and(|publisher| earlier.publisher() == Some(publisher));
    if !one_outlet || later.family != earlier.family || !is_before(earlier, later) || !stands_in_correction(later) {
        return false;
    }
    let counts_the_same = later.claim.quantities.iter().any(|mine| {
        let theirs = &earlier.claim.quantities;
        theirs.iter().any(|other| (&mine.kind, mine.low, mine.best) == (&other.kind, other.low, other.best))
    });
    let place = later.at.compare(&earlier.at);
    let alike = later.sentence_words().likeness_percent(earlier.sentence_words()) >= ALIKE_PERCENT;
    place != PlaceMatch::Different && (counts_the_same || place >= PlaceMatch::Near || alike)
}

/// Whether a claim stands in another report, published no later.
pub(crate) fn is_before(earlier: &Gist, later: &Gist) -> bool {
    earlier.document != later.document
        && earlier.published.zip(later.published).is_some_and(|(one, other)| one <= other)
}

/// Whether the claim's paragraph is a correction.
pub(crate) fn stands_in_correction(fact: &Fact<'_>) -> bool {
    let Some(document) = fact.document else { return false };
    let sentence = Span { start: fact.claim.sentence_start, end: fact.claim.sentence_end };
    if sentence.of(&document.text).is_empty() {
        return false;
    }
    let (start, end) = (sentence.start as usize, sentence.end as usize);
    let from = document.text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = document.text[end..].find('\n').map_or(document.text.len(), |at| end + at);
    is_correction(cut(&document.text[from..to]))
}

/// A paragraph longer than this many bytes is a page without line breaks.
const LONGEST_PARAGRAPH_BYTES: usize = 2000;

fn cut(text: &str) -> &str {
    let mut end = text.len().min(LONGEST_PARAGRAPH_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
