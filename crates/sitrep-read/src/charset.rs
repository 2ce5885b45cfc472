//! Bytes to text.
//!
//! In: raw bytes, and whether they are HTML. Out: [`Decoded`]: the text, the encoding's name, whether something was lost.
//! Never fails: unreadable bytes become U+FFFD. A byte order mark stays in plain text, so offsets stay those of the file.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
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

/// The text of a page: by byte order mark, as UTF-8 when it is that, by its carrier's label, by its own declaration (HTML only), else
/// by a guess that is noted. A label or declaration that the bytes belie is noted and not believed.
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
    let mut text = text.into_owned();
    if memchr::memchr(0, text.as_bytes()).is_some() {
        notes.push(Note::new("nul-bytes", "bytes that are zero are read as spaces"));
        // A space has one byte as well, so offsets stay those of the file.
        text = text.replace('\0', " ");
    }
    Decoded { text, notes }
}

fn chosen(bytes: &[u8], html: bool, label: Option<&str>, notes: &mut Vec<Note>) -> &'static Encoding {
    if let Some(encoding) = utf16(bytes) {
        notes.push(Note::new("charset-guessed", format!("no byte order mark; read as {}", encoding.name())));
        return encoding;
    }
    // ISO-2022-JP and UTF-7 are valid UTF-8 as well, but all they could hide is text no one here reads.
    if is_utf8(bytes) {
        return UTF_8;
    }
    let label = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    let declared = if html { declared(bytes) } else { None };
    for (encoding, verb) in label.map(|it| (it, "labelled")).into_iter().chain(declared.map(|it| (it, "declared"))) {
        // UTF-8 was just ruled out, and a label that leaves bytes without a character lies as well.
        if is_told_truly(encoding, bytes) || encoding == UTF_8 && is_cut_utf8(bytes) {
            return encoding;
        }
        let message = format!("{verb} {}, which it is not", encoding.name());
        notes.push(Note::new("charset-mislabelled", message));
    }
    if is_cut_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new();
    detector.feed(guess_window(bytes), true);
    let guess = detector.guess(None, false);
    notes.push(Note::new("charset-guessed", format!("no valid encoding declared; read as {}", guess.name())));
    guess
}

/// What a guess is made from: the stretch in which the first byte above ASCII stands. Pages open with scripts that say nothing.
fn guess_window(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let window = bytes.get(first.saturating_sub(1024)..).unwrap_or(bytes);
    window.get(..GUESS_WINDOW_BYTES).unwrap_or(window)
}

/// Whether bytes are UTF-8, for all but a few damaged places: more characters above ASCII are whole than broken.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut n_whole, mut n_broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        n_whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_broken += usize::from(!chunk.invalid().is_empty());
    }
    n_broken == 0 || n_whole > n_broken
}

/// Whether bytes are UTF-8 but for their last character, inside which the file was cut.
fn is_cut_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// Whether bytes can be in the encoding somebody says they are in.
fn is_told_truly(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let window = guess_window(bytes);
    let (text, has_holes) = encoding.decode_without_bom_handling(window);
    let (mut n_holes, mut n_high) = (0_usize, 0_usize);
    if has_holes {
        n_holes = text.chars().filter(|c| *c == '\u{FFFD}').count();
        n_high = text.chars().filter(|c| !c.is_ascii()).count() - n_holes;
    }
    // A few damaged places do not make a liar, and the window may end inside a character.
    if encoding == UTF_8 || n_holes > n_high / 50 + usize::from(window.len() == GUESS_WINDOW_BYTES) {
        return false;
    }
    if encoding != WINDOWS_1252 {
        return true;
    }
    // Every byte is a character of Latin-1, which is what servers say that were told nothing. But in no language written with it
    // does every other letter bear an accent.
    let n_high = window.iter().filter(|b| **b >= 0xC0).count();
    let n_plain = words_alone(window);
    n_high < 8 || n_high <= n_plain
}

/// Letters outside of tags.
fn words_alone(bytes: &[u8]) -> usize {
    let mut inside = false;
    let mut n_letters = 0;
    for byte in bytes {
        match byte {
            b'<' => inside = true,
            b'>' => inside = false,
            _ => n_letters += usize::from(!inside && byte.is_ascii_alphabetic()),
        }
    }
    n_letters
}

/// UTF-16 without a byte order mark, told by its spaces, digits and Latin letters, of which every other byte is zero.
pub(crate) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if Encoding::for_bom(bytes).is_some() {
        return None;
    }
    let window = bytes.get(..4096).unwrap_or(bytes);
    let pairs: Vec<[u8; 2]> = window.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect();
    if pairs.len() < 8 {
        return None;
    }
    let shown =
        |unit: u16| matches!(unit, 9 | 10 | 13 | 0x20..=0x7E | 0xA0..=0x6FF | 0x900..=0x97F | 0x2000..=0x206F | 0xFEFF);
    let is = |read: fn([u8; 2]) -> u16| {
        let n_shown = pairs.iter().filter(|pair| shown(read(**pair))).count();
        let n_latin = pairs.iter().filter(|pair| matches!(read(**pair), 10 | 13 | 0x20..=0x7E)).count();
        n_shown * 100 >= pairs.len() * 95 && n_latin * 100 >= pairs.len() * 8
    };
    match (is(u16::from_le_bytes), is(u16::from_be_bytes)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// The first of `bytes` as UTF-8 when they are UTF-16, for telling what kind of page they are.
pub(crate) fn opening(bytes: &[u8]) -> Option<String> {
    let (encoding, mark_bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, n_bytes)) if encoding != UTF_8 => (encoding, n_bytes),
        Some(_) => return None,
        None => (utf16(bytes)?, 0),
    };
    let body = bytes.get(mark_bytes..)?;
    let body = body.get(..crate::open::SNIFF_BYTES as usize).unwrap_or(body);
    Some(encoding.decode_without_bom_handling(body).0.into_owned())
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
