//! Prints what the pipeline finds in a text: `cargo run --release --example analyze -- MODEL < TEXT`.
//!
//! In: the path of a model file; a text on standard input. Out: one line a token, an empty line after each sentence,
//! then the entities. Invalid UTF-8 is replaced, as `String::from_utf8_lossy` does.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::io::Read as _;

use sitrep_language::Language;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: analyze MODEL < TEXT")?;
    let language = Language::load(&std::fs::read(path)?)?;
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let analysis = language.analyze(&text);
    for sentence in &analysis.sentences {
        for index in sentence.start as usize..sentence.end as usize {
            let token = &analysis.tokens[index];
            let head = analysis.text(&text, token.head as usize);
            println!(
                "{}..{}\t{:?}\t{}\t{}\t{}\t{}\t{}\t{head:?}",
                token.start,
                token.end,
                analysis.text(&text, index),
                analysis.lemma(index),
                token.tag.as_str(),
                token.pos.as_str(),
                analysis.morph(index),
                token.dep.as_str(),
            );
        }
        println!();
    }
    for entity in &analysis.entities {
        let (first, last) = (&analysis.tokens[entity.first as usize], &analysis.tokens[entity.end as usize - 1]);
        let words = &text[first.start as usize..last.end as usize];
        println!("{}..{}\t{}\t{words:?}", first.start, last.end, entity.label.as_str());
    }
    Ok(())
}
