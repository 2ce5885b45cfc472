//! Web archives: WARC, packed by gzip, by zstd or not.
//!
//! In: an opened archive. Out: a page for every web page, text, PDF or Word document that a server answered with, in the archive's order;
//! an error for every record that could not be read, or not whole; at the end one remark on what is no report. Memory holds one record.
//!
//! [`stream`] gives the bytes, [`record`] the records, [`http`] the servers' answers. Own reader rather than the crate fastwarc: what counts
//! here is what happens behind damage and a lying length, and that no codec in C is built for it.

mod http;
mod packed;
mod record;
mod saved;
mod stream;

use std::collections::{BTreeMap, VecDeque};

use jiff::civil::Date;
use sitrep_model::{Carrier, MediaType, Page};

use super::files::{Files, is_media};
use super::unpack::{gzip_head, is_gzip};
use super::{Opened, Origin, Pages, ReadSeek};
use crate::ReadError;
use crate::open::{MAX_PAGE_BYTES, binary_kind, looks_like_html};
use packed::Packing;
use record::{Found, Record};
use stream::{Place, Stream};

/// Errors about places that are no record, told one by one; after this many only counted.
const TOLD_DAMAGE: usize = 1000;

/// Kinds of records that are no report, told apart in the remark at the end.
const TOLD_KINDS: usize = 40;

/// Whether an input is a web archive, by its first bytes.
pub(super) fn fits(name: &str, head: &[u8]) -> bool {
    if is_gzip(head) {
        let inner = gzip_head(head);
        return inner.starts_with(b"WARC/") || (inner.is_empty() && name.to_ascii_lowercase().ends_with(".warc.gz"));
    }
    if packed::is_zstd(head) {
        return packed::zstd_head(head).is_none_or(|inner| inner.starts_with(b"WARC/"));
    }
    head.starts_with(b"WARC/") || (!head.is_empty() && name.to_ascii_lowercase().ends_with(".warc"))
}

/// Its pages.
pub(super) fn pages(opened: Opened<'_>) -> Pages<'_> {
    let Opened { mut origin, mut reader } = opened;
    let packing = match packing(&mut reader) {
        Ok(packing) => packing,
        Err(why) => return origin.none("cannot-read", why),
    };
    let (reader, files) = saved::wound_back(reader, packing, origin.source);
    let is_once = files.is_none();
    origin.files = files.and_then(Files::shared);
    Box::new(Archive { is_once, ..Archive::new(Opened { origin, reader }, packing, "warc", BTreeMap::new()) })
}

/// Adds what the pictures, videos and sounds of an archive say to `files`.
pub(super) fn add_files(mut reader: Box<dyn ReadSeek + '_>, files: &mut Files) {
    if let Ok(packing) = packing(&mut reader) {
        saved::read(&mut Stream::new(reader, packing), files);
    }
}

fn packing(reader: &mut Box<dyn ReadSeek + '_>) -> Result<Packing, String> {
    reader.fill_buf().map(Packing::of).map_err(|error| format!("cannot be read: {error}"))
}

/// The same for an archive inside a WACZ, whose list of pages gives titles by address.
pub(super) fn pages_with<'s>(
    mut opened: Opened<'s>,
    kind: &'static str,
    titles: BTreeMap<String, String>,
) -> Pages<'s> {
    let packing = match packing(&mut opened.reader) {
        Ok(packing) => packing,
        Err(why) => return opened.origin.none("cannot-read", why),
    };
    Box::new(Archive::new(opened, packing, kind, titles))
}

struct Archive<'s> {
    origin: Origin<'s>,
    kind: &'static str,
    titles: BTreeMap<String, String>,
    stream: Stream<'s>,
    ready: VecDeque<Result<Page, ReadError>>,
    /// What is no report, with how many there are.
    left_out: BTreeMap<String, u64>,
    n_records: u64,
    n_damaged: usize,
    ended: bool,
    /// It can be read only once, so that nothing was seen of its pictures before its pages.
    is_once: bool,
}

impl Iterator for Archive<'_> {
    type Item = Result<Page, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if self.ended {
                return None;
            }
            match record::next(&mut self.stream) {
                Found::Record(record) => {
                    self.n_records += 1;
                    self.record(record);
                }
                Found::Damage(place, code, why) => self.damage(place, code, why),
                Found::End => self.end(),
            }
        }
    }
}

