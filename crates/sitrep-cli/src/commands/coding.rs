//! `coding`: blind double coding, from the sheet to the rulings.
//!
//! In: a record and sheets filled in by reviewers. Out: sheets, agreement, differences, and rulings once somebody has decided. Shows nobody's
//! codings before all who are asked about are done, and never the program's own reading beside a passage to be coded.

mod sheet;

use std::path::Path;

use sitrep::coding::{agreement, differences, draw, sample_ruling, samples};
use sitrep::model::{AgreementRow, CodingDifference, CodingSample, Contents, Filter, Ruling};
use sitrep::readers;

use super::review::write;
use super::{contents, custody};
use crate::args::{CodersArgs, CodingAction, CodingArgs, ListFormat, SampleArgs};
use crate::ending::{Ending, Usage};
use crate::out::{self, Say};

/// `sitrep coding RECORD …`
pub(super) fn coding(args: &CodingArgs, say: &Say) -> anyhow::Result<Ending> {
    let path = &args.record;
    match &args.action {
        CodingAction::Sample(sample) => self::sample(path, sample, say),
        CodingAction::Submit { file, reviewer } => {
            let contents = contents(path, &Filter::default())?;
            let (rulings, n_failed) = sheet::submitted(file, reviewer, &contents, say)?;
            rule(path, &rulings, n_failed, say)
        }
        CodingAction::Adjudicate { file, reviewer } => {
            let (rulings, n_failed) = sheet::decided(file, reviewer, say)?;
            rule(path, &rulings, n_failed, say)
        }
        CodingAction::Status { format } => status(path, *format),
        CodingAction::Agreement(coders) => agree(path, coders),
        CodingAction::Differences { coders, output } => differ(path, coders, output.as_deref(), say),
    }
}

fn sample(path: &Path, args: &SampleArgs, say: &Say) -> anyhow::Result<Ending> {
    let mut record = custody::writing(path)?;
    let contents = readers::contents(&record, &args.filter.filter())?;
    let claims = draw(&contents, args.n, args.seed);
    if claims.is_empty() {
        return Err(Usage("there is no claim to draw".to_owned()).into());
    }
    let ruling = sample_ruling(&claims);
    if samples(&contents.rulings).iter().all(|known| known.sample != ruling.subject) {
        record.rule(&ruling)?;
        record.settle()?;
    }
    out::file(&args.output, sheet::to_fill(&contents, &ruling.subject, &claims)?.as_bytes())?;
    say.line(&format!("sample {}: {} passages in {}", ruling.subject, claims.len(), args.output.display()));
    Ok(Ending::Done)
}

/// Keeps the rulings that a sheet came to.
fn rule(path: &Path, rulings: &[Ruling], mut n_failed: usize, say: &Say) -> anyhow::Result<Ending> {
    let mut record = custody::writing(path)?;
    let told = record.rule_many(rulings)?;
    record.settle()?;
    let n = told.iter().filter(|it| it.is_ok()).count();
    for error in told.into_iter().filter_map(Result::err) {
        n_failed += 1;
        say.failure(&format!("sitrep: {error}"));
    }
    say.line(&format!("{n} kept"));
    Ok(if n_failed > 0 { Ending::SomeFailed } else { Ending::Done })
}

fn status(path: &Path, format: Option<ListFormat>) -> anyhow::Result<Ending> {
    let samples = samples(&contents(path, &Filter::default())?.rulings);
    let cells = |it: &CodingSample| {
        vec![it.sample.clone(), it.claims.len().to_string(), it.done.join(", "), it.begun.join(", ")]
    };
    write(format, &["!sample", "#passages", "*done", "begun"], &samples, cells, "samples")
}

/// The sample asked for, or the only one.
fn which(contents: &Contents, coders: &CodersArgs) -> Result<String, Usage> {
    if coders.reviewers.len() < 2 {
        return Err(Usage("agreement takes two reviewers: --reviewers A,B".to_owned()));
    }
    match (&coders.sample, &samples(&contents.rulings)[..]) {
        (Some(sample), _) => Ok(sample.clone()),
        (None, [only]) => Ok(only.sample.clone()),
        (None, []) => Err(Usage("there is no sample; draw one with `coding RECORD sample`".to_owned())),
        (None, _) => Err(Usage("there are several samples; choose with --sample".to_owned())),
    }
}

fn agree(path: &Path, coders: &CodersArgs) -> anyhow::Result<Ending> {
    let contents = contents(path, &Filter::default())?;
    let rows = agreement(&contents, &which(&contents, coders)?, &coders.reviewers)?;
    let cells = |row: &AgreementRow| {
        let told = |value: Option<f64>| value.map_or("not defined".to_owned(), |value| format!("{value:.3}"));
        let (n, n_coded) = (row.n.to_string(), row.n_coded.to_string());
        vec![row.field.as_str().to_owned(), n, n_coded, told(row.agree), told(row.kappa), told(row.alpha)]
    };
    let columns = ["*field", "#items", "#by two", "#agree", "#Cohen's kappa", "#Krippendorff's alpha"];
    write(coders.format, &columns, &rows, cells, "fields")
}

fn differ(path: &Path, coders: &CodersArgs, output: Option<&Path>, say: &Say) -> anyhow::Result<Ending> {
    let contents = contents(path, &Filter::default())?;
    let found = differences(&contents, &which(&contents, coders)?, &coders.reviewers)?;
    if let Some(path) = output {
        out::file(path, sheet::to_decide(&found, &coders.reviewers)?.as_bytes())?;
        say.line(&format!("{} to decide in {}", found.len(), path.display()));
        return Ok(Ending::Done);
    }
    if out::format(coders.format) == ListFormat::Csv {
        out::data(sheet::to_decide(&found, &coders.reviewers)?.as_bytes())?;
        return Ok(Ending::Done);
    }
    let cells = |it: &CodingDifference| {
        let given = coders.reviewers.iter().zip(&it.given);
        let given = given.map(|(who, value)| format!("{who}: {}", value.as_deref().unwrap_or("no answer")));
        let (id, field) = (it.claim_id.to_string(), it.field.as_str().to_owned());
        vec![id, field, given.collect::<Vec<_>>().join(" | "), it.record.clone(), it.quote.clone()]
    };
    write(coders.format, &["!claim", "field", "given", "record", "*quote"], &found, cells, "differences")
}
