//! What a zip file holds, and its files' bytes.
//!
//! In: an opened zip file. Out: [`Directory`]: the entries as the file lists them, each readable without unpacking the others. Never
//! unpacks past what an entry claims, or past the limit it is given.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use ::zip::{CompressionMethod, ZipArchive};
use flate2::bufread::DeflateDecoder;

use super::super::ReadSeek;
use super::super::unpack::{self, MAX_RATIO, RATIO_FREE_BYTES, Stopped, Unpacked};

/// Entries past this number make a zip file one that is not read: its list alone would fill the memory.
const MAX_ENTRIES: usize = 500_000;
const BUFFER_BYTES: usize = 32 * 1024;

/// One file in a zip file.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) packed_bytes: u64,
    pub(crate) unpacked_bytes: u64,
    header_at: u64,
    method: CompressionMethod,
    is_encrypted: bool,
}

type Shared<'s> = Arc<Mutex<Box<dyn ReadSeek + 's>>>;

/// A zip file's entries, in its own order.
pub(crate) struct Directory<'s> {
    pub(crate) entries: Vec<Entry>,
    file: Shared<'s>,
}

impl<'s> Directory<'s> {
    /// Reads the list of entries.
    pub(crate) fn of(reader: Box<dyn ReadSeek + 's>) -> Result<Directory<'s>, String> {
        let mut archive =
            ZipArchive::new(reader).map_err(|error| format!("not a whole zip file, is it cut short? ({error})"))?;
        if archive.len() > MAX_ENTRIES {
            return Err(format!("holds more than {MAX_ENTRIES} files: unpack it first"));
        }
        let mut entries = Vec::with_capacity(archive.len());
        for i in 0..archive.len() {
            let Ok(file) = archive.by_index_raw(i) else { continue };
            if file.is_dir() {
                continue;
            }
            entries.push(Entry {
                name: file.name().map_or_else(|_| format!("entry {i}"), |name| name.replace('\\', "/")),
                packed_bytes: file.compressed_size(),
                unpacked_bytes: file.size(),
                header_at: file.header_start(),
                method: file.compression(),
                is_encrypted: file.encrypted(),
            });
        }
        Ok(Directory { entries, file: Arc::new(Mutex::new(archive.into_inner())) })
    }

    /// The whole file as it is, when it has at most `limit_bytes`.
    pub(crate) fn whole(&self, limit_bytes: u64) -> io::Result<Option<Vec<u8>>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(0))?;
        let mut raw = Vec::new();
        file.by_ref().take(limit_bytes + 1).read_to_end(&mut raw)?;
        Ok((raw.len() as u64 <= limit_bytes).then_some(raw))
    }

    /// The entry called `name`.
    pub(crate) fn named(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// An entry's bytes, or code and words that say why there are none.
    pub(crate) fn bytes(&self, entry: &Entry, limit_bytes: u64) -> Result<Unpacked, (&'static str, String)> {
        let too_large = (Stopped::TooLarge.code(), Stopped::TooLarge.says(limit_bytes));
        if entry.unpacked_bytes > limit_bytes {
            return Err(too_large);
        }
        let unpacked = unpack::bounded(self.open(entry)?, limit_bytes);
        match unpacked.stopped {
            Some(Stopped::TooLarge) => Err(too_large),
            _ => Ok(unpacked),
        }
    }

    /// An entry's bytes as they come; wound back they can be only when they are stored unpacked.
    pub(crate) fn open(&self, entry: &Entry) -> Result<Box<dyn ReadSeek + 's>, (&'static str, String)> {
        if entry.is_encrypted {
            return Err(("encrypted", "is encrypted".to_owned()));
        }
        if entry.unpacked_bytes > RATIO_FREE_BYTES && entry.unpacked_bytes / entry.packed_bytes.max(1) > MAX_RATIO {
            let why = format!("unpacks to more than {MAX_RATIO} times its size: left out");
            return Err((Stopped::TooLarge.code(), why));
        }
        let start = self.start(entry).map_err(|why| ("packed-damaged", why))?;
        let end = start.saturating_add(entry.packed_bytes);
        let section = Section { file: Arc::clone(&self.file), start, at: start, end, buffer: Vec::new(), taken: 0 };
        match entry.method {
            CompressionMethod::Stored => Ok(Box::new(section)),
            CompressionMethod::DEFLATE => {
                let inner = DeflateDecoder::new(section).take(entry.unpacked_bytes);
                Ok(Box::new(OneWay { inner: BufReader::new(inner), at: 0 }))
            }
            _ => Err(("not-read", "is packed in a way that is not read: pack it again with deflate".to_owned())),
        }
    }

    /// Where an entry's bytes begin: behind its own header, which need not be as long as the list says.
    fn start(&self, entry: &Entry) -> Result<u64, String> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut header = [0; 30];
        let read = file.seek(SeekFrom::Start(entry.header_at)).and_then(|_| file.read_exact(&mut header));
        if read.is_err() || !header.starts_with(b"PK\x03\x04") {
            return Err("its place in the zip file is damaged".to_owned());
        }
        let size = |at: usize| u64::from(u16::from_le_bytes([header[at], header[at + 1]]));
        Ok(entry.header_at + 30 + size(26) + size(28))
    }
}

/// A stretch of a file.
struct Section<'s> {
    file: Shared<'s>,
    start: u64,
    at: u64,
    end: u64,
    buffer: Vec<u8>,
    taken: usize,
}

impl BufRead for Section<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken >= self.buffer.len() && self.at < self.end {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(self.at))?;
            let n_bytes = (self.end - self.at).min(BUFFER_BYTES as u64) as usize;
            self.buffer.resize(n_bytes, 0);
            let n_read = file.read(&mut self.buffer)?;
            self.buffer.truncate(n_read);
            self.taken = 0;
            self.at += n_read as u64;
        }
        Ok(self.buffer.get(self.taken..).unwrap_or_default())
    }

    fn consume(&mut self, n_bytes: usize) {
        self.taken = (self.taken + n_bytes).min(self.buffer.len());
    }
}

impl Read for Section<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n_read = self.fill_buf()?.read(out)?;
        self.consume(n_read);
        Ok(n_read)
    }
}

impl Seek for Section<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let now = self.at - (self.buffer.len() - self.taken) as u64;
        let to = match to {
            SeekFrom::Start(n) => self.start.checked_add(n),
            SeekFrom::Current(n) => now.checked_add_signed(n),
            SeekFrom::End(n) => self.end.checked_add_signed(n),
        };
        let to = to.filter(|to| *to >= self.start).ok_or(io::ErrorKind::InvalidInput)?;
        if to != now {
            self.buffer.clear();
            self.taken = 0;
            self.at = to.min(self.end);
        }
        Ok(to - self.start)
    }
}

/// Bytes that can only be read on.
struct OneWay<R> {
    inner: BufReader<R>,
    at: u64,
}

impl<R: Read> Read for OneWay<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n_read = self.inner.read(out)?;
        self.at += n_read as u64;
        Ok(n_read)
    }
}

impl<R: Read> BufRead for OneWay<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n_bytes: usize) {
        self.inner.consume(n_bytes);
        self.at += n_bytes as u64;
    }
}

impl<R: Read> Seek for OneWay<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Current(0) => Ok(self.at),
            SeekFrom::Start(n) if n == self.at => Ok(self.at),
            _ => Err(io::ErrorKind::NotSeekable.into()),
        }
    }
}
