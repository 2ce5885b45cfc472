//! The commands: one function each, called with its arguments.
//!
//! In: a parsed command. Out: how it ended. Loads the language model only for the commands that read text.

mod analyze;
#[cfg(feature = "assist")]
mod assist;
mod build;
mod bundle;
mod coding;
mod control;
mod custody;
mod demo;
mod digest;
mod doctor;
mod export;
mod failures;
#[cfg(feature = "fetch")]
mod fetch;
mod gazetteer;
mod list;
mod lock;
mod map;
mod merge;
mod own_actors;
mod redact;
mod report;
mod review;
mod schema;
mod serve;
mod shell;
mod source;
mod stdin;
mod table;
mod unfinished;
mod verify;
mod why;

use std::num::NonZeroUsize;
use std::path::Path;

use sitrep::model::{Contents, Filter};
use sitrep::show::list::List;
use sitrep::{Access, Kit, Record, readers};

use crate::args::{Command, KnownArgs, OwnPlaces};
use crate::ending::Ending;
use crate::out::Say;

/// Runs one command.
pub(crate) fn run(command: Command, say: &Say) -> anyhow::Result<Ending> {
    match command {
        Command::Demo(args) => demo::demo(&args, say),
        #[cfg(feature = "fetch")]
        Command::Fetch(args) => fetch::fetch(&args, say),
        Command::Build(args) => build::build(&args, say),
        Command::Add(args) => build::add(&args, say),
        Command::Claims(args) => list::list(&args, List::Claims),
        Command::Events(args) => list::list(&args, List::Events),
        Command::Disputes(args) => list::list(&args, List::Disputes),
        Command::Links(args) => list::list(&args, List::Links),
        Command::Forecasts(args) => list::forecasts(&args),
        Command::Threads(args) => list::threads(&args),
        Command::Sources(args) => list::list(&args, List::Sources),
        Command::Pages(args) => list::list(&args, List::Pages),
        Command::Places(args) => list::list(&args, List::Places),
        Command::Actors(args) => list::list(&args, List::Actors),
        Command::Control(args) => control::control(&args),
        Command::Why(args) => why::why(&args),
        Command::Report(args) => report::report(&args),
        Command::Digest(args) => digest::digest(&args),
        Command::Merge(args) => merge::merge(&args, say),
        Command::Map(args) => map::map(&args, say),
        Command::Export(args) => export::export(&args, say),
        Command::Publish(args) => export::publish(args, say),
        Command::Serve(args) => serve::serve(&args, say),
        Command::HashPassword => serve::hash_password(),
        Command::Review(args) => review::review(&args, say),
        #[cfg(feature = "assist")]
        Command::Assist(args) => assist::assist(&args, say),
        Command::Coding(args) => coding::coding(&args, say),
        Command::Source(args) => source::source(&args, say),
        Command::Redact(args) => redact::redact(&args, say),
        Command::Bundle(args) => bundle::bundle(&args, say),
        Command::Lock(args) => lock::lock(&args, say),
        Command::Unlock(args) => lock::unlock(&args, say),
        Command::Verify(args) => verify::verify(&args, say),
        Command::Analyze(args) => analyze::analyze(&args, say),
        Command::Gazetteer(args) => gazetteer::gazetteer(&args.command, say),
        Command::Schema(args) => schema::schema(&args),
        Command::Doctor => doctor::doctor(),
        Command::Completions(args) => shell::completions(&args),
        Command::Man => shell::man(),
    }
}

/// What a record holds, filtered, readers' names covered.
fn contents(path: &Path, filter: &Filter) -> anyhow::Result<Contents> {
    Ok(readers::contents(&Record::open(path, Access::ReadOnly)?, filter)?)
}

/// The record for looking at, as it was known on a day if one is given.
fn opened(path: &Path, known: KnownArgs) -> anyhow::Result<Record> {
    let record = Record::open(path, Access::ReadOnly)?;
    Ok(match known.as_known {
        Some(day) => record.as_known(day),
        None => record,
    })
}

/// The kit, with the user's own places when there are any.
fn kit(places: &OwnPlaces) -> anyhow::Result<Kit> {
    Ok(match &places.gazetteer {
        Some(folder) => Kit::with_gazetteer(folder)?,
        None => Kit::load()?,
    })
}

/// As many workers as asked for, or as the machine has cores.
fn jobs(asked: Option<NonZeroUsize>) -> NonZeroUsize {
    asked.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}
