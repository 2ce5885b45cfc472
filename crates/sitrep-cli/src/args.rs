//! The command line: every command, flag and example, from which help, completions and man page are made.
//!
//! In: words typed by a user. Out: [`Cli`]. Never opens a file; a test reads every example back through the parser.

#[cfg(feature = "assist")]
mod assist;
mod coding;
mod evidence;
mod gazetteer;
mod inputs;
mod lists;
mod outputs;
mod own_actors;
mod review;
mod source;
mod values;

use clap::{Parser, Subcommand};

#[cfg(feature = "assist")]
pub(crate) use assist::AssistArgs;
pub(crate) use coding::{CodersArgs, CodingAction, CodingArgs, SampleArgs};
pub(crate) use evidence::{BundleArgs, LockArgs, PassphraseArgs, RedactArgs, UnlockArgs};
pub(crate) use gazetteer::{FindArgs, GazetteerArgs, GazetteerCommand, ImportArgs, InfoArgs, OwnPlaces, RemoveArgs};
#[cfg(feature = "fetch")]
pub(crate) use inputs::FetchArgs;
pub(crate) use inputs::{AddArgs, AnalyzeArgs, BuildArgs, DemoArgs, InputArgs};
pub(crate) use lists::{ForecastsArgs, KnownArgs, ListArgs, ListFormat, ThreadsArgs};
pub(crate) use outputs::{
    ControlArgs, DigestArgs, DigestFormat, ExportArgs, MapArgs, MergeArgs, Profile, PublishArgs, ReportArgs,
    ReportFormat, SchemaArgs, ServeArgs, ShellArgs, VerifyArgs, WhyArgs, WhyFormat,
};
pub(crate) use own_actors::OwnActors;
pub(crate) use review::{PinArgs, ReviewAction, ReviewArgs};
pub(crate) use source::{SetArgs, SourceAction, SourceArgs};

const LONG_ABOUT: &str = "\
Reads war reporting and keeps a record of who did what to whom, where and when, according to whom and how sure.

A record is one file. `sitrep build` makes it from saved pages and plain text; the other commands read it. Nothing leaves this \
machine and nothing is fetched. Data goes to standard output, everything else to standard error.

Exit status: 0 done, 1 error, 2 wrong usage, 3 some inputs failed (each is named), 4 verification failed.";

const EXAMPLES: &str = "\
Examples:
  sitrep demo
  sitrep build reports/ -o war.sitrep --meta reports.csv";

