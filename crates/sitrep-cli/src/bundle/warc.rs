//! The pages of a record as WARC 1.1 records (ISO 28500:2017), each a gzip member of its own.
//!
//! In: pages. Out: `warcinfo` once, then one `resource` record for each page that still has its bytes. Never rewrites a byte of a page; a
//! page of which nobody knows when it was saved says so (`Sitrep-Retrieved: unknown`), as the format has no way to.

use std::io::{self, Write};

use flate2::{Compression, GzBuilder};
use sha2::{Digest as _, Sha256};
use sitrep::model::{MediaType, Page};

use super::hex;

/// The date of a page of which neither the user nor the log says when it came.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// The record that says what the file is.
pub(super) fn begin(out: &mut impl Write) -> io::Result<()> {
    let block = format!("software: sitrep {}\r\nformat: WARC File Format 1.1\r\n", sitrep::VERSION);
    let head = format!("WARC-Type: warcinfo\r\nWARC-Date: {NEVER}\r\nContent-Type: application/warc-fields\r\n");
    record(out, &head, block.as_bytes())
}

/// One page; `noted` is when the log says it came into the record.
pub(super) fn page(out: &mut impl Write, page: &Page, noted: Option<&str>) -> io::Result<()> {
    let carrier = page.custody.carrier.as_deref();
    let url = page.meta.url.as_deref().or_else(|| carrier?.url.as_deref());
    // An address with a line end in it would end the header.
    let url = url.filter(|url| !url.is_empty() && !url.chars().any(|c| c.is_control() || c == ' '));
    let uri = url.map_or_else(|| format!("urn:sitrep:page:{}", page.id), str::to_owned);
    let (date, known) = match page.meta.retrieved.or_else(|| carrier?.retrieved) {
        Some(day) => (format!("{day}T00:00:00Z"), ""),
        None => (noted.unwrap_or(NEVER).to_owned(), "Sitrep-Retrieved: unknown\r\n"),
    };
    let charset =
        carrier.and_then(|it| it.charset.as_deref()).filter(|name| name.chars().all(|c| c.is_ascii_graphic()));
    let charset = charset.map_or_else(String::new, |name| format!("; charset={name}"));
    let head = format!(
        "WARC-Type: resource\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {date}\r\n{known}Sitrep-Page: {}\r\n\
         WARC-Payload-Digest: sha256:{}\r\nContent-Type: {}{charset}\r\n",
        page.id,
        hex(&Sha256::digest(&page.raw)),
        kind(page.media_type)
    );
    record(out, &head, &page.raw)
}

fn kind(media_type: MediaType) -> &'static str {
    match media_type {
        MediaType::Html => "text/html",
        MediaType::Text => "text/plain",
        MediaType::Pdf => "application/pdf",
        MediaType::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
}

fn record(out: &mut impl Write, head: &str, block: &[u8]) -> io::Result<()> {
    let digest = hex(&Sha256::digest(block));
    let name = hex(&Sha256::digest(format!("{head}{digest}")));
    let mut member = GzBuilder::new().write(out, Compression::new(6));
    write!(
        member,
        "WARC/1.1\r\nWARC-Record-ID: <urn:sha256:{name}>\r\n{head}WARC-Block-Digest: sha256:{digest}\r\n\
         Content-Length: {}\r\n\r\n",
        block.len()
    )?;
    member.write_all(block)?;
    member.write_all(b"\r\n\r\n")?;
    member.finish()?;
    Ok(())
}
