//! What the screens for reading are told: events, documents, threads, two reports side by side.
//!
//! In: nothing. Out: types. Holds no rules.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use sitrep::model::{
    Claim, ControlAnswer, Date, Decision, Dispute, Event, Forecast, Link, Note, PageCopy, RulingEntry,
};

use super::EventBrief;

/// A document, short.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DocumentBrief {
    /// Its id.
    pub id: String,
    /// Headline, else the input's name.
    pub title: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Where it was published; shown as text, never as a link.
    pub url: Option<String>,
    /// The input's name.
    pub path: String,
    /// Claims read from it.
    pub n_claims: usize,
    /// Comments under it.
    pub n_comments: usize,
}

/// A claim with what one needs to read it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ClaimView {
    /// The claim. Its offsets count bytes of the stored text.
    pub claim: Claim,
    /// The whole sentence it stands in.
    pub sentence: String,
    /// Who says so, in words: `Varnesh Courier, citing the army's press office`.
    pub according_to: String,
    /// `accepted`, `rejected`, `changed` or `open`.
    pub review: String,
    /// How it stands to the event, when it is an account of one: `affirms`, `denies`, `doubts`, `no_comment`.
    pub stance: Option<String>,
    /// The independent root it counts under.
    pub root: Option<String>,
    /// Fields in which it differs from the event.
    pub differs: Vec<String>,
    /// The event it is an account of.
    pub event_id: Option<String>,
    /// `ok` when the quote stands in the stored text at its offsets, else `lost`.
    pub anchor: String,
}

/// An event that is perhaps the same, and why.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NearMiss {
    /// The other event.
    pub event: EventBrief,
    /// The table of fields and weights, when there is one.
    pub decision: Option<Decision>,
}

/// `GET /api/event/ID`: an event with everything it rests on.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EventView {
    /// The event.
    pub event: Event,
    /// The same, short.
    pub brief: EventBrief,
    /// Its accounts.
    pub accounts: Vec<ClaimView>,
    /// The documents they stand in, by id.
    pub documents: BTreeMap<String, DocumentBrief>,
    /// Its disputes.
    pub disputes: Vec<Dispute>,
    /// Events that are perhaps the same.
    pub near: Vec<NearMiss>,
    /// How accounts were joined.
    pub decisions: Vec<Decision>,
    /// How its claims stand to others.
    pub links: Vec<Link>,
    /// Forecasts among or about its claims.
    pub forecasts: Vec<Forecast>,
    /// Who held the place on its last day, by what the record says, when it bears on that.
    pub control: Option<ControlAnswer>,
    /// Rulings on its claims.
    pub rulings: Vec<RulingEntry>,
}

/// A passage of a document that a claim rests on.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Passage {
    /// The claim.
    pub claim_id: String,
    /// Its type.
    pub event: String,
    /// The event it is an account of.
    pub event_id: Option<String>,
    /// Which voice speaks.
    pub voice: String,
    /// First UTF-16 unit of the quote in `text`.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// First unit of the sentence.
    pub sentence_start: usize,
    /// One past the sentence's last.
    pub sentence_end: usize,
    /// `ok`, or `lost`: the quote does not stand at its offsets.
    pub anchor: String,
    /// The quote.
    pub quote: String,
    /// `accepted`, `rejected`, `changed` or `open`.
    pub review: String,
}

/// A run of the stored text that belongs to the article.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BlockView {
    /// `headline`, `lead`, `heading`, `body`, `list`, `caption`, `quote` or `post`.
    pub kind: String,
    /// First UTF-16 unit.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// BCP 47 tag, when it is not the document's.
    pub language: Option<String>,
}

