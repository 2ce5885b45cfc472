//! Reads pages of 50 MB and a million comments, and fails when one is not read as promised: `make slow`, in an optimised build.
//!
//! In: nothing; the pages are made here. Out: a line for each on stdout, with the largest size that the process had so far, where the
//! system tells it.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

use sitrep_model::{MediaType, PageMeta};
use sitrep_read::{document, page_of};

/// More than the process may ever have, in MiB.
const MOST_MIB: usize = 1024;

fn main() -> ExitCode {
    let comment = |i: usize| format!("<li class=comment id=c{i}><b class=fn>a{i}</b><p>So it fell.</p></li>");
    let comments: String = (0..1_000_000).map(comment).collect();
    let mut well = read(format!("<p>The bridge fell.<ol class=comment-list>{comments}</ol>"), MediaType::Html, 190_000);
    let comments: String = (0..1_000_000).map(|i| format!("• quill_{i}\n\n  So it fell.\n\n")).collect();
    well &= read(format!("Bridge\n\nThe bridge fell.\n\n3 Comments\n\n{comments}"), MediaType::Text, 90_000);
    for part in [
        "<p>The army left the bridge at dawn, two drivers said.</p>\n",
        "<table><tr><td>a<td>b</table>",
        "<div><div><div>",
        "a",
        "<a href=x>",
        "<script>x</script>",
    ] {
        well &= read(format!("<html><body>{}", part.repeat(50_000_000 / part.len())), MediaType::Html, 0);
    }
    well &= read("The army left the bridge at dawn, two drivers said.\n\n".repeat(900_000), MediaType::Text, 0);
    well &= read("a".repeat(50_000_000), MediaType::Text, 0);
    if well && largest_mib().is_none_or(|mib| mib < MOST_MIB) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether the page has at least so many comments, parents before their replies.
fn read(source: String, media_type: MediaType, least_comments: usize) -> bool {
    let n_mb = source.len() as f64 / 1e6;
    let page = page_of("a", media_type, source.into_bytes(), PageMeta::default(), "file");
    let start = Instant::now();
    let read = document(&page);
    let seconds = start.elapsed().as_secs_f64();
    let codes: Vec<&str> = read.notes.iter().map(|note| note.code.as_str()).collect();
    let n = read.value.comments.len();
    let told = writeln!(
        std::io::stdout(),
        "{media_type:?} of {n_mb:.0} MB: {n} comments, {seconds:.1} s, process at most {:?} MiB, notes {codes:?}",
        largest_mib()
    );
    told.is_ok() && n >= least_comments
}

/// The largest size this process had, in MiB, where the system tells.
fn largest_mib() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? / 1024)
}
