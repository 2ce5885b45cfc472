//! Prints the claims of reports, one JSON object a line, with code point offsets, to see what a change of the rules does.
//!
//! In: `claims [--published DATE] FILE...`. Out: JSONL on stdout. A development tool; the program has its own commands.

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;

use sitrep_claims::{Kit, claims};
use sitrep_language::Language;
use sitrep_model::{OffsetUnit, Offsets, PageMeta};
use sitrep_read::{Source, document, pages};

fn main() -> Result<(), Box<dyn Error>> {
    let mut meta = PageMeta::default();
    let mut files: Vec<PathBuf> = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--published" => meta.published = Some(arguments.next().ok_or("--published needs a date")?.parse()?),
            file => files.push(PathBuf::from(file)),
        }
    }
    let model = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../sitrep-language/model/en_core_web_sm-3.8.0.bin");
    let kit = Kit::new(Language::load(&std::fs::read(model)?)?)?;
    let source = Source { meta, ..Source::of_paths(files) };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for page in pages(&source) {
        let document = document(&page?).value;
        let offsets = Offsets::new(&document.text, OffsetUnit::Chars);
        for claim in claims(&kit, &document).value {
            let mut json = serde_json::to_value(&claim)?;
            json["start"] = offsets.at(claim.start).into();
            json["end"] = offsets.at(claim.end).into();
            writeln!(out, "{json}")?;
        }
    }
    Ok(())
}