/// Where a stored copy comes from.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Provenance {
    /// SHA-256 of the bytes as given, 64 hex digits.
    pub sha256: String,
    /// Their number.
    pub n_bytes: u64,
    /// `html`, `text`, …
    pub media_type: String,
    /// The archive or feed it came in.
    pub carrier: Option<String>,
    /// When it was saved.
    pub retrieved: Option<Date>,
    /// Who collected it, if anyone said.
    pub collector: Option<String>,
    /// Program and version that took it in.
    pub tool: Option<String>,
    /// How the day of publication was known: `json-ld`, `meta`, `given`, …
    pub published_how: Option<String>,
    /// How far that can be trusted, 0 to 1.
    pub published_confidence: Option<f64>,
    /// Other dates on the page that disagree or changed it.
    pub edition: BTreeMap<String, String>,
    /// Pages it is a near-copy of or that copy it.
    pub copies: Vec<PageCopy>,
    /// What was noticed while reading.
    pub notes: Vec<Note>,
}

/// `GET /api/documents`
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Documents {
    /// The documents of this answer, by their days.
    pub documents: Vec<DocumentBrief>,
    /// How many have the words asked for.
    pub n_asked: usize,
    /// How many there are.
    pub n_all: usize,
    /// What to give as `cursor` for the next ones.
    pub next: Option<String>,
}

/// `GET /api/document/ID`: the stored text with its passages.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DocumentView {
    /// The document.
    pub brief: DocumentBrief,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The stored text of the article; readers' comments are left out.
    pub text: String,
    /// Its parts, in order.
    pub blocks: Vec<BlockView>,
    /// Passages in it, by place.
    pub passages: Vec<Passage>,
    /// Its comments.
    pub comments: Vec<CommentView>,
    /// Where the copy comes from.
    pub provenance: Provenance,
}

/// A reader's comment.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CommentView {
    /// Its id.
    pub id: String,
    /// The comment it answers.
    pub parent: Option<String>,
    /// 0 for a comment on the article itself.
    pub depth: u32,
    /// The reader's pseudonym.
    pub author: Option<String>,
    /// The time as written.
    pub time: Option<String>,
    /// Its words.
    pub text: String,
    /// `spam`, `abuse`, `graphic`: folded until opened.
    pub labels: Vec<String>,
    /// Why, one reason a label.
    pub reasons: Vec<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Claims a reader makes in it: unverified.
    pub claims: Vec<ClaimView>,
    /// Forecasts in it.
    pub forecasts: Vec<Forecast>,
    /// Claims of others that it disputes or supports, and how.
    pub about: Vec<Link>,
}

/// `GET /api/threads`: a document with readers' comments.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ThreadBrief {
    /// The document.
    pub document: DocumentBrief,
    /// Comments that are set apart as spam, abuse or graphic.
    pub n_folded: usize,
    /// Claims made in comments.
    pub n_claims: usize,
}

/// Two claims of two reports about one thing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Pair {
    /// The one report's.
    pub a: ClaimView,
    /// The other's.
    pub b: ClaimView,
    /// Fields in which they differ: `date`, `place`, `quantity`, …
    pub differs: Vec<String>,
    /// What links them, in one sentence.
    pub why: String,
    /// `same_event`, `contradicts`, `progress`, …
    pub kind: String,
}

/// A run of words in a comparison of two texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WordRun {
    /// `both`, `a` or `b`.
    pub side: String,
    /// The words.
    pub text: String,
}

/// `GET /api/compare?a=DOCUMENT&b=DOCUMENT`: two reports side by side.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Compare {
    /// The one.
    pub a: DocumentBrief,
    /// The other.
    pub b: DocumentBrief,
    /// What both say.
    pub agree: Vec<Pair>,
    /// What they say differently.
    pub differ: Vec<Pair>,
    /// What only the one says.
    pub only_a: Vec<ClaimView>,
    /// What only the other says.
    pub only_b: Vec<ClaimView>,
    /// Whether one copied the other.
    pub copy: Option<PageCopy>,
    /// Word for word, when they are near-copies; empty otherwise.
    pub words: Vec<WordRun>,
}
