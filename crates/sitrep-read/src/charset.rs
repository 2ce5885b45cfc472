//! Bytes to text.
//!
//! In: raw bytes, and whether they are HTML. Out: [`Decoded`]: the text, the encoding's name, whether something was lost.
//! Never fails: unreadable bytes become U+FFFD. A byte order mark stays in plain text, so offsets stay those of the file.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use sitrep_model::{MediaType, Note, Page};

/// How far into a page a charset declaration is looked for. HTML says 1024; real pages put scripts first.
const DECLARATION_WINDOW_BYTES: usize = 8192;
/// How many bytes the guess is made from.
const GUESS_WINDOW_BYTES: usize = 65_536;

/// A page's text and how it was had.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) notes: Vec<Note>,
}

/// The text of a page: by byte order mark, as UTF-8 when valid, by its carrier's label, by its own declaration (HTML only), else
/// by a guess that is noted.
pub(crate) fn decode_page(page: &Page) -> Decoded {
    let label = page.custody.carrier.as_deref().and_then(|carrier| carrier.charset.as_deref());
    decode(&page.raw, page.media_type, label)
}

/// The same of bytes that may carry a label.
pub(crate) fn decode(bytes: &[u8], media_type: MediaType, label: Option<&str>) -> Decoded {
    let mut notes = Vec::new();
    let html = media_type == MediaType::Html;
    let (encoding, mark_bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (chosen(bytes, html, label, &mut notes), 0),
    };
    let body = if html { bytes.get(mark_bytes..).unwrap_or(bytes) } else { bytes };
    let (text, lossy) = encoding.decode_without_bom_handling(body);
    if lossy {
        let message = format!("some bytes are not {}: shown as U+FFFD", encoding.name());
        notes.push(Note::new("bytes-replaced", message));
    }
    Decoded { text: text.into_owned(), notes }
}

fn chosen(bytes: &[u8], html: bool, label: Option<&str>, notes: &mut Vec<Note>) -> &'static Encoding {
    // ISO-2022-JP and UTF-7 are valid UTF-8 as well, but all they could hide is text no one here reads.
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    if let Some(labelled) = label.and_then(|label| Encoding::for_label(label.as_bytes())) {
        // UTF-8 was just ruled out, and a label that leaves bytes without a character lies as well.
        if !labelled.decode_without_bom_handling(bytes).1 {
            return labelled;
        }
        let message = format!("labelled {}, which it is not", labelled.name());
        notes.push(Note::new("charset-mislabelled", message));
    }
    if html && let Some(declared) = declared(bytes) {
        return declared;
    }
    // A file cut inside its last character is still UTF-8.
    if let Err(error) = std::str::from_utf8(bytes)
        && error.error_len().is_none()
    {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes.get(..GUESS_WINDOW_BYTES).unwrap_or(bytes), true);
    let guess = detector.guess(None, true);
    notes.push(Note::new("charset-guessed", format!("no valid encoding declared; read as {}", guess.name())));
    guess
}

/// The encoding named by `charset=` near the top of an HTML page.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = bytes.get(..DECLARATION_WINDOW_BYTES).unwrap_or(bytes).to_ascii_lowercase();
    let key = b"charset=";
    let at = window.windows(key.len()).position(|w| w == key)? + key.len();
    let label: Vec<u8> = window
        .get(at..)?
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))
        .take(40)
        .collect();
    let encoding = Encoding::for_label(&label)?;
    // A page whose declaration could be read byte by byte is not in UTF-16, whatever it says (WHATWG says so too).
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_declarations_and_guesses() {
        assert_eq!(decode(b"\xEF\xBB\xBFab", MediaType::Text, None).text, "\u{FEFF}ab");
        assert_eq!(decode(b"\xEF\xBB\xBFab", MediaType::Html, None).text, "ab");
        assert_eq!(decode(b"\xFE\xFF\0a", MediaType::Text, None).text, "\u{FEFF}a");
        assert_eq!(
            decode(b"<meta charset='iso-8859-1'>\xE9", MediaType::Html, None).text,
            "<meta charset='iso-8859-1'>é"
        );
        let guessed = decode(b"The caf\xE9 was shelled", MediaType::Text, None);
        assert_eq!(guessed.text, "The café was shelled");
        assert_eq!(guessed.notes[0].code, "charset-guessed");
    }

    #[test]
    fn a_label_counts_unless_the_bytes_belie_it() {
        assert_eq!(decode(b"\xCA\xEE\xED\xE2\xEE\xE9", MediaType::Html, Some("windows-1251")).text, "Конвой");
        assert_eq!(decode("café".as_bytes(), MediaType::Html, Some("iso-8859-1")).text, "café");
        let lies = decode(b"caf\xE9 was shelled", MediaType::Html, Some("utf-8"));
        assert_eq!((lies.text.as_str(), lies.notes[0].code.as_str()), ("café was shelled", "charset-mislabelled"));
    }
}
