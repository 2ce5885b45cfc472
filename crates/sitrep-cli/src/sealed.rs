//! A file under a passphrase: in the age format, version 1, as the `age` tool and other programs read it.
//!
//! In: a file and a passphrase. Out: the same file sealed or opened, under its final name only when it is whole and durable. Reads and
//! writes piece by piece, so memory does not grow with the file. Never removes a file and never keeps the passphrase.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write as _};
use std::iter::once;
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, scrypt};
use anyhow::{Context as _, anyhow, ensure};
use sha2::{Digest as _, Sha256};

use crate::out::Whole;

/// What a sealed file's name ends with.
pub(crate) const ENDING: &str = ".age";
/// How dear it is to try a passphrase: scrypt over 2^18 blocks, 256 MiB of memory, as the `age` tool has it.
const WORK_LOG2: u8 = 18;
/// The dearest file that is opened: 1 GiB. A stranger's file must not take all memory.
const MOST_WORK_LOG2: u8 = 20;
const PIECE_BYTES: usize = 64 * 1024;

/// SHA-256 of a file's bytes.
type Hash = [u8; 32];

/// The name of `plain` when it is sealed.
pub(crate) fn name(plain: &Path) -> PathBuf {
    let mut name = plain.as_os_str().to_owned();
    name.push(ENDING);
    PathBuf::from(name)
}

/// Seals `plain` beside itself and reads the sealed file back from the disk: it is there, whole, and opens to the same bytes.
///
/// A sealed file that is there already is kept when it opens to the same bytes: what a run before this one had come to.
pub(crate) fn seal(plain: &Path, passphrase: &SecretString) -> anyhow::Result<()> {
    let sealed = name(plain);
    let wanted = hash(File::open(plain).with_context(|| format!("cannot read {}", plain.display()))?, plain)?;
    if sealed.exists() {
        let found = hash(opened(&sealed, passphrase)?, &sealed)?;
        ensure!(
            found == wanted,
            "{}: there already, and not what {} is now; move one of them away",
            sealed.display(),
            plain.display()
        );
        return Ok(());
    }
    let mut whole = Whole::create(&sealed)?;
    let doing = || format!("cannot write {}", sealed.display());
    let mut recipient = scrypt::Recipient::new(passphrase.clone());
    recipient.set_work_factor(WORK_LOG2);
    let encryptor = Encryptor::with_recipients(once(&recipient as &dyn age::Recipient))?;
    let mut into = encryptor.wrap_output(io::BufWriter::new(whole.file())).with_context(doing)?;
    let mut from = File::open(plain).with_context(|| format!("cannot read {}", plain.display()))?;
    io::copy(&mut from, &mut into).with_context(doing)?;
    into.finish().and_then(|mut file| file.flush()).with_context(doing)?;
    finish(whole, plain, &sealed)?;
    let found = hash(opened(&sealed, passphrase)?, &sealed)?;
    ensure!(found == wanted, "{}: does not open to what was put in; {} stays", sealed.display(), plain.display());
    Ok(())
}

/// Opens `sealed` beside itself as `plain`. A file that is there already is kept when it has the same bytes.
pub(crate) fn unseal(sealed: &Path, plain: &Path, passphrase: &SecretString) -> anyhow::Result<()> {
    let mut from = opened(sealed, passphrase)?;
    if plain.exists() {
        let there = hash(File::open(plain).with_context(|| format!("cannot read {}", plain.display()))?, plain)?;
        ensure!(
            hash(from, sealed)? == there,
            "{}: there already, and not what {} holds; move one of them away",
            plain.display(),
            sealed.display()
        );
        return Ok(());
    }
    let mut whole = Whole::create(plain)?;
    pieces(&mut from, sealed, |piece| {
        whole.file().write_all(piece).with_context(|| format!("cannot write {}", plain.display()))
    })?;
    finish(whole, sealed, plain)
}

/// Gives a file its name and the rights of the one it was made of.
fn finish(mut whole: Whole, from: &Path, to: &Path) -> anyhow::Result<()> {
    let rights = fs::metadata(from).map(|it| it.permissions());
    let given = rights.and_then(|rights| whole.file().set_permissions(rights));
    given.with_context(|| format!("cannot write {}", to.display()))?;
    whole.finish()
}

/// The bytes in a sealed file.
fn opened(sealed: &Path, passphrase: &SecretString) -> anyhow::Result<impl Read + use<>> {
    let shown = sealed.display();
    let file = File::open(sealed).with_context(|| format!("cannot read {shown}"))?;
    let decryptor = Decryptor::new_buffered(BufReader::new(file)).map_err(|error| refused(sealed, error))?;
    ensure!(decryptor.is_scrypt(), "{shown}: sealed for a key, not under a passphrase; open it with the age tool");
    let mut identity = scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(MOST_WORK_LOG2);
    decryptor.decrypt(once(&identity as &dyn age::Identity)).map_err(|error| refused(sealed, error))
}

/// Why a sealed file does not open, in words that say what to do.
fn refused(sealed: &Path, error: DecryptError) -> anyhow::Error {
    let shown = sealed.display();
    match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys => {
            anyhow!("{shown}: this is not its passphrase")
        }
        DecryptError::ExcessiveWork { required, .. } => {
            anyhow!("{shown}: asks for more work than is done here (2^{required}); open it with the age tool")
        }
        DecryptError::UnknownFormat => anyhow!("{shown}: in a later age format; open it with a newer age tool"),
        DecryptError::InvalidHeader | DecryptError::InvalidMac => {
            anyhow!("{shown}: not an encrypted record, or its beginning is damaged")
        }
        DecryptError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            anyhow!("{shown}: not an encrypted record, or its beginning is damaged")
        }
        error => anyhow!("{shown}: cannot be opened: {error}"),
    }
}

fn hash(mut from: impl Read, path: &Path) -> anyhow::Result<Hash> {
    let mut hash = Sha256::new();
    pieces(&mut from, path, |piece| {
        hash.update(piece);
        Ok(())
    })?;
    Ok(hash.finalize().into())
}

/// Reads to the end, telling damage in words.
fn pieces(from: &mut impl Read, path: &Path, mut each: impl FnMut(&[u8]) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let n_read = match from.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(n_read) => n_read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) if matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData) => {
                return Err(anyhow!("{}: damaged or cut short; take another copy of it", path.display()));
            }
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        each(&piece[..n_read])?;
    }
}
