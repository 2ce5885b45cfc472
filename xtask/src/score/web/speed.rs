//! Pages a second on one core, from HTML to document with dates and threads.
//!
//! In: the pages of WCXB. Out: one line on stdout. Runs the reader's own `speed` example, built with optimisation: the figure
//! of an unoptimised build says nothing.

use std::path::Path;
use std::process::{Command, Stdio};

use super::{files, unpacked};

/// Measures and prints.
pub(super) fn print(sets: &Path) -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = root.join("target/score-web");
    std::fs::create_dir_all(&folder)?;
    for path in files(&sets.join("wcxb_dev/html"), ".html.gz")? {
        let name = path.file_stem().map(|s| s.to_owned()).unwrap_or_default();
        std::fs::write(folder.join(name), unpacked(&path)?)?;
    }
    let output = Command::new("cargo")
        .current_dir(&root)
        .args(["run", "--release", "--quiet", "-p", "sitrep-read", "--example", "speed", "--"])
        .arg(&folder)
        .stderr(Stdio::null())
        .output()?;
    anyhow::ensure!(output.status.success(), "the speed example does not build or run");
    print!("\n{}", String::from_utf8_lossy(&output.stdout));
    Ok(())
}
