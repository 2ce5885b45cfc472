//! `export`: files for other programs, and what they could not hold.
//!
//! In: a record and a format. Out: one file, or all files of the format in a folder; the loss report on standard error. Readers'
//! names never leave with an export.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use sitrep::readers;
use sitrep::show::Names;
use sitrep::show::export::{self as exports, ExportFormat, ExportOptions, Exported};

use crate::args::{ExportArgs, Profile};
use crate::ending::{Ending, Usage};
use crate::out::{self, Say};

/// `sitrep export RECORD --to FORMAT -o PATH`, or `sitrep export --list`
pub(super) fn export(args: &ExportArgs, say: &Say) -> anyhow::Result<Ending> {
    let (Some(record), Some(name), Some(output)) = (&args.record, &args.format, &args.output) else {
        out::data(formats().as_bytes())?;
        return Ok(Ending::Done);
    };
    let format = ExportFormat::from_name(name)
        .ok_or_else(|| Usage(format!("no format {name}; `sitrep export --list` shows them")))?;
    let record = super::opened(record, args.filter.known)?;
    let contents = readers::contents(&record, &args.filter.filter())?;
    let key = record.readers_key()?;
    let options = ExportOptions {
        spreadsheet: args.profile == Some(Profile::Spreadsheet),
        offsets: args.offsets,
        names: Names::Pseudonyms(&key),
    };
    let exported = exports::export(&contents, format, &options);
    write(&exported, output, say)?;
    for item in &exported.loss.items {
        say.line(&format!("not in {name}: {} {}", item.count, item.what));
    }
    Ok(Ending::Done)
}

/// One line a format.
fn formats() -> String {
    ExportFormat::ALL.iter().map(|format| format!("{:<9} {}\n", format.name(), format.about())).collect()
}

/// A path with an ending is one file; any other is a folder for all of them.
fn write(exported: &Exported, output: &Path, say: &Say) -> anyhow::Result<()> {
    let single = output == Path::new("-") || (output.extension().is_some() && !output.is_dir());
    if single {
        let name = output.file_name().unwrap_or_default().to_string_lossy();
        let file = exported.meant_by(&name).context("this format has no files")?;
        out::file(output, file.text.as_bytes())?;
        let others: Vec<&str> = exported.files.iter().filter(|f| *f != file).map(|f| f.name.as_str()).collect();
        if output != Path::new("-") {
            say.line(&format!("wrote {} ({})", output.display(), file.name));
        }
        if !others.is_empty() {
            say.line(&format!("the format also has {}; give a folder to get all", others.join(", ")));
        }
        return Ok(());
    }
    fs::create_dir_all(output).with_context(|| format!("cannot make the folder {}", output.display()))?;
    for file in &exported.files {
        let path = output.join(&file.name);
        out::file(&path, file.text.as_bytes())?;
        say.line(&format!("wrote {}", path.display()));
    }
    Ok(())
}
