//! Two reviewers code the same passages without seeing each other's work, nor the program's.
//!
//! In: contents with their rulings. Out: a sample to code, agreement field by field, the items on which reviewers differ. A sample is a ruling
//! `sample`, a coded passage a ruling `code`; neither changes anything derived. What a reviewer coded is told only when all who are asked
//! about have handed in every item.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{
    AgreementRow, Claim, ClaimId, CodingDifference, CodingField, CodingSample, Contents, EventType, Polarity, Ruling,
    Status, content_id,
};

use crate::agreement::{cohen_kappa, krippendorff_alpha};
use crate::rulings::undone;

/// The action of a ruling that draws a sample.
pub(crate) const SAMPLE: &str = "sample";
/// The action of a ruling that codes a passage.
pub(crate) const CODE: &str = "code";

/// Why agreement cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodingError {
    /// There is no such sample.
    #[error("no sample {0}; `sitrep coding RECORD status` lists them")]
    NoSample(String),
    /// Somebody is not done.
    #[error("{reviewer} has {missing} of {n} items left; nothing is told before all are handed in")]
    NotDone {
        /// Who.
        reviewer: String,
        /// Items left.
        missing: usize,
        /// Items of the sample.
        n: usize,
    },
}

/// What a reviewer gave one passage, by field.
pub type Coded = BTreeMap<CodingField, String>;

/// Draws `n` claims: the same for the same claims and seed, whatever their order.
#[must_use]
pub fn draw(contents: &Contents, n: usize, seed: u64) -> Vec<ClaimId> {
    let seed = seed.to_string();
    let mut drawn: Vec<(String, &ClaimId)> = contents
        .claims
        .iter()
        .map(|claim| (content_id("k", &[&seed, claim.claim_id.as_str()]), &claim.claim_id))
        .collect();
    drawn.sort();
    drawn.into_iter().take(n).map(|(_, id)| id.clone()).collect()
}

/// The ruling that keeps a sample.
#[must_use]
pub fn sample_ruling(claims: &[ClaimId]) -> Ruling {
    let ids: Vec<&str> = claims.iter().map(ClaimId::as_str).collect();
    Ruling {
        number: 0,
        action: SAMPLE.to_owned(),
        subject: content_id("s", &ids),
        value: Some(ids.join(",")),
        // Whoever draws it draws the same; two records that merge hold it once.
        reviewer: "the seed".to_owned(),
        why: None,
    }
}

/// The ruling that keeps what a reviewer gave one passage of a sample.
#[must_use]
pub fn code_ruling(sample: &str, claim: &str, coded: &Coded, reviewer: &str, why: Option<String>) -> Ruling {
    let fields = coded.iter().map(|(field, value)| format!(";{}={value}", field.as_str()));
    Ruling {
        number: 0,
        action: CODE.to_owned(),
        subject: claim.to_owned(),
        value: Some(fields.fold(format!("sample={sample}"), |value, field| value + &field)),
        reviewer: reviewer.to_owned(),
        why,
    }
}

/// Whether a value is one of the field's codes.
#[must_use]
pub fn is_code(field: CodingField, value: &str) -> bool {
    match field {
        CodingField::Accept => matches!(value, "yes" | "no"),
        CodingField::Event => EventType::from_code(value).is_some(),
        CodingField::Status => Status::from_code(value).is_some(),
        CodingField::Polarity => Polarity::from_code(value).is_some(),
    }
}

/// Whether a ruling `sample` or `code` can be read.
pub(crate) fn is_readable(ruling: &Ruling) -> bool {
    match ruling.action.as_str() {
        SAMPLE => sampled(ruling).is_some_and(|claims| !claims.is_empty()),
        _ => coded(ruling).is_some(),
    }
}

fn sampled(ruling: &Ruling) -> Option<Vec<ClaimId>> {
    let ids: Vec<ClaimId> =
        ruling.value.as_deref().filter(|_| ruling.action == SAMPLE)?.split(',').map(ClaimId::known).collect();
    (sample_ruling(&ids).subject == ruling.subject).then_some(ids)
}

/// The sample and the codes of a ruling `code`.
fn coded(ruling: &Ruling) -> Option<(&str, Coded)> {
    let mut parts = ruling.value.as_deref().filter(|_| ruling.action == CODE)?.split(';');
    let sample = parts.next()?.strip_prefix("sample=")?;
    let mut coded = Coded::new();
    for part in parts {
        let (field, value) = part.split_once('=')?;
        let field = CodingField::from_code(field).filter(|field| is_code(*field, value))?;
        coded.insert(field, value.to_owned());
    }
    Some((sample, coded))
}

/// Every sample with who has coded it, in the order they were drawn.
#[must_use]
pub fn samples(rulings: &[Ruling]) -> Vec<CodingSample> {
    let gone = undone(rulings);
    let mut samples: Vec<CodingSample> = Vec::new();
    for ruling in rulings.iter().filter(|ruling| !gone.contains_key(&ruling.number)) {
        if let Some(claims) = sampled(ruling)
            && samples.iter().all(|known| known.sample != ruling.subject)
        {
            samples.push(CodingSample { sample: ruling.subject.clone(), claims, done: Vec::new(), begun: Vec::new() });
        }
    }
    for sample in &mut samples {
        for (reviewer, items) in codings(rulings, &sample.sample) {
            let is_done = sample.claims.iter().all(|claim| items.contains_key(claim));
            if is_done { sample.done.push(reviewer) } else { sample.begun.push(reviewer) }
        }
    }
    samples
}

