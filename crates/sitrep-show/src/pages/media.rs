//! The pictures, videos and sounds of a report, folded away: what the page and the file say of each, and a small still where there is one.
//!
//! In: a document and the stills there are. Out: markup. Shows no picture before the reader unfolds them, as war reporting may be
//! graphic, and makes no link: the files stay where the page was saved.

use std::collections::BTreeMap;

use maud::{Markup, html};
use sitrep_model::{Document, Media};

use super::parts::shown;
use crate::why_page::file_says;
use crate::words;

const MOST_MEDIA: usize = 200;

/// Width and height in pixels of the small stills there are, by the SHA-256 of their picture.
pub type Stills = BTreeMap<String, (u32, u32)>;

pub(super) fn media(document: &Document, stills: &Stills) -> Markup {
    let n_items = words::count(document.media.len(), "item", "items");
    let shown = document.media.iter().take(MOST_MEDIA).filter_map(|item| item.sha256.as_ref());
    let n_stills = shown.filter(|sha256| stills.contains_key(*sha256)).count();
    html! {
        @if !document.media.is_empty() {
            section aria-labelledby="media" {
                h2 id="media" { "Pictures and videos" }
                details {
                    summary {
                        @if stills.is_empty() { (n_items) ", not shown" }
                        @else { (n_items) ", " (words::count(n_stills, "still", "stills")) "; pictures may be graphic" }
                    }
                    p class="quiet" {
                        "Caption and credit are the page’s words; what a file says of itself can be wrong or forged."
                        @if !stills.is_empty() { " The stills are small copies made when the page was read." }
                    }
                    @for item in document.media.iter().take(MOST_MEDIA) { (one(item, stills)) }
                    @if document.media.len() > MOST_MEDIA { p class="caution" { (document.media.len() - MOST_MEDIA) " more are not listed here." } }
                }
            }
        }
    }
}

fn one(item: &Media, stills: &Stills) -> Markup {
    let still = item.sha256.as_ref().and_then(|sha256| Some((sha256, stills.get(sha256)?)));
    let words = item.caption.as_deref().map_or("A picture without a caption".into(), shown);
    html! {
        div class="medium" {
            @if let Some((sha256, (width, height))) = still {
                div class="still" { img src=(format!("/media/{sha256}")) width=(width) height=(height) alt=(words) loading="lazy" decoding="async"; }
            }
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
    }
}
