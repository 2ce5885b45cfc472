//! The model file: named tensors and named sections behind a checksum. `cargo xtask model` writes it.
//!
//! In: the bytes of a file. Out: tensors and sections by name, or a [`ModelError`] that says what is wrong with the
//! file. Never trusts a length it has not checked. Layout, little-endian: magic, version `u32`, SHA-256 of the rest,
//! directory length `u32`, directory (count, then name, shape, offset, length of each entry), data.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

const MAGIC: &[u8; 8] = b"SITREPLM";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 8 + 4 + 32;

/// Why a model file was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The bytes are something else entirely.
    #[error("this is not a sitrep language model")]
    NotAModel,
    /// The file was written for another version of this library.
    #[error("the model file has format {found}, this library reads format {VERSION}")]
    Version {
        /// Format number in the file.
        found: u32,
    },
    /// Bytes are missing or changed.
    #[error("the model file is damaged: its checksum does not match")]
    Damaged,
    /// A part of the model is absent.
    #[error("the model file lacks {0}")]
    Missing(String),
    /// A part of the model is there but does not make sense.
    #[error("the model file's {part} is wrong: {reason}")]
    Malformed {
        /// Name of the part.
        part: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl ModelError {
    /// A [`ModelError::Malformed`] about `part`.
    pub(crate) fn malformed(part: &str, reason: impl Into<String>) -> ModelError {
        ModelError::Malformed { part: part.to_owned(), reason: reason.into() }
    }
}

/// An array of 32-bit floats, row-major, in thinc's layout.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tensor {
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Vec<f32>,
}

#[derive(Debug)]
struct Entry {
    shape: Vec<usize>,
    start: usize,
    end: usize,
}

/// A checked model file.
#[derive(Debug)]
pub(crate) struct ModelFile<'a> {
    entries: BTreeMap<&'a str, Entry>,
    data: &'a [u8],
}

impl<'a> ModelFile<'a> {
    /// Checks magic, version and checksum, and reads the directory.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<ModelFile<'a>, ModelError> {
        if bytes.len() < HEADER_BYTES || &bytes[..8] != MAGIC {
            return Err(ModelError::NotAModel);
        }
        let found = u32::from_le_bytes(bytes[8..12].try_into().expect("four bytes"));
        if found != VERSION {
            return Err(ModelError::Version { found });
        }
        let payload = &bytes[HEADER_BYTES..];
        if Sha256::digest(payload).as_slice() != &bytes[12..HEADER_BYTES] {
            return Err(ModelError::Damaged);
        }
        ModelFile::directory(payload).ok_or_else(|| ModelError::malformed("directory", "it runs past the file"))
    }

    fn directory(payload: &'a [u8]) -> Option<ModelFile<'a>> {
        let (length, rest) = payload.split_first_chunk::<4>()?;
        let (mut directory, data) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let mut take = |count: usize| -> Option<&'a [u8]> {
            let (taken, left) = directory.split_at_checked(count)?;
            directory = left;
            Some(taken)
        };
        let count = u32::from_le_bytes(take(4)?.try_into().ok()?);
        let mut entries = BTreeMap::new();
        for _ in 0..count {
            let name_bytes = take(1)?[0];
            let name = std::str::from_utf8(take(name_bytes.into())?).ok()?;
            let dimensions = take(1)?[0];
            let mut shape = Vec::with_capacity(dimensions.into());
            for _ in 0..dimensions {
                shape.push(u32::from_le_bytes(take(4)?.try_into().ok()?) as usize);
            }
            let start = usize::try_from(u64::from_le_bytes(take(8)?.try_into().ok()?)).ok()?;
            let length = usize::try_from(u64::from_le_bytes(take(8)?.try_into().ok()?)).ok()?;
            let end = start.checked_add(length).filter(|end| *end <= data.len())?;
            entries.insert(name, Entry { shape, start, end });
        }
        Some(ModelFile { entries, data })
    }

    /// The bytes of section `name`.
    pub(crate) fn section(&self, name: &str) -> Result<&'a [u8], ModelError> {
        let entry = self.entries.get(name).ok_or_else(|| ModelError::Missing(name.to_owned()))?;
        Ok(&self.data[entry.start..entry.end])
    }

    /// Section `name` as text.
    pub(crate) fn text(&self, name: &str) -> Result<&'a str, ModelError> {
        std::str::from_utf8(self.section(name)?).map_err(|_| ModelError::malformed(name, "it is not UTF-8"))
    }

    /// The lines of section `name`, which may contain anything but a newline.
    pub(crate) fn lines(&self, name: &str) -> Result<Vec<&'a str>, ModelError> {
        let text = self.text(name)?;
        Ok(text.strip_suffix('\n').map_or(Vec::new(), |text| text.split('\n').collect()))
    }

    /// Whether the file has an entry `name`.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// Tensor `name`.
    pub(crate) fn tensor(&self, name: &str) -> Result<Tensor, ModelError> {
        let bytes = self.section(name)?;
        let shape = self.entries[name].shape.clone();
        let count = shape.iter().try_fold(1_usize, |count, size| count.checked_mul(*size));
        if shape.is_empty() || count.and_then(|count| count.checked_mul(4)) != Some(bytes.len()) {
            return Err(ModelError::malformed(name, "its shape and its size differ"));
        }
        let data = bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().expect("four bytes"))).collect();
        Ok(Tensor { shape, data })
    }
}