impl<'s> Archive<'s> {
    fn new(opened: Opened<'s>, packing: Packing, kind: &'static str, titles: BTreeMap<String, String>) -> Archive<'s> {
        Archive {
            stream: Stream::new(opened.reader, packing),
            origin: opened.origin,
            kind,
            titles,
            ready: VecDeque::new(),
            left_out: BTreeMap::new(),
            n_records: 0,
            n_damaged: 0,
            ended: false,
            is_once: false,
        }
    }

    fn damage(&mut self, place: Place, code: &'static str, why: String) {
        self.n_damaged += 1;
        if self.n_damaged <= TOLD_DAMAGE {
            let record = Some(named(place));
            self.ready.push_back(Err(self.origin.failed(record, Some(place.offset), code, why)));
        }
    }

    fn end(&mut self) {
        self.ended = true;
        if self.n_damaged > TOLD_DAMAGE {
            let why = format!("{} more places are no record", self.n_damaged - TOLD_DAMAGE);
            self.ready.push_back(Err(self.origin.failed(None, None, "no-record", why)));
        }
        if self.n_records == 0 && self.n_damaged == 0 {
            self.ready.push_back(Err(self.origin.failed(None, None, "no-records", "holds no record")));
        }
        let has_media = self.left_out.keys().any(|what| is_media(&what.replacen(' ', "/", 1)));
        if self.is_once && has_media {
            let why = "comes through a pipe: its pictures and videos are not looked at; give the file itself for that";
            self.ready.push_back(Err(self.origin.left_out(why)));
        }
        if !self.left_out.is_empty() {
            let total: u64 = self.left_out.values().sum();
            let each: Vec<String> = self.left_out.iter().map(|(what, n)| format!("{n} {what}")).collect();
            let noun = if total == 1 { "record is no report" } else { "records are no reports" };
            self.ready.push_back(Err(self.origin.left_out(format!("{total} {noun} ({})", each.join(", ")))));
        }
    }

    fn leave_out(&mut self, mut what: String) {
        if self.left_out.len() >= TOLD_KINDS && !self.left_out.contains_key(&what) {
            what = "of other kinds".to_owned();
        }
        *self.left_out.entry(what).or_default() += 1;
    }

    fn record(&mut self, record: Record) {
        let place = record.place;
        let fail = |origin: &Origin<'_>, code, why: String| {
            Err(origin.failed(Some(named(place)), Some(place.offset), code, why))
        };
        let problem = record.problem.clone();
        match self.understood(record) {
            Ok((page, stopped)) => {
                self.ready.push_back(Ok(page));
                let stopped = stopped.map(|s| (s.code(), s.says(MAX_PAGE_BYTES)));
                self.ready.extend(problem.or(stopped).map(|(code, why)| fail(&self.origin, code, why)));
            }
            Err(No::Report(what)) => {
                if !what.is_empty() {
                    self.leave_out(what);
                }
                self.ready.extend(problem.map(|(code, why)| fail(&self.origin, code, why)));
            }
            Err(No::Bytes(code, why)) => {
                let (code, why) = problem.unwrap_or((code, why));
                self.ready.push_back(fail(&self.origin, code, why));
            }
        }
    }

    fn understood(&self, record: Record) -> Result<(Page, Option<super::unpack::Stopped>), No> {
        let headers = &record.headers;
        let own_type = headers.get("content-type").unwrap_or_default();
        let (media_type, charset, raw, stopped) = match headers.get("warc-type").unwrap_or_default() {
            "response" => response(&record)?,
            "resource" | "conversion" => {
                let (media_type, charset) = http::content_type(own_type);
                let what = wanted(&media_type, headers.get("warc-target-uri"), &record.body)?;
                (what, charset, record.body, None)
            }
            "revisit" => return Err(No::Report("revisits of pages saved before".to_owned())),
            "warcinfo" | "request" | "metadata" | "continuation" => return Err(No::Report(String::new())),
            _ => return Err(No::Report("records of another type".to_owned())),
        };
        if record.is_opening || raw.len() as u64 > MAX_PAGE_BYTES {
            let limit_mib = MAX_PAGE_BYTES / (1024 * 1024);
            return Err(No::Bytes("too-large", format!("larger than {limit_mib} MiB: left out")));
        }
        if stopped == Some(super::unpack::Stopped::TooLarge) {
            return Err(No::Bytes("unpacks-too-large", super::unpack::Stopped::TooLarge.says(MAX_PAGE_BYTES)));
        }
        if raw.iter().all(u8::is_ascii_whitespace) {
            return match stopped {
                Some(stopped) => Err(No::Bytes(stopped.code(), stopped.says(MAX_PAGE_BYTES))),
                None => Err(No::Report("empty".to_owned())),
            };
        }
        let is_binary = !matches!(media_type, MediaType::Pdf | MediaType::Docx) && binary_kind(&raw).is_some();
        if is_binary {
            return Err(No::Report("labelled as text but binary".to_owned()));
        }
        let url = record.headers.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
        // A name is no address: whoever wrote the archive knew none.
        let url = url.filter(|url| !url.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("urn:")));
        let saved =
            record.headers.get("warc-date").filter(|_| record.headers.get("sitrep-retrieved") != Some("unknown"));
        let carrier = Carrier {
            kind: self.kind.to_owned(),
            record: Some(named(record.place)),
            title: url.as_ref().and_then(|url| self.titles.get(url)).cloned(),
            url,
            retrieved: saved.and_then(day),
            charset,
            ..Carrier::default()
        };
        Ok((self.origin.page(media_type, raw, carrier), stopped))
    }
}

