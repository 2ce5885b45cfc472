//! What a model at an address of the user's own makes of a text: suggestions, within bounds of bytes, time and number.
//!
//! In: an address, perhaps a key, instructions and a text. Out: [`Answer`] with [`Suggestion`]s, which are as untrusted as the network, or an
//! [`AssistError`]. Built only with the program's `assist` feature. Never follows a redirect, uses no proxy, sends the key to no other host,
//! speaks plain HTTP only to this machine, and does nothing by what an answer says.

mod answer;
mod client;
mod endpoint;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use answer::Suggestion;
pub use endpoint::Endpoint;

/// How the model is told what to do; `{events}`, `{statuses}` and `{most}` are to be filled in.
pub const INSTRUCTIONS: &str = include_str!("../data/instructions.txt");

/// How much one question may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Largest answer, in bytes.
    pub bytes: u64,
    /// Longest time, from the name to the last byte.
    pub time: Duration,
    /// Most suggestions taken from one answer.
    pub suggestions: usize,
}

impl Default for Limits {
    /// 256 KiB, two minutes, twenty suggestions.
    fn default() -> Limits {
        Limits { bytes: 256 * 1024, time: Duration::from_secs(120), suggestions: 20 }
    }
}

/// What came of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What the model suggests, in its order.
    pub suggestions: Vec<Suggestion>,
    /// Suggestions left out: not readable, or too many.
    pub n_unread: usize,
    /// SHA-256 of the question as it was sent.
    pub question_sha256: String,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AssistError {
    /// Not an address that is asked.
    #[error("{0}")]
    Address(&'static str),
    /// The name of an `http://` address leads away from this machine.
    #[error("{host}: plain http:// is spoken only to this machine, and this name leads to {address}: use https://")]
    NotHere {
        /// The host.
        host: String,
        /// Where it leads.
        address: String,
    },
    /// The answer is larger than allowed.
    #[error("the answer is larger than {limit_kib} KiB: not read")]
    TooLarge {
        /// The limit.
        limit_kib: u64,
    },
    /// The server sends elsewhere.
    #[error("the server redirects (status {0}): not followed, so that text and key go nowhere else")]
    Redirect(u16),
    /// The server says no.
    #[error("the server answers with status {0}")]
    Status(u16),
    /// No answer in the form of a chat completion, or none in the form asked for.
    #[error("the answer is not what was asked for: {0}")]
    Form(&'static str),
    /// Name not found, connection refused, time over, broken answer.
    #[error("{0}")]
    Failed(String),
}

impl Endpoint {
    /// Asks `model` what `text` claims.
    ///
    /// # Errors
    /// When there is no answer within the limits, or none of the form asked for. One suggestion that cannot be read costs only itself.
    pub fn ask(&self, model: &str, instructions: &str, text: &str, limits: &Limits) -> Result<Answer, AssistError> {
        let question = answer::question(model, instructions, text);
        let body = client::post(self, question.as_bytes(), limits)?;
        let (suggestions, n_unread) = answer::suggestions(&body, limits.suggestions)?;
        Ok(Answer { suggestions, n_unread, question_sha256: answer::sha256_hex(question.as_bytes()) })
    }
}