/// `text` with the escapes of tab, newline and backslash undone.
pub(crate) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.next() {
                Some('t') => plain.push('\t'),
                Some('n') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(payload: &[u8]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(Sha256::digest(payload));
        bytes.extend(payload);
        bytes
    }

    /// A directory with one entry `x` of four bytes and the shape given, which claims to end at `end`.
    fn one_entry(shape: u32, end: u64) -> Vec<u8> {
        let mut directory = 1_u32.to_le_bytes().to_vec();
        directory.extend([1, b'x', 1]);
        directory.extend(shape.to_le_bytes());
        directory.extend(0_u64.to_le_bytes());
        directory.extend(end.to_le_bytes());
        let mut payload = (directory.len() as u32).to_le_bytes().to_vec();
        payload.extend(directory);
        payload.extend(1.5_f32.to_le_bytes());
        file(&payload)
    }

    #[test]
    fn reads_what_was_written() {
        let bytes = one_entry(1, 4);
        let model = ModelFile::parse(&bytes).expect("well formed");
        assert_eq!(model.tensor("x").expect("there"), Tensor { shape: vec![1], data: vec![1.5] });
        assert!(matches!(model.section("y"), Err(ModelError::Missing(_))));
    }

    #[test]
    fn every_kind_of_bad_file_is_told_apart() {
        assert!(matches!(ModelFile::parse(b"PK"), Err(ModelError::NotAModel)));
        assert!(matches!(ModelFile::parse(&[0; 100]), Err(ModelError::NotAModel)));
        let good = one_entry(1, 4);
        let mut newer = good.clone();
        newer[8] = 9;
        assert!(matches!(ModelFile::parse(&newer), Err(ModelError::Version { found: 9 })));
        for cut in HEADER_BYTES..good.len() {
            assert!(matches!(ModelFile::parse(&good[..cut]), Err(ModelError::Damaged)), "cut at {cut}");
        }
        let mut flipped = good.clone();
        *flipped.last_mut().expect("not empty") ^= 1;
        assert!(matches!(ModelFile::parse(&flipped), Err(ModelError::Damaged)));
    }

    #[test]
    fn lengths_are_checked_even_under_a_right_checksum() {
        assert!(matches!(ModelFile::parse(&one_entry(1, 5)), Err(ModelError::Malformed { .. })));
        assert!(matches!(ModelFile::parse(&file(&[255; 8])), Err(ModelError::Malformed { .. })));
        let bytes = one_entry(u32::MAX, 4);
        let model = ModelFile::parse(&bytes).expect("the directory is fine");
        assert!(matches!(model.tensor("x"), Err(ModelError::Malformed { .. })));
    }

    #[test]
    fn escapes_round_trip() {
        assert_eq!(unescaped(r"a\tb\nc\\d"), "a\tb\nc\\d");
    }
}
