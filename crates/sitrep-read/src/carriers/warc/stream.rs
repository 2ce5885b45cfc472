//! The bytes of a web archive as one stream, unpacked, with the way back to where they stand in the file.
//!
//! In: an opened archive. Out: a window of bytes that grows as asked. Damage in a packed archive costs the member it is in: the
//! stream goes on at the next member. Never holds more than it is asked for and one chunk.

use std::collections::VecDeque;
use std::io::{self, BufRead as _, Read as _, Seek as _, SeekFrom};

use flate2::bufread::GzDecoder;
use memchr::memmem;

use super::super::ReadSeek;
use super::super::unpack::{MAX_RATIO, RATIO_FREE_BYTES, is_gzip};
use super::packed::{Frames, Member, Opening, Packing, is_zstd};

const CHUNK_BYTES: usize = 64 * 1024;
/// Bytes that may be read a second time in search of the next member after damage, in one archive.
const REREAD_BYTES: u64 = 256 * 1024 * 1024;

/// Why the window ends where it ends; once taken, the stream goes on behind the damage.
#[derive(Debug)]
pub(super) struct Damage {
    /// Where the damaged member begins in the file.
    pub(super) offset: u64,
    pub(super) code: &'static str,
    pub(super) why: String,
}

/// A place in an archive: bytes of the file to the start of the gzip member, and unpacked bytes from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) offset: u64,
    pub(super) inside: u64,
}

