//! Lays tensors and sections out as one checked file; `crates/sitrep-language/src/model_file.rs` reads it.
//!
//! In: named tensors and named bytes, in any order. Out: the file, the same for the same input. Never compresses.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

const MAGIC: &[u8; 8] = b"SITREPLM";
const VERSION: u32 = 1;
const ALIGNMENT_BYTES: usize = 64;

/// A model file in the making.
#[derive(Default)]
pub(crate) struct Writer {
    entries: BTreeMap<String, (Vec<u32>, Vec<u8>)>,
}

impl Writer {
    /// Adds `bytes` under `name`.
    pub(crate) fn section(&mut self, name: &str, bytes: Vec<u8>) {
        let before = self.entries.insert(name.to_owned(), (Vec::new(), bytes));
        assert!(before.is_none(), "two entries named {name}");
    }

    /// Adds the lines as a section, each ended by a newline.
    pub(crate) fn lines(&mut self, name: &str, lines: &[String]) {
        let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        self.section(name, text.into_bytes());
    }

    /// Adds a tensor of 32-bit floats, given as their little-endian bytes.
    pub(crate) fn tensor(&mut self, name: &str, shape: Vec<u32>, data: Vec<u8>) {
        let before = self.entries.insert(name.to_owned(), (shape, data));
        assert!(before.is_none(), "two entries named {name}");
    }

    /// The whole file: magic, version, SHA-256 of the rest, directory, data.
    pub(crate) fn finish(self) -> Vec<u8> {
        let mut directory = Vec::new();
        let mut data: Vec<u8> = Vec::new();
        directory.extend((self.entries.len() as u32).to_le_bytes());
        for (name, (shape, bytes)) in &self.entries {
            data.resize(data.len().next_multiple_of(ALIGNMENT_BYTES), 0);
            directory.push(name.len() as u8);
            directory.extend(name.as_bytes());
            directory.push(shape.len() as u8);
            for dimension in shape {
                directory.extend(dimension.to_le_bytes());
            }
            directory.extend((data.len() as u64).to_le_bytes());
            directory.extend((bytes.len() as u64).to_le_bytes());
            data.extend(bytes);
        }
        let mut payload = (directory.len() as u32).to_le_bytes().to_vec();
        payload.extend(directory);
        payload.extend(data);
        let mut file = MAGIC.to_vec();
        file.extend(VERSION.to_le_bytes());
        file.extend(Sha256::digest(&payload));
        file.extend(payload);
        file
    }
}

/// `text` with backslash, tab and newline written as escapes, so that it fits a tab-separated line.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n")
}
