//! `cargo xtask score web [--worst N] [--half A|B] [--peer PYTHON]`: how well pages are read, against pages whose answer is known.
//!
//! In: `../shared/gold/web`. Out: figures on stdout, ours beside those of others where others can be run; what cannot be run
//! is said to be absent. One file below this one per subject: `article`, `threads`, `dates`, `speed`.

mod article;
mod dates;
mod speed;
mod threads;

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::Value;
use sitrep_model::{Document, MediaType, PageMeta};

use crate::Args;

/// How to run.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// List this many of the worst pages of each subject.
    n_worst: usize,
    /// Only the pages whose number is even (`A`) or odd (`B`): rules made on one half are checked on the other.
    half: Option<String>,
    /// The Python that runs `htmldate`.
    peer: Option<String>,
}

/// One page of WCXB with its gold and what we read on it.
pub(crate) struct Case {
    /// Its number in the set.
    pub(crate) id: String,
    /// `article` or `forum`.
    pub(crate) kind: String,
    /// The gold file.
    pub(crate) gold: Value,
    /// What we read, knowing nothing but the bytes.
    pub(crate) document: Document,
    /// The kind of sign its day of publication was taken from.
    pub(crate) sign: Option<String>,
}

impl Case {
    /// A text field of the gold answer, empty when it has none.
    pub(crate) fn told(&self, field: &str) -> &str {
        self.gold["ground_truth"][field].as_str().unwrap_or_default()
    }
}

/// Scores every subject.
pub(crate) fn run(args: Args) -> anyhow::Result<()> {
    let options = options(args)?;
    let sets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/gold/web");
    if !sets.is_dir() {
        println!("SKIPPED: ../shared is absent");
        return Ok(());
    }
    let cases = cases(&sets.join("wcxb_dev"), &options)?;
    let peers_ms = article::print(&cases, &sets, &options)?;
    threads::print(&cases, &sets, &options)?;
    dates::print(&cases, &sets, &options)?;
    speed::print(&sets, &peers_ms)
}

fn options(mut args: Args) -> anyhow::Result<Options> {
    let mut options = Options::default();
    while let Some(name) = args.next() {
        let value = args.next().with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--worst" => options.n_worst = value.parse().context("--worst takes a number")?,
            "--half" => options.half = Some(value),
            "--peer" => options.peer = Some(value),
            _ => anyhow::bail!("no option {name}; there are --worst N, --half A|B and --peer PYTHON"),
        }
    }
    Ok(options)
}

/// The pages of WCXB, read by us.
fn cases(set: &Path, options: &Options) -> anyhow::Result<Vec<Case>> {
    let mut out = Vec::new();
    for path in files(&set.join("ground-truth"), ".json")? {
        let id = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let odd = id.bytes().last().is_some_and(|b| b % 2 == 1);
        if options.half.as_deref().is_some_and(|half| (half == "B") != odd) {
            continue;
        }
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        let kind = &gold["_internal"]["page_type"];
        let kind = kind["primary"].as_str().or(kind.as_str()).unwrap_or("article").to_owned();
        let raw = unpacked(&set.join("html").join(format!("{id}.html.gz")))?;
        let page = sitrep_read::page_of(&id, MediaType::Html, raw, PageMeta::default(), "file");
        let document = sitrep_read::document(&page).value;
        let sign = sitrep_read::date_signs(&page).into_iter().find(|s| s.believed).map(|s| s.kind);
        out.push(Case { id, kind, gold, document, sign });
    }
    Ok(out)
}

/// The files of a folder whose names end so, in order.
fn files(folder: &Path, ending: &str) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.retain(|p| p.to_string_lossy().ends_with(ending));
    paths.sort();
    Ok(paths)
}

/// What a gzip file holds.
fn unpacked(path: &Path) -> anyhow::Result<Vec<u8>> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut raw = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut raw)?;
    Ok(raw)
}

/// The mean of some figures, 0 for none.
fn mean(figures: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut n) = (0.0, 0usize);
    for figure in figures {
        sum += figure;
        n += 1;
    }
    if n == 0 { 0.0 } else { sum / n as f64 }
}
