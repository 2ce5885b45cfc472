//! The nouns of Sitrep: the types every room speaks.
//!
//! In: nothing. Out: pages, documents, claims, events, and the other things a record holds, with their JSON names
//! (the names in the published formats are the field names here). Never does I/O, holds no rules, reads no clock.

mod claim;
mod coding;
mod control;
mod copy;
mod decision;
mod digest;
mod document;
mod event;
mod event_type;
mod forecast;
mod id;
mod note;
mod number;
mod page;
mod page_entry;
mod place;
mod record;
mod redaction;
mod register;
mod review;
mod source;
mod span;
mod thumbnail;
mod time;

pub use claim::{ActorRef, Certainty, Claim, Codes, Instrument, Polarity, Quantity, Status, Thing, Voice};
pub use coding::{AgreementRow, CodingDifference, CodingField, CodingSample};
pub use control::{Assertion, ControlAnswer, ControlInterval, ControlSide, ControlSideKind};
pub use copy::{Change, CopyKind, PageCopy, SharedPassage};
pub use decision::{Decision, DecisionRow, Decisions, NearEvent, Verdict};
pub use digest::{DigestItem, DigestKind, DigestSubject};
pub use document::{
    Block, BlockKind, Comment, Document, FileSays, HowKnown, Label, Media, MediaKind, Published, Translation,
};
pub use event::{Account, Dispute, DisputeField, DisputeSide, Event, Grade, Link, LinkKind, Stance};
pub use event_type::{EventType, Leaf};
pub use forecast::{
    Brier, CalibrationBin, Forecast, ForecastState, ForecastStates, ForecastStep, ForecastView, Likelihood, LogScore,
    ScoreKind, ScoreRow,
};
pub use id::{ClaimId, CommentId, DisputeId, DocumentId, EventId, ForecastId, PageId, content_id, sha256_hex};
pub use note::{Note, Noted};
pub use number::{number_word, ordinal_word, round_number_word};
pub use page::{Carrier, Custody, MediaType, Page, PageMeta};
pub use page_entry::{CopyEntry, PageEntry, Translated};
pub use place::{Area, Bearing, Outlines, Place, PlacePrecision, PlaceStatus, Relation, Ring, Shape};
pub use record::{Contents, Edition, Filter, PageRow, Ruling};
pub use redaction::{RedactedKind, RedactedPage, RedactedRuling, Redaction};
pub use register::{Rating, RegisteredSource, Reliability};
pub use review::{Conflict, ReviewItem, ReviewKind, RulingEntry, RulingState};
pub use source::{AttributionForm, AttributionLink, AttributionType, AuthorStance, Basis, SourceStance};
pub use span::{OffsetUnit, Offsets, Span};
pub use thumbnail::Thumbnail;
pub use time::{Anchor, Time, TimePrecision, TimexType, month_name};

/// Civil dates, re-exported so that every room uses the same calendar.
pub use jiff::civil::Date;
