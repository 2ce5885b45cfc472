//! Where the files of an export go: memory, a folder, one file.
//!
//! In: names and bytes. Out: files. Never two files of one name.

use std::io::{self, Write};

use super::Loss;

/// Takes the files of an export one after the other.
pub trait Files {
    /// Begins the file `name`, which may stand in a folder (`events/e_1.html`); the file before it is whole.
    ///
    /// # Errors
    /// When the file cannot be made, or the one before it cannot be finished.
    fn file(&mut self, name: &str) -> io::Result<&mut (dyn Write + Send)>;
}

/// One file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    /// Its name: `events.csv`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Files for Vec<ExportFile> {
    fn file(&mut self, name: &str) -> io::Result<&mut (dyn Write + Send)> {
        self.push(ExportFile { name: name.to_owned(), bytes: Vec::new() });
        Ok(&mut self.last_mut().expect("it was pushed just now").bytes)
    }
}

impl ExportFile {
    /// Its content as text; empty when it is none.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }

    /// The media type of its content, by its name.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        media_type(&self.name)
    }
}

/// The media type of a file of an export, by its name.
pub(super) fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("csv") => "text/csv; charset=utf-8",
        Some("tsv") => "text/tab-separated-values; charset=utf-8",
        Some("jsonl") => "application/x-ndjson",
        Some("ndjson") => "application/x-ndjson",
        Some("json") => "application/json",
        Some("jsonld") => "application/ld+json",
        Some("geojson") => "application/geo+json",
        Some("geojsons") => "application/geo+json-seq",
        Some("kml") => "application/vnd.google-earth.kml+xml",
        Some("trig") => "application/trig",
        Some("parquet") => "application/vnd.apache.parquet",
        Some("md") => "text/markdown; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    }
}

/// An export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The files, in order.
    pub files: Vec<ExportFile>,
    /// What they could not hold.
    pub loss: Loss,
}

impl Exported {
    /// The one file meant by a path the user gave for a single file: the one whose name is part of the path's file name, else
    /// the first.
    #[must_use]
    pub fn meant_by(&self, file_name: &str) -> Option<&ExportFile> {
        let stem = |file: &ExportFile| file.name.split('.').next().unwrap_or_default().to_owned();
        let wanted = file_name.to_lowercase();
        self.files.iter().find(|file| wanted.contains(&stem(file))).or(self.files.first())
    }
}
