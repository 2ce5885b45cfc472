//! Measures how many pages a second one core reads, from bytes to document with dates and threads.
//!
//! In: file or folder names. Out: one line on stdout. Bytes are in memory before the clock runs and every page has been read once; on Linux the time is what the
//! processor spent on this thread, so that other work on the machine does not count; elsewhere it is wall-clock time.

#[path = "../../../benches/clock.rs"]
mod clock;

use std::io::Write as _;

use clock::Clock;

fn main() -> std::io::Result<()> {
    let source = sitrep_read::Source::of_paths(std::env::args_os().skip(1));
    let pages: Vec<_> = sitrep_read::pages(&source).flatten().collect();
    // Patterns are made ready when a page first needs them, once a run, however many pages it reads: the first reading is not timed.
    read(&pages);
    let clock = Clock::start();
    let n_chars = read(&pages);
    let seconds = clock.seconds();
    let n_bytes: usize = pages.iter().map(|p| p.raw.len()).sum();
    let (n, mb) = (pages.len() as f64, n_bytes as f64 / 1e6);
    writeln!(
        std::io::stdout(),
        "{n} pages, {mb:.1} MB, {n_chars} bytes of text: {:.0} pages a second, {:.1} MB a second, {seconds:.2} CPU seconds",
        n / seconds,
        mb / seconds
    )
}

/// Bytes of text on all pages; a function of its own for profilers to find.
#[inline(never)]
fn read(pages: &[sitrep_model::Page]) -> usize {
    pages.iter().map(|page| sitrep_read::document(page).value.text.len()).sum()
}