/// Why a record gives no page.
enum No {
    /// It is no report: what it is instead, in the plural; empty for the archive's own bookkeeping.
    Report(String),
    /// It could not be read: code and words.
    Bytes(&'static str, String),
}

type Response = (MediaType, Option<String>, Vec<u8>, Option<super::unpack::Stopped>);

fn response(record: &Record) -> Result<Response, No> {
    let url = record.headers.get("warc-target-uri");
    if url.is_some_and(|url| url.trim_start_matches('<').starts_with("dns:")) {
        return Err(No::Report(String::new()));
    }
    let Some(answer) = http::answer(&record.body) else {
        return Err(No::Bytes("no-answer", "the record holds no server's answer".to_owned()));
    };
    if answer.status != 200 {
        return Err(No::Report(format!("answered {}", answer.status)));
    }
    let (told, charset) = http::content_type(answer.headers.get("content-type").unwrap_or_default());
    let unpacked = answer.headers.get("content-encoding").is_none();
    let what = wanted(&told, url, if unpacked { answer.sent } else { &[] })?;
    let (raw, stopped) = http::body(&answer, MAX_PAGE_BYTES);
    Ok((what, charset, raw, stopped))
}

/// The kind of page that a record labelled `told` holds, or what it is instead.
fn wanted(told: &str, url: Option<&str>, body: &[u8]) -> Result<MediaType, No> {
    let is_robots = || url.is_some_and(|url| url.trim_end_matches('>').ends_with("/robots.txt"));
    match told {
        "text/html" | "application/xhtml+xml" => Ok(MediaType::Html),
        "text/plain" if is_robots() => Err(No::Report("robots.txt".to_owned())),
        "text/plain" if looks_like_html(body) => Ok(MediaType::Html),
        "text/plain" | "text/markdown" => Ok(MediaType::Text),
        "application/pdf" => Ok(MediaType::Pdf),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Ok(MediaType::Docx),
        "" | "application/octet-stream" if body.starts_with(b"%PDF") => Ok(MediaType::Pdf),
        "" | "application/octet-stream" if looks_like_html(body) => Ok(MediaType::Html),
        "" => Err(No::Report("without a type".to_owned())),
        other => Err(No::Report(match other.split_once('/') {
            Some((family @ ("image" | "video" | "audio" | "font"), _)) => format!("{family} files"),
            _ => other.chars().filter(|c| c.is_ascii_graphic()).take(60).collect(),
        })),
    }
}

/// A record's name: its byte in the file, and behind a plus sign its byte within the gzip member when it does not begin there.
fn named(place: Place) -> String {
    match place.inside {
        0 => format!("@{}", place.offset),
        inside => format!("@{}+{inside}", place.offset),
    }
}

/// The day of a `WARC-Date`.
fn day(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}
