//! How a web archive is packed: not at all, one gzip member a record, or one zstd frame a record.
//!
//! In: an opened archive. Out: [`Packing`], and members that unpack as they are read. A zstd archive may open with the dictionary that
//! its frames were packed with; it is read within a limit. The unpacker of zstd is kept apart, so that a frame that breaks it is
//! damage and no more.

use std::io::{self, Cursor, Read, Seek as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

use super::super::ReadSeek;
use super::super::unpack::{bounded, is_gzip};

const FRAME: [u8; 4] = *b"\x28\xB5\x2F\xFD";
/// How the frame begins that holds the dictionary of a web archive.
const DICTIONARY: [u8; 4] = *b"\x5D\x2A\x4D\x18";
const MAX_DICTIONARY_BYTES: u64 = 16 * 1024 * 1024;
/// A frame may look back so far; what unpacking it takes grows with that.
const MAX_WINDOW_BYTES: u64 = 32 * 1024 * 1024;

/// How an archive is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Not,
    Gzip,
    Zstd,
}

impl Packing {
    /// By the first bytes of an archive.
    pub(super) fn of(head: &[u8]) -> Packing {
        match head {
            [0x1F, ..] => Packing::Gzip,
            _ if is_zstd(head) => Packing::Zstd,
            _ => Packing::Not,
        }
    }

    /// What a member begins with that tells it from the bytes between members.
    pub(super) fn is_start(self, head: &[u8; 4], n_bytes: usize) -> bool {
        match self {
            Packing::Zstd => *head == FRAME || is_skippable(head),
            _ => n_bytes < 4 || is_gzip(head),
        }
    }

    /// The first byte of a member; of zstd, of a frame that holds text.
    pub(super) fn first_byte(self) -> u8 {
        if self == Packing::Zstd { FRAME[0] } else { 0x1F }
    }
}

fn is_skippable(head: &[u8; 4]) -> bool {
    head[0] & 0xF0 == 0x50 && head[1..] == DICTIONARY[1..]
}

/// Whether bytes begin as an archive packed by zstd does.
pub(super) fn is_zstd(head: &[u8]) -> bool {
    head.starts_with(&FRAME) || head.starts_with(&DICTIONARY)
}

/// The first of what a zstd file holds, when its own first bytes are `head`; `None` when that takes its dictionary.
pub(super) fn zstd_head(head: &[u8]) -> Option<Vec<u8>> {
    if head.starts_with(&DICTIONARY) {
        return None;
    }
    let mut out = Vec::new();
    if let Ok(Opening::Frame(frame)) = Frames::default().open(Box::new(Cursor::new(head.to_vec()))) {
        let _ = frame.take(16).read_to_end(&mut out);
    }
    Some(out)
}

/// A member being unpacked.
#[allow(clippy::large_enum_variant, reason = "there is one at a time")]
pub(super) enum Member<'s> {
    Gzip(GzDecoder<Box<dyn ReadSeek + 's>>),
    Zstd(Frame<'s>),
}

impl<'s> Member<'s> {
    /// How far the archive was read.
    pub(super) fn reached(&mut self) -> io::Result<u64> {
        match self {
            Member::Gzip(decoder) => decoder.get_mut().stream_position(),
            Member::Zstd(frame) => frame.reader.stream_position(),
        }
    }

    /// The archive's reader, with what is kept for the next frame given back to `frames`.
    pub(super) fn into_reader(self, frames: &mut Frames) -> Box<dyn ReadSeek + 's> {
        match self {
            Member::Gzip(decoder) => decoder.into_inner(),
            Member::Zstd(frame) => {
                frames.decoder = Some(frame.decoder);
                frame.reader
            }
        }
    }
}

impl Read for Member<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Member::Gzip(decoder) => decoder.read(out),
            Member::Zstd(frame) => frame.read(out),
        }
    }
}

/// What unpacking zstd keeps from frame to frame: the dictionary, and its work space.
#[derive(Default)]
pub(super) struct Frames {
    decoder: Option<Box<FrameDecoder>>,
}

impl Frames {
    /// The frame that begins here, or what stands in its place. A dictionary is kept.
    pub(super) fn open<'s>(&mut self, mut reader: Box<dyn ReadSeek + 's>) -> Result<Opening<'s>, io::Error> {
        let mut decoder = self.decoder.take().unwrap_or_default();
        decoder.set_max_window_size(MAX_WINDOW_BYTES);
        let mut magic = [0; 4];
        reader.read_exact(&mut magic)?;
        if magic == FRAME {
            let begun = guarded(|| decoder.init((&magic[..]).chain(&mut reader)).map_err(io::Error::other));
            return match begun {
                Ok(()) => Ok(Opening::Frame(Frame { decoder, reader })),
                Err(error) => Ok(Opening::Damaged(reader, error)),
            };
        }
        let mut length = [0; 4];
        reader.read_exact(&mut length)?;
        let length = u64::from(u32::from_le_bytes(length));
        let mut kept = Vec::new();
        let is_dictionary = magic == DICTIONARY && length <= MAX_DICTIONARY_BYTES;
        if is_dictionary {
            reader.by_ref().take(length).read_to_end(&mut kept)?;
            let raw = if kept.starts_with(&FRAME) { unpacked(kept) } else { kept };
            let dictionary = guarded(|| Dictionary::decode_dict(&raw).map_err(io::Error::other));
            if let Ok(dictionary) = dictionary {
                // An error here is met again, and told, at the first frame that asks for the dictionary.
                let _ = decoder.add_dict(dictionary);
            }
        } else {
            io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
        }
        self.decoder = Some(decoder);
        Ok(Opening::Skipped(reader))
    }
}

fn unpacked(packed: Vec<u8>) -> Vec<u8> {
    match Frames::default().open(Box::new(Cursor::new(packed))) {
        Ok(Opening::Frame(frame)) => bounded(frame, MAX_DICTIONARY_BYTES).bytes,
        _ => Vec::new(),
    }
}

/// What stood at the beginning of a frame.
pub(super) enum Opening<'s> {
    Frame(Frame<'s>),
    Skipped(Box<dyn ReadSeek + 's>),
    Damaged(Box<dyn ReadSeek + 's>, io::Error),
}

/// A frame being unpacked.
pub(super) struct Frame<'s> {
    decoder: Box<FrameDecoder>,
    reader: Box<dyn ReadSeek + 's>,
}

impl Read for Frame<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Frame { decoder, reader } = self;
        guarded(|| {
            while decoder.can_collect() == 0 && !decoder.is_finished() {
                decoder.decode_blocks(&mut *reader, BlockDecodingStrategy::UptoBlocks(1)).map_err(io::Error::other)?;
            }
            decoder.read(out)
        })
    }
}

fn guarded<T>(work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(io::ErrorKind::InvalidData.into()))
}