/// What each reviewer gave each passage of a sample; the last he gave counts.
fn codings(rulings: &[Ruling], sample: &str) -> BTreeMap<String, BTreeMap<ClaimId, Coded>> {
    let gone = undone(rulings);
    let mut found: BTreeMap<String, BTreeMap<ClaimId, Coded>> = BTreeMap::new();
    for ruling in rulings.iter().filter(|ruling| !gone.contains_key(&ruling.number)) {
        if let Some((of, coded)) = coded(ruling)
            && of == sample
        {
            let items = found.entry(ruling.reviewer.clone()).or_default();
            items.insert(ClaimId::known(&ruling.subject), coded);
        }
    }
    found
}

/// The sample's claims, and what these reviewers gave each.
type Opened = (Vec<ClaimId>, Vec<BTreeMap<ClaimId, Coded>>);

/// Opens what reviewers coded, if all of them are done.
fn opened(rulings: &[Ruling], sample: &str, reviewers: &[String]) -> Result<Opened, CodingError> {
    let known = samples(rulings).into_iter().find(|known| known.sample == sample);
    let claims = known.ok_or_else(|| CodingError::NoSample(sample.to_owned()))?.claims;
    let mut all = codings(rulings, sample);
    let mut given = Vec::new();
    for reviewer in reviewers {
        let items = all.remove(reviewer).unwrap_or_default();
        let missing = claims.iter().filter(|claim| !items.contains_key(claim)).count();
        if missing > 0 {
            return Err(CodingError::NotDone { reviewer: reviewer.clone(), missing, n: claims.len() });
        }
        given.push(items);
    }
    Ok((claims, given))
}

/// Agreement on each field.
///
/// # Errors
/// When there is no such sample or one of the reviewers is not done.
pub fn agreement(contents: &Contents, sample: &str, reviewers: &[String]) -> Result<Vec<AgreementRow>, CodingError> {
    let (claims, given) = opened(&contents.rulings, sample, reviewers)?;
    let row = |field: &CodingField| {
        let items: Vec<Vec<&str>> =
            claims.iter().map(|claim| values(&given, claim, *field).flatten().collect()).collect();
        let coded: Vec<&Vec<&str>> = items.iter().filter(|values| values.len() > 1).collect();
        let agreeing = coded.iter().filter(|values| values.iter().all(|value| *value == values[0])).count();
        let pairs: Vec<(&str, &str)> = coded.iter().map(|values| (values[0], values[1])).collect();
        AgreementRow {
            field: *field,
            n: count(claims.len()),
            n_coded: count(coded.len()),
            agree: (!coded.is_empty()).then(|| f64::from(count(agreeing)) / f64::from(count(coded.len()))),
            kappa: if reviewers.len() == 2 { cohen_kappa(&pairs) } else { None },
            alpha: krippendorff_alpha(&items),
        }
    };
    Ok(CodingField::ALL.iter().map(row).collect())
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn values<'g>(
    given: &'g [BTreeMap<ClaimId, Coded>],
    claim: &ClaimId,
    field: CodingField,
) -> impl Iterator<Item = Option<&'g str>> {
    given.iter().map(move |items| items.get(claim)?.get(&field).map(String::as_str))
}

/// Items on which the reviewers differ, and those on which they agree with each other but not with the record. Of a passage that both
/// say does not belong in the record, only that is told.
///
/// # Errors
/// When there is no such sample or one of the reviewers is not done.
pub fn differences(
    contents: &Contents,
    sample: &str,
    reviewers: &[String],
) -> Result<Vec<CodingDifference>, CodingError> {
    let (claims, given) = opened(&contents.rulings, sample, reviewers)?;
    let by_id: BTreeMap<&ClaimId, &Claim> = contents.claims.iter().map(|claim| (&claim.claim_id, claim)).collect();
    let mut found = Vec::new();
    for claim in claims.iter().filter_map(|id| by_id.get(id)) {
        for field in CodingField::ALL {
            let told: Vec<Option<String>> =
                values(&given, &claim.claim_id, *field).map(|value| value.map(str::to_owned)).collect();
            let distinct: BTreeSet<&String> = told.iter().flatten().collect();
            let agreed = if distinct.len() == 1 { distinct.first().map(|value| (*value).clone()) } else { None };
            let record = in_record(claim, *field);
            let is_out = *field == CodingField::Accept && agreed.as_deref() == Some("no");
            if distinct.len() > 1 || agreed.as_ref().is_some_and(|agreed| *agreed != record) {
                found.push(CodingDifference {
                    claim_id: claim.claim_id.clone(),
                    field: *field,
                    given: told,
                    record,
                    agreed,
                    quote: claim.quote.split_whitespace().collect::<Vec<_>>().join(" "),
                });
            }
            if is_out {
                break;
            }
        }
    }
    Ok(found)
}

/// What the record has in a field. Every claim in it was taken to belong there.
fn in_record(claim: &Claim, field: CodingField) -> String {
    match field {
        CodingField::Accept => "yes".to_owned(),
        CodingField::Event => claim.event.to_string(),
        CodingField::Status => claim.status.as_str().to_owned(),
        CodingField::Polarity => claim.polarity.as_str().to_owned(),
    }
}

/// The ruling that an adjudicated value comes to.
#[must_use]
pub fn adjudicated(claim: &str, field: CodingField, value: &str, reviewer: &str, why: Option<String>) -> Ruling {
    let (action, value) = match (field, value) {
        (CodingField::Accept, "no") => ("reject", None),
        (CodingField::Accept, _) => ("accept", None),
        (field, value) => ("relabel", Some(format!("{}={value}", field.as_str()))),
    };
    let (action, subject, reviewer) = (action.to_owned(), claim.to_owned(), reviewer.to_owned());
    Ruling { number: 0, action, subject, value, reviewer, why }
}
