//! `bundle`: an archive that others can check, and its check.
//!
//! In: a record, or an archive with its tokens. Out: the archive; or what is in order on standard output and exit status 4 if anything
//! is not. Changes neither record nor log.

use crate::args::BundleArgs;
use crate::bundle;
use crate::ending::Ending;
use crate::out::{self, Say};

/// `sitrep bundle RECORD -o FILE`, or `sitrep bundle --check FILE`
pub(super) fn bundle(args: &BundleArgs, say: &Say) -> anyhow::Result<Ending> {
    if let Some(file) = &args.check {
        let checked = bundle::check(file, &args.token)?;
        let lines = checked.fine.iter().chain(&checked.wrong).map(|line| format!("{line}\n"));
        out::data(lines.collect::<String>().as_bytes())?;
        let Some(first) = checked.wrong.first() else {
            say.line(&format!("{}: nothing differs", file.display()));
            return Ok(Ending::Done);
        };
        let count =
            if checked.wrong.len() == 1 { "1 difference" } else { &format!("{} differences", checked.wrong.len()) };
        say.failure(&format!("sitrep: {}: {count}, the first: {first}", file.display()));
        return Ok(Ending::NotVerified);
    }
    let (Some(record), Some(output)) = (&args.record, &args.output) else { return Ok(Ending::Done) };
    let written = bundle::write(record, output)?;
    out::data(format!("root {}\ndigest {}\n", written.root, written.digest).as_bytes())?;
    say.line(&format!("wrote {} ({} pages)", output.display(), written.n_pages));
    Ok(Ending::Done)
}
