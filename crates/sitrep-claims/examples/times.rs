//! Prints the times of texts, one JSON object a text, to see what a change of the rules does.
//!
//! In: `times FILE.jsonl`, each line with `id`, `text` and perhaps `dct`, the day of publication. Out: JSONL on stdout, offsets in
//! code points. A development tool; the program has `analyze --layers times`.

use std::error::Error;
use std::io::Write as _;

use sitrep_claims::TimeReader;
use sitrep_model::{MediaType, OffsetUnit, Offsets, PageMeta};
use sitrep_read::{document, page_of};

fn main() -> Result<(), Box<dyn Error>> {
    let reader = TimeReader::new()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for file in std::env::args().skip(1) {
        for line in std::fs::read_to_string(file)?.lines() {
            let gold: serde_json::Value = serde_json::from_str(line)?;
            let text = gold["text"].as_str().unwrap_or_default();
            let published = gold["dct"].as_str().and_then(|day| day.parse().ok());
            let meta = PageMeta { published, ..PageMeta::default() };
            let page = page_of("text.txt", MediaType::Text, text.as_bytes().to_vec(), meta, "example");
            let document = document(&page).value;
            let offsets = Offsets::new(&document.text, OffsetUnit::Chars);
            let times: Vec<serde_json::Value> = (reader.times(&document).into_iter())
                .map(|(span, time)| {
                    let mut json = serde_json::to_value(&time).unwrap_or_default();
                    json["start"] = offsets.at(span.start).into();
                    json["end"] = offsets.at(span.end).into();
                    json
                })
                .collect();
            writeln!(out, "{}", serde_json::json!({ "id": gold["id"], "times": times }))?;
        }
    }
    Ok(())
}
