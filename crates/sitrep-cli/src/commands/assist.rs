//! `assist`: a model at an address of the user's own proposes claims for the review queue.
//!
//! In: a record and an address. Out: rulings `propose` in the record, a line for each that was refused. Runs only when it is named; sends
//! articles and never readers' comments. What comes back counts for nothing before a reviewer accepts it.

mod check;

use std::fs;
use std::time::Duration;

use anyhow::{Context as _, bail};
use sitrep::model::{Document, EventType, Filter, Ruling, Status};
use sitrep::{Access, Asked, Record, readers};
use sitrep_assist::{AssistError, Endpoint, INSTRUCTIONS, Limits};

use super::custody;
use crate::args::AssistArgs;
use crate::ending::{Ending, Usage};
use crate::out::Say;

/// Longest text sent at once; what stands behind is told and not sent.
const MAX_TEXT_BYTES: usize = 24_000;
/// Failures in a row after which the server is left alone.
const MAX_FAILURES: usize = 3;

/// `sitrep assist RECORD --assist URL --model NAME --on DATE`
pub(super) fn assist(args: &AssistArgs, say: &Say) -> anyhow::Result<Ending> {
    let endpoint = Endpoint::new(&args.assist, key(args)?).map_err(|error| Usage(format!("--assist: {error}")))?;
    if !endpoint.is_this_machine() && !args.allow_network {
        bail!(
            "{} is not this machine: the texts of the reports would leave it; say --allow-network to let them",
            endpoint.host()
        );
    }
    let contents = readers::contents(&Record::open(&args.record, Access::ReadOnly)?, &Filter::default())?;
    let is_asked = |it: &&Document| {
        args.pages.is_empty() || args.pages.iter().any(|id| id == it.page.as_str() || id == it.id.as_str())
    };
    let documents: Vec<&Document> = contents.documents.iter().filter(is_asked).collect();
    if documents.is_empty() {
        return Err(Usage("the record holds no such page".to_owned()).into());
    }
    let limits = Limits { time: Duration::from_secs(args.timeout_s), ..Limits::default() };
    let instructions = instructions(limits.suggestions);
    let (mut found, mut n_failed, mut in_a_row) = (Vec::new(), 0, 0);
    let n_asked = documents.len().min(args.limit);
    for (at, document) in documents.iter().take(n_asked).enumerate() {
        say.progress(&format!("asking {} about {} of {n_asked}", endpoint.host(), at + 1));
        match asked(args, &endpoint, &instructions, document, &limits, say) {
            Ok(rulings) => {
                in_a_row = 0;
                found.extend(rulings);
            }
            Err(error) => {
                (n_failed, in_a_row) = (n_failed + 1, in_a_row + 1);
                say.failure(&format!("sitrep: {}: {error}", document.path));
                if in_a_row == MAX_FAILURES {
                    say.failure(&format!(
                        "sitrep: {} failed {MAX_FAILURES} times in a row: left alone",
                        endpoint.host()
                    ));
                    break;
                }
            }
        }
    }
    if documents.len() > n_asked {
        say.line(&format!("{} more documents were not asked about (--limit)", documents.len() - n_asked));
    }
    keep(args, &found, say)?;
    Ok(if n_failed > 0 { Ending::SomeFailed } else { Ending::Done })
}

/// What the model proposes of one document, checked, as rulings.
fn asked(
    args: &AssistArgs,
    endpoint: &Endpoint,
    instructions: &str,
    document: &Document,
    limits: &Limits,
    say: &Say,
) -> Result<Vec<Ruling>, AssistError> {
    let (text, n_unsent) = check::sent(document, MAX_TEXT_BYTES);
    if text.is_empty() {
        return Ok(Vec::new());
    }
    if n_unsent > 0 {
        say.line(&format!("{}: {n_unsent} paragraphs beyond {MAX_TEXT_BYTES} bytes were not sent", document.path));
    }
    let answer = endpoint.ask(&args.model, instructions, &text, limits)?;
    if answer.n_unread > 0 {
        say.line(&format!("{}: {} proposals left out: unreadable or too many", document.path, answer.n_unread));
    }
    let asked = Asked {
        host: endpoint.host(),
        model: args.model.clone(),
        on: args.on,
        question_sha256: answer.question_sha256,
    };
    let mut rulings = Vec::new();
    for suggestion in &answer.suggestions {
        match check::proposal(document, suggestion, &asked) {
            Ok(proposal) => rulings.push(proposal.ruling()),
            Err(why) => say.line(&format!("{}: refused: {why}", document.path)),
        }
    }
    Ok(rulings)
}

/// Keeps what is new; what the record has already is told.
fn keep(args: &AssistArgs, found: &[Ruling], say: &Say) -> anyhow::Result<()> {
    let mut n_kept = 0;
    if !found.is_empty() {
        let mut record = custody::writing(&args.record)?;
        // One by one, so that each is compared with those before it.
        for ruling in found {
            match record.rule(ruling) {
                Ok(_) => n_kept += 1,
                Err(error @ sitrep::RecordError::Ruling { .. }) => say.line(&format!("refused: {error}")),
                Err(error) => return Err(error.into()),
            }
        }
        record.settle()?;
    }
    say.line(&format!("new proposals: {n_kept} (`sitrep review {} queue`)", args.record.display()));
    Ok(())
}

fn instructions(most: usize) -> String {
    let codes: Vec<&str> = EventType::LEAVES.iter().map(|it| it.code).collect();
    let statuses = Status::ALL.iter().filter(|it| **it != Status::Forecast);
    let statuses: Vec<&str> = statuses.map(|it| it.as_str()).collect();
    INSTRUCTIONS
        .replace("{events}", &codes.join(", "))
        .replace("{statuses}", &statuses.join(", "))
        .replace("{most}", &most.to_string())
}

/// The server's key, when there is one.
#[expect(clippy::disallowed_methods, reason = "a key on the command line would stand in the list of processes")]
fn key(args: &AssistArgs) -> anyhow::Result<Option<String>> {
    match &args.key_file {
        Some(path) => Ok(Some(fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?)),
        None => Ok(std::env::var("SITREP_ASSIST_KEY").ok()),
    }
}
