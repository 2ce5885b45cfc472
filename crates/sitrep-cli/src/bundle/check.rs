//! Checks an archive with nothing but itself and the tokens beside it.
//!
//! In: the archive, tokens. Out: what was found in order, what differs, and what was not checked. Unpacks no more than the manifest says.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use sitrep::model::sha256_hex;
use sitrep::{Access, Record, RecordError, Source};
use zip::ZipArchive;

use super::tokens::{self, is_token};
use super::{DIGEST, FORMAT, LOG, LogEnd, MANIFEST, Manifest, RECORD, WARC, hex};

/// The longest manifest or token that is read.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// What came of a check.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// What is in order, a line each.
    pub(crate) fine: Vec<String>,
    /// What differs, the first found first.
    pub(crate) wrong: Vec<String>,
}

type Zip = ZipArchive<BufReader<File>>;

/// Checks the archive at `path` and the tokens that lie beside it, in it, or at `given`.
pub(crate) fn check(path: &Path, given: &[PathBuf]) -> anyhow::Result<Checked> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut zip =
        ZipArchive::new(BufReader::new(file)).with_context(|| format!("{} is no zip file", path.display()))?;
    let mut checked = Checked::default();
    let manifest_text = text(&mut zip, MANIFEST).with_context(|| format!("{}: not a bundle", path.display()))?;
    let manifest: Manifest = serde_json::from_slice(&manifest_text)
        .with_context(|| format!("{}: its manifest cannot be read", path.display()))?;
    anyhow::ensure!(manifest.format == FORMAT, "{}: a bundle of another form ({})", path.display(), manifest.format);
    let digest: [u8; 32] = Sha256::digest(&manifest_text).into();
    let note = text(&mut zip, DIGEST).unwrap_or_default();
    if note != format!("{}  {MANIFEST}\n", hex(&digest)).as_bytes() {
        checked.wrong.push(format!("{DIGEST} does not tell the hash of {MANIFEST}"));
    }
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    members(&mut zip, &manifest, folder.path(), &mut checked)?;
    if checked.wrong.is_empty() {
        checked.fine.push(format!("members {}, each with the hash the manifest tells", manifest.members.len()));
        record(&manifest, folder.path(), &mut checked)?;
    }
    let digests = [(MANIFEST, digest), (DIGEST, Sha256::digest(&note).into()), ("the bundle", of_file(path)?)];
    checked.fine.push(format!("digest {}", hex(&digest)));
    for (name, bytes) in found_tokens(&mut zip, path, given)? {
        match tokens::read(&bytes) {
            Err(why) => checked.wrong.push(format!("{name}: {why}")),
            Ok(token) => match digests.iter().find(|(_, digest)| *digest == token.imprint) {
                Some((of, _)) => checked.fine.push(format!("token {name}: given for {of}; {}", token.says)),
                None => checked.wrong.push(format!("{name}: was given for something else than this bundle")),
            },
        }
    }
    Ok(checked)
}

/// The names of all members; one that cannot be read is called by nothing that a manifest lists.
fn names(zip: &Zip) -> BTreeSet<String> {
    zip.file_names().map(|name| name.map_or_else(|_| "a name that cannot be read".to_owned(), Into::into)).collect()
}

/// The bytes of a small member.
fn text(zip: &mut Zip, name: &str) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut member = zip.by_name(name).with_context(|| format!("{name} is missing"))?;
    member.by_ref().take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    anyhow::ensure!(bytes.len() as u64 <= MOST_BYTES, "{name} is too large");
    Ok(bytes)
}

/// Compares each member with the manifest; those of a known name are unpacked into `folder`.
fn members(zip: &mut Zip, manifest: &Manifest, folder: &Path, checked: &mut Checked) -> anyhow::Result<()> {
    let listed: BTreeSet<&str> = manifest.members.iter().map(|member| member.name.as_str()).collect();
    for name in names(zip) {
        let name = name.as_str();
        if !listed.contains(name) && ![MANIFEST, DIGEST].contains(&name) && !is_token(name) {
            checked.wrong.push(format!("{name} is in the archive and not in the manifest"));
        }
    }
    for member in &manifest.members {
        let Ok(inside) = zip.by_name(&member.name) else {
            checked.wrong.push(format!("{} is missing", member.name));
            continue;
        };
        let known = [RECORD, LOG, WARC].contains(&member.name.as_str());
        let mut hash = Hashing { hash: Sha256::new(), bytes: 0 };
        let mut inside = Read::take(inside, member.bytes.saturating_add(1));
        let copied = if known {
            let mut out = File::create(folder.join(&member.name))?;
            io::copy(&mut Tee { from: &mut inside, hash: &mut hash }, &mut out)
        } else {
            io::copy(&mut Tee { from: &mut inside, hash: &mut hash }, &mut io::sink())
        };
        if copied.is_err() {
            checked.wrong.push(format!("{} cannot be unpacked", member.name));
        } else if hash.bytes != member.bytes || hex(&hash.hash.finalize()) != member.sha256 {
            checked.wrong.push(format!("{} does not have the hash the manifest tells", member.name));
        }
    }
    Ok(())
}

