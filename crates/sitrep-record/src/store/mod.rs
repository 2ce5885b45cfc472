//! The record's one file: made, opened, brought up to date, written tight.
//!
//! In: a path. Out: a connection to a SQLite file that is certainly ours. The file carries an application id and a layout
//! number; numbered migrations under `migrations/` bring older files up to date. Never reads a claim's meaning.

pub(crate) mod body;
pub(crate) mod brief;
pub(crate) mod finding;
pub(crate) mod lock;
pub(crate) mod part;
pub(crate) mod read;
pub(crate) mod write;

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::{Access, RecordError};

/// "SITR" in the file's header: `file` and other programs can tell a record from any other database.
const APPLICATION_ID: i64 = 0x5349_5452;

/// Layouts, oldest first; a file's `user_version` counts how many it has had.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_copies.sql"),
    include_str!("migrations/0003_thumbnails.sql"),
    include_str!("migrations/0004_leaves.sql"),
    include_str!("migrations/0005_names.sql"),
    include_str!("migrations/0006_redactions.sql"),
    include_str!("migrations/0007_near.sql"),
    include_str!("migrations/0008_smaller.sql"),
];

/// What the new file is called while it is written.
const SETTLING: &str = ".settling";
const PAGE_SIZE_BYTES: i64 = 8192;
/// Memory for pages of the file at hand, taken as it is needed: rows of a large record are written all over it.
const CACHE_KIB: i64 = 64 << 10;
/// The same while the whole is computed, when every row is read: a part of a large file, and no more than this.
const MOST_CACHE_KIB: i64 = 384 << 10;
const CACHE_OF_FILE: i64 = 6;
const WAIT_FOR_WRITER: Duration = Duration::from_secs(5);

/// Makes an empty record at `path`.
///
/// # Errors
/// When something is there already or the file cannot be made.
pub(crate) fn create(path: &Path) -> Result<Connection, RecordError> {
    File::create_new(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => RecordError::Exists { path: path.to_path_buf() },
        _ => RecordError::File { path: path.to_path_buf(), doing: "create it", source },
    })?;
    begin(path)
}

/// Makes a record of the empty file at `path`.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn begin(path: &Path) -> Result<Connection, RecordError> {
    let made = (|| {
        let connection = connect(path, Access::ReadWrite)?;
        connection.pragma_update(None, "page_size", PAGE_SIZE_BYTES)?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        Ok(connection)
    })();
    let mut connection = made.map_err(|e| RecordError::database(path, e))?;
    migrate(&mut connection).map_err(|e| RecordError::database(path, e))?;
    Ok(connection)
}

/// Opens the record at `path`; a writer brings an older layout up to date.
///
/// # Errors
/// When there is no file, or it is not a record this program can read.
pub(crate) fn open(path: &Path, access: Access) -> Result<Connection, RecordError> {
    check(path)?;
    let mut connection = connect(path, access).map_err(|e| RecordError::database(path, e))?;
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = pragma("application_id").map_err(|e| RecordError::database(path, e))?;
    if application != APPLICATION_ID {
        return Err(RecordError::NotARecord {
            path: path.to_path_buf(),
            found: "a SQLite file of another program".to_owned(),
        });
    }
    let found = pragma("user_version").map_err(|e| RecordError::database(path, e))?;
    let known = MIGRATIONS.len() as i64;
    let path_buf = path.to_path_buf();
    if found > known {
        return Err(RecordError::Newer { path: path_buf, found, known });
    }
    if found < known {
        if access == Access::ReadOnly {
            return Err(RecordError::Older { path: path_buf, found, known });
        }
        migrate(&mut connection).map_err(|e| RecordError::database(path, e))?;
    }
    Ok(connection)
}

/// Rewrites the file so that its bytes depend on its rows alone, not on the order in which they came.
///
/// The new file is written beside the old one, made durable, and put in its place in one step.
///
/// # Errors
/// When the file cannot be written or replaced; the old file is then still whole.
pub(crate) fn write_tight(connection: Connection, path: &Path) -> Result<(Connection, lock::WriterLock), RecordError> {
    clean(path)?;
    let beside = with_suffix(path, SETTLING);
    let written = connection.execute("VACUUM INTO ?1", [beside.to_string_lossy()]);
    if let Err(error) = written {
        // Most likely the disk is full: what was written so far is of no use to anybody.
        let _ = clean(path);
        return Err(RecordError::database(path, error));
    }
    drop(connection);
    // A tight copy counts its schema changes on from the original; the count is set back so that history leaves no trace.
    let reset = connect(&beside, Access::ReadWrite).and_then(|tight| tight.pragma_update(None, "schema_version", 1));
    reset.map_err(|e| RecordError::database(&beside, e))?;
    File::open(&beside)
        .and_then(|file| file.sync_all())
        .map_err(|source| file_error(&beside, "make it durable", source))?;
    // The new file is locked before it stands in the old one's place: no other writer can slip in between.
    let lock = lock::WriterLock::take(&beside)?;
    fs::rename(&beside, path).map_err(|source| file_error(path, "replace it", source))?;
    keep_names(path)?;
    let connection = connect(path, Access::ReadWrite).map_err(|e| RecordError::database(path, e))?;
    Ok((connection, lock))
}

