//! `export`: files for other programs, and what they could not hold. `publish`: the same for everybody to see.
//!
//! In: a record and a format. Out: one file, or all files of the format in a folder, written as they are made; the loss report on
//! standard error. Readers' names never leave with an export; `publish` never writes but by the public profile.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sitrep::model::OffsetUnit;
use sitrep::readers;
use sitrep::show::Names;
use sitrep::show::export::{self as exports, ExportFormat, ExportOptions, Files, PublicRules};

use crate::args::{ExportArgs, Profile, PublishArgs};
use crate::ending::{Ending, Usage};
use crate::out::{self, Say, Whole};

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
    let rules = public_rules(args)?;
    let outlines = (format == ExportFormat::Html).then(sitrep::outlines);
    let options = ExportOptions {
        spreadsheet: args.profile == Some(Profile::Spreadsheet),
        offsets: args.offsets,
        names: Names::Pseudonyms(&key),
        aggregate: args.aggregate,
        public: rules.as_ref(),
        outlines: outlines.as_ref(),
    };
    let single = output == Path::new("-") || (output.extension().is_some() && !output.is_dir());
    let mut disk = Disk::new(output, single.then(|| meant_by(format, output)));
    let loss = exports::write(&contents, format, &options, &mut disk).with_context(|| disk.place())?;
    disk.end(say)?;
    for item in &loss.items {
        say.line(&format!("not in {name}: {} {}", item.count, item.what));
    }
    Ok(Ending::Done)
}

/// `sitrep publish RECORD -o PATH`: the public profile, which nothing here can turn off or loosen.
pub(super) fn publish(args: PublishArgs, say: &Say) -> anyhow::Result<Ending> {
    let args = ExportArgs {
        record: Some(args.record),
        filter: args.filter,
        list: false,
        format: Some(args.format),
        output: Some(args.output),
        profile: Some(Profile::Public),
        public_settings: args.public_settings,
        aggregate: args.aggregate,
        offsets: OffsetUnit::default(),
    };
    let laxer = public_rules(&args)?.and_then(|rules| rules.laxer_than(&PublicRules::built_in()));
    match laxer {
        Some(what) => Err(Usage(format!(
            "--public-settings: {what} holds back less than the settings built in; what is published must not"
        ))
        .into()),
        None => export(&args, say),
    }
}

/// The rules of the public profile, when it is asked for.
fn public_rules(args: &ExportArgs) -> anyhow::Result<Option<PublicRules>> {
    match (&args.public_settings, args.profile) {
        (None, Some(Profile::Public)) => Ok(Some(PublicRules::built_in())),
        (Some(path), Some(Profile::Public)) => {
            let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            let rules = PublicRules::read(&text).map_err(|why| anyhow::anyhow!("{}: {why}", path.display()))?;
            Ok(Some(rules))
        }
        (Some(_), _) => Err(Usage("--public-settings goes with --profile public".to_owned()).into()),
        (None, _) => Ok(None),
    }
}

/// One line a format.
fn formats() -> String {
    ExportFormat::ALL.iter().map(|format| format!("{:<12} {}\n", format.name(), format.about())).collect()
}

fn meant_by(format: ExportFormat, output: &Path) -> &'static str {
    format.meant_by(&output.file_name().unwrap_or_default().to_string_lossy())
}

/// Where the files go: a path with an ending is one file; any other is a folder for all of them.
struct Disk<'o> {
    output: &'o Path,
    /// The only file wanted.
    only: Option<&'static str>,
    open: Option<BufWriter<Target>>,
    nowhere: io::Sink,
    written: Vec<PathBuf>,
    passed_over: Vec<String>,
}

enum Target {
    File(Whole),
    Stdout(io::Stdout),
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::File(whole) => whole.file().write(bytes),
            Target::Stdout(stdout) => stdout.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::File(whole) => whole.file().flush(),
            Target::Stdout(stdout) => stdout.flush(),
        }
    }
}

impl<'o> Disk<'o> {
    fn new(output: &'o Path, only: Option<&'static str>) -> Disk<'o> {
        Disk { output, only, open: None, nowhere: io::sink(), written: Vec::new(), passed_over: Vec::new() }
    }

    fn place(&self) -> String {
        format!("cannot write {}", self.output.display())
    }

    fn close(&mut self) -> io::Result<()> {
        let Some(open) = self.open.take() else { return Ok(()) };
        match open.into_inner().map_err(io::IntoInnerError::into_error)? {
            Target::File(whole) => whole.finish().map_err(io::Error::other),
            Target::Stdout(mut stdout) => stdout.flush(),
        }
    }

    /// Finishes the last file and tells what was written.
    fn end(mut self, say: &Say) -> anyhow::Result<()> {
        self.close().with_context(|| self.place())?;
        if self.output == Path::new("-") {
        } else if let Some(only) = self.only {
            say.line(&format!("wrote {} ({only})", self.output.display()));
        } else {
            for line in told(&self.written) {
                say.line(&line);
            }
        }
        if !self.passed_over.is_empty() {
            let n_more = self.passed_over.len().saturating_sub(SHOWN);
            let more = if n_more > 0 { format!(" and {n_more} more") } else { String::new() };
            let names: Vec<&str> = self.passed_over.iter().take(SHOWN).map(String::as_str).collect();
            say.line(&format!("the format also has {}{more}; give a folder to get all", names.join(", ")));
        }
        Ok(())
    }
}

/// Files named one by one.
const SHOWN: usize = 12;

/// A line a file; of folders within the folder only how many files they got.
fn told(written: &[PathBuf]) -> Vec<String> {
    if written.len() <= SHOWN {
        return written.iter().map(|path| format!("wrote {}", path.display())).collect();
    }
    let mut folders: BTreeMap<&Path, usize> = BTreeMap::new();
    for folder in written.iter().filter_map(|path| path.parent()) {
        *folders.entry(folder).or_default() += 1;
    }
    folders.into_iter().map(|(folder, n)| format!("wrote {n} files in {}", folder.display())).collect()
}

impl Files for Disk<'_> {
    fn file(&mut self, name: &str) -> io::Result<&mut (dyn Write + Send)> {
        self.close()?;
        if self.only.is_some_and(|only| only != name) {
            self.passed_over.push(name.to_owned());
            return Ok(&mut self.nowhere);
        }
        let target = if self.output == Path::new("-") {
            Target::Stdout(io::stdout())
        } else {
            let path = if self.only.is_some() { self.output.to_path_buf() } else { self.output.join(name) };
            if let (None, Some(folder)) = (self.only, path.parent()) {
                fs::create_dir_all(folder)?;
            }
            self.written.push(path.clone());
            Target::File(Whole::create(&path).map_err(|error| io::Error::other(format!("{error:#}")))?)
        };
        Ok(self.open.insert(BufWriter::with_capacity(1 << 16, target)))
    }
}
