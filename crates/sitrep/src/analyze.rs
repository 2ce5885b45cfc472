//! The per-report half alone: one JSON line in, one JSON line out, for pipes, notebooks and clusters.
//!
//! In: `{"id":"x","text":"…","published":"2031-05-09"}` or `"html"` instead of `"text"`. Out: the id and the layers asked for, or the
//! id and an `error`. Knows nothing of other reports; the same line gives the same answer wherever it runs.

mod alone;
mod layers;
mod mentioned;

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::Deserialize;
use serde_json::{Map, Value};
use sitrep_model::{Date, MediaType, OffsetUnit, Page, PageMeta, Span, Time};

use crate::Kit;

pub use alone::{Alone, alone};
pub use layers::Layer;

/// What to tell of each report.
#[derive(Debug, Clone)]
pub struct Options {
    /// The layers; told in the order of [`Layer::ALL`].
    pub layers: Vec<Layer>,
    /// The unit of offsets.
    pub offsets: OffsetUnit,
    /// Readers' names instead of pseudonyms.
    pub keep_names: bool,
}

/// One line of input.
#[derive(Debug, Deserialize)]
struct Request {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    html: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
    /// Place names to resolve instead of finding them, in the unit of offsets asked for.
    #[serde(default)]
    toponyms: Option<Vec<[usize; 2]>>,
}

/// The answer to one line of input.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// One JSON object.
    pub line: Value,
    /// Whether it holds an `error` instead of layers.
    pub failed: bool,
}

/// The time expressions of a report in text order: where each stands in its document and what it says.
#[must_use]
pub fn times(kit: &Kit, page: &Page) -> Vec<(Span, Time)> {
    sitrep_claims::times(&kit.claims, &sitrep_read::document(page).value)
}

/// Reads one line of input and tells what it says.
#[must_use]
pub fn answer(kit: &Kit, line: &str, options: &Options) -> Answer {
    let request: Request = match serde_json::from_str(line) {
        Ok(request) => request,
        Err(error) => return refusal(Value::Null, &format!("not a JSON object with text or html: {error}")),
    };
    let id = request.id.clone();
    let found = catch_unwind(AssertUnwindSafe(|| layers_of(kit, request, options)));
    match found.unwrap_or_else(|_| Err(BUG.to_owned())) {
        Ok(layers) => {
            let mut answer = Map::new();
            answer.insert("id".to_owned(), id);
            answer.extend(layers);
            Answer { line: Value::Object(answer), failed: false }
        }
        Err(why) => refusal(id, &why),
    }
}

/// What a page says, in layers, in the order of [`Layer::ALL`].
///
/// # Errors
/// With a sentence for people: when the page, a PDF or Word file, gave no text, or when a bug in this program was met in it.
pub fn of_page(kit: &Kit, page: Page, options: &Options) -> Result<Map<String, Value>, String> {
    unless_refused(page, |page| layers::layers(kit, page, None, options))
}

/// What a page says, whole, for adding it to a record elsewhere.
///
/// # Errors
/// As [`of_page`].
pub fn understood(kit: &Kit, page: Page) -> Result<crate::Understood, String> {
    unless_refused(page, |page| crate::pipeline::understand(kit, page))
}

/// Does `work` on a page, unless it is a PDF or Word file without a text; why not, otherwise.
fn unless_refused<T>(page: Page, work: impl FnOnce(Page) -> T) -> Result<T, String> {
    let found = catch_unwind(AssertUnwindSafe(|| {
        if matches!(page.media_type, MediaType::Pdf | MediaType::Docx)
            && let Some(why) = sitrep_read::refused(&page, &sitrep_read::document(&page))
        {
            return Err(why.to_string());
        }
        Ok(work(page))
    }));
    found.unwrap_or_else(|_| Err(BUG.to_owned()))
}

const BUG: &str = "a bug in this program was met in this text";

/// An answer without layers.
#[must_use]
pub fn refusal(id: Value, why: &str) -> Answer {
    Answer { line: serde_json::json!({ "id": id, "error": why }), failed: true }
}

fn layers_of(kit: &Kit, request: Request, options: &Options) -> Result<Map<String, Value>, String> {
    let name = match &request.id {
        Value::String(id) => id.clone(),
        other => other.to_string(),
    };
    let published = request.published.as_deref().filter(|day| !day.is_empty()).map(day).transpose()?;
    let meta = PageMeta { url: request.url, outlet: request.outlet, published, ..PageMeta::default() };
    let (kind, text) = match (request.text, request.html) {
        (Some(text), None) => (MediaType::Text, text),
        (None, Some(html)) => (MediaType::Html, html),
        (Some(_), Some(_)) => return Err("both text and html; give one".to_owned()),
        (None, None) => return Err("neither text nor html".to_owned()),
    };
    let page = sitrep_read::page_of(&name, kind, text.into_bytes(), meta, "analyze");
    Ok(layers::layers(kit, page, request.toponyms.as_deref(), options))
}

/// A day, or a moment of which only the day counts: `2031-05-09T12:30:00Z`.
fn day(text: &str) -> Result<Date, String> {
    let head = text.get(..10).unwrap_or(text);
    head.parse().map_err(|_| format!("published is {text:?}, not a day written YYYY-MM-DD"))
}
