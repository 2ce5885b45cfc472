//! Half-open byte ranges into one document's text, and their translation to other people's units.
//!
//! In: byte offsets. Out: spans, code points, UTF-16 units. Never cuts inside a character (callers keep that promise;
//! [`Span::of`] checks it).

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in one document's text, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end, "span runs backwards");
        let cut = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { start: cut(start), end: cut(end) }
    }

    /// The text of this span, or `""` when it does not fit `text`.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub fn overlaps(&self, other: Span) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// Whether `other` lies wholly inside this span.
    #[must_use]
    pub fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span moved right by `bytes`.
    #[must_use]
    pub fn shifted(&self, bytes: u32) -> Span {
        Span { start: self.start + bytes, end: self.end + bytes }
    }
}

/// The unit in which offsets are told to the outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum OffsetUnit {
    /// UTF-8 bytes.
    Bytes,
    /// Unicode code points (Python's `text[start:end]`).
    #[default]
    Chars,
    /// UTF-16 code units (JavaScript).
    Utf16,
}

/// Translates byte offsets of one text. Built in one pass; a look-up is a binary search over marks every 256 bytes.
#[derive(Debug, Clone)]
pub struct Offsets<'t> {
    text: &'t str,
    unit: OffsetUnit,
    marks: Vec<(usize, usize)>,
}

impl<'t> Offsets<'t> {
    const STEP_BYTES: usize = 256;

    /// Prepares the translation of offsets into `text` to `unit`.
    #[must_use]
    pub fn new(text: &'t str, unit: OffsetUnit) -> Offsets<'t> {
        let mut marks = Vec::with_capacity(text.len() / Self::STEP_BYTES + 1);
        let (mut count, mut next) = (0, 0);
        for (at, c) in text.char_indices() {
            if at >= next {
                marks.push((at, count));
                next = at + Self::STEP_BYTES;
            }
            count += width(unit, c);
        }
        Offsets { text, unit, marks }
    }

    /// The offset of byte `at` in the chosen unit. An offset past the end counts as the end.
    #[must_use]
    pub fn at(&self, at: u32) -> usize {
        let at = (at as usize).min(self.text.len());
        if self.unit == OffsetUnit::Bytes {
            return at;
        }
        let index = self.marks.partition_point(|mark| mark.0 <= at);
        let Some(&(from, count)) = index.checked_sub(1).and_then(|i| self.marks.get(i)) else { return 0 };
        let rest = self.text.get(from..at).unwrap_or("");
        count + rest.chars().map(|c| width(self.unit, c)).sum::<usize>()
    }
}

fn width(unit: OffsetUnit, c: char) -> usize {
    match unit {
        OffsetUnit::Bytes => c.len_utf8(),
        OffsetUnit::Chars => 1,
        OffsetUnit::Utf16 => c.len_utf16(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_agree_with_counting() {
        let text = "Tel Awza – ‘al-Qāsim’ 🛰 ".repeat(40);
        for unit in [OffsetUnit::Bytes, OffsetUnit::Chars, OffsetUnit::Utf16] {
            let offsets = Offsets::new(&text, unit);
            for (at, _) in text.char_indices() {
                let counted: usize = text[..at].chars().map(|c| width(unit, c)).sum();
                assert_eq!(offsets.at(Span::new(at, at).start), counted);
            }
        }
    }

    #[test]
    fn a_span_that_does_not_fit_is_empty_text() {
        assert_eq!(Span::new(1, 2).of("é"), "");
        assert_eq!(Span::new(0, 9).of("short"), "");
    }
}
