//! Model files that are not what they should be: each is refused with an error that says why, none brings a panic.
//!
//! In: the committed model and damaged copies of it. Out: a failure that names the damage.

use sha2::{Digest as _, Sha256};
use sitrep_language::{Language, ModelError};

const MODEL: &[u8] = include_bytes!("../model/en_core_web_sm-3.8.0.bin");
const HEADER_BYTES: usize = 44;

fn refusal(bytes: &[u8]) -> Option<ModelError> {
    Language::load(bytes).err()
}

#[test]
fn foreign_outdated_and_damaged_files_are_told_apart() {
    assert!(matches!(refusal(b""), Some(ModelError::NotAModel)));
    assert!(matches!(
        refusal(b"PK\x03\x04 a zip archive, say, of some length beyond the header"),
        Some(ModelError::NotAModel)
    ));
    let mut newer = MODEL.to_vec();
    newer[8] += 1;
    assert!(matches!(refusal(&newer), Some(ModelError::Version { found: 2 })));
    for cut in [HEADER_BYTES, 100, 5_000, MODEL.len() / 2, MODEL.len() - 1] {
        assert!(matches!(refusal(&MODEL[..cut]), Some(ModelError::Damaged)), "cut at {cut}");
    }
    for place in [12, HEADER_BYTES, 3_000, MODEL.len() / 3, MODEL.len() - 1] {
        let mut flipped = MODEL.to_vec();
        flipped[place] ^= 0x10;
        assert!(matches!(refusal(&flipped), Some(ModelError::Damaged)), "flipped at {place}");
    }
}

/// Where the directory says the length of each entry stands, with its name and where its data is.
fn entries() -> Vec<(String, usize, usize, usize)> {
    let number =
        |at: usize, bytes: usize| MODEL[at..at + bytes].iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    let data = HEADER_BYTES + 4 + number(HEADER_BYTES, 4);
    let mut at = HEADER_BYTES + 8;
    let mut entries = Vec::new();
    for _ in 0..number(HEADER_BYTES + 4, 4) {
        let name_end = at + 1 + usize::from(MODEL[at]);
        let name = String::from_utf8(MODEL[at + 1..name_end].to_vec()).expect("names are ASCII");
        let offset_at = name_end + 1 + 4 * usize::from(MODEL[name_end]);
        entries.push((name, offset_at + 8, data + number(offset_at, 8), number(offset_at + 8, 8)));
        at = offset_at + 16;
    }
    entries
}

fn resealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = Sha256::digest(&bytes[HEADER_BYTES..]);
    bytes[12..HEADER_BYTES].copy_from_slice(&sum);
    bytes
}

/// Files whose checksum is right and whose content is not: a careless converter, or a malicious one.
#[test]
fn a_wrong_part_under_a_right_checksum_never_panics() {
    let entries = entries();
    assert!(entries.iter().any(|(name, ..)| name == "ruler") && entries.len() > 80);
    let text_sections = entries.iter().filter(|(name, ..)| !name.contains(".W") && !name.contains(".E"));
    for (name, length_at, start, length) in text_sections {
        let mut short = MODEL.to_vec();
        short[*length_at..length_at + 8].copy_from_slice(&(*length as u64 / 2).to_le_bytes());
        let mut noisy = MODEL.to_vec();
        for (step, byte) in noisy[*start..start + length].iter_mut().enumerate().skip(1).step_by(7) {
            *byte = [b'\t', b'9', b'\n', b' ', b'='][step / 7 % 5];
        }
        for (damage, bytes) in [("cut in half", short), ("overwritten", noisy)] {
            match Language::load(&resealed(bytes)) {
                Ok(language) => drop(language.analyze("The army said :) it can't hold al-Bukayr, e.g. 5km.\n\nNo.")),
                Err(error) => assert!(!error.to_string().is_empty(), "{name} {damage}"),
            }
        }
    }
}
