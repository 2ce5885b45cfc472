//! `lock` and `unlock`: a record and its log under a passphrase, and back.
//!
//! In: a record, a passphrase from a file, the environment or the terminal, never from an argument. Out: `RECORD.age` and `RECORD.log.age`
//! in place of the two, or the two again. Nothing is removed before what takes its place was read back; a run that was cut short is
//! gone on with by the same command.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use age::secrecy::{ExposeSecret as _, SecretString};
use anyhow::Context as _;
use sitrep::{Access, Record, RecordError};

use super::custody;
use crate::args::{LockArgs, PassphraseArgs, UnlockArgs};
use crate::ending::{Ending, Usage};
use crate::out::{self, Say};
use crate::sealed;

/// Where a passphrase may stand when no file is named.
const VARIABLE: &str = "SITREP_PASSPHRASE";

/// `sitrep lock RECORD`
pub(super) fn lock(args: &LockArgs, say: &Say) -> anyhow::Result<Ending> {
    let (record, log) = (&args.record, Record::log_path(&args.record));
    let missing = !record.exists();
    if missing && !(sealed::name(record).exists() && log.exists()) {
        // The record's own words about what is there instead.
        drop(Record::open(record, Access::ReadOnly)?);
    }
    // Who writes has the record to itself, and leaves nothing half done that would be sealed in.
    let held = if missing { None } else { Some(custody::writing(record)?) };
    let passphrase = passphrase(&args.passphrase, true)?;
    let plain: Vec<&Path> = [record.as_path(), log.as_path()].into_iter().filter(|path| path.exists()).collect();
    for path in &plain {
        sealed::seal(path, &passphrase)?;
    }
    out::keep_names(record)?;
    if !args.keep {
        for path in &plain {
            remove(path)?;
        }
        out::keep_names(record)?;
    }
    drop(held);
    say.line(&format!("{}: encrypted, and read back", sealed::name(record).display()));
    if args.keep {
        say.line(&format!("{} stays as it is", record.display()));
    } else {
        say.line(
            "the record itself is deleted, not wiped: a disk, its snapshots and backups may hold what was deleted for long",
        );
    }
    Ok(Ending::Done)
}

/// `sitrep unlock RECORD.age`
pub(super) fn unlock(args: &UnlockArgs, say: &Say) -> anyhow::Result<Ending> {
    let record = plain_name(&args.file)?;
    let log = Record::log_path(&record);
    if !args.file.exists() {
        return Err(RecordError::Missing { path: args.file.clone() }.into());
    }
    let passphrase = passphrase(&args.passphrase, false)?;
    let pairs: Vec<(PathBuf, &Path)> = [log.as_path(), record.as_path()]
        .into_iter()
        .map(|plain| (sealed::name(plain), plain))
        .filter(|(sealed, _)| sealed.exists())
        .collect();
    for (sealed, plain) in &pairs {
        sealed::unseal(sealed, plain, &passphrase)?;
    }
    out::keep_names(&record)?;
    drop(Record::open(&record, Access::ReadOnly).context("what was in it is no record that can be read")?);
    if !args.keep {
        for (sealed, _) in &pairs {
            remove(sealed)?;
        }
        out::keep_names(&record)?;
    }
    say.line(&format!("{}: a record again", record.display()));
    Ok(Ending::Done)
}

fn remove(path: &Path) -> anyhow::Result<()> {
    fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))
}

/// The record's name without the ending that `lock` gave it.
fn plain_name(sealed: &Path) -> anyhow::Result<PathBuf> {
    let is_sealed = sealed.extension() == Some(OsStr::new(&sealed::ENDING[1..]));
    match sealed.file_stem().filter(|_| is_sealed) {
        Some(stem) => Ok(sealed.with_file_name(stem)),
        None => {
            Err(Usage(format!("{}: an encrypted record's name ends with {}", sealed.display(), sealed::ENDING)).into())
        }
    }
}

/// The passphrase; a new one is asked for twice.
#[expect(
    clippy::disallowed_methods,
    reason = "a passphrase among the arguments would be seen by everybody who lists processes"
)]
fn passphrase(args: &PassphraseArgs, new: bool) -> anyhow::Result<SecretString> {
    let given = match &args.passphrase_file {
        Some(path) => {
            let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            // What an editor puts at the end of a line is no part of it.
            SecretString::from(text.lines().next().unwrap_or_default().to_owned())
        }
        None => match std::env::var(VARIABLE) {
            Ok(text) => SecretString::from(text),
            Err(_) => prompted(new)?,
        },
    };
    if given.expose_secret().is_empty() {
        return Err(Usage("the passphrase is empty".to_owned()).into());
    }
    Ok(given)
}

fn prompted(new: bool) -> anyhow::Result<SecretString> {
    let ask = |what: &str| {
        let typed = rpassword::prompt_password(what).map(SecretString::from);
        typed.with_context(|| format!("no terminal to ask for a passphrase; use --passphrase-file or {VARIABLE}"))
    };
    let first = ask("Passphrase: ")?;
    if new && ask("The same again: ")?.expose_secret() != first.expose_secret() {
        return Err(Usage("the two passphrases differ".to_owned()).into());
    }
    Ok(first)
}
