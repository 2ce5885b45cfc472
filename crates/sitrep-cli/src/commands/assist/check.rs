//! A model's words against the stored text: what does not stand there is no proposal.
//!
//! In: a document and a [`Suggestion`], which is anybody's words. Out: a [`Proposal`] made of places in the text and known codes, or why not,
//! fit to be printed. Repairs nothing: a quote that differs in one byte is refused.

use sitrep::model::{Date, Document, EventType, Polarity, Span, Status};
use sitrep::{Asked, Proposal};
use sitrep_assist::Suggestion;

/// Longest passage.
const MAX_QUOTE_BYTES: usize = 1_000;
/// Most actors, and most targets.
const MAX_NAMES: usize = 10;
/// A proposal's words that are shown when it is refused.
const SHOWN_CHARS: usize = 60;

/// The paragraphs of the article as they are sent, as many as fit whole, and how many do not. Readers' comments are no part of it.
pub(super) fn sent(document: &Document, max_bytes: usize) -> (String, usize) {
    let mut text = String::new();
    for (at, block) in document.blocks.iter().enumerate() {
        let words = block.span.of(&document.text);
        if text.len() + words.len() + 2 > max_bytes {
            return (text, document.blocks.len() - at);
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(words);
    }
    (text, 0)
}

/// The suggestion as a proposal.
pub(super) fn proposal(document: &Document, it: &Suggestion, asked: &Asked) -> Result<Proposal, String> {
    let event = EventType::from_code(&it.event).ok_or_else(|| format!("no event type {}", shown(&it.event)))?;
    let status = match it.status.as_deref() {
        None => Status::Occurred,
        Some(code) => Status::from_code(code).ok_or_else(|| format!("no status {}", shown(code)))?,
    };
    if status == Status::Forecast {
        return Err("a forecast cannot be proposed".to_owned());
    }
    let polarity = match it.polarity.as_deref() {
        None => Polarity::Affirmed,
        Some(code) => Polarity::from_code(code).ok_or_else(|| format!("no polarity {}", shown(code)))?,
    };
    let span = passage(document, &it.quote)?;
    let quote = span.of(&document.text);
    let part = |words: &str| {
        let at = if words.trim().is_empty() { None } else { quote.find(words) };
        let at = at.ok_or_else(|| format!("{} is not in its quote", shown(words)))?;
        let start = span.start as usize + at;
        Ok(Span::new(start, start + words.len()))
    };
    let parts =
        |all: &[String]| all.iter().take(MAX_NAMES).map(|words| part(words)).collect::<Result<Vec<_>, String>>();
    let maybe = |words: &Option<String>| words.as_deref().filter(|it| !it.is_empty()).map(part).transpose();
    Ok(Proposal {
        document: document.id.clone(),
        span,
        event,
        status,
        polarity,
        actors: parts(&it.actors)?,
        targets: parts(&it.targets)?,
        place: maybe(&it.place)?,
        when: maybe(&it.when)?,
        days: days(it)?,
        source: maybe(&it.source)?,
        asked: asked.clone(),
    })
}

/// The only place in the article where exactly these bytes stand.
fn passage(document: &Document, quote: &str) -> Result<Span, String> {
    if quote.trim().is_empty() || quote.len() > MAX_QUOTE_BYTES {
        return Err(format!("a quote has 1 to {MAX_QUOTE_BYTES} bytes"));
    }
    let mut found = document.blocks.iter().flat_map(|block| {
        let start = block.span.start as usize;
        block.span.of(&document.text).match_indices(quote).map(move |(at, _)| start + at)
    });
    match (found.next(), found.next()) {
        (Some(start), None) => Ok(Span::new(start, start + quote.len())),
        (Some(_), Some(_)) => Err(format!("{} stands in the text more than once", shown(quote))),
        (None, _) => Err(format!("{} is not in the text", shown(quote))),
    }
}

fn days(it: &Suggestion) -> Result<Option<[Date; 2]>, String> {
    let day = |text: &String| text.parse::<Date>().map_err(|_| format!("{} is no day", shown(text)));
    let given = |text: &Option<String>| text.as_ref().filter(|it| !it.is_empty()).map(day).transpose();
    let (from, to) = (given(&it.from)?, given(&it.to)?);
    let days = from.or(to).map(|first| [first, to.unwrap_or(first)]);
    match days {
        Some([from, to]) if from > to => Err("its days run backwards".to_owned()),
        Some(_) if it.when.as_deref().is_none_or(str::is_empty) => {
            Err("it gives days that no words of the passage tell".to_owned())
        }
        days => Ok(days),
    }
}

/// A stranger's words, short and with nothing in them that a terminal obeys.
fn shown(words: &str) -> String {
    let short: String = words.chars().take(SHOWN_CHARS).collect();
    let more = if words.chars().nth(SHOWN_CHARS).is_some() { "…" } else { "" };
    let plain: String =
        short.chars().flat_map(|c| if c.is_alphanumeric() { vec![c] } else { c.escape_debug().collect() }).collect();
    format!("“{plain}{more}”")
}
