//! Names that are computed, not given: ids are content hashes, so a rerun or a merge gives the same ids.
//!
//! In: the parts that make a thing what it is. Out: a short prefixed hex id. Never random, never counted up.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id of the thing made of `parts`; the order of the parts matters.
            #[must_use]
            pub fn of(parts: &[&str]) -> $name {
                $name(content_id($prefix, parts))
            }

            /// An id read back from a record or typed by a user; not checked.
            #[must_use]
            pub fn known(text: &str) -> $name {
                $name(text.to_owned())
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A page: the hash of its raw bytes and its address.
    PageId = "p";
    /// A document: a page as this edition reads it.
    DocumentId = "d";
    /// A comment in a document's thread.
    CommentId = "m";
    /// A claim: document, span and proposition.
    ClaimId = "c";
    /// An event: the smallest of its claims' ids, hashed with the event type.
    EventId = "e";
    /// A dispute: its event and field.
    DisputeId = "x";
    /// A forecast: its claim.
    ForecastId = "f";
}

/// `prefix_` and the first 16 hex digits of the SHA-256 of the length-prefixed parts.
#[must_use]
pub fn content_id(prefix: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    format!("{prefix}_{}", hex(&hash.finalize()[..8]))
}

/// The SHA-256 of `bytes` as 64 lower-case hex digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(ClaimId::of(&["ab", "c"]), ClaimId::of(&["a", "bc"]));
        assert!(ClaimId::of(&["ab"]).as_str().starts_with("c_"));
    }

    #[test]
    fn the_hash_is_sha256() {
        assert!(sha256_hex(b"").starts_with("e3b0c44298fc1c149afbf4c8996fb924"));
    }
}
