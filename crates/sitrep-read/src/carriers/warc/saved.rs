//! Pictures, videos and sounds of a web archive, looked at before its pages are read: a page may stand before its pictures.
//!
//! In: an archive that can be wound back. Out: [`Files`] by address. Reads the archive once through and keeps no bytes of it.

use std::io::{Seek as _, SeekFrom};

use super::super::ReadSeek;
use super::super::files::{Files, is_media};
use super::http;
use super::packed::Packing;
use super::record::{self, Found, Record};
use super::stream::Stream;
use crate::Source;
use crate::open::MAX_PAGE_BYTES;

/// The files of the archive in `reader`, which is wound back behind it; `None` when it cannot be.
pub(super) fn wound_back<'s>(
    mut reader: Box<dyn ReadSeek + 's>,
    packing: Packing,
    source: &Source,
) -> (Box<dyn ReadSeek + 's>, Option<Files>) {
    let Ok(start) = reader.stream_position() else { return (reader, None) };
    // What can be wound to its end can be wound to its start.
    if reader.seek(SeekFrom::End(0)).is_err() || reader.seek(SeekFrom::Start(start)).is_err() {
        return (reader, None);
    }
    let mut files = Files::of_archive(source);
    read(&mut Stream::new(Box::new(&mut reader), packing), &mut files);
    // If the file went away meanwhile, reading on says so.
    let _ = reader.seek(SeekFrom::Start(start));
    (reader, Some(files))
}

/// Adds the files of an archive to `files`.
pub(super) fn read(stream: &mut Stream<'_>, files: &mut Files) {
    loop {
        match record::next(stream) {
            Found::Record(record) => look(&record, files),
            Found::Damage(..) => {}
            Found::End => return,
        }
    }
}

fn look(record: &Record, files: &mut Files) {
    let Some(url) = record.headers.get("warc-target-uri").filter(|_| !record.is_opening && record.problem.is_none())
    else {
        return;
    };
    let own = record.headers.get("content-type").unwrap_or_default();
    match record.headers.get("warc-type") {
        Some("resource" | "conversion") if is_media(&http::content_type(own).0) => files.add(url, &record.body),
        Some("response") => {
            let Some(answer) = http::answer(&record.body).filter(|answer| answer.status == 200) else { return };
            if is_media(&http::content_type(answer.headers.get("content-type").unwrap_or_default()).0) {
                let (bytes, stopped) = http::body(&answer, MAX_PAGE_BYTES);
                if stopped.is_none() {
                    files.add(url, &bytes);
                }
            }
        }
        _ => {}
    }
}
