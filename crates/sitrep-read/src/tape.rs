//! Bytes that come but once, as from a pipe: read on in any length, wound back a little.
//!
//! In: a reader. Out: [`Tape`], the same with the last few MiB kept, so that a format can be told from its first bytes and a damaged
//! member of an archive can be looked at again. Never holds more than that; winding back further is an error.

use std::io::{self, Read, Seek, SeekFrom};

/// What is kept: more than the longest look back for the opening of an input, and enough for a member of a web archive.
const KEPT_BYTES: usize = 4 * 1024 * 1024;

/// A reader that remembers the last of what it gave.
pub(crate) struct Tape<R> {
    inner: R,
    kept: Vec<u8>,
    /// Bytes given before `kept`.
    before: u64,
    /// Where in `kept` reading stands; behind its end stands what was not read yet.
    at: usize,
}

impl<R> std::fmt::Debug for Tape<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tape at {}", self.before + self.at as u64)
    }
}

impl<R: Read> Tape<R> {
    /// A tape of `inner`, from where that stands.
    pub(crate) fn new(inner: R) -> Tape<R> {
        Tape { inner, kept: Vec::new(), before: 0, at: 0 }
    }

    fn keep(&mut self, bytes: &[u8]) {
        if self.kept.len() + bytes.len() > KEPT_BYTES * 2 {
            let gone = self.kept.len().saturating_sub(KEPT_BYTES);
            self.kept.drain(..gone);
            self.before += gone as u64;
        }
        self.kept.extend_from_slice(bytes);
        self.at = self.kept.len();
    }
}

impl<R: Read> Read for Tape<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at < self.kept.len() {
            let n_read = (&self.kept[self.at..]).read(out)?;
            self.at += n_read;
            return Ok(n_read);
        }
        let most = out.len().min(KEPT_BYTES);
        let n_read = self.inner.read(&mut out[..most])?;
        self.keep(&out[..n_read]);
        Ok(n_read)
    }
}

impl<R: Read> Seek for Tape<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let now = self.before + self.at as u64;
        let to = match to {
            SeekFrom::Start(n) => Some(n),
            SeekFrom::Current(n) => now.checked_add_signed(n),
            SeekFrom::End(_) => None,
        };
        let at = to.and_then(|to| to.checked_sub(self.before)).and_then(|at| usize::try_from(at).ok());
        let at = at.filter(|at| *at <= self.kept.len()).ok_or(io::ErrorKind::NotSeekable)?;
        self.at = at;
        Ok(self.before + at as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tape_winds_back_as_far_as_it_is_kept() {
        let bytes: Vec<u8> = (0..20 * 1024 * 1024_u32).map(|i| (i / 1000) as u8).collect();
        let mut tape = Tape::new(&bytes[..]);
        let mut head = [0; 9000];
        tape.read_exact(&mut head).unwrap();
        tape.seek(SeekFrom::Start(0)).unwrap();
        let mut all = Vec::new();
        tape.read_to_end(&mut all).unwrap();
        assert!(all == bytes);
        assert!(tape.kept.len() <= KEPT_BYTES * 2);
        assert_eq!(tape.seek(SeekFrom::Start(0)).unwrap_err().kind(), io::ErrorKind::NotSeekable);
        assert_eq!(tape.seek(SeekFrom::End(0)).unwrap_err().kind(), io::ErrorKind::NotSeekable);
        tape.seek(SeekFrom::Current(-5000)).unwrap();
        let mut last = Vec::new();
        tape.read_to_end(&mut last).unwrap();
        assert!(last == bytes[bytes.len() - 5000..]);
    }
}
