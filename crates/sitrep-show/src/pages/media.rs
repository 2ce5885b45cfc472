//! The pictures, videos and sounds of a report, folded away: what the page and the file say of each.
//!
//! In: a document. Out: markup. Shows no picture and makes no link: the files stay where the page was saved.

use maud::{Markup, html};
use sitrep_model::Document;

use super::parts::shown;
use crate::why_page::file_says;
use crate::words;

const MOST_MEDIA: usize = 200;

pub(super) fn media(document: &Document) -> Markup {
    html! {
        @if !document.media.is_empty() {
            section aria-labelledby="media" {
                h2 id="media" { "Pictures and videos" }
                details {
                    summary { (words::count(document.media.len(), "item", "items")) ", not shown" }
                    p class="quiet" { "Caption and credit are the page’s words; what a file says of itself can be wrong or forged." }
                    @for item in document.media.iter().take(MOST_MEDIA) {
                        dl class="facts" {
                            div { dt { (format!("{:?}", item.kind)) } dd { code { (shown(&item.src)) } } }
                            @if let Some(caption) = &item.caption { div { dt { "Caption" } dd dir="auto" { (shown(caption)) } } }
                            @if let Some(credit) = &item.credit { div { dt { "Provided by" } dd { (shown(credit)) } } }
                            @if let Some((width, height)) = item.width_px.zip(item.height_px) { div { dt { "Size" } dd { (width) " × " (height) " pixels" } } }
                            @match &item.sha256 {
                                Some(sha256) => div { dt { "SHA-256" } dd { code class="hash" { (sha256) } } },
                                None => div { dt { "File" } dd { "was not beside the page" } },
                            }
                            @if let Some(says) = file_says(item) { div { dt { "The file says" } dd { (shown(&says)) } } }
                        }
                    }
                    @if document.media.len() > MOST_MEDIA { p class="caution" { (document.media.len() - MOST_MEDIA) " more are not listed here." } }
                }
            }
        }
    }
}