/// Reads war reporting and keeps a record of who claimed what.
#[derive(Debug, Parser)]
#[command(name = "sitrep", version, long_about = LONG_ABOUT, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Cli {
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build a record from the sample reports and open the workbench on this machine
    #[command(after_help = "Examples:\n  sitrep demo\n  sitrep demo --no-serve -o sample.sitrep")]
    Demo(DemoArgs),
    /// Save pages of the web as they come, in a WARC file that build and add read
    #[cfg(feature = "fetch")]
    #[command(after_help = "Examples:
  sitrep fetch https://courier.example/2031/05/09/varnesh -o courier.warc.gz --allow-network
  sitrep fetch https://courier.example/a https://harbour.example/b -o both.warc.gz --allow-network")]
    Fetch(FetchArgs),
    /// Make a new record from files, folders or standard input
    #[command(after_help = "Examples:
  sitrep build report.html --published 2031-05-09 --outlet 'Varnesh Courier' -o war.sitrep
  sitrep build reports/ --meta reports.csv -o war.sitrep
  sitrep build reports/ --actors bodies.tsv -o war.sitrep")]
    Build(BuildArgs),
    /// Add reports to a record; a page already there changes nothing
    #[command(after_help = "Examples:
  sitrep add war.sitrep new/*.html
  sitrep add war.sitrep new/ --digest
  sitrep add war.sitrep - --published 2031-05-10 --outlet 'Harbour Post' < report.txt")]
    Add(AddArgs),
    /// List who claimed what, one row a claim
    #[command(after_help = "Examples:
  sitrep claims war.sitrep --place Varnesh --since 2031-05-01
  sitrep claims war.sitrep --format jsonl > claims.jsonl")]
    Claims(ListArgs),
    /// List events, each with the accounts that speak of it
    #[command(after_help = "Examples:
  sitrep events war.sitrep --type territory
  sitrep events war.sitrep --format csv > events.csv")]
    Events(ListArgs),
    /// List disagreements between accounts, every side kept
    #[command(after_help = "Examples:
  sitrep disputes war.sitrep
  sitrep disputes war.sitrep --place Varnesh --format jsonl")]
    Disputes(ListArgs),
    /// List how claims stand to each other
    #[command(after_help = "Examples:
  sitrep links war.sitrep
  sitrep links war.sitrep --format jsonl > links.jsonl")]
    Links(ListArgs),
    /// List forecasts with their windows and what came of them
    #[command(after_help = "Examples:
  sitrep forecasts war.sitrep
  sitrep forecasts war.sitrep --scores
  sitrep forecasts war.sitrep --format csv > forecasts.csv")]
    Forecasts(ForecastsArgs),
    /// List readers' comments as trees; names are replaced unless asked for
    #[command(after_help = "Examples:
  sitrep threads war.sitrep
  sitrep threads war.sitrep --keep-names --format jsonl > threads.jsonl")]
    Threads(ThreadsArgs),
    /// List outlets and the sources they name
    #[command(after_help = "Examples:
  sitrep sources war.sitrep
  sitrep sources war.sitrep --format csv > sources.csv")]
    Sources(ListArgs),
    /// List pages: where each came from, when it was published, its copies and versions
    #[command(after_help = "Examples:
  sitrep pages war.sitrep
  sitrep pages war.sitrep --format jsonl > pages.jsonl")]
    Pages(ListArgs),
    /// List the places that claims name
    #[command(after_help = "Examples:
  sitrep places war.sitrep
  sitrep places war.sitrep --since 2031-05-01 --format jsonl")]
    Places(ListArgs),
    /// List the actors that claims name
    #[command(after_help = "Examples:
  sitrep actors war.sitrep
  sitrep actors war.sitrep --place Varnesh --format csv")]
    Actors(ListArgs),
    /// Tell who held a place, according to whom, with the disagreement shown
    #[command(after_help = "Examples:
  sitrep control war.sitrep Varnesh
  sitrep control war.sitrep Varnesh --on 2031-05-05 --format jsonl")]
    Control(ControlArgs),
    /// Show every account, quote, rule and decision behind a claim, event, dispute, forecast or page
    #[command(after_help = "Examples:
  sitrep why war.sitrep e_0123456789abcdef
  sitrep why war.sitrep c_0123456789abcdef")]
    Why(WhyArgs),
    /// Write a cited situation report
    #[command(after_help = "Examples:
  sitrep report war.sitrep --format md
  sitrep report war.sitrep --since 2031-05-01 --until 2031-05-07 --format html > week.html")]
    Report(ReportArgs),
    /// Tell what is new, changed, disputed or resolved since a day, or against an older copy
    #[command(after_help = "Examples:
  sitrep digest war.sitrep --since 2031-05-01
  sitrep digest war.sitrep --since 2031-05-01 --as-known 2031-05-07 --format md > week.md
  sitrep digest war.sitrep --against yesterday.sitrep")]
    Digest(DigestArgs),
    /// Make one record of two: pages and rulings of both
    #[command(after_help = "Examples:
  sitrep merge north.sitrep south.sitrep -o war.sitrep
  sitrep merge mine.sitrep yours.sitrep -o ours.sitrep")]
    Merge(MergeArgs),
    /// Draw a map of events and asserted control
    #[command(after_help = "Examples:
  sitrep map war.sitrep -o war.svg
  sitrep map war.sitrep --on 2031-05-05 -o may5.png")]
    Map(MapArgs),
    /// Write files for other programs and say what they could not hold
    #[command(after_help = "Examples:
  sitrep export war.sitrep --to geojson -o events.geojson
  sitrep export --list")]
    Export(ExportArgs),
    /// Write files for everybody to see: only what a reviewer accepted, old enough, places made coarse, no readers, no medical or relief sites
    #[command(after_help = "Examples:
  sitrep publish war.sitrep -o site
  sitrep publish war.sitrep --to geojson --until 2031-05-01 -o public.geojson")]
    Publish(PublishArgs),
    /// Open the workbench and its HTTP interface on this machine
    #[command(after_help = "Examples:
  sitrep serve war.sitrep
  sitrep serve war.sitrep --port 9000
  sitrep serve war.sitrep --listen 10.0.0.5 --host desk.example --password-hash desk.hash")]
    Serve(ServeArgs),
    /// Print the hash of a password read from standard input, for `serve --password-hash`
    #[command(after_help = "Examples:
  sitrep hash-password > desk.hash
  sitrep hash-password < phrase.txt > desk.hash")]
    HashPassword,
    /// Rule on claims and events, list the rulings, what stands against them, and what waits for review
    #[command(after_help = "Examples:
  sitrep review war.sitrep queue
  sitrep review war.sitrep reject c_0123456789abcdef --why 'a caption of another picture'
  sitrep review war.sitrep merge e_0123456789abcdef e_fedcba9876543210 --reviewer desk
  sitrep review war.sitrep split e_0123456789abcdef c_0123456789abcdef
  sitrep review war.sitrep pin c_0123456789abcdef --date 2031-05-05 --place 34.45,40.92,5
  sitrep review war.sitrep name c_0123456789abcdef 'Red Column' --said 'the group'
  sitrep review war.sitrep list
  sitrep review war.sitrep conflicts")]
    Review(ReviewArgs),
    /// Ask a model at an address of your own to propose claims: they wait for review and count for nothing before you accept them
    #[cfg(feature = "assist")]
    #[command(after_help = "Examples:
  sitrep assist war.sitrep --assist http://127.0.0.1:11434/v1 --model small --on 2031-05-09
  sitrep assist war.sitrep --assist https://desk.example/v1 --model large --on 2031-05-09 --key-file desk.key --allow-network")]
    Assist(AssistArgs),
    /// Let two reviewers code the same passages blind, tell how far they agree, settle where they do not
    #[command(after_help = "Examples:
  sitrep coding war.sitrep sample --n 100 --seed 1 -o items.csv
  sitrep coding war.sitrep submit items-a.csv --reviewer a
  sitrep coding war.sitrep agreement --reviewers a,b
  sitrep coding war.sitrep differences --reviewers a,b -o differences.csv
  sitrep coding war.sitrep adjudicate differences.csv --reviewer desk")]
    Coding(CodingArgs),
    /// Note what you know of sources: alignment, owner, family, reliability; independence and grades rest on it
    #[command(after_help = "Examples:
  sitrep source set war.sitrep 'Orsk Post' --owner 'Orsk Media Group'
  sitrep source import war.sitrep sources.csv --reviewer desk")]
    Source(SourceArgs),
    /// Recompute every hash, the log, the root and the derivation; exit status 4 if anything differs
    #[command(after_help = "Examples:
  sitrep verify war.sitrep
  sitrep verify war.sitrep --quick
  sitrep verify war.sitrep --prove p_0123456789abcdef > proof.json")]
    Verify(VerifyArgs),
    /// Take a page, a comment or a name out for good; a tombstone and its hash stay
    #[command(after_help = "Examples:
  sitrep redact war.sitrep p_0123456789abcdef --why 'safety of a witness' --by desk
  sitrep redact war.sitrep 'Ivan Petrov' --why 'a private person'
  sitrep redact war.sitrep")]
    Redact(RedactArgs),
    /// Write record, pages and log as one archive that others can check offline; or check one
    #[command(after_help = "Examples:
  sitrep bundle war.sitrep -o war.zip
  sitrep bundle --check war.zip
  sitrep bundle --check war.zip --token manifest.sha256.tsr")]
    Bundle(BundleArgs),
    /// Put a record and its log under a passphrase, in the age format
    #[command(after_help = "Examples:
  sitrep lock war.sitrep
  sitrep lock war.sitrep --passphrase-file desk.key --keep")]
    Lock(LockArgs),
    /// Make the record again out of what lock wrote
    #[command(after_help = "Examples:
  sitrep unlock war.sitrep.age
  sitrep unlock war.sitrep.age --passphrase-file desk.key --keep")]
    Unlock(UnlockArgs),
    /// Read reports as JSONL on standard input, write what they say as JSONL
    #[command(after_help = "Examples:
  sitrep analyze < reports.jsonl > claims.jsonl
  sitrep analyze --layers document,tokens,entities --jobs 4 < reports.jsonl")]
    Analyze(AnalyzeArgs),
    /// Keep places of your own: a GeoNames dump, a table, GeoJSON; build --gazetteer uses them beside the built-in ones
    #[command(after_help = "Examples:
  sitrep gazetteer import allCountries.zip --alternate-names alternateNamesV2.zip --gazetteer places
  sitrep gazetteer import own.csv --source 'field survey 2031' --gazetteer places
  sitrep gazetteer find 'Tell Varnesh' --gazetteer places
  sitrep build reports/ -o war.sitrep --gazetteer places")]
    Gazetteer(GazetteerArgs),
    /// Print the JSON Schema of an output
    #[command(after_help = "Examples:\n  sitrep schema claim\n  sitrep schema event > event.schema.json")]
    Schema(SchemaArgs),
    /// Check that the program is whole: model, analysis, gazetteer, database
    #[command(after_help = "Examples:\n  sitrep doctor\n  sitrep doctor --quiet && echo well")]
    Doctor,
    /// Print completions for a shell
    #[command(after_help = "Examples:
  sitrep completions bash > sitrep.bash
  sitrep completions fish > sitrep.fish")]
    Completions(ShellArgs),
    /// Print the man page
    #[command(after_help = "Examples:\n  sitrep man > sitrep.1\n  sitrep man | man -l -")]
    Man,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    /// The examples in one help text, as words; what a shell would take away (pipes, redirections) is cut off.
    fn examples(help: &str) -> Vec<Vec<String>> {
        let lines = help.lines().filter(|line| line.starts_with("  sitrep "));
        lines.map(|line| words(line.split(['>', '<', '|', '&']).next().unwrap())).collect()
    }

    fn words(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut quoted = false;
        for c in line.trim().chars() {
            match c {
                '\'' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                c => words.last_mut().unwrap().push(c),
            }
        }
        words
    }

    #[test]
    fn every_help_has_two_examples_that_parse() {
        let cli = Cli::command();
        let helps = cli.get_subcommands().map(|command| (command.get_name().to_owned(), command.get_after_help()));
        let root = std::iter::once(("sitrep".to_owned(), cli.get_after_help()));
        for (name, help) in root.chain(helps) {
            let help = help.unwrap_or_else(|| panic!("{name} has no examples")).to_string();
            let found = examples(&help);
            assert!(found.len() >= 2, "{name} has fewer than two examples");
            for example in found {
                Cli::try_parse_from(&example).unwrap_or_else(|e| panic!("example {example:?} of {name}: {e}"));
            }
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
