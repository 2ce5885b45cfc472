//! The question as JSON, and what can be read from an answer.
//!
//! In: instructions and a text; later the bytes of an answer. Out: a body to send; [`Suggestion`]s. Every word in a suggestion is a
//! stranger's: who takes it compares it with the text.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::AssistError;

/// One claim as the model tells it. Nothing in it has been checked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Suggestion {
    /// The words it says the text has.
    pub quote: String,
    /// A code for what happened.
    pub event: String,
    /// A code for how real.
    #[serde(default)]
    pub status: Option<String>,
    /// A code: so, or not so.
    #[serde(default)]
    pub polarity: Option<String>,
    /// Who did it.
    #[serde(default)]
    pub actors: Vec<String>,
    /// To whom.
    #[serde(default)]
    pub targets: Vec<String>,
    /// Where.
    #[serde(default)]
    pub place: Option<String>,
    /// When, in words.
    #[serde(default)]
    pub when: Option<String>,
    /// First day.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day.
    #[serde(default)]
    pub to: Option<String>,
    /// Who says so.
    #[serde(default)]
    pub source: Option<String>,
}

/// A chat completion; what else it holds is not looked at.
#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
}

pub(crate) fn question(model: &str, instructions: &str, text: &str) -> String {
    let messages = json!([{"role": "system", "content": instructions}, {"role": "user", "content": text}]);
    json!({"model": model, "temperature": 0, "stream": false, "messages": messages}).to_string()
}

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// At most `most` suggestions, and how many more there were or could not be read.
pub(crate) fn suggestions(body: &[u8], most: usize) -> Result<(Vec<Suggestion>, usize), AssistError> {
    let completion: Completion =
        serde_json::from_slice(body).map_err(|_| AssistError::Form("no chat completion in JSON"))?;
    let content = completion.choices.into_iter().next().and_then(|it| it.message.content).unwrap_or_default();
    let told: Value =
        serde_json::from_str(bare(&content)).map_err(|_| AssistError::Form("the model did not write JSON"))?;
    let Some(Value::Array(claims)) = told.get("claims") else {
        return Err(AssistError::Form("the model's JSON has no list “claims”"));
    };
    let n = claims.len();
    let read = claims.iter().take(most).filter_map(|it| Suggestion::deserialize(it).ok());
    let read: Vec<Suggestion> = read.collect();
    let n_unread = n - read.len();
    Ok((read, n_unread))
}

/// The JSON without the fence that many models put around it.
fn bare(content: &str) -> &str {
    let content = content.trim();
    let Some(fenced) = content.strip_prefix("```").and_then(|it| it.strip_suffix("```")) else { return content };
    fenced.strip_prefix("json").unwrap_or(fenced).trim()
}
