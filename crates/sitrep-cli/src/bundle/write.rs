//! Writes an archive.
//!
//! In: a record that verifies. Out: the archive under its name once it is whole, with the digest of its manifest. Takes nothing from the
//! clock: the same record and log give the same bytes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek as _, Write};
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use sitrep::model::Page;
use sitrep::{Access, Entry, Record};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{DIGEST, FORMAT, LOG, LogEnd, MANIFEST, Manifest, Member, PAGES, RECORD, WARC, hex, warc};
use crate::out::Whole;

/// What was written.
pub(crate) struct Written {
    /// SHA-256 of the manifest: what a timestamp is asked for.
    pub(crate) digest: String,
    /// The record's root.
    pub(crate) root: String,
    /// Pages of which the archive has the bytes.
    pub(crate) n_pages: usize,
}

/// Bundles the record at `path` into `output`.
pub(crate) fn write(path: &Path, output: &Path) -> anyhow::Result<Written> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    // A copy, so that what is checked and what is bundled are the same, whoever writes to the record meanwhile.
    let copy = folder.path().join(RECORD);
    let record = copied(path, &copy)?;
    let (mut warc, mut list) = (tempfile::tempfile()?, tempfile::tempfile()?);
    let n_pages = pages(&record, &mut warc, &mut list)?;
    let log = Record::log_path(&copy);
    let history = record.history()?;
    let mut members: Vec<(&str, File)> = vec![(LOG, File::open(&log).ok()), (PAGES, Some(list)), (WARC, Some(warc))]
        .into_iter()
        .filter_map(|(name, file)| Some((name, file?)))
        .collect();
    members.push((RECORD, File::open(&copy)?));
    members.sort_by_key(|(name, _)| *name);
    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        tool: format!("sitrep {}", sitrep::VERSION),
        edition: record.edition()?,
        root: record.root()?,
        n_pages: record.n_pages()?,
        log: history.map(|it| LogEnd { n_entries: it.n_entries, last: it.last }),
        members: Vec::new(),
    };
    for (name, file) in &mut members {
        let (bytes, sha256) = hashed(file)?;
        manifest.members.push(Member { name: (*name).to_owned(), bytes, sha256 });
    }
    let root = manifest.root.clone();
    let manifest = serde_json::to_string_pretty(&manifest)? + "\n";
    let digest = hex(&Sha256::digest(&manifest));
    archive(output, &mut members, &manifest, &digest)?;
    Ok(Written { digest, root, n_pages })
}

/// Copies record and log, and opens the copy when it verifies.
fn copied(path: &Path, copy: &Path) -> anyhow::Result<Record> {
    drop(Record::open(path, Access::ReadOnly)?);
    std::fs::copy(path, copy).with_context(|| format!("cannot copy {}", path.display()))?;
    let log = Record::log_path(path);
    if log.exists() {
        std::fs::copy(&log, Record::log_path(copy)).with_context(|| format!("cannot copy {}", log.display()))?;
    }
    // The same pages and rulings give the same bundle, however they came into the record.
    Record::open(copy, Access::ReadWrite)?.tighten()?;
    let record = Record::open(copy, Access::ReadOnly)?;
    let differences = record.verify(None)?;
    let why = || {
        let first = differences.first().map_or_else(String::new, |d| format!("{} {}: {}", d.what, d.id, d.problem));
        format!("{} does not verify, so no bundle is made of it: {first}", path.display())
    };
    ensure!(differences.is_empty(), why());
    Ok(record)
}

/// The pages with their bytes, and the list of what is known of each.
fn pages(record: &Record, warc: &mut File, list: &mut File) -> anyhow::Result<usize> {
    let noted = noted(record)?;
    let (mut warc, mut list) = (BufWriter::new(warc), BufWriter::new(list));
    warc::begin(&mut warc)?;
    let mut n = 0;
    for id in record.page_ids()? {
        let Some(page) = record.page(&id)? else { continue };
        let when = noted.get(id.as_str()).map(String::as_str);
        writeln!(list, "{}", line(&page, when))?;
        if !page.raw.is_empty() {
            warc::page(&mut warc, &page, when)?;
            n += 1;
        }
    }
    warc.flush()?;
    list.flush()?;
    Ok(n)
}

fn line(page: &Page, noted: Option<&str>) -> serde_json::Value {
    json!({
        "id": page.id, "sha256": page.sha256, "path": page.path, "media_type": page.media_type, "given": page.meta,
        "custody": page.custody, "noted": noted, "has_bytes": !page.raw.is_empty(),
    })
}

/// When the log says that each page came in.
fn noted(record: &Record) -> anyhow::Result<BTreeMap<String, String>> {
    let log = Record::log_path(record.path());
    let text = if log.exists() { std::fs::read_to_string(&log)? } else { String::new() };
    let entries = text.lines().filter_map(|line| serde_json::from_str::<Entry>(line).ok());
    Ok(entries.filter(|entry| entry.did == "added").map(|entry| (entry.id, entry.time)).collect())
}

fn hashed(file: &mut File) -> io::Result<(u64, String)> {
    file.rewind()?;
    let mut hash = Sha256::new();
    let bytes = io::copy(&mut BufReader::new(&mut *file), &mut hash)?;
    file.rewind()?;
    Ok((bytes, hex(&hash.finalize())))
}

fn archive(output: &Path, members: &mut [(&str, File)], manifest: &str, digest: &str) -> anyhow::Result<()> {
    let mut whole = Whole::create(output)?;
    let error = || format!("cannot write {}", output.display());
    let written = (|| -> anyhow::Result<()> {
        let mut zip = ZipWriter::new(BufWriter::new(whole.file()));
        let mut texts = BTreeMap::from([(MANIFEST, manifest.to_owned()), (DIGEST, format!("{digest}  {MANIFEST}\n"))]);
        for (name, text) in std::mem::take(&mut texts) {
            add(&mut zip, name, &mut text.as_bytes())?;
        }
        for (name, file) in members {
            add(&mut zip, name, file)?;
        }
        zip.finish()?.flush()?;
        Ok(())
    })();
    written.with_context(error)?;
    whole.finish()
}

fn add(zip: &mut ZipWriter<impl Write + io::Seek>, name: &str, from: &mut impl Read) -> anyhow::Result<()> {
    // What is packed already is stored as it is.
    let packed = name.ends_with(".gz");
    let options = SimpleFileOptions::default()
        .compression_method(if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated })
        .compression_level((!packed).then_some(6))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .large_file(true);
    zip.start_file(name, options)?;
    io::copy(from, zip)?;
    Ok(())
}