/// Makes the names in the file's folder durable: after a power cut a rename must not be undone.
fn keep_names(path: &Path) -> Result<(), RecordError> {
    // Only Unix can open a folder to make it durable; elsewhere the file system does so by itself.
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let done = File::open(folder).and_then(|folder| folder.sync_all());
        done.map_err(|source| file_error(folder, "make its names durable", source))?;
    }
    Ok(())
}

/// Keeps more of a large file at hand, before every row of it is read and written.
pub(crate) fn more_at_hand(connection: &Connection) -> rusqlite::Result<()> {
    let n_pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
    let page_bytes: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let part_kib = n_pages.saturating_mul(page_bytes) / 1024 / CACHE_OF_FILE;
    connection.pragma_update(None, "cache_size", -part_kib.clamp(CACHE_KIB, MOST_CACHE_KIB))
}

/// Removes what a run left that ended while it wrote the file anew; only who holds the writer's lock may.
///
/// # Errors
/// When it cannot be removed.
pub(crate) fn clean(path: &Path) -> Result<(), RecordError> {
    let beside = with_suffix(path, SETTLING);
    for left in [with_suffix(&beside, "-journal"), beside] {
        match fs::remove_file(&left) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(file_error(&left, "remove what an earlier run left", source));
            }
            _ => {}
        }
    }
    Ok(())
}

fn connect(path: &Path, access: Access) -> rusqlite::Result<Connection> {
    let mode = match access {
        Access::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    // No URI names: a `?` or `%` in a file name means itself.
    let connection = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(WAIT_FOR_WRITER)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    if access == Access::ReadWrite {
        // A rollback journal, not a write-ahead log: between transactions the record is one single file.
        connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What is freed is written over with zeros: nothing that was taken out lingers, and no bytes depend on what stood there before.
        connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    }
    // A statement keeps its plan, whatever it is asked with: making one anew costs more than most answers.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // A record may come from a stranger: no functions or tricks from its schema.
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let have: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let have = usize::try_from(have).unwrap_or(0);
    if have == MIGRATIONS.len() {
        return Ok(());
    }
    brief::functions(connection)?;
    // A table that others refer to is replaced by dropping it: they refer to the new one by its name.
    connection.pragma_update(None, "foreign_keys", false)?;
    for (number, sql) in MIGRATIONS.iter().enumerate().skip(have) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", number as i64 + 1)?;
        transaction.commit()?;
    }
    connection.pragma_update(None, "foreign_keys", true)
}

/// Refuses what is certainly no record by its first bytes.
///
/// # Errors
/// When there is no file, or it is something else.
pub(crate) fn check(path: &Path) -> Result<(), RecordError> {
    let mut first = [0; 16];
    let file = File::open(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => {
            let locked = with_suffix(path, ".age");
            if locked.exists() {
                RecordError::Locked { path: locked }
            } else {
                RecordError::Missing { path: path.to_path_buf() }
            }
        }
        _ => file_error(path, "open it", source),
    })?;
    let not = |found: &str| Err(RecordError::NotARecord { path: path.to_path_buf(), found: found.to_owned() });
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return not("a folder");
    }
    let mut head = Vec::new();
    file.take(first.len() as u64).read_to_end(&mut head).map_err(|source| file_error(path, "read it", source))?;
    if head.is_empty() {
        return not("an empty file");
    }
    if head.len() < first.len() {
        return not("not a SQLite file");
    }
    first.copy_from_slice(&head);
    match &first {
        b"SQLite format 3\0" => Ok(()),
        b"age-encryption.o" => Err(RecordError::Locked { path: path.to_path_buf() }),
        _ => not("not a SQLite file"),
    }
}

pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

pub(crate) fn file_error(path: &Path, doing: &'static str, source: std::io::Error) -> RecordError {
    RecordError::File { path: path.to_path_buf(), doing, source }
}
