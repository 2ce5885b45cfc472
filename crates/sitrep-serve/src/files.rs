//! What the record holds in numbers, and the files of exports.
//!
//! In: contents. Out: JSON, or the file of an export. Readers' names are always replaced.

use serde_json::json;
use sitrep::model::Contents;
use sitrep::show::Names;
use sitrep::show::export::{ExportFormat, ExportOptions, export as exported};

use crate::plain::Answer;
use crate::query::Query;

/// `/about.json`: what the record was made with and how much it holds.
pub(crate) fn about(contents: &Contents) -> anyhow::Result<Answer> {
    let about = json!({
        "program": sitrep::VERSION,
        "edition": contents.edition,
        "pages": contents.pages.len(),
        "claims": contents.claims.len(),
        "events": contents.events.len(),
        "disputes": contents.disputes.len(),
        "forecasts": contents.forecasts.len(),
        "rulings": contents.rulings.len(),
    });
    Ok(Answer::ok("application/json", serde_json::to_vec_pretty(&about)?))
}

/// `/export/{format}`, `?file=` for one that is not the first.
pub(crate) fn export(contents: &Contents, name: &str, query: &Query, names: Names<'_>) -> Option<Answer> {
    let format = ExportFormat::from_name(name)?;
    let exported = exported(contents, format, &ExportOptions { names, ..ExportOptions::default() });
    let file = exported.meant_by(query.value("file").unwrap_or(""))?;
    Some(Answer::ok(file.media_type(), file.bytes.clone()))
}