#[allow(clippy::large_enum_variant, reason = "there is one at a time")]
enum Raw<'s> {
    Plain(Box<dyn ReadSeek + 's>),
    /// Between two members.
    Between(Box<dyn ReadSeek + 's>),
    Member(Member<'s>),
    Ended,
}

/// The unpacked bytes of an archive.
pub(super) struct Stream<'s> {
    raw: Raw<'s>,
    packing: Packing,
    frames: Frames,
    window: Vec<u8>,
    /// Bytes of the window already taken.
    taken: usize,
    /// Unpacked bytes before the window.
    before: u64,
    /// Members begun: unpacked bytes before them, and their offset in the file. The first is the one the window begins in.
    members: VecDeque<(u64, u64)>,
    reread_left: u64,
    damage: Option<Damage>,
}

impl<'s> Stream<'s> {
    pub(super) fn new(reader: Box<dyn ReadSeek + 's>, packing: Packing) -> Stream<'s> {
        let raw = if packing == Packing::Not { Raw::Plain(reader) } else { Raw::Between(reader) };
        let members = VecDeque::new();
        Stream {
            raw,
            packing,
            frames: Frames::default(),
            window: Vec::new(),
            taken: 0,
            before: 0,
            members,
            reread_left: REREAD_BYTES,
            damage: None,
        }
    }

    /// Bytes not yet taken that are at hand.
    pub(super) fn window(&self) -> &[u8] {
        &self.window[self.taken..]
    }

    /// Tries to have `n_bytes` at hand; fewer are when the archive, or its undamaged part, ends before.
    pub(super) fn ensure(&mut self, n_bytes: usize) {
        while self.window.len() - self.taken < n_bytes && self.fill() {}
    }

    /// The damage that the window ends at, if any. Bytes left in the window are of no use then: take them before.
    pub(super) fn take_damage(&mut self) -> Option<Damage> {
        self.damage.take()
    }

    /// Takes bytes at hand.
    pub(super) fn take(&mut self, n_bytes: usize) {
        self.taken = (self.taken + n_bytes).min(self.window.len());
        if self.taken == self.window.len() || self.taken > self.window.len() / 2 && self.taken > CHUNK_BYTES {
            self.before += self.taken as u64;
            self.window.drain(..self.taken);
            self.taken = 0;
            self.window.shrink_to(CHUNK_BYTES * 4);
        }
        let at = self.before + self.taken as u64;
        while self.members.get(1).is_some_and(|(start, _)| *start <= at) {
            self.members.pop_front();
        }
    }

    /// Where the next byte stands.
    pub(super) fn place(&self) -> Place {
        let at = self.before + self.taken as u64;
        if self.packing == Packing::Not {
            return Place { offset: at, inside: 0 };
        }
        let (start, offset) = self.members.front().copied().unwrap_or_default();
        Place { offset, inside: at.saturating_sub(start) }
    }

    /// Takes bytes up to the next place where `needle` stands, or to the end. Says whether it was found.
    pub(super) fn skip_to(&mut self, needle: &[u8]) -> bool {
        loop {
            if let Some(at) = memmem::find(self.window(), needle) {
                self.take(at);
                return true;
            }
            let keep = needle.len().saturating_sub(1);
            self.take(self.window().len().saturating_sub(keep));
            let had = self.window().len();
            if !self.fill() {
                self.take(had);
                return false;
            }
        }
    }

    /// Adds a chunk to the window; false at the end of the archive and at damage.
    fn fill(&mut self) -> bool {
        if self.damage.is_some() {
            return false;
        }
        self.filled().unwrap_or_else(|damage| {
            self.damage = Some(damage);
            false
        })
    }

    fn filled(&mut self) -> Result<bool, Damage> {
        loop {
            let had = self.window.len();
            match std::mem::replace(&mut self.raw, Raw::Ended) {
                Raw::Ended => return Ok(false),
                Raw::Plain(mut reader) => {
                    let read = chunk(&mut reader, &mut self.window);
                    self.raw = Raw::Plain(reader);
                    return match read {
                        Ok(n) => Ok(n > 0),
                        Err(error) => Err(self.unreadable(&error)),
                    };
                }
                Raw::Between(reader) => self.open_member(reader)?,
                Raw::Member(mut member) => {
                    let read = chunk(&mut member, &mut self.window);
                    match read {
                        Ok(0) => self.raw = Raw::Between(member.into_reader(&mut self.frames)),
                        Ok(_) if self.is_bomb(&mut member) => {
                            self.window.truncate(had);
                            let reader = member.into_reader(&mut self.frames);
                            return Err(self.damaged(reader, "unpacks-too-large", bomb()));
                        }
                        Ok(_) => {
                            self.raw = Raw::Member(member);
                            return Ok(true);
                        }
                        Err(error) => {
                            let (code, why) = reason(&error);
                            let reader = member.into_reader(&mut self.frames);
                            return Err(self.damaged(reader, code, why.to_owned()));
                        }
                    }
                }
            }
        }
    }

    fn unreadable(&mut self, error: &io::Error) -> Damage {
        self.raw = Raw::Ended;
        Damage { offset: self.place().offset, code: "cannot-read", why: format!("cannot be read on: {error}") }
    }

    /// Goes on with the member that begins here. Zeros at the end of a file are padding, other bytes are damage.
    fn open_member(&mut self, mut reader: Box<dyn ReadSeek + 's>) -> Result<(), Damage> {
        let start = match reader.stream_position() {
            Ok(start) => start,
            Err(error) => return Err(self.unreadable(&error)),
        };
        let mut skipped = 0_u64;
        let mut odd = false;
        loop {
            let head = match reader.fill_buf() {
                Ok(head) => head,
                Err(error) => return Err(self.unreadable(&error)),
            };
            if head.is_empty() {
                break;
            }
            let mut first = [0; 4];
            let n = head.len().min(4);
            first[..n].copy_from_slice(&head[..n]);
            let skippable = self.packing == Packing::Zstd && self.packing.is_start(&first, n);
            if head[0] == self.packing.first_byte() || skippable {
                if self.packing.is_start(&first, n) {
                    self.members.push_back((self.before + self.window.len() as u64, start + skipped));
                    self.begin(reader)?;
                    break;
                }
                odd = true;
                reader.consume(1);
                skipped += 1;
                continue;
            }
            let n = memchr::memchr(self.packing.first_byte(), head).unwrap_or(head.len());
            odd |= head[..n].iter().any(|b| *b != 0);
            reader.consume(n);
            skipped += n as u64;
        }
        if odd {
            let why = format!("{skipped} bytes belong to no packed record: skipped");
            return Err(Damage { offset: start, code: "packed-damaged", why });
        }
        Ok(())
    }

    fn begin(&mut self, reader: Box<dyn ReadSeek + 's>) -> Result<(), Damage> {
        if self.packing == Packing::Gzip {
            self.raw = Raw::Member(Member::Gzip(GzDecoder::new(reader)));
            return Ok(());
        }
        match self.frames.open(reader) {
            Ok(Opening::Frame(frame)) => self.raw = Raw::Member(Member::Zstd(frame)),
            Ok(Opening::Skipped(reader)) => self.raw = Raw::Between(reader),
            Ok(Opening::Damaged(reader, error)) => {
                let why = format!("the zstd frame is damaged: {error}");
                return Err(self.damaged(reader, "packed-damaged", why));
            }
            Err(error) => {
                let (code, why) = reason(&error);
                let offset = self.members.back().map_or(0, |(_, offset)| *offset);
                return Err(Damage { offset, code, why: why.to_owned() });
            }
        }
        Ok(())
    }

    fn is_bomb(&self, member: &mut Member<'s>) -> bool {
        let (start, offset) = self.members.back().copied().unwrap_or_default();
        let out = self.before + self.window.len() as u64 - start;
        let read = member.reached().unwrap_or(u64::MAX).saturating_sub(offset).max(1);
        out > RATIO_FREE_BYTES && out / read > MAX_RATIO
    }

    /// Leaves a damaged member. The next one is looked for from its second byte on, because a broken member is read past its end;
    /// from where reading stopped when too much was read twice already, or nothing can be wound back.
    fn damaged(&mut self, mut reader: Box<dyn ReadSeek + 's>, code: &'static str, why: String) -> Damage {
        let offset = self.members.back().map_or(0, |(_, offset)| *offset);
        let reached = reader.stream_position().unwrap_or(offset);
        let again = reached.saturating_sub(offset);
        if code != "unpacks-too-large" && again > 2 && again <= self.reread_left {
            self.reread_left -= again;
            let _ = reader.seek(SeekFrom::Start(offset + 2));
        }
        let found = if self.packing == Packing::Zstd { to_frame(&mut reader) } else { to_member(&mut reader) };
        if let Err(error) = found {
            return self.unreadable(&error);
        }
        self.raw = Raw::Between(reader);
        Damage { offset, code, why }
    }
}

/// Winds on to the next bytes that begin a gzip member which unpacks to a record, or to the end.
fn to_member(reader: &mut Box<dyn ReadSeek + '_>) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        match memchr::memchr(0x1F, buffer) {
            None => {
                let n = buffer.len();
                reader.consume(n);
            }
            Some(0) if buffer.len() >= 4 && !is_gzip(buffer) => reader.consume(1),
            Some(0) => {
                let at = reader.stream_position()?;
                let mut head = Vec::new();
                reader.by_ref().take(512).read_to_end(&mut head)?;
                let wound = reader.seek(SeekFrom::Start(at));
                let mut first = [0; 5];
                let record =
                    is_gzip(&head) && GzDecoder::new(&head[..]).read_exact(&mut first).is_ok() && &first == b"WARC/";
                if record && wound.is_ok() {
                    return Ok(());
                }
                if wound.is_ok() {
                    // A read and not `consume`: winding back may have emptied the buffer.
                    let _ = reader.read(&mut [0])?;
                }
            }
            Some(n) => reader.consume(n),
        }
    }
}

