//! The sheets of double coding: to fill in, handed in, to decide, decided.
//!
//! In: claims, codings, CSV files. Out: CSV, and the rulings that rows come to. A row that cannot be used is told and costs only itself.

use std::collections::BTreeMap;
use std::path::Path;

use sitrep::coding::{Coded, adjudicated, code_ruling, is_code, samples};
use sitrep::model::{Claim, ClaimId, CodingDifference, CodingField, Contents, Document, Ruling, Span};

use super::super::table::Table;
use crate::out::Say;

/// Rulings, and how many rows could not be used.
type Read = (Vec<Ruling>, usize);

/// Passages with the sentences they stand in, and empty cells for the codes.
pub(super) fn to_fill(contents: &Contents, sample: &str, claims: &[ClaimId]) -> anyhow::Result<String> {
    let by_id: BTreeMap<&ClaimId, &Claim> = contents.claims.iter().map(|it| (&it.claim_id, it)).collect();
    let documents: BTreeMap<_, &Document> = contents.documents.iter().map(|it| (&it.id, it)).collect();
    let mut writer = csv();
    let codes = CodingField::ALL.iter().map(|field| field.as_str());
    let about = ["sample", "claim_id", "outlet", "published", "voice", "passage", "sentence"];
    writer.write_record(about.into_iter().chain(codes).chain(["why"]))?;
    for claim in claims.iter().filter_map(|id| by_id.get(id)) {
        let document = documents.get(&claim.document);
        let sentence = Span { start: claim.sentence_start, end: claim.sentence_end };
        let published = document.and_then(|it| it.published.as_ref()).map(|it| it.date.to_string());
        let mut row = vec![
            sample.to_owned(),
            claim.claim_id.to_string(),
            document.and_then(|it| it.outlet.clone()).unwrap_or_else(|| claim.document_path.clone()),
            published.unwrap_or_default(),
            claim.voice.as_str().to_owned(),
            one_line(&claim.quote),
            document.map_or_else(String::new, |document| one_line(sentence.of(&document.text))),
        ];
        row.resize(row.len() + CodingField::ALL.len() + 1, String::new());
        writer.write_record(row)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// The rulings of a sheet handed in.
pub(super) fn submitted(file: &Path, reviewer: &str, contents: &Contents, say: &Say) -> anyhow::Result<Read> {
    let known = samples(&contents.rulings).into_iter().map(|it| (it.sample, it.claims));
    let known: BTreeMap<String, Vec<ClaimId>> = known.collect();
    rows(file, &["sample", "claim_id"], say, |cell| {
        let (sample, claim) = (cell("sample"), cell("claim_id"));
        let claims = known.get(&sample).ok_or_else(|| format!("no sample {sample} in the record"))?;
        if !claims.iter().any(|it| it.as_str() == claim) {
            return Err(format!("{claim} is not in sample {sample}"));
        }
        let mut coded = Coded::new();
        for field in CodingField::ALL {
            let value = cell(field.as_str());
            if !value.is_empty() {
                coded.insert(*field, code(*field, &value)?);
            }
        }
        let why = Some(cell("why")).filter(|why| !why.is_empty());
        Ok(Some(code_ruling(&sample, &claim, &coded, reviewer, why)))
    })
}

/// The items to decide, with what each reviewer gave and what the record has; where they agree that is put down as final.
pub(super) fn to_decide(found: &[CodingDifference], reviewers: &[String]) -> anyhow::Result<String> {
    let mut writer = csv();
    let columns = ["claim_id", "field"].into_iter().chain(reviewers.iter().map(String::as_str));
    writer.write_record(columns.chain(["record", "final", "why", "passage"]))?;
    for it in found {
        let mut row = vec![it.claim_id.to_string(), it.field.as_str().to_owned()];
        row.extend(it.given.iter().map(|value| value.clone().unwrap_or_default()));
        row.extend([it.record.clone(), it.agreed.clone().unwrap_or_default(), String::new(), it.quote.clone()]);
        writer.write_record(row)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// The rulings of a list decided: rows without a final value are left open.
pub(super) fn decided(file: &Path, reviewer: &str, say: &Say) -> anyhow::Result<Read> {
    rows(file, &["claim_id", "field", "final"], say, |cell| {
        let value = cell("final");
        if value.is_empty() {
            return Ok(None);
        }
        let field = CodingField::from_code(&cell("field")).ok_or_else(|| format!("no field {}", cell("field")))?;
        let why = Some(cell("why")).filter(|why| !why.is_empty()).or_else(|| Some("adjudicated".to_owned()));
        Ok(Some(adjudicated(&cell("claim_id"), field, &code(field, &value)?, reviewer, why)))
    })
}

fn code(field: CodingField, value: &str) -> Result<String, String> {
    let value = value.to_lowercase();
    if is_code(field, &value) { Ok(value) } else { Err(format!("{} has no code {value}", field.as_str())) }
}

/// Reads a table row by row; a row that cannot be used is told.
fn rows(
    file: &Path,
    needed: &[&str],
    say: &Say,
    read: impl Fn(&dyn Fn(&str) -> String) -> Result<Option<Ruling>, String>,
) -> anyhow::Result<Read> {
    let mut table = Table::open(file, needed)?;
    let (mut rulings, mut n_failed) = (Vec::new(), 0);
    for (number, row) in table.rows() {
        let told = row.and_then(|row| read(&|name: &str| row.cell(name).unwrap_or_default().to_owned()));
        match told {
            Ok(ruling) => rulings.extend(ruling),
            Err(why) => {
                n_failed += 1;
                say.failure(&format!("sitrep: {}: row {number}: {why}", file.display()));
            }
        }
    }
    Ok((rulings, n_failed))
}

fn csv() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
