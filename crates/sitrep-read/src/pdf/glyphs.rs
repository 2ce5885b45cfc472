//! Fonts: what characters a PDF's strings stand for, and how wide they are drawn.
//!
//! In: the font dictionaries of a page. Out: [`Fonts`]. Widths that a file leaves out are those of common fonts, roughly: they only
//! serve to see where a word ends.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document as File, Encoding, Object};

/// The most that a font's table of characters may unpack to.
const MAX_TABLE_BYTES: usize = 4 * 1024 * 1024;
/// Entries of one table of widths that are read.
const MAX_WIDTHS: usize = 70_000;

/// A font as far as its text is concerned.
pub(super) struct Font<'f> {
    /// The file's own table to Unicode, and the font's encoding.
    encodings: Vec<Encoding<'f>>,
    widths: Widths,
}

enum Widths {
    /// By byte.
    Simple {
        first: i64,
        widths: Vec<f32>,
    },
    /// By two bytes.
    Wide {
        widths: BTreeMap<u16, f32>,
        default: f32,
    },
    Unknown,
}

/// Dictionaries without their encoding: what the parser takes before the table to Unicode, though that is made to be read.
pub(super) fn stripped(fonts: &BTreeMap<Vec<u8>, &Dictionary>) -> BTreeMap<Vec<u8>, Dictionary> {
    let with_table = fonts.iter().filter(|(_, font)| font.has(b"ToUnicode"));
    with_table
        .map(|(name, font)| {
            let mut font = (*font).clone();
            font.remove(b"Encoding");
            (name.clone(), font)
        })
        .collect()
}

impl<'f> Font<'f> {
    /// The font of a dictionary, with the same dictionary stripped when it has a table to Unicode.
    pub(super) fn of(font: &'f Dictionary, stripped: Option<&'f Dictionary>, file: &'f File) -> Font<'f> {
        let encodings = [stripped, Some(font)].into_iter().flatten();
        let encodings =
            encodings.filter_map(|font| font.get_font_encoding_with_limit(file, MAX_TABLE_BYTES).ok()).collect();
        Font { encodings, widths: widths(font, file) }
    }

    /// The characters of a string; what no table knows is left out.
    pub(super) fn text(&self, bytes: &[u8]) -> String {
        let mut best: Option<String> = None;
        for encoding in &self.encodings {
            let Ok(text) = File::decode_text(encoding, bytes) else { continue };
            let is_whole = !text.is_empty() && !text.contains('\u{FFFD}');
            if is_whole || best.is_none() {
                best = Some(text);
            }
            if is_whole {
                break;
            }
        }
        let text = best.unwrap_or_default();
        text.chars().filter(|c| *c != '\u{FFFD}' && *c != '\0').collect()
    }

    /// Width of a string in thousandths of the font's size, and how many characters and spaces it draws.
    pub(super) fn width(&self, bytes: &[u8], text: &str) -> (f32, usize, usize) {
        let spaces = bytes.iter().filter(|b| **b == b' ').count();
        match &self.widths {
            Widths::Simple { first, widths } => {
                let width = |b: &u8| {
                    let known = usize::try_from(i64::from(*b) - first).ok().and_then(|i| widths.get(i)).copied();
                    known.unwrap_or_else(|| usual_width(char::from(*b)))
                };
                (bytes.iter().map(width).sum(), bytes.len(), spaces)
            }
            Widths::Wide { widths, default } => {
                let codes = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
                let width = codes.map(|code| widths.get(&code).copied().unwrap_or(*default)).sum();
                (width, bytes.len() / 2, 0)
            }
            Widths::Unknown => (text.chars().map(usual_width).sum(), bytes.len(), spaces),
        }
    }
}

fn widths(font: &Dictionary, file: &File) -> Widths {
    if let Ok(parts) = font.get_deref(b"DescendantFonts", file).and_then(Object::as_array) {
        let part = parts.first().and_then(|part| file.dereference(part).ok()).and_then(|(_, part)| part.as_dict().ok());
        return part.map_or(Widths::Unknown, |part| wide(part, file));
    }
    let Ok(list) = font.get_deref(b"Widths", file).and_then(Object::as_array) else { return Widths::Unknown };
    let first = font.get_deref(b"FirstChar", file).and_then(Object::as_i64).unwrap_or(0);
    let widths = list.iter().take(256).map(|width| number(width, file).unwrap_or(500.0)).collect();
    Widths::Simple { first, widths }
}

/// Widths as `[first [w w w] first last w …]`.
fn wide(font: &Dictionary, file: &File) -> Widths {
    let default = font.get(b"DW").ok().and_then(|width| number(width, file)).unwrap_or(1000.0);
    let mut widths = BTreeMap::new();
    let list: &[Object] = font.get_deref(b"W", file).and_then(Object::as_array).map_or(&[], Vec::as_slice);
    let code = |object: &Object| u16::try_from(object.as_i64().unwrap_or(-1)).ok();
    let mut i = 0;
    while i + 1 < list.len() && widths.len() < MAX_WIDTHS {
        let Some(first) = code(&list[i]) else { break };
        let second = file.dereference(&list[i + 1]).map_or(&list[i + 1], |(_, object)| object);
        if let Ok(each) = second.as_array() {
            for (code, width) in (first..=u16::MAX).zip(each) {
                widths.insert(code, number(width, file).unwrap_or(default));
            }
            i += 2;
        } else {
            let (Some(last), Some(width)) = (code(second), list.get(i + 2).and_then(|w| number(w, file))) else {
                break;
            };
            widths.extend((first..=last).map(|code| (code, width)));
            i += 3;
        }
    }
    Widths::Wide { widths, default }
}

fn number(object: &Object, file: &File) -> Option<f32> {
    let (_, object) = file.dereference(object).ok()?;
    object.as_float().ok().filter(|width| width.is_finite())
}

/// About how wide a character is in the fonts that need not be described.
fn usual_width(c: char) -> f32 {
    match c {
        ' ' | 'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ';' | ':' | '\'' | '!' | '|' | '/' => 278.0,
        'r' | '-' | '(' | ')' | '[' | ']' | '"' => 333.0,
        'm' | 'M' | 'W' | 'w' | '@' | '—' => 830.0,
        c if c.is_ascii_uppercase() => 680.0,
        _ => 540.0,
    }
}
