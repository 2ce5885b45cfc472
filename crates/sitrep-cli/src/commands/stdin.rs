//! Standard input as an input: held when it is small, read on as it comes when it is large.
//!
//! In: standard input. Out: an [`Input`]. Holds no more than a page may have; a zip file, whose list stands at its end, is put down in a
//! temporary file without a name, up to a limit.

use std::io::{self, Read, Seek as _, SeekFrom, Stdin};

use anyhow::{Context as _, bail};
use sitrep::{Input, Stream};

/// What is held: one page, and one byte more to know that it is no page.
const MOST_HELD_BYTES: u64 = 50 * 1024 * 1024 + 1;
/// The largest zip file that is put down.
const MOST_SPOOLED_BYTES: u64 = 16 * 1024 * 1024 * 1024;
const NAME: &str = "stdin";

/// What stands on standard input.
pub(super) fn input() -> anyhow::Result<Input> {
    let mut stdin = io::stdin();
    let mut opening = Vec::new();
    stdin.by_ref().take(MOST_HELD_BYTES).read_to_end(&mut opening).context("cannot read standard input")?;
    if (opening.len() as u64) < MOST_HELD_BYTES {
        return Ok(Input::Bytes(NAME.to_owned(), opening));
    }
    let is_zip = opening.starts_with(b"PK");
    let all = All { opening, at: 0, rest: stdin };
    Ok(Input::Stream(NAME.to_owned(), if is_zip { spooled(all)? } else { Stream::of(all) }))
}

fn spooled(all: All) -> anyhow::Result<Stream> {
    let mut file = tempfile::tempfile().context("cannot make a temporary file for standard input")?;
    let n_bytes =
        io::copy(&mut all.take(MOST_SPOOLED_BYTES + 1), &mut file).context("cannot put standard input down")?;
    if n_bytes > MOST_SPOOLED_BYTES {
        bail!("the zip file on standard input is larger than 16 GiB; save it and give its name");
    }
    file.seek(SeekFrom::Start(0)).context("cannot read standard input")?;
    Ok(Stream::of_file(file))
}

/// What was read already, which is let go once it is given, and then the rest.
struct All {
    opening: Vec<u8>,
    at: usize,
    rest: Stdin,
}

impl Read for All {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.opening.is_empty() {
            return self.rest.read(out);
        }
        let n_read = (&self.opening[self.at..]).read(out)?;
        self.at += n_read;
        if self.at == self.opening.len() {
            self.opening = Vec::new();
        }
        Ok(n_read)
    }
}
