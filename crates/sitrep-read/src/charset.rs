//! Bytes to text.
//!
//! In: raw bytes, and whether they are HTML. Out: [`Decoded`]: the text, the encoding's name, whether something was lost.
//! Never fails: unreadable bytes become U+FFFD. A byte order mark stays in plain text, so offsets stay those of the file.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use sitrep_model::{MediaType, Note};

/// How far into a page a charset declaration is looked for. HTML says 1024; real pages put scripts first.
const DECLARATION_WINDOW_BYTES: usize = 8192;
/// How many bytes the guess is made from.
const GUESS_WINDOW_BYTES: usize = 65_536;

/// A page's text and how it was had.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) notes: Vec<Note>,
}

/// The text of `bytes`: by byte order mark, by declaration (HTML only), as UTF-8 when valid, else by a guess that is noted.
pub(crate) fn decode(bytes: &[u8], media_type: MediaType) -> Decoded {
    let mut notes = Vec::new();
    let html = media_type == MediaType::Html;
    let (encoding, mark_bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (chosen(bytes, html, &mut notes), 0),
    };
    let body = if html { bytes.get(mark_bytes..).unwrap_or(bytes) } else { bytes };
    let (text, lossy) = encoding.decode_without_bom_handling(body);
    if lossy {
        let message = format!("some bytes are not {}: shown as U+FFFD", encoding.name());
        notes.push(Note::new("bytes-replaced", message));
    }
    Decoded { text: text.into_owned(), notes }
}

fn chosen(bytes: &[u8], html: bool, notes: &mut Vec<Note>) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
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
        assert_eq!(decode(b"\xEF\xBB\xBFab", MediaType::Text).text, "\u{FEFF}ab");
        assert_eq!(decode(b"\xEF\xBB\xBFab", MediaType::Html).text, "ab");
        assert_eq!(decode(b"\xFE\xFF\0a", MediaType::Text).text, "\u{FEFF}a");
        assert_eq!(decode(b"<meta charset='iso-8859-1'>\xE9", MediaType::Html).text, "<meta charset='iso-8859-1'>é");
        let guessed = decode(b"The caf\xE9 was shelled", MediaType::Text);
        assert_eq!(guessed.text, "The café was shelled");
        assert_eq!(guessed.notes[0].code, "charset-guessed");
    }
}
