//! Records of a web archive, one after the other.
//!
//! In: the archive's bytes. Out: [`Found`]: a record with its headers and body, or what stands where a record should. A wrong length is
//! put right by looking for the next record. Never holds a body larger than a page may be; the rest of a larger one is skipped.

use memchr::memmem;

use super::stream::{Damage, Place, Stream};
use crate::open::MAX_PAGE_BYTES;

/// The longest body that is kept: a page and the server's headers before it.
const MAX_BODY_BYTES: usize = MAX_PAGE_BYTES as usize + 64 * 1024;
/// What is kept of a longer body, to tell what it was.
const OPENING_BYTES: usize = 64 * 1024;
const MAX_HEADER_BYTES: usize = 64 * 1024;
/// How a record begins, behind the end of another.
const NEXT: &[u8] = b"\r\n\r\nWARC/";

/// What stands next in an archive.
pub(super) enum Found {
    Record(Record),
    /// No record, or an unfinished one: the archive goes on behind it.
    Damage(Place, &'static str, String),
    End,
}

/// A record.
pub(super) struct Record {
    pub(super) place: Place,
    pub(super) headers: Headers,
    pub(super) body: Vec<u8>,
    /// Whether `body` is only the opening of a body that is too long.
    pub(super) is_opening: bool,
    /// What was wrong with it: code and words. The body is what could be read.
    pub(super) problem: Option<(&'static str, String)>,
}

/// Names in small letters, with their values.
#[derive(Debug, Default)]
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    /// Reads header lines up to the first blank one. Lines without a colon go on with the line before when they are indented, and
    /// are left out when not.
    pub(super) fn of(bytes: &[u8]) -> Headers {
        let mut out: Vec<(String, String)> = Vec::new();
        for line in bytes.split(|b| *b == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let text = String::from_utf8_lossy(line);
            if line.first().is_some_and(|b| matches!(b, b' ' | b'\t')) {
                if let Some((_, value)) = out.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            } else if let Some((name, value)) = text.split_once(':') {
                out.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Headers(out)
    }

    /// The first value of a name, given in small letters.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The next record.
pub(super) fn next(stream: &mut Stream<'_>) -> Found {
    if !to_start(stream) {
        return match stream.take_damage() {
            Some(damage) => hurt(stream.place(), damage),
            None => Found::End,
        };
    }
    let place = stream.place();
    if !begins(stream.window()) {
        skip_to_record(stream);
        return Found::Damage(place, "no-record", "not the beginning of a record: skipped to the next one".to_owned());
    }
    if let Some(headers) = head(stream) {
        return body(stream, place, headers);
    }
    skip_to_record(stream);
    if stream.window().is_empty()
        && let Some(damage) = stream.take_damage()
    {
        return hurt(place, damage);
    }
    Found::Damage(place, "bad-header", "the record's header does not end: skipped to the next record".to_owned())
}

fn hurt(place: Place, damage: Damage) -> Found {
    let inside = if damage.offset == place.offset { place.inside } else { 0 };
    Found::Damage(Place { offset: damage.offset, inside }, damage.code, damage.why)
}

/// Takes blank lines; false at the end.
fn to_start(stream: &mut Stream<'_>) -> bool {
    loop {
        stream.ensure(8);
        let blank = stream.window().iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        if blank == 0 {
            return !stream.window().is_empty();
        }
        stream.take(blank);
    }
}

fn begins(window: &[u8]) -> bool {
    window.starts_with(b"WARC/") && window.get(5).is_some_and(u8::is_ascii_digit)
}

/// Skips to where a record seems to begin. Inside a line is good enough: what is no record is said and skipped again.
fn skip_to_record(stream: &mut Stream<'_>) {
    stream.take(1);
    stream.skip_to(b"WARC/");
}

/// The header's lines, taken; `None` when they do not end within the limit.
fn head(stream: &mut Stream<'_>) -> Option<Headers> {
    let mut size = 1024;
    loop {
        stream.ensure(size);
        let window = stream.window();
        let window = window.get(..MAX_HEADER_BYTES).unwrap_or(window);
        if let Some((end, skip)) = blank_line(window) {
            let headers = Headers::of(&window[..end]);
            stream.take(end + skip);
            return Some(headers);
        }
        if size >= MAX_HEADER_BYTES || window.len() < size {
            return None;
        }
        size *= 4;
    }
}

/// Where the first blank line begins, and how many bytes to skip to what follows it.
pub(super) fn blank_line(bytes: &[u8]) -> Option<(usize, usize)> {
    let crlf = memmem::find(bytes, b"\r\n\r\n").map(|at| (at, 4));
    let bare = memmem::find(bytes, b"\n\n").map(|at| (at, 2));
    match (crlf, bare) {
        (Some(a), Some(b)) => Some(if a.0 < b.0 { a } else { b }),
        (a, b) => a.or(b),
    }
}

fn body(stream: &mut Stream<'_>, place: Place, headers: Headers) -> Found {
    let Some(length) = headers.get("content-length").and_then(|value| value.parse::<u64>().ok()) else {
        let why = "no Content-Length: the record ends where the next one begins".to_owned();
        return until_next(stream, place, headers, 0, ("no-length", why));
    };
    let Ok(length) = usize::try_from(length.min(usize::MAX as u64 / 2)) else { return Found::End };
    if length > MAX_BODY_BYTES {
        return opening(stream, place, headers, length);
    }
    stream.ensure(length + 16);
    let window = stream.window();
    if window.len() < length {
        // Either the archive is cut short or damaged, or the length is a lie and the next record is in what is at hand.
        if let Some(at) = next_record(window) {
            return shorter(stream, place, headers, at);
        }
        let body = window.to_vec();
        let n_bytes = body.len();
        stream.take(n_bytes);
        let problem = match stream.take_damage() {
            Some(damage) => (damage.code, damage.why),
            None => ("truncated", format!("{n_bytes} of {length} bytes are there: cut short")),
        };
        return Found::Record(Record { place, headers, body, is_opening: false, problem: Some(problem) });
    }
    let behind = &window[length..];
    let blank = behind.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    // Behind the four bytes that end a record anything may stand; that it is no record is the next call's to say.
    if blank == behind.len() || behind.starts_with(b"\r\n\r\n") || begins(&behind[blank..]) {
        let body = window[..length].to_vec();
        stream.take(length);
        return Found::Record(Record { place, headers, body, is_opening: false, problem: None });
    }
    if let Some(at) = next_record(&window[..length]) {
        return shorter(stream, place, headers, at);
    }
    let why = "Content-Length is too small: read to the next record".to_owned();
    until_next(stream, place, headers, length, ("wrong-length", why))
}

/// Where the next record stands in a body that was claimed to go on.
fn next_record(window: &[u8]) -> Option<usize> {
    memmem::find_iter(window, NEXT).find(|at| begins(&window[at + 4..]))
}

fn shorter(stream: &mut Stream<'_>, place: Place, headers: Headers, length: usize) -> Found {
    let body = stream.window()[..length].to_vec();
    stream.take(length);
    let problem = Some(("wrong-length", "Content-Length is too large: read to the next record".to_owned()));
    Found::Record(Record { place, headers, body, is_opening: false, problem })
}

/// A body whose length is not to be trusted: at least `from` bytes, up to where the next record begins.
fn until_next(
    stream: &mut Stream<'_>,
    place: Place,
    headers: Headers,
    from: usize,
    problem: (&'static str, String),
) -> Found {
    let mut size = from + OPENING_BYTES;
    let mut searched = from.saturating_sub(NEXT.len());
    let (end, is_last) = loop {
        stream.ensure(size);
        let window = stream.window();
        if let Some(at) = next_record(&window[searched.min(window.len())..]) {
            break (at + searched, false);
        }
        if window.len() < size || size >= MAX_BODY_BYTES {
            break (window.len().min(MAX_BODY_BYTES), window.len() < size);
        }
        searched = window.len() - NEXT.len();
        size = (size * 2).min(MAX_BODY_BYTES);
    };
    let body = stream.window()[..end].to_vec();
    stream.take(end);
    // Damage met on the way is the better reason.
    let damage = if is_last { stream.take_damage() } else { None };
    let problem = damage.map_or(problem, |damage| (damage.code, damage.why));
    Found::Record(Record { place, headers, body, is_opening: false, problem: Some(problem) })
}

/// The opening of a body that is too long; the rest is skipped, and where another record stands in it, only up to there.
fn opening(stream: &mut Stream<'_>, place: Place, headers: Headers, length: usize) -> Found {
    stream.ensure(OPENING_BYTES);
    let mut problem = None;
    let window = stream.window();
    let body = window[..window.len().min(OPENING_BYTES)].to_vec();
    let mut left = length;
    while left > 0 && problem.is_none() {
        stream.ensure(OPENING_BYTES);
        if stream.window().is_empty() {
            problem = stream.take_damage().map(|damage| (damage.code, damage.why));
            break;
        }
        let window = stream.window();
        if let Some(at) = next_record(window).filter(|at| *at < left) {
            stream.take(at);
            problem = Some(("wrong-length", "Content-Length is too large: read to the next record".to_owned()));
            break;
        }
        // The last bytes may be the first of a record's beginning.
        let keep = if window.len() >= OPENING_BYTES { NEXT.len() } else { 0 };
        let n = (window.len() - keep).min(left);
        stream.take(n);
        left -= n;
    }
    Found::Record(Record { place, headers, body, is_opening: true, problem })
}
