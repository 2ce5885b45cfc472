//! `analyze`: JSONL in, JSONL out, one report a line.
//!
//! In: standard input. Out: one line for each line, in the same order, as soon as it is ready. Memory does not grow with the input.

use std::io::{self, BufRead, BufReader, Read as _, Stdin, Write as _};
use std::ops::ControlFlow;

use anyhow::Context as _;
use serde_json::Value;
use sitrep::analyze::{Answer, Options, answer, refusal};
use sitrep::parallel::in_order;

use super::{jobs, own_actors};
use crate::args::AnalyzeArgs;
use crate::ending::Ending;
use crate::out::Say;

/// The longest line, in bytes; a longer one is answered with an error.
const MAX_LINE_BYTES: u64 = 64 * 1024 * 1024;

/// `sitrep analyze < REPORTS.jsonl`
pub(super) fn analyze(args: &AnalyzeArgs, say: &Say) -> anyhow::Result<Ending> {
    let kit = own_actors::given(super::kit(&args.places)?, &args.actors, say)?;
    let options = Options { layers: args.layers.clone(), offsets: args.offsets, keep_names: args.keep_names };
    let lines = Lines { input: BufReader::new(io::stdin()) };
    let mut stdout = io::stdout().lock();
    let (mut n_failed, mut written) = (0_usize, Ok(()));
    let work = |line: io::Result<Line>| -> io::Result<Answer> {
        Ok(match line? {
            Line::Whole(text) => answer(&kit, &text, &options),
            Line::Odd(why) => refusal(Value::Null, why),
        })
    };
    let size = |line: &io::Result<Line>| match line {
        Ok(Line::Whole(text)) => text.len(),
        Ok(Line::Odd(_)) | Err(_) => 0,
    };
    in_order(lines, jobs(args.jobs), size, work, |found| {
        written = found.and_then(|answer| {
            n_failed += usize::from(answer.failed);
            writeln!(stdout, "{}", answer.line)?;
            stdout.flush()
        });
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    written.context("cannot go on reading or writing")?;
    kit.check()?;
    if n_failed > 0 {
        say.failure(&format!("sitrep: {n_failed} lines could not be read; their answers hold an error"));
        return Ok(Ending::SomeFailed);
    }
    Ok(Ending::Done)
}

enum Line {
    Whole(String),
    Odd(&'static str),
}

/// Lines of standard input, empty ones left out, none longer than the limit.
struct Lines {
    input: BufReader<Stdin>,
}

impl Iterator for Lines {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<io::Result<Line>> {
        loop {
            let mut bytes = Vec::new();
            match self.input.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => return Some(Err(error)),
            }
            if bytes.last() != Some(&b'\n') && bytes.len() as u64 == MAX_LINE_BYTES {
                return Some(self.skip_rest().map(|()| Line::Odd("the line is longer than 64 MiB")));
            }
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            return Some(Ok(String::from_utf8(bytes).map_or(Line::Odd("the line is not UTF-8"), Line::Whole)));
        }
    }
}

impl Lines {
    /// Reads on to the end of the line without keeping it.
    fn skip_rest(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.input.fill_buf()?;
            let (n, done) = match buffer.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            };
            self.input.consume(n);
            if done {
                return Ok(());
            }
        }
    }
}
