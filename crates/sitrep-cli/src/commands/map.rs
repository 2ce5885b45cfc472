//! `map`: events and asserted control over the outlines of countries and rivers.
//!
//! In: a record, perhaps a day. Out: an SVG or PNG file. Loads no language model: outlines are read on their own.

use sitrep::show::map::{self as drawing, MapOptions};
use sitrep::{outlines, places, readers};

use crate::args::MapArgs;
use crate::ending::{Ending, Usage};
use crate::out::{self, Say};

/// `sitrep map RECORD -o FILE.svg|png`
pub(super) fn map(args: &MapArgs, say: &Say) -> anyhow::Result<Ending> {
    let ending = args.output.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    let to_stdout = args.output.as_os_str() == "-";
    if !to_stdout && ending != "svg" && ending != "png" {
        return Err(Usage(format!("{}: a map is written as .svg or .png", args.output.display())).into());
    }
    let contents = readers::contents(&super::opened(&args.record, args.filter.known)?, &args.filter.filter())?;
    let control = places::control(&contents, args.on);
    let options = MapOptions { on: args.on, control: &control, ..MapOptions::default() };
    let svg = drawing::svg(&contents, &outlines(), &options);
    let bytes = if ending == "png" { drawing::png(&svg)? } else { svg.into_bytes() };
    out::file(&args.output, &bytes)?;
    if !to_stdout {
        say.line(&format!("wrote {}", args.output.display()));
    }
    Ok(Ending::Done)
}
