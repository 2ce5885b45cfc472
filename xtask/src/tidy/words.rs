//! Words that do not belong in the repository: paths of one machine, and where one machine got its packages.
//!
//! In: a file's path and text. Out: one breach per line that holds such a word. Never judges prose.

use super::Breach;

/// The word, and what to write instead. Cut in two so that this file does not hold them.
const WORDS: &[(&str, &str)] = &[
    (concat!("/wo", "rk/"), "a path of one machine; write it relative to the repository"),
    (concat!("/ro", "ot/"), "a path of one machine; write it relative to the home folder"),
    (concat!("/ho", "me/"), "a path of one machine; write it relative to the home folder"),
    (concat!("/tm", "p/"), "a path of one machine; name a file of the reader's own"),
];

/// Lock file, the key that says where a package came from, and how such a line must start.
///
/// A lock of npm names no host at all (`omit-lockfile-registry-resolved` in `.npmrc`).
const LOCKS: &[(&str, &str, &str)] = &[
    ("Cargo.lock", "source = ", "source = \"registry+https://github.com/rust-lang/crates.io-index\""),
    ("package-lock.json", "\"resolved\": ", "no such line"),
];

/// Checks one file.
pub(super) fn check(path: &str, text: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let name = path.rsplit('/').next().unwrap_or(path);
    for (n, line) in text.lines().enumerate() {
        let number = n + 1;
        for (word, instead) in WORDS {
            if line.contains(word) {
                breaches.push(Breach::new(path, format!("line {number}: `{word}` is {instead}")));
            }
        }
        for (lock, key, expected) in LOCKS {
            let line = line.trim_start();
            if name == *lock && line.starts_with(key) && !line.starts_with(expected) {
                breaches.push(Breach::new(path, format!("line {number}: a package from elsewhere than {expected}")));
            }
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_path_is_a_breach() {
        let line = format!("see {}x", WORDS[0].0);
        assert_eq!(check("docs/a.md", &line).len(), 1);
        assert!(check("docs/a.md", "see docs/guide").is_empty());
    }

    #[test]
    fn a_mirror_in_a_lock_file_is_a_breach() {
        assert_eq!(check("Cargo.lock", "source = \"registry+https://elsewhere.example/index\"").len(), 1);
        assert_eq!(check("Cargo.lock", LOCKS[0].2).len(), 0);
    }
}
