//! Answers as WARC 1.1 records (ISO 28500:2017), each a gzip member of its own.
//!
//! In: answers. Out: `warcinfo` once, then one `response` record for each. The body is kept as the server sent it, freed of
//! chunking; the header block says its length as kept. Never rewrites a body.

use std::io::{self, Write};

use flate2::{Compression, GzBuilder};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use url::Url;

use crate::client::{AGENT, Answer};

/// A WARC file being written.
pub(crate) struct Archive<W: Write> {
    out: W,
}

impl<W: Write> Archive<W> {
    /// A file that says who wrote it.
    pub(crate) fn begin(out: W) -> io::Result<Archive<W>> {
        let mut archive = Archive { out };
        let block = format!("software: {AGENT}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n");
        archive.record("warcinfo", None, "application/warc-fields", block.as_bytes(), &[])?;
        Ok(archive)
    }

    /// One answer.
    pub(crate) fn response(&mut self, url: &Url, answer: &Answer) -> io::Result<()> {
        let mut block = format!("HTTP/1.1 {}\r\n", answer.status).into_bytes();
        for (name, value) in &answer.headers {
            if ["transfer-encoding", "content-length"].iter().any(|n| name.eq_ignore_ascii_case(n)) {
                continue;
            }
            block.extend_from_slice(name.as_bytes());
            block.extend_from_slice(b": ");
            block.extend_from_slice(value);
            block.extend_from_slice(b"\r\n");
        }
        block.extend_from_slice(format!("Content-Length: {}\r\n\r\n", answer.body.len()).as_bytes());
        block.extend_from_slice(&answer.body);
        self.record("response", Some(url), "application/http;msgtype=response", &block, &answer.body)
    }

    /// Everything to the disk.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn record(&mut self, kind: &str, url: Option<&Url>, content: &str, block: &[u8], payload: &[u8]) -> io::Result<()> {
        let date = now();
        let mut head = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: {date}\r\n");
        let digest = hex(&Sha256::digest(block));
        // A name for the record that two records share only when they are the same answer of the same second.
        head.push_str(&format!("WARC-Record-ID: <urn:sha256:{}>\r\n", name(&date, url, &digest)));
        if let Some(url) = url {
            head.push_str(&format!("WARC-Target-URI: {url}\r\n"));
            head.push_str(&format!("WARC-Payload-Digest: sha256:{}\r\n", hex(&Sha256::digest(payload))));
        }
        head.push_str(&format!("WARC-Block-Digest: sha256:{digest}\r\n"));
        head.push_str(&format!("Content-Type: {content}\r\nContent-Length: {}\r\n\r\n", block.len()));
        let mut member = GzBuilder::new().write(&mut self.out, Compression::default());
        member.write_all(head.as_bytes())?;
        member.write_all(block)?;
        member.write_all(b"\r\n\r\n")?;
        member.finish()?;
        Ok(())
    }
}

/// The time of fetching, to the second.
#[expect(
    clippy::disallowed_methods,
    reason = "when a page was fetched is a fact about the outside world, kept in the archive"
)]
fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn name(date: &str, url: Option<&Url>, digest: &str) -> String {
    let url = url.map(Url::as_str).unwrap_or_default();
    hex(&Sha256::digest(format!("{date}\n{url}\n{digest}")))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
