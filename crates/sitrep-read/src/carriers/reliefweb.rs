//! Reports as ReliefWeb's interface gives them: an answer with a list of reports, or one report an object.
//!
//! In: an opened carrier. Out: one page for each report with a body or a title. Where a report keeps what is a row of
//! `data/post_fields.toml`, so a report is read as a post is; this file only tells such an answer from other JSON.

use super::{Opened, Pages, posts};

/// Whether an input is an answer of ReliefWeb's interface.
pub(super) fn fits(_name: &str, head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let json = head.trim_start_matches('\u{FEFF}').trim_start().starts_with(['{', '[']);
    json && (head.contains("api.reliefweb.int") || head.contains("\"fields\"") && head.contains("reliefweb.int"))
}

/// Its reports.
pub(super) fn pages(opened: Opened<'_>) -> Pages<'_> {
    posts::pages(opened)
}
