//! W3C Web Annotations, one a claim: the body says what was understood, the target is the passage in the stored copy.
//!
//! In: contents. Out: one JSON-LD file. The target is the copy by its hash, never the live page, on which the words may have moved. Offsets
//! count code points of the text as the record holds it.

use std::io;

use serde_json::{Value, json};
use sitrep_model::{Claim, Contents, Document, OffsetUnit, Span};

use super::loss::Lost;
use super::{ExportOptions, Files, Loss};
use crate::index::Index;
use crate::list::ListOptions;
use crate::list::jsonl::Outward;
use crate::words;

/// Characters before and after the passage, by which a reader finds it again.
const AROUND_CHARS: usize = 32;

pub(super) fn annotations(contents: &Contents, options: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    // The standard counts code points, whatever other files count.
    let outward = Outward::of(contents, ListOptions { offsets: OffsetUnit::Chars, names: options.names });
    let out = files.file("annotations.jsonld")?;
    let head = json!({ "@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:sitrep:annotations", "type": "AnnotationPage" });
    let head = head.to_string();
    out.write_all(head.trim_end_matches('}').as_bytes())?;
    out.write_all(b",\"items\":[")?;
    let mut n = 0;
    for claim in &contents.claims {
        let Some(document) = index.document(claim.document.as_str()) else { continue };
        out.write_all(if n > 0 { b",\n" } else { b"\n" })?;
        serde_json::to_writer(&mut *out, &annotation(claim, document, &index, &outward, contents))?;
        n += 1;
    }
    out.write_all(b"\n]}\n")?;
    let mut loss = Loss::default();
    loss.add("claims whose document is outside this selection (left out)", contents.claims.len() - n);
    loss.parts(contents, &[Lost::Areas, Lost::Disputes, Lost::Forecasts, Lost::Links, Lost::Comments, Lost::Texts]);
    Ok(loss)
}

fn annotation<'c>(
    claim: &'c Claim,
    document: &'c Document,
    index: &Index<'c>,
    outward: &Outward<'_>,
    contents: &Contents,
) -> Value {
    let id = claim.document.as_str();
    let (before, after) = around(document, Span { start: claim.start, end: claim.end });
    let source = match index.page_of(document) {
        Some(page) => named_by_hash(&page.sha256),
        None => format!("urn:sitrep:{}", document.page),
    };
    let mut target = json!({
        "type": "SpecificResource",
        "source": source,
        "selector": [
            { "type": "TextQuoteSelector", "exact": claim.quote, "prefix": before, "suffix": after },
            { "type": "TextPositionSelector", "start": outward.at(id, claim.start), "end": outward.at(id, claim.end) },
        ],
    });
    if let (Some(published), Some(map)) = (&document.published, target.as_object_mut()) {
        let day = format!("{}T00:00:00Z", published.date);
        map.insert("state".to_owned(), json!({ "type": "TimeState", "sourceDate": day }));
    }
    json!({
        "id": format!("urn:sitrep:{}", claim.claim_id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": { "id": "urn:sitrep:program", "type": "Software", "name": format!("sitrep {}", contents.edition.version) },
        "body": [
            { "type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": claim.event.as_str() },
            { "type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": understood(claim, index) },
        ],
        "target": target,
    })
}

/// What was understood, in one line.
fn understood<'c>(claim: &'c Claim, index: &Index<'c>) -> String {
    let names =
        |actors: &[sitrep_model::ActorRef]| actors.iter().map(|it| it.name.clone()).collect::<Vec<_>>().join(", ");
    let by = if claim.is_reporting() { words::holders(claim, index.outlet_of(claim)) } else { "a reader".to_owned() };
    let mut parts = vec![format!("{}, {}", claim.status.as_str(), claim.polarity.as_str())];
    let said = [
        ("who", names(&claim.actors)),
        ("to whom", names(&claim.targets)),
        ("where", claim.place.as_ref().map(words::place_understood).unwrap_or_default()),
        ("when", claim.time.as_ref().map(words::when).unwrap_or_default()),
        ("numbers", claim.quantities.iter().map(words::quantity).collect::<Vec<_>>().join(", ")),
        ("according to", by),
    ];
    parts.extend(
        said.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}: {value}")),
    );
    parts.join("; ")
}

/// The words before and after a passage.
fn around(document: &Document, span: Span) -> (String, String) {
    let text = &document.text;
    let before = text.get(..span.start as usize).unwrap_or_default();
    let after = text.get(span.end as usize..).unwrap_or_default();
    let from = before.char_indices().rev().take(AROUND_CHARS).last().map_or(before.len(), |(at, _)| at);
    let to = after.char_indices().nth(AROUND_CHARS).map_or(after.len(), |(at, _)| at);
    // Where the words around are blanked there is nothing to find the passage by.
    let told = |text: &str| if text.trim().is_empty() { String::new() } else { text.to_owned() };
    (told(&before[from..]), told(&after[..to]))
}

/// A name that only these bytes have (RFC 6920): `ni:///sha-256;…`.
pub(super) fn named_by_hash(sha256_hex: &str) -> String {
    let bytes: Vec<u8> = (0..sha256_hex.len() / 2)
        .filter_map(|at| u8::from_str_radix(sha256_hex.get(at * 2..at * 2 + 2)?, 16).ok())
        .collect();
    format!("ni:///sha-256;{}", base64_url(&bytes))
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64 with the alphabet for addresses, no padding (RFC 4648, section 5).
fn base64_url(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            out.push(char::from(DIGITS[(bits >> (18 - 6 * digit) & 63) as usize]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_hash_is_that_of_the_standard() {
        // The example of RFC 6920: the hash of "Hello World!".
        let hash = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069";
        assert_eq!(named_by_hash(hash), "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk");
    }
}
