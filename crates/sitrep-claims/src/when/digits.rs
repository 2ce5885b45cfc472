//! Arabic and Persian digits: read as the digits they are, found at the place they stand.
//!
//! In: a text. Out: the same text with European digits and the way back to the old places. Touches nothing else.

/// A text with European digits.
#[derive(Debug)]
pub(crate) struct Folded {
    pub(crate) text: String,
    /// Where in the new text a digit lost its second byte.
    shorter: Vec<usize>,
}

impl Folded {
    /// The place in the old text of a place in the new one.
    pub(crate) fn place(&self, at: usize) -> usize {
        at + self.shorter.partition_point(|digit| *digit < at)
    }
}

/// `text` with European digits; `None` when it has no others.
pub(crate) fn fold(text: &str) -> Option<Folded> {
    let european = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(c as u32 - 0x660, 10),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(c as u32 - 0x6f0, 10),
        _ => None,
    };
    // Both rows of digits begin with one of two bytes, which hardly any other text holds.
    if !text.bytes().any(|b| matches!(b, 0xd9 | 0xdb)) || !text.chars().any(|c| european(c).is_some()) {
        return None;
    }
    let mut folded = Folded { text: String::with_capacity(text.len()), shorter: Vec::new() };
    for c in text.chars() {
        if european(c).is_some() {
            folded.shorter.push(folded.text.len());
        }
        folded.text.push(european(c).unwrap_or(c));
    }
    Some(folded)
}
