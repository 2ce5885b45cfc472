//! Plain words for the terminal: why the record says what it says.
//!
//! In: contents and an id, or an answer. Out: text. Never sums up what it can show.

use sitrep_model::{Contents, ControlAnswer};

/// Everything behind a claim, event, dispute or forecast; `None` when there is no such id.
#[must_use]
pub fn why(contents: &Contents, id: &str) -> Option<String> {
    let _ = (contents, id);
    None
}

/// Who held a place on a day, with the disagreement shown.
#[must_use]
pub fn control_text(answer: &ControlAnswer) -> String {
    let _ = answer;
    String::new()
}

/// One line: what a record holds. `2 reports read, 61 claims, 40 events, 3 disputes; …`
#[must_use]
pub fn summary(contents: &Contents) -> String {
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    format!(
        "{} read, {}, {}, {}",
        count(contents.documents.len(), "report", "reports"),
        count(contents.claims.len(), "claim", "claims"),
        count(contents.events.len(), "event", "events"),
        count(contents.disputes.len(), "dispute", "disputes"),
    )
}
