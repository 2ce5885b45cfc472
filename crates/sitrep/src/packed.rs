//! A report, understood on one machine and added to a record on another.
//!
//! In: an [`Understood`] and the kit that made it. Out: bytes, and back. What was understood with other rules, places or another model is refused: a
//! record is of one edition. Stills of pictures do not travel.

use serde::{Deserialize, Serialize};
use sitrep_model::{Claim, Custody, Document, Edition, MediaType, Note, Page, PageId, PageMeta};

use crate::{Kit, Understood};

/// Length of the number before the head.
const LENGTH_BYTES: usize = 8;

#[derive(Serialize)]
struct HeadOf<'u> {
    edition: &'u Edition,
    id: &'u PageId,
    path: &'u str,
    media_type: MediaType,
    meta: &'u PageMeta,
    sha256: &'u str,
    custody: &'u Custody,
    document: &'u Document,
    claims: &'u [Claim],
    notes: &'u [Note],
}

#[derive(Deserialize)]
struct Head {
    edition: Edition,
    id: PageId,
    path: String,
    media_type: MediaType,
    meta: PageMeta,
    sha256: String,
    custody: Custody,
    document: Document,
    claims: Vec<Claim>,
    notes: Vec<Note>,
}

/// Why bytes are no packed report for this kit.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackedError {
    /// The bytes are something else, or damaged.
    #[error("not a packed report ({0})")]
    Damaged(String),
    /// It was made by another edition of the program.
    #[error("a report was understood with other rules, places or another model than this program has")]
    OtherEdition,
}

/// The report as bytes: the length of its head in little-endian, the head in JSON, the page as it came.
#[must_use]
pub fn pack(kit: &Kit, report: &Understood) -> Vec<u8> {
    let Understood { page, document, claims, notes, .. } = report;
    let head = HeadOf {
        edition: &kit.edition(),
        id: &page.id,
        path: &page.path,
        media_type: page.media_type,
        meta: &page.meta,
        sha256: &page.sha256,
        custody: &page.custody,
        document,
        claims,
        notes,
    };
    let mut out = vec![0; LENGTH_BYTES];
    serde_json::to_writer(&mut out, &head).expect("the nouns have no map with keys that are not text");
    let length = ((out.len() - LENGTH_BYTES) as u64).to_le_bytes();
    out[..LENGTH_BYTES].copy_from_slice(&length);
    out.extend_from_slice(&page.raw);
    out
}

/// The report that was packed.
///
/// # Errors
/// When the bytes are something else, or another edition made them.
pub fn unpack(kit: &Kit, bytes: &[u8]) -> Result<Understood, PackedError> {
    let damaged = |why: &str| PackedError::Damaged(why.to_owned());
    let (length, rest) = bytes.split_first_chunk::<LENGTH_BYTES>().ok_or_else(|| damaged("too short"))?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged("too long"))?;
    let head = rest.get(..length).ok_or_else(|| damaged("cut short"))?;
    let raw = rest.get(length..).unwrap_or_default().to_vec();
    let head: Head = serde_json::from_slice(head).map_err(|error| PackedError::Damaged(error.to_string()))?;
    if head.edition != kit.edition() {
        return Err(PackedError::OtherEdition);
    }
    if sitrep_model::sha256_hex(&raw) != head.sha256 {
        return Err(damaged("the page is another one"));
    }
    let Head { id, path, media_type, meta, sha256, custody, document, claims, notes, .. } = head;
    let page = Page { id, path, media_type, meta, raw, sha256, custody };
    Ok(Understood { page, document, claims, notes, thumbnails: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{page_of, pipeline};

    #[test]
    fn what_was_packed_is_the_same_again_and_damage_is_seen() {
        let kit = Kit::load().unwrap();
        let text = "On May 5, government forces captured the town of Varnesh – the army said.";
        let page = page_of("a.txt", MediaType::Text, text.as_bytes().to_vec(), PageMeta::default(), "test");
        let report = pipeline::understand(&kit, page);
        let packed = pack(&kit, &report);
        let again = unpack(&kit, &packed).unwrap();
        assert_eq!((&again.page, &again.document, &again.claims), (&report.page, &report.document, &report.claims));
        for cut in [0, 7, 8, 20, packed.len() - 1] {
            assert!(unpack(&kit, &packed[..cut]).is_err(), "cut after {cut} bytes");
        }
        let other = String::from_utf8_lossy(&packed).replace(&kit.edition().rules, &"0".repeat(64)).into_bytes();
        assert!(matches!(unpack(&kit, &other), Err(PackedError::OtherEdition)));
    }
}
