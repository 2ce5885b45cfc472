//! Reads the times of the same documents as often as it is told to, and says how fast.
//!
//! In: a file of lines with `text` and perhaps `dct`, and the number of rounds. Out: words and words per CPU second of each round;
//! documents are parted into paragraphs before the clock starts. CPU time is read from /proc, so elsewhere it is wall time.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

#[path = "../../../benches/clock.rs"]
mod clock;

use sitrep_claims::TimeReader;
use sitrep_model::{Document, MediaType, PageMeta};
use sitrep_read::{document, page_of};

use clock::Clock;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [file, n_rounds] = &arguments[..] else {
        // `cargo test --benches` comes here.
        println!("SKIPPED: name a file of texts and a number of rounds");
        return Ok(());
    };
    let documents: Vec<Document> = std::fs::read_to_string(file)?.lines().map(parsed).collect::<Result<_, _>>()?;
    let n_words: usize = documents.iter().map(|d| d.text.split_whitespace().count()).sum();
    let started = Clock::start();
    let reader = TimeReader::new()?;
    println!("{} documents, {n_words} words; rules load in {:.0} ms", documents.len(), started.seconds() * 1e3);
    for _ in 0..n_rounds.parse::<usize>()? {
        let started = Clock::start();
        let n_times: usize = documents.iter().map(|document| reader.times(document).len()).sum();
        let seconds = started.seconds();
        println!("{n_times} times, {seconds:.4} s, {:.0} words/s", n_words as f64 / seconds);
    }
    Ok(())
}

fn parsed(line: &str) -> Result<Document, Box<dyn std::error::Error>> {
    let json: serde_json::Value = serde_json::from_str(line)?;
    let published = json["dct"].as_str().and_then(|day| day.parse().ok());
    let text = json["text"].as_str().unwrap_or_default().as_bytes().to_vec();
    let page = page_of("text.txt", MediaType::Text, text, PageMeta { published, ..PageMeta::default() }, "bench");
    Ok(document(&page).value)
}
