//! JSON Schemas of what the program writes, made from the types themselves.
//!
//! In: a name. Out: JSON Schema, draft 2020-12. Never kept by hand, so it cannot lag behind the code.

use schemars::{JsonSchema, Schema, schema_for};
use sitrep_model::{
    AgreementRow, Claim, CodingDifference, CodingSample, CommentId, Conflict, ControlAnswer, DigestItem, Dispute,
    DocumentId, Event, Forecast, Label, Link, PageEntry, ReviewItem, RulingEntry, ScoreRow, Translated,
};

/// One line of `sitrep threads`: a reader's comment.
#[derive(Debug, JsonSchema)]
#[expect(dead_code, reason = "only its shape is used; the line itself is made by the show room")]
struct Thread {
    /// The document the comment stands under.
    document: DocumentId,
    /// The input's name.
    document_path: String,
    /// The comment.
    id: CommentId,
    /// The comment it answers.
    parent: Option<CommentId>,
    /// 0 for a comment on the article itself.
    depth: u32,
    /// The reader: a pseudonym unless names are kept.
    author: Option<String>,
    /// The time as written.
    time: Option<String>,
    /// The comment's words.
    text: String,
    /// Set apart as.
    labels: Vec<Label>,
    /// Why, one reason a label.
    reasons: Vec<String>,
    /// The language, as a BCP 47 tag, when it is another than the document's.
    language: Option<String>,
}

/// One line of `sitrep claims`: a claim, and of a translated page what it translates.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Claim")]
#[expect(dead_code, reason = "only its shape is used; the line itself is made by the show room")]
struct ClaimLine {
    #[serde(flatten)]
    claim: Claim,
    /// The original that the claim's page translates.
    #[serde(default)]
    translation: Option<Translated>,
}

/// Names for which there is a schema.
pub const NAMES: &[&str] = &[
    "claim",
    "event",
    "dispute",
    "forecast",
    "link",
    "thread",
    "control",
    "page",
    "ruling",
    "conflict",
    "review",
    "score",
    "digest",
    "agreement",
    "difference",
    "sample",
];

/// The schema of the output called `name`, one line of it; `None` for another name.
#[must_use]
pub fn schema(name: &str) -> Option<Schema> {
    Some(match name.strip_suffix('s').unwrap_or(name) {
        "claim" => schema_for!(ClaimLine),
        "event" => schema_for!(Event),
        "dispute" => schema_for!(Dispute),
        "forecast" => schema_for!(Forecast),
        "link" => schema_for!(Link),
        "thread" => schema_for!(Thread),
        "page" => schema_for!(PageEntry),
        "control" => schema_for!(ControlAnswer),
        "agreement" => schema_for!(AgreementRow),
        "difference" => schema_for!(CodingDifference),
        "sample" => schema_for!(CodingSample),
        "digest" => schema_for!(DigestItem),
        "score" => schema_for!(ScoreRow),
        "ruling" => schema_for!(RulingEntry),
        "conflict" => schema_for!(Conflict),
        "review" => schema_for!(ReviewItem),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_schema_with_a_title_and_fields() {
        for name in NAMES {
            let schema = schema(name).unwrap();
            assert!(schema.get("title").is_some() && schema.get("properties").is_some(), "{name}");
        }
        assert!(schema("paper").is_none());
    }
}