/// Winds on to the next bytes that begin a zstd frame, or to the end.
fn to_frame(reader: &mut Box<dyn ReadSeek + '_>) -> io::Result<()> {
    let first = Packing::Zstd.first_byte();
    loop {
        let buffer = reader.fill_buf()?;
        match memchr::memchr(first, buffer) {
            _ if buffer.is_empty() => return Ok(()),
            Some(0) if buffer.len() < 4 || is_zstd(buffer) => return Ok(()),
            Some(0) => reader.consume(1),
            at => {
                let n = at.unwrap_or(buffer.len());
                reader.consume(n);
            }
        }
    }
}

/// Reads up to a chunk; what was read before an error stays in `window`.
fn chunk(reader: &mut impl io::Read, window: &mut Vec<u8>) -> io::Result<usize> {
    let had = window.len();
    window.resize(had + CHUNK_BYTES, 0);
    let read = loop {
        match reader.read(&mut window[had..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => break read,
        }
    };
    window.truncate(had + read.as_ref().copied().unwrap_or(0));
    read
}

fn reason(error: &io::Error) -> (&'static str, &'static str) {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            ("packed-truncated", "the packed record is cut short (is the file still being written?)")
        }
        _ => ("packed-damaged", "the packed record is damaged"),
    }
}

fn bomb() -> String {
    let free_mib = RATIO_FREE_BYTES / (1024 * 1024);
    format!("one packed record unpacks to more than {free_mib} MiB and {MAX_RATIO} times its size: left out")
}
