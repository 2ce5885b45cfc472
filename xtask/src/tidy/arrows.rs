//! Which crate may depend on which: the table of ARCHITECTURE.md, read against the manifests.
//!
//! In: the workspace's manifests. Out: one breach per arrow that the table does not have. Never reads code.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;

use super::Breach;

/// Crate and the crates of ours it may use. `tests` may name model types that the front door hands out.
const ARROWS: &[(&str, &[&str])] = &[
    ("sitrep-model", &[]),
    ("sitrep-language", &[]),
    ("sitrep-read", &["sitrep-model"]),
    ("sitrep-claims", &["sitrep-model", "sitrep-language"]),
    ("sitrep-record", &["sitrep-model"]),
    ("sitrep-show", &["sitrep-model"]),
    // The same spelling of names on both sides: what is imported is looked up by what a report says.
    ("sitrep-gazetteer", &["sitrep-model", "sitrep-claims"]),
    (
        "sitrep",
        &[
            "sitrep-model",
            "sitrep-language",
            "sitrep-read",
            "sitrep-claims",
            "sitrep-gazetteer",
            "sitrep-record",
            "sitrep-show",
        ],
    ),
    ("sitrep-fetch", &[]),
    ("sitrep-assist", &[]),
    ("sitrep-serve", &["sitrep"]),
    ("sitrep-python", &["sitrep"]),
    ("sitrep-cli", &["sitrep", "sitrep-serve", "sitrep-fetch", "sitrep-assist"]),
    ("sitrep-tests", &["sitrep", "sitrep-model"]),
    // A workspace of its own under `benches`: other people's extractors, run beside ours.
    ("peers", &[]),
];

/// Arrows that only examples and tests of a crate may use, and why they cost nothing: no user of the crate gets them.
const DEV_ARROWS: &[(&str, &str)] = &[
    // Its example reads saved pages, so that who writes a rule sees the claims of a real file.
    ("sitrep-claims", "sitrep-read"),
];

/// Crates that may use any of ours: the project's own tools.
const FREE: &[&str] = &["xtask", "sitrep-fuzz"];

/// Checks every manifest among `files`.
pub(super) fn check(root: &Path, files: &BTreeMap<String, String>) -> anyhow::Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with("Cargo.toml")) {
        let manifest: toml::Table =
            toml::from_str(text).with_context(|| format!("{} is not TOML", root.join(path).display()))?;
        if let Some(name) = manifest.get("package").and_then(|p| p.get("name")).and_then(|n| n.as_str()) {
            breaches.extend(check_manifest(path, name, &ours(&manifest, name)));
        }
    }
    Ok(breaches)
}

/// Names of our crates among all dependency tables, build and target ones too. Tests of a crate keep the same walls.
fn ours(table: &toml::Table, owner: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (key, value) in table {
        let Some(inner) = value.as_table() else { continue };
        if key.ends_with("dependencies") {
            let only_dev = |name: &str| key == "dev-dependencies" && DEV_ARROWS.contains(&(owner, name));
            found.extend(inner.keys().filter(|name| is_ours(name) && !only_dev(name)).cloned());
        } else if key == "target" || key.starts_with("cfg(") {
            found.extend(ours(inner, owner));
        }
    }
    found
}

fn is_ours(name: &str) -> bool {
    name == "sitrep" || name.starts_with("sitrep-")
}

fn check_manifest(path: &str, name: &str, uses: &[String]) -> Vec<Breach> {
    if FREE.contains(&name) {
        return Vec::new();
    }
    let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
        return vec![Breach::new(path, format!("{name} is in no row of the table in xtask/src/tidy/arrows.rs"))];
    };
    let wrong = uses.iter().filter(|used| !allowed.contains(&used.as_str()));
    wrong.map(|used| Breach::new(path, format!("{name} may not depend on {used} (ARCHITECTURE.md)"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(text: &str) -> Vec<String> {
        ours(&toml::from_str(text).unwrap(), "sitrep-claims")
    }

    #[test]
    fn a_sideways_arrow_is_a_breach() {
        let found = uses("[dependencies]\nsitrep-model = {}\n[dev-dependencies]\nsitrep-record.workspace = true\n");
        assert_eq!(check_manifest("x", "sitrep-show", &found).len(), 1);
        assert!(check_manifest("x", "sitrep", &found).is_empty());
    }

    #[test]
    fn an_arrow_for_examples_is_none_for_users() {
        assert!(uses("[dev-dependencies]\nsitrep-read.workspace = true\n").is_empty());
        assert_eq!(uses("[dependencies]\nsitrep-read.workspace = true\n"), ["sitrep-read"]);
    }

    #[test]
    fn target_tables_are_seen() {
        assert_eq!(uses("[target.'cfg(unix)'.dependencies]\nsitrep-read = {}\n"), ["sitrep-read"]);
    }

    #[test]
    fn an_unknown_crate_needs_a_row() {
        assert_eq!(check_manifest("x", "sitrep-new", &[]).len(), 1);
    }
}