struct Hashing {
    hash: Sha256,
    bytes: u64,
}

/// A reader whose bytes are hashed on their way.
struct Tee<'t, R> {
    from: &'t mut R,
    hash: &'t mut Hashing,
}

impl<R: Read> Read for Tee<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(buffer)?;
        self.hash.hash.update(&buffer[..n]);
        self.hash.bytes += n as u64;
        Ok(n)
    }
}

/// The record, its log and the pages beside it.
fn record(manifest: &Manifest, folder: &Path, checked: &mut Checked) -> anyhow::Result<()> {
    let path = folder.join(RECORD);
    let record = match Record::open(&path, Access::ReadOnly) {
        // The copy is ours: an older layout may be brought up to date.
        Err(RecordError::Older { .. }) => Record::open(&path, Access::ReadWrite),
        opened => opened,
    };
    let record = match record {
        Ok(record) => record,
        Err(error) => {
            checked.wrong.push(format!("{RECORD} cannot be opened: {error}"));
            return Ok(());
        }
    };
    let differences = record.verify(None)?;
    checked.wrong.extend(differences.iter().map(|d| format!("{RECORD}: {} {}: {}", d.what, d.id, d.problem)));
    let root = record.root()?;
    if root != manifest.root {
        checked.wrong.push(format!("{RECORD} has the root {root}, the manifest tells {}", manifest.root));
    }
    if record.edition()? != manifest.edition {
        checked.wrong.push(format!("{RECORD} was made with another edition than the manifest tells"));
    }
    let history = record.history()?;
    let end = history.as_ref().map(|it| LogEnd { n_entries: it.n_entries, last: it.last.clone() });
    if end != manifest.log {
        checked.wrong.push(format!("{LOG} does not end where the manifest tells"));
    }
    compare_pages(&record, &folder.join(WARC), checked)?;
    if checked.wrong.is_empty() {
        checked.fine.push(format!("root {root}"));
        let log = end.map_or_else(|| "none".to_owned(), |it| format!("{} entries, the last {}", it.n_entries, it.last));
        checked.fine.push(format!("log {log}"));
        checked.fine.push(format!("record {} pages; the reports were not read again", record.n_pages()?));
    }
    Ok(())
}

/// Whether the archive of pages, read as any such archive is, gives the bytes that the record has.
fn compare_pages(record: &Record, warc: &Path, checked: &mut Checked) -> anyhow::Result<()> {
    let mut kept = BTreeSet::new();
    for id in record.page_ids()? {
        kept.extend(record.page(&id)?.filter(|page| !page.raw.is_empty()).map(|page| sha256_hex(&page.raw)));
    }
    let mut read = BTreeSet::new();
    for page in sitrep::pages(&Source::of_paths([warc])) {
        match page {
            Ok(page) => drop(read.insert(page.sha256)),
            Err(error) if error.is_remark() => {}
            Err(error) => checked.wrong.push(format!("{WARC}: {error}")),
        }
    }
    let (n_lost, n_more) = (kept.difference(&read).count(), read.difference(&kept).count());
    if n_lost + n_more > 0 {
        checked.wrong.push(format!("{WARC} lacks {n_lost} pages of the record and has {n_more} others"));
    } else {
        checked.fine.push(format!("pages {} read back from {WARC}", read.len()));
    }
    Ok(())
}

fn of_file(path: &Path) -> anyhow::Result<[u8; 32]> {
    let mut hash = Sha256::new();
    io::copy(&mut File::open(path)?, &mut hash)?;
    Ok(hash.finalize().into())
}

/// Tokens named, beside the archive (`FILE.ots`), and inside it.
fn found_tokens(zip: &mut Zip, path: &Path, given: &[PathBuf]) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    let beside = ["ots", "tsr", "tst"].map(|ending| PathBuf::from(format!("{}.{ending}", path.display())));
    for token in given.iter().chain(beside.iter().filter(|token| token.is_file() && !given.contains(token))) {
        let mut bytes = Vec::new();
        let file = File::open(token).with_context(|| format!("cannot open {}", token.display()))?;
        file.take(MOST_BYTES).read_to_end(&mut bytes)?;
        found.push((token.display().to_string(), bytes));
    }
    for name in names(zip).into_iter().filter(|name| is_token(name)) {
        found.push((name.clone(), text(zip, &name)?));
    }
    Ok(found)
}
