//! One file of an export over HTTP, made while it is sent.
//!
//! In: a format, the filter of the command line, a profile. Out: the bytes that `sitrep export` writes, without a copy of the whole in memory.
//! Readers' names are replaced in the contents already.

use std::io::{self, Write};

use axum::body::Body;
use sitrep::show::Names;
use sitrep::show::export::{ExportFormat, ExportOptions, Files, PublicRules, write};

use crate::lists::{self, Pieces};
use crate::problem::Wrong;
use crate::routes::Asked;

/// Formats of which one file is of use: a site has many, and `sitrep export` writes them.
fn offered() -> impl Iterator<Item = ExportFormat> {
    ExportFormat::ALL.iter().copied().filter(|format| format.name() != "html")
}

/// Names of the formats.
pub(crate) fn formats() -> Vec<&'static str> {
    offered().map(ExportFormat::name).collect()
}

/// Names of the files that formats have.
pub(crate) fn files() -> Vec<&'static str> {
    let mut names: Vec<&str> = offered().flat_map(ExportFormat::files).copied().collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Media types of the files that formats have.
pub(crate) fn media_types() -> Vec<&'static str> {
    let mut types: Vec<&str> = files().into_iter().map(ExportFormat::media_type_of).collect();
    types.sort_unstable();
    types.dedup();
    types
}

/// `GET /api/export/{format}`
pub(crate) fn stream(asked: &Asked<'_>) -> Result<(&'static str, Body), Wrong> {
    let format = offered()
        .find(|format| format.name() == asked.id)
        .ok_or_else(|| Wrong::Missing(format!("format {}; there are: {}", asked.id, formats().join(", "))))?;
    let file = match asked.query.value("file").filter(|name| !name.is_empty()) {
        None => format.meant_by(""),
        Some(name) => *format.files().iter().find(|it| **it == name).ok_or_else(|| {
            Wrong::Missing(format!("file {name} of {}; there are: {}", asked.id, format.files().join(", ")))
        })?,
    };
    let profile = asked.query.value("profile").unwrap_or_default().to_owned();
    let aggregate = asked.query.value("aggregate") == Some("1");
    let held = lists::asked_for(asked)?;
    let offsets = lists::options(asked).offsets;
    let body = lists::sent(move |pieces| {
        let rules = (profile == "public").then(PublicRules::built_in);
        let spreadsheet = profile == "spreadsheet";
        let options = ExportOptions {
            spreadsheet,
            offsets,
            names: Names::Keep,
            aggregate,
            public: rules.as_ref(),
            outlines: None,
        };
        write(held.contents(), format, &options, &mut Only { file, pieces, nowhere: io::sink() }).map(drop)
    });
    Ok((ExportFormat::media_type_of(file), body))
}

/// Sends one file and lets the others go.
struct Only<'p> {
    file: &'static str,
    pieces: &'p mut Pieces,
    nowhere: io::Sink,
}

impl Files for Only<'_> {
    fn file(&mut self, name: &str) -> io::Result<&mut (dyn Write + Send)> {
        Ok(if name == self.file { self.pieces } else { &mut self.nowhere })
    }
}
