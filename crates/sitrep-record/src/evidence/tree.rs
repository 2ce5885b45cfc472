//! A Merkle tree hash after RFC 6962, section 2.1.
//!
//! In: leaves, as bytes or as their hashes. Out: leaf hashes, the root, the path that proves one leaf. The order of leaves matters
//! here; who calls sorts them.

use sha2::{Digest as _, Sha256};

/// A SHA-256.
pub(crate) type Hash = [u8; 32];

/// The hash of a leaf: of a zero byte and its text, so that no leaf can pass for a node.
pub(crate) fn leaf(text: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(text).finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root over leaf hashes; of none, the hash of nothing.
pub(crate) fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [one] => *one,
        many => {
            let (left, right) = many.split_at(split(many.len()));
            node(&root(left), &root(right))
        }
    }
}

/// The hashes beside the way from leaf `at` to the root, the lowest first.
pub(crate) fn path(leaves: &[Hash], at: usize) -> Vec<Hash> {
    if leaves.len() < 2 || at >= leaves.len() {
        return Vec::new();
    }
    let k = split(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut below, beside) = if at < k { (path(left, at), root(right)) } else { (path(right, at - k), root(left)) };
    below.push(beside);
    below
}

/// The largest power of two smaller than `n`, which is 2 or more.
fn split(n: usize) -> usize {
    n.next_power_of_two() / 2
}

/// 64 hex digits.
pub(crate) fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash that 64 hex digits tell; `None` for anything else.
pub(crate) fn unhex(digits: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    if digits.len() != 64 || !digits.is_ascii() {
        return None;
    }
    for (byte, at) in hash.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves and roots that the Certificate Transparency projects test with.
    #[test]
    fn the_published_examples_come_out() {
        let leaves: Vec<Hash> =
            ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
                .iter()
                .map(|digits| {
                    let bytes: Vec<u8> = (0..digits.len())
                        .step_by(2)
                        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
                        .collect();
                    leaf(&bytes)
                })
                .collect();
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        for (n, expected) in roots.iter().enumerate() {
            assert_eq!(hex(&root(&leaves[..n])), *expected, "{n} leaves");
        }
    }

    /// Goes up from a leaf as a stranger would who has only the proof (RFC 9162, section 2.1.3.2).
    pub(crate) fn climbed(leaf: Hash, at: usize, n: usize, path: &[Hash]) -> Option<Hash> {
        let (mut at, mut last, mut hash) = (at, n.checked_sub(1)?, leaf);
        for beside in path {
            if last == 0 {
                return None;
            }
            if at % 2 == 1 || at == last {
                hash = node(beside, &hash);
                while at % 2 == 0 && at != 0 {
                    (at, last) = (at / 2, last / 2);
                }
            } else {
                hash = node(&hash, beside);
            }
            (at, last) = (at / 2, last / 2);
        }
        (last == 0).then_some(hash)
    }

    #[test]
    fn every_leaf_proves_itself_and_no_other() {
        for n in 1..40 {
            let leaves: Vec<Hash> = (0..n).map(|i: usize| leaf(&[i as u8])).collect();
            for at in 0..n {
                let way = path(&leaves, at);
                assert_eq!(climbed(leaves[at], at, n, &way), Some(root(&leaves)), "{at} of {n}");
                assert_ne!(climbed(leaf(b"other"), at, n, &way), Some(root(&leaves)), "{at} of {n}");
            }
        }
    }

    #[test]
    fn hex_goes_there_and_back() {
        let hash = leaf(b"x");
        assert_eq!(unhex(&hex(&hash)), Some(hash));
        assert_eq!(unhex("é"), None);
        assert_eq!(unhex(&"é".repeat(32)), None);
    }
}
