//! JSON Schemas of what the program writes, made from the types themselves.
//!
//! In: a name. Out: JSON Schema, draft 2020-12. Never kept by hand, so it cannot lag behind the code.

use schemars::{JsonSchema, Schema, SchemaGenerator, schema_for};
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    translation: Option<Translated>,
}

/// One line of `sitrep places`: a place that claims name.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "PlaceRow")]
#[expect(dead_code, reason = "only its shape is used; the line itself is made by the show room")]
struct PlaceLine {
    /// Its name, or the words of the text.
    name: String,
    /// `known`, `relative`, `ambiguous` or `unknown`.
    status: String,
    /// What sort of place.
    kind: Option<String>,
    /// ISO 3166-1 alpha-2.
    country: Option<String>,
    /// Degrees north of the centre.
    lat: Option<f64>,
    /// Degrees east of the centre.
    lon: Option<f64>,
    /// Kilometres from the centre within which it lies.
    radius_km: Option<f64>,
    /// Its number in GeoNames.
    geonames_id: Option<u64>,
    /// Claims that name it.
    claims: u64,
    /// Events they are accounts of.
    events: u64,
}

/// One line of `sitrep actors`: an actor that claims name.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "ActorRow")]
#[expect(dead_code, reason = "only its shape is used; the line itself is made by the show room")]
struct ActorLine {
    /// Its name.
    name: String,
    /// Its id, when it is a known one.
    actor_id: Option<String>,
    /// What sort of actor.
    kind: Option<String>,
    /// What it is part of.
    member_of: Vec<String>,
    /// Claims in which it acts.
    as_actor: u64,
    /// Claims in which it is acted on.
    as_target: u64,
}

/// One line of `sitrep sources`: an outlet or holder, and what the register says of it.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "SourceRow")]
#[expect(dead_code, reason = "only its shape is used; the line itself is made by the show room")]
struct SourceRowLine {
    /// Its name.
    name: String,
    /// `outlet`, or the attribution type of a holder.
    #[serde(rename = "type")]
    kind: String,
    /// Reports of it.
    reports: u64,
    /// Claims it makes or that are attributed to it.
    claims: u64,
    /// Whose side it is on, as noted.
    alignment: Option<String>,
    /// Who owns it, as noted.
    owner: Option<String>,
    /// What it belongs to, as noted.
    family: Option<String>,
    /// Its language, as noted.
    language: Option<String>,
    /// A to F; F until the user rates it.
    reliability: String,
    /// Who rated it.
    rater: Option<String>,
    /// When.
    on: Option<String>,
    /// Why.
    why: Option<String>,
}

/// The shape of one line of a list (`claims`, `places`, …), its parts left to `generator`; `None` for another name.
#[must_use]
pub fn line_of(list: &str, generator: &mut SchemaGenerator) -> Option<Schema> {
    Some(match list {
        "claims" => generator.subschema_for::<ClaimLine>(),
        "events" => generator.subschema_for::<Event>(),
        "disputes" => generator.subschema_for::<Dispute>(),
        "forecasts" => generator.subschema_for::<Forecast>(),
        "links" => generator.subschema_for::<Link>(),
        "threads" => generator.subschema_for::<Thread>(),
        "places" => generator.subschema_for::<PlaceLine>(),
        "actors" => generator.subschema_for::<ActorLine>(),
        "sources" => generator.subschema_for::<SourceRowLine>(),
        "pages" => generator.subschema_for::<PageEntry>(),
        _ => return None,
    })
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
