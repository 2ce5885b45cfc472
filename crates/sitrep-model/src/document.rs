//! A document: what a page says, as one text with blocks and a comment tree over it.
//!
//! In: what `read` found. Out: [`Document`]. The text never changes once made; for plain-text input it is the file as given,
//! so spans are offsets into the user's own file. Never holds markup.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{CommentId, DocumentId, PageId, Span};

/// How the publication date was known, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HowKnown {
    /// The user said so.
    Given,
    /// JSON-LD on the page.
    JsonLd,
    /// A meta element.
    Meta,
    /// The feed, letter or export the page came in.
    Carrier,
    /// A `<time>` element.
    TimeElement,
    /// The address of the page.
    Url,
    /// Words on the page.
    Text,
    /// A script of the page or a remark in its source, which no reader sees.
    Script,
}

/// A publication date and where it came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Published {
    /// The day.
    pub date: Date,
    /// How it was known.
    pub how: HowKnown,
    /// 0 to 1: how far that way of knowing can be trusted.
    pub confidence: f64,
}

/// What part of a page a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The title of the article.
    Headline,
    /// The standfirst: a summary set apart between title and article.
    Lead,
    /// A heading inside the article.
    Heading,
    /// A paragraph of the article.
    Body,
    /// An item of a list in the article.
    List,
    /// Words under a picture, a map or a video.
    Caption,
    /// A quotation set apart.
    Quote,
    /// A post of another platform shown inside the article.
    Post,
}

/// A run of text that belongs to the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Block {
    /// What part it is.
    pub kind: BlockKind,
    /// Where it stands in the text.
    pub span: Span,
    /// Addresses linked from it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// BCP 47 language tag, when it is not the document's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// What kind of file stands beside a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// A still picture.
    Image,
    /// Moving pictures.
    Video,
    /// Sound.
    Audio,
}

/// What a media file says about itself. Kept as the file's word, never as fact.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct FileSays {
    /// When it was taken, as written in the file.
    pub taken: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Camera or phone.
    pub device: Option<String>,
}

/// A picture, video or sound that a page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Media {
    /// What kind of file.
    pub kind: MediaKind,
    /// Its address or file name as the page has it.
    pub src: String,
    /// The words under it.
    #[serde(default)]
    pub caption: Option<String>,
    /// Who provided it, as the page says.
    #[serde(default)]
    pub credit: Option<String>,
    /// SHA-256 of the file when it was saved beside the page, 64 hex digits.
    #[serde(default)]
    pub sha256: Option<String>,
    /// Size of that file.
    #[serde(default)]
    pub n_bytes: Option<u64>,
    /// Width in pixels.
    #[serde(default)]
    pub width_px: Option<u32>,
    /// Height in pixels.
    #[serde(default)]
    pub height_px: Option<u32>,
    /// What the file says about itself.
    #[serde(default)]
    pub file_says: Option<FileSays>,
}

/// The original that a document translates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Translation {
    /// The original page, by path or address as the user named it.
    pub of: String,
    /// Who translated it.
    #[serde(default)]
    pub by: Option<String>,
    /// The day of the translation.
    #[serde(default)]
    pub on: Option<Date>,
}

/// Why a comment is set apart. Labelled comments are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// Promotion, pay offers, link farms.
    Spam,
    /// Insults and slurs.
    Abuse,
    /// Descriptions of gore.
    Graphic,
}

/// One comment of a reader. A comment's claims never become the article's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comment {
    /// Content hash of document and place.
    pub id: CommentId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// 0 for a comment on the article itself.
    pub depth: u32,
    /// The name shown, when one is shown.
    pub author: Option<String>,
    /// The time as written.
    pub time: Option<String>,
    /// The day, when `time` says one.
    pub date: Option<Date>,
    /// Where its words stand in the text.
    pub span: Span,
    /// Set apart as.
    pub labels: Vec<Label>,
    /// Why, one reason a label.
    pub reasons: Vec<String>,
    /// Addresses it links to; never shown as links.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// The language, as a BCP 47 tag, when it is another than the document's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// What a page says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Document {
    /// Content hash of page and text.
    pub id: DocumentId,
    /// The page it was read from.
    pub page: PageId,
    /// The input's name, for people.
    pub path: String,
    /// Where it was published.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// When it says it was changed.
    pub modified: Option<Date>,
    /// The whole text that spans point into.
    pub text: String,
    /// The article, in reading order.
    pub blocks: Vec<Block>,
    /// The comments, parents before children.
    pub comments: Vec<Comment>,
    /// Pictures, videos and sounds the article shows, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Media>,
    /// The post this one answers, as its carrier names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// Who said it first, when it is a forwarded post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded_from: Option<String>,
    /// The original, when this is a translation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<Translation>,
}
