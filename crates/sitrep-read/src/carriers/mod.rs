//! Carriers: files that hold many pages - web archives, zip files, feeds, letters, exports of posts.
//!
//! In: an opened input and where it came from. Out: its pages one by one, an error in the place of each that could not be read.
//! Holds one record at a time, never the whole carrier; never opens another input than the one it is given.
//!
//! One file per kind. Each has `fits(name, head)`, which says by content first and ending second whether an input is of its kind,
//! and `pages(opened)`. Every carried page is made by [`Origin::page`].

pub(crate) mod coded;
pub(crate) mod feed;
mod feed_xml;
pub(crate) mod files;
mod gzip;
mod items;
mod mail;
mod mail_parts;
mod post_fields;
mod posts;
mod reliefweb;
mod telegram;
mod telegram_html;
pub(crate) mod unpack;
mod warc;
mod when;
mod words;
pub(crate) mod zip;

use std::io::{BufRead, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

use sitrep_model::{Carrier, MediaType, Page};

use crate::open::{MAX_PAGE_BYTES, page_in};
use crate::{ReadError, Source};

pub use post_fields::PostFields;

/// Something that can be read in lines and wound back.
pub(crate) trait ReadSeek: BufRead + Seek + Send {}

impl<R: BufRead + Seek + Send> ReadSeek for R {}

/// Pages of one carrier, in its own order.
pub(crate) type Pages<'s> = Box<dyn Iterator<Item = Result<Page, ReadError>> + Send + 's>;

/// Where a carrier came from: its name as the user gave it, and what the user said about pages.
#[derive(Clone)]
pub(crate) struct Origin<'s> {
    /// The input's name.
    pub(crate) name: String,
    /// The file inside that archive or zip file, when this is a carrier within a carrier; empty otherwise.
    pub(crate) within: String,
    /// What the user said.
    pub(crate) source: &'s Source,
    /// What the pictures and videos say that the carrier brought beside its pages.
    pub(crate) files: Option<Arc<files::Files>>,
}

/// A carrier ready to be read from its first byte.
pub(crate) struct Opened<'s> {
    /// Where it came from.
    pub(crate) origin: Origin<'s>,
    /// Its bytes.
    pub(crate) reader: Box<dyn ReadSeek + 's>,
}

/// What kind of carrier an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A web archive, packed by gzip or not.
    Warc,
    /// A zip file: WACZ, or files saved together.
    Zip,
    /// One file packed by gzip.
    Gzip,
    /// RSS, Atom or a JSON feed.
    Feed,
    /// A letter, or a box of them.
    Mail,
    /// A web page saved whole as one letter.
    Mhtml,
    /// An export of a Telegram channel.
    Telegram,
    /// Posts of any platform, one JSON object a line.
    Posts,
    /// Reports as ReliefWeb's interface gives them.
    ReliefWeb,
    /// A coded event set: a row a page.
    Coded,
}

type Fits = fn(name: &str, head: &[u8]) -> bool;

/// All of a carrier that is small enough to be held, else code and words of why not.
fn whole(reader: impl Read) -> Result<Vec<u8>, (&'static str, String)> {
    let mut raw = Vec::new();
    reader.take(MAX_PAGE_BYTES + 1).read_to_end(&mut raw).map_err(|error| ("cannot-read", error.to_string()))?;
    if raw.len() as u64 > MAX_PAGE_BYTES {
        return Err(("too-large", format!("larger than {} MiB", MAX_PAGE_BYTES / (1024 * 1024))));
    }
    Ok(raw)
}

/// The kind of carrier that `head`, the first bytes of the input called `name`, belongs to; `None` for a page.
pub(crate) fn kind(name: &str, head: &[u8]) -> Option<Kind> {
    let fits: [(Kind, Fits); 10] = [
        (Kind::Warc, warc::fits),
        (Kind::Zip, zip::fits),
        (Kind::Gzip, gzip::fits),
        (Kind::Mhtml, mail::fits_mhtml),
        (Kind::Mail, mail::fits),
        (Kind::Telegram, telegram::fits),
        (Kind::ReliefWeb, reliefweb::fits),
        (Kind::Feed, feed::fits),
        (Kind::Posts, posts::fits),
        (Kind::Coded, coded::fits),
    ];
    fits.iter().find(|(_, fits)| fits(name, head)).map(|(kind, _)| *kind)
}

/// The pages of a carrier of that kind.
pub(crate) fn pages(kind: Kind, opened: Opened<'_>) -> Pages<'_> {
    match kind {
        Kind::Warc => warc::pages(opened),
        Kind::Zip => zip::pages(opened),
        Kind::Gzip => gzip::pages(opened),
        Kind::Feed => feed::pages(opened),
        Kind::Mail | Kind::Mhtml => mail::pages(opened),
        Kind::Telegram => telegram::pages(opened),
        Kind::Posts => posts::pages(opened),
        Kind::ReliefWeb => reliefweb::pages(opened),
        Kind::Coded => coded::pages(opened),
    }
}

impl<'s> Origin<'s> {
    /// A carrier that is an input of its own.
    pub(crate) fn of(name: impl Into<String>, source: &'s Source) -> Origin<'s> {
        Origin { name: name.into(), within: String::new(), source, files: None }
    }

    /// The page of `raw` that `carrier` brought. Nothing is checked; the carrier's `record` names the page within it.
    pub(crate) fn page(&self, media_type: MediaType, raw: Vec<u8>, carrier: Carrier) -> Page {
        let carrier = Carrier { record: self.place(carrier.record.as_deref()), ..carrier };
        let path = match &carrier.record {
            Some(record) => format!("{}#{record}", self.name),
            None => self.name.clone(),
        };
        let meta = self.source.meta_of_carried(&self.name, &path, carrier.url.as_deref());
        self.lend(page_in(&path, media_type, raw, meta, carrier))
    }

    /// The page, with the carrier's files kept for it.
    pub(crate) fn lend(&self, page: Page) -> Page {
        if let Some(files) = &self.files {
            self.source.saved.put(&page.path, files);
        }
        page
    }

    /// Why one record gave no page, or why the carrier ends early (`record` is `None`). `code` is a short name for programs.
    pub(crate) fn failed(
        &self,
        record: Option<String>,
        offset: Option<u64>,
        code: &'static str,
        why: impl Into<String>,
    ) -> ReadError {
        let record = self.place(record.as_deref());
        ReadError::Record { path: PathBuf::from(&self.name), record, offset, code, why: why.into() }
    }

    /// A record's name within the outermost carrier.
    fn place(&self, record: Option<&str>) -> Option<String> {
        match (self.within.as_str(), record) {
            ("", record) => record.map(str::to_owned),
            (within, Some(record)) if record.starts_with('@') => Some(format!("{within}{record}")),
            (within, Some(record)) => Some(format!("{within}/{record}")),
            (within, None) => Some(within.to_owned()),
        }
    }

    /// A remark on what the carrier holds that is no report: nothing asked for is missing.
    pub(crate) fn left_out(&self, why: impl Into<String>) -> ReadError {
        ReadError::LeftOut { path: PathBuf::from(&self.name), why: why.into() }
    }

    /// The only answer of a carrier that cannot be read at all.
    pub(crate) fn none<'p>(&self, code: &'static str, why: impl Into<String>) -> Pages<'p> {
        Box::new(std::iter::once(Err(self.failed(None, None, code, why))))
    }
}
