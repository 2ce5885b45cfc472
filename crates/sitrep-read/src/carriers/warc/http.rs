//! A server's answer as an archive keeps it: status, headers, and the body as the browser would have had it.
//!
//! In: the block of a `response` record. Out: [`Answer`]. Lenient: archives keep bodies with and without the packing that the headers
//! name, so what does not unpack is taken as it is. Never unpacks past the limit.

use std::borrow::Cow;

use super::super::unpack::{self, Stopped, Unpacked};
use super::record::{Headers, blank_line};

/// A server's answer.
pub(super) struct Answer<'b> {
    pub(super) status: u16,
    pub(super) headers: Headers,
    /// As sent: in chunks, packed.
    pub(super) sent: &'b [u8],
}

/// Reads a block; `None` when it does not begin as an answer does.
pub(super) fn answer(block: &[u8]) -> Option<Answer<'_>> {
    let line_end = block.iter().position(|b| *b == b'\n')?;
    let line = String::from_utf8_lossy(block.get(..line_end)?);
    let mut words = line.split_ascii_whitespace();
    if !words.next()?.to_ascii_uppercase().starts_with("HTTP") {
        return None;
    }
    let status = words.next()?.parse().ok()?;
    let (end, skip) = blank_line(block).unwrap_or((block.len(), 0));
    let headers = Headers::of(block.get(line_end + 1..end).unwrap_or_default());
    Some(Answer { status, headers, sent: &block[end + skip..] })
}

/// The body of an answer, and why it is not all of it.
pub(super) fn body(answer: &Answer<'_>, limit_bytes: u64) -> (Vec<u8>, Option<Stopped>) {
    let is_chunked =
        answer.headers.get("transfer-encoding").is_some_and(|v| v.to_ascii_lowercase().contains("chunked"));
    let sent = match is_chunked.then(|| whole(answer.sent)).flatten() {
        Some(whole) => Cow::Owned(whole),
        None => Cow::Borrowed(answer.sent),
    };
    let packing = answer.headers.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
    let unpacked: Option<Unpacked> = match packing.trim() {
        "gzip" | "x-gzip" if unpack::is_gzip(&sent) => Some(unpack::gzip(&sent[..], limit_bytes)),
        "deflate" => Some(unpack::deflate(&sent, limit_bytes)),
        "br" => Some(unpack::brotli(&sent, limit_bytes)),
        _ => None,
    };
    match unpacked {
        // Nothing came out: the archive kept it unpacked, whatever the header says.
        Some(Unpacked { bytes, stopped: Some(Stopped::Damaged) }) if bytes.is_empty() && looks_plain(&sent) => {
            (sent.into_owned(), None)
        }
        Some(Unpacked { bytes, stopped }) => (bytes, stopped),
        None => (sent.into_owned(), None),
    }
}

/// Whether bytes are text of some kind already.
fn looks_plain(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().first().is_some_and(|b| *b == b'<')
        || std::str::from_utf8(bytes.get(..512).unwrap_or(bytes)).is_ok_and(|text| !text.contains('\0'))
}

/// A body put together from its chunks, as far as they go; `None` when it is not in chunks at all.
fn whole(sent: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(sent.len());
    let mut rest = sent;
    let mut n_chunks = 0;
    while let Some(line_end) = rest.iter().take(128).position(|b| *b == b'\n') {
        let line = String::from_utf8_lossy(&rest[..line_end]);
        let size = line.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else { break };
        n_chunks += 1;
        rest = &rest[line_end + 1..];
        if size == 0 {
            break;
        }
        let n = size.min(rest.len());
        out.extend_from_slice(&rest[..n]);
        rest = &rest[n..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    (n_chunks > 0).then_some(out)
}

/// Media type in small letters and the charset of a `Content-Type`.
pub(super) fn content_type(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';');
    let media_type = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_ascii_lowercase())
    });
    (media_type, charset.filter(|name| !name.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(block: &[u8]) -> (u16, Vec<u8>) {
        let answer = answer(block).unwrap();
        (answer.status, body(&answer, 1000).0)
    }

    #[test]
    fn chunks_are_joined_and_what_is_not_in_chunks_is_kept() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(read(format!("{head}3\r\n<p>\r\n2;x=y\r\nab\r\n0\r\n\r\n").as_bytes()), (200, b"<p>ab".to_vec()));
        assert_eq!(read(format!("{head}3\r\n<p>\r\nFF\r\nab").as_bytes()), (200, b"<p>ab".to_vec()), "cut short");
        assert_eq!(read(format!("{head}<p>ab").as_bytes()), (200, b"<p>ab".to_vec()));
    }

    #[test]
    fn a_packing_that_is_only_claimed_does_no_harm() {
        for packing in ["gzip", "br", "deflate"] {
            let block = format!("HTTP/1.0 404 Not Found\nContent-Encoding: {packing}\n\n<p>The bridge fell.");
            assert_eq!(read(block.as_bytes()), (404, b"<p>The bridge fell.".to_vec()), "{packing}");
        }
    }

    #[test]
    fn content_types() {
        assert_eq!(content_type("Text/HTML; charset=\"UTF-8\""), ("text/html".to_owned(), Some("utf-8".to_owned())));
        assert_eq!(content_type("text/plain"), ("text/plain".to_owned(), None));
    }
}
